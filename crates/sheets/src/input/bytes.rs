//! Numbers in binary files, low bytes first. One that is not there is damage.

use crate::error::Fault;

/// The 16 bits at a position.
pub(crate) fn short(data: &[u8], at: usize) -> Result<u16, Fault> {
    let short = data.get(at..).and_then(|rest| rest.first_chunk());
    short.map(|&short| u16::from_le_bytes(short)).ok_or(Fault::Damaged)
}

/// The 32 bits at a position.
pub(crate) fn word(data: &[u8], at: usize) -> Result<u32, Fault> {
    let word = data.get(at..).and_then(|rest| rest.first_chunk());
    word.map(|&word| u32::from_le_bytes(word)).ok_or(Fault::Damaged)
}

/// All whole 32 bits, one after the other.
pub(crate) fn words(data: &[u8]) -> Vec<u32> {
    let words = data.chunks_exact(4);
    words.map(|word| u32::from_le_bytes([word[0], word[1], word[2], word[3]])).collect()
}

/// Text of 16-bit units that fills the bytes.
pub(crate) fn wide_text(data: &[u8]) -> String {
    let units = data.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}
