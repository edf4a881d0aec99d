//! The container of xls files: a compound file with one stream.

const SECTOR: usize = 512;
const END_OF_CHAIN: u32 = 0xFFFF_FFFE;
const TABLE_SECTOR: u32 = 0xFFFF_FFFD;
const FREE: u32 = 0xFFFF_FFFF;

/// A container whose only stream has this name: `Workbook`, or `Book` for BIFF 5. Up to some seven megabytes.
pub fn write(name: &str, stream: &[u8]) -> Vec<u8> {
    // Short streams would have to lie in sectors of their own kind.
    let mut body = stream.to_vec();
    body.resize(body.len().max(4096).next_multiple_of(SECTOR), 0);
    let of_stream = body.len() / SECTOR;
    let of_table = (of_stream + 1).div_ceil(SECTOR / 4 - 1);
    assert!(of_table <= 109);
    let mut table: Vec<u32> = (1..of_stream as u32).collect();
    table.extend([END_OF_CHAIN, END_OF_CHAIN]);
    table.extend(std::iter::repeat_n(TABLE_SECTOR, of_table));
    table.resize(of_table * SECTOR / 4, FREE);

    let mut file = header(of_stream as u32, of_table as u32);
    file.extend(&body);
    file.extend(entry("Root Entry", 5, 1, END_OF_CHAIN, 0));
    file.extend(entry(name, 2, FREE, 0, body.len().max(4096) as u32));
    file.extend([entry("", 0, FREE, 0, 0), entry("", 0, FREE, 0, 0)].concat());
    file.extend(table.iter().flat_map(|next| next.to_le_bytes()));
    file
}

fn header(directory: u32, of_table: u32) -> Vec<u8> {
    let mut header = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    header.resize(24, 0);
    for short in [0x3E_u16, 3, 0xFFFE, 9, 6, 0, 0, 0] {
        header.extend(short.to_le_bytes());
    }
    // Sectors of the directory (none are told in this version), of the table; the directory; the limit of mini sectors.
    for word in [0, of_table, directory, 0, 4096, END_OF_CHAIN, 0, END_OF_CHAIN, 0] {
        header.extend(word.to_le_bytes());
    }
    let sectors = (directory + 1..directory + 1 + of_table).chain(std::iter::repeat(FREE));
    header.extend(sectors.take(109).flat_map(u32::to_le_bytes));
    header
}

fn entry(name: &str, kind: u8, child: u32, start: u32, size: u32) -> Vec<u8> {
    let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let length = if name.is_empty() { 0 } else { entry.len() as u16 + 2 };
    entry.resize(64, 0);
    entry.extend(length.to_le_bytes());
    // A black node without neighbours.
    entry.extend([kind, 1]);
    entry.extend([FREE, FREE, child].iter().flat_map(|word| word.to_le_bytes()));
    entry.resize(116, 0);
    entry.extend([start, size, 0].iter().flat_map(|word| word.to_le_bytes()));
    entry
}
