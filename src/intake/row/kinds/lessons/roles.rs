//! What a bracket behind a name says of somebody's part in a lesson or a lecture: 王建国（执教）、李梅（点评）.

use std::sync::Arc;

use crate::dictionary::{Dictionary, FieldId, Given, PartInLesson, Table};
use crate::intake::issues::IssueLog;
use crate::intake::people::behind_name;
use crate::intake::row::columns::TextNotes;
use crate::intake::row::record::ParsedRow;
use crate::intake::sheet::Layout;
use crate::model::{Cell, IssueKind, Value, WordId};

/// The names of a sheet, each with what its bracket was found to say.
pub(in crate::intake::row) struct NamedRoles<'d> {
    given: &'d Given,
    name: FieldId,
    column: u32,
    own: &'d str,
    seen: TextNotes<Option<PartInLesson>>,
    dictionary: &'d Dictionary,
}

impl<'d> NamedRoles<'d> {
    /// `None` for a sheet without lessons or names.
    pub(in crate::intake::row) fn of(
        layout: &Layout,
        table: &'d Table,
        dictionary: &'d Dictionary,
    ) -> Option<NamedRoles<'d>> {
        let (given, name) = (table.given.as_ref()?, table.roles.name?);
        let (column, own) = (layout.column(name)?, &table.field(given.field).header);
        Some(NamedRoles { given, name, column, own, seen: TextNotes::new(), dictionary })
    }

    /// Takes it that those who by their brackets did something else than the row says need not be meant by it. Whether the brackets
    /// say who gave the lesson.
    pub(in crate::intake::row) fn settle(&mut self, parsed: &mut ParsedRow, log: &mut IssueLog) -> bool {
        let names = match parsed.cell(self.name) {
            Cell::Is(Value::Texts(names)) if names.iter().any(|name| ends_in_bracket(name)) => names.clone(),
            Cell::Is(_) | Cell::Blank | Cell::Absent | Cell::Unreadable => return false,
        };
        let Given { field, word, lessons, spoken, .. } = self.given;
        let Some(kinds) = parsed.cell(*field).words() else { return false };
        let is_given = |kind: &WordId| lessons.contains(kind) || spoken.contains(kind);
        let (is_given, is_seen) = (kinds.iter().any(is_given), kinds.contains(word));
        let parts: Vec<_> = names.iter().map(|name| self.part(name)).collect();
        let is_told = parts.contains(&Some(PartInLesson::Gave));
        // Whoever has no bracket beside one who gave the lesson did something else.
        let is_another = |part: &Option<PartInLesson>| match part {
            Some(PartInLesson::Gave) => is_seen,
            Some(PartInLesson::Other) => is_given,
            None => is_given && is_told,
        };
        let others: Vec<&str> =
            names.iter().zip(&parts).filter(|(_, part)| is_another(part)).map(|(name, _)| &**name).collect();
        if others.is_empty() {
            return is_told;
        }
        let bare: Vec<&str> = others.iter().map(|name| behind_name(name).map_or(*name, |(bare, _)| bare)).collect();
        parsed.notes.beside.get_or_insert_default().absent.push(bare.join("、").into());
        let others = others.join("、");
        let message = format!(
            "按姓名后面括号里写的，“{}”不一定是{others}的，对他们按“可能”处理；是本人的请删去括号，不是的请另写一行，写明是“听评课”还是别的",
            self.own
        );
        log.report(parsed.at.cell(self.column), IssueKind::DisagreeingCells, &others, message);
        is_told
    }

    fn part(&mut self, name: &Arc<str>) -> Option<PartInLesson> {
        let words = &self.dictionary.remarks;
        let find = || behind_name(name).and_then(|(_, part)| words.part_in_lesson(part));
        if ends_in_bracket(name) { *self.seen.of(name, None, find) } else { None }
    }
}

fn ends_in_bracket(name: &str) -> bool {
    name.ends_with(['）', ')', '】', ']', '］'])
}
