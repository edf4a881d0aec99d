//! `days`: days in the field. The rows of one date count together.

use std::collections::BTreeSet;

use foldhash::HashMap;
use rust_decimal::prelude::ToPrimitive;

use crate::model::RowLength;
use crate::rules::days::{
    DayRows, Stay, SureDays, bounds, clusters, days_between, most_apart, said_by_both, working_days,
};
use crate::rules::prelude::*;
use crate::rules::window::{working_end, working_start};

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

/// Adds a row. If it covers several days and says as many, each of them gets one. Any other row of several days is a
/// stay of which only so much is known.
fn add_row(days: &mut DaysByDate, row: &FoldedRow<'_>, field: FieldId) {
    let facts = row.facts;
    let quantity = facts.quantity;
    let is_blank = facts.cells[field.index()].is_blank();
    let Some((start, end)) = facts.extent else {
        return days.add_undated(Quantity { low: quantity.low, high: undated(facts, is_blank) });
    };
    let is_short = quantity.high.is_some_and(|high| high <= Decimal::ONE);
    match start.exact().zip(end.exact()) {
        Some((first, last)) if first == last && is_short => days.add(first, row.counts(), quantity),
        Some((first, last)) if first < last && quantity == Quantity::exactly(days_between(first, last)) => {
            let inside = |day: &Date| row.days.0 <= *day && *day <= row.days.1;
            first.series(jiff::Span::new().days(1)).take_while(|day| *day <= last).filter(inside).for_each(|day| {
                days.add(day, row.truth, Quantity::exactly(Decimal::ONE));
            });
        }
        Some((first, last)) if facts.has_end => {
            let length = days_between(first, last);
            let said = said_by_both(quantity, is_blank, length, working_days(first, last));
            let is_sure = row.truth == Truth::True && first >= row.days.0 && said.low >= Decimal::ONE;
            let sure = is_sure.then_some(first);
            days.stays.extend(Stay::of((first, last), said, length, row).map(|stay| Stay { sure, ..stay }));
        }
        Some((first, _)) if quantity.high.is_none() => days.add(first, row.counts(), quantity),
        Some((first, _)) => {
            let most = quantity.high.and_then(|high| high.ceil().to_i64()).unwrap_or(366).clamp(1, 366);
            days.stays.extend(lasting((first, most), quantity, row));
        }
        None => {
            let (first, last) =
                if facts.has_end { (start.first, end.last) } else { longest((start, end.last), quantity, row) };
            let length = days_between(first, last);
            let said = if facts.has_end { said_by_both(quantity, is_blank, length, length) } else { quantity };
            // Where only one end is a day, how many days there are is open.
            let is_open = start.exact().is_some() || end.exact().is_some();
            let low = if is_open { Decimal::ZERO } else { said.low };
            days.stays.extend(Stay::of((first, last), Quantity { low, ..said }, length, row));
        }
    }
}

/// The days of a row that says how many they are, at most `most`, and the first of them. Where they would lead out of the window it
/// may be the last of them as well: what is written down when it is over has that.
fn lasting((day, most): (Date, i64), quantity: Quantity, row: &FoldedRow<'_>) -> Option<Stay> {
    let last = working_end(day, most);
    let from = if last > row.days.1 && day <= row.days.1 { working_start(day, most) } else { day };
    let stay = Stay::of((from, last), quantity, days_between(from, last), row);
    stay.map(|stay| stay.around(day, quantity, row))
}

/// The days that a row may cover that is only dated by a month: what takes longer than the month goes on behind it, or began before
/// it where that would lead out of the window, as in [`lasting`].
fn longest((start, last): (DateSpan, Date), quantity: Quantity, row: &FoldedRow<'_>) -> (Date, Date) {
    let most = quantity.high.and_then(|high| high.ceil().to_i64()).unwrap_or(0).clamp(0, 366);
    if Decimal::from(most) <= days_between(start.first, start.last) {
        return (start.first, last);
    }
    let end = working_end(last, most);
    let is_out = end > row.days.1 && start.first <= row.days.1;
    (if is_out { working_start(start.first, most) } else { start.first }, end)
}

/// How many days a row may have at most whose dates are not known.
fn undated(facts: &RowFacts<'_>, is_blank: bool) -> Option<Decimal> {
    match facts.length {
        Some(RowLength::Days(length)) => facts.quantity.high.map(|high| high.max(length.into())),
        // A garbled date may contradict 天数, as one that can be read may.
        Some(RowLength::Any) => None,
        // Its end is written down but not its days: they may be any number.
        None if is_blank && facts.has_end => None,
        None => facts.quantity.high,
    }
}

/// Days in the field: the rows of one date are added up and capped at the larger of 1 and the longest single row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct DaysByDate {
    dates: HashMap<Date, DayRows>,
    /// Days of rows that may fall on any of some dates.
    stays: Vec<Stay>,
    /// Possible days of rows whose date is not known at all.
    undated: QuantitySum,
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
        let mut add = |(low, high): (Decimal, Decimal)| {
            sum.low = sum.low.saturating_add(low);
            sum.high = sum.high.saturating_add(high);
        };
        let clusters = clusters(&self.stays);
        let is_apart =
            |day: &Date| !clusters.iter().any(|stays| bounds(stays).is_some_and(|(a, b)| a <= *day && *day <= b));
        self.dates.iter().filter(|(day, _)| is_apart(day)).for_each(|(_, rows)| add(rows.capped()));
        clusters.iter().for_each(|stays| add(self.together(stays)));
        sum.open |= self.stays.iter().any(|stay| stay.high.is_none());
        sum.amount()
    }

    /// What stays that may overlap come to, with the dates that lie among theirs: surely as much as those that do not overlap,
    /// and never more than the days of the calendar that they can cover.
    fn together(&self, stays: &[Stay]) -> (Decimal, Decimal) {
        let Some((first, last)) = bounds(stays) else { return (Decimal::ZERO, Decimal::ZERO) };
        let dated: BTreeSet<Date> = stays.iter().filter_map(|stay| stay.sure).collect();
        let mut sure: Vec<SureDays> =
            stays.iter().map(|stay| SureDays::of((stay.first, stay.last), stay.low)).collect();
        sure.extend(dated.iter().map(|day| SureDays::of((*day, *day), Decimal::ONE)));
        let mut high = Decimal::ZERO;
        for (day, rows) in self.dates.iter().filter(|(day, _)| first <= **day && **day <= last) {
            let (low, most) = rows.capped();
            sure.push(SureDays::of((*day, *day), low));
            high = high.saturating_add(most);
        }
        let highs = || stays.iter().map(|stay| stay.high.unwrap_or(stay.low));
        let all = highs().fold(high, Decimal::saturating_add);
        let most = highs().max().unwrap_or_default().max(high).max(days_between(first, last));
        (most_apart(sure), all.min(most))
    }
}

impl Join for DaysByDate {
    fn join(&mut self, other: &DaysByDate) {
        for (date, rows) in &other.dates {
            self.dates.entry(*date).or_default().join(rows);
        }
        self.stays.extend(&other.stays);
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
