//! The values of an input as they are written into its copy.

use std::borrow::Cow;

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use crate::model::{Masked, RawText};
use crate::report::sheet::clean;

pub(super) struct Values<'c> {
    pub(super) sheet: &'c mut Worksheet,
    /// The formats of the columns: a cell that is to have its column's is written without one, because the writer looks a
    /// format up by all that it is made of, which costs more than writing the cell.
    pub(super) base: Vec<&'c Format>,
}

impl Values<'_> {
    /// Writes a value of the input: plain, or as a date where it is one.
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
