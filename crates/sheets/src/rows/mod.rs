//! Rows and what makes them: values, merged areas, the assembling of cells, the way to another thread.

pub(crate) mod assembler;
pub(crate) mod merged;
pub(crate) mod pipe;
pub(crate) mod row;
pub(crate) mod value;
