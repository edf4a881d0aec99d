//! The first rows of a sheet, kept to look for its header.

use std::collections::BTreeSet;

use super::header::HeaderLevel;
use sheets::{Raw, Row};

/// How many rows are looked at for the header.
pub(super) const HEADER_ROWS: u32 = 30;

/// How far a group reaches to the right where its merge was lost.
const REACH: usize = 64;

/// The first rows of a sheet, looked at for a header.
#[derive(Debug, Default)]
pub struct Probe {
    pub(crate) rows: Vec<ProbeRow>,
}

/// A row that may be of a header.
#[derive(Debug)]
pub(crate) struct ProbeRow {
    pub number: u32,
    /// Texts of its own, by column.
    pub own: Vec<(u32, HeaderLevel)>,
    /// Columns that only hold the text of a merged area, and that text.
    pub filled: Vec<(u32, HeaderLevel)>,
    /// All columns with a cell of its own, in ascending order.
    pub used: Vec<u32>,
    /// Whether every cell of its own is a text: a header has no numbers and no dates.
    pub is_text: bool,
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
            let text =
                if let Raw::Text(text) = &cell.value { Some((cell.column, HeaderLevel::new(text))) } else { None };
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

    /// The text that the sheet begins with; none where its first cell is no text.
    pub(crate) fn first_text(&self) -> Option<&str> {
        let first = self.rows.first()?;
        first.own.first().filter(|(column, _)| *column == 0).map(|(_, part)| part.text.as_str())
    }
}

impl ProbeRow {
    pub(crate) fn own(&self, column: u32) -> Option<&HeaderLevel> {
        find(&self.own, column)
    }

    pub(crate) fn filled(&self, column: u32) -> Option<&HeaderLevel> {
        find(&self.filled, column)
    }

    pub(crate) fn part(&self, column: u32) -> Option<&HeaderLevel> {
        self.own(column).or_else(|| self.filled(column))
    }

    pub(crate) fn is_blank(&self, column: u32) -> bool {
        self.used.binary_search(&column).is_err() && self.filled(column).is_none()
    }

    /// The columns to the right that a merged cell reaches over.
    pub(crate) fn span(&self, column: u32) -> impl Iterator<Item = u32> {
        let text = self.own(column).map(|part| &part.text);
        (column + 1..).take_while(move |at| text.is_some() && self.filled(*at).map(|part| &part.text) == text)
    }

    /// Whether a cell stands over several columns of the row below it: merged over them, or with nothing beside it where
    /// that row has texts.
    pub(crate) fn is_group(&self, column: u32, lower: &ProbeRow) -> bool {
        let merged = self.filled(column).is_some() || self.span(column).next().is_some();
        merged || self.is_bare_group(column, lower)
    }

    pub(crate) fn is_bare_group(&self, column: u32, lower: &ProbeRow) -> bool {
        let next = column + 1;
        let below = lower.own(column).is_some() && lower.own(next).is_some();
        self.own(column).is_some() && self.is_blank(next) && below
    }

    /// The group that a column of the row below belongs to where the merges were lost: the nearest text to the left.
    pub(crate) fn group_left_of(&self, column: u32, lower: &ProbeRow) -> Option<&HeaderLevel> {
        let mut left = (0..column).rev().take(REACH);
        let near = left.find(|at| !self.is_blank(*at) || lower.own(*at).is_none())?;
        self.own(near).filter(|_| self.is_bare_group(near, lower))
    }

    /// Whether its only text stands over all the columns of a header: it is a title.
    pub(crate) fn is_title_over(&self, columns: &BTreeSet<u32>) -> bool {
        let ([(own, _)], Some(first), Some(last)) = (self.own.as_slice(), columns.first(), columns.last()) else {
            return false;
        };
        own <= first && (self.filled.is_empty() || self.filled(*last).is_some())
    }
}

fn find(cells: &[(u32, HeaderLevel)], column: u32) -> Option<&HeaderLevel> {
    let at = cells.binary_search_by_key(&column, |(at, _)| *at).ok()?;
    cells.get(at).map(|(_, part)| part)
}
