//! The annotated copies of the input sheets: the same addresses and values, masked, with a colour and a note where a
//! finding or a defect stands, and what it is in a column that is added. The inputs themselves are never touched.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_xlsxwriter::XlsxError;

use super::columns::{NARROWEST, SAMPLE, WIDEST, free_column, widths};
use super::marks::{self, Marks, NOTES};
use super::opinions::{self, Opinion, Opinions};
use super::values::{CopyFormats, Values, address};
use crate::model::{Copy, CopyRow, RawText};
use crate::report::findings::{Index, file_name};
use crate::report::sheet::{BookWriter, LINKS, Listed, Paper, clean, note, set_up, width};

/// Rows that a copy holds in memory until the report is saved. A longer one goes to a temporary file row by row, where what is
/// written to a row before the last one is dropped without an error.
const HELD: usize = 20_000;
const OPINION: usize = 56;
/// The width of the column of links beside it: LibreOffice shows a text with a link in one line and cuts it off.
const LEAD: f64 = 15.0;
const LEAD_HEAD: &str = "对应清单";
const NOTE_PIXELS: u32 = 320;
const NOTE_COLUMNS: usize = 44;
const NOTE_EDGES: u32 = 24;
const LINE: f64 = 15.0;

const SHORTENED: &str = "本表行数较多，副本只保留表头、有问题的行和各项依据的前几行（最多各2000行），行号与原表相同，\
    其余的行不显示，意见见各清单；读完全表才发现问题的行只写意见，内容请看原表。";
const SHORTENED_HEAD: &str = "核查意见\n（本表行数较多，只保留表头、有问题的行和依据的前几行）";
const HEAD: &str = "核查意见";
const NO_USE: &str = "（本列与核查无关，未复制）";
const NO_HEADER: &str = "（本列没有表头，未复制）";

pub(crate) fn write(book: &mut BookWriter, index: &Index) -> Result<(), XlsxError> {
    let formats = CopyFormats::new();
    let said = marks::all(index).into_iter().zip(opinions::all(index, &book.listing));
    for ((at, (mut marks, opinions)), (input, sheet)) in (0..).zip(said).zip(&index.sheets) {
        let Some((name, copy)) = index.copy_of(at) else { continue };
        if copy.shortened {
            marks.entry((1, 0)).or_default().add(&SHORTENED.into());
        }
        if copy.withheld > 0 {
            let said = format!("本表有{}行只涉及花名册以外的人，不在副本中显示。", copy.withheld);
            marks.entry((1, 0)).or_default().add(&said.as_str().into());
        }
        let worksheet = match !copy.shortened && copy.rows.len() > HELD {
            true => book.workbook.add_worksheet_with_low_memory()?,
            false => book.workbook.add_worksheet(),
        };
        // The rows that are not kept would print as empty lines.
        worksheet.hide_unused_rows(copy.shortened);
        worksheet.set_name(name)?;
        set_up(worksheet, Paper::Landscape);
        let source = format!("原表副本（已批注）：{}／{}", file_name(&input.path), sheet.name);
        worksheet.set_header(header_text(&source)).set_print_gridlines(true);
        let (widths, column) = (widths(copy, sheet.header_row), free_column(sheet, copy, &marks));
        let header = sheet.header_row.unwrap_or(0);
        let values = Values { sheet: worksheet, base: Vec::new() };
        CopyPage { values, formats: &formats, copy, header, widths, column, marks, opinions, links: 0 }.write()?;
    }
    Ok(())
}

/// A page header holds 255 characters, and `&` begins a command in it.
fn header_text(source: &str) -> String {
    let text = clean(source).replace('\n', " ").replace('&', "&&");
    format!("&C{}", text.chars().take(110).collect::<String>().trim_end_matches('&'))
}

struct CopyPage<'c> {
    values: Values<'c>,
    formats: &'c CopyFormats,
    copy: &'c Copy,
    /// The last row of the header, from 1.
    header: u32,
    widths: Vec<usize>,
    /// The added column, where there is room for one.
    column: Option<u16>,
    marks: Marks,
    opinions: Opinions,
    links: usize,
}

