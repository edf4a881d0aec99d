//! What a sheet is taken for, and why it is not read where it is not.

use super::layout::{Layout, rows_text};
use crate::dictionary::{Dictionary, FieldId, TableId};
use crate::model::column_letters;

/// What a sheet is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recognised {
    Empty,
    /// The office does not want it read.
    Unwanted,
    /// A page of a template that only explains.
    OwnPage,
    Table(Layout),
    /// It may as well be each of these: without a telling sheet name, 姓名, 学校 and 开始日期 are postings or contact
    /// schools.
    Tie {
        top: u32,
        row: u32,
        tables: Vec<TableId>,
    },
    Nearly(Nearly),
    Unknown,
}

/// A sheet that would be a table if it had all of the columns that the table cannot do without.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nearly {
    pub table: TableId,
    /// The first and the last row of the header.
    pub top: u32,
    pub row: u32,
    /// The fields that no column is, each with the headers that nearly are it.
    pub missing: Vec<(FieldId, Vec<String>)>,
    /// Columns with content and without a header.
    pub headless: Vec<u32>,
}

impl Recognised {
    pub fn layout(&self) -> Option<&Layout> {
        if let Recognised::Table(layout) = self { Some(layout) } else { None }
    }

    /// The row to look at.
    pub fn row(&self) -> u32 {
        match self {
            Recognised::Tie { row, .. } => *row,
            Recognised::Nearly(nearly) => nearly.row,
            Recognised::Table(layout) => layout.header_row,
            Recognised::Empty | Recognised::Unwanted | Recognised::OwnPage | Recognised::Unknown => 1,
        }
    }

    /// Why the sheet is not read, and what to do; none where it is, is empty, or is not wanted.
    pub fn why_unread(&self, dictionary: &Dictionary) -> Option<String> {
        let sheet = |id: &TableId| format!("“{}”", dictionary.table(*id).sheet);
        match self {
            Recognised::Empty | Recognised::Unwanted | Recognised::OwnPage | Recognised::Table(_) => None,
            Recognised::Tie { top, row, tables } => Some(format!(
                "{}像是表头，但既可能是{}，不能确定是哪一种表，整张表没有读取；请把工作表改成其中一个名称，或在 --columns 文件的 [sheets] 里写明",
                rows_text(*top, *row),
                tables.iter().map(sheet).collect::<Vec<_>>().join("，也可能是")
            )),
            Recognised::Nearly(nearly) => Some(nearly.message(dictionary)),
            Recognised::Unknown => Some(
                "前30行里没有哪一行能认定是哪一种表的表头，整张表没有读取；如果它是该核查的表，请把工作表和表头改成标准名称"
                    .to_string(),
            ),
        }
    }
}

impl Nearly {
    fn message(&self, dictionary: &Dictionary) -> String {
        let table = dictionary.table(self.table);
        let header = |field: FieldId| table.field(field).header.as_str();
        let missing: Vec<String> = self.missing.iter().map(|(field, _)| format!("“{}”", header(*field))).collect();
        let question = |(field, near): &(FieldId, Vec<String>)| {
            (!near.is_empty()).then(|| format!("“{}”是不是“{}”？", near.join("”或“"), header(*field)))
        };
        let questions: String = self.missing.iter().filter_map(question).collect();
        let letters: Vec<String> = self.headless.iter().map(|column| column_letters(*column)).collect();
        let (asked, headless) = match (questions.as_str(), letters.as_slice()) {
            ("", []) => (String::new(), ""),
            ("", letters) => (format!("（第{}列有内容但没有表头）", letters.join("、")), "补上表头，或"),
            (questions, _) => (format!("（{questions}）"), ""),
        };
        format!(
            "{}像是“{}”的表头，但没有找到{}这{}列{asked}，整张表没有读取；请{headless}把表头改成标准名称，或写进 --columns 文件",
            rows_text(self.top, self.row),
            table.sheet,
            missing.join("、"),
            if missing.len() == 1 { "一" } else { "几" }
        )
    }
}
