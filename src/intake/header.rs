//! Finds the header row of a sheet and the table that it is, wherever it stands in the first thirty rows.

use std::collections::{BTreeMap, HashMap};

use thiserror::Error;

use crate::dictionary::{Dictionary, FieldId, Table, TableId, normalise};
use crate::model::column_letters;
use crate::read::{Raw, Row};

/// How many rows are looked at for the header.
pub const HEADER_ROWS: u32 = 30;

/// How a sheet is read: its table, its header row, and which column is which field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    pub table: TableId,
    /// From 1.
    pub header_row: u32,
    /// The column of each field of the table, from 0.
    pub columns: Vec<Option<u32>>,
    /// Columns that no field takes, with their headers.
    pub unused: Vec<(u32, String)>,
    /// The headers as they stand, to recognise where they are repeated.
    pub(super) headers: HashMap<u32, String>,
}

impl Layout {
    pub fn column(&self, field: FieldId) -> Option<u32> {
        self.columns.get(field.index()).copied().flatten()
    }

    /// The field of a column.
    pub fn field(&self, column: u32) -> Option<FieldId> {
        self.columns.iter().position(|at| *at == Some(column)).and_then(|at| u8::try_from(at).ok()).map(FieldId)
    }

    /// The first column that is read, to point at when a field has none.
    pub fn first_column(&self) -> u32 {
        self.columns.iter().flatten().min().copied().unwrap_or(0)
    }
}

/// Two columns that both claim to be one field: reading either would be a guess.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("第{row}行的{first}和{second}都是“{field}”，请只保留一列或改名")]
pub struct HeaderError {
    pub row: u32,
    /// `C列“职称”`
    pub first: String,
    pub second: String,
    /// The standard header of the field.
    pub field: String,
}

/// The first rows of a sheet, looked at for a header.
#[derive(Debug, Default)]
pub struct Probe {
    rows: Vec<ProbeRow>,
}

/// A row that may be a header.
#[derive(Debug)]
struct ProbeRow {
    number: u32,
    /// Texts of its own.
    own: Vec<(u32, String)>,
    /// Columns that only hold the value of a merged area.
    filled: Vec<u32>,
    /// Whether every cell of its own is a text: a header has no numbers and no dates.
    is_text: bool,
}

impl Probe {
    /// Takes a row; says whether more are wanted.
    pub fn take(&mut self, row: Row<'_>) -> bool {
        if row.number > HEADER_ROWS {
            return false;
        }
        let text = |raw: &Raw<'_>| match raw {
            Raw::Text(text) => Some(text.to_string()),
            Raw::Number(_) | Raw::Date(_) | Raw::Flag(_) | Raw::Error | Raw::NoValue => None,
        };
        let own = || row.cells.iter().filter(|cell| !cell.merged);
        let texts: Vec<_> = own().filter_map(|cell| text(&cell.value).map(|text| (cell.column, text))).collect();
        self.rows.push(ProbeRow {
            number: row.number,
            is_text: texts.len() == own().count(),
            own: texts,
            filled: row.cells.iter().filter(|cell| cell.merged).map(|cell| cell.column).collect(),
        });
        true
    }

    /// Whether the sheet had no rows.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The text that the sheet begins with; none where its first cell is no text.
    pub(super) fn first_text(&self) -> Option<&str> {
        let first = self.rows.first()?;
        first.own.first().filter(|(column, _)| *column == 0).map(|(_, text)| text.as_str())
    }

    /// The layout of the sheet; none when it is no known table, or may as well be another one: without a telling sheet
    /// name, 姓名, 学校 and 开始日期 are postings or contact schools.
    ///
    /// # Errors
    /// When two columns claim to be the same field.
    pub fn layout(&self, sheet: &str, dictionary: &Dictionary) -> Result<Option<Layout>, HeaderError> {
        let headers = self.headers();
        let mut best: Option<(u32, Candidate<'_>)> = None;
        let mut is_either = false;
        for (row, cells) in &headers {
            for (place, table) in dictionary.tables.iter().enumerate() {
                let named = is_named(table, sheet);
                let Some(candidate) = Candidate::of(TableId::from(place), table, *row, cells, named) else { continue };
                let score = candidate.score(named);
                match &best {
                    Some((before, other)) if score == *before => is_either |= other.table != candidate.table,
                    Some((before, _)) if score < *before => {}
                    Some(_) | None => {
                        best = Some((score, candidate));
                        is_either = false;
                    }
                }
            }
        }
        best.filter(|_| !is_either).map(|(_, candidate)| candidate.layout(dictionary)).transpose()
    }

    /// What may be a header: each row, and each two rows of which the lower one only parts the groups of the upper.
    /// The number is that of the last row of the header.
    fn headers(&self) -> Vec<(u32, Vec<(u32, String)>)> {
        let single = self.rows.iter().map(|row| (row.number, row.own.clone()));
        let double = self.rows.windows(2).filter_map(|rows| two_rows(&rows[0], &rows[1]));
        single.chain(double).collect()
    }
}

