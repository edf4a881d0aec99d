//! What a measure gives for a subject in a window.

use jiff::civil::Date;

use super::cause::Cause;
use super::citations::Citations;
use super::doubt::Doubt;
use crate::dictionary::{Dictionary, FieldId, TableId};
use crate::model::{Amount, Cell, CellRef, Truth, Window, WordId};
use crate::rules::members::{Member, MemberColumn};

/// A subject in a window, as measures see it: what its own row and the figures of its institution say.
pub(crate) trait Viewpoint {
    fn dictionary(&self) -> &Dictionary;
    /// The table of the subject.
    fn each(&self) -> TableId;
    fn cell(&self, field: FieldId) -> &Cell;
    /// Where a field of the subject stands.
    fn place(&self, field: FieldId) -> Option<CellRef>;
    /// Why what a field of the subject says is of another time, if it stands in a list that is named for one.
    fn of_another_time(&self, field: FieldId) -> Option<Cause>;
    fn window(&self) -> &Window;
    fn as_of(&self) -> Date;
    /// The name of a school of the list.
    fn school_name(&self, place: u32) -> Option<&str>;
    fn is_teaching_day(&self, date: Date) -> bool;
    /// Whether no day from one to another is taught on.
    fn is_holiday(&self, first: Date, last: Date) -> Truth;
    fn has_rows(&self, table: TableId) -> bool;
    /// The sheets that are not read and may hold rows of a table.
    fn unread(&self, table: TableId) -> Vec<Cause>;
    /// The sheets of years before that are not read and may say since when what the table says has lasted.
    fn earlier(&self, table: TableId) -> Vec<Cause>;
    /// Whether any of these records of a kept table is the subject's, in the window.
    fn asks(&self, table: TableId, records: &[(u32, Truth)]) -> Truth;
    /// Why it is not known of some of the members of a column whether it asks for them.
    fn asks_perhaps(&self, column: &MemberColumn, members: &[&Member]) -> Vec<Cause>;
    /// What 年度数据 says about an item. `None` if the subject belongs to no institution.
    fn figure(&self, item: WordId) -> Option<ItemFigure>;

    /// The other rows of the subject's table that are of its person and its school, or may be, with two dates of each. `None` where
    /// rows of the table do not name both.
    fn kin(&self, from: FieldId, to: FieldId) -> Option<Vec<Kin<'_>>>;

    /// The header of the column of a cell, as it is shown. `None` where nothing is read there.
    fn header_at(&self, cell: CellRef) -> Option<&str>;

    fn header(&self, field: FieldId) -> &str {
        &self.dictionary().table(self.each()).field(field).header
    }
}

/// A row that is of the same person and the same school as the subject's.
pub(crate) struct Kin<'v> {
    pub start: &'v Cell,
    pub end: &'v Cell,
    /// Where its start and its end stand.
    pub at: (CellRef, CellRef),
    /// Why it may be of others, or of something else.
    pub doubt: Option<Doubt>,
}

/// What the figures say about an item: the amount, if one is given, and its cells.
#[derive(Default)]
pub(crate) struct ItemFigure {
    pub amount: Option<Amount>,
    pub cells: Vec<CellRef>,
    /// The cells of years that are not the window's, and may be meant for it.
    pub years: Vec<CellRef>,
    /// The cells by which rows of it may be of others, or of a part.
    pub denied: Vec<CellRef>,
    pub unit: FigureUnit,
}

/// What a measure gives.
#[derive(Clone, Debug, Default)]
pub(crate) struct Measured {
    /// `None` if nothing could be computed.
    pub amount: Option<Amount>,
    /// Why nothing could be computed, or why the amount is not exact.
    pub lacks: Vec<Cause>,
    /// Why there may be rows that were not seen.
    pub unseen: Vec<Cause>,
    /// A share of nobody: the requirement concerns no one here.
    pub nobody: bool,
    /// Whether anyone is concerned is not known: it may be 达标 or 不适用.
    pub nobody_maybe: bool,
    /// Nothing was done yet, so time runs from the start. Within the limit that is 未到期, not 达标.
    pub start_only: bool,
    /// Whether something may have been done, so that within the limit it is 达标 or 未到期.
    pub start_maybe: bool,
    /// Whether something that will meet the requirement is going on at this moment.
    pub goes_on: Option<Truth>,
    /// Whether a list was to be covered.
    pub covers: bool,
    /// Members that no row covers, and members that perhaps no row covers.
    pub missing: Vec<String>,
    pub maybe_missing: Vec<String>,
    pub citations: Citations,
    /// If it is the figure of an item, that item, and whether its amount has a unit.
    pub figure: Option<(WordId, FigureUnit)>,
}

/// Whether the unit of a figure is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum FigureUnit {
    /// It is no amount of money, or there is none.
    #[default]
    None,
    Told,
    Bare,
    /// Of several amounts some have one.
    Mixed,
}

