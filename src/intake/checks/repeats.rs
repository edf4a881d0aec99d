//! The same row twice: equal in every cell but a running number, whichever file, sheet or column order it stands in.
//!
//! A copy by mistake and two events that were written down alike look the same, so the later row is only possible.

use std::collections::hash_map::Entry;

use foldhash::HashMap;

use super::checked::CheckedRow;
use super::copies::{Copied, Copies, Sameness};
use super::events::{Events, ToldEvent};
use super::joint::JointRows;
use super::visits::{Comparing, Visits};
use crate::dictionary::{FieldId, FieldKind, Table};
use crate::intake::issues::IssueLog;
use crate::intake::row::Record;
use crate::intake::sheet::Layout;
use crate::model::{IssueKind, RowRef};

/// How many different rows are remembered; beyond them no copy is recognised, and an issue says so.
const REMEMBERED: usize = 4_000_000;

/// Of how many rows of a sheet the place is looked at: more were kept by no clerk.
const PLACED: usize = 100_000;

/// The rows seen so far, by their prints, each with where it stands.
pub struct Repeats {
    /// Each print in one of them, by its remainder: so they grow one after the other, and never all at once.
    seen: Vec<FirstRows>,
    said_full: bool,
    joint: Box<JointRows>,
    /// Rows of tables that stand in several sheets.
    copies: Box<Copies>,
    visits: Box<Visits>,
    events: Events,
    /// Rows of the sheet that is read that name a school, by the prints that they would have without it.
    placed: Box<HashMap<u64, u32>>,
}

/// Where rows stand, by the halves of their prints, so that an entry takes twelve bytes.
type FirstRows = HashMap<[u32; 2], u32>;

/// In so many parts the rows of the longest sheet fill their tables well.
const PARTS: usize = 40;

impl Default for Repeats {
    fn default() -> Repeats {
        Repeats {
            seen: vec![HashMap::default(); PARTS],
            said_full: false,
            joint: Box::default(),
            copies: Box::default(),
            visits: Box::default(),
            events: Events::default(),
            placed: Box::default(),
        }
    }
}

impl Repeats {
    /// Reports a row that equals an earlier one and makes it possible only.
    pub(super) fn check(&mut self, print: u64, table: &Table, checked: &mut CheckedRow<'_>) {
        let at = checked.parsed.at;
        let is_full = self.len() >= REMEMBERED;
        let alone = checked.parsed.notes.beside.as_ref().map_or(&[][..], |beside| &beside.alone);
        let joint = self.joint.first(packed(at), print, alone, |print| first_at(&self.seen, print));
        let (key, part) = key(print);
        match (self.seen[part].entry(key), joint) {
            (Entry::Occupied(first), _) => report_copy(*first.get(), "各格完全相同", table, checked),
            (Entry::Vacant(_), Some(first)) => {
                report_copy(first, "除了写在一起的人以外各格相同", table, checked);
            }
            (Entry::Vacant(place), None) if !is_full => {
                place.insert(packed(at));
                self.check_place(print, table, checked);
            }
            (Entry::Vacant(_), None) if self.said_full => {}
            (Entry::Vacant(_), None) => {
                self.said_full = true;
                let message = format!("台账超过{REMEMBERED}行，从这一行起不再查找重复登记的行；请分几次核查");
                checked.report(shown(checked.layout), IssueKind::RepeatedRow, "", message);
            }
        }
    }

    /// Reports a row that equals an earlier one of its sheet but for the school, which only one of them names.
    fn check_place(&mut self, print: u64, table: &Table, checked: &mut CheckedRow<'_>) {
        if table.held || table.field_of_kind(FieldKind::School).is_none() {
            return;
        }
        let at = checked.parsed.at;
        let first = match checked.parsed.notes.placeless {
            None => self.placed.get(&print).copied(),
            Some(placeless) => {
                if self.placed.len() < PLACED {
                    self.placed.entry(placeless).or_insert(packed(at));
                }
                first_at(&self.seen, placeless)
            }
        };
        let is_here = |first: &u32| *first != u32::MAX && first >> 20 == at.sheet;
        if let Some(first) = first.filter(is_here) {
            report_copy(first, "各格相同，只是一行没有写学校", table, checked);
        }
    }

