//! Whether a row is a record.

use sheets::Row;

use super::non_records::{SECTION, TOTAL, reason};
use super::sections::Sections;
use super::sums::{RowSum, sum};
use crate::dictionary::{Dictionary, FieldKind};
use crate::intake::sheet::Layout;

/// What a row is told to be.
pub(in crate::intake::row) enum RowTold {
    Record,
    /// A record, or by the text in this column a sum.
    PerhapsSum(u32),
    /// Left out, for this reason.
    NoRecord(&'static str),
}

/// Whether a row is a record. `kind` tells what a column is read as, `None` if it is not read.
pub(in crate::intake::row) fn told(
    row: Row<'_>,
    layout: &Layout,
    (dictionary, sections): (&Dictionary, &mut Sections<'_>),
    kind: impl Fn(u32) -> Option<FieldKind>,
) -> RowTold {
    let reason = reason(row, layout, &kind).or_else(|| sections.is_heading(row, &kind).then_some(SECTION));
    if let Some(reason) = reason {
        if reason == SECTION {
            sections.begin(row);
        }
        return RowTold::NoRecord(reason);
    }
    // Only what takes place is summed up in its own table.
    let is_dated = dictionary.table(layout.table).roles.date.is_some();
    match sum(row, dictionary, kind).filter(|_| is_dated) {
        Some(RowSum::Surely) => RowTold::NoRecord(TOTAL),
        Some(RowSum::Perhaps(column)) => RowTold::PerhapsSum(column),
        None => RowTold::Record,
    }
}
