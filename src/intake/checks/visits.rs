//! The same visit in two registers: rows of different sheets with one person and date, at schools that may be the same.
//!
//! Words, topics and amounts differ between registers of one visit, so they tell nothing apart. Within one sheet a second row
//! is a second visit.

use std::hash::BuildHasher;
use std::sync::Arc;

use foldhash::HashMap;
use foldhash::fast::FixedState;
use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::dictionary::{CellWords, Dictionary, FieldId, FieldKind, SchoolWords, Table, TableId, WordList};
use crate::intake::row::{Again, Record, SchoolLink};
use crate::model::{Cell, RowRef, Value, WordId};
use crate::rules::quantity;

/// A fixed seed, so that the same inputs give the same result.
const STATE: FixedState = FixedState::with_seed(0x0076_6973_6974_7300);
/// Dates that reach over more months do not say when a visit was.
const MONTHS: i32 = 3;
/// Of so many amounts it is remembered whether they may be more than nothing.
const AMOUNTS: usize = 8;

/// The fields of a table of visits by which they are compared.
pub(super) struct VisitFields {
    start: FieldId,
    end: Option<FieldId>,
    school: FieldId,
    kind: Option<FieldId>,
    amounts: Vec<FieldId>,
    texts: Vec<FieldId>,
}

impl VisitFields {
    /// `None` for a table whose rows are kept, or that is not of what takes place in schools.
    pub(super) fn of(table: &Table) -> Option<VisitFields> {
        let fields = || (0..).map(FieldId).zip(&table.fields);
        let of_kind = |is_meant: fn(FieldKind) -> bool| fields().filter(move |(_, field)| is_meant(field.kind));
        table.field_of_kind(FieldKind::People).filter(|_| !table.held)?;
        let mut words = of_kind(|kind| matches!(kind, FieldKind::Word(_)));
        Some(VisitFields {
            start: table.roles.date?,
            end: table.roles.end,
            school: table.field_of_kind(FieldKind::School)?,
            kind: words.find(|(_, field)| field.required).map(|(id, _)| id),
            amounts: of_kind(|kind| kind == FieldKind::Number).map(|(id, _)| id).collect(),
            texts: of_kind(|kind| kind == FieldKind::Text).map(|(id, _)| id).collect(),
        })
    }

    /// `None` for a row that does not say when it was.
    fn visit(&self, record: &Record, table: &Table, words: &CellWords) -> Option<Visit> {
        let row = &record.row;
        let start = row.cell(self.start).date()?;
        let end = self.end.and_then(|end| row.cell(end).date()).map_or(start.last, |end| end.last.max(start.last));
        let school = row.cell(self.school).text().cloned();
        let is_there = |place: usize| {
            let field = self.amounts[place];
            quantity::of(&row.cells, field, table.field(field)).high != Some(Decimal::ZERO)
        };
        let amounts =
            (0..self.amounts.len().min(AMOUNTS)).filter(|place| is_there(*place)).map(|place| 1 << place).sum();
        Some(Visit {
            at: row.at,
            first: start.first,
            last: end,
            kind: self.kind.and_then(|kind| one_word(row.cell(kind))),
            school: match record.school {
                SchoolLink::Known(place) => VisitedSchool::Listed(place, school),
                SchoolLink::Unknown | SchoolLink::Blank => school.map_or(VisitedSchool::Unknown, VisitedSchool::Called),
            },
            amounts,
            part: self.texts.iter().find_map(|field| words.day_part(row.cell(*field).text()?)),
        })
    }
}

fn one_word(cell: &Cell) -> Option<WordId> {
    if let Cell::Is(Value::Word(word)) = cell { Some(*word) } else { None }
}

/// A row as it is compared.
#[derive(Clone)]
struct Visit {
    at: RowRef,
    first: Date,
    last: Date,
    /// `None` if it is not one word.
    kind: Option<WordId>,
    school: VisitedSchool,
    /// By amount: whether it may be more than nothing.
    amounts: u8,
    /// 上午 or 下午, where a text says so.
    part: Option<usize>,
}

#[derive(Clone)]
enum VisitedSchool {
    Unknown,
    Called(Arc<str>),
    /// By its place on the list.
    Listed(u32, Option<Arc<str>>),
}

impl VisitedSchool {
    fn text(&self) -> Option<&str> {
        match self {
            VisitedSchool::Unknown => None,
            VisitedSchool::Called(text) => Some(text),
            VisitedSchool::Listed(_, text) => text.as_deref(),
        }
    }

