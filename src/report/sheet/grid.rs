//! The cells of a sheet that is written row by row: what is put into them, how much fits, and how high that makes a row.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::book::LINKS;
use super::cell::{Content, PageCell};
use super::formats::Look;
use super::width;

const CONTINUED: &str = "（续）";
/// Points above and below the text of a row.
pub(super) const PADDING: f64 = 6.0;

pub(super) struct Grid<'b> {
    pub(super) sheet: &'b mut Worksheet,
    pub(super) widths: Vec<f64>,
    /// From 0.
    pub(super) next: u32,
    links: usize,
    /// By column: cells of one look below each other that are written but not formatted yet. They get their format in one
    /// step, because the writer looks a format up by all that it is made of, which costs more than writing the cell.
    runs: BTreeMap<u16, LookRun>,
}

#[derive(Clone, Copy)]
struct LookRun {
    look: Look,
    /// Rows from 0, both included.
    first: u32,
    last: u32,
}

impl LookRun {
    fn format(self, sheet: &mut Worksheet, column: u16) -> Result<(), XlsxError> {
        sheet.set_range_format(self.first, column, self.last, column, &self.look.format())?;
        Ok(())
    }
}

impl<'b> Grid<'b> {
    pub(super) fn new(sheet: &'b mut Worksheet, widths: Vec<f64>) -> Result<Grid<'b>, XlsxError> {
        for (column, width) in (0..).zip(&widths) {
            sheet.set_column_width(column, *width)?;
        }
        Ok(Grid { sheet, widths, next: 0, links: 0, runs: BTreeMap::new() })
    }

    /// Writes a part of a row of which the texts go on in the next: the pieces of each cell. Gives its height.
    pub(super) fn part_of_row(
        &mut self,
        cells: &[PageCell],
        parted: &[Vec<&str>],
        part: usize,
        least: f64,
    ) -> Result<f64, XlsxError> {
        let (mut column, mut height) = (0, least);
        for (cell, pieces) in cells.iter().zip(parted) {
            let piece = match pieces.get(part) {
                Some(piece) => piece,
                None if column == 0 => CONTINUED,
                None => "",
            };
            height = self.height_of(piece, column, cell.span, cell.look).max(height);
            match (&cell.value, &cell.link) {
                (Content::Number(number), _) if part == 0 => self.put_number(column, cell, *number)?,
                (Content::Text(_), Some(link)) if part == 0 && self.links < LINKS => {
                    self.put_link(column, piece, link, cell.look)?;
                }
                (Content::Number(_) | Content::Text(_) | Content::Digest(_), _) => {
                    self.put(column, cell.span, piece, cell.look)?;
                }
            }
            column += cell.span;
        }
        self.sheet.set_row_height(self.next, height)?;
        Ok(height)
    }

    pub(super) fn put(&mut self, column: u16, span: u16, text: &str, look: Look) -> Result<(), XlsxError> {
        if span > 1 {
            self.sheet.merge_range(self.next, column, self.next, column + span - 1, text, &look.format())?;
        } else if text.is_empty() && column == 0 {
            self.sheet.write_blank(self.next, column, &look.format())?;
        } else {
            // `write_string` skips an empty text; the format leaves a blank cell.
            self.sheet.write_string(self.next, column, text)?;
            self.format_later(column, look)?;
        }
        Ok(())
    }

    /// Counts the cell that was just written to the run of its column, or ends that run and begins another.
    fn format_later(&mut self, column: u16, look: Look) -> Result<(), XlsxError> {
        let row = self.next;
        let begun = LookRun { look, first: row, last: row };
        let run = self.runs.entry(column).or_insert(begun);
        if run.look == look && run.last + 1 >= row {
            run.last = row;
            return Ok(());
        }
        std::mem::replace(run, begun).format(self.sheet, column)
    }

    fn put_link(&mut self, column: u16, text: &str, link: &str, look: Look) -> Result<(), XlsxError> {
        self.links += 1;
        self.sheet.write_url_with_options(self.next, column, link, text, "", Some(&look.linked_format()))?;
        Ok(())
    }

    fn put_number(&mut self, column: u16, cell: &PageCell, number: f64) -> Result<(), XlsxError> {
        if cell.span > 1 {
            self.put(column, cell.span, "", cell.look)?;
            self.sheet.write_number_with_format(self.next, column, number, &cell.look.format())?;
            return Ok(());
        }
        self.sheet.write_number(self.next, column, number)?;
        self.format_later(column, cell.look)
    }

    pub(super) fn room(&self, column: u16, span: u16, look: Look) -> usize {
        look.room(self.widths.iter().skip(column.into()).take(span.into()).sum())
    }

    pub(super) fn height_of(&self, text: &str, column: u16, span: u16, look: Look) -> f64 {
        width::lines(text, self.room(column, span, look)) as f64 * look.line_height() + PADDING
    }

    pub(super) fn columns(&self) -> u16 {
        u16::try_from(self.widths.len()).unwrap_or(1)
    }

    pub(super) fn finish(&mut self) -> Result<(), XlsxError> {
        std::mem::take(&mut self.runs).into_iter().try_for_each(|(column, run)| run.format(self.sheet, column))
    }
}
