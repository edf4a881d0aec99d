//! Records: the typed rows that rules are checked against, with whom and what they name.

use std::sync::Arc;

use super::notes::RowNotes;
use crate::dictionary::{Dictionary, FieldId, FieldKind, Table, TableId};
use crate::intake::cell::ParsedCell;
use crate::intake::sheet::Layout;
use crate::model::{Cell, RowLength, RowRef, Truth, Unlisted, Value, WordId};

/// What became of a row.
#[derive(Clone, Debug, PartialEq)]
pub enum RowOutcome {
    /// Above the data: titles and the header.
    Heading,
    /// A record; `whole` when every cell of it could be read.
    Record {
        row: ParsedRow,
        whole: bool,
        /// The same for rows that are equal but for a running number.
        print: u64,
    },
    /// Left out, with the reason that is listed.
    NoRecord,
    /// Left out, since it is another header: how the rows below it are laid out.
    Relaid(Box<Layout>),
}

/// A typed row before it is known whom it names.
#[derive(Clone, Debug, PartialEq)]
pub struct ParsedRow {
    pub table: TableId,
    pub at: RowRef,
    pub cells: Vec<Cell>,
    /// How many events the row may stand for: 1, or as many as its date cell has dates. `None` if that is uncertain.
    pub dates: Option<u16>,
    /// How long it lasted, where its dates say so and cannot be placed.
    pub length: Option<RowLength>,
    /// Whether an earlier row is the same: it may be a copy.
    pub repeated: bool,
    pub notes: RowNotes,
}

impl ParsedRow {
    pub fn cell(&self, field: FieldId) -> &Cell {
        &self.cells[field.index()]
    }

    /// Takes what a cell of a field says.
    pub(super) fn take(&mut self, field: FieldId, read: &ParsedCell) {
        if read.dates != Some(1) {
            self.dates = read.dates;
        }
        self.length = read.length.map(RowLength::Days).or(self.length);
        self.cells[field.index()] = read.cell.clone();
    }

    /// Its cells and those that it would have for what it holds besides. Empty if it holds nothing besides.
    pub fn rows_besides(&self) -> Vec<Vec<Cell>> {
        let besides = self.notes.besides();
        let own = (!besides.is_empty()).then(|| self.cells.clone());
        own.into_iter().chain(besides.iter().map(|besides| besides.cells.to_vec())).collect()
    }

    /// The rows that it stands for: its own, and one for each of the partners whom it names in a column of their own, with their
    /// part: 协同人员 of a school.
    pub fn of_each_partner(self, table: &Table) -> Vec<ParsedRow> {
        let mut row = self;
        let Some((partners, field)) = table.partners.as_ref().map(|partners| (partners, partners.field)) else {
            return vec![row];
        };
        let Some(name) = table.roles.name.filter(|_| !matches!(row.cell(field), Cell::Blank | Cell::Absent)) else {
            return vec![row];
        };
        let mut other = row.clone();
        let named = std::mem::replace(&mut other.cells[field.index()], Cell::Blank);
        other.notes.partner = true;
        other.cells[partners.role.index()] = Cell::Is(Value::Word(partners.theirs));
        // Whose 工号 or 身份证号 it is that of the first alone.
        for id in [table.roles.staff_id, table.roles.id_number].into_iter().flatten() {
            other.cells[id.index()] = Cell::Blank;
        }
        if let cell @ (Cell::Blank | Cell::Absent) = &mut row.cells[partners.role.index()] {
            *cell = Cell::Is(Value::Word(partners.own));
        }
        row.cells[field.index()] = Cell::Blank;
        // One row for each, so that strangers among them are people too.
        let one = |text: &Arc<str>| Cell::Is(Value::Texts([text.clone()].into()));
        let each: Vec<Cell> =
            if let Cell::Is(Value::Texts(texts)) = &named { texts.iter().map(one).collect() } else { vec![named] };
        let partner = |cell| {
            let mut row = other.clone();
            row.cells[name.index()] = cell;
            row
        };
        let partners: Vec<ParsedRow> = each.into_iter().map(partner).collect();
        std::iter::once(row).chain(partners).collect()
    }

    /// A row for each school that its cell names, where a row of its table links people with a school: 一小、二小.
    pub fn of_each_school(self, dictionary: &Dictionary) -> Vec<ParsedRow> {
        let table = dictionary.table(self.table);
        let field = table.field_of_kind(FieldKind::School).filter(|field| table.field(*field).required);
        let Some(field) = field.filter(|_| table.field_of_kind(FieldKind::People).is_some()) else { return vec![self] };
        let Some(text) = self.cell(field).text().cloned() else { return vec![self] };
        let is_whole = |part: &&str| part.matches(['(', '（']).count() == part.matches([')', '）']).count();
        match dictionary.people.schools.several(&text) {
            Some(parts) if parts.iter().all(is_whole) => {
                let row = |part: &str| {
                    let mut row = self.clone();
                    row.cells[field.index()] = Cell::Is(Value::Text(part.into()));
                    row
                };
                parts.into_iter().map(row).collect()
            }
            Some(_) | None => vec![self],
        }
    }
}

