//! 规则包: one policy document as data. TOML becomes typed rules here, checked wholly against the dictionary.

mod built_in;
mod document;
mod extend;
mod needs;
mod parse;
mod quotes;
mod rule;

pub use built_in::{built_in, built_in_ids, cases_of, parse, text_of};
pub use document::{Base, Clause, ClauseStatus, Pack};
pub use needs::{TableNeeds, Use, figure_items, records};
pub use quotes::lint_source;
pub use rule::{Check, Grace, Rule};

#[cfg(test)]
mod tests;
