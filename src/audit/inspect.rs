//! What an audit would read: the same intake as an audit's, without a verdict.

use sheets::{Format, ReadError, Workbook};

use super::reading::{InputBook, RunSheet, Sheets, drop_copies, open_each, recognise_each, set_aside};
use super::settings::{AuditScope, TraceFilter};
use super::{Audit, AuditError, Progress, Settings, run};
use crate::dictionary::{Dictionary, FieldId, FieldKind, TableId};
use crate::intake::files;
use crate::intake::{ClaimedField, HeaderError, KnownHeaders, Layout, Recognised, UnusedColumn};
use crate::model::{Issue, IssueKind, Masked, Sheet, column_letters};

/// What would be read of some files.
#[derive(Debug)]
pub struct Inspection {
    /// In the order of their paths.
    pub files: Vec<InspectedFile>,
    /// Files that were passed over, what the office's own headers did, tables that are not given. Plain Chinese.
    pub notes: Vec<Masked>,
}

#[derive(Debug)]
pub struct InspectedFile {
    pub path: Masked,
    /// Or why it cannot be read, in a sentence with its name.
    pub contents: Result<Contents, Masked>,
}

#[derive(Debug)]
pub struct Contents {
    pub format: Format,
    pub sha256: String,
    /// Another format than the name says, the encoding, hidden sheets.
    pub notes: Vec<Masked>,
    pub sheets: Vec<InspectedSheet>,
}

#[derive(Debug)]
pub struct InspectedSheet {
    pub name: Masked,
    pub hidden: bool,
    pub reading: SheetOutcome,
    /// The issues that an audit would list, and how many there are of each kind.
    pub issues: Vec<Issue>,
    pub counts: Vec<(IssueKind, u32)>,
}

/// What becomes of a sheet.
#[derive(Debug)]
pub enum SheetOutcome {
    Empty,
    /// The office does not want it read.
    Unwanted,
    /// It is no table, for a reason; headers of it that nearly are a field of a table.
    Unread {
        reason: Masked,
        near: Vec<(TableId, FieldId, Masked)>,
    },
    /// Two of its columns claim to be one field; no audit is run.
    Doubtful(Masked),
    Table(ReadTable),
}

#[derive(Debug)]
pub struct ReadTable {
    pub table: TableId,
    /// The first and the last row of the header.
    pub header: (u32, u32),
    /// All columns with a header, from left to right.
    pub columns: Vec<ReadColumn>,
    /// Fields that no column is.
    pub absent: Vec<FieldId>,
    /// Its counts of rows.
    pub rows: Sheet,
}

#[derive(Debug)]
pub struct ReadColumn {
    /// From 0.
    pub column: u32,
    pub header: Masked,
    pub taken: ColumnUse,
}

/// What a column is taken for.
#[derive(Debug)]
pub enum ColumnUse {
    Field(FieldId),
    /// A field; where it says what is of another word, as the name of the sheet has it, the row has that word: the lessons that
    /// were seen.
    Seen(FieldId, String),
    /// Its remarks may deny a row.
    Remark,
    Unwanted,
    /// No field takes it.
    Unused {
        /// Offices keep such a column, and no rule asks for it.
        is_useless: bool,
        /// The standard headers that it nearly is.
        near: Vec<String>,
        rival: Option<ClaimedField>,
    },
}

/// Reads some files as an audit would. What cannot be read does not keep the other files from being shown.
///
/// # Errors
/// When there is nothing to look at, or a setting has no meaning.
pub fn inspect(
    settings: &Settings,
    dictionary: &Dictionary,
    progress: &dyn Progress,
) -> Result<Inspection, AuditError> {
    let scope = AuditScope::new(settings, dictionary, TraceFilter::Nobody)?;
    let scope = AuditScope { reads_on: true, timeless: true, ..scope };
    let (found, mut notes) = run::find(settings)?;
    let mut files = Vec::new();
    let opened = open_each(&found, settings.encoding, settings.threads, progress);
    let (mut books, mut sheets, copies) = readable(opened, &scope, progress, &mut files);
    notes.extend(copies.into_iter().map(Masked::from));
    let mut audit = run::assess_sheets(&books, &sheets, &scope, progress);
    if let Err(AuditError::Damaged(damage)) = audit {
        // What was read of a damaged file must not count in the others, so these are read without it.
        sheets.drop_books(&damage);
        let mut place = 0..;
        books.retain(|_| place.next().is_none_or(|place| !damage.contains_key(&place)));
        files.extend(damage.values().map(unreadable));
        audit = run::assess_sheets(&books, &sheets, &scope, progress);
    }
    let audit = audit?;
    notes.extend(audit.notes.iter().cloned());
    let lacks_roster = lacks_roster(&audit, &sheets, dictionary);
    if lacks_roster {
        notes.push("没有给出教研员花名册，姓名和工号没有核对；请把花名册一起给出再看".into());
    }
    let examined = Examined { sheets, audit, dictionary, lacks_roster };
    files.extend(books.iter().enumerate().map(|(place, book)| examined.file(place, book)));
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(Inspection { files, notes })
}

