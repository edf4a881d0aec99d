//! `days`: days in the field. The rows of one date count together.

use foldhash::HashMap;

use crate::rules::prelude::*;

#[derive(Clone, Debug, PartialEq)]
pub struct Days {
    rows: LinkedRows,
    /// 天数; rows of a table without it are counted.
    field: Option<FieldId>,
}

impl Kind for Days {
    type State = DaysByDate;

    fn read(written: &Written<'_, '_, '_>, scope: &Scope<'_>) -> Option<Days> {
        written.table(|form| {
            let (rows, _) = LinkedRows::read(form, scope)?;
            let field = scope.dictionary.table(rows.table).roles.days;
            Some(Days { rows, field })
        })
    }

    fn words(&self, phrases: Phrases<'_>) -> String {
        format!("{}，天数合计，同一天不重复计", phrases.rows(&self.rows))
    }

    fn character(&self) -> Character {
        Character {
            sum_note: Some("；同一天的几行合起来最多计1天（一行写明更多的按写明的计），所以结论中的天数可能比相加少"),
            ..Character::GROWS
        }
    }

    fn folds(&self) -> Vec<Folds<'_>> {
        vec![Folds { adds: self.field.map_or(Adds::Events, Adds::Field), ..Folds::of(&self.rows) }]
    }

    fn add(&self, state: &mut DaysByDate, row: &FoldedRow<'_>) {
        match self.field {
            Some(field) => add_row(state, row, field),
            None => state.undated.add(row.counts(), row.facts.quantity),
        }
    }

    fn more(&self, state: &mut DaysByDate, _: TableId, _: &[DateSpan]) {
        state.undated.open = true;
    }

    fn outcome(&self, found: Gathered<'_, DaysByDate>, at: &impl Viewpoint) -> Measured {
        found.measure(at, |days, _| Measured::of(days.amount()))
    }
}

/// Adds a row. If it covers several days and says as many, each of them gets one. Without 天数 it is surely one day and
/// perhaps all of them. Any other row counts for its first day.
fn add_row(days: &mut DaysByDate, row: &FoldedRow<'_>, field: FieldId) {
    let quantity = row.facts.quantity;
    let is_blank = row.facts.cells[field.index()].is_blank();
    let Some((first, last)) = row.facts.exact_days() else {
        // Its end is written down but not its days: they may be any number.
        days.add_undated(if is_blank && row.facts.has_end { Quantity::OPEN } else { quantity });
        return;
    };
    let length = if first == last { 1 } else { first.until(last).map_or(0, |span| i64::from(span.get_days())) + 1 };
    let quantity = match length {
        2.. if is_blank => {
            Quantity { low: quantity.low, high: quantity.high.map(|high| high.max(Decimal::from(length))) }
        }
        _ => quantity,
    };
    if (2..=366).contains(&length) && quantity == Quantity::exactly(Decimal::from(length)) {
        let inside = |day: &Date| row.days.0 <= *day && *day <= row.days.1;
        first.series(jiff::Span::new().days(1)).take_while(|day| *day <= last).filter(inside).for_each(|day| {
            days.add(day, row.truth, Quantity::exactly(Decimal::ONE));
        });
    } else {
        days.add(first, row.counts(), quantity);
    }
}

/// Days in the field: the rows of one date are added up and capped at the larger of 1 and the longest single row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct DaysByDate {
    dates: HashMap<Date, DayRows>,
    /// Possible days of rows whose date is not known exactly.
    undated: QuantitySum,
}

/// The rows of one date. Most dates only have rows of one whole day: then their number is enough, in a quarter of the
/// memory.
#[derive(Clone, Debug, PartialEq, Eq)]
enum DayRows {
    Whole { sure: u32, all: u32 },
    Sums(Box<DaySums>),
}

/// The amounts of the rows of one date: those that are sure, and all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct DaySums {
    sure: Decimal,
    longest_sure: Decimal,
    all: Decimal,
    longest: Decimal,
}

impl Default for DayRows {
    fn default() -> DayRows {
        DayRows::Whole { sure: 0, all: 0 }
    }
}

impl DayRows {
    fn add(&mut self, truth: Truth, low: Decimal, high: Decimal) {
        match self {
            DayRows::Whole { sure, all } if low == Decimal::ONE && high == Decimal::ONE => {
                *sure += u32::from(truth == Truth::True);
                *all += 1;
            }
            DayRows::Whole { .. } | DayRows::Sums(_) => self.join_sums(&DaySums::of_row(truth, low, high)),
        }
    }

    fn join(&mut self, other: &DayRows) {
        match (&mut *self, other) {
            (DayRows::Whole { sure, all }, DayRows::Whole { sure: more, all: of }) => {
                *sure += more;
                *all += of;
            }
            (_, other) => self.join_sums(&other.sums()),
        }
    }

