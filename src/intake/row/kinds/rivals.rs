//! Two columns of one amount: 学时 and 认定学时. One of them is read; where they differ it is not known which is meant.

use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;
use sheets::{Raw, Row};

use crate::dictionary::{Dictionary, FieldId, FieldKind, Table, normalise};
use crate::intake::cell::clean;
use crate::intake::issues::IssueLog;
use crate::intake::row::record::ParsedRow;
use crate::intake::sheet::{Layout, UnusedColumn};
use crate::model::{Cell, IssueKind, Value};

/// The columns that are not read beside others of their fields.
pub(super) struct Rivals<'d> {
    /// Of each its column and header, and the field.
    columns: Vec<(u32, String, FieldId)>,
    table: &'d Table,
}

impl<'d> Rivals<'d> {
    /// `None` for a sheet without any.
    pub(super) fn of(layout: &Layout, table: &'d Table, dictionary: &Dictionary) -> Option<Rivals<'d>> {
        // What was done goes before a column that says neither: 实际节数 beside 节数.
        let is_done = |column: u32| {
            let header = layout.headers.get(&column).and_then(|levels| levels.last());
            header.is_some_and(|header| dictionary.cells.without_done(&normalise(header)).is_some())
        };
        let rival = |unused: &UnusedColumn| {
            let (_, own) = unused.rival.as_ref().filter(|(_, own)| !is_done(*own))?;
            let field = layout.field(*own).filter(|field| table.field(*field).kind == FieldKind::Number)?;
            Some((unused.column, unused.header.clone(), field))
        };
        let columns: Vec<_> = layout.unused.iter().filter_map(rival).collect();
        (!columns.is_empty()).then_some(Rivals { columns, table })
    }

    /// Leaves an amount open between the two that a row says; false then.
    pub(super) fn settle(&self, row: Row<'_>, parsed: &mut ParsedRow, log: &mut IssueLog) -> bool {
        let mut agrees = true;
        for (column, header, field) in &self.columns {
            let cell = row.cells.iter().find(|cell| cell.column == *column).map(|cell| &cell.value);
            let Some(other) = cell.and_then(amount) else { continue };
            let own = match parsed.cell(*field) {
                Cell::Is(Value::Number(own)) => *own,
                Cell::Blank => Decimal::ZERO,
                Cell::Is(_) | Cell::Absent | Cell::Unreadable => continue,
            };
            if own == other {
                continue;
            }
            agrees = false;
            parsed.cells[field.index()] = Cell::Is(Value::Between { low: own.min(other), high: Some(own.max(other)) });
            let own = &self.table.field(*field).header;
            let message = format!(
                "“{header}”与“{own}”的数不同，不能确定按哪一个计，按两个数之间处理；请在 --columns 文件里写明哪一列是“{own}”，另一列不读"
            );
            log.report(parsed.at.cell(*column), IssueKind::DisagreeingCells, "", message);
        }
        agrees
    }
}

fn amount(raw: &Raw<'_>) -> Option<Decimal> {
    match raw {
        Raw::Number(number) => Decimal::from_f64(*number),
        Raw::Text(text) => {
            let text = clean(text);
            text.trim().trim_end_matches(|c: char| c.is_alphabetic()).parse().ok()
        }
        Raw::Date(_) | Raw::Flag(_) | Raw::Error | Raw::NoValue => None,
    }
}
