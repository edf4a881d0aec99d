//! Who organised what a row tells of: a column may name somebody else, or say that those on the row only took part.

use sheets::{Raw, Row};

use crate::dictionary::{Dictionary, FieldId, FieldKind, OrganiserColumn, Table};
use crate::intake::cell::clean;
use crate::intake::people::name_key;
use crate::intake::row::notes::Organiser;
use crate::intake::row::record::ParsedRow;
use crate::intake::sheet::Layout;
use crate::model::{Cell, Value};

/// A longer text is no list of names.
const LONGEST: usize = 30;

/// The columns of a ledger that say who organised.
pub(super) struct Organisers<'d> {
    columns: Vec<(u32, OrganiserColumn)>,
    names: FieldId,
    dictionary: &'d Dictionary,
}

impl<'d> Organisers<'d> {
    /// `None` for a sheet without any.
    pub(super) fn of(layout: &Layout, table: &Table, dictionary: &'d Dictionary) -> Option<Organisers<'d>> {
        let names = table.field_of_kind(FieldKind::People).filter(|_| table.given.is_some())?;
        let words = &dictionary.remarks.organisers;
        let column = |(column, levels): (&u32, &Vec<String>)| {
            let free = layout.field(*column).is_none();
            Some((*column, words.of_header(levels.last()?).filter(|_| free)?))
        };
        let mut columns: Vec<_> = layout.headers.iter().filter_map(column).collect();
        columns.sort_unstable_by_key(|(column, _)| *column);
        (!columns.is_empty()).then_some(Organisers { columns, names, dictionary })
    }

    /// Notes the first column by which others may have organised it.
    pub(super) fn settle(&self, row: Row<'_>, parsed: &mut ParsedRow) {
        let found = self.columns.iter().find(|(column, what)| {
            let cell = row.cells.iter().find(|cell| cell.column == *column).map(|cell| &cell.value);
            let Some(Raw::Text(text)) = cell else { return false };
            let text = clean(text);
            self.is_others(*what, text.trim(), parsed)
        });
        let of = |(column, what): &(u32, OrganiserColumn)| Organiser {
            column: *column,
            unit: *what == OrganiserColumn::Unit,
        };
        if let Some(organiser) = found.map(of) {
            parsed.notes.beside.get_or_insert_default().organiser = Some(organiser);
        }
    }

    fn is_others(&self, what: OrganiserColumn, text: &str, parsed: &ParsedRow) -> bool {
        let (remarks, people) = (&self.dictionary.remarks, &self.dictionary.people);
        match what {
            OrganiserColumn::Role => remarks.organisers.took_part(text),
            OrganiserColumn::Unit => remarks.organisers.is_above(text) || people.schools.is_one(text),
            OrganiserColumn::Person => {
                let Cell::Is(Value::Texts(names)) = parsed.cell(self.names) else { return false };
                let said = name_key(text);
                let is_name = text.chars().nth(1).is_some() && text.chars().nth(LONGEST).is_none();
                let is_own = || remarks.says_own(text) || names.iter().any(|name| said.contains(&name_key(name)));
                is_name && !people.is_vacant(&said) && !is_own()
            }
        }
    }
}
