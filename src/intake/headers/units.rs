//! The units that stand below a header further down a sheet, as those of its columns.

use crate::dictionary::{Dictionary, FieldKind};
use crate::intake::sheet::{Layout, UnusedColumn, has_other_unit, with_unit};

/// How the rows below some units are read, each with its column. `None` if they say nothing new.
pub(super) fn with_units(layout: &Layout, units: &[(u32, String)], dictionary: &Dictionary) -> Option<Layout> {
    let table = dictionary.table(layout.table);
    let (mut changed, mut is_new) = (layout.clone(), false);
    for (column, unit) in units {
        let Some(field) = layout.field(*column) else { continue };
        let Some(last) = changed.headers.get_mut(column).and_then(|levels| levels.last_mut()) else { continue };
        let before = last.clone();
        *last = with_unit(&before, unit);
        let header = last.clone();
        match table.field(field).kind {
            // What the amounts below it are is read from the header.
            FieldKind::Figure => is_new |= header != before,
            FieldKind::Number if has_other_unit(table.field(field), &format!("({unit})"), &dictionary.cells) => {
                is_new = true;
                changed.columns[field.index()] = None;
                changed.may_be.push(field);
                changed.read.retain(|(at, _)| at != column);
                let near = vec![table.field(field).header.clone()];
                changed.unused.push(UnusedColumn { column: *column, header, is_useless: false, near, rival: None });
            }
            FieldKind::Text
            | FieldKind::Texts
            | FieldKind::Code
            | FieldKind::Person
            | FieldKind::People
            | FieldKind::Year
            | FieldKind::Flag
            | FieldKind::School
            | FieldKind::Institution
            | FieldKind::Identity
            | FieldKind::Date
            | FieldKind::Number
            | FieldKind::Word(_)
            | FieldKind::Words(_) => {}
        }
    }
    is_new.then_some(changed)
}
