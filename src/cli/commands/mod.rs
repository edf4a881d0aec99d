//! One file a command: its arguments, and the `run` that they are for.

pub mod check;
pub mod explain;
pub mod inspect;
pub mod packs;
pub mod template;
pub mod verify;
