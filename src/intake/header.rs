//! Looks at the first rows of a sheet for what may be its header: a row, or up to three rows whose lower ones part the
//! groups of the upper ones.

use std::collections::BTreeSet;

use sheets::{Raw, Row};

use super::cells::clean;
use crate::dictionary::{normalise, spelt};

/// How many rows are looked at for the header.
pub const HEADER_ROWS: u32 = 30;
/// The most rows that a header has: title aside, group, sub-group, header.
const TALLEST: usize = 3;
/// How many rows below a merged header are looked at to see whether it stands over one column of values or several.
const BELOW: usize = 3;
/// Characters of a header that are shown.
const SHOWN: usize = 24;
/// Characters of a cell that are looked at; what is longer is no header.
const LONGEST: usize = 200;
/// Rows with more columns than this are only looked at one by one.
const WIDEST: usize = 1000;
/// How far a group reaches to the right where its merge was lost.
const REACH: usize = 64;

/// The first rows of a sheet, looked at for a header.
#[derive(Debug, Default)]
pub struct Probe {
    pub(super) rows: Vec<ProbeRow>,
}

/// A row that may be of a header.
#[derive(Debug)]
pub(super) struct ProbeRow {
    pub number: u32,
    /// Texts of its own, by column.
    own: Vec<(u32, Part)>,
    /// Columns that only hold the text of a merged area, and that text.
    filled: Vec<(u32, Part)>,
    /// All columns with a cell of its own, in ascending order.
    pub used: Vec<u32>,
    /// Whether every cell of its own is a text: a header has no numbers and no dates.
    is_text: bool,
}

/// Rows that may be a header.
#[derive(Debug)]
pub(super) struct Block {
    /// The first and the last row.
    pub top: u32,
    pub row: u32,
    /// Merged areas reach over its rows, or the lower ones say nothing but hints: they surely belong together.
    pub proven: bool,
    pub cells: Vec<HeaderCell>,
}

/// The header of one column.
#[derive(Debug)]
pub(super) struct HeaderCell {
    pub column: u32,
    /// From the outermost group to the header itself; never empty.
    pub parts: Vec<Part>,
    pub parted: Parted,
}

/// One level of a header.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub text: String,
    pub normal: String,
    /// Whether it is only a hint: (必填), 【节】.
    is_hint: bool,
}

/// Whether a header stands over several columns of values, so that none of them is surely its own.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Parted {
    No,
    /// It is merged over them.
    Surely,
    /// The cells to its right are blank, and this stands below it: the merges may have been lost, as in a csv file.
    Maybe(String),
}

impl Probe {
    /// Takes a row; says whether more are wanted.
    pub fn take(&mut self, row: Row<'_>) -> bool {
        if row.number > HEADER_ROWS {
            return false;
        }
        let mut probed =
            ProbeRow { number: row.number, own: Vec::new(), filled: Vec::new(), used: Vec::new(), is_text: true };
        for cell in row.cells {
            let text = match &cell.value {
                Raw::Text(text) => Some((cell.column, Part::new(text))),
                Raw::Number(_) | Raw::Date(_) | Raw::Flag(_) | Raw::Error | Raw::NoValue => None,
            };
            if cell.merged {
                probed.filled.extend(text);
            } else {
                probed.used.push(cell.column);
                probed.is_text &= text.is_some();
                probed.own.extend(text);
            }
        }
        self.rows.push(probed);
        true
    }

    /// Whether the sheet had no rows.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The text that the sheet begins with; none where its first cell is no text.
    pub(super) fn first_text(&self) -> Option<&str> {
        let first = self.rows.first()?;
        first.own.first().filter(|(column, _)| *column == 0).map(|(_, part)| part.text.as_str())
    }

    /// All that may be a header, single rows first.
    pub(super) fn blocks(&self) -> Vec<Block> {
        let of_height = |height: usize| {
            let ends = height..=self.rows.len();
            let parts = move |end: usize| Some((self.rows.get(end - height..end)?, self.rows.get(end..)?));
            let fits = move |rows: &[ProbeRow]| height == 1 || rows.iter().all(|row| row.used.len() <= WIDEST);
            ends.filter_map(parts).filter(move |(rows, _)| fits(rows)).filter_map(|(rows, after)| block(rows, after))
        };
        (1..=TALLEST).flat_map(of_height).collect()
    }
}

