//! A plain mutation for where libFuzzer's is not at hand.

use super::Rng;

/// Changes some bytes: flips a bit, sets, repeats, takes out or puts in a few.
pub fn change(bytes: &mut Vec<u8>, rng: &mut Rng) {
    let at = rng.below(bytes.len());
    let end = (at + 1 + rng.below(8)).min(bytes.len());
    match rng.below(7) {
        _ if bytes.is_empty() => bytes.push(rng.next() as u8),
        0 | 1 => bytes[at] ^= 1 << rng.below(8),
        2 => bytes[at] = *rng.pick(&[0, 1, 0x20, 0x22, 0x2C, 0x3C, 0x7F, 0x80, 0xFF]),
        3 => bytes[at] = rng.next() as u8,
        4 => drop(bytes.drain(at..end)),
        5 => {
            let piece = bytes[at..end].to_vec();
            bytes.splice(at..at, piece);
        }
        _ => {
            let piece: Vec<u8> = (0..rng.below(6)).map(|_| rng.next() as u8).collect();
            bytes.splice(at..at, piece);
        }
    }
}
