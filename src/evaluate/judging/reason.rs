//! Findings in words: what is asked, what is there, what is missing, what could not be read.

use rust_decimal::Decimal;

use super::judge;
use crate::evaluate::instance::Instance;
use crate::model::{Amount, BoundValue, Truth, Verdict, Window, plain};
use crate::rules::bound::asked;
use crate::rules::fold::{Measured, Viewpoint};
use crate::rules::yes_no;

/// A finding's reason: what is asked, what is there, and what follows from it.
pub(in crate::evaluate) fn sentence(
    instance: &Instance<'_>,
    verdict: Verdict,
    measured: &Measured,
    bound: &BoundValue,
) -> String {
    let (unit, window) = (&instance.rule.rule.unit, instance.window());
    let Some(amount) = &measured.amount else { return String::new() };
    let listed = measured.covers;
    let mut parts = match (listed, bound) {
        (true, BoundValue::Equals(ends)) if ends.high.is_zero() => vec![missing(measured, unit)],
        (true, _) => vec![asked(bound, unit), missing(measured, unit)],
        (false, _) => vec![asked(bound, unit), actual(amount, bound, unit)],
    };
    let gap = judge::gap(amount, bound);
    match verdict {
        Verdict::Unmet if !listed => parts.extend(short(amount, bound, gap, unit)),
        Verdict::Review => {
            parts.push("不能判断".to_string());
            parts.extend(measured.doubts());
            if instance.facts.may_be_holiday(window) {
                parts.push("没有提供校历，或校历没有写这段时间、没有写放假，不知道这段时间是否上课".to_string());
            }
        }
        Verdict::Pending => parts.push(not_yet(instance, measured, gap.filter(|_| !is_too_much(amount, bound)))),
        Verdict::Met => parts.extend(below_aim(amount, bound, unit)),
        Verdict::Unmet | Verdict::Waived | Verdict::NotApplicable => {}
    }
    parts.join("，")
}

/// `缺2个：初中物理、高中化学`
fn missing(measured: &Measured, unit: &str) -> String {
    let mut text = match measured.missing.as_slice() {
        [] if measured.maybe_missing.is_empty() => "没有缺项".to_string(),
        [] => "没有能确定的缺项".to_string(),
        names => format!("缺{}{unit}：{}", names.len(), names.join("、")),
    };
    if !measured.maybe_missing.is_empty() {
        text.push_str(&format!("；可能还缺：{}", measured.maybe_missing.join("、")));
    }
    text
}

fn not_yet(instance: &Instance<'_>, measured: &Measured, gap: Option<Decimal>) -> String {
    let as_of = instance.facts.when.as_of;
    if measured.goes_on == Some(Truth::True) {
        return "现正在学校任教，结束后再核".to_string();
    }
    if measured.start_only {
        return "还没有做过，期限未到".to_string();
    }
    match instance.rule.rule.due {
        Some(due) if due > as_of => format!("期限为{due}，还未到期"),
        Some(_) | None => {
            // Someone who has left, or is about to, cannot catch up month by month.
            let stays = instance.leaving(instance.window()).is_none();
            pace(instance.window(), as_of, gap.filter(|_| stays), &instance.rule.rule.unit)
        }
    }
}

fn below_aim(amount: &Amount, bound: &BoundValue, unit: &str) -> Option<String> {
    match bound {
        BoundValue::AtLeast { aim: Some(aim), .. } if amount.low < *aim => {
            Some(format!("未达到力求的{}{unit}", plain(*aim)))
        }
        BoundValue::AtLeast { .. }
        | BoundValue::AtMost { .. }
        | BoundValue::Equals(_)
        | BoundValue::Is(_)
        | BoundValue::About { .. } => None,
    }
}

/// `实际52天`, or if the amount is not exact, `能确认52天，最多可能61天`.
fn actual(amount: &Amount, bound: &BoundValue, unit: &str) -> String {
    if let (BoundValue::Is(_), Some(value)) = (bound, amount.exact()) {
        return format!("实际为“{}”", yes_no(!value.is_zero()));
    }
    let limit = is_too_much(amount, bound).then(|| limit_of(bound)).flatten();
    let shown = |value: Decimal| match rounded(value) {
        // What is too much never looks like what is allowed.
        cut if limit == Some(cut) => plain(raised(value)),
        cut => plain(cut),
    };
    match amount.high {
        Some(high) if high == amount.low => format!("实际{}{unit}", shown(high)),
        Some(high) => format!("能确认{}{unit}，最多可能{}{unit}", shown(amount.low), shown(high)),
        None => format!("能确认{}{unit}，最多是多少不能确定", shown(amount.low)),
    }
}