/// The files that can be opened, and their sheets; what is to be said of those that are copies of another one. The others are put
/// among the inspected files, each with why not.
fn readable(
    opened: Vec<Result<InputBook, ReadError>>,
    scope: &AuditScope<'_>,
    progress: &dyn Progress,
    files: &mut Vec<InspectedFile>,
) -> (Vec<InputBook>, Sheets, Vec<String>) {
    let mut refuse = |error: ReadError| files.push(unreadable(&error));
    let mut books: Vec<InputBook> = opened.into_iter().filter_map(|book| book.map_err(&mut refuse).ok()).collect();
    let copies = drop_copies(&mut books);
    let headers = KnownHeaders::new(scope.dictionary, scope.columns);
    let recognised = recognise_each(&books, &headers, scope.threads, progress);
    let both = books.into_iter().zip(recognised);
    let (books, recognised): (Vec<InputBook>, Vec<_>) =
        both.filter_map(|(book, recognised)| Some((book, recognised.map_err(&mut refuse).ok()?))).unzip();
    let mut sheets = Sheets::new(recognised);
    set_aside(&mut sheets, &books, scope);
    (books, sheets, copies)
}

fn unreadable(error: &ReadError) -> InspectedFile {
    InspectedFile { path: error.path().display().to_string().into(), contents: Err(files::error_text(error).into()) }
}

/// Whether rows name people and no roster is given: then nobody is known, and each of these issues says only that.
fn lacks_roster(audit: &Audit, sheets: &Sheets, dictionary: &Dictionary) -> bool {
    let staff = dictionary.schema.staff.table;
    let has_roster = sheets.0.iter().filter_map(RunSheet::layout).any(|layout| layout.table == staff);
    !has_roster && audit.issue_counts.keys().any(|(_, kind)| *kind == IssueKind::UnknownPerson)
}

/// The sheets that could be read, and what an audit says of them.
struct Examined<'d> {
    sheets: Sheets,
    audit: Audit,
    dictionary: &'d Dictionary,
    lacks_roster: bool,
}

impl Examined<'_> {
    fn file(&self, place: usize, book: &InputBook) -> InspectedFile {
        let sheets = self.sheets.of_book(place).map(|(number, sheet)| self.sheet(number, sheet, book)).collect();
        let format = book.workbook.as_ref().map_or(Format::Csv, Workbook::format);
        let notes = book.notes.iter().map(|note| note.as_str().into()).collect();
        let contents = Contents { format, sha256: book.sha256.clone(), notes, sheets };
        InspectedFile { path: book.path.as_str().into(), contents: Ok(contents) }
    }

    fn sheet(&self, number: usize, sheet: &RunSheet, book: &InputBook) -> InspectedSheet {
        let Examined { audit, dictionary, .. } = self;
        let is_told = |kind| !(self.lacks_roster && kind == IssueKind::UnknownPerson);
        let told = |sheet: u32, kind: IssueKind| sheet as usize == number && is_told(kind);
        let issues = audit.assessment.issues.iter().filter(|issue| told(issue.at.row.sheet, issue.kind));
        let counts = audit.issue_counts.iter().filter(|((sheet, kind), _)| told(*sheet, *kind));
        let rows = audit.assessment.sheets().nth(number).map(|(_, sheet)| sheet.clone()).unwrap_or_default();
        let in_book = book.workbook.as_ref().and_then(|book| book.sheets().get(sheet.sheet));
        InspectedSheet {
            name: sheet.name.as_str().into(),
            hidden: in_book.is_some_and(|sheet| sheet.hidden),
            reading: reading(&sheet.recognised, rows, dictionary),
            issues: issues.filter(|issue| has_place(issue)).cloned().collect(),
            counts: counts.map(|((_, kind), count)| (*kind, *count)).collect(),
        }
    }
}

