//! One file a command: its arguments, and the `run` that they are for.

pub(super) mod check;
pub(super) mod explain;
pub(super) mod inspect;
pub(super) mod packs;
pub(super) mod template;
pub(super) mod verify;
