//! An item of 年度数据 that is not known and may be a count of what stands in a ledger: 市级课题 2.

use rust_decimal::Decimal;
use sheets::{Raw, Row};

use crate::dictionary::{Dictionary, TableId, normalise};
use crate::intake::cell::clean;
use crate::intake::row::notes::CountedEvents;
use crate::intake::row::record::ParsedRow;
use crate::intake::sheet::Layout;
use crate::model::Cell;

/// Takes it into the notes of its row.
pub(super) fn tell(row: Row<'_>, layout: &Layout, parsed: &mut ParsedRow, dictionary: &Dictionary) {
    let figures = dictionary.schema.figures;
    let is_unknown = *parsed.cell(figures.item) == Cell::Unreadable;
    let Some(column) = layout.column(figures.item).filter(|_| is_unknown) else { return };
    let count = parsed.cell(figures.value).number().filter(|count| *count > Decimal::ZERO);
    let (Some(Raw::Text(item)), Some(count)) = (row.value(column), count) else { return };
    let item = clean(item);
    let normal = normalise(&item);
    for (table, of) in (0..).map(TableId).zip(&dictionary.tables) {
        let is_named = |names: &[String]| names.iter().any(|name| normal.contains(name.as_str()));
        let Some(part) = of.parts.iter().find(|part| is_named(&part.names) && !part.words.is_empty()) else { continue };
        let words = part.words.as_slice().into();
        let told = CountedEvents { table, field: part.field, words, count, column, item: item.trim().into() };
        parsed.notes.beside.get_or_insert_default().events.push(told);
    }
}