/// Two rows as one header: under a plain header of the upper row the lower one is blank; under a group (an area merged
/// over several columns) or under nothing it has the headers. A row of data has something under plain headers.
fn two_rows(upper: &ProbeRow, lower: &ProbeRow) -> Option<(u32, Vec<(u32, String)>)> {
    let is_group = |column: u32| upper.filled.contains(&column) || upper.filled.contains(&(column + 1));
    let is_plain = |column: u32| upper.own.iter().any(|(at, _)| *at == column) && !is_group(column);
    let parts_groups = lower.own.iter().any(|(column, _)| is_group(*column));
    let adjacent = lower.number == upper.number + 1;
    if !adjacent || !parts_groups || !lower.is_text || lower.own.iter().any(|(column, _)| is_plain(*column)) {
        return None;
    }
    let above = upper.own.iter().filter(|(column, _)| !lower.own.iter().any(|(at, _)| at == column));
    let mut cells: Vec<(u32, String)> = above.chain(&lower.own).cloned().collect();
    cells.sort();
    Some((lower.number, cells))
}

/// A row read as the headers of a table.
struct Candidate<'p> {
    table: TableId,
    row: u32,
    cells: &'p [(u32, String)],
    /// The columns of each field: those with the standard header, and those with another one.
    matches: BTreeMap<FieldId, (Vec<u32>, Vec<u32>)>,
}

impl<'p> Candidate<'p> {
    /// Reads a row as headers; none when a required field is missing, or only one field is there and the sheet is not
    /// called like the table.
    fn of(id: TableId, table: &Table, row: u32, cells: &'p [(u32, String)], named: bool) -> Option<Candidate<'p>> {
        let mut matches: BTreeMap<FieldId, (Vec<u32>, Vec<u32>)> = BTreeMap::new();
        for (column, text) in cells {
            let normal = normalise(text);
            let Some((field, standard)) = field_of(table, &normal) else { continue };
            let (first, others) = matches.entry(field).or_default();
            if standard { first.push(*column) } else { others.push(*column) }
        }
        let has = |id: &str| table.field_named(id).is_some_and(|field| matches.contains_key(&field));
        let whole = table.required().all(|field| has(&field.id));
        (whole && (named || matches.len() >= 2)).then_some(Candidate { table: id, row, cells, matches })
    }

    /// Standard headers weigh more than others, and the sheet's own name more than one header.
    fn score(&self, named: bool) -> u32 {
        let weight = |(standard, _): &(Vec<u32>, Vec<u32>)| if standard.is_empty() { 4 } else { 5 };
        let fields: u32 = self.matches.values().map(weight).sum();
        fields + if named { 7 } else { 0 }
    }

    fn layout(self, dictionary: &Dictionary) -> Result<Layout, HeaderError> {
        let table = dictionary.table(self.table);
        let mut columns = vec![None; table.fields.len()];
        for (field, (standard, others)) in &self.matches {
            let named = if standard.is_empty() { others } else { standard };
            if let [first, second, ..] = named.as_slice() {
                return Err(self.twice(*first, *second, &table.field(*field).header));
            }
            columns[field.index()] = named.first().copied();
        }
        let unused = self.cells.iter().filter(|(column, _)| !columns.contains(&Some(*column)));
        Ok(Layout {
            table: self.table,
            header_row: self.row,
            unused: unused.cloned().collect(),
            headers: self.cells.iter().cloned().collect(),
            columns,
        })
    }

    fn twice(&self, first: u32, second: u32, field: &str) -> HeaderError {
        let named = |column: u32| {
            let header = self.cells.iter().find(|(at, _)| *at == column).map_or("", |(_, text)| text.as_str());
            format!("{}列“{}”", column_letters(column), header.trim())
        };
        HeaderError { row: self.row, first: named(first), second: named(second), field: field.to_string() }
    }
}

/// Whether a sheet is called like a table.
fn is_named(table: &Table, sheet: &str) -> bool {
    let sheet = normalise(sheet);
    std::iter::once(&table.sheet).chain(&table.also).any(|name| sheet.contains(&normalise(name)))
}

/// The field that a header names, and whether it is the standard header.
fn field_of(table: &Table, normal: &str) -> Option<(FieldId, bool)> {
    if normal.is_empty() {
        return None;
    }
    let place = |matches: &dyn Fn(&crate::dictionary::Field) -> bool| {
        table.fields.iter().position(matches).and_then(|at| u8::try_from(at).ok()).map(FieldId)
    };
    let standard = place(&|field| normalise(&field.header) == normal).map(|field| (field, true));
    standard
        .or_else(|| place(&|field| field.also.iter().any(|also| normalise(also) == normal)).map(|field| (field, false)))
}
