//! What is concluded, and how strongly the document asks for it.

use serde::Serialize;

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
}
