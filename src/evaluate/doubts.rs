//! What findings are 待核 for: each cause once, with the findings that it leaves open.

use std::collections::BTreeMap;

use crate::model::{CellRef, DateSpan};
use crate::rules::fold::{Cause, Uncertain, Unrecorded};

/// How many cells of a cause are kept for one finding.
const CELLS: usize = 100;

/// The causes of all findings that are 待核, with the ground where each is asked about on its own.
#[derive(Debug, Default)]
pub(crate) struct Doubts(pub BTreeMap<(Uncertain, String), LeftOpen>);

/// What one cause leaves open.
#[derive(Debug, Default)]
pub(crate) struct LeftOpen {
    /// By their places, in ascending order.
    pub findings: Vec<u32>,
    /// Cells with the findings that they leave open.
    pub cells: Vec<(CellRef, u32)>,
    /// Where it is a time without rows: when that is.
    pub spans: Vec<DateSpan>,
    /// Whether some finding has more cells than are kept.
    pub cut: bool,
    /// As a part of a sentence, in the words of the first finding.
    pub words: String,
}

impl Doubts {
    /// Takes up why a finding, by its place, is open.
    pub(super) fn add(&mut self, finding: u32, causes: &[Cause]) {
        for cause in causes {
            let ground = match cause.of {
                Uncertain::Unrecorded(Unrecorded::Relaxed(_)) => cause.words.clone(),
                Uncertain::Unrecorded(_)
                | Uncertain::Sheet(..)
                | Uncertain::Time(..)
                | Uncertain::Person(..)
                | Uncertain::Kind(..)
                | Uncertain::Extract(_)
                | Uncertain::Gaps(_)
                | Uncertain::Beside(_)
                | Uncertain::Elsewhere(_)
                | Uncertain::Total(_)
                | Uncertain::Table(_)
                | Uncertain::Rows(..)
                | Uncertain::Figure(_) => String::new(),
            };
            let open = self.0.entry((cause.of, ground)).or_default();
            if open.findings.last() != Some(&finding) {
                open.findings.push(finding);
            }
            if open.words.is_empty() {
                open.words.clone_from(&cause.words);
            }
            open.cut |= cause.cells.len() >= CELLS;
            open.cells.extend(cause.cells.iter().take(CELLS).map(|cell| (*cell, finding)));
            let new = cause.spans.iter().filter(|span| !open.spans.contains(span)).collect::<Vec<_>>();
            open.spans.extend(new);
        }
    }
}
