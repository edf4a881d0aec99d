//! Whether a row is a record.

use sheets::{Raw, Row};

use super::column_sums::may_be_sum;
use super::non_records::{SECTION, TOTAL, reason};
use super::sections::Sections;
use super::sums::{RowSum, sum};
use crate::dictionary::{Called, Dictionary, Field, FieldKind, Table};
use crate::intake::people::name_key;
use crate::intake::sheet::Layout;

/// What a row is told to be.
pub(in crate::intake::row) enum RowTold {
    Record,
    /// A record, or by the text in this column a sum.
    PerhapsSum(u32),
    /// Left out, for this reason.
    NoRecord(&'static str),
}

/// Why a row is none whose name is a header of its own table: 层级 below 单位.
const UPRIGHT: &str = "名称一栏写的是表头的字，像是竖着排的表，不是记录；请改成一个对象一行";

fn names_a_header(row: Row<'_>, layout: &Layout, table: &Table) -> bool {
    let column = table.subject_name().and_then(|name| layout.column(name));
    let cell = row.cells.iter().find(|cell| Some(cell.column) == column).map(|cell| &cell.value);
    let Some(Raw::Text(text)) = cell else { return false };
    let is_called = |header: &String| header == text.trim();
    table.fields.iter().any(|field| is_called(&field.header) || field.also.iter().any(is_called))
}

/// Whether all that a row of the roster says stands under its names and is nobody's: 小学, 语文组, 专职.
fn heads_people(row: Row<'_>, layout: &Layout, dictionary: &Dictionary) -> bool {
    let staff = dictionary.schema.staff;
    let mut own = row.cells.iter().filter(|cell| !cell.merged);
    let (Some(only), None) = (own.next(), own.next()) else { return false };
    if layout.table != staff.table || layout.column(staff.name) != Some(only.column) {
        return false;
    }
    let Raw::Text(text) = &only.value else { return false };
    let Dictionary { people, .. } = dictionary;
    let mut fields = dictionary.table(staff.table).fields.iter();
    let is_word = |field: &Field| dictionary.words_of(field).is_some_and(|list| list.one(text).is_some());
    people.called(&name_key(text)) == Called::Group || people.offices.is_department(text) || fields.any(is_word)
}

/// Whether a row is a record. It surely is where its texts are all silent of that. `kind` tells what a column is read as, `None`
/// if it is not read.
pub(in crate::intake::row) fn told(
    (row, is_silent): (Row<'_>, bool),
    layout: &Layout,
    (dictionary, sections): (&Dictionary, &mut Sections<'_>),
    kind: impl Fn(u32) -> Option<FieldKind>,
) -> RowTold {
    let table = dictionary.table(layout.table);
    if is_silent && !may_be_sum(row, &kind) {
        sections.record(row, &kind);
        return RowTold::Record;
    }
    let reason = reason(row, &kind)
        .or_else(|| names_a_header(row, layout, table).then_some(UPRIGHT))
        .or_else(|| (sections.is_heading(row, &kind) || sections.is_group(row)).then_some(SECTION))
        .or_else(|| heads_people(row, layout, dictionary).then_some(SECTION));
    if let Some(reason) = reason {
        match reason {
            SECTION => sections.begin(row),
            TOTAL => sections.sums.restart(),
            _ => {}
        }
        return RowTold::NoRecord(reason);
    }
    // Only what takes place is summed up in its own table.
    let is_dated = dictionary.table(layout.table).roles.date.is_some();
    let found = sum(row, dictionary, &kind).filter(|_| is_dated);
    if found == Some(RowSum::Surely) || is_dated && sections.sums.is_sum(row, dictionary, &kind) {
        sections.sums.restart();
        return RowTold::NoRecord(TOTAL);
    }
    match found {
        Some(RowSum::Surely) => RowTold::NoRecord(TOTAL),
        Some(RowSum::Own(_)) if sections.recorded.holds(row, &kind) => RowTold::NoRecord(TOTAL),
        Some(RowSum::Own(column) | RowSum::Perhaps(column)) => RowTold::PerhapsSum(column),
        None => {
            sections.record(row, &kind);
            RowTold::Record
        }
    }
}