    fn may_be(&self, other: &VisitedSchool, words: &SchoolWords) -> bool {
        if let (VisitedSchool::Listed(own, _), VisitedSchool::Listed(other, _)) = (self, other) {
            return own == other;
        }
        let Some((own, other)) = self.text().zip(other.text()) else { return true };
        own == other || words.may_share(own, other)
    }
}

/// What is compared with.
pub struct Comparing<'d> {
    fields: &'d VisitFields,
    id: TableId,
    table: &'d Table,
    kinds: Option<&'d WordList>,
    schools: &'d SchoolWords,
    words: &'d CellWords,
}

impl<'d> Comparing<'d> {
    pub(super) fn new(fields: &'d VisitFields, id: TableId, dictionary: &'d Dictionary) -> Comparing<'d> {
        let table = dictionary.table(id);
        let kinds = fields.kind.and_then(|kind| dictionary.words_of(table.field(kind)));
        Comparing { fields, id, table, kinds, schools: &dictionary.people.schools, words: &dictionary.cells }
    }

    fn may_be(&self, own: &Visit, other: &Visit) -> bool {
        let alike = |own, other| self.kinds.is_none_or(|kinds| kinds.may_be_one(own, other));
        own.at.sheet != other.at.sheet
            && own.first <= other.last
            && other.first <= own.last
            && own.kind.zip(other.kind).is_none_or(|(own, other)| alike(own, other))
            && own.part.zip(other.part).is_none_or(|(own, other)| own == other)
            && own.school.may_be(&other.school, self.schools)
    }
}

/// Visits by person and month.
#[derive(Default)]
pub(super) struct Visits {
    /// Of the sheets before.
    known: HashMap<u64, Vec<Visit>>,
    /// Of the sheet that is read.
    own: Vec<(u64, Visit)>,
}

impl Visits {
    /// The visits of other sheets that a row may be; takes up those that it surely is for the first time.
    pub(super) fn again(&mut self, record: &Record, comparing: &Comparing<'_>) -> Option<Again> {
        let visit = comparing.fields.visit(record, comparing.table, comparing.words)?;
        let mut again = None;
        for person in &record.people {
            let Some(keys) = keys(comparing.id, *person, &visit) else { continue };
            let before = keys.clone().filter_map(|key| self.known.get(&key)).flatten();
            let mut before = before.filter(|other| comparing.may_be(&visit, other)).peekable();
            if before.peek().is_none() {
                self.own.extend(keys.map(|key| (key, visit.clone())));
                continue;
            }
            before.for_each(|other| {
                let again = again.get_or_insert_with(|| Again::of(other.at, comparing.fields.kind));
                other.add_to(again, *person, comparing.fields);
            });
        }
        again
    }

    /// Whether a row of the sheet that the other one has read may be one of these.
    pub(super) fn has_any_of(&self, other: &Visits, comparing: &Comparing<'_>) -> bool {
        !self.known.is_empty()
            && other.own.iter().any(|(key, visit)| {
                self.known.get(key).is_some_and(|known| known.iter().any(|known| comparing.may_be(visit, known)))
            })
    }

    pub(super) fn join(&mut self, other: &mut Visits) {
        self.own.append(&mut other.own);
    }

    /// Ends a sheet.
    pub(super) fn settle(&mut self) {
        for (key, visit) in self.own.drain(..) {
            self.known.entry(key).or_default().push(visit);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.known.is_empty() && self.own.is_empty()
    }
}

impl Visit {
    fn add_to(&self, again: &mut Again, person: u32, fields: &VisitFields) {
        if !again.people.contains(&person) {
            again.people.push(person);
        }
        if !again.words.contains(&self.kind) {
            again.words.push(self.kind);
        }
        for (place, field) in fields.amounts.iter().enumerate() {
            if (place >= AMOUNTS || self.amounts & (1 << place) != 0) && !again.amounts.contains(field) {
                again.amounts.push(*field);
            }
        }
    }
}

/// Where the visits of a person in the months of one are. `None` if these are too many.
fn keys(table: TableId, person: u32, visit: &Visit) -> Option<impl Iterator<Item = u64> + Clone> {
    let month = |date: Date| i32::from(date.year()) * 12 + i32::from(date.month());
    let (first, last) = (month(visit.first), month(visit.last));
    (last - first < MONTHS).then(|| (first..=last).map(move |month| STATE.hash_one((table.0, person, month))))
}
