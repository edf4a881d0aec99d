//! A topic or a remark may say that a lesson or a lecture was another's: 听王丽老师公开课, 授课人：王丽, 角色 听课.

use super::lessons::either;
use crate::dictionary::{Dictionary, FieldId, Given, Table, with_hints};
use crate::intake::cell::clean;
use crate::intake::issues::IssueLog;
use crate::intake::row::columns::{KnownRow, TextNotes};
use crate::intake::row::record::ParsedRow;
use crate::intake::sheet::Layout;
use crate::model::{Cell, IssueKind, Value};

/// A longer text tells of more than whose it was.
const LONGEST: usize = 60;

/// Where the rows of a sheet may say whose lessons they are.
pub(super) struct ToldLessons<'d> {
    given: &'d Given,
    /// The columns of topics and remarks, and those that are not recognised, each with what its texts were found to say.
    columns: Vec<(u32, TextNotes<bool>)>,
    name: FieldId,
    own: &'d str,
    dictionary: &'d Dictionary,
}

impl<'d> ToldLessons<'d> {
    pub(super) fn of(layout: &Layout, table: &'d Table, dictionary: &'d Dictionary) -> Option<ToldLessons<'d>> {
        let given = table.given.as_ref()?;
        let topic = table.roles.topic.and_then(|topic| layout.column(topic));
        let unknown = layout.unused.iter().filter(|unused| !unused.is_useless).map(|unused| unused.column);
        let remarks = layout.remark_columns().map(|(column, _)| *column);
        let all = topic.into_iter().chain(remarks).chain(unknown);
        let columns: Vec<_> = all.map(|column| (column, TextNotes::new())).collect();
        let own = &table.field(given.field).header;
        (!columns.is_empty()).then_some(ToldLessons { given, columns, name: table.roles.name?, own, dictionary })
    }

    /// Takes what the texts of a row say; false where whose it was cannot be told then.
    pub(super) fn settle(&mut self, row: KnownRow<'_>, parsed: &mut ParsedRow, log: &mut IssueLog) -> bool {
        let Given { field, word, otherwise, lessons, spoken, .. } = self.given;
        let Cell::Is(Value::Word(kind)) = *parsed.cell(*field) else { return true };
        let (is_lesson, is_spoken) = (lessons.contains(&kind), spoken.contains(&kind));
        if !is_lesson && !is_spoken {
            return true;
        }
        let names: &[_] = if let Cell::Is(Value::Texts(names)) = parsed.cell(self.name) { names } else { &[] };
        let dictionary = self.dictionary;
        let found = self.columns.iter_mut().find_map(|(column, seen)| {
            let (text, place) = row.text(*column)?;
            let is_anothers = *seen.of(text, place, || is_anothers(text, dictionary));
            let names_own = || names.iter().any(|name| with_hints(text).contains(&**name));
            (is_anothers && !names_own()).then(|| (*column, clean(text)))
        });
        let Some((column, text)) = found else { return true };
        let other = if is_lesson { *word } else { *otherwise };
        parsed.cells[field.index()] = Cell::Is(Value::Words(either(&[kind, other])));
        let own = self.own;
        let message = format!(
            "这里写的像是别人的课、别人的讲座，或者本人是去听、去组织的，“{own}”按“可能是本人的，也可能不是”处理；本人的请在这里写明本人姓名，去听课的请把“{own}”写成“听评课”"
        );
        log.report(parsed.at.cell(column), IssueKind::DisagreeingCells, text.trim(), message);
        false
    }
}

/// Whether a text says so of whoever it does not name.
fn is_anothers(text: &str, dictionary: &Dictionary) -> bool {
    text.chars().nth(LONGEST).is_none() && dictionary.remarks.is_anothers(&clean(text), &dictionary.people)
}
