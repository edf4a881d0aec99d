//! The ledgers of a run, by table and institution.

use std::collections::BTreeSet;

use foldhash::HashMap;
use jiff::civil::Date;

use super::months::{LedgerMonths, month_of};
use super::spans::months_of;
use crate::dictionary::{FieldId, TableId};
use crate::intake::{Maybe, Record, Registry};
use crate::model::{Calendar, LedgerCoverage, Window, WordId};

/// The rows of the ledgers that time must have rows of.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    ledgers: HashMap<Ledger, Vec<(Part, LedgerMonths)>>,
    /// The owners whose books have rows of others too: they cover whoever is on them.
    shared: BTreeSet<(TableId, u32)>,
}

/// A table, and an institution; `None` for all institutions together.
type Ledger = (TableId, Option<u32>);

/// A sheet that holds a single kind of rows covers only that, and somebody's own book only them: their rows stand apart, by the
/// word of the field and by the owner.
type Part = (Option<(FieldId, WordId)>, Option<u32>);

/// The rows that a ledger is asked for.
#[derive(Clone, Copy)]
pub(in crate::evaluate) enum Rows<'w> {
    All,
    /// Those of one of some words of a field, if it is asked for any, in whose own book they would stand.
    Of(Option<(FieldId, &'w [WordId])>, Option<u32>),
}

impl Coverage {
    /// Takes up a row with a date that lies in one month.
    pub(in crate::evaluate) fn add(&mut self, record: &Record, registry: &Registry<'_>, owner: Option<u32>) {
        let table = registry.dictionary.table(record.row.table);
        let (Some(_), Some(field)) = (table.dense, table.roles.date) else { return };
        let Some(span) = record.row.cell(field).date().filter(|span| month_of(span.first) == month_of(span.last))
        else {
            return;
        };
        let layout = registry.layouts.get(record.row.at.sheet as usize).and_then(Option::as_ref);
        let given = layout.and_then(|layout| layout.given);
        let mut add = |institution| {
            self.part((record.row.table, institution), (given, owner)).add(span);
        };
        add(None);
        match record.institutions.as_slice() {
            [] => institutions_of(record, registry).into_iter().for_each(|place| add(Some(place))),
            named => named.iter().for_each(|place| add(Some(*place))),
        }
        if let Some(owner) = owner.filter(|owner| !record.people.contains(owner)) {
            self.shared.insert((record.row.table, owner));
        }
    }

    pub(in crate::evaluate) fn join(&mut self, other: Coverage) {
        for (ledger, parts) in other.ledgers {
            for (part, months) in parts {
                self.part(ledger, part).join(&months);
            }
        }
        self.shared.extend(other.shared);
    }

    fn part(&mut self, ledger: Ledger, part: Part) -> &mut LedgerMonths {
        let parts = self.ledgers.entry(ledger).or_default();
        let place = parts.iter().position(|(of, _)| *of == part).unwrap_or_else(|| {
            parts.push((part, LedgerMonths::default()));
            parts.len() - 1
        });
        &mut parts[place].1
    }

    /// The months of the ledger of an institution, or of all, of the sheets that may hold the rows that are asked for.
    pub(in crate::evaluate) fn of(&self, table: TableId, institution: Option<u32>, rows: Rows<'_>) -> LedgerMonths {
        let may_hold = |(given, owner): Part| match rows {
            Rows::All => true,
            Rows::Of(asked, person) => {
                let is_kind =
                    given.zip(asked).is_none_or(|((field, word), (of, words))| field != of || words.contains(&word));
                let is_theirs =
                    owner.is_none_or(|owner| Some(owner) == person || self.shared.contains(&(table, owner)));
                is_kind && is_theirs
            }
        };
        let mut months = LedgerMonths::default();
        let parts = self.ledgers.get(&(table, institution)).into_iter().flatten();
        parts.filter(|(part, _)| may_hold(*part)).for_each(|(_, other)| months.join(other));
        months
    }

    /// What each ledger holds, in all and by institution; and the months of a window, until the as-of day, that it should hold
    /// and does not.
    pub(crate) fn by_ledger(
        &self,
        registry: &Registry<'_>,
        window: &Window,
        as_of: Date,
        calendar: &Calendar,
    ) -> Vec<LedgerCoverage> {
        let all: BTreeSet<&Ledger> = self.ledgers.keys().collect();
        let of = |(table, institution): &Ledger| {
            let months = self.of(*table, *institution, Rows::All);
            let described = registry.dictionary.table(*table);
            let (first, last) = months.ends()?;
            let gaps = months.gaps(described.dense?, window, as_of, calendar);
            let named = institution.and_then(|at| registry.institutions.get(at as usize));
            Some(LedgerCoverage {
                table: described.id.clone(),
                institution: named.map(|named| named.name.to_string().into()),
                rows: months.rows.values().sum(),
                first,
                last,
                months_without_rows: gaps.iter().flat_map(|gap| months_of(*gap)).collect(),
            })
        };
        all.into_iter().filter_map(of).collect()
    }

    /// The first and the last day of any ledger.
    pub fn ends(&self) -> Option<(Date, Date)> {
        let first = self.of_all().filter_map(|months| months.first).min()?;
        Some((first, self.of_all().filter_map(|months| months.last).max()?))
    }

    /// How many rows all ledgers have in the months from one day to another.
    pub fn rows_between(&self, first: Date, last: Date) -> u64 {
        let months = month_of(first)..=month_of(last);
        self.of_all().flat_map(|ledger| ledger.rows.range(months.clone())).map(|(_, rows)| u64::from(*rows)).sum()
    }

    fn of_all(&self) -> impl Iterator<Item = &LedgerMonths> {
        let of_all = self.ledgers.iter().filter(|((_, institution), _)| institution.is_none());
        of_all.flat_map(|(_, parts)| parts).map(|(_, months)| months)
    }
}

/// Whose ledger a row is of that names no institution: of those of the only people that it names or may name.
fn institutions_of(record: &Record, registry: &Registry<'_>) -> Vec<u32> {
    let people = match &record.maybe_people {
        Maybe::These(places) if record.people.is_empty() => places,
        Maybe::These(_) | Maybe::Nobody | Maybe::Anybody => &record.people,
    };
    let mut of: Vec<u32> = people.iter().filter_map(|place| registry.staff.get(*place as usize)?.institution).collect();
    of.sort_unstable();
    of.dedup();
    if record.people.is_empty() && of.len() > 1 { Vec::new() } else { of }
}
