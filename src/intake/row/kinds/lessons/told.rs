//! A topic or a remark may say that a lesson or a lecture was another's: 听王丽老师公开课, 授课人：王丽, 角色 听课.

use std::sync::Arc;

use super::given::either;
use crate::dictionary::{Dictionary, FieldId, Given, PartInLesson, Table, normalise, with_hints};
use crate::intake::cell::clean;
use crate::intake::issues::IssueLog;
use crate::intake::row::columns::{KnownRow, TextNotes};
use crate::intake::row::record::ParsedRow;
use crate::intake::sheet::{Layout, UnusedColumn, leaf};
use crate::model::{Cell, IssueKind, Value};

/// A longer text tells of more than whose it was.
const LONGEST: usize = 60;

/// Where the rows of a sheet may say whose lessons they are.
pub(in crate::intake::row) struct ToldLessons<'d> {
    given: &'d Given,
    /// The columns of topics and remarks, and those that are not recognised, each with what its texts were found to say.
    columns: Vec<(u32, TextNotes<bool>)>,
    /// The columns of what those on the row did, each with its header and whether its texts were found to say that they taught.
    roles: Vec<(u32, String, TextNotes<bool>)>,
    /// The column of who is on the row, with its header, where that only says that they were there.
    attendants: Option<(u32, String)>,
    name: FieldId,
    own: &'d str,
    dictionary: &'d Dictionary,
}

