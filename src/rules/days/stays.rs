//! Stays: days of a row within some dates, of which it is not known which.

use crate::rules::prelude::*;

/// What 天数 and the dates of a row say together. Where they differ, both are ends; the days of work within the dates are
/// as many as the row says they are.
pub(crate) fn said_by_both(quantity: Quantity, is_blank: bool, length: Decimal, working: Decimal) -> Quantity {
    let Quantity { low, high } = quantity;
    match high {
        _ if is_blank => Quantity { low, high: Some(length) },
        Some(high) if low == high && low == working => quantity,
        Some(high) => Quantity { low: low.min(length), high: Some(high.max(length)) },
        // What cannot be read may contradict the dates, as what can be read may.
        None => Quantity { low: low.min(length), high: None },
    }
}

pub(crate) fn days_between(first: Date, last: Date) -> Decimal {
    first.until(last).map_or(Decimal::ZERO, |span| Decimal::from(span.get_days()) + Decimal::ONE)
}

/// The days of a span that are not of a weekend.
pub(crate) fn working_days(first: Date, last: Date) -> Decimal {
    let days = first.series(jiff::Span::new().days(1)).take(366).take_while(|day| *day <= last);
    Decimal::from(days.filter(|day| day.weekday().to_monday_zero_offset() < 5).count())
}

/// Days of a row within some dates of the window, of which it is not known which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stay {
    pub first: Date,
    pub last: Date,
    pub low: Decimal,
    /// `None` if it may be any number.
    pub high: Option<Decimal>,
    /// A day that is surely one of them.
    pub sure: Option<Date>,
}

impl Stay {
    /// The part that lies in the window. `None` if there is none.
    pub(crate) fn of(
        (first, last): (Date, Date),
        said: Quantity,
        length: Decimal,
        row: &FoldedRow<'_>,
    ) -> Option<Stay> {
        let (from, to) = (first.max(row.days.0), last.min(row.days.1));
        if to < from {
            return None;
        }
        let inside = days_between(from, to);
        let is_whole = inside == length;
        // What lies outside may be all that it has.
        let low = if is_whole { said.low } else { (said.low - (length - inside)).max(Decimal::ZERO) };
        let low = if row.truth == Truth::True { low } else { Decimal::ZERO };
        let high = if is_whole { said.high } else { Some(said.high.map_or(inside, |high| high.min(inside))) };
        Some(Stay { first: from, last: to, low, high, sure: None })
    }

    /// A stay of which only one day has a place: the others are sure in a window that surely holds them all.
    pub(crate) fn around(self, day: Date, quantity: Quantity, row: &FoldedRow<'_>) -> Stay {
        let is_inside = row.days.0 <= day && day <= row.days.1;
        let is_sure = row.truth == Truth::True && is_inside && quantity.low >= Decimal::ONE;
        let low = match row.counts() {
            Truth::True => quantity.low,
            Truth::Unknown | Truth::False if is_sure => Decimal::ONE,
            Truth::Unknown | Truth::False => Decimal::ZERO,
        };
        Stay { low, sure: is_sure.then_some(day), ..self }
    }
}

/// The stays by whether their dates overlap, in the order of their dates.
pub(crate) fn clusters(stays: &[Stay]) -> Vec<Vec<Stay>> {
    let mut stays = stays.to_vec();
    stays.sort_by_key(|stay| (stay.first, stay.last));
    let mut clusters: Vec<Vec<Stay>> = Vec::new();
    for stay in stays {
        match clusters.last_mut() {
            Some(last) if bounds(last).is_some_and(|(_, end)| stay.first <= end) => last.push(stay),
            Some(_) | None => clusters.push(vec![stay]),
        }
    }
    clusters
}

pub(crate) fn bounds(stays: &[Stay]) -> Option<(Date, Date)> {
    Some((stays.first()?.first, stays.iter().map(|stay| stay.last).max()?))
}

/// Days that are surely among some dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SureDays {
    first: Date,
    last: Date,
    days: Decimal,
}

impl SureDays {
    pub(crate) fn of((first, last): (Date, Date), days: Decimal) -> SureDays {
        SureDays { first, last, days }
    }
}

/// The most that some of them come to of which no two overlap: so many days there are at least, wherever the others lie.
pub(crate) fn most_apart(mut all: Vec<SureDays>) -> Decimal {
    all.sort_by_key(|one| (one.last, one.first));
    // By their number, the most that the first of them come to.
    let mut most = vec![Decimal::ZERO];
    for (place, one) in all.iter().enumerate() {
        let before = all[..place].partition_point(|other| other.last < one.first);
        let with = most[before].saturating_add(one.days);
        most.push(with.max(most[place]));
    }
    most.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn of_stays_that_overlap_the_better_ones_count() {
        let stay = |from: i8, to: i8, days: i64| SureDays::of((date(2023, 3, from), date(2023, 3, to)), days.into());
        assert_eq!(most_apart(Vec::new()), Decimal::ZERO);
        assert_eq!(most_apart(vec![stay(1, 5, 5), stay(6, 9, 2)]), Decimal::from(7));
        assert_eq!(most_apart(vec![stay(1, 5, 5), stay(5, 9, 2)]), Decimal::from(5));
        assert_eq!(most_apart(vec![stay(1, 9, 3), stay(1, 4, 2), stay(6, 9, 2), stay(5, 5, 1)]), Decimal::from(5));
    }
}
