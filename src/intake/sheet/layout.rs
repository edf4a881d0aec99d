//! How a sheet is read: its table, its header rows, and which column is which field.

use std::collections::HashMap;
use std::sync::Arc;

use thiserror::Error;

use super::header::Adjoining;
use crate::dictionary::{Attendance, Blank, Field, FieldId, FieldKind, TableId};
use crate::intake::issues::IssueLog;
use crate::model::{Cell, CellRef, IssueKind, Masked, RowRef, Value, WordId, column_letters};

/// Whose own book a sheet is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetOwner {
    /// Their place in the roster.
    pub place: u32,
    pub name: Arc<str>,
    /// The names of the roster: below a title that calls one of them, the rows are theirs.
    pub roster: Arc<[Arc<str>]>,
}

/// How a sheet is read.
#[cfg_attr(test, derive(Default))]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    pub table: TableId,
    /// The first and the last row of the header, from 1.
    pub header_top: u32,
    pub header_row: u32,
    /// The column of each field of the table, from 0.
    pub columns: Vec<Option<u32>>,
    pub unused: Vec<UnusedColumn>,
    /// The fields that a column may be which is not read.
    pub may_be: Vec<FieldId>,
    /// Columns that the office does not want read, with their headers.
    pub unwanted: Vec<(u32, String)>,
    /// The word that its names say all rows have: those whose own column of its field says another may not.
    pub given: Option<(FieldId, WordId)>,
    /// The words of which each row has one, where no column says which.
    pub one_of: Option<(FieldId, Vec<WordId>)>,
    /// The column of who gave a lesson, where who is on the row may have observed it.
    pub giver: Option<u32>,
    /// Columns of names beside that of those who are on the row.
    pub other_names: OtherNames,
    pub used: UsedColumns,
    /// Whether its name says that all rows have the given word, and its own column says of some that they do not.
    pub observed: bool,
    /// Whether the office itself says which column is that of its field.
    pub own_kinds: bool,
    /// The texts above the header that may be titles.
    pub titles: Vec<String>,
    /// The only person whose own book it is, where no column names anybody.
    pub owner: Option<Box<SheetOwner>>,
    /// Columns beside those of the table whose remarks may deny a row, or that say who is meant, with their headers.
    pub remarks: Vec<(u32, String)>,
    /// The headers of the columns that are read, as they are shown.
    pub read: Vec<(u32, String)>,
    /// Texts of some fields, as they are compared, each with the word that the office says it is.
    pub words: Vec<(FieldId, String, WordId)>,
    /// Whether the file holds nothing but texts.
    pub untyped: bool,
    /// What calls its rows sums, where they may be those of the rows of another sheet.
    pub summed: Option<String>,
    /// The table to its right, which is not read.
    pub adjoining: Option<Box<Adjoining>>,
    /// The entries of the columns file that decided anything here.
    pub wishes: Vec<usize>,
    /// The headers as they stand, each with its groups, to recognise where they are repeated.
    pub(crate) headers: HashMap<u32, Vec<String>>,
}

/// What stands in the columns of a sheet, as its first rows show it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UsedColumns {
    /// Those that hold something.
    pub filled: Vec<u32>,
    /// Those that hold something in most rows.
    pub mostly: Vec<u32>,
    /// Those that are ticked or signed for what was done, and are not read.
    pub ticked: Vec<u32>,
    /// Those of the batches of the list below which there is only the first one.
    pub first_batch: Vec<u32>,
    /// Those that may say by numbers what has become of their rows, and those that do so by others than 1 and 0.
    pub states: Vec<u32>,
    pub coded: Vec<u32>,
}

/// Columns of names beside that of those who are on the row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OtherNames {
    /// One whose header says that it is of the same people: 听课人 beside 姓名.
    pub rival: Option<u32>,
    /// Those of who was there, too: 同行人员.
    pub companions: Vec<u32>,
    /// Those of who spoke where those on the rows learnt: 主讲人.
    pub speakers: Vec<u32>,
    /// Those of who was absent or there, of all who are on the rows.
    pub attendance: Vec<(u32, Attendance)>,
}

