//! A topic may say that a row is something else, or something more, than its own word: 下校指导 with 到校作专题讲座.

use super::lessons::either;
use crate::dictionary::{Dictionary, FieldId, Table, ToldKind};
use crate::intake::cell::clean;
use crate::intake::issues::IssueLog;
use crate::intake::row::columns::{KnownRow, TextNotes};
use crate::intake::row::record::ParsedRow;
use crate::intake::sheet::Layout;
use crate::model::{Cell, IssueKind, Value, WordId};

/// What the topics of a sheet may say.
pub(super) struct TopicKinds<'d> {
    column: u32,
    field: FieldId,
    told: &'d [ToldKind],
    /// The word for lessons of others that were heard.
    heard: Option<WordId>,
    /// The header of the field.
    own: &'d str,
    /// The words that topics were found to say.
    seen: TextNotes<Vec<WordId>>,
    dictionary: &'d Dictionary,
}

impl<'d> TopicKinds<'d> {
    /// `None` where the sheet has no topics, or its rows are of one word whatever they say.
    pub(super) fn of(layout: &Layout, table: &'d Table, dictionary: &'d Dictionary) -> Option<TopicKinds<'d>> {
        let column = table.roles.topic.and_then(|topic| layout.column(topic))?;
        let field = table.topics.first().filter(|_| layout.given.is_none())?.field;
        let (heard, own) = (table.given.as_ref().map(|given| given.word), &table.field(field).header);
        Some(TopicKinds { column, field, told: &table.topics, heard, own, seen: TextNotes::new(), dictionary })
    }

    /// Leaves open what a row is where its topic says another word than its own; false then.
    pub(super) fn settle(&mut self, row: KnownRow<'_>, parsed: &mut ParsedRow, log: &mut IssueLog) -> bool {
        let Cell::Is(Value::Word(own)) = *parsed.cell(self.field) else { return true };
        let Some((text, place)) = row.text(self.column) else { return true };
        let (told, heard, dictionary) = (self.told, self.heard, self.dictionary);
        let words = self.seen.of(text, place, || said(text, (told, heard), dictionary));
        if words.iter().all(|word| *word == own) {
            return true;
        }
        let words = either(&[words.as_slice(), &[own]].concat());
        parsed.cells[self.field.index()] = Cell::Is(Value::Words(words));
        let own = self.own;
        let message = format!(
            "这里写的与“{own}”不是一回事，是哪一种不能确定，按“都有可能”处理；请核对“{own}”，做了两件事的分两行写"
        );
        log.report(parsed.at.cell(self.column), IssueKind::DisagreeingCells, text.trim(), message);
        false
    }
}

/// The words that a topic says.
fn said(text: &str, (told, heard): (&[ToldKind], Option<WordId>), dictionary: &Dictionary) -> Vec<WordId> {
    let said = told.iter().filter(|told| told.says.iter().any(|word| text.contains(word)));
    let mut words: Vec<_> = said.map(|told| told.word).collect();
    // A lesson of others is none of theirs who are on the row; that they heard it is said of them.
    if !words.is_empty() && dictionary.remarks.is_anothers(&clean(text), &dictionary.people) {
        words.retain(|word| Some(*word) == heard);
    }
    words
}
