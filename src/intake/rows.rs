//! Tells the rows of a sheet apart (records, totals, signatures, headings) and parses the records.

use super::cells::{CellParser, clean};
use super::checks::Prints;
use super::header::Layout;
use super::left;
use super::notes::Notes;
use super::record::Draft;
use crate::dictionary::{Blank, Dictionary, FieldId, FieldKind, Table};
use crate::model::{Cell, CellRef, IssueKind, RowRef};
use crate::read::{Raw, RawCell, Row};

/// What became of a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Taken {
    /// Above the data: titles and the header.
    Heading,
    /// A record; `whole` when every cell of it could be read.
    Record {
        draft: Draft,
        whole: bool,
        /// The same for rows that are equal but for a running number.
        print: u64,
    },
    /// Left out, with the reason that is listed.
    Left,
}

/// Parses the rows of one sheet.
pub struct Parser<'d> {
    layout: Layout,
    table: &'d Table,
    sheet: u32,
    /// By column: the field that it is, and its parser.
    columns: Vec<Option<(FieldId, CellParser<'d>)>>,
    /// Columns without a header that hold something; named once.
    headless: Vec<u32>,
    prints: Prints,
}

impl<'d> Parser<'d> {
    pub fn new(layout: Layout, sheet: u32, dictionary: &'d Dictionary) -> Parser<'d> {
        let table = dictionary.table(layout.table);
        let mut columns: Vec<Option<(FieldId, CellParser<'d>)>> = Vec::new();
        for (field, column) in (0..).map(FieldId).zip(&layout.columns) {
            let Some(column) = column.map(|column| column as usize) else { continue };
            if columns.len() <= column {
                columns.resize_with(column + 1, || None);
            }
            columns[column] = Some((field, CellParser::new(table.field(field), dictionary)));
        }
        let prints = Prints::new(&layout);
        Parser { layout, table, sheet, columns, headless: Vec::new(), prints }
    }

    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// Takes a row of the sheet; what is wrong with it goes to the notes.
    pub fn take(&mut self, row: Row<'_>, notes: &mut Notes) -> Taken {
        if row.number <= self.layout.header_row {
            return Taken::Heading;
        }
        if let Some(reason) = self.left_out(row) {
            self.leave(row, reason, notes);
            return Taken::Left;
        }
        let at = RowRef { sheet: self.sheet, row: row.number };
        let cells = vec![Cell::Blank; self.table.fields.len()];
        let mut draft = Draft { table: self.layout.table, at, cells, repeated: false };
        let (mut whole, mut print) = (true, self.prints.start());
        for cell in row.cells {
            whole &= self.parse(cell, at, &mut draft, notes);
            let column = self.columns.get(cell.column as usize).and_then(Option::as_ref);
            let parsed = column.map(|(field, _)| draft.cell(*field));
            // A sum, so that the order of the columns does not matter.
            print = print.wrapping_add(self.prints.of(cell.column, &cell.value, parsed));
        }
        if draft.cells.iter().all(Cell::is_blank) {
            self.leave(row, "这一行在用到的各列都没有内容", notes);
            return Taken::Left;
        }
        if let Some(reason) = self.lacks_its_name(&draft) {
            self.leave(row, &reason, notes);
            return Taken::Left;
        }
        whole &= self.has_required(&draft, notes);
        Taken::Record { draft, whole, print }
    }

    /// Names the columns that no field takes: those with a header, and those without one that hold something.
    pub fn note_columns(&self, notes: &mut Notes) {
        let at = |row, column| RowRef { sheet: self.sheet, row }.cell(column);
        if let Some((first, _)) = self.layout.unused.first() {
            let headers: Vec<String> = self.layout.unused.iter().map(|(_, text)| clean(text)).collect();
            let message = format!("核查用不到这些列：{}。如果其中有该用的列，请把表头改成标准名称", headers.join("、"));
            notes.add(at(self.layout.header_row, *first), IssueKind::UnusedColumn, &headers.join("、"), message);
        }
        if let Some(first) = self.headless.iter().min() {
            let mut letters: Vec<u32> = self.headless.clone();
            letters.sort_unstable();
            let letters: Vec<String> = letters.into_iter().map(crate::model::column_letters).collect();
            let message = format!("第{}列没有表头，列中的内容没有读取；请补上表头", letters.join("、"));
            notes.add(at(self.layout.header_row, *first), IssueKind::UnusedColumn, "", message);
        }
    }

    /// Parses a cell into the draft; false when something is wrong with it.
    fn parse(&mut self, cell: &RawCell<'_>, at: RowRef, draft: &mut Draft, notes: &mut Notes) -> bool {
        let Some(Some((field, parser))) = self.columns.get_mut(cell.column as usize) else {
            let has_header = self.layout.headers.contains_key(&cell.column);
            if !has_header && !cell.merged && !self.headless.contains(&cell.column) {
                self.headless.push(cell.column);
            }
            return true;
        };
        let (parsed, issue) = parser.parse(&cell.value);
        draft.cells[field.index()] = parsed;
        let Some(kind) = issue else { return true };
        let message = message(kind, &self.table.field(*field).header);
        notes.add(at.cell(cell.column), kind, &shown(&cell.value), message);
        false
    }

    /// The reason why a row is no record, if there is one.
    fn left_out(&self, row: Row<'_>) -> Option<&'static str> {
        let kind = |column: u32| {
            let (field, _) = self.columns.get(column as usize)?.as_ref()?;
            Some(self.table.field(*field).kind)
        };
        left::reason(row, &self.layout, kind)
    }

    fn leave(&self, row: Row<'_>, reason: &str, notes: &mut Notes) {
        let Some(first) = row.cells.first() else { return };
        let at = RowRef { sheet: self.sheet, row: row.number }.cell(first.column);
        notes.add(at, IssueKind::UnusedRow, &shown(&first.value), format!("{reason}，没有计入"));
    }

    /// A table that others look up by name has no use for a row without one.
    fn lacks_its_name(&self, draft: &Draft) -> Option<String> {
        let place = self.table.field_named("name").filter(|_| self.table.held)?;
        let field = self.table.field(place);
        let nameless = field.required && draft.cell(place).value().is_none();
        (nameless && matches!(field.kind, FieldKind::Person | FieldKind::Text))
            .then(|| format!("没有“{}”，不知道说的是谁", field.header))
    }

    /// Notes the blank cells of required columns, where blank has no meaning of its own.
    fn has_required(&self, draft: &Draft, notes: &mut Notes) -> bool {
        let mut whole = true;
        for (place, field) in (0..).map(FieldId).zip(&self.table.fields) {
            if field.required && field.blank == Blank::Unknown && draft.cell(place).is_blank() {
                let column = self.layout.column(place).unwrap_or_else(|| self.layout.first_column());
                let message = format!("“{}”没有填，与它有关的结论只能待核；请补填", field.header);
                notes.add(draft.at.cell(column), IssueKind::BlankRequired, "", message);
                whole = false;
            }
        }
        whole
    }
}

/// The place of a field of a record, or of its first column where the sheet has no such column.
pub fn place_of(layout: &Layout, at: RowRef, field: FieldId) -> CellRef {
    at.cell(layout.column(field).unwrap_or_else(|| layout.first_column()))
}

/// What stands in a cell, for an issue.
fn shown(raw: &Raw<'_>) -> String {
    match raw {
        Raw::Text(text) => text.chars().take(60).collect(),
        Raw::Number(number) => format!("{number}"),
        Raw::Date(serial) => {
            super::dates::from_serial(*serial).map_or_else(|| format!("{serial}"), |day| day.to_string())
        }
        Raw::Flag(flag) => if *flag { "TRUE" } else { "FALSE" }.to_string(),
        Raw::Error => "错误值".to_string(),
        Raw::NoValue => "公式".to_string(),
    }
}

/// What an issue of a cell means, and what to do.
fn message(kind: IssueKind, header: &str) -> String {
    match kind {
        IssueKind::UnreadableDate => {
            format!("“{header}”不是能认的日期，这一行按“可能在任何时段”处理；请写成 2023-09-01")
        }
        IssueKind::AmbiguousDate => {
            format!(
                "“{header}”可能是1月也可能是10月（表格软件把 2023.10 存成了 2023.1），按“可能在任何时段”处理；请写成 2023-10-01"
            )
        }
        IssueKind::UnreadableNumber => format!("“{header}”不是能认的数，多少不能确定；请只写数字"),
        IssueKind::ApproximateNumber => format!("“{header}”不是确切的数，多少不能确定；请写准确的数字"),
        IssueKind::UnknownWord => format!("“{header}”的写法不在词表里或有两种意思，按“不能确定”处理；请改成标准用词"),
        IssueKind::UnreadableYear => format!("“{header}”不是能认的年度；请写成 2023 或 2023-2024"),
        IssueKind::FormulaWithoutValue => {
            format!("“{header}”是公式，但文件里没有算出的结果；请用 WPS 或 Excel 打开后保存一次")
        }
        IssueKind::ErrorValue => format!("“{header}”显示为错误值，不能读取；请改正"),
        IssueKind::DamagedIdentityNumber => {
            format!("“{header}”存成了数字，末几位已经丢失；请把单元格设为文本后重新填写")
        }
        IssueKind::BlankRequired
        | IssueKind::UnknownPerson
        | IssueKind::AmbiguousPerson
        | IssueKind::ConflictingPerson
        | IssueKind::RepeatedRosterRow
        | IssueKind::DisagreeingRosterRows
        | IssueKind::UnknownSchool
        | IssueKind::UnknownInstitution
        | IssueKind::RepeatedRow
        | IssueKind::WrongIdentityNumber
        | IssueKind::OldIdentityNumber
        | IssueKind::DisagreeingIdentity
        | IssueKind::SharedIdentityNumber
        | IssueKind::UnlikelyDate
        | IssueKind::ReversedDates
        | IssueKind::DateAfterAsOf
        | IssueKind::UnlikelyAmount
        | IssueKind::UnusedColumn
        | IssueKind::UnusedRow
        | IssueKind::UnusedSheet => format!("“{header}”：{}", kind.label()),
    }
}
