//! The same row in two sheets or files, told by less than all of its columns: one of them may have a column more.
//!
//! Rows of one person and date are compared in all columns that both fill in, and rows of one person, amount and about one date by
//! what they call it. Within one sheet a column that differs makes two of them.

use std::hash::BuildHasher;
use std::sync::Arc;

use foldhash::HashMap;
use foldhash::fast::FixedState;
use jiff::Span;
use jiff::civil::Date;

use crate::dictionary::{FieldKind, Table};
use crate::intake::row::ParsedRow;
use crate::model::{Cell, DateSpan, RowRef, Value};

/// A fixed seed, so that the same inputs give the same result.
const STATE: FixedState = FixedState::with_seed(0x0063_6f70_6965_7300);
/// How many columns are compared.
const COMPARED: usize = 16;
/// How many of them two rows must share.
const SHARED: usize = 1;
/// So many days apart two books give for one event: the day before it begins people report there.
const APART: i64 = 1;
/// From this share of common pairs of characters two names may be of one event: 国培数学骨干培训, 国培计划初中数学骨干研修.
const ALIKE: f64 = 0.4;

/// What a row says beside its person and date: a byte for each column, 0 where nothing stands.
type ColumnBytes = [u8; COMPARED];

/// Rows by their person and month.
#[derive(Default)]
pub(super) struct Copies {
    rows: HashMap<u64, Vec<(RowRef, ToldRow)>>,
}

/// A row as it is compared.
pub(super) struct Copied {
    /// Of the months in which it may be known.
    keys: Vec<u64>,
    told: ToldRow,
}

#[derive(Clone)]
struct ToldRow {
    date: DateSpan,
    last: Date,
    says: ColumnBytes,
    /// What it is called, and how much it was, where both stand in the row.
    called: Option<(Arc<str>, u8)>,
}

/// How two rows may be one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sameness {
    Columns,
    Names,
}

impl Copied {
    /// `None` for a row without a date or a person.
    pub(super) fn of(row: &ParsedRow, table: &Table) -> Option<Copied> {
        let date = row.cell(table.roles.beginning()?).date()?;
        let people = table.field_of_kind(FieldKind::People)?;
        let who = match (row.cell(people), table.roles.staff_id.map(|id| row.cell(id))) {
            (Cell::Is(Value::Texts(names)), _) => STATE.hash_one(names),
            (_, Some(Cell::Is(Value::Text(code)))) => STATE.hash_one(code),
            (_, _) => return None,
        };
        let last =
            table.roles.end.and_then(|end| row.cell(end).date()).map_or(date.last, |end| end.last.max(date.last));
        let says = columns(row, table, date);
        let told = ToldRow { date, last, says, called: called(row, table) };
        let key = |day: Date| STATE.hash_one((row.table.0, who, day.year(), day.month()));
        let mut keys = vec![key(date.first), key(told.date.first - days(APART)), key(date.last + days(APART))];
        keys.sort_unstable();
        keys.dedup();
        Some(Copied { keys, told })
    }
}

impl ToldRow {
    fn may_be(&self, other: &ToldRow) -> Option<Sameness> {
        let both = || self.says.iter().zip(&other.says).filter(|(own, other)| **own != 0 && **other != 0);
        let is_same = self.date == other.date && both().all(|(own, other)| own == other) && both().count() > SHARED;
        let is_alike = || {
            let ((own, much), (name, other)) = self.called.as_ref().zip(other.called.as_ref())?;
            Some(much == other && are_alike(own, name))
        };
        if is_same {
            return Some(Sameness::Columns);
        }
        let is_about = self.date.first <= other.last + days(APART) && other.date.first <= self.last + days(APART);
        (is_about && is_alike() == Some(true)).then_some(Sameness::Names)
    }
}

fn days(days: i64) -> Span {
    Span::new().days(days)
}