impl CopyPage<'_> {
    fn write(mut self) -> Result<(), XlsxError> {
        for (column, width) in (0_u16..).zip(&self.widths) {
            self.values.sheet.set_column_width(column, *width as f64)?;
        }
        if let Some(column) = self.column {
            self.values.sheet.set_column_width(column, OPINION as f64)?;
            self.values.sheet.set_column_format(column, &self.formats.wrapped)?;
            self.values.sheet.set_column_width(column + 1, LEAD)?;
        }
        self.set_base()?;
        // A bottomless frozen pane would leave no room to scroll.
        if (1..=12).contains(&self.header) {
            self.values.sheet.set_freeze_panes(self.header, 0)?;
            self.values.sheet.set_repeat_rows(self.header - 1, self.header - 1)?;
        }
        self.add_notes()?;
        let copy = self.copy;
        for row in &copy.rows {
            self.blanks(row.number)?;
            if row.number == self.header { self.head(row)? } else { self.row(row)? }
        }
        self.blanks(u32::MAX)
    }

    fn add_notes(&mut self) -> Result<(), XlsxError> {
        for ((row, column), mark) in self.marks.iter().take(NOTES) {
            let Some((row, column)) = address(*row, *column) else { continue };
            self.values.sheet.insert_note(
                row,
                column,
                &note(&clean(&mark.text()), NOTE_PIXELS, NOTE_COLUMNS, NOTE_EDGES),
            )?;
        }
        Ok(())
    }

    fn has_cell(&self, number: u32, column: u32) -> bool {
        let row = self.copy.rows.iter().take_while(|row| row.number <= number).find(|row| row.number == number);
        row.is_some_and(|row| row.cells.iter().any(|(at, _)| *at == column))
    }

    /// The header, with the added column and a remark at each column that is not copied.
    fn head(&mut self, row: &CopyRow) -> Result<(), XlsxError> {
        let mut cells: BTreeMap<u32, RawText> = row.cells.iter().cloned().collect();
        for column in &self.copy.uncopied {
            match cells.get_mut(column) {
                Some(RawText::Text(text)) => *text = Arc::from(format!("{text}\n{NO_USE}")),
                Some(RawText::Number(_) | RawText::Date(_) | RawText::Flag(_) | RawText::Broken) => {}
                // In a header of two rows it may stand in the upper one.
                None => {
                    let said = if self.has_cell(row.number.saturating_sub(1), *column) { NO_USE } else { NO_HEADER };
                    cells.insert(*column, RawText::Text(Arc::from(said)));
                }
            }
        }
        if let Some(column) = self.column {
            let head = if self.copy.shortened { SHORTENED_HEAD } else { HEAD };
            cells.insert(column.into(), RawText::Text(Arc::from(head)));
            cells.insert(u32::from(column) + 1, RawText::Text(Arc::from(LEAD_HEAD)));
        }
        self.row(&CopyRow { number: row.number, cells: cells.into_iter().collect() })
    }

    fn row(&mut self, row: &CopyRow) -> Result<(), XlsxError> {
        let is_head = row.number == self.header;
        let mut lines = 1;
        for (column, value) in &row.cells {
            let Some(at) = address(row.number, *column) else { continue };
            let tint = self.marks.remove(&(row.number, *column)).map(|mark| mark.tint);
            let needed = self.lines_of(*column, value);
            // Text over an empty neighbour is left to flow, as titles do; in a record it is wrapped.
            let is_record = row.number > self.header && row.cells.len() > 1;
            let wraps = needed > 1 && (is_record || self.room(*column) >= WIDEST);
            if wraps || tint.is_some() || is_head {
                lines = lines.max(needed);
            }
            let plain = match tint {
                None | Some(marks::Tint::Plain) if is_head => &self.formats.head,
                None | Some(marks::Tint::Plain) if wraps => &self.formats.wrapped,
                None | Some(_) => self.formats.plain(tint),
            };
            self.values.write(at, value, plain, self.formats.date(tint))?;
        }
        self.blank_cells(row.number)?;
        if row.number > self.header
            && let Some(opinion) = self.opinions.remove(&row.number)
        {
            lines = lines.max(self.opinion(row.number, &opinion)?);
        }
        self.set_height(row.number, lines)
    }

    /// Writes what is said of a row. Gives the lines that it takes.
    fn opinion(&mut self, row: u32, opinion: &Opinion) -> Result<usize, XlsxError> {
        let at = self.column.and_then(|column| address(row, column.into()));
        let Some((row, column)) = at else { return Ok(1) };
        let said = opinion.text();
        let text = clean(&said);
        self.values.sheet.write_string(row, column, text.as_ref())?;
        if let Some(Listed { code, link }) = opinion.link.as_ref().filter(|_| self.links < LINKS) {
            self.links += 1;
            let format = Some(&self.formats.opinion_link);
            self.values.sheet.write_url_with_options(row, column + 1, link.as_ref(), code.as_ref(), "", format)?;
        }
        // The fonts that stand in for 宋体 are wider.
        Ok(width::lines(&text, OPINION - 8))
    }

    /// What is said of rows before this one that stand nowhere in the copy, because they are blank: row by row, in order.
    fn blanks(&mut self, end: u32) -> Result<(), XlsxError> {
        loop {
            let marked = self.marks.first_key_value().map(|((row, _), _)| *row);
            let judged = self.opinions.first_key_value().map(|(row, _)| *row);
            let Some(row) = marked.into_iter().chain(judged).min().filter(|row| *row < end) else { return Ok(()) };
            self.blank_cells(row)?;
            if let Some(opinion) = self.opinions.remove(&row)
                && row > self.header
            {
                let lines = self.opinion(row, &opinion)?;
                self.set_height(row, lines)?;
            }
        }
    }

    fn blank_cells(&mut self, row: u32) -> Result<(), XlsxError> {
        while let Some(entry) = self.marks.first_entry()
            && entry.key().0 == row
        {
            let ((row, column), mark) = entry.remove_entry();
            if let Some((row, column)) = address(row, column) {
                self.values.sheet.write_blank(row, column, self.formats.plain(Some(mark.tint)))?;
            }
        }
        Ok(())
    }

    /// Gives each column the format that most of its cells have, as far as the first records show.
    fn set_base(&mut self) -> Result<(), XlsxError> {
        let records = self.copy.rows.iter().filter(|row| row.number > self.header).take(SAMPLE);
        let mut kinds = vec![[0_usize; 3]; self.widths.len()];
        for (column, value) in records.flat_map(|row| &row.cells) {
            let wraps = usize::from(self.lines_of(*column, value) > 1);
            let kind = if matches!(value, RawText::Date(_)) { 2 } else { wraps };
            if let Some(counts) = kinds.get_mut(*column as usize) {
                counts[kind] += 1;
            }
        }
        for (column, [plain, wrapped, date]) in (0_u16..).zip(kinds) {
            let format = match plain.max(wrapped).max(date) {
                most if most == plain => self.formats.plain(None),
                most if most == wrapped => &self.formats.wrapped,
                _ => self.formats.date(None),
            };
            self.values.sheet.set_column_format(column, format)?;
            self.values.base.push(format);
        }
        Ok(())
    }

    fn set_height(&mut self, row: u32, lines: usize) -> Result<(), XlsxError> {
        if lines > 1
            && let Some((at, _)) = address(row, 0)
        {
            self.values.sheet.set_row_height(at, (lines as f64 * LINE + 4.0).min(409.0))?;
        }
        Ok(())
    }

    fn room(&self, column: u32) -> usize {
        match self.column.map(u32::from) {
            Some(own) if own == column => OPINION,
            Some(own) if own + 1 == column => LEAD as usize,
            Some(_) | None => self.widths.get(column as usize).copied().unwrap_or(NARROWEST),
        }
    }

    fn lines_of(&self, column: u32, value: &RawText) -> usize {
        match value {
            RawText::Text(text) => width::lines(text, self.room(column).saturating_sub(1)),
            RawText::Number(_) | RawText::Date(_) | RawText::Flag(_) | RawText::Broken => 1,
        }
    }
}
