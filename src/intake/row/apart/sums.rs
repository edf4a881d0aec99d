//! Rows that are sums of the rows above them: any text of a row may say so.

use sheets::{Raw, RawCell, Row};

use crate::dictionary::{Dictionary, FieldKind, NamesSum};
use crate::intake::cell::shown;
use crate::intake::issues::IssueLog;
use crate::intake::row::record::ParsedRow;
use crate::intake::sheet::Layout;
use crate::model::IssueKind;

/// What the texts of a row say of its being a sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowSum {
    Surely,
    /// By the text in this column, of what somebody did whom it names: it may be all that there is of them.
    Own(u32),
    /// The text in this column may be about sums, or beside what is no sum.
    Perhaps(u32),
}

/// Whether a row is a sum. `kind` tells what a column is read as, `None` if it is not read.
pub(super) fn sum(row: Row<'_>, dictionary: &Dictionary, kind: impl Fn(u32) -> Option<FieldKind>) -> Option<RowSum> {
    let is_person = |cell: &&RawCell<'_>| matches!(kind(cell.column), Some(FieldKind::Person | FieldKind::People));
    let names = || row.cells.iter().filter(is_person).filter_map(text).collect::<Vec<_>>();
    let has = |is: fn(FieldKind) -> bool| row.cells.iter().any(|cell| kind(cell.column).is_some_and(is));
    // Somebody's only row of a month or a year may be what they came to in it.
    let may_be_record = || {
        has(|kind| kind == FieldKind::Date)
            && has(|kind| matches!(kind, FieldKind::Person | FieldKind::People | FieldKind::Code))
    };
    let mut found = None;
    for cell in row.cells.iter().filter(|cell| !cell.merged) {
        let Some(text) = text(cell).filter(|text| dictionary.cells.sums.may_name(text)) else { continue };
        let Some(named) = dictionary.cells.sums.named(text, &names()) else { continue };
        let is_sure = match (kind(cell.column), named) {
            // Beside the last row of a month a remark may say what the month came to; and a running total is said beside each.
            (None, NamesSum::Wholly) => false,
            (None, NamesSum::Bare | NamesSum::Perhaps | NamesSum::AtItsEnd) => continue,
            (Some(FieldKind::Text), NamesSum::Wholly) if may_be_record() => return Some(RowSum::Own(cell.column)),
            (Some(_), NamesSum::Wholly) => true,
            (Some(FieldKind::Text), NamesSum::Bare | NamesSum::AtItsEnd) => false,
            // 累计80 may be what the rows above come to; 共计3天 is an amount like any other.
            (Some(FieldKind::Number), NamesSum::Bare) if !text.trim_start().starts_with('共') => false,
            (Some(FieldKind::Number | FieldKind::Figure), _) => continue,
            // 王小计 may be somebody's name, and two may have done together what is one record.
            (Some(FieldKind::Person | FieldKind::People), NamesSum::AtItsEnd) => {
                text.chars().nth(3).is_some() && !text.contains(['、', '，', ',', '/', '和', '与', '及'])
            }
            (Some(_), NamesSum::Bare | NamesSum::AtItsEnd) => true,
            (Some(_), NamesSum::Perhaps) => false,
        };
        if is_sure {
            return Some(RowSum::Surely);
        }
        found.get_or_insert(RowSum::Perhaps(cell.column));
    }
    found
}

/// Takes the word of the text in a column that its row may be a sum.
pub(in crate::intake::row) fn doubt_sum(
    row: Row<'_>,
    column: u32,
    layout: &Layout,
    parsed: &mut ParsedRow,
    log: &mut IssueLog,
) {
    parsed.notes.denied.get_or_insert(column);
    let (header, cell) = (layout.header(column), row.cell(column));
    let message = format!(
        "“{header}”里的话像是合计，这一行是记录还是合计不能确定，按“可能算、也可能不算”处理；是合计的请删去这一行，不是的请改写“{header}”"
    );
    let text = cell.map(|cell| shown(&cell.value)).unwrap_or_default();
    log.report(parsed.at.cell(column), IssueKind::DeniedRow, &text, message);
}

fn text<'r>(cell: &'r RawCell<'_>) -> Option<&'r str> {
    if let Raw::Text(text) = &cell.value { Some(text.as_ref()) } else { None }
}
