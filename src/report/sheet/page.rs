//! A page of the report: one sheet, written from top to bottom, set up for printing on A4.

use std::borrow::Cow;

use rust_xlsxwriter::{Chart, XlsxError};

use super::book::BookWriter;
use super::cell::PageCell;
use super::formats::Look;
use super::grid::{Grid, PADDING};
use super::paper::{self, Breaks, Paper};
use super::text::clean;
use super::width;

/// Rows that a page may have; the last rows of a sheet are left for the lines that stand below its list.
const ROWS: u32 = 1_048_000;
/// Lines that a row holds: a row is at most 409 points high, so a longer text goes on in the next row.
const LINES: usize = 24;
/// The height of all that stands below a list that is filed, in points.
const SIGNATURES: f64 = 80.0;

pub(crate) struct Page<'b> {
    grid: Grid<'b>,
    /// The first of the columns that titles and paragraphs are written over, and how many these are.
    across: (u16, u16),
    limit: u32,
    left_out: u64,
    breaks: Breaks,
    last_height: f64,
    /// Whether the row that is written next is the last one above the signatures.
    signed_below: bool,
}

impl<'b> Page<'b> {
    pub(crate) fn new(
        book: &'b mut BookWriter,
        name: &str,
        paper: Paper,
        widths: impl Into<Vec<f64>>,
    ) -> Result<Page<'b>, XlsxError> {
        let widths = widths.into();
        let sheet = book.workbook.add_worksheet();
        sheet.set_name(name)?;
        paper::set_up(sheet, paper);
        if paper != Paper::Portrait {
            sheet.set_header(&book.header);
        }
        let breaks = Breaks::new(paper, &widths);
        let across = (0, u16::try_from(widths.len()).unwrap_or(1));
        let grid = Grid::new(sheet, widths)?;
        Ok(Page { grid, across, limit: ROWS, left_out: 0, breaks, last_height: 0.0, signed_below: false })
    }

    /// A table across the paper, below its title.
    pub(crate) fn titled(
        book: &'b mut BookWriter,
        name: &str,
        title: &str,
        widths: impl Into<Vec<f64>>,
    ) -> Result<Page<'b>, XlsxError> {
        let mut page = Page::new(book, name, Paper::Landscape, widths)?;
        page.title(title)?;
        Ok(page)
    }

    #[cfg(test)]
    pub(crate) fn limited(self, limit: u32) -> Page<'b> {
        Page { limit, ..self }
    }

    /// Prints so many columns on each page, beside the first ones. Titles stand over those of the first page that are not repeated.
    pub(crate) fn part_columns(&mut self, first: u16, each: u16) -> Result<(), XlsxError> {
        let ends: Vec<u32> = (first + each..self.grid.columns()).step_by(each.max(1).into()).map(u32::from).collect();
        self.grid.sheet.set_vertical_page_breaks(&ends)?;
        self.grid.sheet.set_repeat_columns(0, first.saturating_sub(1))?;
        self.across = (first, self.grid.columns().saturating_sub(first).min(each));
        Ok(())
    }

    pub(crate) fn name(&self) -> String {
        self.grid.sheet.name()
    }

    /// The row that is written next, from 0.
    pub(crate) fn next(&self) -> u32 {
        self.grid.next
    }

    /// The row of a table that is written next, from 0. `None` when the sheet has no room for it.
    pub(crate) fn free_row(&self) -> Option<u32> {
        Some(self.grid.next).filter(|next| *next < self.limit)
    }

    pub(crate) fn title(&mut self, text: &str) -> Result<(), XlsxError> {
        self.across(text, Look::Title, 4.0)
    }

    pub(crate) fn line(&mut self, text: &str, look: Look) -> Result<(), XlsxError> {
        self.across(text, look, 8.0)
    }

    /// The heading of a table, which is not left behind on the page before it.
    pub(crate) fn heading(&mut self, text: &str) -> Result<(), XlsxError> {
        self.keep(100.0);
        self.line(text, Look::Heading)
    }

    pub(crate) fn group(&mut self, text: &str) -> Result<(), XlsxError> {
        self.keep(70.0);
        self.across(text, Look::Group, PADDING)
    }

    pub(crate) fn skip(&mut self) {
        self.gap(13.5);
    }

    pub(crate) fn gap(&mut self, height: f64) {
        // A row number is in bounds here, so the height is always taken.
        let _ = self.grid.sheet.set_row_height(self.grid.next, height);
        self.advance(height);
    }

    /// Begins a new printed page where so many points no longer fit on this one.
    pub(crate) fn keep(&mut self, height: f64) {
        self.breaks.keep(self.grid.next, height);
    }

    /// The row that is written next goes with the signatures, so that these do not stand on a page of their own.
    pub(crate) fn sign_below(&mut self) {
        self.signed_below = true;
    }

    pub(crate) fn head<'t>(&mut self, titles: impl IntoIterator<Item = &'t str>) -> Result<(), XlsxError> {
        let cells: Vec<PageCell> = titles.into_iter().map(PageCell::head).collect();
        self.row(&cells)
    }

    /// The head of the page's one list: it stays in sight, and is repeated on every printed page.
    pub(crate) fn list_head<'t>(
        &mut self,
        titles: impl IntoIterator<Item = &'t str>,
        frozen_columns: u16,
    ) -> Result<(), XlsxError> {
        self.head(titles)?;
        self.keep_in_sight(self.grid.next.saturating_sub(1), frozen_columns)
    }

    /// Freezes and repeats the row that was just written.
    pub(crate) fn keep_in_sight(&mut self, row: u32, frozen_columns: u16) -> Result<(), XlsxError> {
        self.grid.sheet.set_freeze_panes(row + 1, frozen_columns)?;
        self.grid.sheet.set_repeat_rows(row, row)?;
        self.breaks.repeat(self.last_height);
        Ok(())
    }

    /// Puts filters on a list from its head to the last row written.
    pub(crate) fn filter(&mut self, head: u32) -> Result<(), XlsxError> {
        let last = self.grid.next.saturating_sub(1);
        if last > head {
            self.grid.sheet.autofilter(head, 0, last, self.grid.columns().saturating_sub(1))?;
        }
        Ok(())
    }

    /// A row of a table. Rows that the sheet has no room for are counted.
    pub(crate) fn row(&mut self, cells: &[PageCell]) -> Result<(), XlsxError> {
        self.tall_row(cells, 0.0)
    }

    /// The same, at least so many points high, for a pen. A text that is too long for a row goes on in the next.
    pub(crate) fn tall_row(&mut self, cells: &[PageCell], least: f64) -> Result<(), XlsxError> {
        if self.grid.next >= self.limit {
            self.left_out += 1;
            return Ok(());
        }
        let texts: Vec<Cow<str>> = cells.iter().map(|cell| cell.shown()).collect();
        let mut column = 0;
        let mut parted: Vec<Vec<&str>> = Vec::new();
        for (cell, text) in cells.iter().zip(&texts) {
            parted.push(width::pieces(text, self.grid.room(column, cell.span, cell.look), LINES));
            column += cell.span;
        }
        let parts = parted.iter().map(Vec::len).max().unwrap_or(1);
        for part in 0..parts {
            let height = self.grid.part_of_row(cells, &parted, part, least)?;
            self.advance(height);
        }
        Ok(())
    }

    /// A chart over the whole width, in a row of its own so that no page ends within it.
    pub(crate) fn chart(&mut self, chart: &mut Chart, height: f64) -> Result<(), XlsxError> {
        self.keep(height);
        let inside = |pixels: f64| (pixels - 12.0).max(1.0) as u32;
        chart.set_width(inside(paper::pixels(&self.grid.widths))).set_height(inside(height * 96.0 / 72.0));
        self.grid.sheet.set_row_height(self.grid.next, height)?;
        self.grid.sheet.insert_chart_with_offset(self.grid.next, 0, chart, 6, 6)?;
        self.advance(height);
        Ok(())
    }

    /// Says what was left out for want of room, and closes the page: what is printed ends here.
    pub(crate) fn finish(&mut self) -> Result<(), XlsxError> {
        self.say_what_is_left_out()?;
        self.grid.finish()?;
        let last = self.grid.next.saturating_sub(1);
        self.grid.sheet.set_print_area(0, 0, last, self.grid.columns().saturating_sub(1))?;
        self.breaks.set(self.grid.sheet)
    }

    /// The same for a list that is filed: it ends with the lines that the unit and the inspectors sign.
    pub(crate) fn finish_signed(&mut self) -> Result<(), XlsxError> {
        self.say_what_is_left_out()?;
        self.keep(SIGNATURES);
        self.skip();
        let gap = "\u{3000}".repeat(5);
        let day = "\u{3000}\u{3000}\u{3000}年\u{3000}\u{3000}月\u{3000}\u{3000}日";
        let unit = format!("填报单位　填报人：{gap}审核人：{gap}单位负责人（签字）：{gap}\u{3000}（公章）{day}");
        let inspectors = format!("督导组　　检查人：{gap}复核人：{gap}督导组长（签字）：{gap}\u{3000}　日期：{day}");
        // One row, which no program parts, with a line between for the pen.
        self.across(&format!("{unit}\n\n{inspectors}"), Look::Sign, 16.0)?;
        self.finish()
    }

    fn say_what_is_left_out(&mut self) -> Result<(), XlsxError> {
        match std::mem::take(&mut self.left_out) {
            0 => Ok(()),
            left_out => self.line(&format!("另有{left_out}行因超过工作表的行数上限未列出"), Look::Lead),
        }
    }

    fn across(&mut self, text: &str, look: Look, padding: f64) -> Result<(), XlsxError> {
        let text = clean(text);
        let (first, span) = self.across;
        for piece in width::pieces(&text, self.grid.room(first, span, look), LINES - 3) {
            let height = self.grid.height_of(piece, first, span, look) - PADDING + padding;
            self.grid.put(first, span, piece, look)?;
            self.grid.sheet.set_row_height(self.grid.next, height)?;
            self.advance(height);
        }
        Ok(())
    }

    fn advance(&mut self, height: f64) {
        if std::mem::take(&mut self.signed_below) {
            self.keep(height + SIGNATURES);
        }
        self.breaks.add(height);
        self.last_height = height;
        self.grid.next += 1;
    }
}
