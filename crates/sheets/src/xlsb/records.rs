//! The records of the binary parts of xlsb packages, one after the other.

use std::io::{self, Read};

use crate::error::Fault;
use crate::input::bytes::{wide_text, word};

/// Kinds of records.
pub(crate) mod kind {
    pub(crate) const ROW: u32 = 0x0000;
    pub(crate) const BLANK: u32 = 0x0001;
    pub(crate) const PACKED_NUMBER: u32 = 0x0002;
    pub(crate) const ERROR: u32 = 0x0003;
    pub(crate) const FLAG: u32 = 0x0004;
    pub(crate) const NUMBER: u32 = 0x0005;
    pub(crate) const TEXT: u32 = 0x0006;
    pub(crate) const LISTED_TEXT: u32 = 0x0007;
    pub(crate) const TEXT_FORMULA: u32 = 0x0008;
    pub(crate) const NUMBER_FORMULA: u32 = 0x0009;
    pub(crate) const FLAG_FORMULA: u32 = 0x000A;
    pub(crate) const FAILED_FORMULA: u32 = 0x000B;
    /// Cells that stand right behind the one before, first and last kind.
    pub(crate) const SHORT: std::ops::RangeInclusive<u32> = 0x000C..=0x0012;
    pub(crate) const STRING: u32 = 0x0013;
    pub(crate) const COLUMNS: u32 = 0x003C;
    pub(crate) const RICH_TEXT: u32 = 0x003E;
    pub(crate) const BEGIN_CELLS: u32 = 0x0091;
    pub(crate) const END_CELLS: u32 = 0x0092;
    pub(crate) const SHEET: u32 = 0x009C;
    pub(crate) const BEGIN_STRINGS: u32 = 0x009F;
    pub(crate) const MERGED_AREA: u32 = 0x00B0;
}

/// So much of a record is kept, in bytes; a cell with the longest text there is takes half of it.
const KEPT: u64 = 128 << 10;
/// The longest record, in bytes; the parser makes room for what a record says it is long.
const LONGEST: u64 = 16 << 20;

/// A part as records.
pub(crate) struct XlsbRecords<R> {
    part: R,
    kept: Vec<u8>,
}

/// A record, which is whole in its part.
#[derive(Debug, PartialEq)]
pub(crate) struct XlsbRecord<'r> {
    pub kind: u32,
    /// Its bytes, or the first of them if it is very long.
    pub data: &'r [u8],
}

impl<R: Read> XlsbRecords<R> {
    pub(crate) fn new(part: R) -> XlsbRecords<R> {
        XlsbRecords { part, kept: Vec::new() }
    }

    /// The next record, `None` at the end of the part.
    pub(crate) fn next(&mut self) -> Result<Option<XlsbRecord<'_>>, Fault> {
        let Some(kind) = self.number(2)? else { return Ok(None) };
        let length = u64::from(self.number(4)?.ok_or(Fault::Damaged)?);
        if length > LONGEST {
            return Err(Fault::TooLarge);
        }
        self.kept.clear();
        let fault = |_| Fault::Damaged;
        let kept = self.part.by_ref().take(length.min(KEPT)).read_to_end(&mut self.kept).map_err(fault)? as u64;
        let passed = io::copy(&mut self.part.by_ref().take(length - kept), &mut io::sink()).map_err(fault)?;
        if kept + passed < length {
            return Err(Fault::Damaged);
        }
        Ok(Some(XlsbRecord { kind, data: &self.kept }))
    }

    /// A number of at most so many bytes, low bits first: seven bits in each byte, and one that says whether more follow.
    /// Gives `None` at the end of the part.
    fn number(&mut self, most: u32) -> Result<Option<u32>, Fault> {
        let mut number = 0;
        for index in 0..most {
            let mut byte = [0];
            if self.part.read(&mut byte).map_err(|_| Fault::Damaged)? == 0 {
                return if index == 0 { Ok(None) } else { Err(Fault::Damaged) };
            }
            number |= u32::from(byte[0] & 0x7F) << (7 * index);
            if byte[0] & 0x80 == 0 {
                break;
            }
        }
        Ok(Some(number))
    }
}

impl XlsbRecord<'_> {
    pub(crate) fn word(&self, at: usize) -> Result<u32, Fault> {
        word(self.data, at)
    }

    /// The text at a position: its length in 16-bit units, and these.
    pub(crate) fn text(&self, at: usize) -> Result<String, Fault> {
        let end = self.end_of_text(at)?;
        Ok(wide_text(self.data.get(at + 4..end).ok_or(Fault::Damaged)?))
    }

    /// Where the text at a position ends, which it does within the record.
    pub(crate) fn end_of_text(&self, at: usize) -> Result<usize, Fault> {
        let units = self.word(at)? as usize;
        let end = units.checked_mul(2).and_then(|length| length.checked_add(at + 4));
        end.filter(|&end| end <= self.data.len()).ok_or(Fault::Damaged)
    }

    pub(crate) fn has(&self, length: usize) -> Result<(), Fault> {
        if self.data.len() < length { Err(Fault::Damaged) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_follow_each_other_to_the_end_of_the_part() {
        let mut records = XlsbRecords::new(&b"\x05\x02\x0B\x0B\xB0\x01\x01\x00\x94\x01\x00"[..]);
        assert_eq!(records.next(), Ok(Some(XlsbRecord { kind: 5, data: &[11, 11] })));
        assert_eq!(records.next(), Ok(Some(XlsbRecord { kind: 0xB0, data: &[0] })));
        assert_eq!(records.next(), Ok(Some(XlsbRecord { kind: 0x94, data: &[] })));
        assert_eq!(records.next(), Ok(None));
    }

    #[test]
    fn a_long_record_is_kept_in_part_and_passed_over_whole() {
        let mut part = b"\x05\xC0\x9A\x0C".to_vec();
        part.resize(part.len() + 200_000, 7);
        part.extend(b"\x06\x00");
        let mut records = XlsbRecords::new(&part[..]);
        assert_eq!(records.next().map(|record| record.map(|record| record.data.len())), Ok(Some(128 << 10)));
        assert_eq!(records.next(), Ok(Some(XlsbRecord { kind: 6, data: &[] })));
    }

    #[test]
    fn a_record_that_is_cut_off_or_absurdly_long_is_a_fault() {
        let first = |part: &[u8]| XlsbRecords::new(part).next().map(|_| ());
        assert_eq!(first(b"\x0B\x02\x00"), Err(Fault::Damaged));
        assert_eq!(first(b"\xB0"), Err(Fault::Damaged));
        assert_eq!(first(b"\x0B\xFF\xFF\xFF\x7F"), Err(Fault::TooLarge));
    }

    #[test]
    fn text_ends_within_its_record() {
        let record = |data| XlsbRecord { kind: 0, data };
        assert_eq!(record(b"x\x02\0\0\0\x2D\x4EZ\0").text(1), Ok("中Z".to_owned()));
        assert_eq!(record(b"\x02\0\0\0\x2D\x4EZ").text(0), Err(Fault::Damaged));
        assert_eq!(record(b"\xFF\xFF\xFF\xFF").text(0), Err(Fault::Damaged));
    }
}
