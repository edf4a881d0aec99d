//! The annotated copies of the input sheets: the same addresses and values, masked, with a colour and a note where a
//! finding or a defect stands. The inputs themselves are never touched.

use rust_xlsxwriter::{Color, Format, FormatAlign, Note, Worksheet, XlsxError};

use super::Book;
use super::formats::{ORANGE, RED, YELLOW, body, head};
use super::index::{Index, file_name};
use super::marks::{self, Mark, Marks, NOTES, Tint};
use super::page::clean;
use super::paper::{Paper, set_up};
use super::width;
use crate::model::{Copy, CopyRow, RawText, Sheet, mask};

/// Rows that the widths of the columns are taken from.
const SAMPLE: usize = 200;
const NARROWEST: usize = 6;
const WIDEST: usize = 40;
const NAME: usize = 31;
const NOTE_PIXELS: u32 = 320;
const NOTE_COLUMNS: usize = 44;
const LINE: f64 = 15.0;

const SHORTENED: &str = "本表行数较多，副本只保留表头和有问题的行，行号与原表相同。";

pub(super) fn write(book: &mut Book, index: &Index) -> Result<(), XlsxError> {
    let formats = CopyFormats::new();
    let empty = Copy::default();
    for (at, (mut marks, (input, sheet))) in marks::all(index).into_iter().zip(&index.sheets).enumerate() {
        let copy = index.report.audit.copies.get(at).unwrap_or(&empty);
        if copy.shortened {
            marks
                .entry((1, 0))
                .and_modify(|mark| mark.add(&SHORTENED.into()))
                .or_insert_with(|| Mark::saying(SHORTENED));
        }
        let worksheet = book.workbook.add_worksheet();
        worksheet.set_name(sheet_name(at + 1, &sheet.name))?;
        set_up(worksheet, Paper::Landscape);
        let source = format!("原表副本（已批注）：{}／{}", file_name(&input.path), sheet.name);
        worksheet.set_header(header_text(&source)).set_print_gridlines(true);
        write_copy(worksheet, &formats, sheet, copy, marks)?;
    }
    Ok(())
}

/// 原表1 活动台账: valid and unique whatever the input calls its sheet.
fn sheet_name(number: usize, name: &str) -> String {
    let name = clean(name).replace(['[', ']', ':', '*', '?', '/', '\\', '\n'], "_");
    let mut units = 0;
    let kept: String = format!("原表{number} {}", name.trim())
        .chars()
        .take_while(|character| {
            units += character.len_utf16();
            units <= NAME
        })
        .collect();
    kept.trim_end_matches(['\'', ' ']).to_string()
}

/// A page header holds 255 characters, and `&` begins a command in it.
fn header_text(source: &str) -> String {
    let text = clean(source).replace('\n', " ").replace('&', "&&");
    format!("&C{}", text.chars().take(110).collect::<String>().trim_end_matches('&'))
}

/// The formats of copied cells: plain or a date, with each tint or none, wrapped.
struct CopyFormats {
    head: Format,
    plain: [Format; 4],
    date: [Format; 4],
    wrapped: Format,
}

impl CopyFormats {
    fn new() -> CopyFormats {
        let colours = [None, Some(ORANGE), Some(YELLOW), Some(RED)];
        let tinted = |format: Format, colour: Option<Color>| match colour {
            Some(colour) => format.set_background_color(colour).set_text_wrap(),
            None => format,
        };
        let middle = || body().set_align(FormatAlign::VerticalCenter);
        CopyFormats {
            head: head(),
            plain: colours.map(|colour| tinted(middle(), colour)),
            date: colours.map(|colour| tinted(middle().set_num_format("yyyy-mm-dd"), colour)),
            wrapped: middle().set_text_wrap(),
        }
    }
}

/// The place of a tint among the formats.
fn place(tint: Option<Tint>) -> usize {
    match tint {
        None | Some(Tint::Plain) => 0,
        Some(Tint::Issue) => 1,
        Some(Tint::Review) => 2,
        Some(Tint::Unmet) => 3,
    }
}

fn write_copy(
    worksheet: &mut Worksheet,
    formats: &CopyFormats,
    sheet: &Sheet,
    copy: &Copy,
    mut marks: Marks,
) -> Result<(), XlsxError> {
    let widths = widths(copy, sheet.header_row);
    for (column, width) in (0_u16..).zip(&widths) {
        worksheet.set_column_width(column, *width as f64)?;
    }
    // A bottomless frozen pane would leave no room to scroll.
    if let Some(header) = sheet.header_row.filter(|row| (1..=12).contains(row)) {
        worksheet.set_freeze_panes(header, 0)?;
        worksheet.set_repeat_rows(header - 1, header - 1)?;
    }
    add_notes(worksheet, &marks)?;
    for row in &copy.rows {
        let is_head = sheet.header_row == Some(row.number);
        write_row(worksheet, formats, row, is_head, &widths, &mut marks)?;
    }
    // What is left stands in no row of the copy: blank cells that were looked at.
    for ((row, column), mark) in marks {
        if let Some((row, column)) = address(row, column) {
            worksheet.write_blank(row, column, &formats.plain[place(Some(mark.tint))])?;
        }
    }
    Ok(())
}

/// A cell's place in the workbook, from 0; nothing when it is beyond what a sheet holds.
fn address(row: u32, column: u32) -> Option<(u32, u16)> {
    let row = row.checked_sub(1).filter(|row| *row < 1_048_576)?;
    u16::try_from(column).ok().filter(|column| *column < 16_384).map(|column| (row, column))
}

