//! Cuts a sheet's part into pieces that end where a row ends, so that each can be read where it lies.

use std::io::{self, Read};
use std::ops::Range;

use memchr::memmem;

/// The size of a piece, in bytes; it stays in the caches of one core.
const SIZE: usize = 64 << 10;
/// The longest row that is waited for, in bytes.
const LONGEST: usize = 4 << 20;
const ROW_END: &[u8] = b"</row>";

/// The pieces of a part, one after the other.
pub(crate) struct Pieces<R> {
    part: R,
    buffer: Vec<u8>,
    /// The piece that was given last, and behind it what was read already.
    piece: Range<usize>,
    filled: usize,
}

impl<R: Read> Pieces<R> {
    pub(crate) fn new(part: R) -> Pieces<R> {
        Pieces { part, buffer: vec![0; SIZE], piece: 0..0, filled: 0 }
    }

    /// The current piece.
    pub(crate) fn piece(&self) -> &[u8] {
        &self.buffer[self.piece.clone()]
    }

    /// Goes on to the next piece; `false` behind the last one, and where a row is too long. The last piece ends where
    /// the part does.
    pub(crate) fn advance(&mut self) -> io::Result<bool> {
        self.buffer.copy_within(self.piece.end..self.filled, 0);
        self.filled -= self.piece.end;
        self.piece = 0..0;
        loop {
            let end = self.fill()?;
            let row_end = memmem::rfind(&self.buffer[..self.filled], ROW_END).map(|at| at + ROW_END.len());
            match row_end {
                _ if end => self.piece = 0..self.filled,
                Some(row_end) => self.piece = 0..row_end,
                None if self.buffer.len() >= LONGEST => return Ok(false),
                None => {
                    self.buffer.resize(self.buffer.len() * 2, 0);
                    continue;
                }
            }
            return Ok(!self.piece.is_empty());
        }
    }

    /// Fills the buffer; tells whether the part ends in it.
    fn fill(&mut self) -> io::Result<bool> {
        while self.filled < self.buffer.len() {
            match self.part.read(&mut self.buffer[self.filled..]) {
                Ok(0) => return Ok(true),
                Ok(read) => self.filled += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lengths of all pieces, which together must be the part.
    fn lengths(part: &[u8]) -> Vec<usize> {
        let (mut pieces, mut all, mut lengths) = (Pieces::new(part), Vec::new(), Vec::new());
        while pieces.advance().expect("bytes") {
            all.extend_from_slice(pieces.piece());
            lengths.push(pieces.piece().len());
        }
        assert!(part.starts_with(&all), "a piece is not of the part");
        lengths
    }

    #[test]
    fn pieces_end_where_rows_end_and_make_up_the_part() {
        let row = |length: usize| format!("<row>{}</row>", "x".repeat(length - 11));
        let part = [row(40_000), row(20_000), row(9_000), row(50), "</sheetData>".to_owned()].concat();
        assert_eq!(lengths(part.as_bytes()), [60_000, 9_062]);
        assert_eq!(lengths(b"<sheetData/>"), [12]);
        assert_eq!(lengths(b""), [0; 0]);
    }

    #[test]
    fn a_long_row_is_waited_for_up_to_a_limit() {
        let row = |length: usize| format!("<row>{}</row>", "x".repeat(length - 11));
        assert_eq!(lengths((row(300_000) + &row(300_000)).as_bytes()), [300_000, 300_000]);
        assert_eq!(lengths((row(100) + &row(LONGEST + 1)).as_bytes()), [100]);
    }
}
