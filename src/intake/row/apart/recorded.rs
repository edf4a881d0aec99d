//! Who has a record in a sheet.

use foldhash::HashSet;
use sheets::{Raw, Row};

use crate::dictionary::FieldKind;

/// Who has a record in a sheet, as they are written: a sum of theirs is none.
#[derive(Default)]
pub(super) struct Recorded(HashSet<Box<str>>);

impl Recorded {
    /// Takes whom a record names.
    pub(super) fn add(&mut self, row: Row<'_>, kind: impl Fn(u32) -> Option<FieldKind>) {
        if let Some(name) = name(row, kind)
            && !self.0.contains(name)
        {
            self.0.insert(name.into());
        }
    }

    /// Whether whom a row names has one already.
    pub(super) fn holds(&self, row: Row<'_>, kind: impl Fn(u32) -> Option<FieldKind>) -> bool {
        name(row, kind).is_some_and(|name| self.0.contains(name))
    }
}

/// The first text of a row that says whose it is.
fn name<'r>(row: Row<'r>, kind: impl Fn(u32) -> Option<FieldKind>) -> Option<&'r str> {
    let is_name = |kind: FieldKind| matches!(kind, FieldKind::Person | FieldKind::People | FieldKind::Code);
    row.cells.iter().filter(|cell| kind(cell.column).is_some_and(is_name)).find_map(|cell| match &cell.value {
        Raw::Text(text) => Some(text.as_ref()),
        Raw::Number(_) | Raw::Date(_) | Raw::Flag(_) | Raw::Error | Raw::NoValue => None,
    })
}