impl ProbeRow {
    fn own(&self, column: u32) -> Option<&Part> {
        find(&self.own, column)
    }

    fn filled(&self, column: u32) -> Option<&Part> {
        find(&self.filled, column)
    }

    fn part(&self, column: u32) -> Option<&Part> {
        self.own(column).or_else(|| self.filled(column))
    }

    fn is_blank(&self, column: u32) -> bool {
        self.used.binary_search(&column).is_err() && self.filled(column).is_none()
    }

    /// The columns to the right that a merged cell reaches over.
    fn span(&self, column: u32) -> impl Iterator<Item = u32> {
        let text = self.own(column).map(|part| &part.text);
        (column + 1..).take_while(move |at| text.is_some() && self.filled(*at).map(|part| &part.text) == text)
    }

    /// Whether a cell stands over several columns of the row below it: merged over them, or with nothing beside it where
    /// that row has texts.
    fn is_group(&self, column: u32, lower: &ProbeRow) -> bool {
        let merged = self.filled(column).is_some() || self.span(column).next().is_some();
        merged || self.is_bare_group(column, lower)
    }

    fn is_bare_group(&self, column: u32, lower: &ProbeRow) -> bool {
        let next = column + 1;
        let below = lower.own(column).is_some() && lower.own(next).is_some();
        self.own(column).is_some() && self.is_blank(next) && below
    }

    /// The group that a column of the row below belongs to where the merges were lost: the nearest text to the left.
    fn group_left_of(&self, column: u32, lower: &ProbeRow) -> Option<&Part> {
        let mut left = (0..column).rev().take(REACH);
        let near = left.find(|at| !self.is_blank(*at) || lower.own(*at).is_none())?;
        self.own(near).filter(|_| self.is_bare_group(near, lower))
    }

    /// Whether its only text stands over all the columns of a header: it is a title.
    fn is_title_over(&self, columns: &BTreeSet<u32>) -> bool {
        let ([(own, _)], Some(first), Some(last)) = (self.own.as_slice(), columns.first(), columns.last()) else {
            return false;
        };
        own <= first && (self.filled.is_empty() || self.filled(*last).is_some())
    }
}

fn find(cells: &[(u32, Part)], column: u32) -> Option<&Part> {
    let at = cells.binary_search_by_key(&column, |(at, _)| *at).ok()?;
    cells.get(at).map(|(_, part)| part)
}

/// Rows as one header; none when they are not of one. `after` are the rows below.
fn block(rows: &[ProbeRow], after: &[ProbeRow]) -> Option<Block> {
    let joined: Vec<bool> =
        rows.windows(2).map(|two| joins(two.first()?, two.get(1)?)).collect::<Option<Vec<bool>>>()?;
    let (top, last) = (rows.first()?, rows.last()?);
    let columns: BTreeSet<u32> = rows.iter().flat_map(|row| row.own.iter().map(|(column, _)| *column)).collect();
    let below: BTreeSet<u32> = rows.iter().skip(1).flat_map(|row| row.own.iter().map(|(column, _)| *column)).collect();
    let is_title: Vec<bool> = rows.iter().map(|row| rows.len() > 1 && row.is_title_over(&below)).collect();
    let cell = |column: u32| {
        let parts = parts(rows, &is_title, column);
        (!parts.is_empty()).then(|| HeaderCell { column, parts, parted: parted(rows, after, column) })
    };
    Some(Block {
        top: top.number,
        row: last.number,
        proven: !joined.is_empty() && joined.iter().all(|proven| *proven),
        cells: columns.iter().filter_map(|column| cell(*column)).collect(),
    })
}

