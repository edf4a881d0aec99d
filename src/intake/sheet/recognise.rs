//! Tells which table a sheet is and which column is which field; where it cannot, what is in the way.

use super::candidate::{TableCandidate, candidates};
use super::header::HeaderBlock;
use super::layout::{HeaderError, Layout, rows_text};
use super::matching::KnownHeaders;
use super::naming::{CalledBy, SaidNames, own_name};
use super::probe::{Probe, ProbeRow};
use crate::dictionary::{Dictionary, FieldId, TableId, Wish};
use crate::model::column_letters;

/// How many of the first rows may be titles.
const TITLES: usize = 4;

impl Probe {
    /// What the sheet of the probed rows is.
    ///
    /// # Errors
    /// When two columns claim to be the same field.
    pub fn recognise(
        &self,
        (file, sheet): (&str, &str),
        headers: &KnownHeaders<'_>,
    ) -> Result<Recognised, HeaderError> {
        let wanted = match headers.columns.sheet(file, sheet) {
            Some((_, Wish::Leave)) => return Ok(Recognised::Unwanted),
            Some((_, Wish::Take(table))) => Some(table),
            None => None,
        };
        if self.rows.is_empty() {
            return Ok(Recognised::Empty);
        }
        let blocks = self.blocks();
        let titles = self.titles();
        let mut said = SaidNames::of(headers.dictionary, sheet, self.lone_texts(), file);
        // The office itself says that it is none of what is to come.
        said.planned &= wanted.is_none();
        let candidates = candidates(&blocks, (&said, (file, sheet), &titles), wanted, (headers, self));
        let is_sure = |candidate: &&TableCandidate<'_>| candidate.is_sure(&said);
        let score = |candidate: &&TableCandidate<'_>| candidate.score();
        let Some(most) = candidates.iter().filter(is_sure).map(|c| score(&c)).max() else {
            if self.own_page(sheet).is_some() {
                return Ok(Recognised::OwnPage);
            }
            let names = titles.iter().map(|(_, title)| title.as_str()).chain([own_name(file, sheet)]);
            return Ok(self.unread(candidates, &said, names, headers));
        };
        let best: Vec<&TableCandidate<'_>> = candidates.iter().filter(|c| is_sure(c) && score(c) == most).collect();
        let mut tables: Vec<TableId> = best.iter().map(|candidate| candidate.table).collect();
        tables.dedup();
        match best.as_slice() {
            [first, ..] if tables.len() > 1 => {
                Ok(Recognised::Tie { top: first.block.top, row: first.block.row, tables })
            }
            [first, ..] => first.layout(headers, self).map(|layout| Recognised::Table(Box::new(layout))),
            [] => Ok(Recognised::Unknown),
        }
    }

    /// What a sheet is that is surely no table.
    fn unread<'n>(
        &self,
        candidates: Vec<TableCandidate<'_>>,
        said: &SaidNames,
        mut names: impl Iterator<Item = &'n str>,
        headers: &KnownHeaders<'_>,
    ) -> Recognised {
        let candidates: Vec<_> = candidates.into_iter().map(|candidate| candidate.with_near((headers, self))).collect();
        let nearly = self.nearly(&candidates, said, headers);
        // Who is on 挂职 or 支教 may be in a school.
        let is_of_schools = nearly.may_be().iter().any(|table| headers.dictionary.table(*table).in_schools);
        let is_other = || said.tables.is_empty() && !is_of_schools;
        match nearly == Recognised::Unknown {
            _ if is_other() && names.any(|name| headers.dictionary.sheet_words.lists_absent(name)) => {
                Recognised::Absences
            }
            true => self.headless(said, headers.dictionary).map_or(nearly, Recognised::Headless),
            false => nearly,
        }
    }

    /// The title above a header that calls the sheet as its table is called.
    pub fn title_of(&self, layout: &Layout, dictionary: &Dictionary) -> Option<String> {
        let is_called = |title: &String| SaidNames::of(dictionary, title, [], "").called(layout.table) == CalledBy::Own;
        let above = self.titles().into_iter().filter(|(row, _)| *row < layout.header_top).map(|(_, title)| title);
        above.into_iter().find(is_called)
    }

    /// Texts that stand alone in the first rows.
    fn lone_texts(&self) -> impl Iterator<Item = &str> {
        let alone = |row: &&ProbeRow| row.own.len() == 1 && row.used.len() == 1;
        self.rows.iter().take(TITLES).filter(alone).filter_map(|row| Some(row.own.first()?.1.text.as_str()))
    }

    fn nearly(&self, candidates: &[TableCandidate<'_>], said: &SaidNames, headers: &KnownHeaders<'_>) -> Recognised {
        let near = |candidate: &TableCandidate<'_>| {
            let may_be = candidate.may_be(said, headers);
            (candidate.is_near() || may_be).then(|| (may_be, candidate.nearness(said)))
        };
        let best = candidates.iter().filter_map(near).max();
        let candidate = candidates.iter().find(|candidate| near(candidate).is_some_and(|n| Some(n) == best));
        let Some(candidate) = candidate else { return Recognised::Unknown };
        let mut may_be: Vec<TableId> = said.tables.clone();
        may_be.extend(
            candidates.iter().filter(|candidate| candidate.may_be(said, headers)).map(|candidate| candidate.table),
        );
        may_be.sort_unstable();
        may_be.dedup();
        match may_be.as_slice() {
            [] => return Recognised::Unknown,
            [_, _, ..] if candidate.missing.is_empty() && said.tables.is_empty() => {
                let HeaderBlock { top, row, .. } = candidate.block;
                return Recognised::Tie { top: *top, row: *row, tables: may_be };
            }
            [_, ..] => {}
        }
        let HeaderBlock { top, row, cells, .. } = candidate.block;
        let below = self.rows.iter().filter(|below| below.number > *row).flat_map(|below| &below.used);
        let mut headless: Vec<u32> =
            below.filter(|column| !cells.iter().any(|cell| cell.column == **column)).copied().collect();
        headless.sort_unstable();
        headless.dedup();
        let near = |field: &FieldId| {
            let of = candidate.near.iter().filter(|(_, fields)| fields.contains(field));
            (*field, of.map(|(cell, _)| cell.shown()).collect())
        };
        let missing = candidate.missing.iter().map(near).collect();
        Recognised::Nearly(Nearly { table: candidate.table, top: *top, row: *row, missing, headless, may_be })
    }
}

