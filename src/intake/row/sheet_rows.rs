//! Keeps count of a sheet's rows, and keeps the rows that the report shows again.

use std::collections::BTreeSet;
use std::sync::Arc;

use foldhash::{HashSet, HashSetExt};
use sheets::{Raw, Row};

use super::apart::Subtotal;
use crate::intake::sheet::Layout;
use crate::model::{CellRef, Copy, CopyRow, RawText};

/// Sheets with more rows than this are shown again only where there is something to say, and of rows of each kind no more.
const SHOWN_WHOLE: usize = 2_000;

/// What there is to say of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowRemark {
    Nothing,
    /// It is among the first that counted for a subject.
    Cited,
    /// Something is wrong with it, or it stands above the data.
    More,
    /// It names strangers only, and is not shown.
    Withheld,
}

/// What became of the rows of a sheet.
#[derive(Debug, Default)]
pub struct SheetRows {
    pub rows: u32,
    pub used: u32,
    pub partly: u32,
    pub unused: u32,
    /// Where the sheet says that rows of it are missing.
    pub gaps: Vec<CellRef>,
    /// What it says beside its rows.
    pub asides: Vec<(CellRef, String)>,
    /// What its sums say.
    pub subtotals: Vec<Subtotal>,
    /// Rows kept for the annotated copy, each with what there is to say about it.
    kept: Vec<(CopyRow, RowRemark)>,
    /// The texts of the kept rows, each once.
    texts: HashSet<Arc<str>>,
    shortened: bool,
    /// Of a long sheet, how many rows of each kind are kept: cited ones, and those with more to say.
    most: [usize; 2],
    whole: bool,
    header: (u32, u32),
    /// The columns that are read, in ascending order.
    read: Vec<u32>,
    /// Rows that name strangers only.
    withheld: u32,
    /// What the next row shows in a column instead of the names of strangers.
    hidden: Option<(u32, Arc<str>)>,
    /// Columns with a header or content that nothing reads: what stands below the header is nobody's business here.
    uncopied: BTreeSet<u32>,
}

impl SheetRows {
    /// Keeps nothing of a sheet without a layout. `whole` keeps the rows with nothing to say in long sheets too.
    pub fn new(layout: Option<&Layout>, whole: bool) -> SheetRows {
        let columns = |layout: &Layout| -> Vec<u32> {
            let fields = layout.columns.iter().flatten().copied();
            // One that disagrees with the column of its field is evidence, too.
            let rivals = layout.unused.iter().filter(|unused| unused.rival.is_some()).map(|unused| unused.column);
            fields.chain(layout.remarks.iter().map(|(column, _)| *column)).chain(rivals).collect()
        };
        let mut read: Vec<u32> = layout.map(columns).unwrap_or_default();
        read.sort_unstable();
        let header = layout.map_or((1, 0), |layout| (layout.header_top, layout.header_row));
        SheetRows { whole, header, read, ..SheetRows::default() }
    }

