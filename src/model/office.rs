//! What the audit of one office of many came to: small enough to keep for every office of a country.

use serde::{Deserialize, Serialize};

use super::{Counts, Masked};

/// A file by its path and the SHA-256 of its bytes. The path is masked except where the file is opened by it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileStamp<P = Masked> {
    pub path: P,
    pub sha256: String,
}

/// An office of a run over many: a sub-folder of records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Office {
    /// The name of the folder that its folder stands in: a province, a city.
    pub area: String,
    pub name: String,
    pub outcome: Outcome,
}

/// Whether an office could be audited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    Audited(Summary),
    /// Why not, in plain Chinese with the file's name.
    NotAudited(String),
}

/// What an audit came to, without a person in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Summary {
    /// The files that were read, by their paths within the office's folder.
    pub inputs: Vec<FileStamp>,
    /// The report or the findings' file, by its path within the run's folder.
    pub written: Option<FileStamp<String>>,
    pub people: u64,
    /// Rows below the headers, and of these the ones used in part and not at all.
    pub rows: u64,
    pub partly: u64,
    pub unused: u64,
    /// Unmet 应 and 原则上 (问题), unmet 力争 and 鼓励 (提示), and defects of the data.
    pub gaps: u64,
    pub notes: u64,
    pub issues: u64,
    /// For each rule of each pack, in their order.
    pub rules: Vec<RuleCounts>,
}

/// The findings of one rule, counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleCounts {
    pub pack: String,
    pub rule: String,
    pub counts: Counts,
}

impl Summary {
    pub fn counts(&self) -> Counts {
        self.rules.iter().fold(Counts::default(), |sum, rule| sum.plus(rule.counts))
    }
}
