//! Zip packages, which xlsx, xlsb and ods files are: their parts, and what is checked before a parser sees them.

pub(crate) mod keyword;
pub(crate) mod parts;
pub(crate) mod preflight;
pub(crate) mod relationships;
