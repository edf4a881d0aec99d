//! What the kinds of a sheet say that its names call a ledger of lessons observed: the kind of lesson that was seen, which leaves
//! the row an observation, or other work, which need not be one.

use super::given::either;
use crate::dictionary::{Dictionary, Field, FieldId, Given, SeenWords, Table, normalise};
use crate::intake::cell::ParsedCell;
use crate::intake::row::record::ParsedRow;
use crate::intake::sheet::Layout;
use crate::model::{Cell, IssueKind, Value, WordId};

/// How the cells of such a column are read.
pub(in crate::intake::row) struct SeenLessons<'d> {
    given: &'d Given,
    words: &'d SeenWords,
    table: &'d Table,
    dictionary: &'d Dictionary,
    /// Whether other rows are surely of other work, so that a lesson may be one that was given.
    is_mixed: bool,
    /// Whether the office itself says that it is the column of kinds.
    is_wished: bool,
}

impl<'d> SeenLessons<'d> {
    /// `None` for a column of anything else, or in another sheet.
    pub(in crate::intake::row) fn of(
        field: FieldId,
        layout: &Layout,
        table: &'d Table,
        dictionary: &'d Dictionary,
    ) -> Option<SeenLessons<'d>> {
        let given = table.given.as_ref().filter(|given| given.field == field)?;
        let is_called = layout.given.is_some_and(|(of, _)| of == field) || layout.observed;
        let (is_mixed, is_wished) = (layout.observed, layout.own_kinds);
        is_called.then_some(SeenLessons { given, words: &given.seen, table, dictionary, is_mixed, is_wished })
    }

    /// What a cell means in such a sheet that would mean something else, or nothing, in another.
    pub(in crate::intake::row) fn read(&self, text: &str, parsed: ParsedCell) -> ParsedCell {
        let Given { word: own, lessons, .. } = self.given;
        let heard = Cell::Is(Value::Word(*own));
        let is_seen = |word: &WordId| word == own || lessons.contains(word);
        match &parsed.cell {
            Cell::Is(Value::Word(word)) if !self.is_mixed && is_seen(word) => ParsedCell { cell: heard, ..parsed },
            Cell::Is(Value::Words(words)) if words.contains(own) || words.iter().all(is_seen) => {
                ParsedCell { cell: heard, issue: None, ..parsed }
            }
            Cell::Is(Value::Words(words)) if !self.is_wished => {
                let words = either(&[words, &[*own][..]].concat());
                ParsedCell { cell: Cell::Is(Value::Words(words)), ..parsed }
            }
            Cell::Unreadable if parsed.issue == Some(IssueKind::UnknownWord) && self.is_seen(text) => {
                ParsedCell { cell: heard, issue: None, ..parsed }
            }
            Cell::Is(_) | Cell::Blank | Cell::Absent | Cell::Unreadable => parsed,
        }
    }

    /// Whether a text that is no word of the list says what lesson was seen, or how: 常态课, 推门, 小学.
    fn is_seen(&self, text: &str) -> bool {
        let remarks = &self.dictionary.remarks;
        if remarks.remarks_on_event(text) {
            return false;
        }
        let normal = normalise(text);
        let of_another = |field: &Field| self.dictionary.words_of(field).is_some_and(|list| list.all(text).is_some());
        self.words.says(&normal) || self.table.fields.iter().any(of_another)
    }
}

/// Takes what the names of a sheet say of a row that does not say it itself.
pub(in crate::intake::row) fn take_names(layout: &Layout, parsed: &mut ParsedRow) {
    if let Some((field, word)) = layout.given {
        if layout.column(field).is_none() || parsed.cell(field).is_blank() {
            parsed.cells[field.index()] = Cell::Is(Value::Word(word));
        }
    } else if let Some((field, words)) = &layout.one_of {
        parsed.cells[field.index()] = Cell::Is(Value::Words(words.as_slice().into()));
    }
}
