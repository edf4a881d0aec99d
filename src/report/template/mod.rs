//! 台账模板: a workbook to fill in, with the sheets and columns that some packs need; each says what it wants, and for what.

mod forms;
mod guide;
mod options;
mod sheets;
mod workbook;

pub use sheets::Template;
pub use workbook::template;
