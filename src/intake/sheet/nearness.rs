//! How near a header is to the name of a field: what it was probably meant to be, to be asked about.

use super::header::{HeaderCell, Parted};
use super::matching::{KnownHeaders, is_excepted};
use super::probe::Probe;
use crate::dictionary::{FieldId, FieldKind, TableId};

/// How near a header is to a name of a field; the least is the nearest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Nearness {
    /// The name itself, which something else speaks against.
    Same,
    OneOff,
    /// The name stands within the header; so many characters are left over.
    Within(usize),
}

/// The fields of a table, among those that have no column yet, that a header nearly is: at most two.
pub(super) fn near(
    headers: &KnownHeaders<'_>,
    id: TableId,
    (cell, row): (&HeaderCell, u32),
    free: &[FieldId],
    probe: &Probe,
) -> Vec<FieldId> {
    let table = headers.dictionary.table(id);
    let normal = cell.leaf().normal.as_str();
    if cell.is_remark() || cell.parted != Parted::No || normal.chars().count() < 2 {
        return Vec::new();
    }
    // What is known for something else is no slip of the pen.
    let is_known = headers.known.contains(normal);
    let is_planned = headers.is_planned(cell);
    // Numbers are nobody's names.
    let is_amount = probe.is_amount(row, cell.column);
    let is_named = |kind: FieldKind| matches!(kind, FieldKind::People | FieldKind::Person);
    // Of two characters one that is another may say something else, which its cells tell: 组别 is no 级别.
    let is_short = |nearness: Nearness| nearness == Nearness::OneOff && normal.chars().nth(2).is_none();
    let says_otherwise =
        |field: FieldId| probe.says_otherwise((row, cell.column), table.field(field), headers.dictionary);
    let rank = |field: &FieldId| {
        if is_amount && is_named(table.field(*field).kind) {
            return None;
        }
        if is_planned && table.field(*field).kind == FieldKind::Number {
            return None;
        }
        let is_perhaps = table.field(*field).perhaps.iter().any(|name| name == normal);
        if is_perhaps {
            return Some((Nearness::Same, *field));
        }
        let nearness = headers.names(id, *field).iter().filter_map(|name| nearness(name, normal)).min()?;
        let allowed = nearness == Nearness::Same || !(is_known || is_short(nearness) && says_otherwise(*field));
        (allowed && !is_excepted(table.field(*field), cell)).then_some((nearness, *field))
    };
    let ranked: Vec<(Nearness, FieldId)> = free.iter().filter_map(rank).collect();
    let Some(best) = ranked.iter().map(|(nearness, _)| *nearness).min() else { return Vec::new() };
    let nearest = || ranked.iter().filter(|(nearness, _)| *nearness == best).map(|(_, field)| *field);
    // A column that the sheet cannot do without is likelier than one that it can.
    let required: Vec<FieldId> = nearest().filter(|field| table.field(*field).required).collect();
    let chosen = if required.is_empty() { nearest().collect() } else { required };
    if chosen.len() > 2 { Vec::new() } else { chosen }
}

fn nearness(name: &str, normal: &str) -> Option<Nearness> {
    let (length, own) = (name.chars().count(), normal.chars().count());
    if name == normal {
        Some(Nearness::Same)
    } else if length < 2 {
        None
    } else if length.abs_diff(own) <= 1 && strsim::damerau_levenshtein(name, normal) == 1 {
        Some(Nearness::OneOff)
    } else if normal.contains(name) {
        Some(Nearness::Within(own - length))
    } else {
        None
    }
}
