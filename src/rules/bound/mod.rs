//! 标准: what a measure must reach.

mod form;
mod value;
mod words;

pub(crate) use form::{KEYS, KINDS, read, read_over};
pub use value::{Bound, Threshold};
pub(crate) use words::asked;
pub use words::standard;
