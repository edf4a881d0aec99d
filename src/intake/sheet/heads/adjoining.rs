//! Two tables side by side on one sheet: the header of the first ends where that of the second begins. The second one is not read.

use crate::dictionary::{FieldId, TableId};
use crate::intake::sheet::header::{Adjoining, HeaderBlock, HeaderCell};
use crate::intake::sheet::matching::{HeaderMeaning, KnownHeaders};
use crate::intake::sheet::probe::Probe;

/// How many columns are looked at, and how many headers a table has at least.
const LOOKED_AT: usize = 300;
const LEAST: usize = 2;

/// Ends the header of a table where that of another one begins.
pub(crate) fn part(block: &mut HeaderBlock, probe: &Probe, headers: &KnownHeaders<'_>) {
    let place = repeated(&block.cells).or_else(|| behind_blank(block, probe, headers));
    let Some(place) = place.filter(|place| *place < block.cells.len()) else { return };
    let right = block.cells.split_off(place);
    let Some(first) = right.first() else { return };
    block.adjoining = Some(Adjoining { column: first.column, header: first.shown(), tables: tables(&right, headers) });
}

/// Where the first headers stand again, in the same order: 序号 姓名 学时 序号 姓名 学时.
fn repeated(cells: &[HeaderCell]) -> Option<usize> {
    let normal = |at: usize| cells.get(at).map(|cell| cell.leaf().normal.as_str());
    let length = cells.len().min(LOOKED_AT);
    let is_again = |from: &usize| {
        let same = (0..(*from).min(length - from)).take_while(|at| normal(*at) == normal(from + at)).count();
        same >= LEAST && same == (*from).min(length - from)
    };
    (LEAST..length).find(is_again)
}

/// Where another table begins behind a column without anything: one with a header of the first, or one that is a table by itself.
fn behind_blank(block: &HeaderBlock, probe: &Probe, headers: &KnownHeaders<'_>) -> Option<usize> {
    let is_blank = |column: u32| {
        let rows = probe.rows.iter().filter(|row| row.number >= block.top);
        rows.into_iter().all(|row| row.is_blank(column))
    };
    let is_behind = |place: &usize| {
        let ends = |at: usize| block.cells.get(at).map(|cell| cell.column);
        let (Some(before), Some(column)) = (place.checked_sub(1).and_then(ends), ends(*place)) else { return false };
        column > before + 1 && (before + 1..column).all(is_blank)
    };
    let is_apart = |place: &usize| {
        let (left, right) = block.cells.split_at(*place);
        let shares = || right.iter().any(|cell| left.iter().any(|other| other.leaf().normal == cell.leaf().normal));
        let is_table = |cells: &[HeaderCell]| !tables(cells, headers).is_empty();
        right.len() >= LEAST && is_table(left) && (shares() || is_table(right))
    };
    (LEAST..block.cells.len().min(LOOKED_AT)).filter(is_behind).find(is_apart)
}

/// The tables that some headers make by themselves.
fn tables(cells: &[HeaderCell], headers: &KnownHeaders<'_>) -> Vec<TableId> {
    let is_whole = |id: &TableId| {
        let named = cells.iter().take(LOOKED_AT).filter_map(|cell| match headers.named(*id, cell).0 {
            HeaderMeaning::Field(field, _) => Some(field),
            HeaderMeaning::Unwanted | HeaderMeaning::Nothing => None,
        });
        let mut found: Vec<FieldId> = named.collect();
        found.sort_unstable();
        found.dedup();
        let fields = (0..).map(FieldId).zip(&headers.dictionary.table(*id).fields);
        found.len() >= LEAST && fields.filter(|(_, field)| field.required).all(|(id, _)| found.contains(&id))
    };
    (0..headers.dictionary.tables.len()).map(TableId::from).filter(is_whole).collect()
}
