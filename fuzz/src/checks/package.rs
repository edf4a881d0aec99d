//! Zip packages of a few small parts.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// The name and the bytes of a part.
pub type Part = (String, Vec<u8>);

/// The most that a part is unpacked to, in bytes.
const MOST: u64 = 1 << 20;

/// Packs parts without compressing them; `None` where a name cannot be written or is there twice.
pub fn pack(parts: &[Part]) -> Option<Vec<u8>> {
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in parts {
        package.start_file(name.as_str(), stored).ok()?;
        package.write_all(bytes).ok()?;
    }
    Some(package.finish().ok()?.into_inner())
}

/// Unpacks a package; `None` if any part is damaged or large.
pub fn unpack(bytes: &[u8]) -> Option<Vec<Part>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let part = |index| {
        let part = archive.by_index(index).ok()?;
        let name = part.name().ok()?.into_owned();
        let mut bytes = Vec::new();
        part.take(MOST + 1).read_to_end(&mut bytes).ok()?;
        (bytes.len() as u64 <= MOST).then_some((name, bytes))
    };
    (0..ZipArchive::new(Cursor::new(bytes)).ok()?.len()).map(part).collect()
}
