//! A word for anything beside a school with days or lessons may be a visit.

use sheets::{Raw, Row};

use crate::dictionary::{Dictionary, FieldId, FieldKind, Table, normalise};
use crate::intake::cell::clean;
use crate::intake::issues::IssueLog;
use crate::intake::row::record::ParsedRow;
use crate::intake::sheet::Layout;
use crate::model::{Cell, IssueKind, Value, WordId};

/// Words that may stand for any activity, and the visits that they may be.
pub(super) struct Anything<'d> {
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
    pub(super) fn of(layout: &Layout, table: &'d Table, dictionary: &'d Dictionary) -> Option<Anything<'d>> {
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

    pub(super) fn settle(&self, row: Row<'_>, parsed: &mut ParsedRow, log: &mut IssueLog) -> bool {
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
        let cell = row.value(self.column);
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
