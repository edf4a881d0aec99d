//! What is concluded, how often, and how strongly the document asks for it.

use serde::{Deserialize, Serialize};

/// 结论: what the records say of a requirement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    Met,
    Unmet,
    Review,
    Pending,
    Waived,
    NotApplicable,
}

impl Verdict {
    /// In the order in which a summary counts them.
    pub const ALL: [Verdict; 6] =
        [Verdict::Met, Verdict::Unmet, Verdict::Review, Verdict::Pending, Verdict::Waived, Verdict::NotApplicable];

    /// The word that packs, cases and JSON use.
    pub fn id(self) -> &'static str {
        match self {
            Verdict::Met => "met",
            Verdict::Unmet => "unmet",
            Verdict::Review => "review",
            Verdict::Pending => "pending",
            Verdict::Waived => "waived",
            Verdict::NotApplicable => "not-applicable",
        }
    }

    /// The word that clerks and inspectors use.
    pub fn label(self) -> &'static str {
        match self {
            Verdict::Met => "达标",
            Verdict::Unmet => "未达标",
            Verdict::Review => "待核",
            Verdict::Pending => "未到期",
            Verdict::Waived => "豁免",
            Verdict::NotApplicable => "不适用",
        }
    }
}

/// How many findings there are of each verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Counts {
    pub met: u64,
    pub unmet: u64,
    pub review: u64,
    pub pending: u64,
    pub waived: u64,
    pub not_applicable: u64,
}

impl Counts {
    /// With one more of a verdict.
    #[must_use]
    pub fn with(mut self, verdict: Verdict) -> Counts {
        *self.count(verdict) += 1;
        self
    }

    #[must_use]
    pub fn plus(mut self, other: Counts) -> Counts {
        Verdict::ALL.into_iter().for_each(|verdict| *self.count(verdict) += other.of(verdict));
        self
    }

    pub fn of(mut self, verdict: Verdict) -> u64 {
        *self.count(verdict)
    }

    fn count(&mut self, verdict: Verdict) -> &mut u64 {
        match verdict {
            Verdict::Met => &mut self.met,
            Verdict::Unmet => &mut self.unmet,
            Verdict::Review => &mut self.review,
            Verdict::Pending => &mut self.pending,
            Verdict::Waived => &mut self.waived,
            Verdict::NotApplicable => &mut self.not_applicable,
        }
    }

    /// 应检: everyone whom the rule concerns.
    pub fn due(self) -> u64 {
        self.met + self.unmet + self.review + self.pending + self.waived
    }

    /// 达标率: met ÷ (met + unmet), rounded down so that only all make 100%; a dash if nothing was decided.
    pub fn rate(self) -> String {
        match (self.met * 1000).checked_div(self.met + self.unmet) {
            Some(tenths) => format!("{}.{}%", tenths / 10, tenths % 10),
            None => "—".to_string(),
        }
    }

    /// 待核占比: review ÷ due, rounded up so that none of it is hidden; a dash if nobody was concerned.
    pub fn review_share(self) -> String {
        if self.due() == 0 {
            return "—".to_string();
        }
        let tenths = (self.review * 1000).div_ceil(self.due());
        format!("{}.{}%", tenths / 10, tenths % 10)
    }
}

/// 强度: the document's own verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Obligation {
    #[serde(rename = "应")]
    Shall,
    #[serde(rename = "原则上")]
    InPrinciple,
    #[serde(rename = "力争")]
    Strive,
    #[serde(rename = "鼓励")]
    Encouraged,
}

impl Obligation {
    pub const ALL: [Obligation; 4] =
        [Obligation::Shall, Obligation::InPrinciple, Obligation::Strive, Obligation::Encouraged];

    pub fn label(self) -> &'static str {
        match self {
            Obligation::Shall => "应",
            Obligation::InPrinciple => "原则上",
            Obligation::Strive => "力争",
            Obligation::Encouraged => "鼓励",
        }
    }

    /// Whether falling short of it is a gap (问题); else it is a note (提示).
    pub fn binds(self) -> bool {
        matches!(self, Obligation::Shall | Obligation::InPrinciple)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_uses_the_same_words_as_the_packs() {
        for verdict in Verdict::ALL {
            assert_eq!(serde_json::to_string(&verdict).unwrap(), format!("\"{}\"", verdict.id()));
        }
        for obligation in Obligation::ALL {
            assert_eq!(serde_json::to_string(&obligation).unwrap(), format!("\"{}\"", obligation.label()));
        }
    }

    #[test]
    fn a_rate_is_rounded_against_the_office_and_the_share_in_doubt_is_never_hidden() {
        let counts = |met, unmet, review| Counts { met, unmet, review, ..Counts::default() };
        let said = |counts: Counts| (counts.rate(), counts.review_share());
        let pair = |rate: &str, share: &str| (rate.to_string(), share.to_string());
        assert_eq!(said(counts(9999, 1, 0)), pair("99.9%", "0.0%"));
        assert_eq!(said(counts(2, 1, 9_997)), pair("66.6%", "100.0%"));
        assert_eq!(said(counts(9_999, 0, 1)), pair("100.0%", "0.1%"));
        assert_eq!(said(counts(0, 0, 3)), pair("—", "100.0%"));
        let quiet = Counts { not_applicable: 4, ..Counts::default() };
        assert_eq!(said(quiet), pair("—", "—"));
        let open = Counts { pending: 2, waived: 1, ..counts(3, 1, 1) };
        assert_eq!((open.due(), said(open)), (8, pair("75.0%", "12.5%")));
    }
}
