//! Columns that claim one field. Two of one header may be two fields, told apart by what stands in them: of 单位 and 单位 one holds the
//! office, the other the units of the amounts. Of others one is read, and the rest are compared with it.

use std::collections::BTreeMap;

use super::header::{HeaderBlock, HeaderCell};
use super::layout::HeaderError;
use super::matching::{Claim, KnownHeaders};
use super::probe::Probe;
use crate::dictionary::{Field, FieldId, FieldKind, Table, normalise};
use crate::model::column_letters;

/// Gives a field that may be called like another one its column, where several claim to be the other and one of them holds its
/// words; else the only one that is empty and stands behind the amounts.
pub(super) fn tell_apart(
    table: &Table,
    block: &HeaderBlock,
    matches: &mut BTreeMap<FieldId, Vec<(Claim, u32)>>,
    (headers, probe): (&KnownHeaders<'_>, &Probe),
) {
    for (field, of) in (0..).map(FieldId).zip(&table.fields) {
        if of.beside.is_empty() || matches.contains_key(&field) {
            continue;
        }
        let names: Vec<String> = of.beside.iter().map(|name| normalise(name)).collect();
        let is_called = |column: u32| {
            let leaf = |cell: &HeaderCell| cell.column == column && names.contains(&cell.leaf().normal);
            block.cells.iter().any(leaf)
        };
        let amounts = |column: u32| {
            let left = column.checked_sub(1);
            matches.iter().any(|(id, claims)| {
                table.field(*id).kind == FieldKind::Figure && claims.iter().any(|(_, at)| Some(*at) == left)
            })
        };
        let found = matches.iter().filter(|(_, claims)| claims.len() > 1).find_map(|(other, claims)| {
            let called = || {
                claims.iter().filter(|(claim, at)| *claim != Claim::Wish && is_called(*at)).map(|(_, column)| *column)
            };
            let fits: Vec<u32> =
                called().filter(|column| probe.fits(block.row, *column, of, headers.dictionary)).collect();
            let empty: Vec<u32> =
                called().filter(|column| probe.is_empty_below(block.row, *column) && amounts(*column)).collect();
            match (fits.as_slice(), empty.as_slice()) {
                ([only], _) | ([], [only]) => Some((*other, *only)),
                (_, _) => None,
            }
        });
        let Some((other, column)) = found else { continue };
        if let Some(claims) = matches.get_mut(&other) {
            claims.retain(|(_, at)| *at != column);
        }
        matches.insert(field, vec![(Claim::Loose, column)]);
    }
}

/// The column of each field: of those that claim it the surest. The office itself cannot mean two of them, and where the names of
/// those who are listed stand in two columns of one header, each row is of two.
pub(super) fn column_of_each(
    matches: &BTreeMap<FieldId, Vec<(Claim, u32)>>,
    table: &Table,
    block: &HeaderBlock,
    read: (&KnownHeaders<'_>, &Probe),
) -> Result<Vec<Option<u32>>, HeaderError> {
    let mut columns = vec![None; table.fields.len()];
    let leaf = |column: u32| block.cells.iter().find(|cell| cell.column == column).map(|cell| &cell.leaf().normal);
    let sums = &read.0.dictionary.cells.sums;
    // What all come to says less than what was done of it: 总学时 beside 已学学时.
    let is_sum = |column: u32| leaf(column).is_some_and(|header| sums.names_sums(header));
    for (field, claims) in matches {
        let has_done = claims.iter().any(|(claim, _)| *claim == Claim::Done);
        let is_meant = |(claim, column): &&(Claim, u32)| !has_done || *claim != Claim::Loose || !is_sum(*column);
        let claims: Vec<&(Claim, u32)> = claims.iter().filter(is_meant).collect();
        let surest = claims.iter().map(|(claim, _)| *claim).max();
        let named: Vec<u32> =
            claims.iter().filter(|(claim, _)| Some(*claim) == surest).map(|(_, column)| *column).collect();
        if let [first, second, ..] = named.as_slice()
            && (surest == Some(Claim::Wish) || table.subject_name() == Some(*field) && leaf(*first) == leaf(*second))
        {
            return Err(twice(block, (*first, *second), &table.field(*field).header));
        }
        columns[field.index()] = chosen(&named, table.field(*field), block, read);
    }
    Ok(columns)
}

fn twice(block: &HeaderBlock, (first, second): (u32, u32), field: &str) -> HeaderError {
    let named = |column: u32| {
        let header = block.cells.iter().find(|cell| cell.column == column).map(HeaderCell::shown);
        format!("{}列“{}”", column_letters(column), header.unwrap_or_default()).into()
    };
    HeaderError { row: block.row, first: named(first), second: named(second), field: field.to_string() }
}

/// Of the columns that claim a field as surely as one another, the one that is read: one whose cells fit, else one that holds
/// something. One that may say something else goes behind the others: 任职时间 beside 任教研员时间.
fn chosen(
    claims: &[u32],
    field: &Field,
    block: &HeaderBlock,
    (headers, probe): (&KnownHeaders<'_>, &Probe),
) -> Option<u32> {
    let is_own = |column: u32| !is_perhaps(field, block, column);
    let fits = |column: u32| probe.fits(block.row, column, field, headers.dictionary);
    let is_filled = |column: u32| !probe.is_empty_below(block.row, column);
    let find = |is_meant: &dyn Fn(u32) -> bool| claims.iter().copied().find(|column| is_meant(*column));
    let own = || find(&|column| is_own(column) && fits(column)).or_else(|| find(&|at| is_own(at) && is_filled(at)));
    own().or_else(|| find(&is_own)).or_else(|| claims.first().copied())
}

/// Whether the header of a column may say something else than the field.
pub(super) fn is_perhaps(field: &Field, block: &HeaderBlock, column: u32) -> bool {
    let header = block.cells.iter().find(|cell| cell.column == column).map(|cell| &cell.leaf().normal);
    header.is_some_and(|header| field.perhaps.contains(header))
}