impl OtherNames {
    /// The columns that are read beside the names, but for the rival.
    pub(crate) fn columns(&self) -> impl Iterator<Item = u32> {
        let attendance = self.attendance.iter().map(|(column, _)| column);
        self.companions.iter().chain(&self.speakers).chain(attendance).copied()
    }
}

/// A column that no field takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnusedColumn {
    pub column: u32,
    /// As it is shown: in one line, a header of several rows by its path.
    pub header: String,
    /// Whether offices keep such a column and no rule asks for it.
    pub is_useless: bool,
    /// The standard headers that it may be.
    pub near: Vec<String>,
    pub rival: Option<ClaimedField>,
}

/// The field that a column might be, were another one not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimedField {
    /// The standard header of the field.
    pub header: String,
    /// The column that is read.
    pub column: u32,
    /// Whether a row in which the two columns differ leaves the field open.
    pub compared: bool,
}

/// Two columns that both claim to be one field: reading either would be a guess.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error(
    "第{row}行的{first}和{second}都是“{field}”，请只保留一列或改名；也可以在 --columns 文件里把不该读的一列写成 \"不读\""
)]
pub struct HeaderError {
    pub row: u32,
    /// `C列“职称”`
    pub first: Masked,
    pub second: Masked,
    /// The standard header of the field.
    pub field: String,
}

impl Layout {
    pub fn column(&self, field: FieldId) -> Option<u32> {
        self.columns.get(field.index()).copied().flatten()
    }

    /// The place of a field of a row, or of its first column where the sheet has no such column.
    pub fn place(&self, at: RowRef, field: FieldId) -> CellRef {
        at.cell(self.column(field).unwrap_or_else(|| self.first_column()))
    }

    /// What a row without a cell for a field says of it. A field without a column is unknown, unless the dictionary says
    /// what its absence means and no column that is not read may be it.
    pub(crate) fn without_cell(&self, id: FieldId, field: &Field) -> Cell {
        // An amount of which something is known without a column may stand in one that is not read.
        if let (FieldKind::People, Some(owner)) = (field.kind, &self.owner) {
            return Cell::Is(Value::Texts(Arc::from([owner.name.clone()])));
        }
        // So may a word that a rule takes for unsaid where it stands nowhere.
        let is_open = self.column(id).is_none() && self.may_be.contains(&id);
        let is_said = matches!(
            field.kind,
            FieldKind::Word(_) | FieldKind::Words(_) | FieldKind::Text | FieldKind::Texts | FieldKind::School
        );
        if is_open && (is_said || matches!(field.blank, Blank::ByWord { .. })) {
            return Cell::Unreadable;
        }
        let is_blank = self.column(id).is_some() || (field.absent.is_some() && !is_open);
        if is_blank { Cell::Blank } else { Cell::Absent }
    }

    pub fn field(&self, column: u32) -> Option<FieldId> {
        self.columns.iter().position(|at| *at == Some(column)).and_then(|at| u8::try_from(at).ok()).map(FieldId)
    }

    /// The table to the right, if this is the cell where it begins.
    pub(crate) fn adjoins(&self, at: CellRef) -> Option<&Adjoining> {
        self.adjoining.as_deref().filter(|right| right.column == at.column && self.header_row == at.row.row)
    }

    /// The tables that lack rows by these cells of the sheet, each with the cell.
    pub(crate) fn lacking(&self, gaps: &[CellRef]) -> Vec<(TableId, CellRef)> {
        let others = |cell: CellRef| self.adjoins(cell).into_iter().flat_map(|right| &right.tables).copied();
        let is_other = |table: &TableId| *table != self.table;
        let tables = |cell: CellRef| std::iter::once(self.table).chain(others(cell).filter(is_other));
        gaps.iter().flat_map(|cell| tables(*cell).map(move |table| (table, *cell))).collect()
    }

    /// The header of a column, as it is shown.
    pub fn header(&self, column: u32) -> &str {
        let known = self.read.iter().chain(&self.remarks).chain(&self.unwanted);
        let unused = self.unused.iter().map(|unused| (unused.column, unused.header.as_str()));
        let mut all = known.map(|(at, header)| (*at, header.as_str())).chain(unused);
        all.find(|(at, _)| *at == column).map_or("", |(_, header)| header)
    }

