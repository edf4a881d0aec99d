//! How a child ended.

/// How a child ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// It came to its own end, with this exit status.
    Exited(u8),
    /// Something else ended it while it was at this stage.
    Cut(Stage, Cause),
}

/// What a child is at, as far as it has said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Stage {
    #[default]
    Starting,
    /// Opening or reading these files, of which there is at least one. A file is named once for each time it was begun.
    Reading(Vec<String>),
    /// Between files, and behind the last of them.
    Computing,
    Writing,
    /// The output is there; what is left is to tell of it.
    Written,
}

/// Why a child did not come to its own end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// It took more memory than it may.
    Memory,
    /// It was reading a file and showed no progress for as long as the limit allows.
    Time,
    /// Somebody ended it by a signal, or the system did.
    Signal,
    /// It panicked at this place of its source, `src/main.rs:7`.
    Panic(String),
    /// It ended in some other way: by a fault of its own, or with an exit status that it had not announced.
    Crash,
}