/// A typed row and whom it names. People, institutions and schools are given by their places in the registry.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    pub row: ParsedRow,
    pub people: Vec<u32>,
    /// People that it may name: of the same name, or everybody when it names no one.
    pub maybe_people: Maybe,
    /// How many people it names that are not in the roster.
    pub strangers: u16,
    /// Whom it names or may name beside `people`.
    pub unlisted: Option<Box<Unlisted>>,
    pub institutions: Vec<u32>,
    pub maybe_institutions: Maybe,
    pub school: SchoolLink,
    /// People of the roster of whom a stranger on it may be one, misspelt.
    pub nearly: Vec<u32>,
    /// Why it may be no row of its own.
    pub doubt: Option<RecordDoubt>,
    /// What it may be once more.
    pub again: Option<Box<Again>>,
    /// The cells of each of its rows, where it is made of several.
    pub rows: Vec<Vec<Cell>>,
}

/// Earlier rows of other sheets that a row may be, with what these may count for.
#[derive(Clone, Debug, PartialEq)]
pub struct Again {
    /// The first of them.
    pub first: RowRef,
    /// The people whose event it may be once more.
    pub people: Vec<u32>,
    pub kind: Option<FieldId>,
    /// Their words of that field. `None` for a word that is not known.
    pub words: Vec<Option<WordId>>,
    /// The fields in which one of them may have an amount.
    pub amounts: Vec<FieldId>,
}

impl Again {
    pub fn of(first: RowRef, kind: Option<FieldId>) -> Again {
        Again { first, people: Vec::new(), kind, words: Vec::new(), amounts: Vec::new() }
    }
}

/// Why a row of a table of people, schools or the like may be none of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordDoubt {
    /// It does not say of whom it is.
    Nameless,
    /// It has the name of another one, and nothing tells them apart.
    PerhapsTwice,
    /// It stands in a list that is named for another year.
    OldList,
    /// It stands in a sheet of another office, or of which there is a later version.
    OtherBook,
}

impl Record {
    /// A record of one row, by whom and what it names.
    pub(crate) fn new(
        row: ParsedRow,
        (people, maybe_people, (strangers, nearly), school): (Vec<u32>, Maybe, (u16, Vec<u32>), SchoolLink),
        unlisted: Unlisted,
        (institutions, maybe_institutions): (Vec<u32>, Maybe),
        doubt: Option<RecordDoubt>,
    ) -> Record {
        let (again, rows) = (None, row.rows_besides());
        Record {
            row,
            people,
            maybe_people,
            strangers,
            unlisted: (!unlisted.is_nobody()).then(|| Box::new(unlisted)),
            nearly,
            institutions,
            maybe_institutions,
            school,
            doubt,
            again,
            rows,
        }
    }

    /// The same record as it counts for the office, where it says something else of the people on it.
    pub fn for_office(&self) -> Option<Record> {
        let (field, cell) = self.row.notes.for_office.as_deref()?;
        let mut record = self.clone();
        record.row.cells[field.index()] = cell.clone();
        Some(record)
    }

    /// Whether a row of another sheet is the same in all that both of them say.
    pub fn may_be_registered_twice(&self, other: &Record) -> bool {
        let mut cells = self.row.cells.iter().zip(&other.row.cells);
        let differ =
            |(own, other): (&Cell, &Cell)| matches!((own, other), (Cell::Is(own), Cell::Is(other)) if own != other);
        self.row.at.sheet != other.row.at.sheet && !cells.any(differ)
    }

    /// Whether all whom it names are strangers.
    pub fn names_only_strangers(&self) -> bool {
        self.strangers > 0 && self.people.is_empty() && self.maybe_people == Maybe::Nobody
    }

    /// Whether the row is what it seems: a remark may deny it.
    pub fn stands(&self) -> Truth {
        let is_open = self.row.notes.denied.is_some() || self.doubt == Some(RecordDoubt::OtherBook);
        if is_open { Truth::Unknown } else { Truth::True }
    }
}

/// Whom a row may name beside those that it surely names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Maybe {
    #[default]
    Nobody,
    These(Vec<u32>),
    Anybody,
}

impl Maybe {
    pub fn holds(&self, place: u32) -> bool {
        match self {
            Maybe::Nobody => false,
            Maybe::These(places) => places.contains(&place),
            Maybe::Anybody => true,
        }
    }

    pub fn add(&mut self, more: impl Iterator<Item = u32>) {
        for place in more {
            match self {
                Maybe::Nobody => *self = Maybe::These(vec![place]),
                Maybe::These(places) if !places.contains(&place) => places.push(place),
                Maybe::These(_) | Maybe::Anybody => {}
            }
        }
    }
}

/// The school that a row names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SchoolLink {
    Known(u32),
    /// A name that is not on the school list, or stands for several schools of it.
    Unknown,
    #[default]
    Blank,
}
