//! The template as a workbook: how to fill it in, and its sheets: headers with their notes, an example row, and rules and formats
//! for the rows below.

use rust_xlsxwriter::{
    Color, ConditionalFormatFormula, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, IgnoreError,
    Worksheet, XlsxError,
};

use super::options::{Options, validation};
use super::sheets::{Template, TemplateColumn, TemplateSheet, sheets};
use super::{forms, guide};
use crate::dictionary::FieldKind;
use crate::model::column_letters;
use crate::report::error::ReportError;
use crate::report::sheet::formats::{COLUMN_PIXELS, YELLOW, body, head};
use crate::report::sheet::{BookWriter, Paper, set_up, width};

/// The height of a row to fill in, in pixels: with room for the fonts that stand in for 宋体.
const ROW_PIXELS: u32 = 24;
const EXAMPLE: u32 = 1;
/// The rows that are ready to be filled in: two thousand, from 0.
const FIRST: u32 = 2;
const LAST: u32 = 2001;
const WIDEST: usize = 40;
const LINE: f64 = 16.0;
const GREY: Color = Color::RGB(0x7F7F7F);
/// What an example row begins with, so that it is no record.
const MARK: &str = "例：";

/// The template as the bytes of a workbook, the same for the same packs.
pub fn template(template: &Template) -> Result<Vec<u8>, ReportError> {
    made(template, &sheets(template)).map_err(ReportError::Template)
}

fn made(template: &Template, sheets: &[TemplateSheet]) -> Result<Vec<u8>, XlsxError> {
    let mut book = BookWriter::default();
    book.workbook.set_default_format(&body(), ROW_PIXELS, COLUMN_PIXELS)?;
    book.workbook.set_properties(&properties()?);
    guide::write(&mut book, template, sheets)?;
    let mut options = Options::default();
    for sheet in sheets {
        write_sheet(&mut book, sheet, &mut options)?;
    }
    options.write(&mut book)?;
    book.workbook.save_to_buffer()
}

/// A fixed day stands for the day of writing, so that the bytes do not depend on the clock; nobody is named.
fn properties() -> Result<DocProperties, XlsxError> {
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    Ok(DocProperties::new().set_title("教研员台账模板").set_author("").set_creation_datetime(&created))
}

pub(super) fn write_sheet(
    book: &mut BookWriter,
    sheet: &TemplateSheet,
    options: &mut Options,
) -> Result<(), XlsxError> {
    let worksheet = book.workbook.add_worksheet();
    worksheet.set_name(&sheet.table.sheet)?;
    set_up(worksheet, Paper::Landscape);
    worksheet.set_header("&C&14&A").set_freeze_panes(1, 0)?.set_repeat_rows(0, 0)?;
    for (at, column) in (0..).zip(&sheet.columns) {
        write_column(worksheet, at, column, options)?;
    }
    let lines = (0..).zip(&sheet.columns).map(|(at, column)| width::lines(&column.title(), room(at, column)));
    worksheet.set_row_height(0, lines.max().unwrap_or(1) as f64 * LINE + 8.0)?;
    worksheet.set_row_height(EXAMPLE, LINE + 4.0)?;
    border_filled_rows(worksheet, sheet.columns.len())
}

fn write_column(
    worksheet: &mut Worksheet,
    at: u16,
    column: &TemplateColumn,
    options: &mut Options,
) -> Result<(), XlsxError> {
    worksheet.set_column_width(at, wide(at, column))?;
    worksheet.set_column_format(at, &format(column))?;
    let head = if column.field.required { head().set_background_color(YELLOW) } else { head() };
    worksheet.write_string_with_format(0, at, column.title(), &head)?;
    worksheet.insert_note(0, at, &forms::header_note(column))?;
    write_example(worksheet, at, column)?;
    worksheet.add_data_validation(FIRST, at, LAST, at, &validation(column, options)?)?;
    if column.is_text() {
        worksheet.ignore_error_range(EXAMPLE, at, LAST, at, IgnoreError::NumberStoredAsText)?;
    }
    Ok(())
}

/// The example's cell. The first one holds a text that says what the row is.
fn write_example(worksheet: &mut Worksheet, at: u16, column: &TemplateColumn) -> Result<(), XlsxError> {
    let look = format(column).set_italic().set_font_color(GREY).set_border(FormatBorder::Thin);
    let example = column.example();
    if at == 0 {
        worksheet.write_string_with_format(EXAMPLE, at, format!("{MARK}{example}"), &look)?;
        worksheet.insert_note(EXAMPLE, at, &forms::example_note())?;
        return Ok(());
    }
    let number = example.parse::<f64>().ok().filter(|_| !column.is_text());
    if let Some(number) = number {
        worksheet.write_number_with_format(EXAMPLE, at, number, &look)?;
    } else if example.is_empty() {
        worksheet.write_blank(EXAMPLE, at, &look)?;
    } else if column.field.kind == FieldKind::Date {
        worksheet.write_datetime_with_format(EXAMPLE, at, ExcelDateTime::parse_from_str(example)?, &look)?;
    } else {
        worksheet.write_string_with_format(EXAMPLE, at, example, &look)?;
    }
    Ok(())
}

fn format(column: &TemplateColumn) -> Format {
    let format = body().set_text_wrap().set_align(FormatAlign::VerticalCenter);
    if column.field.kind == FieldKind::Date {
        format.set_num_format("yyyy-mm-dd").set_align(FormatAlign::Center)
    } else if column.is_text() {
        format.set_num_format("@")
    } else {
        format.set_align(FormatAlign::Center)
    }
}

/// The width of a column, in characters: room for what it holds and for its header on two lines.
fn wide(at: u16, column: &TemplateColumn) -> f64 {
    let held = match column.field.kind {
        FieldKind::Date | FieldKind::Code | FieldKind::Year => 12,
        FieldKind::Number | FieldKind::Flag => 8,
        FieldKind::Person | FieldKind::Figure => 10,
        FieldKind::People | FieldKind::Words(_) => 16,
        FieldKind::Texts => 14,
        FieldKind::Identity => 21,
        FieldKind::School | FieldKind::Institution => 20,
        FieldKind::Text => 22,
        FieldKind::Word(_) => column.words.iter().flatten().map(|word| width::of(word)).max().unwrap_or(0).max(6) + 3,
    };
    let header = width::of(&column.title()).div_ceil(2) + 4;
    // The first example stands behind its mark.
    let first = if at == 0 { width::of(MARK) + width::of(column.example()) + 2 } else { 0 };
    f64::from(u32::try_from(held.max(header).max(first).min(WIDEST)).unwrap_or(u32::MAX))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a width is small and positive")]
fn room(at: u16, column: &TemplateColumn) -> usize {
    (wide(at, column) * 0.95 - 1.0).max(2.0) as usize
}

/// Rows get their lines when they are filled in, so that the sheet prints as a table and no blank cell is written.
fn border_filled_rows(worksheet: &mut Worksheet, columns: usize) -> Result<(), XlsxError> {
    let last = u16::try_from(columns.saturating_sub(1)).unwrap_or(u16::MAX);
    let filled = format!("=COUNTA($A{row}:${column}{row})>0", row = FIRST + 1, column = column_letters(last.into()));
    let lines = ConditionalFormatFormula::new()
        .set_rule(filled.as_str())
        .set_format(Format::new().set_border(FormatBorder::Thin));
    worksheet.add_conditional_format(FIRST, 0, LAST, last, &lines)?;
    Ok(())
}
