//! Counts the cells of a file by a plain walk of its own, so that a cell which the reader loses in silence is seen.
//!
//! Where the walk cannot be sure what belongs to a sheet it gives no count: with merged areas, whose covered cells are
//! left out on purpose, and where the parts that say which part is which sheet are not those of the seeds.

use super::biff;
use super::package::unpack;

/// How many cells must come out at least, and at most: cells of text may be empty, and are then blank.
#[derive(Debug, Default, PartialEq)]
pub struct Count {
    pub least: usize,
    pub most: usize,
}

impl Count {
    pub fn sure(&mut self, cells: usize) {
        self.least += cells;
        self.most += cells;
    }

    /// Whether so many cells may have come out.
    pub fn allows(&self, cells: usize) -> bool {
        (self.least..=self.most).contains(&cells)
    }
}

/// The cells of each sheet of a file, if they can be counted.
pub fn count(extension: &str, bytes: &[u8]) -> Option<Vec<Count>> {
    match extension {
        "xlsx" => {
            package_count(bytes, include_bytes!("../../seeds/xlsx/cells.xlsx"), "sheet1.xml", "sheet2.xml", xml_count)
        }
        "xlsb" => {
            package_count(bytes, include_bytes!("../../seeds/xlsb/cells.xlsb"), "sheet1.bin", "sheet2.bin", xlsb_count)
        }
        "xls" => biff::count(stream(bytes)?),
        _ => None,
    }
}

/// The workbook stream of a container in the form of the seeds: a header, a sector of chains, one of entries, and then
/// the stream, its sectors one behind the other.
fn stream(bytes: &[u8]) -> Option<&[u8]> {
    const SEED: &[u8] = include_bytes!("../../seeds/xls/cells.xls");
    // The end of the entry holds the size.
    for same in [0..0x60, 0x400..0x4F8, 0x500..0x600] {
        if bytes.get(same.clone())? != SEED.get(same)? {
            return None;
        }
    }
    let word = |at: usize| bytes.get(at..)?.first_chunk().map(|&word| u32::from_le_bytes(word));
    let size = word(0x4F8)? as usize;
    let sectors = size.div_ceil(0x200);
    let follows = |at: usize| word(0x200 + 4 * (2 + at)) == Some(at as u32 + 3);
    let in_order = (0..sectors.saturating_sub(1)).all(follows);
    (in_order && sectors < 100).then(|| bytes.get(0x600..0x600 + size)).flatten()
}

/// Counts the two sheets of a package whose other parts are those of a seed.
fn package_count(
    bytes: &[u8],
    seed: &[u8],
    first: &str,
    second: &str,
    count: fn(&[u8]) -> Option<Count>,
) -> Option<Vec<Count>> {
    let (parts, seed) = (unpack(bytes)?, unpack(seed)?);
    if parts.len() != seed.len() {
        return None;
    }
    let mut sheets = Vec::new();
    for ((name, bytes), (usual, expected)) in parts.iter().zip(&seed) {
        if name != usual {
            return None;
        }
        if name.ends_with(first) || name.ends_with(second) {
            sheets.push(count(bytes)?);
        } else if bytes != expected {
            return None;
        }
    }
    Some(sheets)
}

/// The cells of a worksheet in XML that is well nested; each stands in a row within the sheet's data.
fn xml_count(bytes: &[u8]) -> Option<Count> {
    let text = std::str::from_utf8(bytes).ok()?;
    if ["mergeCell", "<!", "<?", "xmlns"].iter().any(|strange| text.contains(strange)) {
        return None;
    }
    let (mut open, mut total) = (Vec::new(), Count::default());
    let (mut plain, mut valued) = (false, false);
    for piece in text.split('<').skip(1) {
        let (tag, content) = piece.split_once('>')?;
        let name = tag.trim_start_matches('/').split([' ', '\n', '/']).next()?;
        if name.contains(':') {
            return None;
        }
        if tag.starts_with('/') {
            if open.pop() != Some(name) {
                return None;
            }
            continue;
        }
        let path = [open.as_slice(), &[name]].concat();
        // A cell in a place where none belongs may be read or not.
        total.most += usize::from(name == "c" && path.len() != 4);
        if path == ["worksheet", "sheetData", "row", "c"] {
            // A text in the cell itself stands in another tag.
            (plain, valued) = (!tag.contains("inlineStr"), false);
        }
        if path.starts_with(&["worksheet", "sheetData", "row", "c"]) && path.len() > 4 && !valued {
            valued = true;
            let value = path[4] == "v" && !tag.ends_with('/') && !content.trim().is_empty();
            total.least += usize::from(plain && value);
            total.most += 1;
        }
        if !tag.ends_with('/') {
            open.push(name);
        }
    }
    open.is_empty().then_some(total)
}

/// The cells of an xlsb sheet: the records between the begin and the end of its data.
fn xlsb_count(mut bytes: &[u8]) -> Option<Count> {
    let (mut total, mut within) = (Count::default(), false);
    while !bytes.is_empty() {
        let kind = number(&mut bytes, 2)?;
        let length = number(&mut bytes, 4)? as usize;
        let (data, rest) = bytes.split_at_checked(length)?;
        bytes = rest;
        match kind {
            0x91 => within = true,
            0x92 => within = false,
            // A merged area.
            0xB0 => return None,
            2..=5 | 7 | 9..=11 if within => total.sure(1),
            6 | 8 if within && data.get(8..12).is_some_and(|length| length != [0; 4]) => total.sure(1),
            6 | 8 | 0x3E if within => total.most += 1,
            _ => {}
        }
    }
    Some(total)
}

fn number(bytes: &mut &[u8], most: u32) -> Option<u32> {
    let mut number = 0;
    for at in 0..most {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u32::from(byte & 0x7F) << (7 * at);
        if byte & 0x80 == 0 {
            break;
        }
    }
    Some(number)
}
