//! The ledgers of a run, by table and institution.

use std::collections::BTreeSet;

use foldhash::HashMap;
use jiff::civil::Date;

use super::kept::{KeptRows, OtherKinds};
use super::months::{LedgerMonths, month_of};
use super::remits::{Remit, RemitId, Remits};
use super::spans::months_of;
use crate::dictionary::{FieldId, Table, TableId};
use crate::intake::{Maybe, Record, Registry};
use crate::model::{Calendar, DateSpan, LedgerCoverage, Per, Window, WordId};

/// The rows of the ledgers that time must have rows of.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    /// The rows of sheets of different remits stand apart: each covers only what it is for.
    ledgers: HashMap<Ledger, Vec<(KeptRows, LedgerMonths)>>,
    /// Remits of which a sheet holds other rows as well, by what it holds: it is for those, too.
    mixed: BTreeSet<(RemitId, usize)>,
    /// The tables with rows of which it is not known in which month they are.
    pub(in crate::evaluate) vague: BTreeSet<TableId>,
    others: OtherKinds,
    /// Who is on the sheets that are for a group.
    members: BTreeSet<(RemitId, u32)>,
    /// The remits for a group of which sheets hold rows of it.
    of_own_group: BTreeSet<RemitId>,
}

/// A table, and an institution; `None` for all institutions together.
type Ledger = (TableId, Option<u32>);

/// The rows that a ledger is asked for: of a word of a field, if it is asked for any.
#[derive(Clone, Copy)]
pub(in crate::evaluate) struct Asked {
    pub kind: Option<(FieldId, WordId)>,
    pub who: Whose,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::evaluate) enum Whose {
    Anybody,
    Person(u32),
    /// Of an institution itself: what it did stands in no book of a person, or of a group.
    Office,
}

impl Coverage {
    /// Takes up a row with a date that lies in one month.
    pub(in crate::evaluate) fn add(&mut self, record: &Record, registry: &Registry<'_>, remits: &Remits) {
        let table = registry.dictionary.table(record.row.table);
        let (Some(_), Some(field)) = (table.dense, table.roles.date) else { return };
        let Some(span) = record.row.cell(field).date().filter(|span| month_of(span.first) == month_of(span.last))
        else {
            self.vague.insert(record.row.table);
            return;
        };
        let id = remits.of_sheet(record.row.at.sheet);
        let held = KeptRows::of(record, id, remits.get(id));
        let year = remits.get(id).years.filter(|(first, last)| first == last).map(|(year, _)| year);
        let mut add = |institution| {
            let part = self.part((record.row.table, institution), held);
            part.named = year;
            part.add(span);
        };
        add(None);
        match record.institutions.as_slice() {
            [] => institutions_of(record, span, registry).into_iter().for_each(|place| add(Some(place))),
            named => named.iter().for_each(|place| add(Some(*place))),
        }
        if id > 0 {
            self.others.add(held, remits.get(id).other_words(record));
            self.mix(record, registry, (id, remits.get(id)));
        }
    }

    /// Takes up whose row it is, and whether it is one that its sheet is not for.
    fn mix(&mut self, record: &Record, registry: &Registry<'_>, (id, remit): (RemitId, &Remit)) {
        let lacks = remit.lacks(record, registry).into_iter().enumerate().filter(|(_, lacks)| *lacks);
        self.mixed.extend(lacks.map(|(what, _)| (id, what)));
        if !remit.group.is_empty() {
            let mut people = record.people.iter().filter_map(|place| registry.staff.get(*place as usize));
            if !remit.is_teams || people.any(|person| remit.is_of_group(person) != Some(false)) {
                self.of_own_group.insert(id);
            }
            self.members.extend(record.people.iter().map(|person| (id, *person)));
        }
    }

    pub(in crate::evaluate) fn join(&mut self, other: Coverage) {
        for (ledger, parts) in other.ledgers {
            for (held, months) in parts {
                self.part(ledger, held).join(&months);
            }
        }
        self.vague.extend(other.vague);
        self.mixed.extend(other.mixed);
        self.others.join(other.others);
        self.members.extend(other.members);
        self.of_own_group.extend(other.of_own_group);
    }

    fn part(&mut self, ledger: Ledger, held: KeptRows) -> &mut LedgerMonths {
        let parts = self.ledgers.entry(ledger).or_default();
        let place = parts.iter().position(|(of, _)| *of == held).unwrap_or_else(|| {
            parts.push((held, LedgerMonths::default()));
            parts.len() - 1
        });
        &mut parts[place].1
    }

    /// The months of the ledger of an institution, or of all institutions together.
    pub(in crate::evaluate) fn of(&self, ledger: Ledger) -> LedgerMonths {
        self.of_parts(ledger, |_| true)
    }

