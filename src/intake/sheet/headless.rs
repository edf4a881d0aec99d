//! Sheets without a header: what their columns hold tells which table they may be, though none can be read.

use super::naming::{CalledBy, Hint, SaidNames};
use super::probe::{Probe, looks_like_date};
use crate::dictionary::{Dictionary, Field, FieldId, FieldKind, Table, TableId, Tells};

impl Probe {
    /// The tables that a sheet may be which has no header. `None` if it has one, or is like none of them.
    pub(super) fn headless(&self, said: &SaidNames, dictionary: &Dictionary) -> Option<Vec<TableId>> {
        let first = self.rows.iter().find(|row| row.used.len() > 1)?;
        // A header has no numbers and no dates.
        if first.is_header_like() || said.is_outdated() {
            return None;
        }
        let columns: Vec<u32> = self.rows.iter().flat_map(|row| row.used.iter().copied()).collect();
        let holds = |field: &Field| {
            let is_date = field.kind == FieldKind::Date;
            let fits = |column: u32| match is_date {
                true => self.is_mostly_dates(column),
                false => self.fits(0, column, field, dictionary),
            };
            columns.iter().any(|column| fits(*column))
        };
        let may_be = |(id, table): &(TableId, &Table)| {
            let is_named = said.called(*id) != CalledBy::No || said.hint(*id) != Hint::No;
            !said.says_other(*id) && is_like(table, is_named, holds)
        };
        let tables = (0..).map(TableId).zip(&dictionary.tables);
        let found: Vec<TableId> = tables.filter(may_be).map(|(id, _)| id).collect();
        (!found.is_empty()).then_some(found)
    }

    fn is_mostly_dates(&self, column: u32) -> bool {
        let amounts = self.rows.iter().flat_map(|row| &row.amounts).filter(|(at, _)| *at == column);
        let texts = self.rows.iter().filter_map(|row| Some(looks_like_date(&row.own(column)?.text)));
        let cells: Vec<bool> = amounts.map(|(_, is_date)| *is_date).chain(texts).collect();
        2 * cells.iter().filter(|is_date| **is_date).count() > cells.len()
    }
}

/// Whether all dates and words that a table cannot do without are there, and its name or a column of words that tells it.
fn is_like(table: &Table, is_named: bool, holds: impl Fn(&Field) -> bool) -> bool {
    let required: Vec<&Field> =
        (0..).map(FieldId).zip(&table.fields).filter(|(_, field)| field.required).map(|(_, field)| field).collect();
    let shows = |field: &&&Field| matches!(field.kind, FieldKind::Date | FieldKind::Word(_) | FieldKind::Words(_));
    let has_all = required.iter().filter(shows).all(|field| holds(field));
    let tells = table.fields.iter().any(|field| field.tells == Tells::Words && holds(field));
    has_all && (tells || (is_named && required.iter().any(|field| shows(&field))))
}
