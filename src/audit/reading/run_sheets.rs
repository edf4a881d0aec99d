//! The sheets of a run: where each stands, and as what it is read.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use sheets::ReadError;

use super::book::{InputBook, stem};
use super::codes;
use crate::audit::settings::AuditScope;
use crate::audit::workers::side_by_side;
use crate::audit::{AuditError, Progress, Stage};
use crate::dictionary::{Columns, Dictionary, FieldId, TableId};
use crate::intake::{
    HeaderError, IssueLog, KnownHeaders, Layout, LeavesOpen, Probe, Recognised, SheetName, SheetNames, SheetRows,
};
use crate::model::{CellRef, IssueKind, RowRef};

/// How many sheets that are not read a note names.
const NAMED: usize = 8;

/// Of each book that cannot be read to its end, by its place, the first thing that is in the way.
pub(in crate::audit) type Damage = BTreeMap<usize, ReadError>;

pub(in crate::audit) struct RunSheet {
    pub book: usize,
    /// Its place in the book.
    pub sheet: usize,
    pub name: String,
    /// The title above its header.
    pub title: Option<String>,
    pub recognised: Result<Recognised, HeaderError>,
    /// How many rows with content it has, where it is not read.
    pub unread_rows: u32,
    /// What is to be said of it beside what it is taken for.
    pub remark: Option<String>,
}

/// The sheets of a run, in the order that [`RowRef::sheet`] counts.
pub(in crate::audit) struct Sheets(pub Vec<RunSheet>);

impl RunSheet {
    /// How it is read. `None` if it is not.
    pub(crate) fn layout(&self) -> Option<&Layout> {
        self.recognised.as_ref().ok()?.layout()
    }
}

impl Sheets {
    /// The sheets of some books, each with what its sheets were taken for.
    pub(crate) fn new(recognised: Vec<Vec<RecognisedSheet>>) -> Sheets {
        let of_book = |(book, sheets): (usize, Vec<RecognisedSheet>)| {
            let sheet = move |(sheet, RecognisedSheet { name, title, recognised, unread_rows })| RunSheet {
                book,
                sheet,
                name,
                title,
                recognised,
                unread_rows,
                remark: None,
            };
            sheets.into_iter().enumerate().map(sheet)
        };
        Sheets(recognised.into_iter().enumerate().flat_map(of_book).collect())
    }

    /// The table of each sheet that is read.
    pub(crate) fn tables(&self) -> impl Iterator<Item = TableId> {
        self.0.iter().filter_map(RunSheet::layout).map(|layout| layout.table)
    }

    /// Drops the sheets of damaged books, which leave the run.
    pub(crate) fn drop_books(&mut self, damage: &Damage) {
        self.0.retain(|sheet| !damage.contains_key(&sheet.book));
        self.0.iter_mut().for_each(|sheet| sheet.book -= damage.range(..sheet.book).count());
    }

    /// The sheets of a book, each with its number in the run.
    pub(crate) fn of_book(&self, book: usize) -> impl Iterator<Item = (usize, &RunSheet)> {
        self.0.iter().enumerate().filter(move |(_, sheet)| sheet.book == book)
    }

    /// Errors: all sheets with two columns for one field: nothing may be judged then.
    pub(crate) fn refuse_doubt(&self, books: &[InputBook]) -> Result<(), AuditError> {
        let error = |RunSheet { book, name, recognised, .. }: &RunSheet| {
            let fault = recognised.as_ref().err()?.clone();
            Some(AuditError::Header { sheet: format!("《{}》的工作表“{name}”", books[*book].path), fault })
        };
        AuditError::all(self.0.iter().filter_map(error).collect())
    }

    /// By sheet.
    pub(crate) fn layouts(&self) -> Vec<Option<Layout>> {
        self.0.iter().map(|sheet| sheet.layout().cloned()).collect()
    }

    /// The tables of which a sheet may hold rows that is not read, with those sheets.
    pub(crate) fn open(&self) -> BTreeMap<TableId, Vec<u32>> {
        let mut open: BTreeMap<TableId, Vec<u32>> = BTreeMap::new();
        for (number, sheet) in (0..).zip(&self.0) {
            for table in sheet.recognised.iter().flat_map(Recognised::may_be) {
                open.entry(*table).or_default().push(number);
            }
        }
        open
    }

