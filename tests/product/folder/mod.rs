//! The run over many offices.

mod guarded;
mod offices;
mod resume;
mod whole;
