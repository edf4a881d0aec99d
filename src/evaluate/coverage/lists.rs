//! Lists of how things stand that are named for another time, or for what is only proposed: who is in one of them need not be there in
//! the audited time.

use std::collections::{BTreeSet, HashMap};

use jiff::civil::Date;

use super::named::names;
use crate::dictionary::TableId;
use crate::intake::{Record, RecordDoubt, Registry, names_second_term, years_of};
use crate::model::RowRef;

/// The sheets that are such lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::evaluate) struct ListDoubts {
    sheets: BTreeSet<u32>,
}

impl ListDoubts {
    /// `time` is the first and the last day of the audit.
    pub(in crate::evaluate) fn of(registry: &Registry<'_>, time: (Date, Date)) -> ListDoubts {
        let layouts = (0..).zip(&registry.layouts).filter_map(|(sheet, layout)| Some((sheet, layout.as_ref()?.table)));
        let is_doubted = |(sheet, table): &(u32, TableId)| {
            registry.dictionary.table(*table).at_one_time && is_doubtful(registry, *sheet, *table, time)
        };
        ListDoubts { sheets: layouts.filter(is_doubted).map(|(sheet, _)| sheet).collect() }
    }

    pub(in crate::evaluate) fn has(&self, sheet: u32) -> bool {
        self.sheets.contains(&sheet)
    }

    /// Whether all rows of one stand in such lists, and where the first of them does.
    pub(in crate::evaluate) fn of_rows(&self, rows: &[RowRef]) -> Option<RowRef> {
        let are_all = !self.sheets.is_empty() && rows.iter().all(|row| self.has(row.sheet));
        rows.first().copied().filter(|_| are_all)
    }

    /// Makes possible what only such lists say. Institutions are there all the same.
    pub(in crate::evaluate) fn mark(&self, registry: &Registry<'_>, held: &mut HashMap<TableId, Vec<Record>>) {
        let schema = &registry.dictionary.schema;
        if self.sheets.is_empty() {
            return;
        }
        for (id, records) in held.iter_mut().filter(|(id, _)| **id != schema.institutions.table) {
            for (place, record) in records.iter_mut().enumerate() {
                // A person may have rows in several lists.
                let person = registry.staff.get(place).filter(|_| *id == schema.staff.table);
                let rows = person.map_or(std::slice::from_ref(&record.row.at), |person| &person.rows);
                if self.of_rows(rows).is_some() {
                    record.doubt.get_or_insert(RecordDoubt::OldList);
                }
            }
        }
    }
}

fn is_doubtful(registry: &Registry<'_>, sheet: u32, table: TableId, time: (Date, Date)) -> bool {
    let (dictionary, names) = (registry.dictionary, names(registry, sheet));
    let schema = &dictionary.schema;
    let is_roster = table == schema.staff.table;
    let is_of_terms = !is_roster && table != schema.institutions.table && table != schema.schools.table;
    // A title of something else is an instruction: 推荐用电脑填写.
    let of = dictionary.table(table);
    let is_named = |name: &str| std::iter::once(&of.sheet).chain(&of.also).any(|own| name.contains(own.as_str()));
    let layout = registry.layouts.get(sheet as usize).and_then(Option::as_ref);
    let is_title = |name: &String| layout.is_some_and(|layout| layout.titles.contains(name));
    let is_list = |name: &String| !is_title(name) || is_named(name) || dictionary.sheet_words.gaps.names_list(name);
    let said = names.iter().find_map(|name| years_said(name));
    // A school year that ended before the audit day says nothing of it; a list of the year in which the audit began may be meant for it.
    let has_ended = |(first, last): (Date, Date)| last < time.0 || (last < time.1 && first.month() != 1);
    // Who is in a roster of the year behind the audited one was there before.
    let is_other = said.is_some_and(|said| has_ended(said) || (said.0 > time.1 && !is_roster));
    is_other
        || names.iter().any(|name| is_list(name) && dictionary.sheet_words.is_of_no_time(name))
        || (is_of_terms && is_of_another_term(&names, time.1))
}

/// Whether a list of how things stand is named for a time outside of that of the audit.
pub(super) fn is_of_another_year(registry: &Registry<'_>, sheet: u32, time: (Date, Date)) -> bool {
    let said = names(registry, sheet).iter().find_map(|name| years_said(name));
    said.is_some_and(|(first, last)| last < time.0 || first > time.1)
}

/// The first and the last day of the years that a name says, and not of those of its form: 花名册（2020年版）.
fn years_said(name: &str) -> Option<(Date, Date)> {
    years_of(name).filter(|_| !name.contains("年版") && !name.contains("版）") && !name.contains("版)"))
}

/// Whether a list of how things stand is named for the term, or the half of the year, in which a day does not lie: that of autumn
/// lasts until January.
fn is_of_another_term(names: &[String], day: Date) -> bool {
    let is_spring = (2..=8).contains(&day.month());
    let is_in_spring = |name: &String| match (name.contains("上半年"), name.contains("下半年")) {
        (false, false) => names_second_term(name),
        (is_first, is_second) => (is_first != is_second).then_some(is_first),
    };
    names.iter().find_map(is_in_spring).is_some_and(|is_second| is_second != is_spring)
}