/// Whether the lower of two rows belongs to a header with the upper one, and if so, whether that is beyond doubt. Under
/// a plain header of the upper row the lower one is blank or says a hint; under a group or under nothing it has the
/// headers. A row of data has something under plain headers.
fn joins(upper: &ProbeRow, lower: &ProbeRow) -> Option<bool> {
    if lower.number != upper.number + 1 || !lower.is_text || lower.own.is_empty() {
        return None;
    }
    let proven =
        lower.filled.iter().any(|(column, part)| upper.part(*column).is_some_and(|above| above.text == part.text));
    // Nor is a row of nothing but hints a record.
    let proven = proven || (lower.own.len() > 1 && lower.own.iter().all(|(_, part)| part.is_hint));
    let is_group = |column: u32| upper.is_group(column, lower);
    let parts_groups = lower.own.iter().any(|(column, part)| is_group(*column) || part.is_hint);
    let is_under_plain =
        |(column, part): &(u32, Part)| upper.own(*column).is_some() && !is_group(*column) && !part.is_hint;
    let fits = proven || (parts_groups && !lower.own.iter().any(is_under_plain));
    fits.then_some(proven)
}

/// The levels of a column's header, without titles, hints and repetitions; of a column that has only a hint, that.
fn parts(rows: &[ProbeRow], is_title: &[bool], column: u32) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for (at, (row, is_title)) in rows.iter().zip(is_title).enumerate() {
        let lower = rows.get(at + 1);
        let group = || lower.filter(|_| row.is_blank(column)).and_then(|lower| row.group_left_of(column, lower));
        let Some(part) = row.part(column).or_else(group).filter(|_| !is_title) else { continue };
        let repeats = parts.last().is_some_and(|last| last.normal == part.normal);
        if !part.is_hint && !part.normal.is_empty() && !repeats {
            parts.push(part.clone());
        }
    }
    if parts.is_empty() {
        parts.extend(rows.iter().rev().find_map(|row| row.own(column)).cloned());
    }
    parts
}

/// Whether a header stands over several columns of values.
fn parted(rows: &[ProbeRow], after: &[ProbeRow], column: u32) -> Parted {
    let Some(at) = rows.iter().rposition(|row| row.own(column).is_some()) else { return Parted::No };
    let (Some(row), Some(rest)) = (rows.get(at), rows.get(at + 1..)) else { return Parted::No };
    let span: Vec<u32> = row.span(column).collect();
    let mut below = rest.iter().chain(after).take(BELOW);
    if !span.is_empty() {
        let has_own = |row: &ProbeRow| span.iter().any(|column| row.used.binary_search(column).is_ok());
        return if below.any(has_own) { Parted::Surely } else { Parted::No };
    }
    let Some(lower) = below.next() else { return Parted::No };
    match lower.own(column) {
        Some(part) if row.is_bare_group(column, lower) && joins(row, lower).is_some() => {
            Parted::Maybe(part.text.clone())
        }
        Some(_) | None => Parted::No,
    }
}

impl Part {
    fn new(text: &str) -> Part {
        let text: String = text.chars().take(LONGEST).collect();
        let (normal, whole) = (normalise(&text), spelt(&text));
        let opens = whole.starts_with(['(', '【', '[', '〔']);
        // What is left of a text that is all brackets is the text itself.
        let is_hint =
            opens && whole.ends_with([')', '】', ']', '〕']) && normal.chars().count() == whole.chars().count();
        Part { text, normal, is_hint }
    }
}

impl HeaderCell {
    /// The header itself, without its groups.
    pub fn leaf(&self) -> &Part {
        // There is always one; an empty name is no field's.
        const NONE: &Part = &Part { text: String::new(), normal: String::new(), is_hint: false };
        self.parts.last().unwrap_or(NONE)
    }

    /// The header as it is shown, in one line: 最高学历学位/学历.
    pub fn shown(&self) -> String {
        let part = |part: &Part| clean(&part.text).split_whitespace().collect::<Vec<_>>().join(" ");
        let text = self.parts.iter().map(part).collect::<Vec<_>>().join("/");
        let mut shown: String = text.chars().take(SHOWN).collect();
        if shown.len() < text.len() {
            shown.push('…');
        }
        shown
    }

    /// Whether it is a remark that happens to stand beside the headers: 注:只可导入同一所学校老师.
    pub fn is_remark(&self) -> bool {
        let text = spelt(&self.leaf().text);
        let colon = self.leaf().text.contains([':', '：']);
        colon && text.chars().count() > 4 && ["注", "说明", "备注", "提示"].iter().any(|word| text.starts_with(word))
    }
}
