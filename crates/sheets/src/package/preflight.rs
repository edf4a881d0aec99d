//! Looks through every part of a zip package once, before any parser sees it.
//!
//! Each part is inflated to its end, so its check sum is verified, and refused if it is a bomb or defines entities. On the
//! way the preflight notes what the xlsx reader needs to know early but would find only behind the data: whether a sheet has
//! merged cells, formulas, hidden rows.

use std::collections::HashMap;
use std::io::{self, Read, Seek};

use aho_corasick::{AhoCorasick, Match, MatchKind};
use memchr::memmem;
use zip::ZipArchive;
use zip::read::ZipFile;

use super::parts::{fault_of, fault_of_read, plain_name};
use crate::error::Fault;

/// A part above this size, in bytes, must not be packed more densely than `MAX_RATIO`.
const FREE_SIZE: u64 = 64 << 20;
/// Ledgers of a million rows are packed 10 to 40 times; bombs about 1,000 times.
const MAX_RATIO: u64 = 200;
/// The most that all parts of a package may inflate to, in bytes.
const MAX_TOTAL: u64 = 4 << 30;
/// The bytes looked at in one go.
const WINDOW: usize = 128 << 10;
/// The bytes of a window that are looked at again with the next one: a needle may lie across the border.
const OVERLAP: usize = 32;
/// A shared string takes at least this many bytes, as in `<si/>`.
const SMALLEST_STRING: u64 = 5;

/// What is looked for, all at once.
const SIGNS: [(&str, Sign); 6] = [
    ("<!", Sign::Definition),
    ("<f", Sign::Formula),
    ("<mergeCell ", Sign::Merge),
    (" hidden=\"1\"", Sign::Hidden),
    (" hidden=\"true\"", Sign::Hidden),
    ("sheetData", Sign::Data),
];

/// What a place in a part may tell.
#[derive(Clone, Copy)]
enum Sign {
    /// A document type or an entity.
    Definition,
    Formula,
    Merge,
    Hidden,
    /// The beginning of a sheet's data.
    Data,
}

/// What the preflight saw in one part.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct PartFacts {
    pub merges: bool,
    pub formulas: bool,
    pub hidden: bool,
}

/// Reads the whole package. Gives what it saw in each part, by the part's plain name.
pub(crate) fn inspect(file: impl Read + Seek) -> Result<HashMap<String, PartFacts>, Fault> {
    let mut archive = ZipArchive::new(file).map_err(|error| fault_of(&error))?;
    // It fails for gigabytes of signs only.
    let signs = AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(SIGNS.map(|(text, _)| text));
    let signs = signs.map_err(|_| Fault::TooLarge)?;
    // What the package says of itself may be untrue, so the sum is kept below, too.
    if archive.decompressed_size().is_some_and(|size| size > u128::from(MAX_TOTAL)) {
        return Err(Fault::TooLarge);
    }
    let mut facts = HashMap::new();
    let mut total = 0;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|error| fault_of(&error))?;
        let name = plain_name(&part.name().map_err(|error| fault_of(&error))?);
        let mut scan = PartScan::new(&name, &signs);
        total += scan.run(part, MAX_TOTAL - total)?;
        facts.insert(name, scan.facts);
    }
    Ok(facts)
}

/// The look through one part.
struct PartScan<'s> {
    signs: &'s AhoCorasick,
    xml: bool,
    /// The part is in UTF-16.
    wide: bool,
    sheet: bool,
    strings: bool,
    /// How often the data of a sheet begins.
    beginnings: usize,
    facts: PartFacts,
}

