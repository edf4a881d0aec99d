//! What a roster says beside its own columns that somebody came to: a column 2023年培训学时, a remark 全年共120学时.

use rust_decimal::Decimal;
use sheets::Raw;

use super::column::{RemarkColumn, leaf};
use crate::dictionary::{Dictionary, Field, FieldId, TableId, with_hints};
use crate::intake::row::kinds::names_second_term;
use crate::intake::row::notes::{RowNotes, ToldAmount};
use crate::intake::sheet::{months, years_of};

/// Takes the amounts of ledgers that a cell of a roster tells into the notes of its row.
pub(super) fn hear(column: &RemarkColumn, raw: &Raw<'_>, dictionary: &Dictionary, notes: &mut RowNotes) {
    let told = amounts(column, raw, dictionary);
    if !told.is_empty() {
        notes.beside.get_or_insert_default().told.extend(told);
    }
}

/// The amounts of ledgers that a cell of a roster tells, by its header or in its text.
fn amounts(column: &RemarkColumn, raw: &Raw<'_>, dictionary: &Dictionary) -> Vec<ToldAmount> {
    let header = leaf(&column.shown);
    let by_header = || {
        let (table, field, _) = told_fields(dictionary).find(|(.., field)| field.is_told(&header))?;
        Some(amount(column, &header, (table, field), written(raw)?, dictionary))
    };
    if dictionary.remarks.parts.is_not_told(&header) {
        return Vec::new();
    }
    let Raw::Text(text) = raw else { return by_header().into_iter().collect() };
    let normal = with_hints(text);
    if dictionary.remarks.parts.is_not_told(&normal) {
        return Vec::new();
    }
    let in_text =
        told_fields(dictionary).filter(|(.., field)| field.is_told(&normal)).filter_map(|(table, id, field)| {
            let told = field.told_units.iter().flat_map(|unit| normal.match_indices(unit.as_str()));
            let most = told.filter_map(|(at, _)| number_before(&normal[..at])).max()?;
            Some(amount(column, &normal, (table, id), most, dictionary))
        });
    by_header().into_iter().chain(in_text).collect()
}

fn told_fields(dictionary: &Dictionary) -> impl Iterator<Item = (TableId, FieldId, &Field)> {
    let tables = (0..).map(TableId).zip(&dictionary.tables);
    let fields = tables.flat_map(|(id, table)| (0..).map(FieldId).zip(&table.fields).map(move |of| (id, of.0, of.1)));
    fields.filter(|(.., field)| !field.told_units.is_empty())
}

fn amount(
    column: &RemarkColumn,
    said: &str,
    (table, field): (TableId, FieldId),
    amount: Decimal,
    dictionary: &Dictionary,
) -> ToldAmount {
    let year = years_of(said).filter(|(first, last)| first.year() == last.year()).map(|(first, _)| first.year());
    let is_of_part = months(said).is_some() || dictionary.remarks.parts.is_told_of_part(said);
    let header = column.shown.as_str().into();
    let (is_whole, term) = (year.is_some() && !is_of_part, names_second_term(said));
    ToldAmount { table, field, amount, year, is_whole, term, column: column.place, header }
}

/// A number, and a text of nothing else but its unit.
fn written(raw: &Raw<'_>) -> Option<Decimal> {
    match raw {
        Raw::Number(number) => Decimal::try_from(*number).ok(),
        Raw::Text(text) => {
            let text = text.trim();
            let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
            text[..end].parse().ok().filter(|_| text[end..].chars().all(char::is_alphabetic))
        }
        Raw::Date(_) | Raw::Flag(_) | Raw::Error | Raw::NoValue => None,
    }
}

/// The number that stands at the end of a text.
fn number_before(text: &str) -> Option<Decimal> {
    let from = text.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.').len();
    text[from..].parse().ok()
}
