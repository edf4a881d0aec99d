//! The structure of the source: floors, circles, sizes, names.

mod floors;