impl<'s> PartScan<'s> {
    fn new(name: &str, signs: &'s AhoCorasick) -> PartScan<'s> {
        let strings = name.ends_with("sharedstrings.xml");
        PartScan {
            signs,
            xml: [".xml", ".rels", ".vml"].iter().any(|end| name.ends_with(end)),
            wide: false,
            // Only the workbook says which parts are sheets, so every part may be one.
            sheet: name.ends_with(".xml") && !strings,
            strings,
            beginnings: 0,
            facts: PartFacts::default(),
        }
    }

    /// Inflates the part to its end. Gives its size in bytes, at most `room`.
    fn run(&mut self, mut part: ZipFile<'_, impl Read>, room: u64) -> Result<u64, Fault> {
        let packed = part.compressed_size();
        check_size(part.size(), packed, room)?;
        let mut window = vec![0; WINDOW];
        let (mut size, mut kept, mut promised) = (0, 0, None);
        loop {
            let read = match part.read(&mut window[kept..]) {
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(fault_of_read(&error)),
            };
            let seen = &window[..kept + read];
            if size == 0 {
                self.look_at_head(seen);
                promised = promised_strings(seen).filter(|_| self.strings);
            }
            size += read as u64;
            check_size(size, packed, room)?;
            self.look_at(seen, kept)?;
            if read == 0 {
                break;
            }
            let end = kept + read;
            kept = end.min(OVERLAP);
            window.copy_within(end - kept..end, 0);
        }
        match promised {
            Some(promised) if promised > size / SMALLEST_STRING => Err(Fault::Damaged),
            _ => Ok(size),
        }
    }

    /// The needles are ASCII and without a prefix; where that cannot be relied on, everything is taken to be there.
    fn look_at_head(&mut self, head: &[u8]) {
        self.wide = head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]);
        let prefixed = memmem::find(head, b":worksheet").is_some();
        if self.sheet && (self.wide || prefixed) {
            self.facts.merges = true;
            self.facts.formulas = true;
        }
    }

    /// Looks through a window, of which so many bytes were in the one before.
    fn look_at(&mut self, seen: &[u8], kept: usize) -> Result<(), Fault> {
        if !self.xml {
            return Ok(());
        }
        // Without the zero bytes, tags in UTF-16 are ASCII.
        let narrow: Option<Vec<u8>> = self.wide.then(|| seen.iter().copied().filter(|&byte| byte != 0).collect());
        let text = narrow.as_deref().unwrap_or(seen);
        self.signs.find_iter(text).try_for_each(|found| self.take(text, found, kept))
    }

    fn take(&mut self, text: &[u8], found: Match, kept: usize) -> Result<(), Fault> {
        let (behind, is_sheet) = (&text[found.end()..], self.sheet && !self.wide);
        let facts = &mut self.facts;
        match SIGNS[found.pattern().as_usize()].1 {
            // Comments and CDATA begin alike, but are rare.
            Sign::Definition if behind.starts_with(b"DOCTYPE") || behind.starts_with(b"ENTITY") => {
                return Err(Fault::ForeignDefinitions);
            }
            Sign::Definition => {}
            Sign::Formula => facts.formulas |= is_sheet && matches!(behind, [b'>' | b' ' | b'/', ..]),
            Sign::Merge => facts.merges |= is_sheet,
            Sign::Hidden => facts.hidden |= is_sheet,
            // What the window before showed already is not counted again.
            Sign::Data => self.beginnings += usize::from(is_sheet && found.end() >= kept && begins_data(text, found)),
        }
        // The parser reads the first data only; the cells of any other would be lost.
        if self.beginnings > 1 { Err(Fault::Damaged) } else { Ok(()) }
    }
}

/// Whether a sheet's data begins at a place where its name stands.
fn begins_data(text: &[u8], name: Match) -> bool {
    let head = &text[name.start().saturating_sub(16)..name.start()];
    let prefix = memchr::memrchr(b'<', head).map(|open| &head[open + 1..]);
    let opens = prefix.is_some_and(|prefix| prefix.is_empty() || (prefix.ends_with(b":") && !prefix.starts_with(b"/")));
    opens && matches!(text.get(name.end()), Some(b'>' | b'/' | b' ' | b'\t' | b'\r' | b'\n'))
}

fn check_size(size: u64, packed: u64, room: u64) -> Result<(), Fault> {
    let dense = size > FREE_SIZE && size / MAX_RATIO > packed;
    if dense || size > room {
        return Err(Fault::TooLarge);
    }
    Ok(())
}

/// The number of strings that the table of shared strings says it has; calamine reserves memory for it.
fn promised_strings(head: &[u8]) -> Option<u64> {
    const NEEDLE: &[u8] = b"uniqueCount=";
    let start = memmem::find(head, NEEDLE)? + NEEDLE.len() + 1;
    let digits = head.get(start..)?.iter().take_while(|byte| byte.is_ascii_digit());
    Some(digits.fold(0_u64, |sum, &digit| sum.saturating_mul(10).saturating_add(u64::from(digit - b'0'))))
}
