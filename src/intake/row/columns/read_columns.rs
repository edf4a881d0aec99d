//! The columns of a sheet that are read. Each text of a row is looked up once, before it is known whether the row is a record.

use sheets::{Raw, RawCell, Row};

use super::column::ColumnReader;
use super::reading::KeptAt;
use crate::dictionary::{Dictionary, FieldKind, Table};
use crate::intake::cell::DateContext;
use crate::intake::row::apart::is_silent;
use crate::intake::row::prints::Prints;
use crate::intake::sheet::Layout;

/// The columns of a sheet that are read.
pub(in crate::intake::row) struct ReadColumns<'d> {
    dictionary: &'d Dictionary,
    table: &'d Table,
    /// By their places in the sheet. `None` for a column that is not read.
    columns: Vec<Option<ColumnReader<'d>>>,
    /// Where the readings of the cells of the row at hand are kept, as far as they were looked up.
    known: Vec<Option<KeptAt>>,
}

/// A row, and where the readings of its texts are kept.
#[derive(Clone, Copy)]
pub(in crate::intake::row) struct KnownRow<'r> {
    pub row: Row<'r>,
    known: &'r [Option<KeptAt>],
}

impl<'r> KnownRow<'r> {
    /// The place of the text of a cell among those of its column; `at` is that of the cell in the row.
    pub(in crate::intake::row) fn place(&self, at: usize) -> Option<usize> {
        self.known.get(at).copied().flatten().and_then(KeptAt::place)
    }

    /// The text in a column, with its place.
    pub(in crate::intake::row) fn text(&self, column: u32) -> Option<(&'r str, Option<usize>)> {
        let at = self.row.cells.iter().position(|cell| cell.column == column)?;
        if let Raw::Text(text) = &self.row.cells[at].value { Some((text, self.place(at))) } else { None }
    }
}

impl<'d> ReadColumns<'d> {
    pub(in crate::intake::row) fn of(layout: &Layout, dictionary: &'d Dictionary) -> ReadColumns<'d> {
        let columns = ColumnReader::of(layout, dictionary);
        ReadColumns { dictionary, table: dictionary.table(layout.table), columns, known: Vec::new() }
    }

    /// What a column is read as. `None` if it is not read.
    pub(in crate::intake::row) fn kind(&self, column: u32) -> Option<FieldKind> {
        let reader = self.columns.get(column as usize)?.as_ref()?;
        Some(self.table.field(reader.field).kind)
    }

    pub(in crate::intake::row) fn is_read(&self, column: u32) -> bool {
        self.columns.get(column as usize).is_some_and(Option::is_some)
    }

    /// Tells the columns what the names of the sheet and its file, or a title between the rows, say of those that follow.
    pub(in crate::intake::row) fn set_context(&mut self, context: &DateContext, prints: &mut Prints) {
        prints.set_months(context.named_months());
        self.columns.iter_mut().flatten().for_each(|column| column.set_context(context, prints));
    }

    /// The column of a cell, and where its reading is kept if it was looked up. `at` is its place among the cells of the row.
    pub(in crate::intake::row) fn of_cell(
        &mut self,
        at: usize,
        column: u32,
    ) -> Option<(&mut ColumnReader<'d>, Option<KeptAt>)> {
        let known = self.known.get(at).copied().flatten();
        Some((self.columns.get_mut(column as usize)?.as_mut()?, known))
    }

    /// The place of the text of a cell among those of its column, as far as it was looked up. `at` is that of the cell in the row.
    pub(in crate::intake::row) fn place(&self, at: usize) -> Option<usize> {
        self.known.get(at).copied().flatten().and_then(KeptAt::place)
    }

    /// The row that was looked up last, with what is known of it.
    pub(in crate::intake::row) fn known<'r>(&'r self, row: Row<'r>) -> KnownRow<'r> {
        KnownRow { row, known: &self.known }
    }

    /// Looks up the texts of a row; whether none of them says that it is something else than a record. False, too, for a row
    /// whose shape may say so.
    pub(in crate::intake::row) fn are_silent(&mut self, row: Row<'_>, prints: &Prints) -> bool {
        self.known.clear();
        // What stands alone, or over a row, may be a heading; and what names its subjects may repeat a header as a name.
        let is_plain = row.cells.len() > 1 && row.cells.iter().all(|cell| !cell.merged);
        let may_be_silent = is_plain && self.table.subject_name().is_none();
        row.cells.iter().fold(may_be_silent, |all, cell| self.is_silent(cell, prints) & all)
    }

    fn is_silent(&mut self, cell: &RawCell<'_>, prints: &Prints) -> bool {
        let column = self.columns.get_mut(cell.column as usize).and_then(Option::as_mut);
        let known = column.and_then(|column| {
            let kept = column.look_up(&cell.value, prints)?;
            Some((kept, column.seen(kept).is_silent))
        });
        self.known.push(known.map(|(kept, _)| kept));
        match (known, &cell.value) {
            (Some((_, is_silent)), _) => is_silent,
            (None, Raw::Text(text)) => is_silent(text, self.kind(cell.column), &self.dictionary.cells.sums),
            (None, Raw::Number(_) | Raw::Date(_) | Raw::Flag(_) | Raw::Error | Raw::NoValue) => true,
        }
    }
}
