//! A ledger that names who gave a lesson beside who is on the row: of lessons of others the row is an observation, and what kind
//! of lesson it was is only what was seen.

use sheets::{Raw, Row};

use super::record::ParsedRow;
use crate::dictionary::{Called, Dictionary, FieldId, Given, Table};
use crate::intake::cell::clean;
use crate::intake::sheet::Layout;
use crate::model::{Cell, Value, WordId};

/// Which rows of a sheet are lessons of others.
pub(super) struct GivenLessons<'d> {
    given: &'d Given,
    /// The column of who gave the lesson, and the field of who is on the row.
    giver: u32,
    name: FieldId,
    dictionary: &'d Dictionary,
}

/// Whose lesson it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Giver {
    Own,
    Another,
    Unknown,
}

impl<'d> GivenLessons<'d> {
    /// `None` for a sheet that does not name who gave a lesson.
    pub(super) fn of(layout: &Layout, table: &'d Table, dictionary: &'d Dictionary) -> Option<GivenLessons<'d>> {
        let (given, giver) = (table.given.as_ref()?, layout.giver?);
        Some(GivenLessons { given, giver, name: table.roles.name?, dictionary })
    }

    /// Settles what a row is by whose lesson it was. Says the column where that cannot be told.
    pub(super) fn settle(&self, row: Row<'_>, parsed: &mut ParsedRow) -> Option<u32> {
        let Given { field, word, lessons, .. } = self.given;
        let kinds = parsed.cell(*field).words()?.to_vec();
        let is_lesson = kinds.iter().all(|kind| lessons.contains(kind));
        let cell = row.cells.iter().find(|cell| cell.column == self.giver).map(|cell| &cell.value);
        let written = if let Some(Raw::Text(text)) = cell { clean(text) } else { "".into() };
        let giver = if written.trim().is_empty() { None } else { Some(self.giver(written.trim(), parsed)) };
        let is = match (giver, is_lesson) {
            (Some(Giver::Own), _) | (None, false) => return None,
            (Some(Giver::Another), true) => return self.set(parsed, vec![*word]),
            (Some(Giver::Another | Giver::Unknown), false) if kinds == [*word] => return None,
            (Some(Giver::Another), false) | (Some(Giver::Unknown), _) | (None, true) => [kinds.as_slice(), &[*word]].concat(),
        };
        self.set(parsed, is);
        Some(self.giver)
    }

    fn set(&self, parsed: &mut ParsedRow, mut words: Vec<WordId>) -> Option<u32> {
        words.sort_unstable();
        words.dedup();
        let value = match words.as_slice() {
            [only] => Value::Word(*only),
            _ => Value::Words(words),
        };
        parsed.cells[self.given.field.index()] = Cell::Is(value);
        None
    }

    /// Whether who gave the lesson is who is on the row.
    fn giver(&self, written: &str, parsed: &ParsedRow) -> Giver {
        let names: &[_] = if let Cell::Is(Value::Texts(names)) = parsed.cell(self.name) { names } else { &[] };
        let bare = match self.dictionary.people.called(written) {
            Called::Group => return Giver::Unknown,
            Called::Surname(surname) => {
                let may_be = names.is_empty() || names.iter().any(|name| name.starts_with(surname));
                return if may_be { Giver::Unknown } else { Giver::Another };
            }
            Called::Titled(name) => name,
            Called::Name => written,
        };
        match names {
            [only] if **only == *bare => Giver::Own,
            [] => Giver::Unknown,
            _ if names.iter().any(|name| written.contains(&**name)) => Giver::Unknown,
            _ => Giver::Another,
        }
    }
}
