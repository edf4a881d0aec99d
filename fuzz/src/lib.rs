//! What the fuzz targets share: `checks` holds what must be true of every input and is used by the main crate's tests
//! too, `mutate` changes files so that the change reaches the parsers.

pub mod checks;
pub mod mutate;
#[path = "../../tests/product/office/mod.rs"]
mod office;
