//! What has been tallied for one subject in one window: amounts that are sure and possible, and where they stand.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::days::Days;
use super::elapsed::{Last, Stretch};
use super::plan::Kind;
use crate::dictionary::FieldId;
use crate::model::{Amount, CellRef, Truth};
use crate::rules::quantity::Quantity;

/// How many cells are kept to show what counted; and how many doubtful ones.
const SHOWN: usize = 100;
/// Of a long ledger, the rows of the first few cells are kept for the annotated copy.
const COPIED: usize = 5;

/// Why a row is possible and not sure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Doubt {
    /// It is not sure whom the row names.
    Name,
    /// A field that the rule asks about is blank or unreadable.
    Field(FieldId),
    Date,
    Quantity(FieldId),
    /// An earlier row is the same, and this one may be its copy.
    Repeated,
}

/// Where the rows stand that counted or might count.
#[derive(Clone, Debug, Default)]
pub(super) struct Trace {
    pub rows: u32,
    pub sure: Vec<CellRef>,
    pub doubtful: Vec<CellRef>,
    pub doubts: BTreeMap<Doubt, u32>,
}

impl Trace {
    /// Notes a row; says whether it is among the first few.
    pub fn note(&mut self, cell: CellRef, doubt: Option<Doubt>) -> bool {
        self.rows += 1;
        let cells = if doubt.is_some() { &mut self.doubtful } else { &mut self.sure };
        if let Some(doubt) = doubt {
            *self.doubts.entry(doubt).or_default() += 1;
        }
        if cells.len() < SHOWN {
            cells.push(cell);
        }
        cells.len() <= COPIED
    }

    pub fn join(&mut self, other: &Trace) {
        self.rows += other.rows;
        for (own, theirs) in [(&mut self.sure, &other.sure), (&mut self.doubtful, &other.doubtful)] {
            own.extend(theirs);
            own.sort();
            own.dedup();
            own.truncate(SHOWN);
        }
        for (doubt, count) in &other.doubts {
            *self.doubts.entry(*doubt).or_default() += count;
        }
    }
}

/// A subject's tally in a window.
#[derive(Clone, Debug)]
pub(super) struct Slot {
    pub trace: Trace,
    pub tallied: Tallied,
}

impl Slot {
    /// One without a row, for a kind of measure.
    pub fn empty(kind: &Kind<'_>) -> Slot {
        let tallied = match kind {
            Kind::Count | Kind::Sum(_) => Tallied::Sum(Sum::default()),
            Kind::Days(_) => Tallied::Days(Days::default()),
            Kind::Distinct(_) => Tallied::Distinct(Distinct::default()),
            Kind::Share(_) => Tallied::Share(Share::default()),
            Kind::Cover { members, .. } => Tallied::Cover(vec![Truth::False; members.len()]),
            Kind::Last => Tallied::Last(Last::default()),
            Kind::Stretches { .. } => Tallied::Stretches(Vec::new()),
        };
        Slot { trace: Trace::default(), tallied }
    }

    /// Takes up another slot of the same measure.
    pub fn join(&mut self, other: &Slot) {
        self.trace.join(&other.trace);
        self.tallied.join(&other.tallied);
    }
}

/// What is tallied, by the kind of measure.
#[derive(Clone, Debug)]
pub(super) enum Tallied {
    Sum(Sum),
    Days(Days),
    Distinct(Distinct),
    Share(Share),
    /// For each member, whether any row covers it.
    Cover(Vec<Truth>),
    Last(Last),
    Stretches(Vec<Stretch>),
}

impl Tallied {
    /// Joins another tally of the same kind; of another kind nothing is taken.
    pub fn join(&mut self, other: &Tallied) {
        match (self, other) {
            (Tallied::Sum(own), Tallied::Sum(other)) => own.join(other),
            (Tallied::Days(own), Tallied::Days(other)) => own.join(other),
            (Tallied::Distinct(own), Tallied::Distinct(other)) => own.join(other),
            (Tallied::Share(own), Tallied::Share(other)) => own.join(other),
            (Tallied::Cover(own), Tallied::Cover(other)) => {
                own.iter_mut().zip(other).for_each(|(own, other)| *own = own.or(*other));
            }
            (Tallied::Last(own), Tallied::Last(other)) => own.join(other),
            (Tallied::Stretches(own), Tallied::Stretches(other)) => own.extend(other.iter().cloned()),
            (_, _) => {}
        }
    }
}

