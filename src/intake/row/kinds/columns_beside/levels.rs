//! A lower level than its own that a row says elsewhere: 备注 校级, 主题 公开课（校级）, 认定级别 校级.

use crate::dictionary::{Dictionary, FieldId, Table, WordList, bracketed, normalise};
use crate::intake::cell::clean;
use crate::intake::issues::IssueLog;
use crate::intake::row::columns::{KnownRow, TextNotes};
use crate::intake::row::record::ParsedRow;
use crate::intake::sheet::{Layout, leaf};
use crate::model::{Cell, IssueKind, Value, WordId};

/// Where the rows of a sheet may say it.
pub(in crate::intake::row::kinds) struct LowerLevels<'d> {
    field: FieldId,
    /// The columns of remarks and of other levels, and that of topics, which says it in brackets only, each with what its texts were
    /// found to say.
    columns: Vec<(u32, bool, TextNotes<LevelSaid>)>,
    list: &'d WordList,
    /// Words by which it was for one school.
    lower: &'d [String],
    own: &'d str,
}

impl<'d> LowerLevels<'d> {
    /// `None` for a sheet whose rows have no level, or nowhere to say another one.
    pub(in crate::intake::row::kinds) fn of(
        layout: &Layout,
        table: &'d Table,
        dictionary: &'d Dictionary,
    ) -> Option<LowerLevels<'d>> {
        let (field, of) = (0..).map(FieldId).zip(&table.fields).find(|(_, field)| !field.lowered.is_empty())?;
        layout.column(field)?;
        let is_level = |header: &str| {
            let normal = normalise(leaf(header));
            let own = normalise(&of.header);
            dictionary.cells.without_weighed(&normal) == Some(own.as_str())
                || dictionary.cells.without_done(&normal).is_some_and(|rest| rest == own)
        };
        let others = layout.unused.iter().filter(|unused| is_level(&unused.header)).map(|unused| unused.column);
        let remarks = layout.remark_columns().map(|(column, _)| *column).chain(others);
        let topic = table.roles.topic.and_then(|topic| layout.column(topic));
        let all = remarks.map(|column| (column, false)).chain(topic.map(|column| (column, true)));
        let columns: Vec<_> = all.map(|(column, is_topic)| (column, is_topic, TextNotes::new())).collect();
        (!columns.is_empty()).then_some(LowerLevels {
            field,
            columns,
            list: dictionary.words_of(of)?,
            lower: &of.lowered,
            own: &of.header,
        })
    }

    /// Leaves the level of a row open that says a lower one elsewhere; false then.
    pub(in crate::intake::row::kinds) fn settle(
        &mut self,
        row: KnownRow<'_>,
        parsed: &mut ParsedRow,
        log: &mut IssueLog,
    ) -> bool {
        let Cell::Is(Value::Word(own)) = *parsed.cell(self.field) else { return true };
        let (list, lower) = (self.list, self.lower);
        let found = self.columns.iter_mut().find_map(|(column, is_topic, seen)| {
            let (text, place) = row.text(*column)?;
            let said = seen.of(text, place, || LevelSaid::of(&clean(text), *is_topic, list, lower));
            let is_lower = said.is_lowered || said.least.is_some_and(|word| word < own);
            is_lower.then_some((*column, text))
        });
        let Some((column, text)) = found else { return true };
        parsed.cells[self.field.index()] = Cell::Unreadable;
        let message = format!("这里写的比“{0}”低，“{0}”按“不能确定”处理；请核对后改成一致", self.own);
        log.report(parsed.at.cell(column), IssueKind::DisagreeingCells, text.trim(), message);
        false
    }
}

/// What a text says of a level.
struct LevelSaid {
    /// The lowest one that it names.
    least: Option<WordId>,
    /// Whether it says that it was for one school.
    is_lowered: bool,
}

impl LevelSaid {
    fn of(text: &str, is_topic: bool, list: &WordList, lower: &[String]) -> LevelSaid {
        let level = |text: &str| list.one(text).filter(|_| text.ends_with(['级', '内']));
        let own = level(text.trim()).filter(|_| !is_topic);
        let least = bracketed(text).iter().filter_map(|hint| level(hint)).chain(own).min();
        let normal = normalise(text);
        LevelSaid { least, is_lowered: lower.iter().any(|word| normal.contains(word.as_str())) }
    }
}