    fn join_sums(&mut self, other: &DaySums) {
        let mut sums = self.sums();
        sums.join(other);
        match self {
            DayRows::Whole { .. } => *self = DayRows::Sums(Box::new(sums)),
            DayRows::Sums(own) => **own = sums,
        }
    }

    fn sums(&self) -> DaySums {
        match self {
            DayRows::Whole { sure, all } => DaySums {
                sure: (*sure).into(),
                longest_sure: (*sure).min(1).into(),
                all: (*all).into(),
                longest: (*all).min(1).into(),
            },
            DayRows::Sums(sums) => **sums,
        }
    }
}

impl DaySums {
    fn of_row(truth: Truth, low: Decimal, high: Decimal) -> DaySums {
        let sure = if truth == Truth::True { low } else { Decimal::ZERO };
        DaySums { sure, longest_sure: sure, all: high, longest: high }
    }

    fn join(&mut self, other: &DaySums) {
        self.sure = self.sure.saturating_add(other.sure);
        self.longest_sure = self.longest_sure.max(other.longest_sure);
        self.all = self.all.saturating_add(other.all);
        self.longest = self.longest.max(other.longest);
    }

    /// What the date counts for: surely, and at most.
    fn capped(&self) -> (Decimal, Decimal) {
        (self.sure.min(self.longest_sure.max(Decimal::ONE)), self.all.min(self.longest.max(Decimal::ONE)))
    }
}

impl DaysByDate {
    fn add(&mut self, date: Date, truth: Truth, quantity: Quantity) {
        let Quantity { low, high } = quantity;
        self.undated.open |= high.is_none();
        let high = high.unwrap_or(low);
        self.dates.entry(date).or_default().add(truth, low, high);
    }

    /// Adds a row whose date is not known exactly: it may fall on a date that counts already.
    fn add_undated(&mut self, quantity: Quantity) {
        self.undated.add(Truth::Unknown, quantity);
    }

    fn amount(&self) -> Amount {
        let mut sum = self.undated;
        for day in self.dates.values() {
            let (sure, most) = day.sums().capped();
            sum.low = sum.low.saturating_add(sure);
            sum.high = sum.high.saturating_add(most);
        }
        sum.amount()
    }
}

impl Join for DaysByDate {
    fn join(&mut self, other: &DaysByDate) {
        for (date, rows) in &other.dates {
            self.dates.entry(*date).or_default().join(rows);
        }
        self.undated.join(&other.undated);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: Date = jiff::civil::date(2023, 3, 6);

    /// Rows of one date, each as whether it is sure and its hundredths of a day.
    fn days(rows: &[(bool, i64)]) -> DaysByDate {
        let mut days = DaysByDate::default();
        for (sure, hundredths) in rows {
            days.add(DAY, Truth::from(*sure), Quantity::exactly(Decimal::new(*hundredths, 2)));
        }
        days
    }

    fn amount(days: &DaysByDate) -> (String, String) {
        let Amount { low, high } = days.amount();
        (low.normalize().to_string(), high.expect("an upper end").normalize().to_string())
    }

    #[test]
    fn the_rows_of_a_date_count_alike_in_one_slot_and_in_two_that_are_joined() {
        let whole = [(true, 100), (true, 100), (true, 100)];
        let mixed = [(true, 50), (true, 100), (true, 50)];
        let long = [(true, 100), (true, 300), (true, 50)];
        let half = [(true, 25), (true, 25)];
        for (rows, expected) in [(&whole[..], "1"), (&mixed, "1"), (&long, "3"), (&half, "0.5")] {
            let expected = (expected.to_string(), expected.to_string());
            assert_eq!(amount(&days(rows)), expected, "{rows:?}");
            for cut in 0..=rows.len() {
                let (first, second) = rows.split_at(cut);
                let mut joined = days(first);
                joined.join(&days(second));
                assert_eq!(amount(&joined), expected, "{rows:?} parted at {cut}");
            }
        }
    }

    #[test]
    fn a_row_that_is_not_sure_only_raises_the_upper_end() {
        let possible = |rows: &[(bool, i64)]| {
            let mut days = days(rows);
            days.add(DAY, Truth::Unknown, Quantity::exactly(Decimal::ONE));
            amount(&days)
        };
        let pair = |low: &str, high: &str| (low.to_string(), high.to_string());
        assert_eq!(possible(&[]), pair("0", "1"));
        assert_eq!(possible(&[(true, 100)]), pair("1", "1"));
        assert_eq!(possible(&[(true, 50)]), pair("0.5", "1"));
        assert_eq!(possible(&[(true, 200)]), pair("2", "2"));
    }
}
