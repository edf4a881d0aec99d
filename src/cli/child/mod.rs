//! Commands that read workbooks run in a watched child of the program, so that no file can take the machine or the
//! program down. The crate `watched` does that; here stands what is said of a child that did not come to its
//! own end.

mod ending;
mod process;

pub use process::{ChildEnd, attend, is_child, run, work};
