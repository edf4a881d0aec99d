//! Counts the cells of xls workbooks by a plain walk through the records of each sheet.

use super::whole::Count;

/// The cells of each worksheet of a workbook stream; `None` with merged areas or a stream that is cut off.
pub fn count(stream: &[u8]) -> Option<Vec<Count>> {
    let count = |start| sheet_count(stream.get(start..)?);
    sheets(stream)?.into_iter().map(count).collect()
}

/// Where the worksheets begin.
fn sheets(stream: &[u8]) -> Option<Vec<usize>> {
    let mut sheets = Vec::new();
    for (kind, data) in records(stream) {
        match (kind, data) {
            (0x85, [a, b, c, d, _, 0, ..]) => sheets.push(u32::from_le_bytes([*a, *b, *c, *d]) as usize),
            (0x0A, _) => return Some(sheets),
            _ => {}
        }
    }
    None
}

fn sheet_count(stream: &[u8]) -> Option<Count> {
    let (mut count, mut depth) = (Count::default(), 0_usize);
    for (kind, data) in records(stream) {
        match kind {
            0x0809 => depth += 1,
            0x0A if depth <= 1 => return Some(count),
            0x0A => depth -= 1,
            0xE5 => return None,
            _ if depth > 1 => {}
            0x0203 | 0x027E | 0x0205 => count.sure(1),
            0xBD => count.sure(data.len().saturating_sub(6) / 6),
            0x06 | 0x0204 | 0xD6 | 0xFD => count.most += 1,
            _ => {}
        }
    }
    None
}

fn records(mut stream: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    std::iter::from_fn(move || {
        let [a, b, c, d] = *stream.first_chunk()?;
        let length = usize::from(u16::from_le_bytes([c, d]));
        let data = stream.get(4..4 + length)?;
        stream = stream.get(4 + length..)?;
        Some((u16::from_le_bytes([a, b]), data))
    })
}
