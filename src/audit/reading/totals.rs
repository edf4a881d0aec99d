//! What a sheet says that somebody came to in all, against what their rows in it add up to: 年度合计.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::dictionary::FieldId;
use crate::evaluate::{Facts, OtherTotal};
use crate::intake::{IssueLog, Maybe, Record};
use crate::model::{CellRef, IssueKind, plain};

/// What the rows of people add up to, in the sheets that tell it.
#[derive(Default)]
pub(super) struct PersonTotals {
    /// By sheet and person.
    totals: BTreeMap<(u32, u32), PersonTotal>,
    /// By sheet, what is added up.
    fields: BTreeMap<u32, FieldId>,
    /// Sheets of which a row may be anybody's.
    vague: BTreeSet<u32>,
}

#[derive(Default)]
struct PersonTotal {
    sums: BTreeMap<i16, Decimal>,
    /// What is told, each with the year of its row and what that adds itself.
    told: Vec<(i16, Decimal, Decimal, CellRef)>,
    /// Whether a row cannot be added up.
    is_vague: bool,
}

impl PersonTotals {
    /// Adds a row of a sheet that tells totals.
    pub(super) fn add(&mut self, record: &Record, facts: &Facts<'_>) {
        let Some(total) = record.row.notes.total.as_deref() else { return };
        let sheet = record.row.at.sheet;
        self.fields.insert(sheet, total.field);
        match &record.maybe_people {
            Maybe::Nobody => {}
            Maybe::These(places) => places.iter().for_each(|place| self.of(sheet, *place).is_vague = true),
            Maybe::Anybody => {
                self.vague.insert(sheet);
            }
        }
        let date = facts.dictionary().table(record.row.table).roles.date;
        let day = date.and_then(|field| record.row.cell(field).date()).map(|span| span.first);
        for person in &record.people {
            let of = self.of(sheet, *person);
            let (Some(own), Some(day)) = (total.own, day) else {
                of.is_vague = true;
                continue;
            };
            let sum = of.sums.entry(day.year()).or_default();
            *sum = sum.saturating_add(own);
            let at = record.row.at.cell(total.column);
            of.told.extend(total.told.map(|told| (day.year(), told, own, at)));
        }
    }

    fn of(&mut self, sheet: u32, person: u32) -> &mut PersonTotal {
        self.totals.entry((sheet, person)).or_default()
    }

    /// Takes up the rows of another sheet.
    pub(super) fn join(&mut self, other: PersonTotals) {
        // Each sheet is read by itself.
        self.totals.extend(other.totals);
        self.vague.extend(other.vague);
        self.fields.extend(other.fields);
    }

    /// Reports whose total is another one than their rows add up to.
    pub(super) fn report(&self, facts: &Facts<'_>, log: &mut IssueLog) -> Vec<OtherTotal> {
        let mut found = Vec::new();
        for ((sheet, person), total) in self.totals.iter().filter(|((sheet, _), _)| !self.vague.contains(sheet)) {
            let layout = facts.registry.layouts.get(*sheet as usize).and_then(Option::as_ref);
            let field = self.fields.get(sheet).copied();
            let (Some((layout, field)), Some((year, told, sum, at))) = (layout.zip(field), total.other()) else {
                continue;
            };
            let header = layout.header(at.column);
            let words = format!("“{header}”写着{}，这张表里本人的各行加起来是{}", plain(told), plain(sum));
            let message =
                format!("{words}，以哪个为准不能确定，有关的结论按“待核”处理；请核对后改成一致，漏登的请补登");
            log.report(at, IssueKind::DisagreeingCells, &plain(told), message);
            let is_more = told > sum;
            found.push(OtherTotal { table: layout.table, field, person: *person, year, is_more, at, words });
        }
        found
    }
}

impl PersonTotal {
    /// What is told that is not what the rows add up to, with its year and what these do.
    fn other(&self) -> Option<(i16, Decimal, Decimal, CellRef)> {
        let all: Decimal = self.sums.values().copied().fold(Decimal::ZERO, Decimal::saturating_add);
        // What each row comes to is no total, and what they came to so far grows up to it.
        let are_own = self.told.iter().all(|(_, told, own, _)| told == own);
        let most = self.told.iter().map(|(_, told, ..)| *told).max()?;
        if self.is_vague || are_own || most == all {
            return None;
        }
        self.sums.iter().find_map(|(year, sum)| {
            let of_year = self.told.iter().filter(|(of, ..)| of == year);
            let (_, told, _, at) = of_year.max_by_key(|(_, told, ..)| *told)?;
            (told != sum).then_some((*year, *told, *sum, *at))
        })
    }
}
