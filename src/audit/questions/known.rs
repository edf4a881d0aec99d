//! What questions are made from besides the doubts.

use std::collections::{BTreeMap, BTreeSet};

use crate::audit::reading::Sheets;
use crate::audit::settings::AuditScope;
use crate::intake::Registry;
use crate::model::{CellRef, Issue, IssueKind};

pub(in crate::audit) struct Known<'a> {
    pub scope: &'a AuditScope<'a>,
    pub sheets: &'a Sheets,
    pub registry: &'a Registry<'a>,
    pub issues: &'a [Issue],
    /// What stands in cells with an issue, where it says anything.
    pub texts: BTreeMap<CellRef, &'a str>,
    /// Cells of the roster that say otherwise than another row of the person.
    pub disagreeing: BTreeSet<CellRef>,
    /// Cells that must be filled in and are not.
    pub blank: BTreeSet<CellRef>,
}

impl<'a> Known<'a> {
    pub(in crate::audit) fn new(
        scope: &'a AuditScope<'a>,
        sheets: &'a Sheets,
        registry: &'a Registry<'a>,
        issues: &'a [Issue],
    ) -> Known<'a> {
        let said = issues.iter().filter(|issue| !issue.text.is_empty());
        let texts = said.map(|issue| (issue.at, issue.text.as_str())).collect();
        let of =
            |kind: IssueKind| issues.iter().filter(move |issue| issue.kind == kind).map(|issue| issue.at).collect();
        let (disagreeing, blank) = (of(IssueKind::DisagreeingRosterRows), of(IssueKind::BlankRequired));
        Known { scope, sheets, registry, issues, texts, disagreeing, blank }
    }
}
