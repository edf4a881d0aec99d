//! Tells which table a sheet is and which column is which field; where it cannot, what is in the way.

use std::collections::BTreeMap;

use super::header::{Block, HeaderCell, Probe};
use super::layout::{HeaderError, Layout, UnusedColumn, rows_text};
use super::matching::{Claim, Headers, Named};
use super::suggest;
use crate::dictionary::{Dictionary, FieldId, Table, TableId, Wish, normalise};
use crate::model::{column_letters, mask};

/// Columns that are looked at for a header which nearly is one that is missing.
const ASKED: usize = 300;

/// What a sheet is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recognised {
    /// Nothing stands in it.
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

impl Probe {
    /// What the sheet of the probed rows is.
    ///
    /// # Errors
    /// When two columns claim to be the same field.
    pub fn recognise(&self, sheet: &str, headers: &Headers<'_>) -> Result<Recognised, HeaderError> {
        let wanted = match headers.columns.sheet(sheet) {
            Some((_, Wish::Leave)) => return Ok(Recognised::Unwanted),
            Some((_, Wish::Take(table))) => Some(table),
            None => None,
        };
        if self.is_empty() {
            return Ok(Recognised::Empty);
        }
        let blocks = self.blocks();
        let candidates = candidates(&blocks, sheet, wanted, headers);
        let score = |candidate: &&Candidate<'_>| candidate.score();
        let Some(most) = candidates.iter().filter(|candidate| candidate.is_whole).map(|c| score(&c)).max() else {
            if self.own_page(sheet).is_some() {
                return Ok(Recognised::OwnPage);
            }
            let candidates: Vec<_> = candidates.into_iter().map(|candidate| candidate.with_near(headers)).collect();
            return Ok(self.nearly(&candidates));
        };
        let best: Vec<&Candidate<'_>> = candidates.iter().filter(|c| c.is_whole && score(c) == most).collect();
        let mut tables: Vec<TableId> = best.iter().map(|candidate| candidate.table).collect();
        tables.dedup();
        match best.as_slice() {
            [first, ..] if tables.len() > 1 => {
                Ok(Recognised::Tie { top: first.block.top, row: first.block.row, tables })
            }
            [first, ..] => first.layout(headers).map(Recognised::Table),
            [] => Ok(Recognised::Unknown),
        }
    }

    /// What comes nearest to being a table.
    fn nearly(&self, candidates: &[Candidate<'_>]) -> Recognised {
        let near = |candidate: &Candidate<'_>| candidate.is_near().then(|| candidate.nearness());
        let best = candidates.iter().filter_map(near).max();
        let candidate = candidates.iter().find(|candidate| near(candidate).is_some_and(|n| Some(n) == best));
        let Some(candidate) = candidate else { return Recognised::Unknown };
        let Block { top, row, cells, .. } = candidate.block;
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
        Recognised::Nearly(Nearly { table: candidate.table, top: *top, row: *row, missing, headless })
    }
}

fn candidates<'p>(
    blocks: &'p [Block],
    sheet: &str,
    wanted: Option<TableId>,
    headers: &Headers<'_>,
) -> Vec<Candidate<'p>> {
    let mut candidates = Vec::new();
    for (place, table) in headers.dictionary.tables.iter().enumerate() {
        let id = TableId::from(place);
        let named = if wanted.is_some() { wanted == Some(id) } else { is_named(table, sheet) };
        if wanted.is_none_or(|wanted| wanted == id) {
            candidates.extend(blocks.iter().map(|block| Candidate::of(id, table, block, named, headers)));
        }
    }
    candidates
}

/// Rows read as the header of a table.
struct Candidate<'p> {
    table: TableId,
    block: &'p Block,
    /// Whether the sheet is called like the table.
    named: bool,
    /// Nothing is missing, and more than one field is there where the sheet is not called like the table.
    is_whole: bool,
    /// The columns of each field, each with how surely it is.
    matches: BTreeMap<FieldId, Vec<(Claim, u32)>>,
    unwanted: Vec<u32>,
    wishes: Vec<usize>,
    /// Required fields that no column is.
    missing: Vec<FieldId>,
    /// Headers that nearly are a field which is missing; looked for where no table is whole.
    near: Vec<(&'p HeaderCell, Vec<FieldId>)>,
}

