//! The structure of the source: floors, circles, sizes, names.

mod docs;
mod floors;
mod rooms;
mod source;
