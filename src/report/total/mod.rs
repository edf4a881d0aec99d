//! 总表: the audits of many offices in one workbook, and on a page in the terminal. No person stands in it.

mod front;
mod lowest;
mod matrix;
mod names;
mod offices;
mod ranking;
mod rules;
mod summary;
mod terminal;
mod workbook;

pub use ranking::Total;
pub use summary::summary;
pub use terminal::total_text;
pub use workbook::total;

#[cfg(test)]
mod tests;
