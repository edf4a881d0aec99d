//! What a sheet says of itself: titles and notes by which rows of it are missing.

use sheets::{Raw, Row};

use crate::dictionary::{Dictionary, GapWords};
use crate::intake::issues::IssueLog;
use crate::intake::sheet::Layout;
use crate::intake::sheet_names::SheetName;
use crate::model::{CellRef, IssueKind, RowRef, column_letters};

/// How many texts beside the rows are kept, and how long one must be to say something.
const MOST: usize = 200;
const SHORTEST: usize = 5;

/// Where a sheet says that rows of it are missing.
pub(in crate::intake::row) struct Gaps<'d> {
    words: &'d GapWords,
    table: &'d str,
    pub found: Vec<CellRef>,
    /// Whether a table to the right of this one has rows.
    adjoins: bool,
    /// What stands beside the rows, above or below them, with where it does.
    pub asides: Vec<(CellRef, String)>,
}

impl<'d> Gaps<'d> {
    pub(in crate::intake::row) fn of(layout: &Layout, dictionary: &'d Dictionary) -> Gaps<'d> {
        Gaps {
            words: &dictionary.sheet_words.gaps,
            table: &dictionary.table(layout.table).sheet,
            found: Vec::new(),
            adjoins: false,
            asides: Vec::new(),
        }
    }

    /// Looks at a row above the header.
    pub(in crate::intake::row) fn heading(&mut self, row: Row<'_>, sheet: u32, log: &mut IssueLog) {
        let own = || row.cells.iter().filter(|cell| !cell.merged);
        for cell in own().filter(|_| own().nth(2).is_none()) {
            let Raw::Text(text) = &cell.value else { continue };
            self.aside(RowRef { sheet, row: row.number }.cell(cell.column), text);
            if self.words.says(text) || self.words.is_excerpt(text) {
                self.note(RowRef { sheet, row: row.number }.cell(cell.column), text, log);
            }
        }
    }

    /// Looks at the names of the sheet and its file; the header is cited for them.
    pub(in crate::intake::row) fn names(&mut self, header: CellRef, log: &mut IssueLog) {
        let Some(SheetName { path, sheet }) = log.sheets().get(header.row.sheet).cloned() else { return };
        let file = path.rsplit(['/', '\\']).next().unwrap_or_default();
        if let Some(called) = [sheet.as_str(), file].into_iter().find(|name| self.words.is_excerpt(name)) {
            self.note(header, called, log);
        }
    }

    /// A row below the header without what stands in it of a table to the right. That one is not read, and named once.
    pub(in crate::intake::row) fn left_of<'r>(
        &mut self,
        row: Row<'r>,
        layout: &Layout,
        sheet: u32,
        log: &mut IssueLog,
    ) -> Row<'r> {
        let Some(right) = layout.adjoining.as_deref() else { return row };
        let (own, beyond) = row.cells.split_at(row.cells.partition_point(|cell| cell.column < right.column));
        if !self.adjoins && beyond.iter().any(|cell| !cell.merged) {
            self.adjoins = true;
            let at = RowRef { sheet, row: layout.header_row }.cell(right.column);
            self.found.push(at);
            let message = format!(
                "右边从{}列“{}”起还有一张表，没有读取，这张工作表没有读全，“{}”里没有的不能断定没有，按“待核”处理；请把右边的表移到下面接着排，或另放一个工作表",
                column_letters(right.column),
                right.header,
                self.table
            );
            log.report(at, IssueKind::IncompleteSheet, &right.header, message);
        }
        Row { number: row.number, cells: own }
    }

    /// Whether a row below the header is a note that says so.
    pub(in crate::intake::row) fn below(&mut self, row: Row<'_>, sheet: u32, log: &mut IssueLog) -> bool {
        let mut own = row.cells.iter().filter(|cell| !cell.merged);
        let (Some(first), None) = (own.next(), own.next()) else { return false };
        let Raw::Text(text) = &first.value else { return false };
        self.aside(RowRef { sheet, row: row.number }.cell(first.column), text);
        let says = self.words.says(text);
        if says {
            self.note(RowRef { sheet, row: row.number }.cell(first.column), text, log);
        }
        says
    }

    fn aside(&mut self, at: CellRef, text: &str) {
        if self.asides.len() < MOST && text.chars().nth(SHORTEST).is_some() {
            self.asides.push((at, text.to_string()));
        }
    }

    fn note(&mut self, at: CellRef, text: &str, log: &mut IssueLog) {
        self.found.push(at);
        let message = format!(
            "这句话说这张表不全（有的登在别处、遗失或者没有录入），“{}”里没有的不能断定没有，按“待核”处理；请把缺的补进来，已经补全的删去这句话",
            self.table
        );
        log.report(at, IssueKind::IncompleteSheet, &text.chars().take(60).collect::<String>(), message);
    }
}
