//! The nouns of an audit, without input or output: cells, dates, amounts, windows, verdicts, findings.

mod address;
mod amount;
mod assessment;
mod diagnostic;
mod digest;
mod finding;
mod issue;
mod office;
mod privacy;
mod question;
mod time;
mod truth;
mod unlisted;
mod value;
mod verdict;

pub use address::{CellRef, RowRef, column_letters};
pub use amount::{Amount, plain};
pub use assessment::{Assessment, Copy, CopyRow, Input, ManualCheck, PackStamp, RawText, Sheet};
pub(crate) use assessment::{cell_text, sheet_prefix};
pub use diagnostic::Diagnostic;
pub use digest::{Sha256Writer, sha256_hex};
pub use finding::{BoundEnds, BoundOf, BoundValue, Evidence, Finding, Subject};
pub use issue::{Issue, IssueKind};
pub use office::{FileStamp, Office, Outcome, RuleCounts, Summary};
pub use privacy::Masked;
pub(crate) use privacy::mask;
pub use question::{LedgerCoverage, Question};
pub use time::{
    Calendar, DateSpan, Per, Period, PeriodError, RowLength, Term, Window, elapsed_years, months_between, weekday_name,
};
pub use truth::Truth;
pub use unlisted::Unlisted;
pub use value::{Cell, SharedAmount, Value, WordId};
pub use verdict::{Counts, Obligation, Verdict};