    /// Columns beside those of the table whose remarks may deny a row, with their headers.
    pub fn remark_columns(&self) -> impl Iterator<Item = &(u32, String)> {
        let OtherNames { companions, speakers, .. } = &self.other_names;
        let is_names =
            |column: u32| self.giver == Some(column) || companions.contains(&column) || speakers.contains(&column);
        self.remarks.iter().filter(move |(column, _)| !is_names(*column))
    }

    /// The first column that is read, to point at when a field has none.
    pub fn first_column(&self) -> u32 {
        self.columns.iter().flatten().min().copied().unwrap_or(0)
    }

    /// Names the columns with a header that no field takes: those that are known to be useless, and those that may be
    /// something, with what they may be.
    pub(crate) fn report_unused(&self, sheet: u32, log: &mut IssueLog) {
        let Some(first) = self.unused.first() else { return };
        let is_compared = |column: &UnusedColumn| column.rival.as_ref().is_some_and(|rival| rival.compared);
        let names = |useless: bool| {
            let of = self.unused.iter().filter(|column| column.is_useless == useless && !is_compared(column));
            of.map(|column| column.header.as_str()).collect::<Vec<_>>().join("、")
        };
        let (useless, unknown) = (names(true), names(false));
        let mut message = String::new();
        if !unknown.is_empty() {
            let asked: String = self.unused.iter().filter_map(UnusedColumn::question).collect();
            let advice = "如果其中有该用的列，请把表头改成标准名称，或写进 --columns 文件；确实用不到的写成“不读”";
            message.push_str(&format!(
                "没有认出这些列，不取作数据，看得懂的字、数会与这一行对照：{unknown}。{asked}{advice}"
            ));
        }
        if !useless.is_empty() {
            let between = if message.is_empty() { "" } else { "。" };
            message.push_str(&format!("{between}核查用不到这些列：{useless}"));
        }
        let rivals: String = self.unused.iter().filter_map(UnusedColumn::rivalry).collect();
        let between = if rivals.is_empty() || message.is_empty() { "" } else { "。" };
        let headers: Vec<&str> = self.unused.iter().map(|column| column.header.as_str()).collect();
        let at = RowRef { sheet, row: self.header_row }.cell(first.column);
        log.report(at, IssueKind::UnusedColumn, &headers.join("、"), format!("{message}{between}{rivals}"));
    }

    /// Names the columns that hold something under no header.
    pub(crate) fn report_headless(&self, sheet: u32, columns: &[u32], log: &mut IssueLog) {
        let mut columns = columns.to_vec();
        columns.sort_unstable();
        let Some(first) = columns.first() else { return };
        let at = RowRef { sheet, row: self.header_row }.cell(*first);
        let letters: Vec<String> = columns.iter().map(|column| column_letters(*column)).collect();
        let message = format!("第{}列没有表头，列中的内容没有读取；请补上表头", letters.join("、"));
        log.report(at, IssueKind::UnusedColumn, "", message);
    }
}

/// A header as it is shown, without the groups above it: 节数 of 听课/节数.
pub(crate) fn leaf(shown: &str) -> &str {
    shown.rsplit('/').next().unwrap_or_default()
}

impl UnusedColumn {
    /// “学食”是不是“学时”？
    pub fn question(&self) -> Option<String> {
        (!self.near.is_empty()).then(|| format!("“{}”是不是“{}”？", self.header, self.near.join("”或“")))
    }

    /// “培训学时”也是“学时”的写法，但“学时”已取自C列。
    fn rivalry(&self) -> Option<String> {
        let ClaimedField { header: field, column, compared } = self.rival.as_ref()?;
        let letters = column_letters(*column);
        let open = if *compared { "，两列写的不一样的行按“不能确定”处理" } else { "" };
        Some(format!("“{}”也是“{field}”的写法，但“{field}”已取自{letters}列{open}。", self.header))
    }
}

/// 第3行, or 第2–3行.
pub fn rows_text(first: u32, last: u32) -> String {
    if first == last { format!("第{last}行") } else { format!("第{first}–{last}行") }
}
