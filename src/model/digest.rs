//! SHA-256, the name of a file's content.

use std::fmt::Write;

use sha2::{Digest, Sha256};

/// The digest of some bytes in lower-case hex.
pub fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
