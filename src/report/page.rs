//! A page of the report: one sheet, written from top to bottom, set up for printing on A4.

use std::borrow::Cow;

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::formats::{Formats, Look};
use super::{Book, width};
use crate::model::mask;

/// Rows that a page may have; the last rows of a sheet are left for the line that says what was left out.
const ROWS: u32 = 1_048_000;
/// Characters that a cell may hold.
const CHARACTERS: usize = 32_767;
const CUT: &str = "…（内容过长，已截断）";
/// The height of a line of 宋体 11 in points, with room for fonts that stand in for it.
const LINE: f64 = 16.0;
const TALLEST: f64 = 409.0;
const MILLIMETRE: f64 = 1.0 / 25.4;

/// A cell of a row, over one column or more.
pub(super) struct Cell<'a> {
    value: Value<'a>,
    look: Look,
    span: u16,
}

enum Value<'a> {
    Text(Cow<'a, str>),
    /// A text that the program made itself, in which long digits are not personal.
    Digest(&'a str),
    Number(f64),
}

impl<'a> Cell<'a> {
    pub(super) fn new(text: impl Into<Cow<'a, str>>, look: Look) -> Cell<'a> {
        Cell { value: Value::Text(text.into()), look, span: 1 }
    }

    pub(super) fn text(text: impl Into<Cow<'a, str>>) -> Cell<'a> {
        Cell::new(text, Look::Text)
    }

    pub(super) fn centre(text: impl Into<Cow<'a, str>>) -> Cell<'a> {
        Cell::new(text, Look::Centre)
    }

    /// A cell for a pen.
    pub(super) fn blank() -> Cell<'a> {
        Cell::text("")
    }

    pub(super) fn count(count: impl Into<u64>) -> Cell<'a> {
        let count: u64 = count.into();
        Cell { value: Value::Number(count as f64), look: Look::Centre, span: 1 }
    }

    /// A SHA-256.
    pub(super) fn digest(digest: &'a str) -> Cell<'a> {
        Cell { value: Value::Digest(digest), look: Look::Text, span: 1 }
    }

    pub(super) fn look(self, look: Look) -> Cell<'a> {
        Cell { look, ..self }
    }

    pub(super) fn over(self, span: u16) -> Cell<'a> {
        Cell { span, ..self }
    }
}

/// Which way the paper lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Paper {
    Portrait,
    Landscape,
}

/// A sheet that is being written.
pub(super) struct Page<'b> {
    sheet: &'b mut Worksheet,
    formats: &'b Formats,
    widths: Vec<f64>,
    next: u32,
    limit: u32,
    left_out: u64,
}

