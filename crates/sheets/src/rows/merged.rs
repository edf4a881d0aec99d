//! Merged areas: the value of the top-left cell holds for the whole area.
//!
//! Filling goes row by row while a sheet streams, and only into rows that have a cell of their own, so an area that
//! spans the whole sheet costs no more than the rows that are there. Of a very wide area only the first 256 columns are
//! filled. Where a covered cell has a hidden value of its own, the value that the clerk sees wins. An area whose top-left
//! cell is blank changes nothing; of areas that overlap the first is taken.

use calamine::Dimensions;

use super::row::{Raw, RawCell};

/// The widest stretch that is filled, in columns.
const MAX_WIDTH: u32 = 256;

/// A merged area: rows and columns from 0, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct MergedArea {
    pub first_row: u32,
    pub first_column: u32,
    pub last_row: u32,
    pub last_column: u32,
}

impl MergedArea {
    /// Takes calamine's corners; `None` for an area that covers nothing besides its top-left cell.
    pub(crate) fn new(start: (u32, u32), end: (u32, u32)) -> Option<MergedArea> {
        let widest = start.1.saturating_add(MAX_WIDTH - 1);
        let area =
            MergedArea { first_row: start.0, first_column: start.1, last_row: end.0, last_column: end.1.min(widest) };
        let sound = start.0 <= end.0 && start.1 <= end.1 && start != end;
        sound.then_some(area)
    }

    fn covers(&self, column: u32) -> bool {
        (self.first_column..=self.last_column).contains(&column)
    }
}

/// The areas of calamine that cover more than one cell.
pub(crate) fn areas_of(dimensions: &[Dimensions]) -> Vec<MergedArea> {
    let areas = dimensions.iter().filter_map(|area| MergedArea::new(area.start, area.end));
    areas.collect()
}

/// The merged areas of one sheet, handed out as its rows go by.
#[derive(Debug, Default)]
pub(crate) struct MergedAreas<'a> {
    /// In order of their first rows.
    waiting: std::vec::IntoIter<MergedArea>,
    /// The areas that reach the current row; no two share a column; in order of column.
    active: Vec<(MergedArea, Raw<'a>)>,
}

