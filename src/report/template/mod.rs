//! 台账模板: a workbook to fill in, with the sheets and columns that some packs need and no others. Each column says
//! what it wants, in which form, and for which clauses; an example row shows it.

mod forms;
mod guide;
mod options;
mod sheets;
mod table;
mod workbook;

pub use sheets::Template;
pub use workbook::template;
