//! Lists of a table which are only for a part of it, as their names say: they prove nothing of the rest. A table that looks back
//! may be listed by year or by school, another by the words of its rows: 小学教研员花名册. A list of how things stood in another year
//! says nothing of who came or went.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;

use super::lists::{ListDoubts, is_of_another_year};
use super::named::names;
use super::remits::{institutions, without_offices};
use super::some::is_of_some;
use crate::dictionary::{FieldId, FieldKind, Table, TableId, normalise};
use crate::intake::{Record, Registry, kept_until, made_on, month, months, years_of};
use crate::model::{Cell, WordId};

/// The tables of which there are only such lists, with their sheets. `time` is the first and the last day of the audit, and
/// `doubted` are the lists that tell of another time.
pub(in crate::evaluate) fn extracts(
    registry: &Registry<'_>,
    held: &HashMap<TableId, Vec<Record>>,
    time: (Date, Date),
    doubted: &ListDoubts,
) -> BTreeMap<TableId, Vec<u32>> {
    let mut found = BTreeMap::new();
    for (id, records) in held {
        let table = registry.dictionary.table(*id);
        let looks_back = !table.at_one_time && table.roles.date.is_none() && table.roles.start.is_some();
        if !looks_back && !table.at_one_time {
            continue;
        }
        let sheets: BTreeSet<u32> = records.iter().map(|record| record.row.at.sheet).collect();
        let rows = |sheet: u32| records.iter().filter(|record| record.row.at.sheet == sheet).collect::<Vec<_>>();
        let is_extract = |sheet: &u32| {
            let (own, names) = (rows(*sheet), names(registry, *sheet));
            names.iter().any(|name| is_of_years(name, &own, table) || is_of_school(name, &own, table))
        };
        let is_part = || {
            let parts: BTreeSet<_> = sheets.iter().map(|sheet| part(registry, *sheet, &rows(*sheet), table)).collect();
            // Lists that are named for different words are the whole together.
            parts.len() == 1 && !parts.contains(&None)
        };
        let is_extract = |sheets: &BTreeSet<u32>| match looks_back {
            true => sheets.iter().all(is_extract),
            false => {
                let is_other = |sheet: &u32| doubted.has(*sheet) || is_of_another_year(registry, *sheet, time);
                sheets.iter().all(is_other)
                    || is_part()
                    || is_of_some(registry, *id, sheets)
                    || all_to_come(records, table, time.1)
            }
        };
        if !sheets.is_empty() && is_extract(&sheets) {
            found.insert(*id, sheets.into_iter().collect());
        }
    }
    found
}

/// The months for which the sheets of a table are named.
#[derive(Debug, Default)]
pub(in crate::evaluate) struct NamedMonths {
    pub months: BTreeSet<u8>,
    /// Whether one of them is named for a span: 上半年, and not 7月, which may also be when it was made.
    pub has_span: bool,
}

/// The tables of which all sheets are named for some months, and not for all of a year together, with these.
pub(in crate::evaluate) fn of_months(registry: &Registry<'_>) -> BTreeMap<TableId, NamedMonths> {
    let mut named: BTreeMap<TableId, Option<NamedMonths>> = BTreeMap::new();
    for (sheet, layout) in (0..).zip(&registry.layouts) {
        let Some(table) = layout.as_ref().map(|layout| layout.table) else { continue };
        let names = names(registry, sheet);
        let span = names.iter().find_map(|name| months(name));
        let own = span.or_else(|| names.iter().find_map(|name| month(name)).map(|only| (only, only)));
        let of = named.entry(table).or_insert_with(|| Some(NamedMonths::default()));
        *of = of.take().zip(own).map(|(mut of, (first, last))| {
            of.months.extend(first..=last);
            of.has_span |= span.is_some();
            of
        });
    }
    let partial =
        |(table, named): (TableId, Option<NamedMonths>)| Some((table, named.filter(|of| of.months.len() < 12)?));
    named.into_iter().filter_map(partial).collect()
}

/// The day until which the ledgers of each table were kept, where all of them say one on the as-of day: by their names, or `beside`
/// their rows.
pub(in crate::evaluate) fn kept_by_table<'t>(
    registry: &Registry<'_>,
    as_of: Date,
    beside: impl Fn(u32) -> Vec<&'t str>,
) -> BTreeMap<TableId, Date> {
    let made = &registry.dictionary.sheet_words.made;
    let said = |name: &str| kept_until(name, made, as_of);
    let mut kept: BTreeMap<TableId, Option<Date>> = BTreeMap::new();
    for (sheet, layout) in (0..).zip(&registry.layouts) {
        let Some(table) = layout.as_ref().map(|layout| layout.table) else { continue };
        let own = names(registry, sheet).iter().find_map(|name| said(name));
        // When a file was made is of all that is in it.
        let file = || registry.sheets.get(sheet).and_then(|name| made_on(name.file(), made));
        let last = own.or_else(file).or_else(|| beside(sheet).into_iter().find_map(|text| made_on(text, made)));
        kept.entry(table).and_modify(|of| *of = of.zip(last).map(|(of, last)| of.max(last))).or_insert(last);
    }
    kept.into_iter().filter_map(|(table, last)| Some((table, last?))).collect()
}

/// Whether all rows of a list begin behind a day: it is the next one.
fn all_to_come(records: &[Record], table: &Table, day: Date) -> bool {
    let start = |record: &Record| table.roles.start.and_then(|field| record.row.cell(field).date());
    records.iter().all(|record| start(record).is_some_and(|start| day < start.first))
}

/// The only word of a field that a sheet is named for, if all of its rows have it.
fn part(registry: &Registry<'_>, sheet: u32, rows: &[&Record], table: &Table) -> Option<(FieldId, WordId)> {
    let (dictionary, institutions) = (registry.dictionary, institutions(registry));
    let said = |name: String| {
        let name = without_offices(&name, dictionary, &institutions);
        table.divided.iter().find_map(|field| {
            let [only] = dictionary.words_of(table.field(*field))?.said_in(&name)[..] else { return None };
            let has = |row: &&Record| row.row.cell(*field).words().is_none_or(|words| words.contains(&only));
            rows.iter().all(has).then_some((*field, only))
        })
    };
    let folders = registry.sheets.folders(sheet).into_iter().map(String::from);
    names(registry, sheet).into_iter().chain(folders).find_map(said)
}

/// Whether a name says years in which all rows lie: a day is when a list was made.
fn is_of_years(name: &str, rows: &[&Record], table: &Table) -> bool {
    let Some((first, last)) = years_of(name).filter(|_| name.contains('年')) else { return false };
    let touches = |row: &&Record| {
        let cell = |field: Option<_>| field.map_or(&Cell::Unreadable, |field| row.row.cell(field));
        let start = cell(table.roles.start).date().map_or(Date::MIN, |start| start.first);
        let end = cell(table.roles.end).date().map_or(Date::MAX, |end| end.last);
        start <= last && first <= end
    };
    rows.iter().all(touches)
}

/// Whether a name says the only school of the rows.
fn is_of_school(name: &str, rows: &[&Record], table: &Table) -> bool {
    let Some(field) = table.field_of_kind(FieldKind::School) else { return false };
    let schools: BTreeSet<String> =
        rows.iter().map(|row| row.row.cell(field).text().map(|text| normalise(text)).unwrap_or_default()).collect();
    let mut schools = schools.into_iter();
    match (schools.next(), schools.next()) {
        (Some(only), None) => only.chars().count() > 1 && normalise(name).contains(only.as_str()),
        (_, _) => false,
    }
}
