//! What a child is held to.

/// How long a child may stand still, and how much memory it may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How many seconds a file may be opened or read without any progress.
    pub seconds: u32,
    /// In MB of 1,048,576 bytes.
    pub megabytes: u32,
}

impl Limits {
    /// The memory cap in bytes.
    pub(crate) fn bytes(self) -> u64 {
        u64::from(self.megabytes) << 20
    }
}