impl<'a> MergedAreas<'a> {
    pub(crate) fn new(mut areas: Vec<MergedArea>) -> MergedAreas<'a> {
        areas.sort_unstable();
        MergedAreas { waiting: areas.into_iter(), active: Vec::new() }
    }

    /// Fills a row. Rows come in ascending order, each with its own cells in order of column.
    pub(crate) fn fill(&mut self, row: u32, cells: &mut Vec<RawCell<'a>>) {
        self.active.retain(|(area, _)| area.last_row >= row);
        while let Some(area) = self.waiting.as_slice().first().copied() {
            if area.first_row > row {
                break;
            }
            self.waiting.next();
            self.activate(area, row, cells);
        }
        if self.active.is_empty() {
            return;
        }
        cells.retain(|cell| !self.hides(row, cell.column));
        for (area, value) in &self.active {
            let own = u32::from(area.first_row == row);
            cells.extend((area.first_column + own..=area.last_column).map(|column| RawCell {
                column,
                value: value.clone(),
                merged: true,
                down: 0,
            }));
        }
        cells.sort_unstable_by_key(|cell| cell.column);
    }

    /// Takes up an area if its top-left cell has a value and no earlier area is in its way.
    fn activate(&mut self, area: MergedArea, row: u32, cells: &mut [RawCell<'a>]) {
        if area.first_row < row {
            return;
        }
        let Ok(at) = cells.binary_search_by_key(&area.first_column, |cell| cell.column) else {
            return;
        };
        let slot = self.active.partition_point(|(other, _)| other.first_column < area.first_column);
        let left = slot.checked_sub(1).and_then(|before| self.active.get(before));
        let left_clear = left.is_none_or(|(other, _)| other.last_column < area.first_column);
        let right = self.active.get(slot);
        let right_clear = right.is_none_or(|(other, _)| area.last_column < other.first_column);
        if left_clear && right_clear {
            cells[at].down = u16::try_from(area.last_row - area.first_row).unwrap_or(u16::MAX);
            self.active.insert(slot, (area, cells[at].value.clone()));
        }
    }

    /// Whether a cell is covered by an area without being its top-left cell.
    fn hides(&self, row: u32, column: u32) -> bool {
        let slot = self.active.partition_point(|(area, _)| area.first_column <= column);
        let nearest = slot.checked_sub(1).and_then(|before| self.active.get(before));
        nearest.is_some_and(|(area, _)| area.covers(column) && (area.first_row, area.first_column) != (row, column))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(areas: &[[(u32, u32); 2]], rows: &[(u32, &[(u32, f64)])]) -> Vec<Vec<(u32, f64, bool)>> {
        let areas = areas.iter().filter_map(|&[start, end]| MergedArea::new(start, end)).collect();
        let mut merges = MergedAreas::new(areas);
        let fill = |&(row, own): &(u32, &[(u32, f64)])| {
            let own = own.iter().map(|&(column, number)| RawCell {
                column,
                value: Raw::Number(number),
                merged: false,
                down: 0,
            });
            let mut cells: Vec<_> = own.collect();
            merges.fill(row, &mut cells);
            let plain = cells.iter().map(|cell| match cell.value {
                Raw::Number(number) => (cell.column, number, cell.merged),
                _ => (cell.column, f64::NAN, cell.merged),
            });
            plain.collect()
        };
        rows.iter().map(fill).collect()
    }

    #[test]
    fn the_top_left_value_fills_the_area_down_and_across() {
        let rows =
            filled(&[[(0, 0), (2, 1)]], &[(0, &[(0, 7.0), (2, 1.0)]), (2, &[(1, 9.0), (2, 2.0)]), (3, &[(2, 3.0)])]);
        let expected = vec![
            vec![(0, 7.0, false), (1, 7.0, true), (2, 1.0, false)],
            vec![(0, 7.0, true), (1, 7.0, true), (2, 2.0, false)],
            vec![(2, 3.0, false)],
        ];
        assert_eq!(rows, expected);
    }

    #[test]
    fn an_area_with_a_blank_top_left_cell_changes_nothing() {
        let rows = filled(&[[(0, 0), (2, 0)], [(1, 1), (2, 1)]], &[(0, &[(1, 1.0)]), (2, &[(0, 5.0)])]);
        assert_eq!(rows, vec![vec![(1, 1.0, false)], vec![(0, 5.0, false)]]);
    }

    #[test]
    fn a_merge_of_the_whole_sheet_fills_only_rows_that_are_there() {
        let whole = [(0, 0), (1_048_575, 16_383)];
        let rows = filled(&[whole; 50], &[(0, &[(0, 1.0)]), (1_048_575, &[(3, 2.0)])]);
        let counts: Vec<_> = rows.iter().map(Vec::len).collect();
        assert_eq!(counts, [256, 256]);
    }

    #[test]
    fn of_areas_that_overlap_the_first_is_taken() {
        let rows = filled(&[[(0, 0), (0, 2)], [(0, 1), (1, 1)]], &[(0, &[(0, 1.0), (1, 2.0)]), (1, &[(0, 3.0)])]);
        let expected = vec![vec![(0, 1.0, false), (1, 1.0, true), (2, 1.0, true)], vec![(0, 3.0, false)]];
        assert_eq!(rows, expected);
    }

    #[test]
    fn corners_in_the_wrong_order_and_single_cells_are_no_area() {
        assert_eq!(MergedArea::new((3, 0), (1, 0)), None);
        assert_eq!(MergedArea::new((3, 2), (3, 1)), None);
        assert_eq!(MergedArea::new((3, 2), (3, 2)), None);
    }
}
