//! The gate of OLE containers (xls, et): follows every chain of sectors once, with a limit, before calamine does.
//!
//! A chain that runs in a circle would make calamine read until memory ends.

use super::error::Fault;
use super::sniff::OLD_EXCEL;

/// The first of the numbers that are no sector.
const NO_SECTOR: u32 = 0xFFFF_FFFA;
const END_OF_CHAIN: u32 = 0xFFFF_FFFE;
const ENTRY: usize = 128;
/// Where an entry has its type, and the type of the root.
const ENTRY_TYPE: usize = 66;
const ROOT: u8 = 5;
const MINI_SECTOR: usize = 64;
/// Streams shorter than this, in bytes, lie in mini sectors.
const MINI_LIMIT: u64 = 4096;
/// The container's own limit for its header's list of table sectors.
const HEADER_TABLE_SECTORS: usize = 109;

/// The stream that holds the workbook. Finds out on the way that a container holds something else.
pub(super) fn workbook_stream(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let container = Container::open(bytes)?;
    let entries = container.entries()?;
    let named = |name: &str| entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name));
    if named("EncryptedPackage").is_some() {
        return Err(Fault::Password);
    }
    let Some(entry) = named("Workbook").or_else(|| named("Book")) else {
        return Err(match named("WordDocument") {
            Some(_) => Fault::NotASpreadsheet,
            None => foreign(&entries),
        });
    };
    let minis = container.minis(&entries)?;
    container.stream(entry, &minis)
}

fn foreign(entries: &[Entry]) -> Fault {
    // Excel 4 kept its sheets in containers of add-ins only under this name.
    let old = entries.iter().any(|entry| entry.name.eq_ignore_ascii_case("Sheet1"));
    if old { Fault::NotAWorkbook { kind: OLD_EXCEL } } else { Fault::NotASpreadsheet }
}

/// A container's header and its table of chains.
struct Container<'b> {
    bytes: &'b [u8],
    sector: usize,
    table: Vec<u32>,
}

/// An entry of the directory.
struct Entry {
    name: String,
    start: u32,
    size: u64,
}

/// The stream of mini sectors and its table of chains.
struct Minis {
    stream: Vec<u8>,
    table: Vec<u32>,
}

impl<'b> Container<'b> {
    fn open(bytes: &'b [u8]) -> Result<Container<'b>, Fault> {
        let sector = match short_at(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return Err(Fault::Damaged),
        };
        let table = Vec::new();
        let mut container = Container { bytes, sector, table };
        container.table = container.read_table()?;
        Ok(container)
    }

    fn read_table(&self) -> Result<Vec<u32>, Fault> {
        let listed = (0..HEADER_TABLE_SECTORS).map(|index| word_at(self.bytes, 76 + 4 * index));
        let mut sectors: Vec<u32> = listed.collect::<Result<_, _>>()?;
        let mut next = word_at(self.bytes, 68)?;
        let most = self.bytes.len() / self.sector + 1;
        for _ in 0..most {
            if next >= NO_SECTOR {
                break;
            }
            let mut more = words(self.whole_sector(next)?);
            next = more.pop().ok_or(Fault::Damaged)?;
            sectors.append(&mut more);
        }
        sectors.retain(|&sector| sector < NO_SECTOR);
        if next < NO_SECTOR || sectors.len() > most {
            return Err(Fault::Damaged);
        }
        let tables = sectors.into_iter().map(|sector| Ok(words(self.whole_sector(sector)?)));
        Ok(tables.collect::<Result<Vec<_>, Fault>>()?.concat())
    }

    fn entries(&self) -> Result<Vec<Entry>, Fault> {
        let start = word_at(self.bytes, 48)?;
        let directory = self.join(start, u64::MAX)?;
        // The first entry is the root, whatever its name.
        if directory.get(ENTRY_TYPE) != Some(&ROOT) {
            return Err(Fault::Damaged);
        }
        Ok(directory.chunks_exact(ENTRY).filter_map(entry_of).collect())
    }

    fn minis(&self, entries: &[Entry]) -> Result<Minis, Fault> {
        let (stream, table) = match (entries.first(), word_at(self.bytes, 64)?) {
            (Some(root), 1..) => {
                (self.join(root.start, root.size)?, words(&self.join(word_at(self.bytes, 60)?, u64::MAX)?))
            }
            _ => (Vec::new(), Vec::new()),
        };
        Ok(Minis { stream, table })
    }

    fn stream(&self, entry: &Entry, minis: &Minis) -> Result<Vec<u8>, Fault> {
        if entry.size >= MINI_LIMIT {
            return self.join(entry.start, entry.size);
        }
        let mut stream = Vec::new();
        for sector in chain(entry.start, &minis.table)? {
            let start = sector as usize * MINI_SECTOR;
            let piece = minis.stream.get(start..start + MINI_SECTOR).ok_or(Fault::Damaged)?;
            stream.extend_from_slice(piece);
        }
        cut(stream, entry.size)
    }

    /// The bytes of a chain of sectors, cut to a size that they must reach.
    fn join(&self, start: u32, size: u64) -> Result<Vec<u8>, Fault> {
        let mut stream = Vec::new();
        for sector in chain(start, &self.table)? {
            stream.extend_from_slice(self.sector_at(sector)?);
        }
        if size == u64::MAX { Ok(stream) } else { cut(stream, size) }
    }

    /// The bytes of a sector; the last one of a file may be short.
    fn sector_at(&self, sector: u32) -> Result<&'b [u8], Fault> {
        // The header takes the place of one sector.
        let start = (sector as usize + 1).checked_mul(self.sector);
        let rest = start.and_then(|start| self.bytes.get(start..)).ok_or(Fault::Damaged)?;
        Ok(&rest[..rest.len().min(self.sector)])
    }

