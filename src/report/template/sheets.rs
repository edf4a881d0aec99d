//! The sheets and columns that a template has: those that its packs need.

use crate::dictionary::{Dictionary, Field, FieldId, FieldKind, Table};
use crate::model::WordId;
use crate::pack::{Pack, TableNeeds, Use, figure_items, records};

pub struct Template<'a> {
    pub packs: &'a [Pack],
    /// How the command line names each of them, to show the command that checks the filled-in template.
    pub named: &'a [String],
    pub dictionary: &'a Dictionary,
}

pub(super) struct TemplateSheet<'a> {
    pub(super) table: &'a Table,
    pub(super) columns: Vec<TemplateColumn<'a>>,
    pub(super) uses: Vec<Use<'a>>,
}

pub(super) struct TemplateColumn<'a> {
    pub(super) table: &'a Table,
    pub(super) field: &'a Field,
    pub(super) dictionary: &'a Dictionary,
    /// The words that may stand in it, where they are on a list.
    pub(super) words: Option<Vec<&'a str>>,
    /// Whether the sheet has a column that names people of the roster.
    pub(super) names_people: bool,
    pub(super) uses: Vec<Use<'a>>,
}

impl TemplateColumn<'_> {
    /// An example of what is filled in: the field's own, else the first word of its list.
    pub(super) fn example(&self) -> &str {
        let word = self.words.as_ref().and_then(|words| words.first());
        match word {
            Some(first) if self.field.example.is_empty() => first,
            Some(_) | None => &self.field.example,
        }
    }

    /// Whether the cells are kept as text, so that no digit is lost and nothing is made a date or a number.
    pub(super) fn is_text(&self) -> bool {
        match self.field.kind {
            FieldKind::Code | FieldKind::Identity | FieldKind::Year | FieldKind::Text | FieldKind::Texts => true,
            FieldKind::Person | FieldKind::People | FieldKind::School | FieldKind::Institution => true,
            FieldKind::Flag | FieldKind::Word(_) | FieldKind::Words(_) => true,
            FieldKind::Number | FieldKind::Figure | FieldKind::Date => false,
        }
    }

    /// The header, with a star where the sheet is not understood without it.
    pub(super) fn title(&self) -> String {
        let star = if self.field.required { "*" } else { "" };
        format!("{}{star}", self.field.header)
    }
}

/// The sheets that the packs need, in the order of the dictionary.
pub(super) fn sheets<'a>(template: &Template<'a>) -> Vec<TemplateSheet<'a>> {
    let needs = records(template.packs, template.dictionary);
    needs.into_iter().map(|needs| sheet(needs, template)).collect()
}

fn sheet<'a>(needs: TableNeeds<'a>, template: &Template<'a>) -> TemplateSheet<'a> {
    let Template { packs, dictionary, .. } = *template;
    let table = dictionary.table(needs.table);
    let people = table.field_of_kind(FieldKind::People);
    let names_people = needs.columns.iter().any(|(id, _)| Some(*id) == people);
    let column = |(id, uses): (FieldId, Vec<Use<'a>>)| {
        let figures = dictionary.schema.figures;
        let is_item = (needs.table, id) == (figures.table, figures.item);
        let asked = if is_item { figure_items(packs, dictionary) } else { Vec::new() };
        let field = table.field(id);
        TemplateColumn { table, field, dictionary, words: words(field, asked, dictionary), names_people, uses }
    };
    TemplateSheet { table, columns: needs.columns.into_iter().map(column).collect(), uses: needs.uses }
}

/// The words of a column's list; of the items of 年度数据, those that the packs ask for.
fn words<'a>(field: &Field, asked: Vec<WordId>, dictionary: &'a Dictionary) -> Option<Vec<&'a str>> {
    let list = dictionary.words_of(field)?;
    Some(match asked.is_empty() {
        true => list.words.iter().map(String::as_str).collect(),
        false => asked.into_iter().map(|word| list.word(word)).collect(),
    })
}
