//! Mutations of zip packages: of the bytes of a part, or of which parts there are.

use super::{Rng, records, xml};
use crate::checks::package::{Part, pack, unpack};

pub(super) fn mutated(file: &[u8], rng: &mut Rng, plain: &mut dyn FnMut(&mut Vec<u8>)) -> Option<Vec<u8>> {
    let mut parts = unpack(file)?;
    if parts.is_empty() {
        return None;
    }
    match rng.below(24) {
        0 => drop(parts.remove(rng.below(parts.len()))),
        1 => {
            let bytes = rng.pick(&parts).1.clone();
            let at = rng.below(parts.len());
            parts[at].1 = bytes;
        }
        2 => {
            let at = rng.below(parts.len());
            let mut name = std::mem::take(&mut parts[at].0).into_bytes();
            plain(&mut name);
            parts[at].0 = String::from_utf8_lossy(&name).into_owned();
        }
        _ => {
            let at = chosen(&parts, rng);
            let (name, bytes) = &mut parts[at];
            if name.ends_with(".bin") {
                records::mutate(bytes, records::XLSB, rng, plain);
            } else {
                xml::mutate(bytes, rng, plain);
            }
        }
    }
    pack(&parts)
}

/// A part, three times out of four one with cells or strings.
fn chosen(parts: &[Part], rng: &mut Rng) -> usize {
    let of_cells = |name: &str| name.contains("sheet") || name == "content.xml" || name.contains("trings");
    let main: Vec<usize> = (0..parts.len()).filter(|&at| of_cells(&parts[at].0)).collect();
    if main.is_empty() || rng.one_in(4) { rng.below(parts.len()) } else { *rng.pick(&main) }
}
