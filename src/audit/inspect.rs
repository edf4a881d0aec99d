//! What an audit would read: the same intake as an audit's, without a verdict.

use std::collections::BTreeMap;

use sheets::{Format, ReadError};

use super::book::Book;
use super::sheets::Sheets;
use super::{Audit, AuditError, Known, Progress, Question, Settings, Wanted, assess, book, question};
use crate::dictionary::{Dictionary, FieldId, TableId};
use crate::intake::files;
use crate::intake::{KnownHeaders, Layout, Recognised, UnusedColumn};
use crate::model::{Issue, IssueKind, Sheet, column_letters};

/// What would be read of some files.
#[derive(Debug)]
pub struct Inspection {
    /// In the order of their paths.
    pub files: Vec<InspectedFile>,
    /// Files that were passed over, what the office's own headers did, tables that are not given. Plain Chinese.
    pub notes: Vec<String>,
}

/// A file, and what would be read of it.
#[derive(Debug)]
pub struct InspectedFile {
    pub path: String,
    /// Or why it cannot be read, in a sentence with its name.
    pub contents: Result<Contents, String>,
}

/// The contents of a file that can be read.
#[derive(Debug)]
pub struct Contents {
    pub format: Format,
    pub sha256: String,
    /// Another format than the name says, the encoding, hidden sheets.
    pub notes: Vec<String>,
    pub sheets: Vec<InspectedSheet>,
}

/// A sheet, and what would be read of it.
#[derive(Debug)]
pub struct InspectedSheet {
    pub name: String,
    pub hidden: bool,
    pub reading: Reading,
    /// The issues that an audit would list, and how many there are of each kind.
    pub issues: Vec<Issue>,
    pub counts: Vec<(IssueKind, u32)>,
}

/// What becomes of a sheet.
#[derive(Debug)]
pub enum Reading {
    /// Nothing stands in it.
    Empty,
    /// The office does not want it read.
    Unwanted,
    /// It is no table, for a reason; headers of it that nearly are a field of a table.
    Unread {
        reason: String,
        near: Vec<(TableId, FieldId, String)>,
    },
    /// Two of its columns claim to be one field; no audit is run.
    Doubtful(String),
    Table(ReadTable),
}

/// A sheet that is read.
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

/// A column with a header.
#[derive(Debug)]
pub struct ReadColumn {
    /// From 0.
    pub column: u32,
    pub header: String,
    pub taken: Taken,
}

/// What a column is taken for.
#[derive(Debug)]
pub enum Taken {
    Field(FieldId),
    Unwanted,
    /// No field takes it.
    Unused {
        /// The standard headers that it nearly is.
        near: Vec<String>,
        /// The field that it might be, were a surer column not there, and that column.
        rival: Option<(String, u32)>,
    },
}

/// Reads some files as an audit would. What cannot be read does not keep the other files from being shown.
///
/// # Errors
/// When there is nothing to look at, or a setting has no meaning.
pub fn inspect(settings: &Settings, progress: &dyn Progress) -> Result<Inspection, AuditError> {
    let dictionary = Dictionary::built_in();
    let question = question(settings, Wanted::Nobody, dictionary)?;
    let (mut paths, mut notes) = files::find(&settings.inputs)?;
    paths.sort();
    notes.sort();
    let known: Vec<Known> = paths.into_iter().map(|path| Known { name: path.display().to_string(), path }).collect();
    let (mut books, mut files) = (Vec::new(), Vec::new());
    for opened in book::opened(&known, settings.encoding, settings.threads, progress) {
        match opened {
            Ok(book) => books.push(book),
            Err(error) => files.push(unreadable(&error)),
        }
    }
    let (sheets, audit) = loop {
        match examine(&books, &question, dictionary, progress) {
            // Without the damaged file the others can be looked at.
            Err(AuditError::Read(error)) if books.iter().any(|book| book.path() == path_of(&error)) => {
                books.retain(|book| book.path() != path_of(&error));
                files.push(unreadable(&error));
            }
            examined => break examined?,
        }
    };
    notes.extend(audit.notes.iter().cloned());
    let strangers = strangers(&audit, &sheets, dictionary, &mut notes);
    files.extend(books.iter().enumerate().map(|(place, book)| file(place, book, &sheets, &audit, &strangers)));
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(Inspection { files, notes })
}

fn examine(
    books: &[Book],
    question: &Question<'_>,
    dictionary: &Dictionary,
    progress: &dyn Progress,
) -> Result<(Sheets, Audit), AuditError> {
    let sheets =
        Sheets::recognise(books, &KnownHeaders::new(dictionary, question.columns), question.threads, progress)?;
    let audit = assess::assess_sheets(books, &sheets, question, dictionary, progress)?;
    Ok((sheets, audit))
}

fn path_of(error: &ReadError) -> String {
    error.path().display().to_string()
}

fn unreadable(error: &ReadError) -> InspectedFile {
    InspectedFile { path: path_of(error), contents: Err(files::error_text(error)) }
}

