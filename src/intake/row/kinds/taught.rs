//! How many years it was since a date, as a column beside it says that is not read: 教龄, 教学第一线年限 beside 从教日期.

use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;
use sheets::{Raw, Row};

use crate::dictionary::{Field, FieldId, Table, normalise};
use crate::intake::cell::{clean, shown};
use crate::intake::issues::IssueLog;
use crate::intake::row::record::ParsedRow;
use crate::intake::sheet::Layout;
use crate::model::{Cell, IssueKind, elapsed_years};

/// The columns of a roster that say how many years people did what they began on a date.
pub(super) struct Taught<'d> {
    columns: Vec<(u32, FieldId)>,
    start: FieldId,
    table: &'d Table,
}

impl<'d> Taught<'d> {
    /// `None` for a sheet without any.
    pub(super) fn of(layout: &Layout, table: &'d Table) -> Option<Taught<'d>> {
        let start = table.roles.start?;
        let counted = |header: &str| {
            let normal = normalise(header);
            let of = |(_, field): &(FieldId, &Field)| is_counted(field, &normal);
            (0..).map(FieldId).zip(&table.fields).find(of).map(|(id, _)| id)
        };
        let columns = layout.unused.iter().filter_map(|unused| Some((unused.column, counted(&unused.header)?)));
        let columns: Vec<_> = columns.collect();
        (!columns.is_empty()).then_some(Taught { columns, start, table })
    }

    /// Leaves a date open since which it was longer, until the person came, than a column says; false then.
    pub(super) fn settle(&self, row: Row<'_>, parsed: &mut ParsedRow, log: &mut IssueLog) -> bool {
        let mut whole = true;
        for (column, field) in &self.columns {
            let Some(cell) = row.cell(*column) else { continue };
            let (Some(since), Some(start)) = (parsed.cell(*field).date(), parsed.cell(self.start).date()) else {
                continue;
            };
            let Some(years) = years(&cell.value) else { continue };
            if years.saturating_add(Decimal::ONE) >= elapsed_years(since.last, start.first) {
                continue;
            }
            let header = &self.table.field(*field).header;
            let message = format!("这一格写的年数比从“{header}”算起的短，“{header}”按“不能确定”处理；请核对后改成一致");
            log.report(parsed.at.cell(*column), IssueKind::DisagreeingCells, &shown(&cell.value), message);
            parsed.cells[field.index()] = Cell::Unreadable;
            whole = false;
        }
        whole
    }
}

fn is_counted(field: &Field, normal: &str) -> bool {
    field.counted.iter().any(|part| normal.contains(part.as_str()))
}

/// The years that a cell says: 3, 4年. `None` if it says none.
fn years(raw: &Raw<'_>) -> Option<Decimal> {
    match raw {
        Raw::Number(number) => Decimal::from_f64(*number),
        Raw::Text(text) => clean(text).trim().trim_end_matches(['年', '余', '多', '个', '学']).parse().ok(),
        Raw::Date(_) | Raw::Flag(_) | Raw::Error | Raw::NoValue => None,
    }
}
