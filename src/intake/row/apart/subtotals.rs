//! What the sums between the rows of a ledger say that somebody came to: 李四小计 42, or 小计 below rows that are all theirs.

use sheets::{Raw, Row};

use crate::dictionary::{FieldId, FieldKind, Table, TableId};
use crate::intake::sheet::Layout;

/// Of a longer ledger the rest is not compared.
const MOST: usize = 2000;

/// A sum that is no record.
#[derive(Clone, Debug, PartialEq)]
pub struct Subtotal {
    pub row: u32,
    pub column: u32,
    /// What the row says, and whose rows stand above it, if they are all of the same.
    pub said: String,
    pub table: TableId,
    pub field: FieldId,
    pub amount: f64,
}

/// The sums of a sheet.
#[derive(Debug, Default)]
pub(in crate::intake::row) struct Subtotals {
    pub found: Vec<Subtotal>,
    /// Who stands in the rows since the last sum; nobody where these are several.
    block: Option<String>,
    is_mixed: bool,
}

impl Subtotals {
    /// Takes a record.
    pub(super) fn add(&mut self, row: Row<'_>, kind: impl Fn(u32) -> Option<FieldKind>) {
        if self.is_mixed {
            return;
        }
        let is_person = |column| matches!(kind(column), Some(FieldKind::Person | FieldKind::People));
        let Some(cell) = row.cells.iter().find(|cell| is_person(cell.column)) else { return };
        let Raw::Text(name) = &cell.value else { return };
        match &self.block {
            Some(block) => self.is_mixed = block.as_str() != name.as_ref(),
            None => self.block = Some(name.to_string()),
        }
    }

    /// Takes a sum.
    pub(super) fn take(&mut self, row: Row<'_>, layout: &Layout, table: &Table) {
        let block = self.block.take().filter(|_| !self.is_mixed);
        self.is_mixed = false;
        let texts = row.cells.iter().filter_map(|cell| match &cell.value {
            Raw::Text(text) => Some(text.as_ref()),
            Raw::Number(_) | Raw::Date(_) | Raw::Flag(_) | Raw::Error | Raw::NoValue => None,
        });
        let said: Vec<&str> = texts.chain(block.as_deref()).collect();
        let told = (0..).map(FieldId).zip(&table.fields).filter(|(_, field)| !field.told_units.is_empty());
        for (field, _) in told {
            let Some((column, Raw::Number(amount))) =
                layout.column(field).and_then(|column| Some((column, row.value(column)?)))
            else {
                continue;
            };
            if self.found.len() < MOST {
                let (table, said) = (layout.table, said.join(" "));
                self.found.push(Subtotal { row: row.number, column, said, table, field, amount: *amount });
            }
        }
    }
}
