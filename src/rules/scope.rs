//! Where a condition or a measure stands in a pack.

use crate::dictionary::{Dictionary, MemberList, TableId};

/// Where a condition or a measure stands: the table of its rows, and what it can refer to.
#[derive(Clone, Copy)]
pub(crate) struct Scope<'d> {
    pub dictionary: &'d Dictionary,
    pub table: TableId,
    /// The pack's own lists of members.
    pub members: &'d [MemberList],
}