fn add_notes(worksheet: &mut Worksheet, marks: &Marks) -> Result<(), XlsxError> {
    for ((row, column), mark) in marks.iter().take(NOTES) {
        let Some((row, column)) = address(*row, *column) else { continue };
        let said = mark.text();
        let text = clean(&said);
        let note = Note::new(text.as_ref())
            .set_author("jiaoyan")
            .add_author_prefix(false)
            .set_font_name("宋体")
            .set_font_size(9)
            .set_width(NOTE_PIXELS)
            .set_height(Mark::height(&text, NOTE_COLUMNS));
        worksheet.insert_note(row, column, &note)?;
    }
    Ok(())
}

fn write_row(
    worksheet: &mut Worksheet,
    formats: &CopyFormats,
    row: &CopyRow,
    is_head: bool,
    widths: &[usize],
    marks: &mut Marks,
) -> Result<(), XlsxError> {
    let mut lines = 1;
    for (column, value) in &row.cells {
        let Some((at, column_at)) = address(row.number, *column) else { continue };
        let tint = marks.remove(&(row.number, *column)).map(|mark| mark.tint);
        let room = widths.get(*column as usize).copied().unwrap_or(NARROWEST);
        let needed = match value {
            RawText::Text(text) => width::lines(text, room.saturating_sub(1)),
            RawText::Number(_) | RawText::Date(_) | RawText::Flag(_) | RawText::Broken => 1,
        };
        // Text over an empty neighbour is left to flow, as titles do; in a long column it is wrapped.
        let wraps = needed > 1 && room >= WIDEST;
        if wraps || tint.is_some() || is_head {
            lines = lines.max(needed);
        }
        let plain = match tint {
            None | Some(Tint::Plain) if is_head => &formats.head,
            None | Some(Tint::Plain) if wraps => &formats.wrapped,
            None | Some(_) => &formats.plain[place(tint)],
        };
        write_value(worksheet, (at, column_at), value, plain, &formats.date[place(tint)])?;
    }
    if lines > 1
        && let Some((at, _)) = address(row.number, 0)
    {
        worksheet.set_row_height(at, (lines as f64 * LINE + 4.0).min(409.0))?;
    }
    Ok(())
}

fn write_value(
    worksheet: &mut Worksheet,
    (row, column): (u32, u16),
    value: &RawText,
    plain: &Format,
    date: &Format,
) -> Result<(), XlsxError> {
    match value {
        RawText::Text(text) => worksheet.write_string_with_format(row, column, clean(text), plain)?,
        RawText::Number(number) => match personal(*number) {
            Some(masked) => worksheet.write_string_with_format(row, column, masked, plain)?,
            None => worksheet.write_number_with_format(row, column, *number, plain)?,
        },
        RawText::Date(serial) => worksheet.write_number_with_format(row, column, *serial, date)?,
        RawText::Flag(flag) => worksheet.write_boolean_with_format(row, column, *flag, plain)?,
        RawText::Broken => worksheet.write_string_with_format(row, column, "（错误值或公式没有结果）", plain)?,
    };
    Ok(())
}

/// A number that may be somebody's, as masked text: an identity or phone number stored as a number.
fn personal(number: f64) -> Option<String> {
    if number.abs() < 1e10 {
        return None;
    }
    let written = format!("{number:.0}");
    match mask(&written) {
        std::borrow::Cow::Owned(masked) if masked != written => Some(masked),
        std::borrow::Cow::Owned(_) | std::borrow::Cow::Borrowed(_) => None,
    }
}

/// The widths of the columns, from the first rows; the lines above the header are titles and say nothing of them.
fn widths(copy: &Copy, header: Option<u32>) -> Vec<usize> {
    let mut widths: Vec<usize> = Vec::new();
    let rows = copy.rows.iter().filter(|row| row.number >= header.unwrap_or(1)).take(SAMPLE);
    for (column, value) in rows.flat_map(|row| &row.cells) {
        let column = *column as usize;
        if column >= 16_384 {
            continue;
        }
        if widths.len() <= column {
            widths.resize(column + 1, NARROWEST);
        }
        widths[column] = widths[column].max(columns_of(value) + 2).min(WIDEST);
    }
    widths
}

fn columns_of(value: &RawText) -> usize {
    match value {
        RawText::Text(text) => width::of(text),
        RawText::Number(number) => number.to_string().len().min(18),
        RawText::Date(_) => 10,
        RawText::Flag(_) => 5,
        RawText::Broken => 24,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheet_names_are_valid_whatever_the_input_calls_its_sheet() {
        assert_eq!(sheet_name(1, "活动台账"), "原表1 活动台账");
        assert_eq!(sheet_name(2, "a[b]:*?/\\c'"), "原表2 a_b______c");
        assert_eq!(sheet_name(3, "\u{0}'  "), "原表3");
        assert_eq!(sheet_name(10, "13812341234"), "原表10 138____1234");
        let long = sheet_name(4, &"😀".repeat(40));
        assert_eq!(long.encode_utf16().count(), 30);
    }

    #[test]
    fn a_number_with_the_length_of_a_personal_one_is_written_masked() {
        assert_eq!(personal(13_812_341_234.0).as_deref(), Some("138****1234"));
        assert_eq!(personal(1.1010519491231e17).as_deref(), Some("11*************000"));
        assert_eq!((personal(45170.0), personal(9_876_543_210.0)), (None, None));
    }
}
