//! What the office confirms of its ledgers.

use crate::dictionary::TableId;
use crate::model::DateSpan;

/// The times for which the office says that its ledgers are whole: what has no rows there was not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Confirmed {
    All,
    Spans(Vec<(TableId, DateSpan)>),
}

impl Default for Confirmed {
    fn default() -> Confirmed {
        Confirmed::Spans(Vec::new())
    }
}

impl Confirmed {
    /// The spans of a table's gaps that nobody has confirmed. Whoever confirms a part of a gap leaves the rest of it.
    pub(in crate::evaluate) fn without(&self, table: TableId, gaps: Vec<DateSpan>) -> Vec<DateSpan> {
        match self {
            Confirmed::All => Vec::new(),
            Confirmed::Spans(spans) => {
                let own = spans.iter().filter(|(of, _)| *of == table);
                own.fold(gaps, |gaps, (_, span)| gaps.into_iter().flat_map(|gap| cut(gap, *span)).collect())
            }
        }
    }
}

/// What is left of a span without another one.
fn cut(gap: DateSpan, out: DateSpan) -> Vec<DateSpan> {
    if out.last < gap.first || gap.last < out.first {
        return vec![gap];
    }
    let before = out.first.yesterday().ok().filter(|last| gap.first <= *last);
    let behind = out.last.tomorrow().ok().filter(|first| *first <= gap.last);
    let before = before.map(|last| DateSpan { first: gap.first, last });
    before.into_iter().chain(behind.map(|first| DateSpan { first, last: gap.last })).collect()
}
