//! The values of an input as its copy shows them: plain or as a date, in the colour of what is said of them.

use std::borrow::Cow;

use rust_xlsxwriter::{Color, Format, FormatAlign, Worksheet, XlsxError};

use super::marks::Tint;
use crate::model::{Masked, RawText};
use crate::report::sheet::clean;
use crate::report::sheet::formats::{ORANGE, RED, YELLOW, body, head, linked};

pub(super) struct Values<'c> {
    pub(super) sheet: &'c mut Worksheet,
    /// The formats of the columns: a cell that is to have its column's is written without one, because the writer looks a
    /// format up by all that it is made of, which costs more than writing the cell.
    pub(super) base: Vec<&'c Format>,
}

impl Values<'_> {
    pub(super) fn write(
        &mut self,
        at: (u32, u16),
        value: &RawText,
        plain: &Format,
        date: &Format,
    ) -> Result<(), XlsxError> {
        let text = match value {
            RawText::Text(text) => clean(text),
            RawText::Number(number) => match Masked::number(*number) {
                Some(masked) => Cow::Owned(masked.to_string()),
                None => return self.number(at, *number, plain),
            },
            RawText::Date(serial) => return self.number(at, *serial, date),
            RawText::Flag(flag) => {
                self.sheet.write_boolean_with_format(at.0, at.1, *flag, plain)?;
                return Ok(());
            }
            RawText::Broken => Cow::Borrowed("（错误值或公式没有结果）"),
        };
        // Without a format nothing would be written of an empty text.
        if self.is_base(at.1, plain) && !text.is_empty() {
            self.sheet.write_string(at.0, at.1, text)?;
        } else {
            self.sheet.write_string_with_format(at.0, at.1, text, plain)?;
        }
        Ok(())
    }

    fn number(&mut self, (row, column): (u32, u16), number: f64, format: &Format) -> Result<(), XlsxError> {
        if self.is_base(column, format) {
            self.sheet.write_number(row, column, number)?;
        } else {
            self.sheet.write_number_with_format(row, column, number, format)?;
        }
        Ok(())
    }

    fn is_base(&self, column: u16, format: &Format) -> bool {
        self.base.get(usize::from(column)).is_some_and(|base| std::ptr::eq(*base, format))
    }
}

/// A cell's place in the workbook, from 0; nothing when it is beyond what a sheet holds.
pub(super) fn address(row: u32, column: u32) -> Option<(u32, u16)> {
    let row = row.checked_sub(1).filter(|row| *row < 1_048_576)?;
    u16::try_from(column).ok().filter(|column| *column < 16_384).map(|column| (row, column))
}

/// The formats of copied cells: plain or a date, with each tint or none, wrapped.
pub(crate) struct CopyFormats {
    pub(crate) head: Format,
    /// By tint; a remark is as plain as no tint.
    plain: [Format; 4],
    date: [Format; 4],
    pub(crate) wrapped: Format,
    /// What is said of a row, with a link to the list.
    pub(crate) opinion_link: Format,
}

impl CopyFormats {
    pub(crate) fn new() -> CopyFormats {
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
            opinion_link: linked(middle().set_text_wrap()),
        }
    }

    pub(crate) fn plain(&self, tint: Option<Tint>) -> &Format {
        &self.plain[tint.map_or(0, |tint| tint as usize)]
    }

    pub(crate) fn date(&self, tint: Option<Tint>) -> &Format {
        &self.date[tint.map_or(0, |tint| tint as usize)]
    }
}
