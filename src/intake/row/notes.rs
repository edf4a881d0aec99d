//! What a row says of itself beside its fields: remarks that deny it, and amounts that it shares with other rows.

use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::dictionary::{FieldId, HeldBy, OrganisingUnit, TableId};
use crate::model::{Cell, CellRef, DateSpan, SharedAmount, Value, WordId};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RowNotes {
    /// The column of a remark after which the row may not count: 取消.
    pub denied: Option<u32>,
    /// Columns whose remarks say something beside other cells of the row only.
    pub later: Vec<(u32, LaterRemark)>,
    /// Of people: the column of a remark that says why they may be excused, and its word: 产假.
    pub away: Option<Box<(u32, Arc<str>)>>,
    /// For which time a column says that the row holds.
    pub held: Option<Box<HeldTime>>,
    /// Who else a row names.
    pub beside: Option<Box<NamedBeside>>,
    /// What a field says of the row for the office, where it says something else of who is on it: a lesson of another, which they
    /// observed, may be one of those that the office held.
    pub for_office: Option<Box<(FieldId, Cell)>>,
    /// Amounts of merged cells, each with its field.
    pub shared: Vec<(FieldId, SharedAmount)>,
    /// In a sheet that tells what somebody came to in all: what the row says of it.
    pub total: Option<Box<ToldTotal>>,
    /// Whether it is what a row says of those who work with whom it names: it is no subject of its own.
    pub partner: bool,
    /// Whether it may tell of the same event as an earlier row of others.
    pub same_event: bool,
    /// The columns of the fields, where a second header is in force.
    pub columns: Option<Arc<[Option<u32>]>>,
    /// The print that the row would have without its school. `None` if it names none.
    pub placeless: Option<u64>,
    /// Where and how it is told that it may be an earlier row, once it is known whom it names.
    pub repeat: Option<Box<(CellRef, String)>>,
}

/// What another column says that a row holds besides.
#[derive(Clone, Debug, PartialEq)]
pub struct BesidesNote {
    pub column: u32,
    /// Whether its header says so, and it is no guess.
    pub is_plain: bool,
    /// The cells of the row that would say it.
    pub cells: Arc<[Cell]>,
}

impl RowNotes {
    /// What other columns say that it holds besides.
    pub fn besides(&self) -> &[BesidesNote] {
        self.beside.as_ref().map(|beside| beside.besides.as_slice()).unwrap_or_default()
    }
}

/// What a row says that somebody came to in all, and what it adds itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldTotal {
    pub column: u32,
    /// What is added up.
    pub field: FieldId,
    pub told: Option<Decimal>,
    pub own: Option<Decimal>,
}

/// For which time a column says that its row holds, with its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldTime {
    pub column: u32,
    pub by: HeldBy,
    pub span: DateSpan,
    /// For how many years, where it does not say from which day: 聘期三年.
    pub years: Option<i8>,
    pub text: Arc<str>,
}

/// From when and until when a cell says that its field is so, with its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatedState {
    pub field: FieldId,
    pub column: u32,
    pub time: (Date, Date),
    pub text: Arc<str>,
}

/// Others than those on a row who may have organised it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organiser {
    pub column: u32,
    /// The unit that did, which may be the office's own. `None` for another person, or the part of those on the row.
    pub unit: Option<OrganisingUnit>,
}

/// What columns say beside the names of those who are on the row, each as it is written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NamedBeside {
    /// Who did what the row tells of, or was there, too.
    pub givers: Vec<Arc<str>>,
    /// Others, who may be meant instead.
    pub others: Option<Arc<str>>,
    /// Who spoke where those on the row learnt.
    pub speakers: Option<Arc<str>>,
    /// Others who may have organised what the row tells of.
    pub organiser: Option<Organiser>,
    /// A column by which what is no visit took place from afar, or not in a school.
    pub afar: Option<u32>,
    /// The column of a remark that says that others work with whom it names.
    pub partners: Option<u32>,
    /// What it holds besides, as other columns say.
    pub besides: Vec<BesidesNote>,
    /// Who of those on the row may not have been there, or had another part in it.
    pub absent: Vec<Arc<str>>,
    /// Fields of which a bracket says from when and until when they are so: 兼职（2024年9月起）.
    pub dated: Vec<DatedState>,
    /// Of people: when a remark that excuses them says that they may be away.
    pub away_in: Vec<DateSpan>,
    /// Of people: what they came to by ledgers, as the roster tells.
    pub told: Vec<ToldAmount>,
    /// Of a figure: what it may count that stands in ledgers.
    pub events: Vec<CountedEvents>,
    /// What columns say of the school of the row.
    pub school: Vec<SchoolSays>,
    /// Of a row of several people, the prints that rows of each of them alone would have.
    pub alone: Vec<u64>,
}

/// What a roster says that somebody came to, where a ledger has the rows.
#[derive(Clone, Debug, PartialEq)]
pub struct ToldAmount {
    pub table: TableId,
    /// What is added up.
    pub field: FieldId,
    pub amount: Decimal,
    /// The year that it names.
    pub year: Option<i16>,
    /// Whether it names its year and no part of it.
    pub is_whole: bool,
    /// The term that it names: whether it is the second one.
    pub term: Option<bool>,
    pub column: u32,
    pub header: Arc<str>,
}

/// An item that is not known and may count rows of a ledger with one of these words in a field.
#[derive(Clone, Debug, PartialEq)]
pub struct CountedEvents {
    pub table: TableId,
    pub field: FieldId,
    pub words: Arc<[WordId]>,
    pub count: Decimal,
    pub column: u32,
    pub item: Arc<str>,
}

/// What a column says of the school of a row, with its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchoolSays {
    pub column: u32,
    pub says: SaidOfSchool,
    pub text: Arc<str>,
}

/// What is said of a school, of a field of the school list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SaidOfSchool {
    Flag(FieldId, bool),
    /// Whether it is so or, by a no, is not.
    Word(FieldId, WordId, bool),
}

impl SaidOfSchool {
    /// What a no says where this is said by a yes.
    pub fn denied(&self) -> SaidOfSchool {
        match *self {
            SaidOfSchool::Flag(field, yes) => SaidOfSchool::Flag(field, !yes),
            SaidOfSchool::Word(field, word, is) => SaidOfSchool::Word(field, word, !is),
        }
    }

    /// The field of the school list whose cell says otherwise, where it does.
    pub fn against(&self, cells: &[Cell]) -> Option<FieldId> {
        let (field, agrees) = match *self {
            SaidOfSchool::Flag(field, yes) => match cells.get(field.index())? {
                Cell::Is(Value::Flag(own)) => (field, *own == yes),
                Cell::Is(_) | Cell::Blank | Cell::Absent | Cell::Unreadable => return None,
            },
            SaidOfSchool::Word(field, word, is) => match cells.get(field.index())? {
                Cell::Is(Value::Word(own)) => (field, (*own == word) == is),
                Cell::Is(_) | Cell::Blank | Cell::Absent | Cell::Unreadable => return None,
            },
        };
        (!agrees).then_some(field)
    }
}

/// A remark that says something beside other cells of its row only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LaterRemark {
    /// It was seen from afar, or not in a school.
    Remote,
    /// It was of any schools, and perhaps at none: 全区各中学.
    AnySchools,
    HalfDay,
    /// It took the morning, or the afternoon.
    PartOfDay,
    /// It is of these years, the first and the last.
    OfYears(i16, i16),
    /// Others work with whom the row names.
    Partners,
    /// Somebody came, as this text says.
    Arrived(Arc<str>),
}
