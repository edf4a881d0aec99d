//! A look through the records of xlsb sheets, for what calamine passes over in silence: merged areas, and formulas whose
//! result is an error.

use std::io::{self, BufReader, Read, Seek};

use zip::ZipArchive;

use super::error::Fault;
use super::gate::plain_name;

const MERGED_AREA: u32 = 0x00B0;
const FAILED_FORMULA: u32 = 0x000B;

/// What calamine would not tell of the sheets.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Untold {
    pub merged_areas: bool,
    pub failed_formulas: bool,
}

/// Goes through all sheets of a package that has passed the gate.
pub(super) fn inspect(file: impl Read + Seek) -> Result<Untold, Fault> {
    let mut untold = Untold::default();
    let mut archive = ZipArchive::new(file).map_err(|_| Fault::Damaged)?;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|_| Fault::Damaged)?;
        let name = plain_name(&part.name().map_err(|_| Fault::Damaged)?);
        if name.starts_with("xl/worksheets/") && name.ends_with(".bin") {
            untold.look_through(BufReader::new(part))?;
        }
    }
    Ok(untold)
}

impl Untold {
    fn look_through(&mut self, mut part: impl Read) -> Result<(), Fault> {
        while let Some(kind) = number(&mut part, 2)? {
            match kind {
                MERGED_AREA => self.merged_areas = true,
                FAILED_FORMULA => self.failed_formulas = true,
                _ => {}
            }
            let length = u64::from(number(&mut part, 4)?.ok_or(Fault::Damaged)?);
            let passed = io::copy(&mut part.by_ref().take(length), &mut io::sink());
            if passed.map_err(|_| Fault::Damaged)? < length {
                return Err(Fault::Damaged);
            }
        }
        Ok(())
    }
}

/// A number of at most so many bytes, low bits first: seven bits in each byte, and one that says whether more follow. Gives
/// `None` at the end of the part.
fn number(part: &mut impl Read, most: u32) -> Result<Option<u32>, Fault> {
    let mut number = 0;
    for index in 0..most {
        let mut byte = [0];
        let read = part.read(&mut byte).map_err(|_| Fault::Damaged)?;
        if read == 0 {
            return if index == 0 { Ok(None) } else { Err(Fault::Damaged) };
        }
        number |= u32::from(byte[0] & 0x7F) << (7 * index);
        if byte[0] & 0x80 == 0 {
            break;
        }
    }
    Ok(Some(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look_through(part: &[u8]) -> Result<Untold, Fault> {
        let mut untold = Untold::default();
        untold.look_through(part)?;
        Ok(untold)
    }

    #[test]
    fn what_the_parser_does_not_tell_is_found() {
        let merged_areas = true;
        let failed_formulas = true;
        let merge = b"\x05\x02\x0B\x0B\xB0\x01\x01\x00";
        let expected = Untold { merged_areas, ..Untold::default() };
        assert_eq!(look_through(merge), Ok(expected));
        let expected = Untold { failed_formulas, ..Untold::default() };
        assert_eq!(look_through(b"\x0B\x01\x00"), Ok(expected));
    }

    #[test]
    fn a_record_that_is_cut_off_is_damaged() {
        assert_eq!(look_through(b"\x0B\x02\x00"), Err(Fault::Damaged));
        assert_eq!(look_through(b"\xB0"), Err(Fault::Damaged));
    }
}
