//! The audit year of a pack, in words.

use crate::pack::Pack;

/// The audit year that a document is written for.
pub fn year(pack: &Pack) -> &'static str {
    if pack.school_year { "学年（9月1日至次年8月31日）" } else { "自然年（1月1日至12月31日）" }
}
