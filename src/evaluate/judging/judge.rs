//! Amounts against bounds. 达标 and 未达标 only where both ends of the amount and of the bound agree.

use rust_decimal::Decimal;

use crate::dictionary::money_worth;
use crate::evaluate::facts::View;
use crate::model::{Amount, BoundEnds, BoundValue, Cell, Value, Verdict};
use crate::rules::fold::{Cause, FigureUnit, Measured, Uncertain};
use crate::rules::{Bound, Threshold};

/// The bound for a subject. If the field that it goes by is not known, it has the ends of all that it can be.
pub(in crate::evaluate) fn bound_for(bound: &Bound, subject: View<'_>) -> BoundValue {
    bound.map(|threshold| ends(threshold, subject))
}

fn ends(threshold: &Threshold, subject: View<'_>) -> BoundEnds {
    let Threshold::By { field, figures } = threshold else {
        let figure = threshold.figures().first().copied().unwrap_or_default();
        return BoundEnds::exactly(figure);
    };
    let word = match subject.cell(*field) {
        Cell::Is(Value::Word(word)) => Some(*word),
        Cell::Is(_) | Cell::Blank | Cell::Absent | Cell::Unreadable => None,
    };
    let named: Vec<Decimal> = figures.iter().filter(|(id, _)| Some(*id) == word).map(|(_, figure)| *figure).collect();
    let possible = if named.is_empty() { threshold.figures() } else { named };
    BoundEnds {
        low: possible.iter().min().copied().unwrap_or_default(),
        high: possible.iter().max().copied().unwrap_or_default(),
    }
}

/// What an amount says against a bound: met, unmet, or review.
pub(in crate::evaluate) fn verdict(amount: &Amount, bound: &BoundValue) -> Verdict {
    let below = |limit: Decimal| amount.high.is_some_and(|high| high < limit);
    let at_most = |limit: Decimal| amount.high.is_some_and(|high| high <= limit);
    let (met, unmet) = match *bound {
        BoundValue::AtLeast { floor, tolerance, .. } => {
            (amount.low >= floor.high, below(floor.low - tolerance.unwrap_or_default()))
        }
        BoundValue::AtMost { ceiling, tolerance } => {
            (at_most(ceiling.low), amount.low > ceiling.high + tolerance.unwrap_or_default())
        }
        BoundValue::Equals(ends) => {
            let same = ends.low == ends.high && amount.exact() == Some(ends.low);
            (same, amount.low > ends.high || below(ends.low))
        }
        BoundValue::Is(flag) => {
            let wanted = Decimal::from(u8::from(flag));
            (amount.exact() == Some(wanted), amount.low > wanted || below(wanted))
        }
        BoundValue::About { figure, tolerance } => {
            (amount.exact() == Some(figure), amount.low > figure + tolerance || below(figure - tolerance))
        }
    };
    match (met, unmet) {
        (true, _) => Verdict::Met,
        (false, true) => Verdict::Unmet,
        (false, false) => Verdict::Review,
    }
}

/// How far the sure part of the amount is from the bound. `None` if it reaches it.
pub(in crate::evaluate) fn gap(amount: &Amount, bound: &BoundValue) -> Option<Decimal> {
    let gap = match *bound {
        BoundValue::AtLeast { floor, .. } => floor.low - amount.low,
        BoundValue::AtMost { ceiling, .. } => amount.low - ceiling.high,
        BoundValue::Equals(ends) if amount.low > ends.high => amount.low - ends.high,
        BoundValue::Equals(ends) => ends.low - amount.low,
        BoundValue::Is(_) => return None,
        BoundValue::About { figure, .. } => (figure - amount.low).abs(),
    };
    (gap > Decimal::ZERO).then_some(gap)
}

/// A figure of money in the unit of its rule. One without a unit may be any amount of it.
pub(in crate::evaluate) fn in_unit(measured: Measured, unit: &str) -> Measured {
    let Some((item, told)) = measured.figure else { return measured };
    let (Some(worth), Some(amount)) = (money_worth(unit), measured.amount) else { return measured };
    let part = |amount: Decimal| amount.checked_div(worth);
    let amount = match told {
        FigureUnit::None => amount,
        FigureUnit::Told => Amount { low: part(amount.low).unwrap_or_default(), high: amount.high.and_then(part) },
        FigureUnit::Bare | FigureUnit::Mixed => Amount { low: Decimal::ZERO, high: None },
    };
    let bare = || Cause::new(Uncertain::Figure(item), "金额没有写单位").at(measured.citations.sure.iter().copied());
    let lacks = if told == FigureUnit::Bare { vec![bare()] } else { Vec::new() };
    Measured { amount: Some(amount), lacks: [measured.lacks, lacks].concat(), ..measured }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(low: i64, high: Option<i64>) -> Amount {
        Amount { low: low.into(), high: high.map(Decimal::from) }
    }

    fn at_least(low: i64, high: i64, tolerance: Option<i64>) -> BoundValue {
        let floor = BoundEnds { low: low.into(), high: high.into() };
        BoundValue::AtLeast { floor, tolerance: tolerance.map(Decimal::from), aim: None }
    }

    #[test]
    fn a_floor_is_met_by_what_is_sure_and_missed_only_by_what_is_possible() {
        let sixty = at_least(60, 60, None);
        assert_eq!(verdict(&amount(60, Some(60)), &sixty), Verdict::Met);
        assert_eq!(verdict(&amount(59, Some(59)), &sixty), Verdict::Unmet);
        assert_eq!(verdict(&amount(59, Some(60)), &sixty), Verdict::Review);
        assert_eq!(verdict(&amount(0, None), &sixty), Verdict::Review);
        assert_eq!(verdict(&amount(60, None), &sixty), Verdict::Met);
    }

    #[test]
    fn a_bound_that_goes_by_an_unknown_level_has_two_ends() {
        let either = at_least(60, 80, None);
        assert_eq!(verdict(&amount(80, Some(80)), &either), Verdict::Met);
        assert_eq!(verdict(&amount(70, Some(70)), &either), Verdict::Review);
        assert_eq!(verdict(&amount(59, Some(59)), &either), Verdict::Unmet);
    }

    #[test]
    fn what_only_a_tolerance_saves_is_for_a_person_to_decide() {
        let about = at_least(20, 20, Some(5));
        assert_eq!(verdict(&amount(20, Some(20)), &about), Verdict::Met);
        assert_eq!(verdict(&amount(15, Some(15)), &about), Verdict::Review);
        assert_eq!(verdict(&amount(14, Some(14)), &about), Verdict::Unmet);
        let ceiling = BoundValue::AtMost { ceiling: BoundEnds::exactly(45.into()), tolerance: Some(2.into()) };
        assert_eq!(verdict(&amount(45, Some(45)), &ceiling), Verdict::Met);
        assert_eq!(verdict(&amount(47, Some(47)), &ceiling), Verdict::Review);
        assert_eq!(verdict(&amount(48, Some(48)), &ceiling), Verdict::Unmet);
    }

    #[test]
    fn equality_needs_both_ends() {
        let none = BoundValue::Equals(BoundEnds::exactly(0.into()));
        assert_eq!(verdict(&amount(0, Some(0)), &none), Verdict::Met);
        assert_eq!(verdict(&amount(0, Some(1)), &none), Verdict::Review);
        assert_eq!(verdict(&amount(1, Some(1)), &none), Verdict::Unmet);
        assert_eq!(gap(&amount(3, Some(3)), &none), Some(3.into()));
    }
}