/// A sum of quantities; a count is a sum of ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sum {
    pub low: Decimal,
    pub high: Decimal,
    /// Whether an amount could not be read, so that there is no upper end.
    pub open: bool,
}

impl Sum {
    pub fn add(&mut self, truth: Truth, quantity: Quantity) {
        if truth == Truth::True {
            self.low = self.low.saturating_add(quantity.low);
        }
        match quantity.high {
            Some(high) => self.high = self.high.saturating_add(high),
            None => self.open = true,
        }
    }

    pub fn amount(&self) -> Amount {
        Amount { low: self.low, high: (!self.open).then_some(self.high) }
    }

    pub fn join(&mut self, other: &Sum) {
        self.low = self.low.saturating_add(other.low);
        self.high = self.high.saturating_add(other.high);
        self.open |= other.open;
    }
}

/// Different values: those that a row surely has, those that one may have, and rows whose value is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Distinct {
    sure: BTreeSet<String>,
    possible: BTreeSet<String>,
    unknown: u32,
}

impl Distinct {
    /// Adds a row by its value; none when that is blank or unreadable.
    pub fn add(&mut self, truth: Truth, value: Option<String>) {
        match (value, truth) {
            (Some(value), Truth::True) => {
                self.sure.insert(value);
            }
            (Some(value), _) => {
                self.possible.insert(value);
            }
            (None, _) => self.unknown += 1,
        }
    }

    pub fn amount(&self) -> Amount {
        let possible = self.possible.difference(&self.sure).count() + self.unknown as usize;
        let low = Decimal::from(self.sure.len());
        // A row whose value is not known is one more at most; alone it is one at least.
        Amount { low, high: Some(low + Decimal::from(possible)) }
    }

    fn join(&mut self, other: &Distinct) {
        self.sure.extend(other.sure.iter().cloned());
        self.possible.extend(other.possible.iter().cloned());
        self.unknown += other.unknown;
    }
}

/// Rows counted by whether they are of the whole and of the part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Share {
    /// Surely of the whole: surely of the part, perhaps, surely not.
    sure: [u32; 3],
    /// Perhaps of the whole: not surely outside of the part, not surely inside.
    perhaps: [u32; 2],
}

impl Share {
    pub fn add(&mut self, whole: Truth, part: Truth) {
        match whole {
            Truth::True => {
                let place = match part {
                    Truth::True => 0,
                    Truth::Unknown => 1,
                    Truth::False => 2,
                };
                self.sure[place] += 1;
            }
            Truth::Unknown => {
                self.perhaps[0] += u32::from(part != Truth::False);
                self.perhaps[1] += u32::from(part != Truth::True);
            }
            Truth::False => {}
        }
    }

    /// The share in percent; none when there is surely nobody to take a share of.
    pub fn amount(&self) -> Option<Amount> {
        let [inside, unknown, outside] = self.sure;
        let sure: u32 = self.sure.iter().sum();
        if sure + self.perhaps.iter().sum::<u32>() == 0 {
            return None;
        }
        let percent = |part: u32, whole: u32, of_nobody: Decimal| match whole {
            0 => of_nobody,
            _ => Decimal::ONE_HUNDRED * Decimal::from(part) / Decimal::from(whole),
        };
        let low = percent(inside, sure + self.perhaps[1], Decimal::ZERO);
        let high = percent(
            inside + unknown + self.perhaps[0],
            inside + unknown + outside + self.perhaps[0],
            Decimal::ONE_HUNDRED,
        );
        Some(Amount { low, high: Some(high) })
    }

    fn join(&mut self, other: &Share) {
        (0..3).for_each(|place| self.sure[place] += other.sure[place]);
        (0..2).for_each(|place| self.perhaps[place] += other.perhaps[place]);
    }
}