    /// The texts that stand beside its rows.
    pub fn beside(&self) -> Vec<&str> {
        self.asides.iter().map(|(_, text)| text.as_str()).collect()
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

    /// Keeps a row for the copy. Once the sheet is long, only rows that have something to say are kept, the first of them.
    pub fn keep(&mut self, row: Row<'_>, said: RowRemark) {
        let hidden = self.hidden.take();
        if said == RowRemark::Withheld {
            self.withheld += 1;
            return;
        }
        if self.shortened && !self.has_room(said) {
            return;
        }
        let mut row = self.copied(row);
        if let Some((column, shown)) = hidden {
            conceal(&mut row, column, &shown);
        }
        self.kept.push((row, said));
        if !self.whole && !self.shortened && self.kept.len() > SHOWN_WHOLE {
            self.shortened = true;
            for (row, said) in std::mem::take(&mut self.kept) {
                if self.has_room(said) {
                    self.kept.push((row, said));
                }
            }
            self.texts = HashSet::new();
        }
    }

    /// Shows something else instead of the names of strangers in the next row that is kept.
    pub fn hide(&mut self, column: u32, shown: &str) {
        self.hidden = Some((column, shown.into()));
    }

    /// Whether a long sheet keeps another row of this kind; then it is counted.
    fn has_room(&mut self, said: RowRemark) -> bool {
        let kept = match said {
            RowRemark::Nothing | RowRemark::Withheld => return false,
            RowRemark::Cited => &mut self.most[0],
            RowRemark::More => &mut self.most[1],
        };
        *kept += 1;
        *kept <= SHOWN_WHOLE
    }

    /// The copy of the sheet. `is_cited` tells of a row whether a finding names it: while sheets are read apart, each keeps
    /// the first rows of its own, of which a long one shows only those that are among the first of all.
    pub fn into_copy(self, is_cited: impl Fn(u32) -> bool) -> Copy {
        let shown =
            |(row, said): &(CopyRow, RowRemark)| !self.shortened || *said != RowRemark::Cited || is_cited(row.number);
        Copy {
            rows: self.kept.into_iter().filter(shown).map(|(row, _)| row).collect(),
            uncopied: self.uncopied.into_iter().collect(),
            shortened: self.shortened,
            withheld: self.withheld,
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

fn conceal(row: &mut CopyRow, column: u32, shown: &Arc<str>) {
    for (_, value) in row.cells.iter_mut().filter(|(at, _)| *at == column) {
        *value = RawText::Text(shown.clone());
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;
    use crate::dictionary::TableId;
    use sheets::RawCell;

    /// A sheet with a header in rows 2 and 3, of which B and D are read.
    fn ledger(whole: bool) -> SheetRows {
        let layout = Layout {
            table: TableId::from(0),
            header_top: 2,
            header_row: 3,
            columns: vec![Some(3), None, Some(1)],
            ..Layout::default()
        };
        SheetRows::new(Some(&layout), whole)
    }

    fn keep(ledger: &mut SheetRows, number: u32, columns: &[u32], said: RowRemark) {
        let cell =
            |column: &u32| RawCell { column: *column, value: Raw::Text(Cow::Borrowed("甲")), merged: false, down: 0 };
        let cells: Vec<RawCell> = columns.iter().map(cell).collect();
        ledger.keep(Row { number, cells: &cells }, said);
    }

    fn kept(copy: &Copy) -> Vec<(u32, Vec<u32>)> {
        let columns = |row: &CopyRow| row.cells.iter().map(|(column, _)| *column).collect();
        copy.rows.iter().map(|row| (row.number, columns(row))).collect()
    }

    #[test]
    fn below_the_header_only_the_columns_that_are_read_are_kept_and_the_others_are_named() {
        let mut ledger = ledger(false);
        keep(&mut ledger, 1, &[0, 6], RowRemark::More);
        keep(&mut ledger, 2, &[0, 1], RowRemark::More);
        keep(&mut ledger, 3, &[1, 2, 3], RowRemark::More);
        keep(&mut ledger, 4, &[0, 1, 3, 5], RowRemark::Cited);
        keep(&mut ledger, 5, &[2], RowRemark::More);
        let copy = ledger.into_copy(|_| true);
        let rows = [(1, vec![0, 6]), (2, vec![0, 1]), (3, vec![1, 2, 3]), (4, vec![1, 3]), (5, vec![])];
        assert_eq!((kept(&copy), &copy.uncopied[..]), (rows.to_vec(), &[0, 2, 5][..]));
    }

    #[test]
    fn a_long_sheet_keeps_only_the_rows_that_speak_unless_all_are_asked_for() {
        for (whole, rows) in [(false, vec![3, 10, 2_010]), (true, (3..=2_010).collect())] {
            let mut ledger = ledger(whole);
            for number in 3..=2_010 {
                let said = match number {
                    3 | 10 => RowRemark::More,
                    2_010 => RowRemark::Cited,
                    _ => RowRemark::Nothing,
                };
                keep(&mut ledger, number, &[1], said);
            }
            let copy = ledger.into_copy(|_| true);
            let numbers: Vec<u32> = copy.rows.iter().map(|row| row.number).collect();
            assert_eq!((numbers, copy.shortened), (rows, !whole));
        }
    }

    #[test]
    fn of_a_long_sheet_only_rows_that_a_finding_names_are_cited() {
        let copied = |rows: u32| {
            let mut ledger = ledger(false);
            for number in 1..=rows {
                keep(&mut ledger, number, &[1], if number > 8 { RowRemark::Cited } else { RowRemark::More });
            }
            ledger.into_copy(|row| row % 500 == 0).rows.iter().map(|row| row.number).collect::<Vec<u32>>()
        };
        assert_eq!(copied(2_000), (1..=2_000).collect::<Vec<u32>>());
        assert_eq!(copied(2_001), [1, 2, 3, 4, 5, 6, 7, 8, 500, 1_000, 1_500, 2_000]);
    }

    #[test]
    fn a_sheet_of_the_longest_length_that_is_shown_whole_keeps_all_rows() {
        let mut ledger = ledger(false);
        for number in 1..=2_000 {
            keep(&mut ledger, number, &[1], RowRemark::Nothing);
        }
        let copy = ledger.into_copy(|_| true);
        assert_eq!((copy.rows.len(), copy.shortened), (2_000, false));
    }

    #[test]
    fn of_a_long_sheet_the_first_rows_of_each_kind_are_kept() {
        let mut ledger = ledger(false);
        for number in 1..=9_000 {
            keep(&mut ledger, number, &[1], if number % 2 == 0 { RowRemark::More } else { RowRemark::Cited });
        }
        let copy = ledger.into_copy(|_| true);
        let numbers: Vec<u32> = copy.rows.iter().map(|row| row.number).collect();
        assert_eq!((numbers, copy.shortened), ((1..=4_000).collect(), true));
    }
}
