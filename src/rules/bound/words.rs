//! 标准 in words: of a rule, for everyone whom it concerns, and of a subject, whose own figure is known.

use rust_decimal::Decimal;

use super::value::{Bound, Threshold};
use crate::dictionary::{Dictionary, TableId};
use crate::model::{BoundValue, plain};
use crate::rules::phrases::yes_no;

impl Bound {
    /// For all subjects of a table: `市级不少于60天，县级不少于80天`.
    pub(crate) fn words(&self, each: TableId, unit: &str, dictionary: &Dictionary) -> String {
        let threshold = |word: &str, threshold: &Threshold| match threshold {
            Threshold::Fixed(figure) => format!("{word}{}{unit}", plain(*figure)),
            Threshold::By { field, figures } => {
                let Some(list) = dictionary.words_of(dictionary.table(each).field(*field)) else {
                    return String::new();
                };
                let part = |(id, figure): &(_, Decimal)| format!("{}{word}{}{unit}", list.word(*id), plain(*figure));
                figures.iter().map(part).collect::<Vec<_>>().join("，")
            }
        };
        let about = |tolerance: Option<Decimal>| match tolerance {
            Some(tolerance) => format!("左右（相差{}以内由人判断）", plain(tolerance)),
            None => String::new(),
        };
        match self {
            Bound::AtLeast { floor, tolerance, aim } => {
                format!("{}{}{}", threshold("不少于", floor), about(*tolerance), aimed(*aim, unit))
            }
            Bound::AtMost { ceiling, tolerance } => format!("{}{}", threshold("不超过", ceiling), about(*tolerance)),
            Bound::Equals(figure) => threshold("应为", figure),
            Bound::Is(flag) => so(*flag),
            Bound::About { figure, tolerance } => round_about(*figure, *tolerance, unit),
        }
    }
}

/// For a subject, with all that belongs to it: `不少于60或80天，力求100天`.
pub fn standard(bound: &BoundValue, unit: &str) -> String {
    match bound {
        BoundValue::AtLeast { aim, .. } => format!("{}{}", limit(bound, unit), aimed(*aim, unit)),
        BoundValue::About { figure, tolerance } => round_about(*figure, *tolerance, unit),
        BoundValue::AtMost { .. } | BoundValue::Equals(_) | BoundValue::Is(_) => limit(bound, unit),
    }
}

/// As it opens a sentence: `应不少于60天`.
pub(crate) fn asked(bound: &BoundValue, unit: &str) -> String {
    match bound {
        BoundValue::AtLeast { .. } | BoundValue::AtMost { .. } => format!("应{}", limit(bound, unit)),
        BoundValue::Equals(_) | BoundValue::Is(_) | BoundValue::About { .. } => limit(bound, unit),
    }
}

fn limit(bound: &BoundValue, unit: &str) -> String {
    let about = |tolerance: &Option<Decimal>| if tolerance.is_some() { "左右" } else { "" };
    match bound {
        BoundValue::AtLeast { floor, tolerance, .. } => format!("不少于{}{unit}{}", floor.text(), about(tolerance)),
        BoundValue::AtMost { ceiling, tolerance } => format!("不超过{}{unit}{}", ceiling.text(), about(tolerance)),
        BoundValue::Equals(ends) => format!("应为{}{unit}", ends.text()),
        BoundValue::Is(flag) => so(*flag),
        BoundValue::About { figure, .. } => format!("应为{}{unit}左右", plain(*figure)),
    }
}

fn aimed(aim: Option<Decimal>, unit: &str) -> String {
    aim.map(|aim| format!("，力求{}{unit}", plain(aim))).unwrap_or_default()
}

fn so(flag: bool) -> String {
    format!("应为“{}”", yes_no(flag))
}

fn round_about(figure: Decimal, tolerance: Decimal, unit: &str) -> String {
    format!("{}{unit}左右（上下{}）", plain(figure), plain(tolerance))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::BoundEnds;

    #[test]
    fn a_bound_is_said_with_its_unit_and_with_both_ends_when_it_is_not_known() {
        let ends = BoundEnds { low: Decimal::from(60), high: Decimal::from(80) };
        let floor = BoundValue::AtLeast { floor: ends, tolerance: None, aim: Some(Decimal::from(100)) };
        assert_eq!(standard(&floor, "天"), "不少于60或80天，力求100天");
        let ceiling =
            BoundValue::AtMost { ceiling: BoundEnds::exactly(Decimal::from(5)), tolerance: Some(Decimal::ONE) };
        assert_eq!(standard(&ceiling, "年"), "不超过5年左右");
        assert_eq!(standard(&BoundValue::Is(true), ""), "应为“是”");
    }
}
