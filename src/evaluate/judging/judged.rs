//! What a subject in a window comes to.

use crate::model::{BoundValue, CellRef, Verdict};
use crate::rules::fold::{Cause, Measured};

/// What an instance comes to.
pub(in crate::evaluate) struct Judged {
    pub verdict: Verdict,
    pub measured: Measured,
    pub bound: Option<BoundValue>,
    pub reason: String,
    /// Where it is 待核, why.
    pub causes: Vec<Cause>,
    pub cells: Vec<CellRef>,
}

impl Judged {
    pub(super) fn without_amount(verdict: Verdict, reason: String, cells: Vec<CellRef>) -> Judged {
        Judged { verdict, measured: Measured::default(), bound: None, reason, causes: Vec::new(), cells }
    }

    /// The same, 待核 for these causes beside those that it is 待核 for already.
    pub(super) fn open(self, reason: String, causes: Vec<Cause>) -> Judged {
        let own = if self.verdict == Verdict::Review { self.causes } else { Vec::new() };
        Judged { verdict: Verdict::Review, reason, causes: [causes, own].concat(), ..self }
    }
}