impl<'b> Page<'b> {
    /// A new sheet at the end of the book, with these columns.
    pub(super) fn new(
        book: &'b mut Book,
        name: &str,
        paper: Paper,
        widths: impl Into<Vec<f64>>,
    ) -> Result<Page<'b>, XlsxError> {
        let widths = widths.into();
        let sheet = book.workbook.add_worksheet();
        sheet.set_name(name)?;
        set_up(sheet, paper);
        for (column, width) in (0..).zip(&widths) {
            sheet.set_column_width(column, *width)?;
        }
        Ok(Page { sheet, formats: &book.formats, widths, next: 0, limit: ROWS, left_out: 0 })
    }

    #[cfg(test)]
    pub(super) fn limited(self, limit: u32) -> Page<'b> {
        Page { limit, ..self }
    }

    /// The row that is written next, from 0.
    pub(super) fn next(&self) -> u32 {
        self.next
    }

    /// The title, over the whole width.
    pub(super) fn title(&mut self, text: &str) -> Result<(), XlsxError> {
        self.across(text, Look::Title, 34.0)
    }

    /// A paragraph over the whole width.
    pub(super) fn line(&mut self, text: &str, look: Look) -> Result<(), XlsxError> {
        let height = self.height_of(text, 0, self.columns(), look) + 8.0;
        self.across(text, look, height)
    }

    pub(super) fn skip(&mut self) {
        self.next += 1;
    }

    /// The head of a table.
    pub(super) fn head(&mut self, titles: &[&str]) -> Result<(), XlsxError> {
        let cells: Vec<Cell> = titles.iter().map(|title| Cell::new(*title, Look::Head)).collect();
        self.row(&cells)
    }

    /// The head of the page's one list: it stays in sight, and is repeated on every printed page.
    pub(super) fn list_head(&mut self, titles: &[&str], frozen_columns: u16) -> Result<(), XlsxError> {
        self.head(titles)?;
        self.keep_in_sight(self.next - 1, frozen_columns)
    }

    /// Freezes and repeats a row that was written.
    pub(super) fn keep_in_sight(&mut self, row: u32, frozen_columns: u16) -> Result<(), XlsxError> {
        self.sheet.set_freeze_panes(row + 1, frozen_columns)?;
        self.sheet.set_repeat_rows(row, row)?;
        Ok(())
    }

    /// Puts filters on a list from its head to the last row written.
    pub(super) fn filter(&mut self, head: u32) -> Result<(), XlsxError> {
        let last = self.next.saturating_sub(1);
        if last > head {
            self.sheet.autofilter(head, 0, last, self.columns().saturating_sub(1))?;
        }
        Ok(())
    }

    /// A row of a table. Rows that the sheet has no room for are counted.
    pub(super) fn row(&mut self, cells: &[Cell]) -> Result<(), XlsxError> {
        if self.next >= self.limit {
            self.left_out += 1;
            return Ok(());
        }
        let (mut column, mut height) = (0, LINE + 4.0);
        for cell in cells {
            let text = cell_text(&cell.value);
            height = self.height_of(&text, column, cell.span, cell.look).max(height);
            match cell.value {
                Value::Number(number) => {
                    self.sheet.write_number_with_format(self.next, column, number, self.formats.of(cell.look))?;
                }
                Value::Text(_) | Value::Digest(_) => self.put(column, cell.span, &text, cell.look)?,
            }
            column += cell.span;
        }
        self.sheet.set_row_height(self.next, (height + 4.0).min(TALLEST))?;
        self.next += 1;
        Ok(())
    }

    /// Says what was left out for want of room.
    pub(super) fn finish(&mut self) -> Result<(), XlsxError> {
        if self.left_out == 0 {
            return Ok(());
        }
        let text = format!("另有{}行因超过工作表的行数上限未列出", self.left_out);
        self.line(&text, Look::Lead)
    }

    /// Where the unit signs. The names, the seal and the day are left to people.
    pub(super) fn sign_off(&mut self) -> Result<(), XlsxError> {
        self.skip();
        let gap = "\u{3000}".repeat(6);
        self.across(&format!("填报人：{gap}审核人：{gap}单位负责人（签字）：{gap}（公章）"), Look::Sign, LINE + 14.0)?;
        self.across("日期：\u{3000}\u{3000}\u{3000}年\u{3000}\u{3000}月\u{3000}\u{3000}日", Look::Sign, LINE + 14.0)
    }

    fn columns(&self) -> u16 {
        u16::try_from(self.widths.len()).unwrap_or(1)
    }

    fn across(&mut self, text: &str, look: Look, height: f64) -> Result<(), XlsxError> {
        let text = clean(text);
        self.put(0, self.columns(), &text, look)?;
        self.sheet.set_row_height(self.next, height.min(TALLEST))?;
        self.next += 1;
        Ok(())
    }

    fn put(&mut self, column: u16, span: u16, text: &str, look: Look) -> Result<(), XlsxError> {
        let format: &Format = self.formats.of(look);
        if span > 1 {
            self.sheet.merge_range(self.next, column, self.next, column + span - 1, text, format)?;
        } else {
            self.sheet.write_string_with_format(self.next, column, text, format)?;
        }
        Ok(())
    }

    /// The height of a text in the columns that it is written over.
    fn height_of(&self, text: &str, column: u16, span: u16, look: Look) -> f64 {
        let width: f64 = self.widths.iter().skip(column.into()).take(span.into()).sum();
        // A little is lost at the edges of a cell, and more where the type is bold or larger.
        let room = match look {
            Look::Lead | Look::Heading => width * 0.85 - 1.0,
            Look::Head | Look::Total | Look::Unmet => width * 0.95 - 1.0,
            Look::Title | Look::Line | Look::Sign | Look::Text | Look::Centre => width - 1.0,
            Look::Met | Look::Review | Look::Quiet => width - 1.0,
        };
        width::lines(text, room.max(2.0) as usize) as f64 * LINE
    }
}

fn cell_text<'a>(value: &'a Value) -> Cow<'a, str> {
    match value {
        Value::Text(text) => clean(text),
        Value::Digest(text) => Cow::Borrowed(text),
        Value::Number(_) => Cow::Borrowed(""),
    }
}

/// A text as it may stand in a workbook: masked, without characters that XML forbids, cut to what a cell holds.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    let forbidden = |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{fffe}' | '\u{ffff}');
    let text = mask(text);
    let text = if text.contains(forbidden) { Cow::Owned(text.replace(forbidden, " ")) } else { text };
    if text.len() <= CHARACTERS || text.encode_utf16().count() <= CHARACTERS {
        return text;
    }
    let mut used = CUT.encode_utf16().count();
    let kept: String = text
        .chars()
        .take_while(|character| {
            used += character.len_utf16();
            used <= CHARACTERS
        })
        .collect();
    Cow::Owned(kept + CUT)
}

/// A4, room for the binding at the left, one page wide, page numbers.
pub(super) fn set_up(sheet: &mut Worksheet, paper: Paper) {
    match paper {
        Paper::Portrait => sheet.set_portrait(),
        Paper::Landscape => sheet.set_landscape(),
    };
    sheet
        .set_paper_size(9)
        .set_margins(
            28.0 * MILLIMETRE,
            15.0 * MILLIMETRE,
            20.0 * MILLIMETRE,
            18.0 * MILLIMETRE,
            8.0 * MILLIMETRE,
            8.0 * MILLIMETRE,
        )
        .set_print_fit_to_pages(1, 0)
        .set_print_center_horizontally(true)
        .set_footer("&C第 &P 页 共 &N 页");
}
