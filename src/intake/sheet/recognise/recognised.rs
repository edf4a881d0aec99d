//! What a sheet is, and why it is not read.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::dictionary::{Dictionary, FieldId, TableId};
use crate::intake::sheet::layout::{Layout, rows_text};
use crate::model::{DateSpan, column_letters};

/// What a sheet is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recognised {
    Empty,
    /// The header of some table, and nothing below it: there is no row that it may hold.
    OnlyHeader(u32),
    Unwanted,
    OwnPage,
    Table(Box<Layout>),
    /// It may as well be each of these: without a telling sheet name, 姓名, 学校 and 开始日期 are postings or contact
    /// schools.
    Tie {
        top: u32,
        row: u32,
        tables: Vec<TableId>,
    },
    Nearly(Nearly),
    /// It is of another year than one that is read.
    OtherYear(OtherYear),
    /// It lists who is away, came or left: whom it names may be excused. The tables of which it may hold rows: of those who were
    /// borrowed it may be the roster.
    Absences(Vec<TableId>),
    /// Without a header, with columns of one of these tables.
    Headless(Vec<TableId>),
    /// It says what each person came to, perhaps by the rows of these.
    Sums(Vec<TableId>),
    /// It lists all who work somewhere, and calls some a 教研员 whom the roster lacks.
    Officers(OfficerList),
    /// It corrects rows of others, or takes them back: 更正.
    Corrections,
    Unknown,
}

/// A list of all who work somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfficerList {
    /// The roster.
    pub table: TableId,
    /// How many it calls a 教研员 whom the roster lacks, and the row of the first of them.
    pub count: u32,
    pub first: u32,
}

/// A sheet that would be a table and is of another year than those that are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherYear {
    pub table: TableId,
    pub row: u32,
    /// How many rows it has.
    pub rows: u32,
    /// The sheets that are read, as they are shown.
    pub current: String,
    pub leaves: LeavesOpen,
    /// Its last day, where it reaches into the audited time.
    pub until: Option<Date>,
    /// Then, when whoever is not in it and in those that are read came.
    pub since: Option<DateSpan>,
    /// The people that it names, in their normal form; none if it has no column for them.
    pub people: BTreeSet<String>,
}

/// What a sheet of another year leaves open of its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeavesOpen {
    Nothing,
    /// What is not there: it names institutions that those of this year do not.
    Rows,
    /// Since when what its rows say has lasted: it is of a year before.
    Beginnings,
}

/// A sheet that would be a table if it had all of the columns that the table cannot do without.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nearly {
    pub table: TableId,
    pub top: u32,
    pub row: u32,
    /// The fields that no column is, each with the headers that nearly are it.
    pub missing: Vec<(FieldId, Vec<String>)>,
    /// Columns with content and without a header.
    pub headless: Vec<u32>,
    /// The tables of which it may hold rows.
    pub may_be: Vec<TableId>,
    /// Whether its names tell of what is to come: 下校安排.
    pub planned: bool,
}

impl Recognised {
    pub fn layout(&self) -> Option<&Layout> {
        if let Recognised::Table(layout) = self { Some(layout) } else { None }
    }

    /// The tables of which a sheet that is not read may hold rows.
    pub fn may_be(&self) -> &[TableId] {
        match self {
            Recognised::Tie { tables, .. }
            | Recognised::Headless(tables)
            | Recognised::Absences(tables)
            | Recognised::Sums(tables) => tables,
            Recognised::Nearly(nearly) => &nearly.may_be,
            Recognised::Officers(list) => std::slice::from_ref(&list.table),
            Recognised::OtherYear(OtherYear { table, leaves: LeavesOpen::Rows, .. }) => std::slice::from_ref(table),
            Recognised::OtherYear(_)
            | Recognised::Empty
            | Recognised::OnlyHeader(_)
            | Recognised::Unwanted
            | Recognised::OwnPage
            | Recognised::Table(_)
            | Recognised::Corrections
            | Recognised::Unknown => &[],
        }
    }

    pub fn row(&self) -> u32 {
        match self {
            Recognised::Tie { row, .. } | Recognised::OnlyHeader(row) => *row,
            Recognised::Nearly(nearly) => nearly.row,
            Recognised::OtherYear(other) => other.row,
            Recognised::Officers(list) => list.first,
            Recognised::Table(layout) => layout.header_row,
            Recognised::Empty
            | Recognised::Unwanted
            | Recognised::OwnPage
            | Recognised::Headless(_)
            | Recognised::Absences(_)
            | Recognised::Sums(_)
            | Recognised::Corrections
            | Recognised::Unknown => 1,
        }
    }

