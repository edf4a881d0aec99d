//! Rows that name those who work with somebody in a column of their own: 研训员 and 协同人员 of a school are two rows, each
//! with its part.

use crate::dictionary::Table;
use crate::intake::row::ParsedRow;
use crate::model::{Cell, Value};

/// The rows that a row stands for: its own, and that of the partners whom it names.
pub(crate) fn parted(mut row: ParsedRow, table: &Table) -> Vec<ParsedRow> {
    let Some((partners, field)) = table.partners.as_ref().map(|partners| (partners, partners.field)) else {
        return vec![row];
    };
    let Some(name) = table.roles.name.filter(|_| !matches!(row.cell(field), Cell::Blank | Cell::Absent)) else {
        return vec![row];
    };
    let mut other = row.clone();
    let named = std::mem::replace(&mut other.cells[field.index()], Cell::Blank);
    other.notes.partner = true;
    other.cells[partners.role.index()] = Cell::Is(Value::Word(partners.theirs));
    // Whose 工号 or 身份证号 it is that of the first alone.
    for id in [table.roles.staff_id, table.roles.id_number].into_iter().flatten() {
        other.cells[id.index()] = Cell::Blank;
    }
    if let cell @ (Cell::Blank | Cell::Absent) = &mut row.cells[partners.role.index()] {
        *cell = Cell::Is(Value::Word(partners.own));
    }
    row.cells[field.index()] = Cell::Blank;
    // One row for each, so that strangers among them are people too.
    let one = |text: &std::sync::Arc<str>| Cell::Is(Value::Texts([text.clone()].into()));
    let each: Vec<Cell> =
        if let Cell::Is(Value::Texts(texts)) = &named { texts.iter().map(one).collect() } else { vec![named] };
    let partner = |cell| {
        let mut row = other.clone();
        row.cells[name.index()] = cell;
        row
    };
    let partners: Vec<ParsedRow> = each.into_iter().map(partner).collect();
    std::iter::once(row).chain(partners).collect()
}
