//! Blocks of a sheet in which no column names anybody, each below a title that calls whose it is: 教研员：林秀英.

use std::sync::Arc;

use sheets::Row;

use super::titles::only_text;
use crate::dictionary::{FieldKind, Table, spelt};
use crate::intake::sheet::{Layout, SheetOwner};
use crate::model::Cell;

/// Takes whose the rows below a title are which calls people of the roster; whether a row is one. `empty` are the cells of a row
/// without any, and `kind` tells what a column is read as, `None` if it is not read.
pub(in crate::intake::row) fn take_owner(
    row: Row<'_>,
    (layout, table): (&mut Layout, &Table),
    empty: &mut [Cell],
    kind: impl Fn(u32) -> Option<FieldKind>,
) -> bool {
    let Some((owner, names)) = layout.owner.as_deref_mut().zip(table.field_of_kind(FieldKind::People)) else {
        return false;
    };
    let called = called(row, owner, kind);
    if let [only] = called.as_slice() {
        owner.name = only.clone();
    }
    match called.len() {
        0 => return false,
        1 => empty[names.index()] = layout.without_cell(names, table.field(names)),
        _ => empty[names.index()] = Cell::Unreadable,
    }
    true
}

/// Whom a title between the rows of somebody's book calls. Empty if a row is none, or calls nobody.
fn called(row: Row<'_>, owner: &SheetOwner, kind: impl Fn(u32) -> Option<FieldKind>) -> Vec<Arc<str>> {
    // A text alone below a topic or a school goes on with the row above it.
    let is_title = |column: u32| matches!(kind(column), None | Some(FieldKind::Date));
    let Some((_, text)) = only_text(row).filter(|(column, _)| is_title(*column)) else { return Vec::new() };
    let text = spelt(text);
    let called: Vec<&Arc<str>> = owner.roster.iter().filter(|name| text.contains(&spelt(name))).collect();
    // 张三丰 holds 张三.
    let is_within = |name: &Arc<str>| called.iter().any(|other| **other != *name && other.contains(&**name));
    called.iter().filter(|name| !is_within(name)).map(|name| Arc::clone(name)).collect()
}
