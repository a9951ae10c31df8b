//! Rust source as a reader of structure sees it: strings, characters and comments are blank.

/// The code with blanks for what stands in strings, characters and comments; lines stay.
pub(crate) fn bare(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        let length = skipped(rest).unwrap_or(0);
        let taken = if length == 0 { c.len_utf8() } else { length };
        let (piece, after) = rest.split_at(taken);
        if length == 0 {
            out.push(c);
        } else {
            out.extend(piece.chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
        }
        rest = after;
    }
    out
}

/// The length of a comment, string or character that begins here.
fn skipped(rest: &str) -> Option<usize> {
    if rest.starts_with("//") {
        return Some(rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") {
        return Some(rest.find("*/").map_or(rest.len(), |at| at + 2));
    }
    if let Some(raw) = rest.strip_prefix('r') {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        if raw[hashes..].starts_with('"') {
            let close = format!("\"{}", "#".repeat(hashes));
            let from = 2 + hashes;
            return Some(
                rest[from..].find(&close).map_or(rest.len(), |at| from + at + close.len()),
            );
        }
    }
    if rest.starts_with('"') {
        return Some(closed(rest, '"').unwrap_or(rest.len()));
    }
    // A quotation mark that does not close after one character belongs to a lifetime.
    let is_character = rest.starts_with("'\\") || rest.chars().nth(2) == Some('\'');
    if rest.starts_with('\'') && is_character { closed(rest, '\'') } else { None }
}

/// The length up to the mark that closes the one at the start.
fn closed(rest: &str, mark: char) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == mark => return Some(at + c.len_utf8()),
            _ => {}
        }
    }
    None
}

/// The source without modules of unit tests, and without the examples of rules.
pub(crate) fn shipped(source: &str) -> String {
    let start = source.find("#[cfg(test)]\nmod").unwrap_or(source.len());
    let is_example = |line: &&str| {
        let line = line.trim_start();
        line.starts_with("bad: ") || line.starts_with("good: ")
    };
    source[..start].lines().filter(|line| !is_example(line)).collect::<Vec<_>>().join("\n")
}

/// A function: its name, its first line and how many lines it takes.
pub(crate) struct Function {
    pub(crate) name: String,
    pub(crate) line: usize,
    pub(crate) length: usize,
}

/// The functions of a source, nested ones too.
pub(crate) fn functions(source: &str) -> Vec<Function> {
    let code = bare(source);
    let starts = code
        .match_indices("fn ")
        .filter(|(at, _)| !code[..*at].ends_with(|c: char| c.is_alphanumeric() || c == '_'));
    let mut found = Vec::new();
    for (at, _) in starts {
        let Some(length) = extent(&code[at..]) else { continue };
        let name = code[at + 3..].chars().take_while(|c| c.is_alphanumeric() || *c == '_');
        let line = code[..at].matches('\n').count() + 1;
        let length = code[at..at + length].matches('\n').count() + 1;
        found.push(Function { name: name.collect(), line, length });
    }
    found
}

/// The bytes from a signature to the brace that closes its body; `None` when it has no body.
fn extent(code: &str) -> Option<usize> {
    let mut depth = 0_u32;
    let mut brackets = 0_i32;
    for (at, c) in code.char_indices() {
        match c {
            '(' | '[' => brackets += 1,
            ')' | ']' => brackets -= 1,
            ';' if depth == 0 && brackets == 0 => return None,
            '{' => depth += 1,
            '}' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_characters_and_comments_are_blank() {
        let source = "let a = \"{\\\"\"; // {\nlet b = '{'; let c: &'a str = r#\"{\"#; /* { */ d";
        let code = bare(source);
        assert!(!code.contains('{'), "{code}");
        assert!(code.contains("&'a str") && code.ends_with(" d"));
        assert_eq!(code.lines().count(), 2);
    }

    #[test]
    fn functions_are_measured_to_their_closing_brace() {
        let source =
            "fn one() -> [u8; 2] {\n    \"}\";\n    { 1 };\n}\n\ntrait T {\n    fn two();\n}\n";
        let found: Vec<(String, usize, usize)> =
            functions(source).into_iter().map(|f| (f.name, f.line, f.length)).collect();
        assert_eq!(found, [("one".to_owned(), 1, 4)]);
    }

    #[test]
    fn tests_and_examples_are_not_shipped() {
        let source = "a\n    bad: \"b\",\nc\n#[cfg(test)]\nmod tests {}\n";
        assert_eq!(shipped(source), "a\nc");
    }
}