    /// What the sheets say beside their rows, each with its table.
    pub(crate) fn asides<'r>(
        &'r self,
        rows: &'r [SheetRows],
    ) -> impl Iterator<Item = (TableId, &'r [(CellRef, String)])> {
        let layouts = self.0.iter().map(RunSheet::layout);
        layouts.zip(rows).filter_map(|(layout, rows)| Some((layout?.table, rows.asides.as_slice())))
    }

    /// The tables of which a sheet says that rows are missing, with where it does.
    pub(crate) fn gaps(&self, rows: &[SheetRows]) -> BTreeMap<TableId, Vec<CellRef>> {
        let mut gaps: BTreeMap<TableId, Vec<CellRef>> = BTreeMap::new();
        for (layout, rows) in self.0.iter().map(RunSheet::layout).zip(rows) {
            for (table, cell) in layout.into_iter().flat_map(|layout| layout.lacking(&rows.gaps)) {
                gaps.entry(table).or_default().push(cell);
            }
        }
        gaps
    }

    pub(crate) fn names(&self, books: &[InputBook]) -> SheetNames {
        let name = |at: &RunSheet| SheetName { path: books[at.book].path.clone(), sheet: at.name.clone() };
        SheetNames::new(self.0.iter().map(name).collect())
    }

    /// What it is taken for that sheets lack columns, each once.
    pub(crate) fn readings(&self, dictionary: &Dictionary) -> Vec<String> {
        let of = |layout: &Layout| -> Vec<String> {
            let fields = (0..).map(FieldId).zip(&dictionary.table(layout.table).fields);
            let lacking = fields.filter(|(id, _)| layout.column(*id).is_none() && !layout.may_be.contains(id));
            lacking.filter_map(|(_, field)| field.absent.clone()).filter(|reading| !reading.is_empty()).collect()
        };
        let mut readings: Vec<String> = self.0.iter().filter_map(RunSheet::layout).flat_map(of).collect();
        readings.sort();
        readings.dedup();
        readings
    }

    /// Reports the sheets that are not read, each with what is in the way.
    pub(crate) fn report_unread(&self, dictionary: &Dictionary, log: &mut IssueLog) {
        for (sheet, RunSheet { name, recognised, .. }) in (0..).zip(&self.0) {
            let Ok(recognised) = recognised else { continue };
            let Some(message) = recognised.why_unread(dictionary) else { continue };
            let at = RowRef { sheet, row: recognised.row() }.cell(0);
            log.report(at, IssueKind::UnusedSheet, name, message);
        }
    }

    /// How many sheets were not read, with how many rows, and what that means: those that may be a table with what they may be,
    /// the others by their names. `None` if all were.
    fn unread(&self, books: &[InputBook], dictionary: &Dictionary) -> Option<String> {
        let has_content = |sheet: &&RunSheet| sheet.layout().is_some() || sheet.unread_rows > 0;
        let all = self.0.iter().filter(has_content).count();
        let left: Vec<&RunSheet> = self.0.iter().filter(|sheet| sheet.unread_rows > 0).collect();
        let rows: u64 = left.iter().map(|sheet| u64::from(sheet.unread_rows)).sum();
        let called = |sheet: &RunSheet| format!("《{}》的工作表“{}”", file_of(&books[sheet.book].path), sheet.name);
        let may_be = |sheet: &&RunSheet| {
            let tables = sheet.recognised.as_ref().ok()?.may_be();
            let tables: Vec<&str> = tables.iter().map(|table| dictionary.table(*table).sheet.as_str()).collect();
            (!tables.is_empty()).then(|| format!("{}（“{}”）", called(sheet), tables.join("”或“")))
        };
        let open: Vec<String> = left.iter().filter_map(may_be).collect();
        let bystanders = left.iter().filter(|sheet| sheet.recognised == Ok(Recognised::Unknown));
        let bystanders: Vec<String> = bystanders.map(|sheet| called(sheet)).collect();
        let is_other = |sheet: &RunSheet, matters: bool| match &sheet.recognised {
            Ok(Recognised::OtherYear(of)) => of.leaves != LeavesOpen::Rows && of.may_matter() == matters,
            Ok(_) | Err(_) => false,
        };
        let absences = left.iter().filter(|sheet| matches!(sheet.recognised, Ok(Recognised::Absences(_))));
        let absences: Vec<String> = absences.map(|sheet| called(sheet)).collect();
        let others = |matters| -> Vec<String> {
            left.iter().filter(|sheet| is_other(sheet, matters)).map(|sheet| called(sheet)).collect()
        };
        let parts = [
            named("可能是要核查的表、与它有关的“没有”都不能断定的有", &open),
            named("写着可能不在岗的人员的有", &absences),
            named("名称上是另一个时候的、有的情形可能要看的有", &others(true)),
            named("名称上是另一个时候的、不影响结论的有", &others(false)),
            named("不像要核查的表、结论不以它们为依据的有", &bystanders),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        let read = all - left.len();
        (!left.is_empty())
            .then(|| format!("{all}张工作表读了{read}张，{}张（{rows}行）没有读取：{}", left.len(), parts.join("；")))
            .map(|said| said.trim_end_matches('：').to_string())
    }

    /// What is to be said of the sheets as a whole.
    pub(crate) fn said(&self, books: &[InputBook], scope: &AuditScope<'_>) -> Vec<String> {
        let own = self.0.iter().filter_map(|sheet| sheet.remark.clone());
        own.chain(self.unread(books, scope.dictionary)).chain(self.remarks(books, scope.columns)).collect()
    }

    /// What the office's own headers and sheet names did: what was left out by its wish, and what nothing was called.
    fn remarks(&self, books: &[InputBook], columns: &Columns) -> Vec<String> {
        let (mut left, mut headers, mut sheets) = (Vec::new(), Vec::new(), Vec::new());
        for sheet in &self.0 {
            let name = &sheet.name;
            let file = stem(&books[sheet.book].path);
            sheets.extend(columns.sheet(file, name).map(|(entry, _)| entry));
            if let Some(layout) = sheet.layout() {
                headers.extend(&layout.wishes);
                left.extend(layout.unwanted.iter().map(|(_, header)| format!("工作表“{name}”的列“{header}”")));
            } else if sheet.recognised == Ok(Recognised::Unwanted) {
                left.push(format!("工作表“{name}”"));
            }
        }
        let unused = columns.unused(&headers, &sheets);
        let remark =
            |what: &str, names: &[String]| (!names.is_empty()).then(|| format!("{what}：{}", names.join("、")));
        let remarks = [
            remark("按 --columns 文件的要求没有读取", &left),
            remark("--columns 文件里的这些名称在读取的表中没有遇到，请核对写法", &unused),
        ];
        remarks.into_iter().flatten().collect()
    }
}