impl<'p> Candidate<'p> {
    fn of(id: TableId, table: &Table, block: &'p Block, named: bool, headers: &Headers<'_>) -> Candidate<'p> {
        let mut matches: BTreeMap<FieldId, Vec<(Claim, u32)>> = BTreeMap::new();
        let (mut unwanted, mut wishes) = (Vec::new(), Vec::new());
        for cell in &block.cells {
            let (found, wish) = headers.named(id, cell);
            wishes.extend(wish);
            match found {
                Named::Field(field, claim) => matches.entry(field).or_default().push((claim, cell.column)),
                Named::Unwanted => unwanted.push(cell.column),
                Named::Nothing => {}
            }
        }
        let free = suggest::free(table, |field| matches.contains_key(&field));
        let missing: Vec<FieldId> = free.into_iter().filter(|field| table.field(*field).required).collect();
        let is_whole = missing.is_empty() && (named || matches.len() >= 2);
        Candidate { table: id, block, named, is_whole, matches, unwanted, wishes, missing, near: Vec::new() }
    }

    /// The same with the headers that no field takes and that nearly are one which is missing.
    fn with_near(mut self, headers: &Headers<'_>) -> Candidate<'p> {
        if self.named || !self.matches.is_empty() {
            let free = self.block.cells.iter().take(ASKED).filter(|cell| !self.is_used(cell.column));
            let near = free.map(|cell| (cell, suggest::near(headers, self.table, cell, &self.missing)));
            self.near = near.filter(|(_, fields)| !fields.is_empty()).collect();
        }
        self
    }

    fn is_used(&self, column: u32) -> bool {
        self.unwanted.contains(&column) || self.field_of(column).is_some()
    }

    /// The field that a column claims to be.
    fn field_of(&self, column: u32) -> Option<FieldId> {
        let of = |(_, claims): &(&FieldId, &Vec<(Claim, u32)>)| claims.iter().any(|(_, at)| *at == column);
        self.matches.iter().find(of).map(|(field, _)| *field)
    }

    /// Standard headers weigh more than others, and the sheet's own name more than one header. Of rows that say the same
    /// those are taken that merged areas hold together.
    fn score(&self) -> (u32, bool) {
        let weight = |columns: &Vec<(Claim, u32)>| match columns.iter().map(|(claim, _)| *claim).max() {
            Some(Claim::Standard | Claim::Path | Claim::Wish) => 5,
            Some(Claim::Loose) | None => 4,
        };
        let fields: u32 = self.matches.values().map(weight).sum();
        (fields + if self.named { 7 } else { 0 }, self.block.proven)
    }

    /// Whether it is near enough to a table to be named.
    fn is_near(&self) -> bool {
        let (found, nearly) = (self.matches.len(), self.near.len());
        !self.missing.is_empty() && (found >= 2 || (found + nearly >= 1 && self.named) || (found >= 1 && nearly >= 1))
    }

    /// Of rows that are as near, those are named that part groups.
    fn nearness(&self) -> (bool, i64, bool) {
        let (fields, _) = self.score();
        let is_grouped = self.block.cells.iter().any(|cell| cell.parts.len() > 1);
        let lacking = |field: &&FieldId| !self.near.iter().any(|(_, fields)| fields.contains(field));
        let lacking = i64::try_from(self.missing.iter().filter(lacking).count()).unwrap_or(i64::MAX);
        (self.named, i64::from(fields) - lacking.saturating_mul(4), is_grouped)
    }

    fn layout(&self, headers: &Headers<'_>) -> Result<Layout, HeaderError> {
        let table = headers.dictionary.table(self.table);
        let columns = self.columns(table)?;
        let (mut read, mut unwanted, mut unused) = (Vec::new(), Vec::new(), Vec::new());
        for cell in &self.block.cells {
            if columns.contains(&Some(cell.column)) {
                read.push((cell.column, cell.shown()));
            } else if self.unwanted.contains(&cell.column) {
                unwanted.push((cell.column, cell.shown()));
            } else {
                unused.push(self.unused(cell, headers, &columns));
            }
        }
        let levels = |cell: &HeaderCell| cell.parts.iter().map(|part| part.text.clone()).collect();
        Ok(Layout {
            table: self.table,
            header_top: self.block.top,
            header_row: self.block.row,
            columns,
            unused,
            unwanted,
            read,
            wishes: self.wishes.clone(),
            headers: self.block.cells.iter().map(|cell| (cell.column, levels(cell))).collect(),
        })
    }

    /// The column of each field: of those that claim it the surest.
    fn columns(&self, table: &Table) -> Result<Vec<Option<u32>>, HeaderError> {
        let mut columns = vec![None; table.fields.len()];
        for (field, claims) in &self.matches {
            let surest = claims.iter().map(|(claim, _)| *claim).max();
            let named: Vec<u32> =
                claims.iter().filter(|(claim, _)| Some(*claim) == surest).map(|(_, column)| *column).collect();
            if let [first, second, ..] = named.as_slice() {
                return Err(self.twice(*first, *second, &table.field(*field).header));
            }
            columns[field.index()] = named.first().copied();
        }
        Ok(columns)
    }

    /// A column that no field takes, with what it might have been.
    fn unused(&self, cell: &HeaderCell, headers: &Headers<'_>, columns: &[Option<u32>]) -> UnusedColumn {
        let table = headers.dictionary.table(self.table);
        let header = |field: FieldId| table.field(field).header.clone();
        let free = suggest::free(table, |field| self.matches.contains_key(&field));
        let near = suggest::near(headers, self.table, cell, &free).into_iter().map(header).collect();
        let taken = |field: FieldId| Some((header(field), columns.get(field.index()).copied().flatten()?));
        let rival = self.field_of(cell.column).and_then(taken);
        UnusedColumn { column: cell.column, header: cell.shown(), near, rival }
    }

    fn twice(&self, first: u32, second: u32, field: &str) -> HeaderError {
        let named = |column: u32| {
            let header = self.block.cells.iter().find(|cell| cell.column == column).map(HeaderCell::shown);
            format!("{}列“{}”", column_letters(column), mask(&header.unwrap_or_default()))
        };
        HeaderError { row: self.block.row, first: named(first), second: named(second), field: field.to_string() }
    }
}

/// Whether a sheet is called like a table.
fn is_named(table: &Table, sheet: &str) -> bool {
    let sheet = normalise(sheet);
    std::iter::once(&table.sheet).chain(&table.also).any(|name| sheet.contains(&normalise(name)))
}

impl Recognised {
    pub fn layout(&self) -> Option<&Layout> {
        match self {
            Recognised::Table(layout) => Some(layout),
            Recognised::Empty
            | Recognised::Unwanted
            | Recognised::OwnPage
            | Recognised::Tie { .. }
            | Recognised::Nearly(_)
            | Recognised::Unknown => None,
        }
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

#[cfg(test)]
#[path = "recognise_tests.rs"]
mod tests;
