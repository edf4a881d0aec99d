//! Keeps count of a sheet's rows, and keeps the rows that the report shows again.

use std::sync::Arc;

use foldhash::{HashSet, HashSetExt};

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
}

impl SheetLedger {
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
        if !self.shortened && self.kept.len() > SHOWN_WHOLE {
            self.shortened = true;
            self.kept.retain(|(_, speaks)| *speaks);
            self.texts = HashSet::new();
        }
    }

    pub fn into_copy(self) -> Copy {
        Copy { rows: self.kept.into_iter().map(|(row, _)| row).collect(), shortened: self.shortened }
    }

    fn copied(&mut self, row: Row<'_>) -> CopyRow {
        let mut cells = Vec::with_capacity(row.cells.len());
        for cell in row.cells.iter().filter(|cell| !cell.merged) {
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