/// A sheet by its name, with what it was taken for.
pub(in crate::audit) struct RecognisedSheet {
    name: String,
    title: Option<String>,
    recognised: Result<Recognised, HeaderError>,
    unread_rows: u32,
}

/// Looks at the first rows of each sheet, of as many files at once as there are threads; what came of it for each book.
pub(in crate::audit) fn recognise_each(
    books: &[InputBook],
    headers: &KnownHeaders<'_>,
    threads: usize,
    progress: &dyn Progress,
) -> Vec<Result<Vec<RecognisedSheet>, ReadError>> {
    progress.stage(Stage::Opening, books.len(), 0);
    side_by_side(threads, books.len(), |book, _| {
        progress.begin(&books[book].path);
        let recognised = recognised(&books[book], headers);
        progress.end(&books[book].path, 0);
        recognised
    })
}

/// A phrase before the first of some names; nothing where there are none.
fn named(phrase: &str, names: &[String]) -> Option<String> {
    let rest = if names.len() > NAMED { format!("等{}张，见运行记录", names.len()) } else { String::new() };
    let first = names.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join("、");
    (!names.is_empty()).then(|| format!("{phrase}{first}{rest}"))
}

/// How many rows of a sheet have content; of one that is damaged further down, those before that.
fn rows_of(book: &InputBook, sheet: usize) -> u32 {
    let mut rows: u32 = 0;
    let counted = book.rows(sheet, &mut |row| {
        rows = rows.saturating_add(u32::from(row.cells.iter().any(|cell| !cell.merged)));
        ControlFlow::Continue(())
    });
    // What nobody reads keeps no audit from running.
    drop(counted);
    rows
}

/// A file without its folders, whatever system its path was written on.
fn file_of(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// What the sheets of a book are taken for by their first rows.
fn recognised(book: &InputBook, headers: &KnownHeaders<'_>) -> Result<Vec<RecognisedSheet>, ReadError> {
    let recognise = |(sheet, name): (usize, &String)| {
        let mut probe = Probe::default();
        book.rows(sheet, &mut |row| {
            if probe.take(row) { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        let mut recognised = probe.recognise((stem(&book.path), name), headers);
        if let Ok(Recognised::Table(layout)) = &mut recognised {
            codes::find(book, sheet, layout);
        }
        let layout = recognised.as_ref().ok().and_then(Recognised::layout);
        let title = layout.and_then(|layout| probe.title_of(layout, headers.dictionary));
        // The pages of our own template are no records.
        let is_passed = |recognised: &Recognised| recognised.layout().is_some() || *recognised == Recognised::OwnPage;
        let unread_rows = if recognised.as_ref().map_or(true, is_passed) { 0 } else { rows_of(book, sheet) };
        Ok(RecognisedSheet { name: name.clone(), title, recognised, unread_rows })
    };
    book.sheets.iter().enumerate().map(recognise).collect()
}