    /// Why the sheet is not read, and what to do. `None` if it is read, is empty, or is not wanted.
    pub fn why_unread(&self, dictionary: &Dictionary) -> Option<String> {
        let sheet = |id: &TableId| format!("“{}”", dictionary.table(*id).sheet);
        match self {
            Recognised::Empty | Recognised::Unwanted | Recognised::OwnPage | Recognised::Table(_) => None,
            Recognised::OnlyHeader(row) => Some(format!("只有第{row}行的表头，下面没有一行内容，没有可读取的")),
            Recognised::Tie { top, row, tables } => Some(format!(
                "{}像是表头，但既可能是{}，不能确定是哪一种表，整张表没有读取；请把工作表改成其中一个名称，或在 --columns 文件的 [sheets] 里写明",
                rows_text(*top, *row),
                tables.iter().map(sheet).collect::<Vec<_>>().join("，也可能是")
            )),
            Recognised::Nearly(nearly) => Some(nearly.message(dictionary)),
            Recognised::OtherYear(other) => Some(other.message(dictionary)),
            Recognised::Headless(tables) => Some(format!(
                "没有表头，从各列的内容看可能是{}，整张表没有读取，与它有关的“没有”都不能断定；请在第一行补上表头；不是的话在 --columns 文件的 [sheets] 里写成“不读”",
                tables.iter().map(sheet).collect::<Vec<_>>().join("或")
            )),
            Recognised::Sums(tables) => Some(format!(
                "像是每个人的合计，没有读取；合计的是不是{}已有的记录、有没有多出来的不能确定，与它有关的“没有”都不能断定；只是已有记录的合计的，在 --columns 文件的 [sheets] 里写成“不读”，还有没登记的请逐条补进台账",
                tables.iter().map(sheet).collect::<Vec<_>>().join("或")
            )),
            Recognised::Officers(OfficerList { table, count, first }) => Some(format!(
                "像是全体人员的名册，没有读取；从第{first}行起有{count}人写着教研员或在教研部门，{}里没有，是不是本单位的教研员不能确定，与它有关的“没有”、人数和比例都不能断定；是的请补进花名册，不是的在 --columns 文件的 [sheets] 里写成“不读”",
                sheet(table)
            )),
            Recognised::Absences(tables) if !tables.is_empty() => Some(format!(
                "名称上是借调、借用一类的人员，各列又像{}，是借来的还是借出去的不能确定，没有读取，与它有关的“没有”都不能断定；借来的请放进花名册，或在 --columns 文件的 [sheets] 里写明；借出去的请写“在岗”一列，或在 [sheets] 里写成“不读”",
                tables.iter().map(sheet).collect::<Vec<_>>().join("，也像")
            )),
            Recognised::Absences(_) => Some(
                "名称上写的是离岗、请假、变动一类的人员，没有读取；花名册上的人也写在里面的，他们不足的项目按“待核”处理；无关的请移出这个文件夹，或在 --columns 文件的 [sheets] 里写成“不读”"
                    .to_string(),
            ),
            Recognised::Corrections => Some(
                "名称上写的是更正、核减别处的行，没有当作记录读取；写在里面的人有关的结论按“待核”处理；请在台账里直接改正，并把这张表移走"
                    .to_string(),
            ),
            Recognised::Unknown => Some(
                "名称和各列都不像是要核查的表，没有读取，结论不以它为依据；如果它是该核查的表，请把工作表和表头改成标准名称，或在 --columns 文件的 [sheets] 里写明"
                    .to_string(),
            ),
        }
    }
}

impl OtherYear {
    /// Whether it may matter to a verdict.
    pub fn may_matter(&self) -> bool {
        self.leaves != LeavesOpen::Nothing || self.until.is_some()
    }

    fn message(&self, dictionary: &Dictionary) -> String {
        let OtherYear { table, rows, current, leaves, until, .. } = self;
        let table = &dictionary.table(*table).sheet;
        let means = match (leaves, until) {
            (LeavesOpen::Rows, _) => format!("但里面有{current}没有的单位或人员，与“{table}”有关的“没有”不能断定"),
            (LeavesOpen::Beginnings, Some(until)) => {
                format!("它管到{until}，那一段的情况、从哪一天开始的可能要看它，只在这张表里的没有核查")
            }
            (LeavesOpen::Beginnings, None) => "从哪一天开始的可能要看它".to_string(),
            (LeavesOpen::Nothing, Some(until)) => {
                format!("它管到{until}，那一段的也按{current}核查，只在这张表里的没有核查")
            }
            (LeavesOpen::Nothing, None) => "不影响结论".to_string(),
        };
        format!(
            "名称上的时间与{current}不同，是另一个时候的“{table}”，{rows}行都没有读取，{means}；如果也要读，请去掉名称里的时间，或在 --columns 文件的 [sheets] 里写明"
        )
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
        let lacking = match missing.as_slice() {
            [] if self.planned => {
                "名称里有“安排”“计划”一类的字，像是打算做的，不是做过的，不能认定就是这种表".to_string()
            }
            [] => "名称或各列还不能认定就是这种表".to_string(),
            [only] => format!("没有找到{only}这一列{asked}"),
            several => format!("没有找到{}这几列{asked}", several.join("、")),
        };
        format!(
            "{}像是“{}”的表头，但{lacking}，整张表没有读取，与它有关的“没有”都不能断定；请{headless}把工作表和表头改成标准名称，或写进 --columns 文件；不是的话在 --columns 文件的 [sheets] 里写成“不读”",
            rows_text(self.top, self.row),
            table.sheet,
        )
    }
}
