//! What would be read of some files as JSON, for other programs: `jiaoyan.inspection/1`.

use std::collections::BTreeMap;

use serde::Serialize;
use sheets::Format;

use crate::audit::inspect::{
    ColumnUse, InspectedFile, InspectedSheet, Inspection, ReadColumn, ReadTable, SheetOutcome,
};
use crate::dictionary::{Dictionary, FieldId};
use crate::model::{Issue, IssueKind, Masked, Sheet, column_letters};
use crate::report::error::ReportError;

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    tool: String,
    files: Vec<JsonFile<'a>>,
    notes: &'a [Masked],
}

/// `error` where the file cannot be read; the others where it can.
#[derive(Serialize)]
struct JsonFile<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    format: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sha256: Option<&'a str>,
    notes: &'a [Masked],
    sheets: Vec<JsonSheet<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct JsonSheet<'a> {
    name: &'a str,
    hidden: bool,
    /// `table`, `empty`, `unwanted`, `unread` or `doubtful`
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    #[serde(flatten)]
    table: Option<JsonTable<'a>>,
    issue_counts: BTreeMap<IssueKind, u32>,
    issues: &'a [Issue],
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct JsonTable<'a> {
    table: &'a str,
    header_rows: (u32, u32),
    columns: Vec<JsonColumn<'a>>,
    absent: Vec<&'a str>,
    rows: u32,
    used: u32,
    partly: u32,
    unused: u32,
}

#[derive(Serialize)]
struct JsonColumn<'a> {
    column: String,
    header: &'a str,
    /// `read`, `remark`, `unwanted` or `unused`
    state: &'static str,
    field: Option<&'a str>,
    near: &'a [String],
}

/// What would be read of some files, with a newline at the end.
pub fn inspection_json(inspection: &Inspection, dictionary: &Dictionary) -> Result<String, ReportError> {
    let document = Document {
        schema: "jiaoyan.inspection/1",
        tool: format!("jiaoyan {}", env!("CARGO_PKG_VERSION")),
        files: inspection.files.iter().map(|one| file(one, dictionary)).collect(),
        notes: &inspection.notes,
    };
    let mut text = serde_json::to_string_pretty(&document)?;
    text.push('\n');
    Ok(text)
}

fn file<'a>(file: &'a InspectedFile, dictionary: &'a Dictionary) -> JsonFile<'a> {
    let contents = file.contents.as_ref().ok();
    JsonFile {
        path: &file.path,
        error: file.contents.as_ref().err().map(Masked::as_str),
        format: contents.map(|contents| format(contents.format)),
        sha256: contents.map(|contents| contents.sha256.as_str()),
        notes: contents.map_or(&[], |contents| &contents.notes),
        sheets: contents
            .map_or(&[][..], |contents| &contents.sheets)
            .iter()
            .map(|one| sheet(one, dictionary))
            .collect(),
    }
}

pub(crate) fn format(format: Format) -> &'static str {
    match format {
        Format::Xlsx => "xlsx",
        Format::Xls => "xls",
        Format::Xlsb => "xlsb",
        Format::Ods => "ods",
        Format::Csv => "csv",
    }
}

fn sheet<'a>(sheet: &'a InspectedSheet, dictionary: &'a Dictionary) -> JsonSheet<'a> {
    let (state, reason, read) = match &sheet.reading {
        SheetOutcome::Empty => ("empty", None, None),
        SheetOutcome::Unwanted => ("unwanted", None, None),
        SheetOutcome::Unread { reason, .. } => ("unread", Some(reason), None),
        SheetOutcome::Doubtful(reason) => ("doubtful", Some(reason), None),
        SheetOutcome::Table(read) => ("table", None, Some(read)),
    };
    JsonSheet {
        name: &sheet.name,
        hidden: sheet.hidden,
        state,
        reason: reason.map(Masked::as_str),
        table: read.map(|read| table(read, dictionary)),
        issue_counts: sheet.counts.iter().copied().collect(),
        issues: &sheet.issues,
    }
}

fn table<'a>(read: &'a ReadTable, dictionary: &'a Dictionary) -> JsonTable<'a> {
    let table = dictionary.table(read.table);
    let id = |field: FieldId| table.field(field).id.as_str();
    let column = |column: &'a ReadColumn| {
        let (state, field, near) = match &column.taken {
            ColumnUse::Field(field) | ColumnUse::Seen(field, _) => ("read", Some(id(*field)), &[][..]),
            ColumnUse::Remark => ("remark", None, &[][..]),
            ColumnUse::Unwanted => ("unwanted", None, &[][..]),
            ColumnUse::Unused { near, .. } => ("unused", None, near.as_slice()),
        };
        JsonColumn { column: column_letters(column.column), header: &column.header, state, field, near }
    };
    let Sheet { rows, used, partly, unused, .. } = read.rows;
    JsonTable {
        table: &table.id,
        header_rows: read.header,
        columns: read.columns.iter().map(column).collect(),
        absent: read.absent.iter().map(|field| id(*field)).collect(),
        rows,
        used,
        partly,
        unused,
    }
}