    /// Those of the sheets that would hold the rows which are asked for.
    pub(in crate::evaluate) fn of_asked(
        &self,
        ledger: Ledger,
        asked: Asked,
        (remits, registry): (&Remits, &Registry<'_>),
        window: &Window,
    ) -> LedgerMonths {
        let is_mixed = |id: RemitId, what| self.mixed.contains(&(id, what));
        // Where nobody on the book of a team is of its group by the roster, it is of those who are on it: 小学部.
        let holds_others = |id: RemitId| is_mixed(id, 1) && self.of_own_group.contains(&id);
        let table = registry.dictionary.table(ledger.0);
        self.of_parts(ledger, |held| {
            let (id, remit) = (held.remit, remits.get(held.remit));
            if !self.holds(ledger, (held, remit), asked.kind, table)
                || !self.is_whole_year(ledger, remit, (remits, table), window)
            {
                return false;
            }
            let place = match asked.who {
                Whose::Anybody => return true,
                Whose::Office => {
                    let is_of_person = !remit.owners.is_empty() && !is_mixed(id, 0);
                    return !is_of_person && (remit.group.is_empty() || holds_others(id));
                }
                Whose::Person(place) => place,
            };
            let is_of_group = || {
                let person = registry.staff.get(place as usize);
                self.members.contains(&(id, place)) || person.and_then(|one| remit.is_of_group(one)) != Some(false)
            };
            (remit.owners.is_empty() || remit.owners.contains(&place) || is_mixed(id, 0))
                && (holds_others(id) || is_of_group())
        })
    }

    /// Whether the rows of sheets prove which ones of a kind there are: any rows do, or those of sheets that are for it, or hold it.
    fn holds(
        &self,
        ledger: Ledger,
        (held, remit): (KeptRows, &Remit),
        kind: Option<(FieldId, WordId)>,
        table: &Table,
    ) -> bool {
        let Some((field, words)) = &remit.kinds else { return true };
        let Some((_, word)) = kind.filter(|(of, _)| of == field) else { return false };
        let all = self.ledgers.get(&ledger).map_or(&[][..], Vec::as_slice);
        words.contains(&word) || self.others.prove((held, words), word, table, all)
    }

    /// Whether a sheet for a portion of a year, or for other years, stands beside those that make it whole.
    fn is_whole_year(
        &self,
        ledger: Ledger,
        remit: &Remit,
        (remits, table): (&Remits, &Table),
        window: &Window,
    ) -> bool {
        let sheets =
            || self.ledgers.get(&ledger).into_iter().flatten().map(|(held, months)| (remits.get(held.remit), months));
        let is_there = |portion| sheets().any(|(other, _)| other.portion == Some(portion));
        // One that stands alone is never the whole: 国培.
        let has_portions = remit.portion.is_none_or(|(whole, _)| {
            let all = table.portions[whole].len();
            all > 1 && (0..all).all(|own| is_there((whole, own)))
        });
        let is_of = |year: i16| {
            sheets().any(|(other, months)| {
                let rows = months.ends().is_some_and(|(_, last)| last.year() == year);
                rows || other.years.is_none_or(|(first, last)| (first..=last).contains(&year))
            })
        };
        let mut years = window.start.year()..=window.end.year();
        has_portions && (remit.years.is_none() || window.per == Per::AsOf || years.all(is_of))
    }

    fn of_parts(&self, ledger: Ledger, is_meant: impl Fn(KeptRows) -> bool) -> LedgerMonths {
        let mut months = LedgerMonths::default();
        let parts = self.ledgers.get(&ledger).into_iter().flatten();
        parts.filter(|(held, _)| is_meant(*held)).for_each(|(_, other)| months.join_book(other));
        months
    }

    /// Whether all sheets of a ledger are for any rows.
    pub(in crate::evaluate) fn is_whole(&self, ledger: Ledger) -> bool {
        self.ledgers.get(&ledger).into_iter().flatten().all(|(held, _)| held.remit == 0)
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
            let months = self.of((*table, *institution));
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
fn institutions_of(record: &Record, span: DateSpan, registry: &Registry<'_>) -> Vec<u32> {
    let people = match &record.maybe_people {
        Maybe::These(places) if record.people.is_empty() => places,
        Maybe::These(_) | Maybe::Nobody | Maybe::Anybody => &record.people,
    };
    let of = |place: &u32| registry.staff.get(*place as usize)?.institution_then(Some(span));
    let mut of: Vec<u32> = people.iter().filter_map(of).collect();
    of.sort_unstable();
    of.dedup();
    if record.people.is_empty() && of.len() > 1 { Vec::new() } else { of }
}
