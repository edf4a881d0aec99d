//! The paper that a page is printed on: margins, header and footer, and where its printed pages end.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::formats::BODY_FONT;

const MILLIMETRE: f64 = 1.0 / 25.4;
const POINTS_PER_MILLIMETRE: f64 = 72.0 / 25.4;
const PIXELS_PER_MILLIMETRE: f64 = 96.0 / 25.4;
/// The pixels of a half character of 宋体 11, and of a column's edges.
const CHARACTER: f64 = 8.0;
const EDGES: f64 = 5.0;
/// A table is printed no smaller than this where its columns can be parted; its type is then some 9 points.
const SMALLEST: f64 = 0.85;
/// A wide table is printed at this size: smaller than the one above, for programs whose fonts make columns wider.
const BESIDE: f64 = 0.78;
/// The sizes of paper, as spreadsheet programs number them.
const A4: u8 = 9;
const A3: u8 = 8;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Paper {
    /// Upright, for the cover, with the margins of an official document (GB/T 9704): 37, 35, 28 and 26 mm.
    Portrait,
    /// Across, for tables, with room at the top, which is where such pages are bound.
    Landscape,
    /// Across on A3, for tables of many columns: at one size, side by side on as many pages as they take.
    Wide,
}

impl Paper {
    /// The margins at the left, right, top and bottom, and where header and footer begin, in millimetres.
    fn margins(self) -> [f64; 6] {
        match self {
            Paper::Portrait => [28.0, 26.0, 37.0, 35.0, 15.0, 25.0],
            Paper::Landscape | Paper::Wide => [15.0, 15.0, 28.0, 20.0, 18.0, 10.0],
        }
    }

    fn within(self) -> (f64, f64) {
        let [left, right, top, bottom, ..] = self.margins();
        let (width, height) = match self {
            Paper::Portrait => (210.0, 297.0),
            Paper::Landscape => (297.0, 210.0),
            Paper::Wide => (420.0, 297.0),
        };
        (width - left - right, height - top - bottom)
    }

    /// How much columns of these widths are made smaller to be printed beside each other.
    fn scale(self, widths: &[f64]) -> f64 {
        match self {
            Paper::Portrait | Paper::Landscape => {
                (self.within().0 * PIXELS_PER_MILLIMETRE / pixels(widths)).clamp(0.1, 1.0)
            }
            Paper::Wide => BESIDE,
        }
    }

    /// How many columns of a width fit beside others before the type becomes too small; at least one.
    pub(crate) fn columns_beside(self, others: &[f64], width: f64) -> usize {
        let room = self.within().0 * PIXELS_PER_MILLIMETRE / SMALLEST - pixels(others);
        ((room / pixels(&[width])).floor() as usize).max(1)
    }
}

pub(crate) fn pixels(widths: &[f64]) -> f64 {
    widths.iter().map(|width| width * CHARACTER + EDGES).sum()
}

pub(crate) fn set_up(sheet: &mut Worksheet, paper: Paper) {
    let [left, right, top, bottom, header, footer] = paper.margins().map(|millimetres| millimetres * MILLIMETRE);
    // The cover is one page; a table is one page wide and as many long as it takes.
    match paper {
        Paper::Portrait => sheet.set_portrait().set_paper_size(A4).set_print_fit_to_pages(1, 1),
        Paper::Landscape => sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0),
        Paper::Wide => sheet.set_landscape().set_paper_size(A3).set_print_scale((BESIDE * 100.0) as u16),
    };
    sheet
        .set_margins(left, right, top, bottom, header, footer)
        .set_print_center_horizontally(true)
        .set_footer(format!("&C&\"{BODY_FONT}\"&10第 &P 页 共 &N 页"));
}

/// Where the printed pages of a sheet end, as far as the heights of rows say: breaks before what should not be parted.
pub(crate) struct Breaks {
    capacity: f64,
    used: f64,
    /// The height of the rows that are repeated on every page.
    repeated: f64,
    before: Vec<u32>,
}

impl Breaks {
    pub(crate) fn new(paper: Paper, widths: &[f64]) -> Breaks {
        let capacity = paper.within().1 * POINTS_PER_MILLIMETRE / paper.scale(widths);
        Breaks { capacity, used: 0.0, repeated: 0.0, before: Vec::new() }
    }

    pub(crate) fn add(&mut self, height: f64) {
        self.used = if self.used + height > self.capacity { self.repeated + height } else { self.used + height };
    }

    pub(crate) fn repeat(&mut self, height: f64) {
        self.repeated = height;
    }

    /// Begins a new page before a row where what follows would not fit on this one, but would on a new one.
    pub(crate) fn keep(&mut self, row: u32, height: f64) {
        let fits_new = self.repeated + height <= self.capacity;
        if row > 0 && self.used + height > self.capacity && fits_new {
            self.before.push(row);
            self.used = self.repeated;
        }
    }

    pub(crate) fn set(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        if !self.before.is_empty() {
            sheet.set_page_breaks(&self.before)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_that_would_be_parted_begins_a_page_and_one_that_fits_does_not() {
        // 162 mm are 459.2 points.
        let mut breaks = Breaks::new(Paper::Landscape, &[20.0]);
        breaks.add(300.0);
        breaks.keep(1, 150.0);
        breaks.add(150.0);
        breaks.keep(2, 20.0);
        breaks.repeat(30.0);
        breaks.add(400.0);
        breaks.keep(3, 440.0);
        assert_eq!(breaks.before, [2]);
        breaks.keep(4, 100.0);
        assert_eq!((breaks.before.as_slice(), breaks.used), (&[2, 4][..], 30.0));
    }

    #[test]
    fn a_row_that_does_not_fit_moves_on_below_the_repeated_ones() {
        let mut breaks = Breaks::new(Paper::Landscape, &[20.0]);
        breaks.add(30.0);
        breaks.repeat(30.0);
        breaks.add(400.0);
        breaks.add(100.0);
        assert_eq!(breaks.used, 130.0);
    }

    #[test]
    fn columns_are_counted_as_they_are_printed() {
        // 267 mm are 1009 pixels; columns of 10 are 85 each.
        assert_eq!(Paper::Landscape.columns_beside(&[], 10.0), 13);
        assert_eq!(Paper::Landscape.columns_beside(&[20.0, 20.0], 10.0), 10);
        assert_eq!(Paper::Landscape.columns_beside(&[500.0], 10.0), 1);
        assert_eq!(Paper::Landscape.scale(&[10.0; 4]), 1.0);
        assert!((Paper::Landscape.scale(&[10.0; 24]) - 0.4947).abs() < 0.001);
    }
}
