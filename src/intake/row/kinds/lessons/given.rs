//! A ledger may name who gave a lesson beside who is on the row: of lessons of others the row is an observation, and what kind of
//! lesson it was is only what was seen.

use std::sync::Arc;

use sheets::{Raw, Row};

use crate::dictionary::{Called, Dictionary, FieldId, Given, Table, normalise};
use crate::intake::cell::clean;
use crate::intake::issues::IssueLog;
use crate::intake::people::name_key;
use crate::intake::row::record::ParsedRow;
use crate::intake::sheet::Layout;
use crate::model::{Cell, IssueKind, Value, WordId};

/// Which rows of a sheet are lessons of others.
pub(in crate::intake::row) struct GivenLessons<'d> {
    given: &'d Given,
    /// The column of who gave the lesson, with its header, and the field of who is on the row.
    giver: Option<(u32, String)>,
    /// Whether its header is of who spoke there, where who is on the row need not have listened.
    is_speaker: bool,
    /// Whether the sheet is called a ledger of lessons observed.
    is_observed: bool,
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
    pub(in crate::intake::row) fn of(
        layout: &Layout,
        table: &'d Table,
        dictionary: &'d Dictionary,
    ) -> Option<GivenLessons<'d>> {
        let header = |giver| Some((giver, layout.headers.get(&giver)?.last()?.clone()));
        let (given, giver) = (table.given.as_ref()?, layout.giver.and_then(header));
        (giver.is_some() || layout.observed).then_some(())?;
        let own_column = layout.column(given.field).unwrap_or_else(|| layout.first_column());
        let is_speaker = giver.as_ref().is_some_and(|(_, header)| given.speakers.contains(&normalise(header)));
        let is_speaker = is_speaker && !layout.observed;
        let (is_observed, name) = (layout.observed, table.roles.name?);
        Some(GivenLessons { given, giver, is_speaker, is_observed, own_column, name, table, dictionary })
    }

    /// Settles what a row is by whose lesson it was; false where that cannot be told.
    pub(in crate::intake::row) fn settle(&self, row: Row<'_>, parsed: &mut ParsedRow, log: &mut IssueLog) -> bool {
        let Given { field, word, lessons, .. } = self.given;
        let Some(kinds) = parsed.cell(*field).words().map(<[WordId]>::to_vec) else { return true };
        if kinds == [*word] {
            return true;
        }
        let is_lesson = kinds.iter().all(|kind| lessons.contains(kind) || kind == word);
        let column = self.giver.as_ref().map(|(column, _)| *column);
        let cell = column.and_then(|column| row.value(column));
        let written = if let Some(Raw::Text(text)) = cell { clean(text) } else { "".into() };
        let is_blank = !written.contains(char::is_alphanumeric);
        let giver = if is_blank { None } else { Some(self.giver(written.trim(), parsed)) };
        // Who is on the row organised it or took part, whoever spoke.
        if self.is_speaker && giver.is_some() && kinds.iter().all(|kind| self.given.joined.contains(kind)) {
            parsed.notes.beside.get_or_insert_default().givers.push(written.trim().into());
            return true;
        }
        match (giver, is_lesson) {
            (Some(Giver::Own), _) | (None, false) => return true,
            (Some(Giver::Another), true) if !kinds.iter().any(|kind| self.given.organised.contains(kind)) => {
                // Beside a speaker, who is on the row listened or had to do with it in another way; it was not theirs.
                let own = if self.is_speaker { vec![*word, self.given.otherwise] } else { vec![*word] };
                let held = Cell::Is(Value::Words(either(&[kinds.as_slice(), &own].concat())));
                parsed.notes.for_office = (!self.is_observed).then(|| Box::new((*field, held)));
                let own = if let [only] = own[..] { Value::Word(only) } else { Value::Words(either(&own)) };
                parsed.cells[field.index()] = Cell::Is(own);
                if self.is_speaker {
                    self.report(&written, parsed, log);
                }
                return !self.is_speaker;
            }
            (Some(Giver::Another | Giver::Unknown), _) | (None, true) => {}
        }
        if !is_lesson {
            parsed.notes.beside.get_or_insert_default().givers.push(written.trim().into());
        }
        let words = [kinds.as_slice(), &[*word]].concat();
        parsed.cells[field.index()] = Cell::Is(Value::Words(either(&words)));
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
                    "表、文件夹的名称说是听课，不能确定这一行是本人上课，还是去听别人的课，“{own}”按“可能是，也可能是听课”处理；去听的请写“听课”，本人上的课请登在另一张表"
                ),
            ),
        };
        log.report(parsed.at.cell(column), IssueKind::DisagreeingCells, written.trim(), message);
    }

    /// Whether who gave the lesson is who is on the row.
    fn giver(&self, written: &str, parsed: &ParsedRow) -> Giver {
        let names: &[_] = if let Cell::Is(Value::Texts(names)) = parsed.cell(self.name) { names } else { &[] };
        let (names, key): (Vec<String>, _) = (names.iter().map(|name| name_key(name)).collect(), name_key(written));
        let Dictionary { people, remarks, .. } = self.dictionary;
        // In a ledger of lessons observed it may be who kept it.
        if remarks.says_own(written) && !self.is_observed {
            return Giver::Own;
        }
        if people.is_ditto(written) || people.is_vacant(&key) || remarks.says_own(written) {
            return Giver::Unknown;
        }
        let bare = match people.called(&key) {
            Called::Group => return Giver::Unknown,
            Called::Surname(surname) => {
                let may_be = names.is_empty() || names.iter().any(|name| name.starts_with(surname));
                return if may_be { Giver::Unknown } else { Giver::Another };
            }
            Called::Titled(name) => name,
            Called::Name => &key,
        };
        // A part of the name, more than it, or with one character that is another.
        let may_be = |name: &String| {
            name.contains(bare)
                || key.contains(name.as_str())
                || name.chars().nth(2).is_some() && strsim::levenshtein(name, bare) == 1
        };
        match names.as_slice() {
            [only] if *only == *bare => Giver::Own,
            [] => Giver::Unknown,
            _ if names.iter().any(may_be) => Giver::Unknown,
            _ => Giver::Another,
        }
    }
}

/// One of these words, each once and in the order of the dictionary.
pub(in crate::intake::row) fn either(words: &[WordId]) -> Arc<[WordId]> {
    let mut words = words.to_vec();
    words.sort_unstable();
    words.dedup();
    words.into()
}
