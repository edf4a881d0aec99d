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
/// With so many rows of one person and time a row is compared: nobody does as much, and more would cost their square.
const MOST: usize = 1000;
/// From this share of common pairs of characters two names may be of one event: 国培数学骨干培训, 国培计划初中数学骨干研修.
const ALIKE: f64 = 0.4;

/// What a row says beside its person and date: a byte for each column, 0 where nothing stands.
type ColumnBytes = [u8; COMPARED];

/// Rows by their person and date, and by their person, month and amount.
#[derive(Default)]
pub(super) struct Copies {
    rows: HashMap<u64, Vec<(RowRef, ToldRow)>>,
}

/// A row as it is compared.
pub(super) struct Copied {
    exact: u64,
    /// Of the months in which another row may be about the same; none for a row without an amount.
    near: Vec<u64>,
    told: ToldRow,
}

#[derive(Clone)]
struct ToldRow {
    date: DateSpan,
    last: Date,
    says: ColumnBytes,
    name: Option<Arc<str>>,
    /// The 单位 that it names.
    office: Option<Arc<str>>,
}

/// How two rows may be one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sameness {
    Columns,
    Names,
}

impl Copied {
    /// `None` for a row without a date, or of people who cannot be read.
    pub(super) fn of(row: &ParsedRow, table: &Table) -> Option<Copied> {
        let date = row.cell(table.roles.beginning()?).date()?;
        let people = table.field_of_kind(FieldKind::People)?;
        let who = match (row.cell(people), table.roles.staff_id.map(|id| row.cell(id))) {
            (Cell::Is(Value::Texts(names)), _) => STATE.hash_one(names),
            (_, Some(Cell::Is(Value::Text(code)))) => STATE.hash_one(code),
            // An export may leave out the names.
            (Cell::Blank | Cell::Absent, None | Some(Cell::Blank | Cell::Absent)) => STATE.hash_one("nobody"),
            (_, _) => return None,
        };
        let end = table.roles.end.and_then(|end| row.cell(end).date());
        let last = end.map_or(date.last, |end| end.last.max(date.last));
        let amount = table.field_of_kind(FieldKind::Number).map_or(0, |field| said(row.cell(field)));
        let month = |day: Date| STATE.hash_one((row.table.0, who, day.year(), day.month(), amount));
        let mut near: Vec<u64> = around(date).map(month).into_iter().filter(|_| amount != 0).collect();
        near.sort_unstable();
        near.dedup();
        let name = table.roles.topic.and_then(|topic| row.cell(topic).text()).cloned();
        let office = table.roles.institution.and_then(|office| row.cell(office).text()).cloned();
        let told = ToldRow { date, last, says: columns(row, table, date), name, office };
        Some(Copied { exact: STATE.hash_one((row.table.0, date, who)), near, told })
    }
}

/// The days by whose months a row is found.
fn around(date: DateSpan) -> [Date; 3] {
    let apart = Span::new().days(APART);
    [date.first, date.first.saturating_sub(apart), date.last.saturating_add(apart)]
}

impl ToldRow {
    fn has_same_columns(&self, other: &ToldRow) -> bool {
        let both = || self.says.iter().zip(&other.says).filter(|(own, other)| **own != 0 && **other != 0);
        self.date == other.date
            && self.may_share_office(other)
            && both().all(|(own, other)| own == other)
            && both().count() > SHARED
    }

    /// Whether the 单位 of both may be one: people of two offices may have one name and one number.
    fn may_share_office(&self, other: &ToldRow) -> bool {
        let both = self.office.as_deref().zip(other.office.as_deref());
        both.is_none_or(|(own, other)| is_short_for(own, other) || is_short_for(other, own))
    }

    /// Whether it is about the same time as another row of its person and amount, and called nearly so. Where one of them is not
    /// called anything, their times must meet.
    fn is_called_alike(&self, other: &ToldRow) -> bool {
        let is_within = |apart: i64| {
            let apart = Span::new().days(apart);
            self.date.first <= other.last.saturating_add(apart) && other.date.first <= self.last.saturating_add(apart)
        };
        if !self.may_share_office(other) {
            return false;
        }
        match (self.name.as_deref(), other.name.as_deref()) {
            (Some(own), Some(other)) => is_within(APART) && are_alike(own, other),
            (None, _) | (_, None) => is_within(0),
        }
    }
}

/// Whether the characters of one name stand in the other in their order: 松岭教研室 in 松岭县教研室.
fn is_short_for(short: &str, long: &str) -> bool {
    let mut rest = long.chars();
    short.chars().all(|c| rest.any(|other| other == c))
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
        let told = &copied.told;
        let others = |key: &u64| {
            let known = self.rows.get(key).map_or(&[][..], Vec::as_slice);
            known.iter().filter(|(other, _)| other.sheet != at.sheet).take(MOST)
        };
        let same = others(&copied.exact).find(|(_, other)| told.has_same_columns(other));
        let alike = || copied.near.iter().flat_map(others).find(|(_, other)| told.is_called_alike(other));
        let first = same.map(|(other, _)| (*other, Sameness::Columns));
        let first = first.or_else(|| alike().map(|(other, _)| (*other, Sameness::Names)));
        for key in std::iter::once(&copied.exact).chain(&copied.near) {
            self.rows.entry(*key).or_default().push((at, told.clone()));
        }
        first
    }

    /// Whether a row of the other one may be one of its own.
    pub(super) fn has_any_of(&self, other: &Copies) -> bool {
        other.rows.iter().any(|(key, rows)| {
            let own = self.rows.get(key).map_or(&[][..], Vec::as_slice);
            // Rows that share a key share their date, or their month and amount.
            let may_be = |own: &ToldRow, other: &ToldRow| own.has_same_columns(other) || own.is_called_alike(other);
            let is_known = |(at, told): &(RowRef, ToldRow)| {
                rows.iter().take(MOST).any(|(other, said)| at.sheet != other.sheet && may_be(told, said))
            };
            own.iter().take(MOST).any(is_known)
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
