//! What a row is where its own word does not settle it. A ledger may name who gave a lesson beside who is on the row: of lessons
//! of others the row is an observation, and what kind of lesson it was is only what was seen. A word for anything beside a school
//! with days or lessons may be a visit.

use sheets::{Raw, Row};

use super::notes::NamedBeside;
use super::record::ParsedRow;
use crate::dictionary::{Called, Dictionary, FieldId, FieldKind, Given, Table, normalise};
use crate::intake::cell::clean;
use crate::intake::issues::IssueLog;
use crate::intake::sheet::Layout;
use crate::model::{Cell, IssueKind, Value, WordId};

/// What settles what the rows of a sheet are.
pub(super) struct RowKinds<'d> {
    lessons: Option<GivenLessons<'d>>,
    anything: Option<Anything<'d>>,
}

impl<'d> RowKinds<'d> {
    pub(super) fn of(layout: &Layout, table: &'d Table, dictionary: &'d Dictionary) -> RowKinds<'d> {
        let lessons = GivenLessons::of(layout, table, dictionary);
        RowKinds { lessons, anything: Anything::of(layout, table, dictionary) }
    }

    /// Settles what a row is; false where that cannot be told.
    pub(super) fn settle(&self, row: Row<'_>, parsed: &mut ParsedRow, log: &mut IssueLog) -> bool {
        let anything = self.anything.as_ref().is_none_or(|anything| anything.settle(row, parsed, log));
        anything & self.lessons.as_ref().is_none_or(|lessons| lessons.settle(row, parsed, log))
    }
}

/// Words that may stand for any activity, and the visits that they may be.
struct Anything<'d> {
    field: FieldId,
    school: FieldId,
    /// The fields of which one says how much of a visit it was.
    amounts: Vec<FieldId>,
    words: Vec<WordId>,
    visits: Vec<WordId>,
    /// The column of the word, and its texts of which the office says what they are.
    column: u32,
    answered: Vec<String>,
    dictionary: &'d Dictionary,
    header: &'d str,
}

impl<'d> Anything<'d> {
    fn of(layout: &Layout, table: &'d Table, dictionary: &'d Dictionary) -> Option<Anything<'d>> {
        let described = table.anything.as_ref()?;
        let amounts = [table.roles.days, table.roles.lessons].into_iter().flatten().collect();
        let texts = layout.words.iter().filter(|(field, ..)| *field == described.field);
        Some(Anything {
            field: described.field,
            school: table.field_of_kind(FieldKind::School)?,
            amounts,
            words: described.words.clone(),
            visits: described.may_be.clone(),
            column: layout.column(described.field)?,
            answered: texts.map(|(_, text, _)| text.clone()).collect(),
            dictionary,
            header: &table.field(described.field).header,
        })
    }

    fn settle(&self, row: Row<'_>, parsed: &mut ParsedRow, log: &mut IssueLog) -> bool {
        let Cell::Is(Value::Word(word)) = *parsed.cell(self.field) else { return true };
        // Asked first, as nearly all rows say something else.
        if !self.words.contains(&word) {
            return true;
        }
        let says = |field: &FieldId| matches!(parsed.cell(*field), Cell::Is(_));
        let place = parsed.cell(self.school).text().is_some_and(|place| !self.is_elsewhere(place));
        if !place || !self.amounts.iter().any(says) {
            return true;
        }
        let cell = row.cells.iter().find(|cell| cell.column == self.column).map(|cell| &cell.value);
        let written = if let Some(Raw::Text(text)) = cell { clean(text) } else { "".into() };
        if self.answered.iter().any(|text| *text == normalise(&written)) {
            return true;
        }
        let mut either = [&[word], self.visits.as_slice()].concat();
        either.sort_unstable();
        parsed.cells[self.field.index()] = Cell::Is(Value::Words(either.into()));
        let header = self.header;
        let message = format!(
            "“{header}”写得笼统，又写了学校和天数、节数，可能是到校指导、听课，按“可能是，也可能不是”处理；到校指导、听课的请写明，不是的请在设置里写明它是哪一个词"
        );
        log.report(parsed.at.cell(self.column), IssueKind::UnknownWord, written.trim(), message);
        false
    }

    fn is_elsewhere(&self, place: &str) -> bool {
        let is_school = |name: &str| self.dictionary.people.schools.is_school(name);
        self.dictionary.remarks.is_elsewhere(place, is_school)
    }
}

