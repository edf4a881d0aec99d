//! The clauses of a document, and how the audit answers each.

/// A numbered paragraph of the document, and how the audit answers it.
#[derive(Debug)]
pub struct Clause {
    pub id: String,
    /// The part of a supervision report that it belongs to.
    pub heading: String,
    pub status: ClauseStatus,
    /// What a person checks by hand; there unless the rules answer the clause wholly or it is out of scope.
    pub ask: Option<String>,
    pub quote: Option<String>,
}

/// How far a clause is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClauseStatus {
    Rules,
    Partly,
    Manual,
    OutOfScope,
}

impl ClauseStatus {
    pub const ALL: [ClauseStatus; 4] =
        [ClauseStatus::Rules, ClauseStatus::Partly, ClauseStatus::Manual, ClauseStatus::OutOfScope];

    /// The word that packs use.
    pub fn id(self) -> &'static str {
        match self {
            ClauseStatus::Rules => "rules",
            ClauseStatus::Partly => "partly",
            ClauseStatus::Manual => "manual",
            ClauseStatus::OutOfScope => "out-of-scope",
        }
    }

    /// The word that the report uses.
    pub fn label(self) -> &'static str {
        match self {
            ClauseStatus::Rules => "由规则核查",
            ClauseStatus::Partly => "部分由规则核查",
            ClauseStatus::Manual => "人工核查",
            ClauseStatus::OutOfScope => "不在核查范围",
        }
    }
}
