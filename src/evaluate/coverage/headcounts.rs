//! Whether the institutions themselves say another number of people than the roster has.

use crate::dictionary::TableId;
use crate::evaluate::facts::Facts;
use crate::rules::fold::{Cause, Uncertain};

/// Why a roster may lack people, or have too many, by what the institutions say of themselves.
pub(in crate::evaluate) fn headcount_cause(facts: &Facts<'_>, table: TableId) -> Option<Cause> {
    let cells = &facts.registry.miscounted;
    let first = cells.first().filter(|_| table == facts.staff)?;
    let called = facts.registry.sheets.called(first.row.sheet).unwrap_or_default();
    let header = facts.header_at(*first).unwrap_or_default();
    let words = format!("{called}的“{header}”与花名册里的人数不一样");
    Some(Cause::new(Uncertain::Elsewhere(table), words).at(cells.iter().copied()))
}