/// Kinds of issues that only say that a table was not given along.
fn strangers(audit: &Audit, sheets: &Sheets, dictionary: &Dictionary, notes: &mut Vec<String>) -> Vec<IssueKind> {
    let staff = dictionary.table_named("staff");
    let has_roster = sheets.layouts().iter().flatten().any(|layout| Some(layout.table) == staff);
    let named = audit.issue_counts.keys().any(|(_, kind)| *kind == IssueKind::UnknownPerson);
    if has_roster || !named {
        return Vec::new();
    }
    notes.push(
        "没有给出教研员花名册，姓名和工号没有核对，有姓名的行都算作“部分采用”；请把花名册一起给出再看".to_string(),
    );
    vec![IssueKind::UnknownPerson]
}

fn file(place: usize, book: &Book, sheets: &Sheets, audit: &Audit, strangers: &[IssueKind]) -> InspectedFile {
    let of = sheets.places.iter().enumerate().filter(|(_, sheet)| sheet.book == place);
    let sheet = |(number, at): (usize, &super::sheets::SheetPlace)| {
        let number_of = |sheet: u32| sheet as usize == number;
        let told = |kind: IssueKind| !strangers.contains(&kind);
        let issues = audit.assessment.issues.iter().filter(|issue| number_of(issue.at.row.sheet) && told(issue.kind));
        let counts = audit.issue_counts.iter().filter(|((sheet, kind), _)| number_of(*sheet) && told(*kind));
        let counts: BTreeMap<IssueKind, u32> = counts.map(|((_, kind), count)| (*kind, *count)).collect();
        let rows = audit.assessment.sheets().nth(number).map(|(_, sheet)| sheet.clone()).unwrap_or_default();
        InspectedSheet {
            name: at.name.clone(),
            hidden: book.is_hidden(at.sheet),
            reading: sheets.recognised.get(number).map_or(Reading::Empty, |recognised| reading(recognised, rows)),
            issues: issues.filter(|issue| has_place(issue)).cloned().collect(),
            counts: counts.into_iter().collect(),
        }
    };
    let sheets = of.map(sheet).collect();
    let format = book.format().unwrap_or(Format::Csv);
    let contents = Contents { format, sha256: book.sha256(), notes: book.notes(), sheets };
    InspectedFile { path: book.path(), contents: Ok(contents) }
}

/// Whether an issue is one, and not the count of those that are not listed.
fn has_place(issue: &Issue) -> bool {
    let place = format!("!{}{}", column_letters(issue.at.column), issue.at.row.row);
    issue.cell.ends_with(&place)
}

fn reading(recognised: &Result<Recognised, crate::intake::HeaderError>, rows: Sheet) -> Reading {
    match recognised {
        Err(error) => Reading::Doubtful(error.to_string()),
        Ok(Recognised::Empty) => Reading::Empty,
        Ok(Recognised::Unwanted) => Reading::Unwanted,
        Ok(Recognised::OwnPage) => {
            Reading::Unread { reason: "模板的说明页，不是台账，没有读取".to_string(), near: Vec::new() }
        }
        Ok(Recognised::Table(layout)) => Reading::Table(read_table(layout, rows)),
        Ok(other @ (Recognised::Tie { .. } | Recognised::Nearly(_) | Recognised::Unknown)) => {
            Reading::Unread { reason: other.why_unread(Dictionary::built_in()).unwrap_or_default(), near: near(other) }
        }
    }
}

fn near(recognised: &Recognised) -> Vec<(TableId, FieldId, String)> {
    let Recognised::Nearly(nearly) = recognised else { return Vec::new() };
    let of = |(field, headers): &(FieldId, Vec<String>)| {
        headers.iter().map(|header| (nearly.table, *field, header.clone())).collect::<Vec<_>>()
    };
    nearly.missing.iter().flat_map(of).collect()
}

fn read_table(layout: &Layout, rows: Sheet) -> ReadTable {
    let column = |column: u32, header: &str, taken: Taken| ReadColumn { column, header: header.to_string(), taken };
    let read =
        layout.read.iter().filter_map(|(at, header)| Some(column(*at, header, Taken::Field(layout.field(*at)?))));
    let unwanted = layout.unwanted.iter().map(|(at, header)| column(*at, header, Taken::Unwanted));
    let unused = |unused: &UnusedColumn| {
        let taken = Taken::Unused { near: unused.near.clone(), rival: unused.rival.clone() };
        column(unused.column, &unused.header, taken)
    };
    let mut columns: Vec<ReadColumn> = read.chain(unwanted).chain(layout.unused.iter().map(unused)).collect();
    columns.sort_by_key(|column| column.column);
    let absent = (0..).map(FieldId).zip(&layout.columns).filter(|(_, column)| column.is_none());
    ReadTable {
        table: layout.table,
        header: (layout.header_top, layout.header_row),
        columns,
        absent: absent.map(|(field, _)| field).collect(),
        rows,
    }
}

impl Inspection {
    /// Whether every file can be read, and no two columns claim to be one field: an audit can be run.
    pub fn can_run(&self) -> bool {
        let doubtful = |sheet: &InspectedSheet| matches!(sheet.reading, Reading::Doubtful(_));
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