impl FigureUnit {
    pub(crate) fn and(self, other: FigureUnit) -> FigureUnit {
        match (self, other) {
            (FigureUnit::None, unit) | (unit, FigureUnit::None) => unit,
            (one, other) if one == other => one,
            (FigureUnit::Told | FigureUnit::Bare | FigureUnit::Mixed, _) => FigureUnit::Mixed,
        }
    }
}

impl Measured {
    /// All that keeps it from being known.
    pub(crate) fn causes(&self) -> impl Iterator<Item = &Cause> {
        self.lacks.iter().chain(&self.unseen)
    }

    /// Them in words, each once.
    pub(crate) fn doubts(&self) -> Vec<String> {
        let mut said: Vec<String> = Vec::new();
        for cause in self.causes() {
            if !said.contains(&cause.words) {
                said.push(cause.words.clone());
            }
        }
        said
    }

    pub(crate) fn of(amount: Amount) -> Measured {
        Measured { amount: Some(amount), ..Measured::default() }
    }

    /// The requirement concerns nobody.
    pub(crate) fn nobody() -> Measured {
        Measured { nobody: true, ..Measured::default() }
    }

    /// For a table that is absent or has no rows. A sheet that is not read and may be it is the nearer cause.
    pub(crate) fn without(table: TableId, at: &impl Viewpoint) -> Measured {
        let unread = at.unread(table);
        let lacks = if unread.is_empty() { vec![Cause::no_rows(table, at.dictionary())] } else { unread };
        Measured { lacks, ..Measured::default() }
    }

    /// For a field of the subject that is blank, absent or unreadable.
    pub(crate) fn unknown_field(field: FieldId, at: &impl Viewpoint) -> Measured {
        let header = at.header(field);
        let state = match at.cell(field) {
            Cell::Blank => format!("“{header}”没有填"),
            Cell::Absent => format!("没有“{header}”这一列"),
            Cell::Is(_) | Cell::Unreadable => format!("“{header}”无法识别"),
        };
        let mut measured = Measured::default();
        measured.doubt(field, state, at);
        measured
    }

    /// A field of the subject is not exactly known.
    pub(crate) fn doubt(&mut self, field: FieldId, words: String, at: &impl Viewpoint) {
        self.lacks.push(Cause::of_field(at.each(), field, words).at(at.place(field)));
        self.cite(field, true, at);
    }

    pub(crate) fn cite(&mut self, field: FieldId, doubtful: bool, at: &impl Viewpoint) {
        if let Some(place) = at.place(field) {
            self.citations.rows = 1;
            if doubtful {
                self.citations.doubtful.push((place, Doubt::Field(field)));
            } else {
                self.citations.sure.push(place);
            }
        }
    }
}

/// What was found for a measure: the rows of each of its [`Folds`](super::Folds), and what the measures come to that it
/// is made of.
pub(crate) struct Gathered<'f, S> {
    pub rows: Vec<GatheredRows<'f, S>>,
    pub parts: Vec<Measured>,
}

/// The rows of one table that were found for a subject in a window.
pub(crate) struct GatheredRows<'f, S> {
    pub table: TableId,
    /// A needed table without any row in the whole run.
    pub absent: Option<TableId>,
    pub members: &'f [Member],
    /// `None` if no row counted or might count.
    pub state: Option<S>,
    /// Why there may be more rows that were not seen. Empty if there are none.
    pub unseen: Vec<Cause>,
    pub citations: Citations,
}

impl<'f, S> Gathered<'f, S> {
    pub(crate) fn with_state<T>(self, state: impl Fn(S) -> Option<T>) -> Gathered<'f, T> {
        let with = |rows: GatheredRows<'f, S>| {
            let GatheredRows { table, absent, members, state: own, unseen, citations } = rows;
            GatheredRows { table, absent, members, state: own.and_then(&state), unseen, citations }
        };
        Gathered { rows: self.rows.into_iter().map(with).collect(), parts: self.parts }
    }
}

impl<S: Default> Gathered<'_, S> {
    /// Measures the rows of a single table, and adds what is in doubt about them.
    pub(crate) fn measure(self, at: &impl Viewpoint, measure: impl FnOnce(S, &[Member]) -> Measured) -> Measured {
        let Some(rows) = self.rows.into_iter().next() else { return Measured::default() };
        if let Some(table) = rows.absent {
            return match rows.unseen.is_empty() {
                true => Measured::without(table, at),
                false => Measured { unseen: rows.unseen, ..Measured::default() },
            };
        }
        let mut measured = measure(rows.state.unwrap_or_default(), rows.members);
        measured.unseen = rows.unseen;
        measured.lacks.extend(rows.citations.causes(rows.table, at.dictionary(), |cell| at.header_at(cell)));
        measured.citations = rows.citations;
        measured
    }
}
