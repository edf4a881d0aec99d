//! Mutations of the workbook stream of an OLE container, which is built anew around it.

use std::io::{Cursor, Read, Write};

use super::Rng;
use super::records::{self, Record, XLS};

const BOUND_SHEET: u32 = 0x0085;
/// Streams of this size lie in sectors of their own, where a container of few parts is simplest.
const LEAST: usize = 4096;

pub(super) fn mutated(file: &[u8], rng: &mut Rng, plain: &mut dyn FnMut(&mut Vec<u8>)) -> Option<Vec<u8>> {
    let stream = stream_of(file)?;
    let mut records = records::split(&stream, XLS);
    records::change(&mut records, XLS, rng, plain);
    if !rng.one_in(10) {
        move_sheets(&mut records);
    }
    let stream: Vec<u8> = records.iter().flat_map(|record| records::written(record, XLS)).collect();
    container_of(stream)
}

/// Makes the list of sheets point to where they begin now.
fn move_sheets(records: &mut [Record]) {
    let (mut places, mut at) = (Vec::new(), 0_u32);
    for record in &*records {
        places.extend(record.was_at.map(|was| (was, at)));
        at += records::written(record, XLS).len() as u32;
    }
    for record in records.iter_mut().filter(|record| record.kind == BOUND_SHEET) {
        let Some(start) = record.data.first_chunk_mut::<4>() else { continue };
        let was = u32::from_le_bytes(*start) as usize;
        if let Some((_, now)) = places.iter().find(|(place, _)| *place == was) {
            *start = now.to_le_bytes();
        }
    }
}

/// The workbook stream of a container.
pub fn stream_of(file: &[u8]) -> Option<Vec<u8>> {
    let mut container = cfb::CompoundFile::open(Cursor::new(file)).ok()?;
    let name = if container.is_stream("/Workbook") { "/Workbook" } else { "/Book" };
    let mut stream = Vec::new();
    container.open_stream(name).ok()?.take(1 << 20).read_to_end(&mut stream).ok()?;
    Some(stream)
}

/// A container that holds nothing but a workbook stream.
pub fn container_of(mut stream: Vec<u8>) -> Option<Vec<u8>> {
    let size = stream.len().max(LEAST);
    stream.resize(size, 0);
    let mut container = cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new())).ok()?;
    container.create_stream("/Workbook").ok()?.write_all(&stream).ok()?;
    container.flush().ok()?;
    Some(container.into_inner().into_inner())
}
