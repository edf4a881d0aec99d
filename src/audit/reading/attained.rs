//! Sheets that are not read and may say what people of the roster have come to: 荣誉名单, 职称评聘结果.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use sheets::{Raw, Row};

use super::absences::{MOST_CELLS, MOST_ROWS, hear_absences};
use super::book::{InputBook, stem};
use super::run_sheets::{RunSheet, Sheets};
use crate::intake::{IssueLog, Recognised, Registry, UnreadRow, own_name};
use crate::model::RowRef;

/// Tells the registry what sheets that are not read may say of its people.
pub(in crate::audit) fn hear_unread(
    sheets: &Sheets,
    books: &[InputBook],
    registry: &mut Registry<'_>,
    log: &mut IssueLog,
) {
    hear_absences(sheets, books, registry, log);
    hear_attained(sheets, books, registry, log);
}

fn hear_attained(sheets: &Sheets, books: &[InputBook], registry: &mut Registry<'_>, log: &mut IssueLog) {
    for (number, sheet) in (0..).zip(&sheets.0).filter(|(_, sheet)| is_unread(sheet)) {
        let own = own_name(stem(&books[sheet.book].path), &sheet.name);
        let mut list = UnreadList { sheet: number, called: own.into(), headers: BTreeMap::new(), rows: Vec::new() };
        let mut seen = 0;
        let mut take = |row: Row<'_>| {
            seen += 1;
            list.take(row, registry);
            if seen < MOST_ROWS { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        };
        // Of a sheet that cannot be read to its end, what was read says something all the same.
        books[sheet.book].rows(sheet.sheet, &mut take).ok();
        registry.hear_attained((own, &list.called), &list.rows, log);
        registry.hear_corrections((own, &list.called), &list.rows, log);
        registry.hear_leaves(own, &list.rows, log);
    }
}

fn is_unread(sheet: &RunSheet) -> bool {
    match &sheet.recognised {
        Ok(
            Recognised::Unknown
            | Recognised::Corrections
            | Recognised::Nearly(_)
            | Recognised::Tie { .. }
            | Recognised::Headless(_)
            | Recognised::Sums(_)
            | Recognised::Officers(_),
        ) => true,
        Ok(
            Recognised::Empty
            | Recognised::OnlyHeader(_)
            | Recognised::Unwanted
            | Recognised::OwnPage
            | Recognised::Table(_)
            | Recognised::OtherYear(_)
            | Recognised::Absences(_),
        )
        | Err(_) => false,
    }
}

struct UnreadList {
    sheet: u32,
    /// Its name and its titles.
    called: String,
    headers: BTreeMap<u32, String>,
    rows: Vec<UnreadRow>,
}

impl UnreadList {
    /// Keeps a row that names somebody of the roster. The first one above those is the header, if it has several texts, and else a title.
    fn take(&mut self, row: Row<'_>, registry: &Registry<'_>) {
        let text = |cell: &sheets::RawCell<'_>| match &cell.value {
            Raw::Text(text) => Some((cell.column, text.to_string())),
            Raw::Number(number) => Some((cell.column, number.to_string())),
            Raw::Date(_) | Raw::Flag(_) | Raw::Error | Raw::NoValue => None,
        };
        let texts: Vec<(u32, String)> = row.cells.iter().take(MOST_CELLS).filter_map(text).collect();
        let Some((first, title)) = texts.first().cloned() else { return };
        let headed =
            |(column, text): &(u32, String)| (self.headers.get(column).cloned().unwrap_or_default(), text.clone());
        let at = RowRef { sheet: self.sheet, row: row.number }.cell(first);
        if let Some(found) = registry.unread_row(at, texts.iter().map(headed).collect()) {
            self.rows.push(found);
        } else if self.headers.is_empty() && self.rows.is_empty() {
            match texts.len() {
                1 => self.called = format!("{} {title}", self.called),
                _ => self.headers.extend(texts),
            }
        }
    }
}
