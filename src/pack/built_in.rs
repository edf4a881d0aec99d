//! The packs that are part of the program.

use super::document::Pack;
use super::extend::{Bases, WithLists};
use super::parse::read;
use crate::dictionary::Dictionary;
use crate::model::{Diagnostic, sha256_hex};

/// A pack file that is part of the program, with its cases.
struct BuiltIn {
    id: &'static str,
    text: &'static str,
    cases: &'static str,
}

macro_rules! pack {
    ($id:literal) => {
        BuiltIn {
            id: $id,
            text: include_str!(concat!("../../rules/", $id, ".toml")),
            cases: include_str!(concat!("../../rules/", $id, ".cases.toml")),
        }
    };
}

const PACKS: [BuiltIn; 5] = [
    pack!("jiangmen-2022"),
    pack!("dongxing-2020"),
    pack!("training-school"),
    pack!("yueqing-2020"),
    pack!("urumqi-2024"),
];

pub fn built_in_ids() -> impl Iterator<Item = &'static str> {
    PACKS.iter().map(|pack| pack.id)
}

pub fn cases_of(id: &str) -> Option<&'static str> {
    PACKS.iter().find(|pack| pack.id == id).map(|pack| pack.cases)
}

pub fn text_of(id: &str) -> Option<&'static str> {
    PACKS.iter().find(|pack| pack.id == id).map(|pack| pack.text)
}

/// The built-in packs can be extended.
const BASES: Bases = Bases { ids: || built_in_ids().collect(), find: built_in_with_lists };

/// Reads a pack. `file` is how messages call it; `sha256` is the digest of its bytes.
///
/// # Errors
/// All defects of the file, in the order of their places.
pub fn parse(file: &str, text: &str, sha256: &str, dictionary: &Dictionary) -> Result<Pack, Vec<Diagnostic>> {
    read(file, text, sha256, dictionary, BASES).map(|(pack, _)| pack)
}

/// A built-in pack by its id.
pub fn built_in(id: &str, dictionary: &Dictionary) -> Option<Pack> {
    built_in_with_lists(id, dictionary).map(|(pack, _)| pack)
}

/// A built-in pack and its lists of members, which the rules of a pack that extends it can use.
fn built_in_with_lists(id: &str, dictionary: &Dictionary) -> Option<WithLists> {
    let text = text_of(id)?;
    match read(&format!("{id}.toml"), text, &sha256_hex(text.as_bytes()), dictionary, BASES) {
        Ok(parsed) => Some(parsed),
        // The file is part of the program, and a test loads it. No input can get here.
        Err(defects) => unreachable!("{id}: {defects:?}"),
    }
}
