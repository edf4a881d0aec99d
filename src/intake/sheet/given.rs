//! Sheets all rows of which have one word, whatever their own column of the field says: a ledger of lessons observed.

use super::header::{HeaderBlock, HeaderCell};
use super::matching::KnownHeaders;
use super::probe::Probe;
use crate::dictionary::{FieldId, NamedPart, Table, normalise};
use crate::model::WordId;

/// What the names of a sheet say of all of its rows.
#[derive(Default)]
pub(super) struct NamedRows {
    /// The word that all rows have, whatever a column of the field says.
    pub given: Option<(FieldId, WordId)>,
    /// The words of which each row has one, where no column says which.
    pub one_of: Option<(FieldId, Vec<WordId>)>,
}

impl NamedRows {
    /// Of a sheet that its names hint at being a table; one that says nothing has rows of any words.
    pub(super) fn of(
        table: &Table,
        names: (&str, Option<&str>),
        titles: &[(u32, String)],
        (block, is_hinted): (&HeaderBlock, bool),
    ) -> NamedRows {
        let one_of = if is_hinted { part(table, names, titles, block) } else { None };
        NamedRows { given: given(table, names, titles, block), one_of }
    }

    /// The field that they say.
    pub(super) fn field(&self) -> Option<FieldId> {
        self.given.map(|(field, _)| field).or(self.one_of.as_ref().map(|(field, _)| *field))
    }
}

/// The word that all rows of a sheet have: by its name or a title of it, by its columns, or by the name of its file, if that is
/// all that says what it is.
fn given(
    table: &Table,
    (sheet, file): (&str, Option<&str>),
    titles: &[(u32, String)],
    block: &HeaderBlock,
) -> Option<(FieldId, WordId)> {
    let given = table.given.as_ref()?;
    let above = titles.iter().filter(|(row, _)| *row < block.top).map(|(_, title)| title.as_str());
    let own = normalise(sheet);
    let file = file.filter(|_| !given.besides.iter().any(|word| own.contains(word.as_str())));
    let by_name = std::iter::once(sheet)
        .chain(file)
        .chain(above)
        .map(normalise)
        .any(|name| given.sheets.iter().any(|of| name.contains(of.as_str())));
    let by_columns = !given.columns.is_empty() && given.columns.iter().all(|headers| column(block, headers).is_some());
    (by_name || by_columns).then_some((given.field, given.word))
}

/// The words of which each row of a sheet has one that has no column for them: by the first of its names that says any.
fn part(
    table: &Table,
    (sheet, file): (&str, Option<&str>),
    titles: &[(u32, String)],
    block: &HeaderBlock,
) -> Option<(FieldId, Vec<WordId>)> {
    let above = titles.iter().filter(|(row, _)| *row < block.top).map(|(_, title)| title.as_str());
    let mut names = std::iter::once(sheet).chain(above).chain(file).map(normalise);
    let is_of = |part: &&NamedPart, name: &str| part.names.iter().any(|of| name.contains(of.as_str()));
    let part = names.find_map(|name| table.parts.iter().find(|part| is_of(part, &name)))?;
    part.says.then(|| (part.field, part.words.clone()))
}

/// Whether the first rows below a header say of themselves that they are neither the given word nor the lessons that it may be
/// of: 下校指导 in a ledger of lessons observed. Its column tells of the rows then, and not of the lessons that were seen.
pub(super) fn contradicts(
    table: &Table,
    (header, column): (u32, u32),
    probe: &Probe,
    headers: &KnownHeaders<'_>,
) -> bool {
    let Some(given) = &table.given else { return false };
    let Some(list) = headers.dictionary.words_of(table.field(given.field)) else { return false };
    let below = probe.rows.iter().filter(|row| row.number > header).flat_map(|row| &row.own);
    let mut words = below.filter(|(at, _)| *at == column).filter_map(|(_, level)| list.one(&level.text));
    words.any(|word| word != given.word && !given.lessons.contains(&word))
}

/// The column of who gave a lesson or a lecture, beside that of who is on the row.
pub(super) fn giver(table: &Table, block: &HeaderBlock) -> Option<u32> {
    let given = table.given.as_ref()?;
    let givers = given.columns.get(1).and_then(|givers| column(block, givers));
    givers.or_else(|| column(block, &given.speakers))
}

/// Whether a column is of who gave lessons or lectures, so that it is none of those who are on the rows.
pub(super) fn is_giver(table: &Table, cell: &HeaderCell) -> bool {
    let Some(given) = table.given.as_ref() else { return false };
    is_under(cell, &given.speakers) || given.columns.get(1).is_some_and(|givers| is_under(cell, givers))
}

/// The column under one of some headers.
fn column(block: &HeaderBlock, headers: &[String]) -> Option<u32> {
    block.cells.iter().find(|cell| is_under(cell, headers)).map(|cell| cell.column)
}

/// 授课教师, 授课教师姓名.
fn is_under(cell: &HeaderCell, headers: &[String]) -> bool {
    let normal = cell.leaf().normal.as_str();
    let bare = normal.strip_suffix("姓名").unwrap_or(normal);
    headers.iter().any(|header| header == normal || header == bare)
}
