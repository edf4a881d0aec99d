//! Two columns of one header that are two fields, told apart by what stands in them: of 单位 and 单位 one holds the office, the
//! other the units of the amounts.

use std::collections::BTreeMap;

use super::header::{HeaderBlock, HeaderCell};
use super::matching::{Claim, KnownHeaders};
use super::probe::Probe;
use crate::dictionary::{FieldId, FieldKind, Table, normalise};

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
