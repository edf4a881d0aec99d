//! Mutations of XML: of its bytes, of a number in it, or of its tags and texts as wholes.

use std::ops::Range;

use super::Rng;

/// Numbers at the edges of what parsers expect.
const NUMBERS: [&str; 16] = [
    "0",
    "-1",
    "1",
    "255",
    "65535",
    "65536",
    "16384",
    "1048576",
    "1048577",
    "2147483648",
    "4294967295",
    "4294967297",
    "18446744073709551616",
    "1e308",
    "99999999999999999999999999999999",
    "inf",
];

pub(super) fn mutate(bytes: &mut Vec<u8>, rng: &mut Rng, plain: &mut dyn FnMut(&mut Vec<u8>)) {
    match rng.below(9) {
        0..=2 => plain(bytes),
        3 | 4 => change_number(bytes, rng),
        5 => change_elements(bytes, rng),
        _ => change_tokens(bytes, rng, plain),
    }
}

/// Puts another number in place of a run of digits.
fn change_number(bytes: &mut Vec<u8>, rng: &mut Rng) {
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let starts: Vec<usize> = (0..bytes.len()).filter(|&at| digit(at) && (at == 0 || !digit(at - 1))).collect();
    if starts.is_empty() {
        return;
    }
    let start = *rng.pick(&starts);
    let end = (start..).find(|&at| !digit(at)).unwrap_or(start);
    let number = *rng.pick(&NUMBERS);
    bytes.splice(start..end, number.bytes());
}

/// Takes out, repeats, moves or changes tags and the texts between them.
fn change_tokens(bytes: &mut Vec<u8>, rng: &mut Rng, plain: &mut dyn FnMut(&mut Vec<u8>)) {
    let mut tokens = tokens(bytes);
    if tokens.is_empty() {
        return;
    }
    let at = rng.below(tokens.len());
    let end = (at + 1 + rng.below(4)).min(tokens.len());
    match rng.below(7) {
        0 => drop(tokens.drain(at..end)),
        1 => {
            let piece = tokens[at..end].to_vec();
            let to = rng.below(tokens.len() + 1);
            tokens.splice(to..to, piece);
        }
        2 => {
            let piece = tokens[at..end].concat();
            let times = *rng.pick(&[2, 3, 20, 300]);
            tokens.insert(at, piece.repeat(times.min(8192 / piece.len().max(1))));
        }
        3 => {
            let piece: Vec<Vec<u8>> = tokens.drain(at..end).collect();
            let to = rng.below(tokens.len() + 1);
            tokens.splice(to..to, piece);
        }
        4 => tokens.truncate(at),
        5 => {
            let other = rng.below(tokens.len());
            tokens[at] = tokens[other].clone();
        }
        _ => plain(&mut tokens[at]),
    }
    *bytes = tokens.concat();
}

/// Takes out, repeats or moves an element with all that is in it, so that tags stay well nested.
fn change_elements(bytes: &mut Vec<u8>, rng: &mut Rng) {
    let mut tokens = tokens(bytes);
    if tokens.is_empty() {
        return;
    }
    let Some(element) = element(&tokens, rng.below(tokens.len())) else { return };
    let piece = tokens[element.clone()].to_vec();
    if !rng.one_in(3) {
        let to = rng.below(tokens.len() + 1);
        tokens.splice(to..to, piece);
    } else {
        tokens.drain(element);
    }
    *bytes = tokens.concat();
}

/// The tokens of the first element that begins at a place or behind it.
fn element(tokens: &[Vec<u8>], from: usize) -> Option<Range<usize>> {
    let opens = |token: &Vec<u8>| token.starts_with(b"<") && !token.starts_with(b"</") && !token.starts_with(b"<?");
    let start = (from..tokens.len()).find(|&at| opens(&tokens[at]))?;
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(start) {
        if token.starts_with(b"</") {
            depth = depth.saturating_sub(1);
        } else if opens(token) && !token.ends_with(b"/>") {
            depth += 1;
        }
        if depth == 0 {
            return Some(start..at + 1);
        }
    }
    None
}

/// The tags and the texts between them, in their order.
fn tokens(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut tokens = vec![Vec::new()];
    for &byte in bytes {
        if byte == b'<' {
            tokens.push(Vec::new());
        }
        tokens.last_mut().expect("one at least").push(byte);
        if byte == b'>' {
            tokens.push(Vec::new());
        }
    }
    tokens.retain(|token| !token.is_empty());
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_tags_and_the_texts_between_them() {
        let text = |token: &Vec<u8>| String::from_utf8_lossy(token).into_owned();
        let found: Vec<String> = tokens(b"a<b c='1'>2</b><d/>").iter().map(text).collect();
        assert_eq!(found, ["a", "<b c='1'>", "2", "</b>", "<d/>"]);
        let tokens = tokens(b"<a><b><c/>1</b><b></b>");
        assert_eq!(
            [0, 1, 2, 3, 6].map(|from| element(&tokens, from)),
            [None, Some(1..5), Some(2..3), Some(5..7), None]
        );
    }
}
