//! Rows of one person, institution or school, one for each year: that of the audited year holds, and the others do not.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::dictionary::{Dictionary, FieldId, HeldBy, normalise};
use crate::intake::row::ParsedRow;
use crate::model::DateSpan;

/// Of each row, whether it is of another year than one of the same person, institution or school that is of the day on which the
/// audit looks back.
pub(super) fn superseded<'r>(
    rows: impl Iterator<Item = &'r ParsedRow>,
    as_of: Date,
    dictionary: &Dictionary,
) -> Vec<bool> {
    let is_of_day = |span: DateSpan| span.first <= as_of && as_of <= span.last;
    let told: Vec<Option<(String, bool)>> = rows
        .map(|row| {
            let held = row.notes.held.as_ref().filter(|held| held.by == HeldBy::Year)?;
            Some((key(row, dictionary)?, is_of_day(held.span)))
        })
        .collect();
    let mut current: HashMap<&str, bool> = HashMap::new();
    for (key, is_current) in told.iter().flatten() {
        *current.entry(key.as_str()).or_default() |= is_current;
    }
    let is_superseded = |(key, is_current): &(String, bool)| !is_current && current.get(key.as_str()) == Some(&true);
    told.iter().map(|told| told.as_ref().is_some_and(is_superseded)).collect()
}

/// Of whom or what a row is, by its table, its name and what tells namesakes apart. `None` for rows of other tables.
fn key(row: &ParsedRow, dictionary: &Dictionary) -> Option<String> {
    let schema = &dictionary.schema;
    let name = match row.table {
        table if table == schema.staff.table => schema.staff.name,
        table if table == schema.institutions.table => schema.institutions.name,
        table if table == schema.schools.table => dictionary.table(table).roles.name?,
        _ => return None,
    };
    let table = dictionary.table(row.table);
    let text = |field: FieldId| row.cell(field).text().map(|text| normalise(text));
    let county = table.field_named("county");
    let beside: Vec<String> = [table.roles.staff_id, table.roles.id_number, county]
        .into_iter()
        .flatten()
        .map(|field| text(field).unwrap_or_default())
        .collect();
    Some(format!("{} {} {}", row.table.0, text(name)?, beside.join(" ")))
}
