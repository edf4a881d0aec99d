//! From cells to records: layouts, names, words, dates, amounts, equal rows, issues.

mod cells;
mod counts;
mod data_checks;
mod left_rows;
mod names;
mod repeats;
mod same_office;
mod ten_layouts;