/// What a sheet is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recognised {
    Empty,
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
    /// It lists who is away, came or left: whom it names may be excused.
    Absences,
    /// Without a header, with columns of one of these tables.
    Headless(Vec<TableId>),
    Unknown,
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
}

impl Recognised {
    pub fn layout(&self) -> Option<&Layout> {
        if let Recognised::Table(layout) = self { Some(layout) } else { None }
    }

    /// The tables of which a sheet that is not read may hold rows.
    pub fn may_be(&self) -> &[TableId] {
        match self {
            Recognised::Tie { tables, .. } | Recognised::Headless(tables) => tables,
            Recognised::Nearly(nearly) => &nearly.may_be,
            Recognised::OtherYear(OtherYear { table, leaves: LeavesOpen::Rows, .. }) => std::slice::from_ref(table),
            Recognised::OtherYear(_)
            | Recognised::Empty
            | Recognised::Unwanted
            | Recognised::OwnPage
            | Recognised::Table(_)
            | Recognised::Absences
            | Recognised::Unknown => &[],
        }
    }

    pub fn row(&self) -> u32 {
        match self {
            Recognised::Tie { row, .. } => *row,
            Recognised::Nearly(nearly) => nearly.row,
            Recognised::OtherYear(other) => other.row,
            Recognised::Table(layout) => layout.header_row,
            Recognised::Empty
            | Recognised::Unwanted
            | Recognised::OwnPage
            | Recognised::Headless(_)
            | Recognised::Absences
            | Recognised::Unknown => 1,
        }
    }

    /// Why the sheet is not read, and what to do. `None` if it is read, is empty, or is not wanted.
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
            Recognised::OtherYear(other) => Some(other.message(dictionary)),
            Recognised::Headless(tables) => Some(format!(
                "没有表头，从各列的内容看可能是{}，整张表没有读取，与它有关的“没有”都不能断定；请在第一行补上表头；不是的话在 --columns 文件的 [sheets] 里写成“不读”",
                tables.iter().map(sheet).collect::<Vec<_>>().join("或")
            )),
            Recognised::Absences => Some(
                "名称上写的是离岗、请假、变动一类的人员，没有读取；花名册上的人也写在里面的，他们不足的项目按“待核”处理；无关的请移出这个文件夹，或在 --columns 文件的 [sheets] 里写成“不读”"
                    .to_string(),
            ),
            Recognised::Unknown => Some(
                "名称和各列都不像是要核查的表，没有读取，不影响结论；如果它是该核查的表，请把工作表和表头改成标准名称，或在 --columns 文件的 [sheets] 里写明"
                    .to_string(),
            ),
        }
    }
}

impl OtherYear {
    fn message(&self, dictionary: &Dictionary) -> String {
        let OtherYear { table, rows, current, leaves, .. } = self;
        let table = &dictionary.table(*table).sheet;
        let means = match leaves {
            LeavesOpen::Rows => format!("但里面有{current}没有的单位，与“{table}”有关的“没有”不能断定"),
            LeavesOpen::Beginnings => "从哪一天开始的可能要看它".to_string(),
            LeavesOpen::Nothing => "不影响结论".to_string(),
        };
        format!(
            "名称上的年份与{current}不同，是另一年的“{table}”，{rows}行都没有读取，{means}；如果也要读，请去掉名称里的年份，或在 --columns 文件的 [sheets] 里写明"
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

#[cfg(test)]
#[path = "recognise_tests.rs"]
mod tests;
