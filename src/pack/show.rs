//! Rules in words: the requirement of a rule as a clerk reads it.

use super::{Check, Rule};
use crate::dictionary::Dictionary;
use crate::rules::{Bound, Kind, Phrases, Threshold};

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
            Some(due) => format!("{}（{due}前）", bound.words(self.each, &self.unit, dictionary)),
            None => bound.words(self.each, &self.unit, dictionary),
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
            Check::Measured { bound, .. } => bound.words(self.each, &self.unit, dictionary),
            Check::Required { .. } => String::new(),
        }
    }
}
