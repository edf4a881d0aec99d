//! The same row twice: equal in every cell but a running number, whichever file, sheet or column order it stands in.
//!
//! A copy by mistake and two events that were written down alike look the same, so the later row is only possible.

use std::collections::hash_map::Entry;
use std::hash::{BuildHasher, Hash};

use foldhash::HashMap;
use foldhash::fast::FixedState;
use sheets::Raw;

use super::Checked;
use crate::dictionary::{FieldId, normalise};
use crate::intake::layout::Layout;
use crate::model::{Cell, IssueKind, RowRef, Value};

/// How many different rows are remembered; beyond them no copy is recognised, and an issue says so.
const REMEMBERED: usize = 4_000_000;
/// A fixed seed, so that the same inputs give the same result.
const STATE: FixedState = FixedState::with_seed(0x006a_6961_6f79_616e);

/// Sums up the cells of rows; equal rows have equal prints.
pub struct Prints {
    table: u64,
    /// By column: what its header says; none for a running number, which a copy does not share.
    columns: Vec<Option<u64>>,
}

impl Prints {
    pub fn new(layout: &Layout) -> Prints {
        let width = layout.headers.keys().chain(layout.columns.iter().flatten()).max().map_or(0, |last| last + 1);
        let header = |column: u32| {
            layout.field(column).map_or_else(
                || {
                    hash((
                        "header",
                        layout
                            .headers
                            .get(&column)
                            .map(|levels| levels.iter().map(|text| normalise(text)).collect::<Vec<_>>()),
                    ))
                },
                |field| hash(("field", field.0)),
            )
        };
        let is_number = |column: u32| layout.field(column).is_none() && is_running(layout.headers.get(&column));
        let columns = (0..width).map(|column| (!is_number(column)).then(|| header(column))).collect();
        Prints { table: hash(layout.table.0), columns }
    }

    /// The print of a row without cells.
    pub fn start(&self) -> u64 {
        self.table
    }

    /// What a cell adds to the print of its row, wherever its column stands. `parsed` is what was read, if anything was.
    pub fn of(&self, column: u32, raw: &Raw<'_>, parsed: Option<&Cell>) -> u64 {
        let header = match self.columns.get(column as usize) {
            // A number that only counts the rows says nothing.
            Some(None) if is_whole(raw) => return 0,
            Some(None) => hash("number"),
            Some(Some(header)) => *header,
            None if is_whole(raw) => return 0,
            None => hash(("column", column)),
        };
        match (parsed, raw) {
            // A date or a number is the same in any file format; words are compared as they are written.
            (Some(Cell::Is(Value::Date(span))), _) => hash((header, span)),
            // Most are whole: told without taking off zeros, as the hash of a decimal does.
            (Some(Cell::Is(Value::Number(number))), _) if number.scale() == 0 => hash((header, number.mantissa())),
            (Some(Cell::Is(Value::Number(number))), _) => {
                let number = number.normalize();
                if number.scale() == 0 { hash((header, number.mantissa())) } else { hash((header, number)) }
            }
            (Some(Cell::Is(Value::Text(text))), _) => hash((header, text.as_ref())),
            (_, Raw::Text(text)) => hash((header, text.trim())),
            (_, Raw::Number(number)) => hash((header, format!("{number}").as_str())),
            (_, Raw::Date(serial)) => hash((header, serial.to_bits())),
            (_, Raw::Flag(flag)) => hash((header, flag)),
            (_, Raw::Error) => hash((header, 1_u8)),
            (_, Raw::NoValue) => hash((header, 2_u8)),
        }
    }
}

fn hash(value: impl Hash) -> u64 {
    STATE.hash_one(value)
}

/// Whether a header is that of a running number.
fn is_running(levels: Option<&Vec<String>>) -> bool {
    let normal = levels.and_then(|levels| levels.last()).map(|header| normalise(header)).unwrap_or_default();
    matches!(normal.to_lowercase().as_str(), "序号" | "序" | "编号" | "行号" | "项次" | "顺序号" | "no." | "no" | "#")
}

fn is_whole(raw: &Raw<'_>) -> bool {
    match raw {
        Raw::Number(number) => number.fract() == 0.0,
        Raw::Text(text) => !text.trim().is_empty() && text.trim().bytes().all(|byte| byte.is_ascii_digit()),
        Raw::Date(_) | Raw::Flag(_) | Raw::Error | Raw::NoValue => false,
    }
}

/// The rows seen so far, by their prints, each with where it stands.
pub struct Repeats {
    /// Each print in one of them, by its remainder: so they grow one after the other, and never all at once.
    seen: Vec<Places>,
    said_full: bool,
}

