//! Paths as URI references.

use std::fmt::Write as _;

/// A path as a URI reference. A relative path stays relative, so that logs can move with the
/// files; an absolute one becomes a `file` URI.
pub(super) fn of_path(path: &str) -> String {
    let path = path.replace('\\', "/");
    let is_drive = path.as_bytes().get(1) == Some(&b':')
        && path.as_bytes().first().is_some_and(u8::is_ascii_alphabetic);
    let mut uri = String::with_capacity(path.len());
    let mut rest = path.as_str();
    if is_drive {
        let (drive, others) = path.split_at_checked(2).unwrap_or((rest, ""));
        uri.push_str("file:///");
        uri.push_str(drive);
        rest = others;
    } else if let Some(share) = path.strip_prefix("//") {
        uri.push_str("file://");
        rest = share;
    } else if path.starts_with('/') {
        uri.push_str("file://");
    }
    for byte in rest.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            _ => {
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::of_path;

    #[test]
    fn paths_of_all_systems_become_references() {
        assert_eq!(of_path("决算/a b.md"), "%E5%86%B3%E7%AE%97/a%20b.md");
        assert_eq!(of_path("/srv/2024.md"), "file:///srv/2024.md");
        assert_eq!(of_path(r"C:\决算\x.md"), "file:///C:/%E5%86%B3%E7%AE%97/x.md");
        assert_eq!(of_path(r"\\server\share\x.md"), "file://server/share/x.md");
        assert_eq!(of_path("12:30.md"), "12%3A30.md", "a colon would begin a scheme");
    }
}
