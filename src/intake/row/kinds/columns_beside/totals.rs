//! What a column beside the hours of a training says that somebody came to in all: 年度合计, 全年累计.

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
    hours: FieldId,
}

impl ToldTotals {
    /// `None` for a sheet without one, or without hours.
    pub(in crate::intake::row::kinds) fn of(
        layout: &Layout,
        table: &Table,
        dictionary: &Dictionary,
    ) -> Option<ToldTotals> {
        let is_hours = |(_, field): &(FieldId, &_)| is_of_hours(field, dictionary);
        let (hours, _) = (0..).map(FieldId).zip(&table.fields).find(is_hours)?;
        layout.column(hours)?;
        let sums = &dictionary.cells.sums;
        let is_total = |unused: &&UnusedColumn| {
            let header = with_hints(leaf(&unused.header));
            sums.names_sums(&header) && header.contains(['年', '累'])
        };
        let column = layout.unused.iter().find(is_total)?.column;
        Some(ToldTotals { column, hours })
    }

    /// Notes what a row says, and what it adds itself.
    pub(in crate::intake::row::kinds) fn settle(&self, row: Row<'_>, parsed: &mut ParsedRow) {
        let (told, own) = (row.value(self.column).and_then(amount), parsed.cell(self.hours).number());
        parsed.notes.total = Some(Box::new(ToldTotal { column: self.column, told, own }));
    }
}

fn amount(raw: &Raw<'_>) -> Option<Decimal> {
    match raw {
        Raw::Number(number) => Decimal::from_f64(*number),
        Raw::Text(text) => text.trim().trim_end_matches(['学', '课', '时', '个']).parse().ok(),
        Raw::Date(_) | Raw::Flag(_) | Raw::Error | Raw::NoValue => None,
    }
}