/// `差8天`, `超出0.33年`
fn short(amount: &Amount, bound: &BoundValue, gap: Option<Decimal>, unit: &str) -> Option<String> {
    let gap = plain(printed_gap(gap?, is_too_much(amount, bound)));
    let word = match bound {
        BoundValue::AtLeast { .. } => "差",
        BoundValue::AtMost { .. } => "超出",
        BoundValue::Equals(ends) if amount.low > ends.high => "多",
        BoundValue::Equals(_) => "少",
        BoundValue::Is(_) => return None,
        BoundValue::About { .. } => "相差",
    };
    // Possible rows may make the gap smaller, so the sentence says what it was counted from.
    let counted = if amount.exact().is_some() { "" } else { "按能确认的" };
    Some(format!("{counted}{word}{gap}{unit}"))
}

/// Whether an amount lies above its bound, so that nothing is to be done for it.
fn is_too_much(amount: &Amount, bound: &BoundValue) -> bool {
    match bound {
        BoundValue::Equals(ends) => amount.low > ends.high,
        BoundValue::About { figure, .. } => amount.low > *figure,
        BoundValue::AtMost { .. } => true,
        BoundValue::AtLeast { .. } | BoundValue::Is(_) => false,
    }
}

/// What is still to do before a window ends, and the pace that it takes.
fn pace(window: &Window, as_of: jiff::civil::Date, gap: Option<Decimal>, unit: &str) -> String {
    let days = as_of.until(window.end).map_or(0, |span| i64::from(span.get_days()));
    let months = Decimal::from(days) / Decimal::from(30);
    match gap {
        Some(gap) if days > 30 => {
            let monthly = plain((gap / months).round_dp_with_strategy(1, rust_decimal::RoundingStrategy::AwayFromZero));
            format!("周期到{}结束，还有{days}天，平均每月还需{monthly}{unit}", window.end)
        }
        Some(_) | None if days > 0 => format!("周期到{}结束，还有{days}天", window.end),
        // In the weeks behind a window a paper may still be its own.
        Some(_) | None => format!("周期到{}结束，此后几周以内的也可能算", window.end),
    }
}

/// The figure above which an amount is too much.
fn limit_of(bound: &BoundValue) -> Option<Decimal> {
    match bound {
        BoundValue::AtMost { ceiling, .. } => Some(ceiling.high),
        BoundValue::Equals(ends) => Some(ends.high),
        BoundValue::About { figure, .. } => Some(*figure),
        BoundValue::AtLeast { .. } | BoundValue::Is(_) => None,
    }
}

/// A gap as the difference of the figures that are printed beside it. What is there is cut, so that what is missing is not.
fn printed_gap(gap: Decimal, is_too_much: bool) -> Decimal {
    let cut = rounded(gap);
    if is_too_much && !cut.is_zero() { cut } else { raised(gap) }
}

fn raised(value: Decimal) -> Decimal {
    value.round_dp_with_strategy(2, rust_decimal::RoundingStrategy::AwayFromZero)
}

/// To two places, towards zero, so that a shortfall never looks like none.
fn rounded(value: Decimal) -> Decimal {
    value.round_dp_with_strategy(2, rust_decimal::RoundingStrategy::ToZero)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_printed_gap_is_the_difference_of_the_printed_figures() {
        let figure = |text: &str| text.parse::<Decimal>().unwrap();
        let printed = |gap: &str, is_too_much| plain(printed_gap(figure(gap), is_too_much));
        assert_eq!(printed("0.001", false), "0.01", "2.499 is printed as 2.49");
        assert_eq!(printed("7", false), "7");
        assert_eq!(printed("0.337", true), "0.33", "3.337 is printed as 3.33");
        let (amount, bound) = (Amount::exactly(figure("3.001")), figure("3"));
        let bound = BoundValue::AtMost { ceiling: crate::model::BoundEnds::exactly(bound), tolerance: None };
        assert_eq!(actual(&amount, &bound, "年"), "实际3.01年");
        assert_eq!(short(&amount, &bound, judge::gap(&amount, &bound), "年").as_deref(), Some("超出0.01年"));
    }
}
