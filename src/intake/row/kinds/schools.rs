//! What a column beside the school of a row says of that school: 学校性质 with 乡村, 是否薄弱学校. The school list may say otherwise.

use sheets::{Raw, Row};

use crate::dictionary::{Dictionary, Field, FieldId, FieldKind, Table, normalise};
use crate::intake::issues::IssueLog;
use crate::intake::row::columns::{KnownRow, TextNotes};
use crate::intake::row::notes::{SaidOfSchool, SchoolSays};
use crate::intake::row::record::ParsedRow;
use crate::intake::sheet::{Layout, leaf};
use crate::model::{Cell, IssueKind, WordId};

/// A longer text says more than what a school is.
const LONGEST: usize = 10;

/// The columns of a sheet that may say what the schools of its rows are.
pub(super) struct SchoolColumns<'d> {
    /// Each with what a yes below its header says.
    columns: Vec<(u32, Vec<SaidOfSchool>)>,
    dictionary: &'d Dictionary,
}

impl<'d> SchoolColumns<'d> {
    /// `None` for a table of events, which are many, for the schools themselves, and for a sheet without such columns.
    pub(super) fn of(layout: &Layout, table: &Table, dictionary: &'d Dictionary) -> Option<SchoolColumns<'d>> {
        let is_asked = table.held && table.field_of_kind(FieldKind::School).is_some();
        let unread = layout.unused.iter().filter(|unused| is_asked && !unused.is_useless);
        let columns: Vec<_> =
            unread.map(|unused| (unused.column, asked(&normalise(leaf(&unused.header)), dictionary))).collect();
        (!columns.is_empty()).then_some(SchoolColumns { columns, dictionary })
    }

    /// Notes what the columns of a row say of its school.
    pub(super) fn settle(&self, row: Row<'_>, parsed: &mut ParsedRow) {
        for (column, asked) in &self.columns {
            let Some(Raw::Text(text)) = row.value(*column) else { continue };
            let said = said(text, asked, self.dictionary);
            let said = said.into_iter().map(|says| SchoolSays { column: *column, says, text: text.trim().into() });
            parsed.notes.beside.get_or_insert_default().school.extend(said);
        }
    }
}

/// Where the rows of a ledger may say that they were in the kindergarten of their school.
pub(super) struct SchoolRemarks<'d> {
    /// The columns of remarks, each with whether its texts were found to say so.
    remarks: Vec<(u32, TextNotes<bool>)>,
    school: FieldId,
    dictionary: &'d Dictionary,
}

impl<'d> SchoolRemarks<'d> {
    /// `None` for what is no ledger, or has no remarks.
    pub(super) fn of(layout: &Layout, table: &Table, dictionary: &'d Dictionary) -> Option<SchoolRemarks<'d>> {
        let school = table.field_of_kind(FieldKind::School).filter(|_| !table.held)?;
        let remarks: Vec<_> = layout.remark_columns().map(|(column, _)| (*column, TextNotes::new())).collect();
        (!remarks.is_empty()).then_some(SchoolRemarks { remarks, school, dictionary })
    }

    /// Leaves the school of a row open that a remark says to have been in a kindergarten; false then.
    pub(super) fn settle(&mut self, row: KnownRow<'_>, parsed: &mut ParsedRow, log: &mut IssueLog) -> bool {
        let remarks = &self.dictionary.remarks;
        let found = self.remarks.iter_mut().find_map(|(column, seen)| {
            let (text, place) = row.text(*column)?;
            seen.of(text, place, || remarks.is_in_kindergarten(text)).then_some((*column, text))
        });
        let is_other = parsed.cell(self.school).text().is_some_and(|school| !school.contains('幼'));
        let Some((column, text)) = found.filter(|_| is_other) else { return true };
        parsed.cells[self.school.index()] = Cell::Unreadable;
        let message = "这里写的是幼儿园，与“学校”不一致，在哪里不能确定；请把“学校”改成实际去的地方";
        log.report(parsed.at.cell(column), IssueKind::DisagreeingCells, text.trim(), message.to_string());
        false
    }
}

fn fields(dictionary: &Dictionary) -> impl Iterator<Item = (FieldId, &Field)> {
    let schools = dictionary.schema.schools;
    let table = dictionary.table(schools.table);
    schools.said.into_iter().map(|field| (field, table.field(field)))
}

/// What a yes below a header says of a school: 是否薄弱学校, 乡村学校.
fn asked(header: &str, dictionary: &Dictionary) -> Vec<SaidOfSchool> {
    let of = |(id, field): (FieldId, &Field)| match field.kind == FieldKind::Flag {
        true => header.contains(&field.header).then_some(SaidOfSchool::Flag(id, true)),
        false => one_word(header, field, dictionary).map(|word| SaidOfSchool::Word(id, word, true)),
    };
    fields(dictionary).filter_map(of).collect()
}

/// What a text says of a school.
fn said(text: &str, asked: &[SaidOfSchool], dictionary: &Dictionary) -> Vec<SaidOfSchool> {
    let asking = &dictionary.remarks.asking;
    if asking.is_bare_yes(text) {
        return asked.to_vec();
    }
    if asking.is_bare_no(text) {
        return asked.iter().map(SaidOfSchool::denied).collect();
    }
    if text.chars().nth(LONGEST).is_some() {
        return Vec::new();
    }
    let normal = normalise(text);
    let of = |(id, field): (FieldId, &Field)| match field.kind == FieldKind::Flag {
        true => {
            let is_no = field.no.iter().any(|word| normal.contains(word.as_str()));
            let is_yes = field.yes.iter().any(|word| normal.contains(word.as_str()));
            (is_no || is_yes).then_some(SaidOfSchool::Flag(id, !is_no))
        }
        false => one_word(&normal, field, dictionary).map(|word| SaidOfSchool::Word(id, word, true)),
    };
    fields(dictionary).filter_map(of).collect()
}

/// The only word of a field that a text says.
fn one_word(text: &str, field: &Field, dictionary: &Dictionary) -> Option<WordId> {
    match dictionary.words_of(field)?.said_in(text).as_slice() {
        [only] => Some(*only),
        [] | [_, ..] => None,
    }
}
