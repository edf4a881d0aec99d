//! Rules in words: the requirement of a rule as a clerk reads it.

use super::{Bound, Rule, Threshold};
use crate::dictionary::Dictionary;
use crate::model::plain;

impl Rule {
    /// 应达标准, in words: `市级不少于60天，县级不少于80天`.
    pub fn standard(&self, dictionary: &Dictionary) -> String {
        let super::Check::Measured { bound, .. } = &self.check else {
            return self.title.clone();
        };
        let text = match bound {
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
        };
        match self.due {
            Some(due) => format!("{text}（{due}前）"),
            None => text,
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
