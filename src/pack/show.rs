//! Rules in words: the requirement of a rule as a clerk reads it.

use super::{Check, Rule};
use crate::dictionary::Dictionary;
use crate::model::plain;
use crate::rules::{Bound, Phrases, Spoken, Threshold};

impl Rule {
    /// What must be so: the standard of an amount, or the condition that is required.
    pub fn asked(&self, dictionary: &Dictionary) -> String {
        match &self.check {
            Check::Measured { .. } => self.standard(dictionary),
            Check::Required { require, .. } => require.words(dictionary, self.each),
        }
    }

    /// What is computed for a subject, one phrase a measure; nothing for a requirement without one.
    pub fn measured(&self, dictionary: &Dictionary) -> Vec<String> {
        self.measures().map(|measure| measure.words(Phrases { dictionary, table: self.each })).collect()
    }

    /// 应达标准, in words: `市级不少于60天，县级不少于80天`.
    pub fn standard(&self, dictionary: &Dictionary) -> String {
        let Check::Measured { bound, .. } = &self.check else {
            return self.title.clone();
        };
        if self.covers_all() {
            return "没有缺项".to_string();
        }
        match self.due {
            Some(due) => format!("{}（{due}前）", self.in_words(bound, dictionary)),
            None => self.in_words(bound, dictionary),
        }
    }

    /// Whether the rule asks that nothing be missing: “应为0个” would be a riddle.
    pub fn covers_all(&self) -> bool {
        match &self.check {
            Check::Measured { measure, bound: Bound::Equals(Threshold::Fixed(figure)), .. } => {
                measure.character().lists && figure.is_zero() && self.due.is_none()
            }
            Check::Measured { .. } | Check::Required { .. } => false,
        }
    }

    /// The bound alone, without the day by which it is due; nothing for a requirement without one.
    pub(super) fn bound_words(&self, dictionary: &Dictionary) -> String {
        match &self.check {
            Check::Measured { bound, .. } => self.in_words(bound, dictionary),
            Check::Required { .. } => String::new(),
        }
    }

    fn in_words(&self, bound: &Bound, dictionary: &Dictionary) -> String {
        match bound {
            Bound::AtLeast { floor, tolerance, aim } => {
                let aim = aim.map(|aim| format!("，力求{}{}", plain(aim), self.unit)).unwrap_or_default();
                format!("{}{}{aim}", self.threshold("不少于", floor, dictionary), self.about(*tolerance))
            }
            Bound::AtMost { ceiling, tolerance } => {
                format!("{}{}", self.threshold("不超过", ceiling, dictionary), self.about(*tolerance))
            }
            Bound::Equals(figure) => self.threshold("应为", figure, dictionary),
            Bound::Is(true) => "应为“是”".to_string(),
            Bound::Is(false) => "应为“否”".to_string(),
            Bound::About { figure, tolerance } => {
                format!("{}{}左右（上下{}）", plain(*figure), self.unit, plain(*tolerance))
            }
        }
    }

    fn about(&self, tolerance: Option<rust_decimal::Decimal>) -> String {
        tolerance.map(|tolerance| format!("左右（相差{}以内由人判断）", plain(tolerance))).unwrap_or_default()
    }

    fn threshold(&self, word: &str, threshold: &Threshold, dictionary: &Dictionary) -> String {
        match threshold {
            Threshold::Fixed(figure) => format!("{word}{}{}", plain(*figure), self.unit),
            Threshold::By { field, figures } => {
                let Some(list) = dictionary.words_of(dictionary.table(self.each).field(*field)) else {
                    return String::new();
                };
                let parts: Vec<String> = figures
                    .iter()
                    .map(|(id, figure)| format!("{}{word}{}{}", list.word(*id), plain(*figure), self.unit))
                    .collect();
                parts.join("，")
            }
        }
    }
}
