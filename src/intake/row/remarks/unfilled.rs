//! Rows of a ledger that may have been prepared and never filled in: they lack the tick that others have, or say no more than when,
//! who and which kind.

use sheets::{Raw, RawCell, Row};

use crate::dictionary::{CellWords, Field, FieldId, FieldKind, Says, Table};
use crate::intake::sheet::Layout;

/// Where rows say so many things more, one that says none of them was perhaps only prepared.
const TELLING: usize = 2;

/// A longer text says more than that it is to be filled in. Spares most texts the looking up.
const LONGEST_PROMISE: usize = 8;

/// What the rows of a sheet say when they are filled in.
pub(super) struct Unfilled<'d> {
    words: &'d CellWords,
    /// The columns that are ticked for what was done, each with its header.
    ticked: Vec<(u32, String)>,
    /// By column, whether a cell of it says more than when, who and which kind. Empty where the first rows say no more.
    telling: Vec<bool>,
}

impl<'d> Unfilled<'d> {
    /// `None` for a sheet of which each row may be filled in.
    pub(super) fn of(layout: &Layout, table: &Table, words: &'d CellWords) -> Option<Unfilled<'d>> {
        let ticked = layout.used.ticked.iter().map(|column| (*column, layout.header(*column).to_string())).collect();
        let is_plain = |column: &u32| {
            let field = layout.field(*column).map(|field| table.field(field));
            field.map_or_else(|| is_useless(layout, *column), |field| !tells(field))
        };
        let filled = &layout.used.filled;
        let says_more = |field: FieldId| tells(table.field(field)) && table.roles.quantity != Some(field);
        let read = filled.iter().filter(|column| layout.field(**column).is_some_and(says_more)).count();
        let width = filled.iter().max().filter(|_| read >= TELLING).map_or(0, |last| last + 1);
        let telling = (0..width).map(|column| !is_plain(&column)).collect();
        let unfilled = Unfilled { words, ticked, telling };
        (!unfilled.ticked.is_empty() || !unfilled.telling.is_empty()).then_some(unfilled)
    }

    /// Where a row lacks the tick that others have, and what there is to say of it.
    pub(super) fn unticked(&self, row: Row<'_>) -> Option<(u32, String)> {
        let is_blank = |column: u32| !row.cells.iter().any(|cell| cell.column == column && self.says(cell));
        let (column, header) = self.ticked.iter().find(|(column, _)| is_blank(*column))?;
        let message = format!(
            "“{header}”这一格没有填，别的行填了，做没做不能确定，按“可能算、也可能不算”处理；做了的请补填，没有做的请删去这一行"
        );
        Some((*column, message))
    }

    /// Where a row says no more than when, who and which kind, and what there is to say of it.
    pub(super) fn prepared(&self, row: Row<'_>) -> Option<(u32, String)> {
        // A column beyond those of the first rows is none of theirs.
        let tells = |cell: &RawCell<'_>| self.telling.get(cell.column as usize).copied().unwrap_or(true);
        if self.telling.is_empty() || row.cells.iter().any(|cell| tells(cell) && self.says(cell)) {
            return None;
        }
        let message = "这一行只填了日期、姓名、类型一类，别的行填了的各栏都空着，做没做不能确定，按“可能算、也可能不算”处理；做了的请补填，没有做的请删去这一行";
        row.cells.first().map(|cell| (cell.column, message.to_string()))
    }

    /// Whether a cell says something: a dash is a blank one, #N/A may be, and 待补 says that it is to be filled in.
    fn says(&self, cell: &RawCell<'_>) -> bool {
        let text = match &cell.value {
            Raw::Text(text) => text,
            Raw::Number(_) | Raw::Date(_) | Raw::Flag(_) => return true,
            Raw::Error | Raw::NoValue => return false,
        };
        let is_text = text.chars().any(char::is_alphanumeric) || text.contains(['√', '✓', '✔']);
        let is_promise = || text.chars().nth(LONGEST_PROMISE).is_none() && self.words.says(text) == Says::Perhaps;
        is_text && !self.words.is_error(text) && !is_promise()
    }
}

/// Whether a field says more than when, who and which kind.
fn tells(field: &Field) -> bool {
    match field.kind {
        FieldKind::School | FieldKind::Number | FieldKind::Text | FieldKind::Texts | FieldKind::Flag => true,
        FieldKind::Date | FieldKind::Year | FieldKind::Person | FieldKind::People | FieldKind::Code => false,
        FieldKind::Word(_) | FieldKind::Words(_) => !field.required,
        FieldKind::Institution | FieldKind::Identity | FieldKind::Figure => false,
    }
}

fn is_useless(layout: &Layout, column: u32) -> bool {
    layout.unused.iter().any(|unused| unused.column == column && unused.is_useless)
}
