//! Keeps count of a sheet's rows, and keeps the rows that the report shows again.

use std::collections::BTreeSet;
use std::sync::Arc;

use foldhash::{HashSet, HashSetExt};

use super::layout::Layout;
use crate::model::{Copy, CopyRow, RawText};
use crate::read::{Raw, Row};

/// Sheets with more rows than this are shown again only where there is something to say.
const SHOWN_WHOLE: usize = 20_000;

/// What became of the rows of a sheet.
#[derive(Debug, Default)]
pub struct SheetLedger {
    pub rows: u32,
    pub used: u32,
    pub partly: u32,
    pub unused: u32,
    /// Rows kept for the annotated copy, each with whether there is something to say about it.
    kept: Vec<(CopyRow, bool)>,
    /// The texts of the kept rows, each once.
    texts: HashSet<Arc<str>>,
    shortened: bool,
    /// Whether all rows are kept, however long the sheet is.
    whole: bool,
    /// The first and the last row of the header.
    header: (u32, u32),
    /// The columns that are read, in ascending order.
    read: Vec<u32>,
    /// Columns with a header or content that nothing reads: what stands below the header is nobody's business here.
    uncopied: BTreeSet<u32>,
}

impl SheetLedger {
    /// A ledger of a sheet that is read so; of one that is not read nothing is kept. `whole` keeps the rows with
    /// nothing to say in long sheets too.
    pub fn new(layout: Option<&Layout>, whole: bool) -> SheetLedger {
        let mut read: Vec<u32> = layout.iter().flat_map(|layout| layout.columns.iter().flatten().copied()).collect();
        read.sort_unstable();
        let header = layout.map_or((1, 0), |layout| (layout.header_top, layout.header_row));
        SheetLedger { whole, header, read, ..SheetLedger::default() }
    }

    /// Counts a row below the header.
    pub fn count(&mut self, used: bool, whole: bool) {
        self.rows += 1;
        match (used, whole) {
            (true, true) => self.used += 1,
            (true, false) => self.partly += 1,
            (false, _) => self.unused += 1,
        }
    }

    /// Keeps a row for the copy. Once the sheet is long, only rows that have something to say are kept.
    pub fn keep(&mut self, row: Row<'_>, speaks: bool) {
        if self.shortened && !speaks {
            return;
        }
        let row = self.copied(row);
        self.kept.push((row, speaks));
        if !self.whole && !self.shortened && self.kept.len() > SHOWN_WHOLE {
            self.shortened = true;
            self.kept.retain(|(_, speaks)| *speaks);
            self.texts = HashSet::new();
        }
    }

    pub fn into_copy(self) -> Copy {
        Copy {
            rows: self.kept.into_iter().map(|(row, _)| row).collect(),
            uncopied: self.uncopied.into_iter().collect(),
            shortened: self.shortened,
        }
    }

    fn copied(&mut self, row: Row<'_>) -> CopyRow {
        let mut cells = Vec::with_capacity(row.cells.len());
        let (top, bottom) = self.header;
        for cell in row.cells.iter().filter(|cell| !cell.merged) {
            let is_read = row.number < top || self.read.binary_search(&cell.column).is_ok();
            if !is_read {
                self.uncopied.insert(cell.column);
                if row.number > bottom {
                    continue;
                }
            }
            let value = match &cell.value {
                Raw::Text(text) => RawText::Text(self.text(text)),
                Raw::Number(number) => RawText::Number(*number),
                Raw::Date(serial) => RawText::Date(*serial),
                Raw::Flag(flag) => RawText::Flag(*flag),
                Raw::Error | Raw::NoValue => RawText::Broken,
            };
            cells.push((cell.column, value));
        }
        CopyRow { number: row.number, cells }
    }

    fn text(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.texts.get(text) {
            return known.clone();
        }
        let text: Arc<str> = Arc::from(text);
        self.texts.insert(text.clone());
        text
    }
}