    /// Reports a row that may be one of another sheet, as far as both fill in the same columns.
    pub(super) fn check_other_sheets(&mut self, table: &Table, checked: &mut CheckedRow<'_>) {
        let at = checked.parsed.at;
        let Some(copied) = Copied::of(checked.parsed, table) else { return };
        let Some((first, how)) = self.copies.first(at, &copied).filter(|_| !checked.parsed.repeated) else { return };
        checked.parsed.repeated = true;
        checked.whole = false;
        let alike = match how {
            Sameness::Columns => "的人、日期和都填了的各列相同",
            Sameness::Names => "是同一个人、同样多，名称相近或者没有写，日期相同、重叠或只差一天",
        };
        let message = format!(
            "这一行与{}{alike}，可能是同一件事登记了两次，也可能是两次，按“可能”处理；是重复的请删去一处",
            checked.log.sheets().row(first, true)
        );
        tell(message, table.held, checked);
    }

    /// Reports a row that may tell of the same event as an earlier one of others.
    pub(super) fn check_event(&mut self, told: Option<ToldEvent>, checked: &mut CheckedRow<'_>) {
        let told = told.filter(|_| !checked.parsed.repeated);
        let Some(first) = told.and_then(|told| self.events.first(checked.parsed.at, &told)) else { return };
        checked.parsed.notes.same_event = true;
        checked.whole = false;
        let message = format!(
            "除了人以外，这一行与{}都相同，可能是几个人登记的同一件事；按单位计数时按“可能”处理，是同一件事的请合为一行，把人写在一起",
            checked.log.sheets().row(first, true)
        );
        checked.report(shown(checked.layout), IssueKind::RepeatedRow, "", message);
    }

    /// Whether a visit may be one of another sheet; which it then may be once more, the record says.
    pub(super) fn is_again(&mut self, record: &mut Record, comparing: &Comparing<'_>) -> bool {
        record.again = self.visits.again(record, comparing).map(Box::new);
        record.again.is_some()
    }

    /// Ends a sheet: what comes next is compared with its visits.
    pub fn end_sheet(&mut self) {
        self.visits.settle();
        *self.placed = HashMap::default();
    }

    /// The rows of both. The other's come behind.
    ///
    /// # Errors
    /// Gives back its own if some rows are or may be equal or there are too many: then the other's must be checked one by one.
    pub fn joined(mut self, mut other: Repeats, visits: Option<&Comparing<'_>>) -> Result<Repeats, Repeats> {
        if self.len() == 0 && self.copies.is_empty() && self.visits.is_empty() && self.events.is_empty() {
            return Ok(other);
        }
        let is_known = |(own, other): (&FirstRows, &FirstRows)| other.keys().any(|print| own.contains_key(print));
        let is_joint = self.joint.has_any_of(&other.joint, |print| first_at(&other.seen, print))
            || other.joint.has_any_of(&self.joint, |print| first_at(&self.seen, print));
        let too_many = other.said_full || self.len() + other.len() > REMEMBERED;
        let is_again = visits.is_some_and(|comparing| self.visits.has_any_of(&other.visits, comparing));
        if too_many
            || is_again
            || is_joint
            || self.seen.iter().zip(&other.seen).any(is_known)
            || self.copies.has_any_of(&other.copies)
            || self.events.has_any_of(&other.events)
        {
            return Err(self);
        }
        for (own, other) in self.seen.iter_mut().zip(&mut other.seen) {
            own.extend(std::mem::take(other));
        }
        self.joint.join(&mut other.joint);
        self.copies.join(&mut other.copies);
        self.visits.join(&mut other.visits);
        self.events.join(&mut other.events);
        Ok(self)
    }

    fn len(&self) -> usize {
        self.seen.iter().map(HashMap::len).sum()
    }
}

pub(super) fn report_visit(first: RowRef, checked: &mut CheckedRow<'_>) {
    checked.whole = false;
    let message = format!(
        "这一行与{}同一个人、同一天，学校也可能相同，可能是同一件事登记了两次，也可能是两次，按“可能”处理；是重复的请删去一处，是两次的请登在同一张表里，各写一行",
        checked.log.sheets().row(first, true)
    );
    checked.report(shown(checked.layout), IssueKind::RepeatedRow, "", message);
}

/// The halves of a print, and in which part its row is.
#[allow(clippy::cast_possible_truncation, reason = "the halves, and a remainder")]
fn key(print: u64) -> ([u32; 2], usize) {
    ([(print >> 32) as u32, print as u32], (print % PARTS as u64) as usize)
}

