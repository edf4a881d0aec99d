//! Whether a row is a record.

use sheets::{Raw, Row};

use super::column_sums::may_be_sum;
use super::non_records::{SECTION, TOTAL, reason};
use super::sections::Sections;
use super::sums::{RowSum, sum};
use crate::dictionary::{Called, Dictionary, Field, FieldKind, Table};
use crate::intake::cell::shown;
use crate::intake::issues::IssueLog;
use crate::intake::people::name_key;
use crate::intake::sheet::Layout;
use crate::model::{IssueKind, RowRef};

/// What a row is told to be.
pub(in crate::intake::row) enum RowTold {
    Record,
    /// A record, or by the text in this column a sum.
    PerhapsSum(u32),
    /// Left out, for this reason.
    NoRecord(&'static str),
}

impl RowTold {
    pub(in crate::intake::row) fn perhaps_sum(&self) -> Option<u32> {
        match self {
            RowTold::PerhapsSum(column) => Some(*column),
            RowTold::Record | RowTold::NoRecord(_) => None,
        }
    }
}

/// Why a row is none whose name is a header of its own table: 层级 below 单位.
const UPRIGHT: &str = "名称一栏写的是表头的字，像是竖着排的表，不是记录；请改成一个对象一行";

fn names_a_header(row: Row<'_>, layout: &Layout, table: &Table) -> bool {
    let column = table.subject_name().and_then(|name| layout.column(name));
    let Some(Raw::Text(text)) = column.and_then(|column| row.value(column)) else { return false };
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
    let told = told_by_texts((row, is_silent), layout, (dictionary, sections), &kind);
    match told {
        RowTold::Record => sections.subtotals.add(row, kind),
        RowTold::NoRecord(TOTAL) => sections.subtotals.take(row, layout, dictionary.table(layout.table)),
        RowTold::PerhapsSum(_) | RowTold::NoRecord(_) => {}
    }
    told
}

fn told_by_texts(
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
    let title = sections.title(row, layout, &kind);
    let reason = reason(row, &kind)
        .or_else(|| title.is_some().then_some(SECTION))
        .or_else(|| names_a_header(row, layout, table).then_some(UPRIGHT))
        .or_else(|| (sections.is_heading(row, &kind) || sections.is_group(row)).then_some(SECTION))
        .or_else(|| heads_people(row, layout, dictionary).then_some(SECTION));
    if let Some(reason) = reason {
        match reason {
            SECTION => sections.begin(row, title),
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

/// Says of a row that is none of the records why.
pub(in crate::intake::row) fn report_left(row: Row<'_>, sheet: u32, reason: &str, log: &mut IssueLog) {
    if let Some(first) = row.cells.first() {
        let at = RowRef { sheet, row: row.number }.cell(first.column);
        log.report(at, IssueKind::UnusedRow, &shown(&first.value), format!("{reason}，没有计入"));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use sheets::RawCell;

    use super::super::silent::is_silent;
    use super::*;
    use crate::dictionary::RowsAre;

    const KINDS: [Option<FieldKind>; 5] =
        [Some(FieldKind::Date), Some(FieldKind::People), Some(FieldKind::Text), Some(FieldKind::Number), None];

    fn cell() -> impl Strategy<Value = Raw<'static>> {
        let texts = "张三|李四|听课|研讨|一小|教学设计|案例|审核人员培训|例：张三|示例|合计|小 计|本月合计|1-3月合计|共12次|填表人：李四|签字（盖章）|注：略|第1页|听课|单元教学设计（第2次）|语文组小计|3|审核人：|备注|2023年汇总|一、小学组";
        let text = proptest::sample::select(texts.split('|').collect::<Vec<_>>());
        prop_oneof![4 => text.prop_map(|text| Raw::Text(text.into())), 1 => (0..9_u8).prop_map(|n| Raw::Number(n.into()))]
    }

    proptest! {
        /// The quick way of rows whose texts are silent and the long way come to the same.
        #[test]
        fn a_row_of_silent_texts_is_a_record_whichever_way_it_is_looked_at(
            values in proptest::collection::vec(proptest::option::of(cell()), KINDS.len())
        ) {
            let dictionary = Dictionary::built_in();
            let table = dictionary.table_named("activities").expect("a table");
            let kind = |column: u32| KINDS.get(column as usize).copied().flatten();
            let cells: Vec<RawCell<'_>> = (0..).zip(values).filter_map(|(column, value)| {
                Some(RawCell { column, value: value?, merged: false, down: 0 })
            }).collect();
            let silent = |cell: &RawCell<'_>| match &cell.value {
                Raw::Text(text) => is_silent(text, kind(cell.column), &dictionary.cells.sums),
                Raw::Number(_) | Raw::Date(_) | Raw::Flag(_) | Raw::Error | Raw::NoValue => true,
            };
            let are_silent = cells.len() > 1 && cells.iter().all(silent);
            let row = Row { number: 5, cells: &cells };
            let layout = Layout { table, ..Layout::default() };
            let told = |is_silent| {
                let mut sections = Sections::of(RowsAre::Events, dictionary);
                told((row, is_silent), &layout, (dictionary, &mut sections), kind)
            };
            let is_record = |told: RowTold| matches!(told, RowTold::Record);
            prop_assert_eq!(is_record(told(are_silent)), is_record(told(false)));
        }
    }
}
