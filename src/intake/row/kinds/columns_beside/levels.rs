//! A lower level than its own that a row says elsewhere: 备注 校级, 主题 公开课（校级）, 认定级别 校级.

use sheets::{Raw, Row};

use crate::dictionary::{Dictionary, FieldId, Table, WordList, bracketed, normalise};
use crate::intake::cell::clean;
use crate::intake::issues::IssueLog;
use crate::intake::row::record::ParsedRow;
use crate::intake::sheet::{Layout, leaf};
use crate::model::{Cell, IssueKind, Value, WordId};

/// Where the rows of a sheet may say it.
pub(in crate::intake::row::kinds) struct LowerLevels<'d> {
    field: FieldId,
    /// The columns of remarks and of other levels, and that of topics, which says it in brackets only.
    columns: Vec<(u32, bool)>,
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
        let columns: Vec<(u32, bool)> =
            remarks.map(|column| (column, false)).chain(topic.map(|column| (column, true))).collect();
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
        &self,
        row: Row<'_>,
        parsed: &mut ParsedRow,
        log: &mut IssueLog,
    ) -> bool {
        let Cell::Is(Value::Word(own)) = *parsed.cell(self.field) else { return true };
        let found = self.columns.iter().find_map(|(column, is_topic)| match row.value(*column) {
            Some(Raw::Text(text)) => self.is_lower(&clean(text), own, *is_topic).then_some((*column, text)),
            Some(Raw::Number(_) | Raw::Date(_) | Raw::Flag(_) | Raw::Error | Raw::NoValue) | None => None,
        });
        let Some((column, text)) = found else { return true };
        parsed.cells[self.field.index()] = Cell::Unreadable;
        let message = format!("这里写的比“{0}”低，“{0}”按“不能确定”处理；请核对后改成一致", self.own);
        log.report(parsed.at.cell(column), IssueKind::DisagreeingCells, text.trim(), message);
        false
    }

    fn is_lower(&self, text: &str, own: WordId, is_topic: bool) -> bool {
        let is_level = |text: &str| text.ends_with(['级', '内']) && self.list.one(text).is_some_and(|word| word < own);
        let within = || {
            let normal = normalise(text);
            self.lower.iter().any(|word| normal.contains(word.as_str()))
        };
        (!is_topic && is_level(text.trim())) || bracketed(text).iter().any(|hint| is_level(hint)) || within()
    }
}
