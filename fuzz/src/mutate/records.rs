//! Mutations of streams of records, each a kind, a length and data: those of xls workbooks and of xlsb parts.

use super::Rng;

/// Reads a record's head: its kind, and the length of its data with that of the head.
type ReadHead = fn(&[u8]) -> Option<(u32, usize, usize)>;

/// How the heads of records are written.
#[derive(Clone, Copy)]
pub(super) struct Form {
    read: ReadHead,
    write: fn(u32, usize) -> Vec<u8>,
    /// The kinds that matter for cells and texts.
    kinds: &'static [u32],
}

pub(super) const XLS: Form = Form { read: xls_head, write: xls_written, kinds: &XLS_KINDS };
pub(super) const XLSB: Form = Form { read: xlsb_head, write: xlsb_written, kinds: &XLSB_KINDS };

const XLS_KINDS: [u32; 24] = [
    0x0006, 0x000A, 0x0022, 0x002F, 0x003C, 0x0042, 0x0085, 0x00BD, 0x00BE, 0x00D6, 0x00E0, 0x00E5, 0x00FC, 0x00FD,
    0x0018, 0x0017, 0x0200, 0x0201, 0x0203, 0x0204, 0x0205, 0x0207, 0x041E, 0x0809,
];
const XLSB_KINDS: [u32; 24] =
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 19, 37, 39, 44, 47, 129, 145, 146, 148, 153, 156, 159];

/// A record, and whether its length tells the truth.
#[derive(Clone)]
pub(super) struct Record {
    pub kind: u32,
    pub data: Vec<u8>,
    /// Added to the length that is written.
    lie: isize,
    /// Where it began before the mutation.
    pub was_at: Option<usize>,
}

pub(super) fn mutate(bytes: &mut Vec<u8>, form: Form, rng: &mut Rng, plain: &mut dyn FnMut(&mut Vec<u8>)) {
    if rng.one_in(6) {
        return plain(bytes);
    }
    let mut records = split(bytes, form);
    change(&mut records, form, rng, plain);
    *bytes = records.iter().flat_map(|record| written(record, form)).collect();
}

/// The records of a stream; what is no whole record is left out.
pub(super) fn split(bytes: &[u8], form: Form) -> Vec<Record> {
    let (mut records, mut at) = (Vec::new(), 0);
    while let Some((kind, head, length)) = bytes.get(at..).and_then(form.read) {
        let Some(data) = bytes.get(at + head..at + head + length) else { break };
        records.push(Record { kind, data: data.to_vec(), lie: 0, was_at: Some(at) });
        at += head + length;
    }
    records
}

pub(super) fn written(record: &Record, form: Form) -> Vec<u8> {
    let length = record.data.len().saturating_add_signed(record.lie);
    let mut bytes = (form.write)(record.kind, length);
    bytes.extend(&record.data);
    bytes
}

/// Changes the data of a record, or which records there are.
pub(super) fn change(records: &mut Vec<Record>, form: Form, rng: &mut Rng, plain: &mut dyn FnMut(&mut Vec<u8>)) {
    if records.is_empty() {
        return;
    }
    let at = rng.below(records.len());
    match rng.below(16) {
        0 => drop(records.remove(at)),
        1 => {
            let times = *rng.pick(&[1, 2, 40]);
            let copy = Record { was_at: None, ..records[at].clone() };
            records.splice(at..at, vec![copy; times]);
        }
        2 => {
            let to = rng.below(records.len());
            records.swap(at, to);
        }
        3 => records[at].kind = *rng.pick(form.kinds),
        4 => records[at].lie = rng.below(9) as isize - 4,
        5 => records[at].data.truncate(rng.below(40)),
        6 => {
            let kind = *rng.pick(form.kinds);
            let data = (0..rng.below(24)).map(|_| *rng.pick(&[0, 0, 1, 2, 255])).collect();
            records.insert(at, Record { kind, data, lie: 0, was_at: None });
        }
        7..=10 => set_number(&mut records[at].data, rng),
        _ => plain(&mut records[at].data),
    }
}

/// Writes a number from the edges over two or four bytes.
fn set_number(data: &mut [u8], rng: &mut Rng) {
    let number =
        *rng.pick(&[0_u32, 1, 2, 0x7F, 0xFF, 0x100, 0x3FFF, 0x4000, 0x7FFF, 0xFFFF, 0x10_0000, u32::MAX - 1, u32::MAX]);
    let bytes = number.to_le_bytes();
    let length = if rng.one_in(2) { 2 } else { 4 };
    let at = rng.below(data.len());
    data.iter_mut().skip(at).zip(&bytes[..length]).for_each(|(to, from)| *to = *from);
}

fn xls_head(bytes: &[u8]) -> Option<(u32, usize, usize)> {
    let [a, b, c, d] = *bytes.first_chunk()?;
    Some((u16::from_le_bytes([a, b]).into(), 4, u16::from_le_bytes([c, d]).into()))
}

fn xls_written(kind: u32, length: usize) -> Vec<u8> {
    [(kind as u16).to_le_bytes(), (length as u16).to_le_bytes()].concat()
}

fn xlsb_head(bytes: &[u8]) -> Option<(u32, usize, usize)> {
    let (kind, first) = number(bytes, 2)?;
    let (length, second) = number(bytes.get(first..)?, 4)?;
    Some((kind, first + second, length as usize))
}

fn xlsb_written(kind: u32, length: usize) -> Vec<u8> {
    let mut bytes = number_written(kind);
    bytes.extend(number_written(length as u32));
    bytes
}

/// A number of at most so many bytes, seven bits in each, and how many bytes it takes.
fn number(bytes: &[u8], most: usize) -> Option<(u32, usize)> {
    let mut number = 0;
    for at in 0..most {
        let byte = *bytes.get(at)?;
        number |= u32::from(byte & 0x7F) << (7 * at);
        if byte & 0x80 == 0 || at + 1 == most {
            return Some((number, at + 1));
        }
    }
    None
}

fn number_written(mut number: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_come_back_as_they_were() {
        let xls = [0x09, 0x08, 2, 0, 7, 8, 0x0A, 0, 0, 0];
        let xlsb = [0x81, 0x01, 0x00, 0x03, 0x81, 0x00, 5];
        for (bytes, form, kinds) in [(&xls[..], XLS, [0x0809, 0x000A]), (&xlsb[..], XLSB, [0x81, 3])] {
            let records = split(bytes, form);
            assert_eq!(records.iter().map(|record| record.kind).collect::<Vec<_>>(), kinds);
            let again: Vec<u8> = records.iter().flat_map(|record| written(record, form)).collect();
            assert_eq!(split(&again, form).len(), 2);
        }
    }
}
