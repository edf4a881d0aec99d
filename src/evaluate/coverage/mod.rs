//! What the ledgers cover: their rows by institution and month. What is missing outside of that is not proved by them.

mod confirmed;
mod earlier;
mod extracts;
mod headcounts;
mod kept;
mod ledgers;
mod lists;
mod months;
mod named;
mod partners;
mod remits;
mod some;
mod spans;
mod totals;

pub use confirmed::Confirmed;
pub use earlier::{EarlierList, EarlierLists};
pub(super) use extracts::{NamedMonths, extracts, kept_by_table, of_months};
pub(super) use headcounts::headcount_cause;
pub use ledgers::Coverage;
pub(super) use ledgers::{Asked, Whose};
pub(super) use lists::ListDoubts;
pub(super) use months::LedgerMonths;
pub(super) use partners::partner_causes;
pub(super) use remits::{Remits, may_hold};
pub(crate) use spans::{in_words, merged};
pub use totals::OtherTotal;
