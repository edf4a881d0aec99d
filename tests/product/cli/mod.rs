//! The commands, through the program itself: what they take, print and end with.

mod arguments;
mod check;
mod explain;
mod guarded;
mod inspect;
mod inspect_json;
mod output;
mod packs;
mod verify;