/// Where rows stand, by the halves of their prints, so that an entry takes twelve bytes.
type Places = HashMap<[u32; 2], u32>;

/// In so many parts the rows of the longest sheet fill their tables well.
const PARTS: usize = 40;

impl Default for Repeats {
    fn default() -> Repeats {
        Repeats { seen: vec![HashMap::default(); PARTS], said_full: false }
    }
}

impl Repeats {
    /// Reports a row that equals an earlier one and makes it possible only.
    pub(super) fn check(&mut self, print: u64, checked: &mut Checked<'_>) {
        let at = checked.parsed.at;
        let is_full = self.len() >= REMEMBERED;
        #[allow(clippy::cast_possible_truncation, reason = "the halves, and a remainder")]
        let (key, part) = ([(print >> 32) as u32, print as u32], (print % PARTS as u64) as usize);
        match self.seen[part].entry(key) {
            Entry::Occupied(first) => report_copy(*first.get(), checked),
            Entry::Vacant(place) if !is_full => {
                place.insert(packed(at));
            }
            Entry::Vacant(_) if self.said_full => {}
            Entry::Vacant(_) => {
                self.said_full = true;
                let message = format!("台账超过{REMEMBERED}行，从这一行起不再查找重复登记的行；请分几次核查");
                checked.log.report(checked.place(shown(checked.layout)), IssueKind::RepeatedRow, "", message);
            }
        }
    }

    /// The rows of both, where none of the other's, which come behind, equals one of its own.
    ///
    /// # Errors
    /// Gives back its own where one does, or where they are too many: then the other's must be checked one by one.
    pub fn joined(mut self, mut other: Repeats) -> Result<Repeats, Repeats> {
        if self.is_empty() {
            return Ok(other);
        }
        let is_known = |(own, other): (&Places, &Places)| other.keys().any(|print| own.contains_key(print));
        let too_many = other.said_full || self.len() + other.len() > REMEMBERED;
        if too_many || self.seen.iter().zip(&other.seen).any(is_known) {
            return Err(self);
        }
        for (own, other) in self.seen.iter_mut().zip(&mut other.seen) {
            own.extend(std::mem::take(other));
        }
        Ok(self)
    }

    fn len(&self) -> usize {
        self.seen.iter().map(HashMap::len).sum()
    }

    fn is_empty(&self) -> bool {
        self.seen.iter().all(HashMap::is_empty)
    }
}

/// Reports a row that equals an earlier one, and makes it possible only.
fn report_copy(first: u32, checked: &mut Checked<'_>) {
    checked.parsed.repeated = true;
    checked.whole = false;
    let message = format!(
        "这一行与{}各格完全相同，可能是重复登记，也可能是两次，按“可能”处理；是重复的请删去，是两次的请在主题等列写出区别",
        first_row(first, checked.parsed.at, checked)
    );
    checked.log.report(checked.place(shown(checked.layout)), IssueKind::RepeatedRow, "", message);
}

/// The column that shows a row: its first.
fn shown(layout: &Layout) -> FieldId {
    layout.field(layout.first_column()).unwrap_or(FieldId(0))
}

/// A place in four bytes: a sheet has at most 2^20 rows. All ones for a sheet beyond the 4095th.
fn packed(at: RowRef) -> u32 {
    if at.sheet < 0xfff && (1..=1 << 20).contains(&at.row) { (at.sheet << 20) | (at.row - 1) } else { u32::MAX }
}

fn first_row(packed: u32, at: RowRef, checked: &Checked<'_>) -> String {
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
            seen(own).joined(seen(other)).map(|all| prints(&all)).map_err(|own| prints(&own))
        };
        assert_eq!(joined(&[], &[5, 45]), Ok(vec![5, 45]));
        assert_eq!(joined(&[5, 7], &[45, 8]), Ok(vec![5, 7, 8, 45]));
        assert_eq!(joined(&[5, 45], &[7, 45]), Err(vec![5, 45]));
        let full = Repeats { said_full: true, ..seen(&[9]) };
        assert_eq!(seen(&[5]).joined(full).map_err(|own| prints(&own)).err(), Some(vec![5]));
    }

    #[test]
    fn only_whole_numbers_are_running_numbers() {
        for header in ["序号", "编 号", "No.", "NO", "*序号"] {
            assert!(is_running(Some(&vec![header.to_string()])), "{header}");
        }
        assert!(!is_running(Some(&vec!["证书编号".to_string()])) && !is_running(None));
        assert!(is_whole(&Raw::Number(12.0)) && is_whole(&Raw::Text("12".into())));
        assert!(!is_whole(&Raw::Number(1.5)) && !is_whole(&Raw::Text("JY-12".into())));
    }
}
