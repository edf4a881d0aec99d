//! How offices, areas and rules stand beside each other: counts, rates and ranks.

use std::cmp::Ordering;
use std::collections::HashMap;

use jiff::civil::Date;

use crate::model::{Counts, Office, Outcome, Period, Summary};
use crate::pack::{Pack, Rule};

pub struct Total<'t> {
    /// In the order in which they are listed.
    pub offices: &'t [Office],
    pub packs: &'t [Pack],
    /// As the assessment writes it: 2023, 2023-2024.
    pub period: &'t str,
    pub as_of: Date,
    pub options: &'t [(String, String)],
    /// What the run did that nobody asked for, and files that belong to no office. Plain Chinese.
    pub notes: &'t [String],
}

impl Total<'_> {
    /// 2023年, 2023-2024学年.
    pub(super) fn period(&self) -> String {
        Period::parse(self.period).map_or_else(|_| self.period.to_string(), Period::label)
    }
}

pub(super) struct RankedRule<'t> {
    pub(super) pack: &'t Pack,
    pub(super) rule: &'t Rule,
    pub(super) counts: Counts,
    /// Offices with somebody whom it concerns.
    pub(super) offices: u64,
    /// Of these, the ones where everybody meets it, and where anybody falls short of it.
    pub(super) full: u64,
    pub(super) short: u64,
}

pub(super) struct RankedOffice<'t> {
    pub(super) office: &'t Office,
    pub(super) summary: &'t Summary,
    /// For each rule, in the order of the packs.
    pub(super) rules: Vec<Counts>,
    /// Of 应 and 原则上, which the rank goes by.
    pub(super) binding: Counts,
    /// From 1. `None` where nothing was decided.
    pub(super) rank: Option<u64>,
}

pub(super) struct RankedArea<'t> {
    pub(super) name: &'t str,
    pub(super) audited: u64,
    pub(super) missed: u64,
    pub(super) binding: Counts,
    pub(super) rank: Option<u64>,
}

pub(super) struct Ranking<'t> {
    pub(super) total: &'t Total<'t>,
    pub(super) rules: Vec<RankedRule<'t>>,
    /// In the order of the run.
    pub(super) offices: Vec<RankedOffice<'t>>,
    /// The offices that could not be audited, each with why.
    pub(super) missed: Vec<(&'t Office, &'t str)>,
    pub(super) areas: Vec<RankedArea<'t>>,
}

impl<'t> Ranking<'t> {
    pub(super) fn new(total: &'t Total<'t>) -> Ranking<'t> {
        let all = total.packs.iter().flat_map(|pack| pack.rules.iter().map(move |rule| (pack, rule)));
        let unranked =
            |(pack, rule)| RankedRule { pack, rule, counts: Counts::default(), offices: 0, full: 0, short: 0 };
        let rules: Vec<RankedRule> = all.map(unranked).collect();
        let mut ranking = Ranking { total, rules, offices: Vec::new(), missed: Vec::new(), areas: Vec::new() };
        let places: HashMap<(&str, &str), usize> =
            (0..).zip(&ranking.rules).map(|(at, own)| ((own.pack.id.as_str(), own.rule.id.as_str()), at)).collect();
        for office in total.offices {
            match &office.outcome {
                Outcome::Audited(summary) => ranking.add(office, summary, &places),
                Outcome::NotAudited(why) => ranking.missed.push((office, why)),
            }
        }
        let ranks = ranks(&ranking.offices, |office| office.binding);
        ranking.offices.iter_mut().zip(ranks).for_each(|(office, rank)| office.rank = rank);
        ranking.areas = areas(&ranking.offices, &ranking.missed);
        ranking
    }

    fn add(&mut self, office: &'t Office, summary: &'t Summary, places: &HashMap<(&str, &str), usize>) {
        let mut rules = vec![Counts::default(); self.rules.len()];
        for own in &summary.rules {
            let place = places.get(&(own.pack.as_str(), own.rule.as_str()));
            if let Some(counts) = place.and_then(|at| rules.get_mut(*at)) {
                *counts = own.counts;
            }
        }
        let mut binding = Counts::default();
        for (rule, counts) in self.rules.iter_mut().zip(&rules) {
            rule.add(*counts);
            if rule.rule.obligation.binds() {
                binding = binding.plus(*counts);
            }
        }
        self.offices.push(RankedOffice { office, summary, rules, binding, rank: None });
    }

    pub(super) fn counts(&self, wanted: impl Fn(&RankedRule<'t>) -> bool) -> Counts {
        let chosen = self.rules.iter().filter(|rule| wanted(rule));
        chosen.fold(Counts::default(), |sum, rule| sum.plus(rule.counts))
    }

    /// The audited offices by rank; those without one at the end, as the run has them.
    pub(super) fn ranked(&self) -> Vec<&RankedOffice<'t>> {
        let mut offices: Vec<&RankedOffice> = self.offices.iter().collect();
        offices.sort_by_key(|office| office.rank.unwrap_or(u64::MAX));
        offices
    }

    /// The rules, the least met first and those of which nothing was decided at the end; first what binds.
    pub(super) fn least_met(&self) -> Vec<&RankedRule<'t>> {
        let mut rules: Vec<&RankedRule> = self.rules.iter().collect();
        // Stable: of equals the order of the packs holds.
        rules.sort_by(|one, other| {
            let free = |rule: &RankedRule| !rule.rule.obligation.binds();
            let open = |rule: &RankedRule| share(rule.counts).is_none();
            (free(one), open(one)).cmp(&(free(other), open(other))).then_with(|| order(other.counts, one.counts))
        });
        rules
    }

    pub(super) fn sum(&self, of: impl Fn(&Summary) -> u64) -> u64 {
        self.offices.iter().map(|office| of(office.summary)).sum()
    }
}

