//! Changes a file so that the change reaches the parsers: within a part of a sound zip package with right check sums, or
//! within the records of a sound container. Now and then the bytes of the file itself are changed, for the gate.

pub mod container;
mod package;
mod plain;
mod records;
mod rng;
mod xml;

pub use plain::change;
pub use rng::Rng;

/// A plain mutation of some bytes: takes them in a buffer, how many they are, and how many they may become; gives how many
/// they are now. libFuzzer's own mutation has this form.
pub type Plain = fn(&mut [u8], usize, usize) -> usize;

/// How much a piece of a file may grow, in bytes.
const GROWTH: usize = 256;

/// Mutates the first `size` bytes of a buffer. Gives the new size.
pub fn in_place(data: &mut [u8], size: usize, most: usize, seed: u32, plain: Plain) -> usize {
    let mut rng = Rng::new(u64::from(seed));
    let before = data[..size].to_vec();
    match mutated(&before, &mut rng, &mut |bytes| plainly(bytes, plain)).filter(|bytes| bytes.len() <= most) {
        Some(bytes) => {
            data[..bytes.len()].copy_from_slice(&bytes);
            bytes.len()
        }
        None => plain(data, size, most),
    }
}

/// The file after one to three mutations; `None` where its bytes had better be mutated plainly.
pub fn mutated(file: &[u8], rng: &mut Rng, plain: &mut dyn FnMut(&mut Vec<u8>)) -> Option<Vec<u8>> {
    if rng.one_in(16) {
        return None;
    }
    let mut bytes = file.to_vec();
    for _ in 0..=rng.below(3) {
        bytes = if bytes.starts_with(b"PK") {
            package::mutated(&bytes, rng, plain)?
        } else {
            container::mutated(&bytes, rng, plain)?
        };
    }
    Some(bytes)
}

fn plainly(bytes: &mut Vec<u8>, plain: Plain) {
    let size = bytes.len();
    let most = size + GROWTH;
    bytes.resize(most, 0);
    let size = plain(bytes, size, most);
    bytes.truncate(size);
}
