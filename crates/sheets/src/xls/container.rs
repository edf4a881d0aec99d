//! The preflight of OLE containers (xls, et): follows every chain of sectors once, with a limit, before calamine does.
//!
//! A chain that runs in a circle would make calamine read until memory ends. The crate `cfb` was tried in its place and
//! reads some files whose end is filled with zeros in part, where this refuses them; and it refuses files that only lack
//! sectors that nothing uses.

use crate::error::Fault;
use crate::format::ForeignKind;
use crate::input::bytes::{short, wide_text, word, words};

/// The first of the numbers that are no sector.
const NO_SECTOR: u32 = 0xFFFF_FFFA;
const END_OF_CHAIN: u32 = 0xFFFF_FFFE;
/// A sector of the table itself, and one that is not used.
const TABLE_SECTOR: u32 = 0xFFFF_FFFD;
const FREE_SECTOR: u32 = 0xFFFF_FFFF;
const ENTRY: usize = 128;
/// Where an entry has its type, and the type of the root.
const ENTRY_TYPE: usize = 66;
const ROOT: u8 = 5;
/// The type of a stream.
const STREAM: u8 = 2;
const MINI_SECTOR: usize = 64;
/// Streams shorter than this, in bytes, lie in mini sectors.
const MINI_LIMIT: u64 = 4096;
/// The container's own limit for its header's list of table sectors.
const HEADER_TABLE_SECTORS: usize = 109;

/// The stream that holds the workbook. Finds out on the way that a container holds something else.
pub(crate) fn workbook_stream(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let container = OleContainer::open(bytes)?;
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
    if old { Fault::NotAWorkbook { kind: ForeignKind::OldExcel } } else { Fault::NotASpreadsheet }
}

/// A container's header and its table of chains.
struct OleContainer<'b> {
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
struct MiniStream {
    stream: Vec<u8>,
    table: Vec<u32>,
}

impl<'b> OleContainer<'b> {
    fn open(bytes: &'b [u8]) -> Result<OleContainer<'b>, Fault> {
        let sector = match short(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return Err(Fault::Damaged),
        };
        let table = Vec::new();
        let mut container = OleContainer { bytes, sector, table };
        container.table = container.read_table()?;
        Ok(container)
    }

    fn read_table(&self) -> Result<Vec<u32>, Fault> {
        let listed = (0..HEADER_TABLE_SECTORS).map(|index| word(self.bytes, 76 + 4 * index));
        let mut sectors: Vec<u32> = listed.collect::<Result<_, _>>()?;
        let mut next = word(self.bytes, 68)?;
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
        let start = word(self.bytes, 48)?;
        let directory = self.join(start, u64::MAX)?;
        // The first entry is the root, whatever its name.
        if directory.get(ENTRY_TYPE) != Some(&ROOT) {
            return Err(Fault::Damaged);
        }
        Ok(directory.chunks_exact(ENTRY).filter_map(entry_of).collect())
    }

    fn minis(&self, entries: &[Entry]) -> Result<MiniStream, Fault> {
        let (stream, table) = match (entries.first(), word(self.bytes, 64)?) {
            (Some(root), 1..) => {
                (self.join(root.start, root.size)?, words(&self.join(word(self.bytes, 60)?, u64::MAX)?))
            }
            _ => (Vec::new(), Vec::new()),
        };
        Ok(MiniStream { stream, table })
    }

    fn stream(&self, entry: &Entry, minis: &MiniStream) -> Result<Vec<u8>, Fault> {
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
    let mut name = wide_text(bytes.get(..64)?);
    name.truncate(name.find('\0').unwrap_or(name.len()));
    let start = word(bytes, 116).ok()?;
    // The upper half of the size is not reliable in old files, and no xls file needs it.
    let size = u64::from(word(bytes, 120).ok()?);
    Some(Entry { name, start, size })
}

/// A container with nothing in it but the stream of a workbook, which has passed the preflight.
///
/// # Errors
/// A stream that is larger than any real one: some 450 MB.
pub(crate) fn container_of(mut stream: Vec<u8>) -> Result<Vec<u8>, Fault> {
    const SECTOR: usize = 4096;
    const PER_SECTOR: usize = SECTOR / 4;
    // Shorter ones would have to lie in mini sectors; what stands behind the last sheet is not read.
    stream.resize(stream.len().max(SECTOR).next_multiple_of(SECTOR), 0);
    let of_stream = stream.len() / SECTOR;
    // One sector holds the directory; the table has an entry for each sector, its own among them.
    let of_table = (of_stream + 1).div_ceil(PER_SECTOR - 1);
    if of_table > HEADER_TABLE_SECTORS {
        return Err(Fault::TooLarge);
    }
    let number = |sector: usize| u32::try_from(sector).map_err(|_| Fault::TooLarge);
    let mut table: Vec<u32> = (1..of_stream).map(number).collect::<Result<_, _>>()?;
    table.extend([END_OF_CHAIN, END_OF_CHAIN]);
    table.extend(std::iter::repeat_n(TABLE_SECTOR, of_table));
    table.resize(of_table * PER_SECTOR, FREE_SECTOR);
    let first_of_table = of_stream + 1;

    let mut header = vec![0; SECTOR];
    header[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    header[24..34].copy_from_slice(&[0x3E, 0, 4, 0, 0xFE, 0xFF, 12, 0, 6, 0]);
    header[44..48].copy_from_slice(&number(of_table)?.to_le_bytes());
    header[48..52].copy_from_slice(&number(of_stream)?.to_le_bytes());
    header[56..60].copy_from_slice(&(MINI_LIMIT as u32).to_le_bytes());
    header[60..64].copy_from_slice(&END_OF_CHAIN.to_le_bytes());
    header[68..72].copy_from_slice(&END_OF_CHAIN.to_le_bytes());
    for index in 0..HEADER_TABLE_SECTORS {
        let sector = if index < of_table { number(first_of_table + index)? } else { FREE_SECTOR };
        header[76 + 4 * index..80 + 4 * index].copy_from_slice(&sector.to_le_bytes());
    }
    let size = number(stream.len())?;
    let mut directory = [entry("Root Entry", ROOT, 0, 0), entry("Workbook", STREAM, 0, size)].concat();
    directory.resize(SECTOR, 0);
    let table = table.into_iter().flat_map(u32::to_le_bytes);
    Ok(header.into_iter().chain(stream).chain(directory).chain(table).collect())
}

fn entry(name: &str, kind: u8, start: u32, size: u32) -> Vec<u8> {
    let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let length = entry.len() as u8 + 2;
    entry.resize(ENTRY, 0);
    entry[64] = length;
    entry[ENTRY_TYPE] = kind;
    entry[116..120].copy_from_slice(&start.to_le_bytes());
    entry[120..124].copy_from_slice(&size.to_le_bytes());
    entry
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_comes_out_of_its_new_container() {
        for length in [0_usize, 1, 4095, 4096, 4097, 5_000_000] {
            let stream: Vec<u8> = (0..length).map(|at| (at % 251) as u8).collect();
            let container = container_of(stream.clone()).expect("a container");
            let again = workbook_stream(&container).expect("its stream");
            assert_eq!(again.get(..length), Some(&stream[..]));
            assert!(again[length..].iter().all(|&byte| byte == 0));
        }
    }
}
