//! Who organised what a row tells of: a column, a remark or the topic of an examination may name somebody else, or say that those on
//! the row only took part.

use sheets::{Raw, Row};

use crate::dictionary::{Dictionary, FieldId, FieldKind, OrganiserColumn, OrganisingUnit, Table};
use crate::intake::cell::clean;
use crate::intake::people::name_key;
use crate::intake::row::notes::Organiser;
use crate::intake::row::record::ParsedRow;
use crate::intake::sheet::Layout;
use crate::model::{Cell, Value, WordId};

/// A longer text is no list of names.
const LONGEST: usize = 30;

/// The columns of a ledger that say who organised.
pub(super) struct Organisers<'d> {
    columns: Vec<(u32, OrganiserColumn)>,
    names: FieldId,
    /// The field of what a row is, and its words for examinations.
    exams: (FieldId, Vec<WordId>),
    /// The columns that say whose an examination is: its topic, those that are not read, and remarks.
    topics: Vec<u32>,
    remarks: Vec<u32>,
    dictionary: &'d Dictionary,
}

impl<'d> Organisers<'d> {
    /// `None` for a sheet without any.
    pub(super) fn of(layout: &Layout, table: &Table, dictionary: &'d Dictionary) -> Option<Organisers<'d>> {
        let kind = table.given.as_ref()?.field;
        let names = table.field_of_kind(FieldKind::People)?;
        let words = &dictionary.remarks.organisers;
        let column = |(column, levels): (&u32, &Vec<String>)| {
            let free = layout.field(*column).is_none();
            Some((*column, words.of_header(levels.last()?).filter(|_| free)?))
        };
        let mut columns: Vec<_> = layout.headers.iter().filter_map(column).collect();
        columns.sort_unstable_by_key(|(column, _)| *column);
        let list = dictionary.words_of(table.field(kind))?;
        let exams = (kind, words.exams.iter().filter_map(|word| list.one(word)).collect());
        let is_free = |column: &u32| !columns.iter().any(|(at, _)| at == column);
        let unread = layout.unused.iter().filter(|unused| !unused.is_useless).map(|unused| unused.column);
        let topic = table.roles.topic.and_then(|topic| layout.column(topic));
        let topics: Vec<u32> = topic.into_iter().chain(unread.filter(is_free)).collect();
        let remarks: Vec<u32> = layout.remark_columns().map(|(column, _)| *column).filter(is_free).collect();
        let says = !columns.is_empty() || !topics.is_empty() || !remarks.is_empty();
        says.then_some(Organisers { columns, names, exams, topics, remarks, dictionary })
    }

    /// Notes the first column by which others may have organised it.
    pub(super) fn settle(&self, row: Row<'_>, parsed: &mut ParsedRow) {
        let text = |column: u32| match row.value(column) {
            Some(Raw::Text(text)) => Some(clean(text)),
            Some(_) | None => None,
        };
        let by_column =
            || self.columns.iter().find_map(|(column, what)| self.others(*column, *what, &text(*column)?, parsed));
        if let Some(organiser) = by_column().or_else(|| self.of_exam(text, parsed)) {
            parsed.notes.beside.get_or_insert_default().organiser = Some(organiser);
        }
    }

    /// Who else organised it, as a column says.
    fn others(&self, column: u32, what: OrganiserColumn, text: &str, parsed: &ParsedRow) -> Option<Organiser> {
        let (remarks, people, text) = (&self.dictionary.remarks, &self.dictionary.people, text.trim());
        let unit = || {
            let is_school = people.schools.is_one(text) && !people.offices.is_office(text);
            if is_school { Some(OrganisingUnit::Another) } else { remarks.organisers.unit(text) }
        };
        match what {
            OrganiserColumn::Role => remarks.organisers.took_part(text).then_some(Organiser { column, unit: None }),
            OrganiserColumn::Unit => unit().map(|unit| Organiser { column, unit: Some(unit) }),
            OrganiserColumn::Person if people.offices.is_office(text) => {
                unit().map(|unit| Organiser { column, unit: Some(unit) })
            }
            OrganiserColumn::Person => {
                let Cell::Is(Value::Texts(names)) = parsed.cell(self.names) else { return None };
                let said = name_key(text);
                let is_name = text.chars().nth(1).is_some() && text.chars().nth(LONGEST).is_none();
                let is_own = || remarks.says_own(text) || names.iter().any(|name| said.contains(&name_key(name)));
                let is_anothers = is_name && !people.is_vacant(&said) && !is_own();
                is_anothers.then_some(Organiser { column, unit: None })
            }
        }
    }

    /// Whose an examination is, as its topic, a column that is not read or a remark says.
    fn of_exam<'r>(
        &self,
        text: impl Fn(u32) -> Option<std::borrow::Cow<'r, str>>,
        parsed: &ParsedRow,
    ) -> Option<Organiser> {
        let (kind, words) = &self.exams;
        if !parsed.cell(*kind).words()?.iter().any(|word| words.contains(word)) {
            return None;
        }
        let of = &self.dictionary.remarks.organisers;
        let examined = |column: &u32| Some(Organiser { column: *column, unit: Some(of.examiner(&text(*column)?)?) });
        let remarked = |column: &u32| Some(Organiser { column: *column, unit: Some(of.remarked(&text(*column)?)?) });
        self.topics.iter().find_map(examined).or_else(|| self.remarks.iter().find_map(remarked))
    }
}
