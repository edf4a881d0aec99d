//! States that a cell says hold for a time only: 兼职（2024年9月起）.

use jiff::civil::Date;

use crate::dictionary::{FieldId, FieldKind, Table, bracketed, changes_nothing};
use crate::intake::sheet::time_in;

/// Whether a field says what somebody or something is at one time.
pub(super) fn is_state(table: &Table, field: FieldId) -> bool {
    let of = table.field(field);
    let is_one = match of.kind {
        FieldKind::Flag | FieldKind::Figure | FieldKind::Word(_) | FieldKind::Words(_) => true,
        FieldKind::Text | FieldKind::Texts | FieldKind::Code | FieldKind::Person | FieldKind::People => false,
        FieldKind::Number | FieldKind::Date | FieldKind::Year | FieldKind::School => false,
        FieldKind::Institution | FieldKind::Identity => false,
    };
    is_one && (table.at_one_time || of.kind == FieldKind::Figure)
}

/// The time of which brackets tell that say nothing else: 兼职（2020.9-2022.8）.
pub(super) fn time_in_brackets(text: &str) -> Option<(Date, Date)> {
    if !text.contains("20") {
        return None;
    }
    bracketed(text).iter().filter(|hint| changes_nothing(hint)).find_map(|hint| time_in(hint))
}
