//! What became of the verdicts, by kind of change.

use std::collections::BTreeMap;
use std::fmt;

use super::expected::{Flip, Outcome};

/// How many flips are printed.
const SHOWN: usize = 1000;

#[derive(Clone, Copy, Default)]
struct Count {
    changes: usize,
    /// Changes with which no audit is run.
    refused: usize,
    /// Changes after which nothing is 待核 that was not so before.
    untouched: usize,
    same: usize,
    review: usize,
    stated: usize,
    flips: usize,
}

#[derive(Default)]
pub struct Tally {
    kinds: BTreeMap<&'static str, Count>,
    pub flips: Vec<String>,
}

impl Tally {
    pub fn changes(&self) -> usize {
        self.kinds.values().map(|count| count.changes).sum()
    }

    /// Adds what became of an office, or that no audit was run.
    pub fn add(&mut self, kind: &'static str, said: &str, outcome: Option<Outcome>) {
        let count = self.kinds.entry(kind).or_default();
        count.changes += 1;
        let Some(outcome) = outcome else {
            count.refused += 1;
            return;
        };
        count.untouched += usize::from(outcome.review == 0);
        count.same += outcome.same;
        count.review += outcome.review;
        count.stated += outcome.stated;
        count.flips += outcome.flips.len();
        let mut alike: BTreeMap<(String, &str), Vec<&Flip>> = BTreeMap::new();
        for flip in &outcome.flips {
            alike.entry((flip.rule.clone(), flip.after)).or_default().push(flip);
        }
        let line = |flips: &Vec<&Flip>| {
            let more = if flips.len() > 1 { format!(" and {} more", flips.len() - 1) } else { String::new() };
            format!("{kind}: {said}\n    {}{more}", flips[0])
        };
        self.flips.extend(alike.values().map(line));
    }

    pub fn join(&mut self, other: Tally) {
        for (kind, count) in other.kinds {
            let own = self.kinds.entry(kind).or_default();
            own.changes += count.changes;
            own.refused += count.refused;
            own.untouched += count.untouched;
            own.same += count.same;
            own.review += count.review;
            own.stated += count.stated;
            own.flips += count.flips;
        }
        self.flips.extend(other.flips);
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:28} changes refused untouched     same   review   stated  flips  to review", "kind")?;
        for (kind, count) in &self.kinds {
            let all = (count.same + count.review + count.stated + count.flips).max(1);
            writeln!(
                f,
                "{kind:28} {:7} {:7} {:9} {:8} {:8} {:8} {:6}    {:6.2}%",
                count.changes,
                count.refused,
                count.untouched,
                count.same,
                count.review,
                count.stated,
                count.flips,
                100.0 * count.review as f64 / all as f64
            )?;
        }
        writeln!(f, "{} changes, {} flips", self.changes(), self.flips.len())?;
        self.flips.iter().take(SHOWN).try_for_each(|flip| writeln!(f, "{flip}"))
    }
}
