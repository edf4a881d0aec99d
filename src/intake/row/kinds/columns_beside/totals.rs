//! What a column beside the hours of a training, or the lessons of a visit, says that somebody came to in all: 年度合计, 累计节数.

use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;
use sheets::{Raw, Row};

use super::studied::is_of_hours;
use crate::dictionary::{Dictionary, FieldId, Table, with_hints};
use crate::intake::row::notes::ToldTotal;
use crate::intake::row::record::ParsedRow;
use crate::intake::sheet::{Layout, UnusedColumn, leaf};

/// The column of a sheet that says so.
pub(in crate::intake::row::kinds) struct ToldTotals {
    column: u32,
    /// What it adds up.
    amount: FieldId,
}

impl ToldTotals {
    /// `None` for a sheet without one, or without such amounts.
    pub(in crate::intake::row::kinds) fn of(
        layout: &Layout,
        table: &Table,
        dictionary: &Dictionary,
    ) -> Option<ToldTotals> {
        let is_hours = |(_, field): &(FieldId, &_)| is_of_hours(field, dictionary);
        let hours = (0..).map(FieldId).zip(&table.fields).find(is_hours).map(|(id, _)| id);
        let amount = hours.or(table.roles.lessons).filter(|field| layout.column(*field).is_some())?;
        let sums = &dictionary.cells.sums;
        let is_total = |unused: &&UnusedColumn| {
            let header = with_hints(leaf(&unused.header));
            let is_of_amount = hours.is_some() || header.contains('节');
            is_of_amount && sums.names_sums(&header) && header.contains(['年', '累'])
        };
        let column = layout.unused.iter().find(is_total)?.column;
        Some(ToldTotals { column, amount })
    }

    /// Notes what a row says, and what it adds itself.
    pub(in crate::intake::row::kinds) fn settle(&self, row: Row<'_>, parsed: &mut ParsedRow) {
        let (told, own) = (row.value(self.column).and_then(amount), parsed.cell(self.amount).number());
        parsed.notes.total = Some(Box::new(ToldTotal { column: self.column, field: self.amount, told, own }));
    }
}

fn amount(raw: &Raw<'_>) -> Option<Decimal> {
    match raw {
        Raw::Number(number) => Decimal::from_f64(*number),
        Raw::Text(text) => text.trim().trim_end_matches(['学', '课', '时', '个', '节']).parse().ok(),
        Raw::Date(_) | Raw::Flag(_) | Raw::Error | Raw::NoValue => None,
    }
}