/// The first row of a print.
fn first_at(seen: &[FirstRows], print: u64) -> Option<u32> {
    let (key, part) = key(print);
    seen.get(part)?.get(&key).copied()
}

fn report_copy(first: u32, how: &str, table: &Table, checked: &mut CheckedRow<'_>) {
    checked.parsed.repeated = true;
    checked.whole = false;
    let message = format!(
        "这一行与{}{how}，可能是重复登记，也可能是两次，按“可能”处理；是重复的请删去，是两次的请在主题等列写出区别",
        first_row(first, checked.parsed.at, checked)
    );
    tell(message, table.held, checked);
}

/// Tells that a row may be an earlier one: of a ledger once it is known that it names somebody who is judged.
fn tell(message: String, is_held: bool, checked: &mut CheckedRow<'_>) {
    let cell = checked.layout.place(checked.parsed.at, shown(checked.layout));
    if is_held {
        checked.log.report(cell, IssueKind::RepeatedRow, "", message);
    } else {
        checked.parsed.notes.repeat = Some(Box::new((cell, message)));
    }
}

/// Lists what was to be told of a row that may be an earlier one, unless it names strangers only.
pub(super) fn report_told(record: &Record, log: &mut IssueLog) {
    let told = record.row.notes.repeat.as_ref().filter(|_| !record.names_only_strangers());
    if let Some((cell, message)) = told.map(|told| &**told) {
        log.report(*cell, IssueKind::RepeatedRow, "", message.clone());
    }
}

/// The column that shows a row: its first.
fn shown(layout: &Layout) -> FieldId {
    layout.field(layout.first_column()).unwrap_or(FieldId(0))
}

/// A place in four bytes: a sheet has at most 2^20 rows. All ones for a sheet beyond the 4095th.
fn packed(at: RowRef) -> u32 {
    if at.sheet < 0xfff && (1..=1 << 20).contains(&at.row) { (at.sheet << 20) | (at.row - 1) } else { u32::MAX }
}

fn first_row(packed: u32, at: RowRef, checked: &CheckedRow<'_>) -> String {
    let first = RowRef { sheet: packed >> 20, row: (packed & 0xf_ffff) + 1 };
    match packed {
        u32::MAX => "前面的一行".to_string(),
        _ if first.sheet == at.sheet => format!("第{}行", first.row),
        _ => checked.log.sheets().row(first, true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_packed_and_unpacked() {
        let unpacked = |packed: u32| RowRef { sheet: packed >> 20, row: (packed & 0xf_ffff) + 1 };
        for at in [RowRef { sheet: 0, row: 1 }, RowRef { sheet: 4094, row: 1 << 20 }] {
            assert_eq!(unpacked(packed(at)), at);
        }
        assert_eq!(packed(RowRef { sheet: 4095, row: 1 }), u32::MAX);
        assert_eq!(packed(RowRef { sheet: 0, row: (1 << 20) + 1 }), u32::MAX);
    }

    /// Rows of these prints, at the rows of these numbers.
    fn seen(prints: &[u32]) -> Repeats {
        let mut repeats = Repeats::default();
        for print in prints {
            repeats.seen[*print as usize % PARTS].insert([0, *print], *print);
        }
        repeats
    }

    fn prints(repeats: &Repeats) -> Vec<u32> {
        let mut all: Vec<u32> = repeats.seen.iter().flat_map(HashMap::values).copied().collect();
        all.sort_unstable();
        all
    }

    #[test]
    fn rows_of_two_sheets_are_joined_unless_one_equals_another() {
        let joined = |own: &[u32], other: &[u32]| {
            seen(own).joined(seen(other), None).map(|all| prints(&all)).map_err(|own| prints(&own))
        };
        assert_eq!(joined(&[], &[5, 45]), Ok(vec![5, 45]));
        assert_eq!(joined(&[5, 7], &[45, 8]), Ok(vec![5, 7, 8, 45]));
        assert_eq!(joined(&[5, 45], &[7, 45]), Err(vec![5, 45]));
        let full = Repeats { said_full: true, ..seen(&[9]) };
        assert_eq!(seen(&[5]).joined(full, None).map_err(|own| prints(&own)).err(), Some(vec![5]));
    }
}
