//! 总表: the audits of many offices in one workbook, and on a page in the terminal. No person stands in it.

mod front;
mod lowest;
mod matrix;
mod missed;
mod offices;
mod rules;
mod run;
mod standing;
mod terminal;

use jiff::civil::Date;

use super::cell::Cell;
use super::{Book, ReportError};
use crate::model::{Office, Period};
use crate::pack::Pack;
use standing::Standing;

pub use terminal::total_text;

const TITLE: &str = "教研工作核查总表";

/// What a 总表 is made from.
pub struct Total<'t> {
    /// In the order in which they are listed.
    pub offices: &'t [Office],
    pub packs: &'t [Pack],
    /// As the assessment writes it: 2023, 2023-2024.
    pub period: &'t str,
    pub as_of: Date,
    /// What the run was called with: a name in Chinese and its value.
    pub options: &'t [(String, String)],
    /// What the run did that nobody asked for, and files that belong to no office. Plain Chinese.
    pub notes: &'t [String],
}

/// The 总表 as the bytes of a workbook, the same for the same offices.
///
/// # Errors
/// The workbook cannot be made.
pub fn total(total: &Total) -> Result<Vec<u8>, ReportError> {
    let standing = Standing::new(total);
    let mut book = Book::titled(TITLE, &total.period(), total.as_of)?;
    front::write(&mut book, &standing)?;
    offices::write(&mut book, &standing)?;
    rules::write(&mut book, &standing)?;
    matrix::write(&mut book, &standing)?;
    missed::write(&mut book, &standing)?;
    run::write(&mut book, &standing)?;
    Ok(book.workbook.save_to_buffer()?)
}

impl Total<'_> {
    /// 2023年, 2023-2024学年.
    fn period(&self) -> String {
        Period::parse(self.period).map_or_else(|_| self.period.to_string(), Period::label)
    }
}

/// How offices are named on a page of their own: with the column of their areas where there are any.
#[derive(Clone, Copy)]
struct Names {
    areas: bool,
}

impl Names {
    fn of(standing: &Standing) -> Names {
        Names { areas: standing.has_areas() }
    }

    fn heads(self) -> &'static [&'static str] {
        if self.areas { &["地区", "单位"] } else { &["单位"] }
    }

    /// The widths of the columns.
    fn widths(self) -> &'static [f64] {
        if self.areas { &[12.0, 24.0] } else { &[30.0] }
    }

    fn cells(self, office: &Office) -> Vec<Cell<'_>> {
        let name = Cell::text(office.name.as_str());
        if self.areas { vec![Cell::text(office.area.as_str()), name] } else { vec![name] }
    }

    /// In one text: 江门市 蓬江区.
    fn text(self, office: &Office) -> String {
        if office.area.is_empty() { office.name.clone() } else { format!("{} {}", office.area, office.name) }
    }
}

/// The name of an area; offices may stand outside of all.
fn area_name(area: &str) -> &str {
    if area.is_empty() { "（不属地区）" } else { area }
}

#[cfg(test)]
mod tests;
