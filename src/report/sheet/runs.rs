//! Gives cells of one look below each other their format in one step: the writer looks a format up by all that it is made
//! of, which costs more than writing the cell.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::formats::Look;

/// The runs of cells of one look that are written but not formatted yet, by their column.
#[derive(Debug, Default)]
pub(crate) struct Runs(Vec<Option<LookRun>>);

#[derive(Clone, Copy, Debug)]
struct LookRun {
    look: Look,
    /// Rows from 0, both included.
    first: u32,
    last: u32,
}

impl Runs {
    /// A cell was written without a format. Its row comes after those of its column that were added before.
    pub(crate) fn add(
        &mut self,
        sheet: &mut Worksheet,
        (row, column): (u32, u16),
        look: Look,
    ) -> Result<(), XlsxError> {
        let at = usize::from(column);
        if self.0.len() <= at {
            self.0.resize(at + 1, None);
        }
        let Some(place) = self.0.get_mut(at) else { return Ok(()) };
        if let Some(run) = place
            && run.look == look
            && run.last + 1 == row
        {
            run.last = row;
            return Ok(());
        }
        match place.replace(LookRun { look, first: row, last: row }) {
            Some(ended) => ended.format(sheet, column),
            None => Ok(()),
        }
    }

    /// Formats what is left.
    pub(crate) fn finish(&mut self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        for (column, run) in (0_u16..).zip(std::mem::take(&mut self.0)) {
            run.map_or(Ok(()), |run| run.format(sheet, column))?;
        }
        Ok(())
    }
}

impl LookRun {
    fn format(self, sheet: &mut Worksheet, column: u16) -> Result<(), XlsxError> {
        sheet.set_range_format(self.first, column, self.last, column, &self.look.format())?;
        Ok(())
    }
}
