//! The delimiter of a csv file: declared on its first line, or guessed.

use memchr::memchr2;

/// The bytes at the beginning from which the delimiter is guessed.
const SAMPLE: usize = 64 << 10;

/// A first line as in `sep=;` names the delimiter and is no record. Gives where the records begin.
pub(crate) fn declaration(text: &[u8]) -> (usize, Option<u8>) {
    let end =
        memchr2(b'\n', b'\r', text).map_or(text.len(), |at| at + if text[at..].starts_with(b"\r\n") { 2 } else { 1 });
    let line = text[..end].trim_ascii_start();
    let stripped = line.strip_prefix(b"sep=").or_else(|| line.strip_prefix(b"\"sep="));
    match stripped {
        Some(
            [delimiter @ (b',' | b';' | b'\t' | b'|'), b'\r' | b'\n' | b'"', ..]
            | [delimiter @ (b',' | b';' | b'\t' | b'|')],
        ) => (end, Some(*delimiter)),
        _ => (0, None),
    }
}

/// The delimiter that stands on the most of the first lines; among equals the tab, which nobody types into a cell.
pub(crate) fn guess(text: &[u8]) -> u8 {
    let sample = &text[..text.len().min(SAMPLE)];
    let candidates = [b';', b',', b'\t'];
    let mut lines = [0_usize; 3];
    let mut seen = [false; 3];
    let mut quoted = false;
    for &byte in sample.iter().chain(b"\n") {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => {
                for (count, seen) in lines.iter_mut().zip(&mut seen) {
                    *count += usize::from(std::mem::take(seen));
                }
            }
            _ if quoted => {}
            _ => {
                for (seen, candidate) in seen.iter_mut().zip(candidates) {
                    *seen |= byte == candidate;
                }
            }
        }
    }
    let most = candidates.into_iter().zip(lines).max_by_key(|&(_, count)| count);
    most.filter(|&(_, count)| count > 0).map_or(b',', |(candidate, _)| candidate)
}
