//! The tables, fields, word lists and scales that records are read by, as `rules/dictionary.toml` gives them.

pub mod calendar;
mod columns;
mod form;
mod load;
mod schema;
mod table;
mod words;

use std::sync::LazyLock;

pub use columns::{Columns, NOT_READ, Wish};
pub use form::{At, Form, Node, Source, nearest};
pub use load::members;
pub use schema::{FigureFields, InstitutionFields, Schema, SchoolFields, StaffFields};
pub use table::{AtMost, Blank, Field, FieldId, FieldKind, Roles, Table, TableId};
pub use words::{ListId, MemberList, WordList, normalise, plain_word, spelt, without_code};

/// The dictionary: what a sheet can be, and what its cells can hold.
#[derive(Debug)]
pub struct Dictionary {
    pub tables: Vec<Table>,
    pub lists: Vec<WordList>,
    pub members: Vec<MemberList>,
    /// Headers of columns that offices keep and no rule asks for: 序号, 性别, 备注.
    pub other_headers: Vec<String>,
    /// What the program itself looks up, resolved when the dictionary was loaded.
    pub schema: Schema,
}

const SOURCE: &str = include_str!("../../rules/dictionary.toml");

static BUILT_IN: LazyLock<Dictionary> = LazyLock::new(|| match Dictionary::parse("dictionary.toml", SOURCE) {
    Ok(dictionary) => dictionary,
    // The file is part of the program, and a test loads it: this cannot be reached by any input.
    Err(defects) => unreachable!("rules/dictionary.toml: {defects:?}"),
});

impl Dictionary {
    /// The dictionary that is part of the program.
    pub fn built_in() -> &'static Dictionary {
        &BUILT_IN
    }

    pub fn table(&self, id: TableId) -> &Table {
        &self.tables[usize::from(id.0)]
    }

    /// A table by its id: `staff`.
    pub fn table_named(&self, id: &str) -> Option<TableId> {
        self.tables.iter().position(|table| table.id == id).and_then(|at| u8::try_from(at).ok()).map(TableId)
    }

    pub fn list(&self, id: ListId) -> &WordList {
        &self.lists[usize::from(id.0)]
    }

    /// A list of members that a rule can ask to be covered: `national-curriculum`.
    pub fn member_list(&self, id: &str) -> Option<&MemberList> {
        self.members.iter().find(|list| list.id == id)
    }

    /// The words of a field's list, where it has one.
    pub fn words_of(&self, field: &Field) -> Option<&WordList> {
        table::words_of(&self.lists, field)
    }
}

#[cfg(test)]
mod tests;