impl<'d> ToldLessons<'d> {
    pub(in crate::intake::row) fn of(
        layout: &Layout,
        table: &'d Table,
        dictionary: &'d Dictionary,
    ) -> Option<ToldLessons<'d>> {
        let given = table.given.as_ref()?;
        let topic = table.roles.topic.and_then(|topic| layout.column(topic));
        let unknown = layout.unused.iter().filter(|unused| !unused.is_useless).map(|unused| unused.column);
        let remarks = layout.remark_columns().map(|(column, _)| *column);
        let all = topic.into_iter().chain(remarks).chain(unknown);
        let columns: Vec<_> = all.map(|column| (column, TextNotes::new())).collect();
        let (own, name) = (&table.field(given.field).header, table.roles.name?);
        let names = layout.column(name).map(|column| (column, layout.header(column)));
        let were_there =
            |header: &str| given.attendants.iter().any(|word| normalise(leaf(header)).contains(word.as_str()));
        let attendants = names.filter(|(_, header)| were_there(header));
        let attendants = attendants.map(|(column, header)| (column, header.to_string()));
        let role = |unused: &UnusedColumn| {
            let is_role = dictionary.remarks.organisers.is_role(&normalise(leaf(&unused.header)));
            is_role.then(|| (unused.column, unused.header.clone(), TextNotes::new()))
        };
        let roles: Vec<_> = layout.unused.iter().filter_map(role).collect();
        let says = !columns.is_empty() || !roles.is_empty() || attendants.is_some();
        says.then_some(ToldLessons { given, columns, roles, attendants, name, own, dictionary })
    }

    /// Takes what the texts of a row say; false where whose it was cannot be told then. Brackets behind its names may have said who gave
    /// it.
    pub(in crate::intake::row) fn settle(
        &mut self,
        row: KnownRow<'_>,
        is_told: bool,
        parsed: &mut ParsedRow,
        log: &mut IssueLog,
    ) -> bool {
        let Given { field, word, otherwise, lessons, spoken, .. } = self.given;
        let Cell::Is(Value::Word(kind)) = *parsed.cell(*field) else { return true };
        if kind == *word {
            return self.settle_role(row, parsed, log);
        }
        let (is_lesson, is_spoken) = (lessons.contains(&kind), spoken.contains(&kind));
        if !is_lesson && !is_spoken {
            return true;
        }
        let Some((column, text, message)) = self.doubt(row, is_told, parsed) else { return true };
        let other = if is_lesson { *word } else { *otherwise };
        parsed.cells[field.index()] = Cell::Is(Value::Words(either(&[kind, other])));
        log.report(parsed.at.cell(column), IssueKind::DisagreeingCells, text.trim(), message);
        false
    }

    /// Leaves it open whether a lesson was observed by whom a row says to have taught it; false then.
    fn settle_role(&mut self, row: KnownRow<'_>, parsed: &mut ParsedRow, log: &mut IssueLog) -> bool {
        let (Given { field, word, otherwise, .. }, remarks) = (self.given, &self.dictionary.remarks);
        let found = self.roles.iter_mut().find_map(|(column, header, seen)| {
            let (text, place) = row.text(*column)?;
            let taught = || remarks.part_in_lesson(&clean(text)) == Some(PartInLesson::Gave);
            seen.of(text, place, taught).then(|| (*column, header.as_str(), clean(text).into_owned()))
        });
        let Some((column, header, text)) = found else { return true };
        parsed.cells[field.index()] = Cell::Is(Value::Words(either(&[*word, *otherwise])));
        let message = format!(
            "“{header}”写的不像是去听课，“{}”按“可能是听课，也可能不是”处理；去听课的请改正“{header}”，本人上的课请把“{}”写成公开课一类",
            self.own, self.own
        );
        log.report(parsed.at.cell(column), IssueKind::DisagreeingCells, text.trim(), message);
        false
    }

    /// Where a row leaves it open whose it was, with what is to be said of it.
    fn doubt(&mut self, row: KnownRow<'_>, is_told: bool, parsed: &ParsedRow) -> Option<(u32, String, String)> {
        let names: &[_] = if let Cell::Is(Value::Texts(names)) = parsed.cell(self.name) { names } else { &[] };
        let (dictionary, own) = (self.dictionary, self.own);
        let mut names_all = false;
        let found = self.columns.iter_mut().find_map(|(column, seen)| {
            let (text, place) = row.text(*column)?;
            let is_anothers = *seen.of(text, place, || is_anothers(text, dictionary));
            let is_asked = is_anothers || self.attendants.is_some();
            let named = |name: &Arc<str>| is_asked && is_named_as_own(name, text, dictionary);
            names_all |= !names.is_empty() && names.iter().all(named);
            (is_anothers && !names.iter().any(named)).then(|| (*column, clean(text).into_owned()))
        });
        if let Some((column, text)) = found {
            let message = format!(
                "这里写的像是别人的课、别人的讲座，或者本人是去听、去组织的，“{own}”按“可能是本人的，也可能不是”处理；本人的请在这里写明本人姓名，去听课的请把“{own}”写成“听评课”"
            );
            return Some((column, text, message));
        }
        let (column, header) = self.attendants.as_ref().filter(|_| !names_all && !is_told)?;
        let message = format!(
            "“{header}”写的是到场的人，课是谁上的、讲座是谁讲的不能断定，“{own}”按“可能是本人的，也可能是去听的”处理；请加一列“授课人”“主讲人”，写明是谁"
        );
        Some((*column, row.text(*column).map(|(text, _)| clean(text).into_owned()).unwrap_or_default(), message))
    }
}

/// Whether a text names somebody, and not for another part in the lesson: 王丽执教，张三指导.
fn is_named_as_own(name: &str, text: &str, dictionary: &Dictionary) -> bool {
    let normal = with_hints(text);
    let Some((_, behind)) = normal.split_once(name) else { return false };
    let part = behind.split(['、', ',', ';', '。', ' ', ')']).next().unwrap_or_default();
    part.is_empty() || dictionary.remarks.part_in_lesson(part) != Some(PartInLesson::Other)
}

/// Whether a text says so of whoever it does not name.
fn is_anothers(text: &str, dictionary: &Dictionary) -> bool {
    text.chars().nth(LONGEST).is_none() && dictionary.remarks.is_anothers(&clean(text), &dictionary.people)
}
