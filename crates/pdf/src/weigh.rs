//! Weighs what a file unpacks to, before anything of it is kept.

use std::io::Read;

use flate2::read::ZlibDecoder;
use memchr::memmem;

use crate::error::PdfError;

/// The most that one stream may unpack to.
pub(crate) const MOST_IN_STREAM: u64 = 128 * 1024 * 1024;

/// The most that all streams may unpack to, other than pictures, which stay packed.
const MOST_IN_ALL: u64 = 512 * 1024 * 1024;

/// Packed data of less than this unpacks to at most a thousand times of it: no danger by itself.
const LIGHT: usize = 16 * 1024;

/// How far before a stream its dictionary is looked for.
const DICTIONARY: usize = 1024;

/// How often a stream may be packed over.
const LAYERS: usize = 4;

/// Refuses a file whose streams unpack to more than any disclosure needs.
pub(crate) fn weigh(bytes: &[u8]) -> Result<(), PdfError> {
    let mut all = 0;
    let mut buffer = vec![0; 64 * 1024];
    for at in memmem::find_iter(bytes, b"stream") {
        let before = bytes.get(at.saturating_sub(DICTIONARY)..at).unwrap_or_default();
        if before.ends_with(b"end") {
            continue;
        }
        let own = memmem::rfind(before, b"obj").and_then(|start| before.get(start..));
        let about = own.unwrap_or(before);
        let layers = memmem::find_iter(about, b"Fl").count().clamp(1, LAYERS);
        let data = bytes.get(at + b"stream".len()..).unwrap_or_default();
        let data = data.get(line_end(data)..).unwrap_or_default();
        let length = memmem::find(data, b"endstream").unwrap_or(data.len());
        let data = data.get(..length).unwrap_or_default();
        if !is_packed(data) || layers == 1 && length < LIGHT {
            continue;
        }
        let size = unpacked(data, layers, &mut buffer);
        let is_picture = memmem::find(about, b"/Image").is_some();
        all += if is_picture { 0 } else { size };
        if size > MOST_IN_STREAM || all > MOST_IN_ALL {
            return Err(PdfError::TooMuch);
        }
    }
    Ok(())
}

/// The length of the line end behind the word.
fn line_end(data: &[u8]) -> usize {
    data.iter().take(2).take_while(|byte| matches!(byte, b'\r' | b'\n')).count()
}

/// Whether data begin with the mark of zlib.
fn is_packed(data: &[u8]) -> bool {
    match data {
        [method, flags, ..] => {
            method & 0x0F == 8 && (u16::from(*method) << 8 | u16::from(*flags)) % 31 == 0
        }
        _ => false,
    }
}

/// How much data unpack to, counted up to a little above the limit.
fn unpacked(data: &[u8], layers: usize, buffer: &mut [u8]) -> u64 {
    let mut reader: Box<dyn Read + '_> = Box::new(data);
    for _ in 0..layers {
        reader = Box::new(ZlibDecoder::new(reader));
    }
    let mut size = 0;
    while size <= MOST_IN_STREAM {
        match reader.read(buffer) {
            Ok(0) | Err(_) => break,
            Ok(read) => size += read as u64,
        }
    }
    size
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::ZlibEncoder;

    use super::*;

    fn packed(data: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(data).unwrap();
        encoder.finish().unwrap()
    }

    fn object(filter: &str, data: &[u8]) -> Vec<u8> {
        let head = format!("1 0 obj\n<</Length {}/Filter {filter}>>\nstream\r\n", data.len());
        [head.as_bytes(), data, b"\nendstream\nendobj\n"].concat()
    }

    #[test]
    fn bombs_are_refused_and_large_streams_are_not() {
        let zeros = vec![0; 140 << 20];
        let once = packed(&zeros);
        assert_eq!(weigh(&object("/FlateDecode", &once)), Err(PdfError::TooMuch));
        let twice = packed(&once);
        assert!(twice.len() < LIGHT, "so small that one layer would pass");
        let both = object("[/FlateDecode /FlateDecode]", &twice);
        assert_eq!(weigh(&both), Err(PdfError::TooMuch));
        let large = packed(zeros.get(..60 << 20).unwrap());
        assert_eq!(weigh(&object("/FlateDecode", &large)), Ok(()));
    }
}