    fn whole_sector(&self, sector: u32) -> Result<&'b [u8], Fault> {
        let bytes = self.sector_at(sector)?;
        if bytes.len() == self.sector { Ok(bytes) } else { Err(Fault::Damaged) }
    }
}

/// Follows a chain to its end. One that visits more sectors than there are runs in a circle.
fn chain(start: u32, table: &[u32]) -> Result<Vec<u32>, Fault> {
    let mut sectors = Vec::new();
    let mut next = start;
    while next != END_OF_CHAIN {
        if sectors.len() > table.len() {
            return Err(Fault::Damaged);
        }
        sectors.push(next);
        next = *table.get(next as usize).ok_or(Fault::Damaged)?;
    }
    Ok(sectors)
}

fn cut(mut stream: Vec<u8>, size: u64) -> Result<Vec<u8>, Fault> {
    if (stream.len() as u64) < size {
        return Err(Fault::Damaged);
    }
    stream.truncate(usize::try_from(size).map_err(|_| Fault::Damaged)?);
    Ok(stream)
}

fn entry_of(bytes: &[u8]) -> Option<Entry> {
    let units = bytes.get(..64)?.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    let units: Vec<u16> = units.take_while(|&unit| unit != 0).collect();
    let start = word_at(bytes, 116).ok()?;
    // The upper half of the size is not reliable in old files, and no xls file needs it.
    let size = u64::from(word_at(bytes, 120).ok()?);
    let name = String::from_utf16_lossy(&units);
    Some(Entry { name, start, size })
}

fn words(bytes: &[u8]) -> Vec<u32> {
    let words = bytes.chunks_exact(4);
    words.map(|word| u32::from_le_bytes([word[0], word[1], word[2], word[3]])).collect()
}

fn word_at(bytes: &[u8], at: usize) -> Result<u32, Fault> {
    let word = bytes.get(at..).and_then(|rest| rest.first_chunk());
    word.map(|&word| u32::from_le_bytes(word)).ok_or(Fault::Damaged)
}

fn short_at(bytes: &[u8], at: usize) -> Result<u16, Fault> {
    let short = bytes.get(at..).and_then(|rest| rest.first_chunk());
    short.map(|&short| u16::from_le_bytes(short)).ok_or(Fault::Damaged)
}