/// Which rows of a sheet are lessons of others.
struct GivenLessons<'d> {
    given: &'d Given,
    /// The column of who gave the lesson, with its header, and the field of who is on the row.
    giver: Option<(u32, String)>,
    /// The column of what a row is.
    own_column: u32,
    name: FieldId,
    table: &'d Table,
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
    /// `None` for a sheet that neither names who gave a lesson nor is called a ledger of lessons observed.
    fn of(layout: &Layout, table: &'d Table, dictionary: &'d Dictionary) -> Option<GivenLessons<'d>> {
        let header = |giver| Some((giver, layout.headers.get(&giver)?.last()?.clone()));
        let (given, giver) = (table.given.as_ref()?, layout.giver.and_then(header));
        (giver.is_some() || layout.observed).then_some(())?;
        let own_column = layout.column(given.field).unwrap_or_else(|| layout.first_column());
        Some(GivenLessons { given, giver, own_column, name: table.roles.name?, table, dictionary })
    }

    /// Settles what a row is by whose lesson it was; false where that cannot be told.
    fn settle(&self, row: Row<'_>, parsed: &mut ParsedRow, log: &mut IssueLog) -> bool {
        let Given { field, word, lessons, .. } = self.given;
        let Some(kinds) = parsed.cell(*field).words().map(<[WordId]>::to_vec) else { return true };
        if kinds == [*word] {
            return true;
        }
        let is_lesson = kinds.iter().all(|kind| lessons.contains(kind) || kind == word);
        let column = self.giver.as_ref().map(|(column, _)| *column);
        let cell = row.cells.iter().find(|cell| Some(cell.column) == column).map(|cell| &cell.value);
        let written = if let Some(Raw::Text(text)) = cell { clean(text) } else { "".into() };
        let giver = if written.trim().is_empty() { None } else { Some(self.giver(written.trim(), parsed)) };
        match (giver, is_lesson) {
            (Some(Giver::Own), _) | (None, false) => return true,
            (Some(Giver::Another), true) if !kinds.iter().any(|kind| self.given.organised.contains(kind)) => {
                parsed.cells[field.index()] = Cell::Is(Value::Word(*word));
                return true;
            }
            (Some(Giver::Another | Giver::Unknown), _) | (None, true) => {}
        }
        if !is_lesson {
            parsed.notes.beside = Some(NamedBeside::Giver(written.trim().into()));
        }
        let mut either = [kinds.as_slice(), &[*word]].concat();
        either.sort_unstable();
        either.dedup();
        parsed.cells[field.index()] = Cell::Is(Value::Words(either.into()));
        self.report(&written, parsed, log);
        false
    }

    fn report(&self, written: &str, parsed: &ParsedRow, log: &mut IssueLog) {
        let own = &self.table.field(self.given.field).header;
        let (column, message) = match &self.giver {
            Some((column, header)) => (
                *column,
                format!(
                    "看“{header}”不能确定这一行是本人的课、本人的讲座，还是去听别人的，“{own}”按“可能是，也可能是听课”处理；本人的请在“{header}”写本人姓名，去听的请写授课人、主讲人的姓名"
                ),
            ),
            None => (
                self.own_column,
                format!(
                    "表的名称说是听课，不能确定这一行是本人上课，还是去听别人的课，“{own}”按“可能是，也可能是听课”处理；去听的请写“听课”，本人上的课请登在另一张表"
                ),
            ),
        };
        log.report(parsed.at.cell(column), IssueKind::DisagreeingCells, written.trim(), message);
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
