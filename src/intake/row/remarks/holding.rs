//! Which columns of a sheet may remark on their rows, and what stands in each.

use super::column::{Holds, RemarkColumn, leaf};
use super::times::{self, held_by};
use crate::dictionary::{Dictionary, Field, FieldId, FieldKind, HeldBy, RowsAre, Table, TableId};
use crate::intake::sheet::{Layout, UnusedColumn};
use crate::model::WordId;

/// The columns that may remark on rows which are `rows`; `is_of_visits` where some of them tell of what takes place in a school.
pub(super) fn columns(
    layout: &Layout,
    (id, table): (TableId, &Table),
    (rows, is_of_visits): (RowsAre, bool),
    dictionary: &Dictionary,
) -> Vec<RemarkColumn> {
    // Those who are at a school are its teachers, or do other work there.
    let of_teachers = rows == RowsAre::Things && table.field_of_kind(FieldKind::School).is_some();
    let is_of_people = rows == RowsAre::People || (of_teachers && id != dictionary.schema.schools.table);
    let is_post = |shown: &str| is_of_people && dictionary.remarks.is_post_header(&leaf(shown), of_teachers);
    // The first batch of a list is all of it where there is no other.
    let is_first_batch = |column: u32| layout.used.first_batch.contains(&column);
    let unknown = layout.unused.iter().filter_map(|unused| {
        let holds = held_by(unused, table, dictionary).filter(|_| !is_first_batch(unused.column)).map(Holds::Time);
        let holds = holds.or_else(|| unread(unused, rows, is_of_visits, dictionary, &is_post));
        let holds = holds.or_else(|| times::begins(unused, table, dictionary).then_some(Holds::Time(HeldBy::Begin)))?;
        let begins = times::begins(unused, table, dictionary);
        let column = RemarkColumn::new(unused.column, &unused.header, holds);
        Some(if begins { column.beginning() } else { column })
    });
    let read = layout.read.iter().filter_map(|(place, shown)| {
        let holds = of_field(layout.field(*place)?, table, (rows, is_of_visits), is_post(shown))?;
        Some(RemarkColumn::new(*place, shown, holds))
    });
    let known = layout.remark_columns().map(|(place, shown)| {
        let is_timed = table.at_one_time && !is_first_batch(*place);
        let by = dictionary.remarks.parts.held_by(&leaf(shown)).filter(|_| is_timed);
        let is_coded = layout.used.coded.contains(place);
        RemarkColumn::new(*place, shown, by.map_or(Holds::Remarks, Holds::Time)).with_progress(is_coded, dictionary)
    });
    known.chain(unknown).chain(read).collect()
}

/// What may stand in the column of a field beside what is read of it. `None` if nothing does.
fn of_field(id: FieldId, table: &Table, (rows, is_of_visits): (RowsAre, bool), is_post: bool) -> Option<Holds> {
    let field = table.field(id);
    let is_topic = table.roles.topic == Some(id);
    let is_told = !table.speakers.is_empty() || is_of_visits;
    let is_people = field.kind == FieldKind::People;
    match () {
        () if (is_of_visits || table.in_schools) && field.kind == FieldKind::School => Some(Holds::School),
        () if is_post => Some(Holds::Post),
        () if rows == RowsAre::People && field.kind == FieldKind::Flag && !field.excuses => Some(Holds::Flag),
        // Who is at a school to learn teaches nobody there.
        () if table.in_schools && matches!(field.kind, FieldKind::Word(_)) => Some(Holds::Role),
        () if is_of_visits && table.roles.days.is_some() && table.roles.date == Some(id) => Some(Holds::Day),
        () if is_told && is_topic => Some(Holds::Topic),
        () if table.roles.name == Some(id) && (rows != RowsAre::Events || is_people) => Some(Holds::Name),
        () => (!table.speakers.is_empty() && !is_topic && field.kind == FieldKind::Text).then_some(Holds::Kind),
    }
}

/// What stands in a column that is not read. `None` if it is no remark.
fn unread(
    unused: &UnusedColumn,
    rows: RowsAre,
    is_of_visits: bool,
    dictionary: &Dictionary,
    is_post: &impl Fn(&str) -> bool,
) -> Option<Holds> {
    let (header, remarks) = (leaf(&unused.header), &dictionary.remarks);
    match () {
        () if is_of_visits && remarks.is_place_header(&header) => Some(Holds::School),
        () if rows == RowsAre::Events && remarks.organisers.is_role(&header) => Some(Holds::Role),
        () if is_post(&unused.header) => Some(Holds::Post),
        () if rows == RowsAre::States && remarks.parts.is_header(&header) => Some(Holds::Part),
        () if rows == RowsAre::Events && remarks.attendance.asks_why(&header) => Some(Holds::Part),
        () => (!unused.is_useless && rows != RowsAre::Things).then_some(Holds::Unknown),
    }
}

/// The field of a table that says what a row is, and those of its words for which one goes to a school.
pub(super) fn on_site(table: &Table, dictionary: &Dictionary) -> Option<(FieldId, Vec<WordId>)> {
    let of = |(id, field): (FieldId, &Field)| {
        let list = dictionary.words_of(field).filter(|_| field.required)?;
        let words: Vec<WordId> = dictionary.remarks.on_site().iter().filter_map(|word| list.one(word)).collect();
        (!words.is_empty()).then_some((id, words))
    };
    (0..).map(FieldId).zip(&table.fields).find_map(of)
}
