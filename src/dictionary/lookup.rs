//! The dictionary as a whole, and how tables, lists and members are looked up in it.

use std::sync::LazyLock;

use super::cell_words::CellWords;
use super::people_words::PeopleWords;
use super::remarks::Remarks;
use super::schema::Schema;
use super::table::{Blank, Field, FieldKind, Table, words_of};
use super::tables::{SheetWords, TableId};
use super::words::{ListId, MemberList, WordList, normalise};

/// The dictionary: what a sheet can be, and what its cells can hold.
#[derive(Debug)]
pub struct Dictionary {
    pub tables: Vec<Table>,
    pub lists: Vec<WordList>,
    pub members: Vec<MemberList>,
    /// Headers of columns that offices keep and no rule asks for: 序号, 性别, 备注.
    pub other_headers: Vec<String>,
    /// What stands where a name belongs and names nobody by itself.
    pub people: PeopleWords,
    /// What may stand in any cell and says nothing by itself.
    pub cells: CellWords,
    /// Columns beside those of a table that may deny a row.
    pub remarks: Remarks,
    /// What words in the name of a sheet say against its being a table.
    pub sheet_words: SheetWords,
    /// Words in the name of a sheet that say it lists only some, in their normal form.
    pub in_part: Vec<String>,
    /// What the program itself looks up, resolved when the dictionary was loaded.
    pub schema: Schema,
}

pub(super) const SOURCE: &str = include_str!("../../rules/dictionary.toml");

static BUILT_IN: LazyLock<Dictionary> = LazyLock::new(|| match Dictionary::parse("dictionary.toml", SOURCE) {
    Ok(dictionary) => dictionary,
    // The file is part of the program, and a test loads it: this cannot be reached by any input.
    Err(defects) => unreachable!("rules/dictionary.toml: {defects:?}"),
});

impl Dictionary {
    pub fn built_in() -> &'static Dictionary {
        &BUILT_IN
    }

    pub fn table(&self, id: TableId) -> &Table {
        &self.tables[usize::from(id.0)]
    }

    /// A table by its id: `staff`.
    pub fn table_named(&self, id: &str) -> Option<TableId> {
        (0..).map(TableId).zip(&self.tables).find(|(_, table)| table.id == id).map(|(id, _)| id)
    }

    /// Whether a header is that of the last day of something: 结束日期, and not the day on which somebody left.
    pub fn is_called_end(&self, header: &str) -> bool {
        let normal = normalise(header);
        let is_end = |field: &&Field| matches!((&field.kind, &field.blank), (FieldKind::Date, Blank::Open));
        let tables = (0..).map(TableId).zip(&self.tables).filter(|(id, _)| *id != self.schema.staff.table);
        let mut fields = tables.flat_map(|(_, table)| table.fields.iter().filter(is_end));
        fields
            .any(|field| normalise(&field.header) == normal || field.also.iter().any(|also| normalise(also) == normal))
    }

    pub fn list(&self, id: ListId) -> &WordList {
        &self.lists[usize::from(id.0)]
    }

    /// A list of members that a rule can ask to be covered: `national-curriculum`.
    pub fn member_list(&self, id: &str) -> Option<&MemberList> {
        self.members.iter().find(|list| list.id == id)
    }

    /// The words of a field's list; `None` if its cells hold no words.
    pub fn words_of(&self, field: &Field) -> Option<&WordList> {
        words_of(&self.lists, field)
    }
}
