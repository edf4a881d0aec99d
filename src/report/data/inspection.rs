//! What would be read of some files as JSON, for other programs: `jiaoyan.inspection/1`.

use std::collections::BTreeMap;

use serde::Serialize;
use sheets::Format;

use crate::audit::inspect::{
    ColumnUse, InspectedFile, InspectedSheet, Inspection, ReadColumn, ReadTable, SheetOutcome,
};
use crate::dictionary::Dictionary;
use crate::model::{Issue, IssueKind, Masked, column_letters};
use crate::report::error::ReportError;

#[derive(Serialize)]
struct Document {
    schema: &'static str,
    tool: String,
    files: Vec<JsonFile>,
    notes: Vec<Masked>,
}

/// `error` where the file cannot be read; the others where it can.
#[derive(Serialize)]
struct JsonFile {
    path: Masked,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Masked>,
    #[serde(skip_serializing_if = "Option::is_none")]
    format: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sha256: Option<String>,
    notes: Vec<Masked>,
    sheets: Vec<JsonSheet>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct JsonSheet {
    name: Masked,
    hidden: bool,
    /// `table`, `empty`, `unwanted`, `unread` or `doubtful`
    state: &'static str,
    /// Why it is not read.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<Masked>,
    #[serde(flatten)]
    table: Option<JsonTable>,
    issue_counts: BTreeMap<IssueKind, u32>,
    issues: Vec<Issue>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct JsonTable {
    table: String,
    /// The first and the last row of the header.
    header_rows: (u32, u32),
    columns: Vec<JsonColumn>,
    /// Fields that no column is.
    absent: Vec<String>,
    rows: u32,
    used: u32,
    partly: u32,
    unused: u32,
}

#[derive(Serialize)]
struct JsonColumn {
    column: String,
    header: Masked,
    /// `read`, `unwanted` or `unused`
    state: &'static str,
    field: Option<String>,
    /// The standard headers that it nearly is.
    near: Vec<String>,
}

/// What would be read of some files, with a newline at the end.
pub fn inspection_json(inspection: &Inspection, dictionary: &Dictionary) -> Result<String, ReportError> {
    let document = Document {
        schema: "jiaoyan.inspection/1",
        tool: format!("jiaoyan {}", env!("CARGO_PKG_VERSION")),
        files: inspection.files.iter().map(|one| file(one, dictionary)).collect(),
        notes: inspection.notes.clone(),
    };
    let mut text = serde_json::to_string_pretty(&document)?;
    text.push('\n');
    Ok(text)
}

fn file(file: &InspectedFile, dictionary: &Dictionary) -> JsonFile {
    let path = file.path.clone();
    match &file.contents {
        Err(error) => {
            let error = Some(error.clone());
            JsonFile { path, error, format: None, sha256: None, notes: Vec::new(), sheets: Vec::new() }
        }
        Ok(contents) => JsonFile {
            path,
            error: None,
            format: Some(format(contents.format)),
            sha256: Some(contents.sha256.clone()),
            notes: contents.notes.clone(),
            sheets: contents.sheets.iter().map(|one| sheet(one, dictionary)).collect(),
        },
    }
}

/// How a format is called.
pub(crate) fn format(format: Format) -> &'static str {
    match format {
        Format::Xlsx => "xlsx",
        Format::Xls => "xls",
        Format::Xlsb => "xlsb",
        Format::Ods => "ods",
        Format::Csv => "csv",
    }
}

fn sheet(sheet: &InspectedSheet, dictionary: &Dictionary) -> JsonSheet {
    let (state, reason, of_table) = match &sheet.reading {
        SheetOutcome::Empty => ("empty", None, None),
        SheetOutcome::Unwanted => ("unwanted", None, None),
        SheetOutcome::Unread { reason, .. } => ("unread", Some(reason), None),
        SheetOutcome::Doubtful(reason) => ("doubtful", Some(reason), None),
        SheetOutcome::Table(read) => ("table", None, Some(table(read, dictionary))),
    };
    JsonSheet {
        name: sheet.name.clone(),
        hidden: sheet.hidden,
        state,
        reason: reason.cloned(),
        table: of_table,
        issue_counts: sheet.counts.iter().copied().collect(),
        issues: sheet.issues.clone(),
    }
}

fn table(read: &ReadTable, dictionary: &Dictionary) -> JsonTable {
    let table = dictionary.table(read.table);
    let column = |column: &ReadColumn| {
        let (state, field, near) = match &column.taken {
            ColumnUse::Field(field) => ("read", Some(table.field(*field).id.clone()), Vec::new()),
            ColumnUse::Unwanted => ("unwanted", None, Vec::new()),
            ColumnUse::Unused { near, .. } => ("unused", None, near.clone()),
        };
        let header = column.header.clone();
        JsonColumn { column: column_letters(column.column), header, state, field, near }
    };
    JsonTable {
        table: table.id.clone(),
        header_rows: read.header,
        columns: read.columns.iter().map(column).collect(),
        absent: read.absent.iter().map(|field| table.field(*field).id.clone()).collect(),
        rows: read.rows.rows,
        used: read.rows.used,
        partly: read.rows.partly,
        unused: read.rows.unused,
    }
}