/// Whether an issue is one, and not the count of those that are not listed.
fn has_place(issue: &Issue) -> bool {
    let place = format!("!{}{}", column_letters(issue.at.column), issue.at.row.row);
    issue.cell.ends_with(&place)
}

fn reading(recognised: &Result<Recognised, HeaderError>, rows: Sheet, dictionary: &Dictionary) -> SheetOutcome {
    match recognised {
        Err(error) => SheetOutcome::Doubtful(error.to_string().into()),
        Ok(Recognised::Empty) => SheetOutcome::Empty,
        Ok(Recognised::Unwanted) => SheetOutcome::Unwanted,
        Ok(Recognised::OwnPage) => {
            SheetOutcome::Unread { reason: "模板的说明页，不是台账，没有读取".into(), near: Vec::new() }
        }
        Ok(Recognised::Table(layout)) => SheetOutcome::Table(read_table(layout, rows, dictionary)),
        Ok(
            other @ (Recognised::Tie { .. }
            | Recognised::OnlyHeader(_)
            | Recognised::Nearly(_)
            | Recognised::OtherYear(_)
            | Recognised::Headless(_)
            | Recognised::Absences(_)
            | Recognised::Corrections
            | Recognised::Sums(_)
            | Recognised::Officers(_)
            | Recognised::Unknown),
        ) => {
            SheetOutcome::Unread { reason: other.why_unread(dictionary).unwrap_or_default().into(), near: near(other) }
        }
    }
}

fn near(recognised: &Recognised) -> Vec<(TableId, FieldId, Masked)> {
    let Recognised::Nearly(nearly) = recognised else { return Vec::new() };
    let of = |(field, headers): &(FieldId, Vec<String>)| {
        headers.iter().map(|header| (nearly.table, *field, header.as_str().into())).collect::<Vec<_>>()
    };
    nearly.missing.iter().flat_map(of).collect()
}

fn read_table(layout: &Layout, rows: Sheet, dictionary: &Dictionary) -> ReadTable {
    let column = |column: u32, header: &str, taken: ColumnUse| ReadColumn { column, header: header.into(), taken };
    let taken = |field: FieldId| {
        let given = layout.given.filter(|(of, _)| *of == field);
        let list = dictionary.words_of(dictionary.table(layout.table).field(field));
        match given.zip(list) {
            Some(((_, word), list)) => ColumnUse::Seen(field, list.word(word).to_string()),
            None => ColumnUse::Field(field),
        }
    };
    let read = layout.read.iter().filter_map(|(at, header)| Some(column(*at, header, taken(layout.field(*at)?))));
    let remarks = layout.remarks.iter().map(|(at, header)| column(*at, header, ColumnUse::Remark));
    let unwanted = layout.unwanted.iter().map(|(at, header)| column(*at, header, ColumnUse::Unwanted));
    let unused = |unused: &UnusedColumn| {
        let taken =
            ColumnUse::Unused { is_useless: unused.is_useless, near: unused.near.clone(), rival: unused.rival.clone() };
        column(unused.column, &unused.header, taken)
    };
    let mut columns: Vec<ReadColumn> =
        read.chain(remarks).chain(unwanted).chain(layout.unused.iter().map(unused)).collect();
    columns.sort_by_key(|column| column.column);
    let absent = (0..).map(FieldId).zip(&layout.columns).filter(|(_, column)| column.is_none());
    // No office is asked for more 身份证号 than it keeps.
    let is_asked = |field: &FieldId| dictionary.table(layout.table).field(*field).kind != FieldKind::Identity;
    ReadTable {
        table: layout.table,
        header: (layout.header_top, layout.header_row),
        columns,
        absent: absent.map(|(field, _)| field).filter(is_asked).collect(),
        rows,
    }
}

impl Inspection {
    /// Whether every file can be read, and no two columns claim to be one field: an audit can be run.
    pub fn can_run(&self) -> bool {
        let doubtful = |sheet: &InspectedSheet| matches!(sheet.reading, SheetOutcome::Doubtful(_));
        self.files.iter().all(|file| file.contents.as_ref().is_ok_and(|contents| !contents.sheets.iter().any(doubtful)))
    }

    /// Whether anything is left out that the office did not ask to leave out, or anything is wrong.
    pub fn has_issue(&self) -> bool {
        self.sheets().any(|sheet| !sheet.counts.is_empty())
    }

    /// All sheets of the files that can be read.
    pub fn sheets(&self) -> impl Iterator<Item = &InspectedSheet> {
        self.files.iter().flat_map(|file| file.contents.as_ref().ok()).flat_map(|contents| &contents.sheets)
    }
}