/// What a row says in the columns that are compared.
fn columns(row: &ParsedRow, table: &Table, date: DateSpan) -> ColumnBytes {
    let is_compared = |kind: FieldKind| match kind {
        FieldKind::People | FieldKind::Code | FieldKind::Institution | FieldKind::Identity => false,
        FieldKind::Text | FieldKind::Texts | FieldKind::Person | FieldKind::Number | FieldKind::Date => true,
        FieldKind::Year | FieldKind::Flag | FieldKind::Word(_) | FieldKind::Words(_) => true,
        FieldKind::School | FieldKind::Figure => true,
    };
    let cells = table.fields.iter().zip(&row.cells).filter(|(field, _)| is_compared(field.kind));
    let mut says = [0; COMPARED];
    for (own, (_, cell)) in says.iter_mut().zip(cells.filter(|(_, cell)| cell.date() != Some(date))) {
        *own = said(cell);
    }
    says
}

/// What a row is called, and how much it was.
fn called(row: &ParsedRow, table: &Table) -> Option<(Arc<str>, u8)> {
    let topic = row.cell(table.roles.topic?).text()?;
    let amount = said(row.cell(table.field_of_kind(FieldKind::Number)?));
    (amount != 0).then(|| (topic.clone(), amount))
}

/// Whether two names may be of one event: one is a part of the other, or they are much alike, and no number differs.
fn are_alike(own: &str, other: &str) -> bool {
    let is_number = |c: &char| c.is_numeric() || "一二三四五六七八九十上下".contains(*c);
    let numbers = |text: &str| text.chars().filter(is_number).collect::<String>();
    let (first, second) = (numbers(own), numbers(other));
    let is_numbered = first == second || first.is_empty() || second.is_empty();
    is_numbered && (own.contains(other) || other.contains(own) || common_pairs(own, other) >= ALIKE)
}

/// The share of pairs of characters that two texts have in common (Sørensen and Dice).
fn common_pairs(own: &str, other: &str) -> f64 {
    let pairs = |text: &str| text.chars().zip(text.chars().skip(1)).collect::<Vec<_>>();
    let (own, other) = (pairs(own), pairs(other));
    let common = own.iter().filter(|pair| other.contains(pair)).count();
    let all = own.len() + other.len();
    #[allow(clippy::cast_precision_loss, reason = "as many as a cell has characters")]
    let share = if all == 0 { 0.0 } else { 2.0 * common as f64 / all as f64 };
    share
}

/// A byte for what a cell says.
#[allow(clippy::cast_possible_truncation, reason = "a remainder below 255")]
fn said(cell: &Cell) -> u8 {
    let byte = |hash: u64| (hash % 255) as u8 + 1;
    let of = |value: &dyn Fn(&FixedState) -> u64| byte(value(&STATE));
    match cell {
        Cell::Blank | Cell::Absent | Cell::Unreadable => 0,
        Cell::Is(Value::Number(number)) => of(&|state| state.hash_one(number.normalize())),
        Cell::Is(Value::Text(text)) => of(&|state| state.hash_one(text.as_ref())),
        Cell::Is(value) => of(&|state| state.hash_one(format!("{value:?}"))),
    }
}

impl Copies {
    /// The first row of another sheet that this one may be, and takes it up.
    pub(super) fn first(&mut self, at: RowRef, copied: &Copied) -> Option<(RowRef, Sameness)> {
        let known = copied.keys.iter().filter_map(|key| self.rows.get(key)).flatten();
        let mut others = known.filter(|(other, _)| other.sheet != at.sheet);
        let first = others.find_map(|(other, told)| Some((*other, copied.told.may_be(told)?)));
        for key in &copied.keys {
            self.rows.entry(*key).or_default().push((at, copied.told.clone()));
        }
        first
    }

    /// Whether a row of the other one may be one of its own.
    pub(super) fn has_any_of(&self, other: &Copies) -> bool {
        other.rows.iter().any(|(key, rows)| {
            let own = self.rows.get(key).map_or(&[][..], Vec::as_slice);
            let may_be = |(at, told): &(RowRef, ToldRow)| {
                rows.iter().any(|(other, said)| at.sheet != other.sheet && told.may_be(said).is_some())
            };
            own.iter().any(may_be)
        })
    }

    pub(super) fn join(&mut self, other: &mut Copies) {
        for (key, rows) in std::mem::take(&mut other.rows) {
            self.rows.entry(key).or_default().extend(rows);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}