impl RankedRule<'_> {
    fn add(&mut self, counts: Counts) {
        self.counts = self.counts.plus(counts);
        self.offices += u64::from(counts.due() > 0);
        self.full += u64::from(counts.met > 0 && counts.met + counts.waived == counts.due());
        self.short += u64::from(counts.unmet > 0);
    }
}

fn areas<'t>(offices: &[RankedOffice<'t>], missed: &[(&'t Office, &'t str)]) -> Vec<RankedArea<'t>> {
    let mut areas: Vec<RankedArea> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    let audited = offices.iter().map(|office| (office.office, Some(office.binding)));
    for (office, binding) in audited.chain(missed.iter().map(|(office, _)| (*office, None))) {
        let name = office.area.as_str();
        let at = *places.entry(name).or_insert_with(|| {
            areas.push(RankedArea { name, audited: 0, missed: 0, binding: Counts::default(), rank: None });
            areas.len() - 1
        });
        if let Some(area) = areas.get_mut(at) {
            area.audited += u64::from(binding.is_some());
            area.missed += u64::from(binding.is_none());
            area.binding = area.binding.plus(binding.unwrap_or_default());
        }
    }
    let ranks = ranks(&areas, |area| area.binding);
    areas.iter_mut().zip(ranks).for_each(|(area, rank)| area.rank = rank);
    areas.sort_by_key(|area| (area.rank.unwrap_or(u64::MAX), area.name));
    areas
}

/// The rank of each by its counts, from 1; `None` where nothing was decided. Equals share a rank: 1, 2, 2, 4.
fn ranks<T>(all: &[T], counts: impl Fn(&T) -> Counts) -> Vec<Option<u64>> {
    let mut decided: Vec<(usize, Counts)> =
        all.iter().map(counts).enumerate().filter(|(_, counts)| share(*counts).is_some()).collect();
    decided.sort_by(|(_, one), (_, other)| order(*one, *other));
    let mut ranks = vec![None; all.len()];
    let mut shared = (1, None);
    for (number, (at, counts)) in (1..).zip(decided) {
        if shared.1.is_none_or(|last| order(last, counts) != Ordering::Equal) {
            shared = (number, Some(counts));
        }
        if let Some(rank) = ranks.get_mut(at) {
            *rank = Some(shared.0);
        }
    }
    ranks
}

/// Who comes first: the higher rate, then fewer unmet, then the smaller part in doubt.
fn order(one: Counts, other: Counts) -> Ordering {
    let decided = |counts: Counts| counts.met + counts.unmet;
    part_order((other.met, decided(other)), (one.met, decided(one)))
        .then(one.unmet.cmp(&other.unmet))
        .then(part_order((one.review, one.due()), (other.review, other.due())))
}

/// Compares two parts exactly; a part of nothing is none.
fn part_order((one, of_one): (u64, u64), (other, of_other): (u64, u64)) -> Ordering {
    let product = |part: u64, whole: u64| u128::from(part) * u128::from(whole.max(1));
    product(one, of_other).cmp(&product(other, of_one))
}

/// 达标率 as a part of 1, rounded down as it is shown. `None` where nothing was decided.
pub(super) fn share(counts: Counts) -> Option<f64> {
    let tenths = (counts.met * 1000).checked_div(counts.met + counts.unmet)?;
    Some(tenths as f64 / 1000.0)
}

/// 待核占比 as a part of 1, rounded up as it is shown. `None` where nobody was concerned.
pub(super) fn review_share(counts: Counts) -> Option<f64> {
    (counts.due() > 0).then(|| (counts.review * 1000).div_ceil(counts.due()) as f64 / 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(met: u64, unmet: u64, review: u64) -> Counts {
        Counts { met, unmet, review, ..Counts::default() }
    }

    fn ranked(all: &[Counts]) -> Vec<Option<u64>> {
        ranks(all, |counts| *counts)
    }

    #[test]
    fn the_higher_rate_comes_first_then_fewer_unmet_then_less_in_doubt_and_equals_share_a_rank() {
        let all = [counts(1, 1, 0), counts(50, 50, 0), counts(9, 0, 1), counts(90, 0, 10), counts(9, 0, 0)];
        assert_eq!(ranked(&all), [Some(4), Some(5), Some(2), Some(2), Some(1)]);
    }

    #[test]
    fn rates_that_look_alike_when_they_are_cut_are_told_apart_and_nothing_decided_has_no_rank() {
        let all = [counts(6661, 3339, 0), counts(0, 0, 9), counts(6662, 3338, 0), counts(0, 3, 0)];
        assert_eq!(ranked(&all), [Some(2), None, Some(1), Some(3)]);
        assert_eq!((share(all[0]), share(all[1]), share(all[2])), (Some(0.666), None, Some(0.666)));
        assert_eq!((review_share(all[1]), review_share(counts(0, 0, 0))), (Some(1.0), None));
    }

    #[test]
    fn shares_are_those_that_counts_write() {
        for counts in [counts(9999, 1, 0), counts(1, 2, 9_997), counts(7, 0, 1), counts(0, 5, 3)] {
            let written = |share: Option<f64>| share.map(|share| format!("{:.1}%", share * 100.0)).unwrap();
            assert_eq!(written(share(counts)), counts.rate());
            assert_eq!(written(review_share(counts)), counts.review_share());
        }
    }
}
