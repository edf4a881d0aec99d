//! How long somebody studied, beside the hours of a training: less than these may take is less than what is written.

use rust_decimal::Decimal;
use sheets::{Raw, Row};

use crate::dictionary::{Dictionary, Field, FieldId, FieldKind, Table, spelt};
use crate::intake::issues::IssueLog;
use crate::intake::row::record::ParsedRow;
use crate::intake::sheet::{Layout, UnusedColumn};
use crate::model::{Cell, IssueKind, Value};

/// No hour of a training is shorter, in minutes.
const LEAST: u32 = 40;

/// The columns of a sheet that say for how long somebody studied.
pub(in crate::intake::row::kinds) struct Studied<'d> {
    /// Each with its header, and the minutes of its unit.
    columns: Vec<(u32, String, u32)>,
    hours: FieldId,
    table: &'d Table,
}

impl<'d> Studied<'d> {
    /// `None` for a sheet without any, or without hours.
    pub(in crate::intake::row::kinds) fn of(
        layout: &Layout,
        table: &'d Table,
        dictionary: &Dictionary,
    ) -> Option<Studied<'d>> {
        let is_hours = |(_, field): &(FieldId, &_)| is_of_hours(field, dictionary);
        let (hours, _) = (0..).map(FieldId).zip(&table.fields).find(is_hours)?;
        layout.column(hours)?;
        let minutes = |header: &str| dictionary.cells.minutes_of(&spelt(header));
        let of = |unused: &UnusedColumn| Some((unused.column, unused.header.clone(), minutes(&unused.header)?));
        let columns: Vec<_> = layout.unused.iter().filter_map(of).collect();
        (!columns.is_empty()).then_some(Studied { columns, hours, table })
    }

    /// Leaves the hours open where somebody studied for less; false then.
    pub(in crate::intake::row::kinds) fn settle(
        &self,
        row: Row<'_>,
        parsed: &mut ParsedRow,
        log: &mut IssueLog,
    ) -> bool {
        for (column, header, minutes) in &self.columns {
            let cell = row.value(*column);
            let Some(length) = cell.and_then(amount) else { continue };
            let Some(hours) = parsed.cell(self.hours).number() else { continue };
            let most = length.saturating_mul(Decimal::from(*minutes)) / Decimal::from(LEAST);
            if hours <= most {
                continue;
            }
            let low = most.max(Decimal::ZERO).trunc();
            parsed.cells[self.hours.index()] = Cell::Is(Value::Between { low, high: Some(hours) });
            let own = &self.table.field(self.hours).header;
            let message = format!(
                "“{header}”学的时间不够“{own}”所写的学时（1学时按{LEAST}分钟以上算），按两种算法之间处理；已经认定的，在 --columns 文件里把“{header}”写成不读，没有学完的请改正“{own}”"
            );
            log.report(parsed.at.cell(*column), IssueKind::DisagreeingCells, "", message);
            return false;
        }
        true
    }
}

/// Whether a field is of the hours of a training.
pub(super) fn is_of_hours(field: &Field, dictionary: &Dictionary) -> bool {
    field.kind == FieldKind::Number && dictionary.cells.is_own_unit("学时", &field.unit) && field.required
}

fn amount(raw: &Raw<'_>) -> Option<Decimal> {
    match raw {
        Raw::Number(number) => Decimal::try_from(*number).ok(),
        Raw::Text(text) => text.trim().parse().ok(),
        Raw::Date(_) | Raw::Flag(_) | Raw::Error | Raw::NoValue => None,
    }
}
