//! A row while it is checked.

use crate::dictionary::FieldId;
use crate::intake::issues::IssueLog;
use crate::intake::row::ParsedRow;
use crate::intake::sheet::Layout;
use crate::model::IssueKind;

pub(super) struct CheckedRow<'c> {
    pub parsed: &'c mut ParsedRow,
    pub layout: &'c Layout,
    pub log: &'c mut IssueLog,
    pub whole: bool,
}

impl CheckedRow<'_> {
    pub(super) fn report(&mut self, field: FieldId, kind: IssueKind, text: &str, message: String) {
        self.log.report(self.layout.place(self.parsed.at, field), kind, text, message);
    }
}
