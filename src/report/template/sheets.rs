//! The sheets and columns that a template has: those that its packs need.

use crate::dictionary::{Dictionary, Field, FieldId, FieldKind, Table};
use crate::pack::{Pack, TableNeeds, Use, figure_items, records};

/// What a template is made for.
pub struct Template<'a> {
    pub packs: &'a [Pack],
    /// How the command line names each of them, to show the command that checks the filled-in template.
    pub named: &'a [String],
}

/// A sheet of the template.
pub(super) struct Sheet<'a> {
    pub(super) table: &'a Table,
    pub(super) columns: Vec<Column<'a>>,
    /// The rules that need the sheet.
    pub(super) uses: Vec<Use<'a>>,
}

/// A column of a sheet.
pub(super) struct Column<'a> {
    pub(super) table: &'a Table,
    pub(super) field: &'a Field,
    /// The words that may stand in it, where they are on a list.
    pub(super) words: Option<Vec<&'a str>>,
    /// Whether the sheet has a column that names people of the roster.
    pub(super) names_people: bool,
    /// The rules that need the column.
    pub(super) uses: Vec<Use<'a>>,
}

impl Column<'_> {
    /// The header, with a star where the sheet is not understood without it.
    pub(super) fn title(&self) -> String {
        let star = if self.field.required { "*" } else { "" };
        format!("{}{star}", self.field.header)
    }
}

pub(super) fn sheets(packs: &[Pack]) -> Vec<Sheet<'_>> {
    let dictionary = Dictionary::built_in();
    records(packs, dictionary).into_iter().map(|needs| sheet(needs, packs, dictionary)).collect()
}

fn sheet<'a>(needs: TableNeeds<'a>, packs: &[Pack], dictionary: &'a Dictionary) -> Sheet<'a> {
    let table = dictionary.table(needs.table);
    let people = table.field_of_kind(FieldKind::People);
    let names_people = needs.columns.iter().any(|(id, _)| Some(*id) == people);
    let column = |(id, uses): (FieldId, Vec<Use<'a>>)| {
        let field = table.field(id);
        Column { table, field, words: words(table, field, packs, dictionary), names_people, uses }
    };
    Sheet { table, columns: needs.columns.into_iter().map(column).collect(), uses: needs.uses }
}

/// The words of a column's list; of the items of 年度数据, those that the packs ask for.
fn words<'a>(table: &Table, field: &Field, packs: &[Pack], dictionary: &'a Dictionary) -> Option<Vec<&'a str>> {
    let list = dictionary.words_of(field)?;
    let asked = if table.id == "figures" && field.id == "item" { figure_items(packs, dictionary) } else { Vec::new() };
    Some(match asked.is_empty() {
        true => list.words.iter().map(String::as_str).collect(),
        false => asked.into_iter().map(|word| list.word(word)).collect(),
    })
}
