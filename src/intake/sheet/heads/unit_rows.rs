//! A row of units below a header: 元, （人）, 单位：万元. It is no record, and each unit is that of the header above it.

use std::collections::BTreeSet;

use crate::dictionary::{CellWords, Says};
use crate::intake::sheet::header::HeaderLevel;
use crate::intake::sheet::probe::ProbeRow;

/// The units that texts say, by column. `None` if they say anything else, or no unit.
pub(crate) fn units_below<'t>(
    texts: impl Iterator<Item = (u32, &'t str)>,
    words: &CellWords,
) -> Option<Vec<(u32, String)>> {
    let mut units = Vec::new();
    for (column, text) in texts {
        match words.unit_in(text) {
            Some(unit) => units.push((column, unit)),
            // 单位 before the units, and a dash where a column has none.
            None if words.is_unit_label(text) || words.says(text) == Says::Nothing => {}
            None if HeaderLevel::new(text).is_hint => {}
            None => return None,
        }
    }
    (!units.is_empty()).then_some(units)
}

/// The first rows of a sheet that say units of the headers above them.
pub(super) struct UnitRows<'d> {
    pub rows: BTreeSet<u32>,
    pub words: &'d CellWords,
}

/// The number of a row if it says the units of the headers in the row above it, and nothing else. What stands below a group or below
/// nothing is a header itself: 节 below 工作量.
pub(super) fn unit_row(upper: &ProbeRow, lower: &ProbeRow, words: &CellWords) -> Option<u32> {
    let texts = lower.own.iter().map(|(column, part)| (*column, part.text.as_str()));
    let units = if lower.is_text { units_below(texts, words) } else { None };
    units.filter(|units| units.iter().all(|(column, _)| heads_one(upper, *column, lower))).map(|_| lower.number)
}

/// Whether a header stands over one column only.
fn heads_one(upper: &ProbeRow, column: u32, lower: &ProbeRow) -> bool {
    let Some(own) = upper.part(column) else { return false };
    let is_filled = |other: u32| upper.filled(other).is_some_and(|part| part.text == own.text);
    let reaches_left = upper.own(column).is_none()
        && column.checked_sub(1).is_some_and(|left| upper.part(left).is_some_and(|part| part.text == own.text));
    !is_filled(column + 1) && !reaches_left && !upper.is_bare_group(column, lower)
}
