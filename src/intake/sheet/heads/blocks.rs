//! Which of the first rows may be a header: a row, or up to three rows whose lower ones part the groups of the upper ones.

use std::collections::BTreeSet;

use super::unit_rows::{UnitRows, unit_row};
use crate::dictionary::CellWords;
use crate::intake::sheet::header::{HeaderBlock, HeaderCell, HeaderLevel, Parted};
use crate::intake::sheet::probe::{Probe, ProbeRow};

/// The most rows that a header has: title aside, group, sub-group, header.
const TALLEST: usize = 3;

/// How many rows below a merged header are looked at to see whether it stands over one column of values or several.
const BELOW: usize = 3;

/// Rows with more columns than this are only looked at one by one.
const WIDEST: usize = 1000;

impl Probe {
    pub(crate) fn blocks(&self, words: &CellWords) -> Vec<HeaderBlock> {
        let is_narrow = |(upper, lower): &(&ProbeRow, &ProbeRow)| upper.used.len().max(lower.used.len()) <= WIDEST;
        let pairs = self.rows.windows(2).filter_map(|two| Some((two.first()?, two.get(1)?))).filter(is_narrow);
        let units =
            UnitRows { rows: pairs.filter_map(|(upper, lower)| unit_row(upper, lower, words)).collect(), words };
        let units = &units;
        let of_height = |height: usize| {
            let ends = height..=self.rows.len();
            let parts = move |end: usize| Some((self.rows.get(end - height..end)?, self.rows.get(end..)?));
            let fits = move |rows: &[ProbeRow]| height == 1 || rows.iter().all(|row| row.used.len() <= WIDEST);
            let fitting = ends.filter_map(parts).filter(move |(rows, _)| fits(rows));
            fitting.filter_map(|(rows, after)| block(rows, after, units))
        };
        (1..=TALLEST).flat_map(of_height).collect()
    }
}

/// Rows as one header. `None` if they do not belong together. `after` are the rows below.
fn block(rows: &[ProbeRow], after: &[ProbeRow], units: &UnitRows<'_>) -> Option<HeaderBlock> {
    let pairs = || rows.windows(2).filter_map(|two| Some((two.first()?, two.get(1)?)));
    let joined: Vec<bool> = pairs().map(|(upper, lower)| joins(upper, lower, units)).collect::<Option<Vec<bool>>>()?;
    let (top, last) = (rows.first()?, rows.last()?);
    let columns: BTreeSet<u32> = rows.iter().flat_map(|row| row.own.iter().map(|(column, _)| *column)).collect();
    let below: BTreeSet<u32> = rows.iter().skip(1).flat_map(|row| row.own.iter().map(|(column, _)| *column)).collect();
    let is_units = |row: &ProbeRow| rows.len() > 1 && units.rows.contains(&row.number);
    let is_title = |row: &ProbeRow| rows.len() > 1 && !is_units(row) && row.is_title_over(&below);
    let is_title: Vec<bool> = rows.iter().map(is_title).collect();
    let unit = |row: &ProbeRow, part: &HeaderLevel| {
        (part.is_hint || is_units(row)).then(|| units.words.unit_in(&part.text)).flatten()
    };
    let cell = |column: u32| {
        let parts = parts(rows, &is_title, column, unit);
        (!parts.is_empty()).then(|| HeaderCell { column, parts, parted: parted(rows, after, column, units) })
    };
    Some(HeaderBlock {
        top: top.number,
        adjoining: None,
        row: last.number,
        proven: !joined.is_empty() && joined.iter().all(|proven| *proven),
        cells: columns.iter().filter_map(|column| cell(*column)).collect(),
    })
}

/// Whether the lower of two rows belongs to a header with the upper one, and if so, whether that is beyond doubt. Under
/// a plain header of the upper row the lower one is blank or says a hint; under a group or under nothing it has the
/// headers. A row of data has something under plain headers, and not only units.
fn joins(upper: &ProbeRow, lower: &ProbeRow, units: &UnitRows<'_>) -> Option<bool> {
    if lower.number != upper.number + 1 || !lower.is_text || lower.own.is_empty() {
        return None;
    }
    let proven =
        lower.filled.iter().any(|(column, part)| upper.part(*column).is_some_and(|above| above.text == part.text));
    // Nor is a row of nothing but hints a record.
    let proven = proven || (lower.own.len() > 1 && lower.own.iter().all(|(_, part)| part.is_hint));
    let proven = proven || units.rows.contains(&lower.number);
    let is_group = |column: u32| upper.is_group(column, lower);
    let parts_groups = lower.own.iter().any(|(column, part)| is_group(*column) || part.is_hint);
    let is_under_plain =
        |(column, part): &(u32, HeaderLevel)| upper.own(*column).is_some() && !is_group(*column) && !part.is_hint;
    let fits = proven || (parts_groups && !lower.own.iter().any(is_under_plain));
    fits.then_some(proven)
}

/// The levels of a column's header, without titles, hints and repetitions, and with the units that rows below it say; of a column that
/// has only a hint, that.
fn parts(
    rows: &[ProbeRow],
    is_title: &[bool],
    column: u32,
    unit: impl Fn(&ProbeRow, &HeaderLevel) -> Option<String>,
) -> Vec<HeaderLevel> {
    let mut parts: Vec<HeaderLevel> = Vec::new();
    for (at, (row, is_title)) in rows.iter().zip(is_title).enumerate() {
        let lower = rows.get(at + 1);
        let group = || lower.filter(|_| row.is_blank(column)).and_then(|lower| row.group_left_of(column, lower));
        let Some(part) = row.part(column).or_else(group).filter(|_| !is_title) else { continue };
        let repeats = parts.last().is_some_and(|last| last.normal == part.normal);
        if let (Some(unit), Some(last), false) = (unit(row, part), parts.last_mut(), repeats) {
            last.take_unit(&unit);
            continue;
        }
        if !part.is_hint && !part.normal.is_empty() && !repeats {
            parts.push(part.clone());
        }
    }
    if parts.is_empty() {
        parts.extend(rows.iter().rev().find_map(|row| row.own(column)).cloned());
    }
    parts
}

fn parted(rows: &[ProbeRow], after: &[ProbeRow], column: u32, units: &UnitRows<'_>) -> Parted {
    let Some(at) = rows.iter().rposition(|row| row.own(column).is_some()) else { return Parted::No };
    let (Some(row), Some(rest)) = (rows.get(at), rows.get(at + 1..)) else { return Parted::No };
    let span: Vec<u32> = row.span(column).collect();
    let mut below = rest.iter().chain(after).take(BELOW);
    if !span.is_empty() {
        let has_own = |row: &ProbeRow| span.iter().any(|column| row.used.binary_search(column).is_ok());
        return if below.any(has_own) { Parted::Surely } else { Parted::No };
    }
    let Some(lower) = below.next() else { return Parted::No };
    match lower.own(column) {
        Some(part) if row.is_bare_group(column, lower) && joins(row, lower, units).is_some() => {
            Parted::Maybe(part.text.clone())
        }
        Some(_) | None => Parted::No,
    }
}
