//! Where those may be told of who work with whom a list names, and whom the list does not name: in columns, remarks and sheets that
//! are not read, or nowhere, where it has no column for it.

use crate::dictionary::{FieldId, Partners, TableId};
use crate::evaluate::facts::Facts;
use crate::intake::Layout;
use crate::model::{CellRef, RowRef, WordId};
use crate::rules::fold::{Cause, Doubt, Uncertain};

/// Why a list may lack rows that have one of these words, where it is that for partners.
pub(in crate::evaluate) fn partner_causes(
    facts: &Facts<'_>,
    table: TableId,
    asked: &[Option<(FieldId, WordId)>],
) -> Vec<Cause> {
    let of = facts.dictionary().table(table);
    let is_asked = |partners: &&Partners| asked.contains(&Some((partners.role, partners.theirs)));
    let Some(partners) = of.partners.as_ref().filter(is_asked) else { return Vec::new() };
    let layouts = || (0..).zip(&facts.registry.layouts).filter_map(|(sheet, layout)| Some((sheet, layout.as_ref()?)));
    let own: Vec<(u32, &Layout)> = layouts().filter(|(_, layout)| layout.table == table).collect();
    let mut causes = Vec::new();
    let tells = |layout: &Layout| layout.column(partners.role).or(layout.column(partners.field)).is_some();
    if !own.is_empty() && !own.iter().any(|(_, layout)| tells(layout)) {
        let (sheet, header) = (&of.sheet, &of.field(partners.role).header);
        let words = format!("“{sheet}”没有“{header}”这一列，还有谁一起做不能断定");
        causes.push(Cause::new(Uncertain::Rows(table, Doubt::Field(partners.role)), words));
    }
    let cells = cells(facts, partners, (table, &own), layouts());
    if let Some(first) = cells.first() {
        let called = facts.registry.sheets.called(first.row.sheet).unwrap_or_default();
        let header = facts.header_at(*first).unwrap_or_default();
        let words = format!("{called}的“{header}”写着可能还有人一起做，“{}”里没有登记", of.sheet);
        causes.push(Cause::new(Uncertain::Elsewhere(table), words).at(cells));
    }
    let open = facts.open.get(&table);
    let is_new = |sheet: &&u32| open.is_none_or(|open| !open.contains(sheet));
    let called =
        |sheet: &u32| facts.registry.sheets.get(*sheet).is_some_and(|name| partners.said_elsewhere(&name.sheet));
    causes.extend(facts.bystanders.iter().filter(is_new).filter(|sheet| called(sheet)).map(|sheet| {
        let called = facts.registry.sheets.called(*sheet).unwrap_or_default();
        Cause::new(Uncertain::Sheet(table, *sheet), format!("{called}没有读取，可能写着还有谁一起做"))
    }));
    causes
}

/// The cells that say that there are some: headers of columns that are not read and hold something, and remarks of rows.
fn cells<'f>(
    facts: &Facts<'_>,
    partners: &Partners,
    (table, own): (TableId, &[(u32, &Layout)]),
    layouts: impl Iterator<Item = (u32, &'f Layout)>,
) -> Vec<CellRef> {
    let headers = |(sheet, layout): (u32, &Layout), says: &dyn Fn(&str) -> bool| -> Vec<CellRef> {
        let columns = layout.unused.iter().map(|unused| (unused.column, unused.header.as_str()));
        let remarks = layout.remarks.iter().map(|(column, header)| (*column, header.as_str()));
        let said =
            columns.chain(remarks).filter(|(column, header)| layout.used.filled.contains(column) && says(header));
        said.map(|(column, _)| RowRef { sheet, row: layout.header_row }.cell(column)).collect()
    };
    let of_own = own.iter().flat_map(|own| headers(*own, &|header| partners.said_in(header)));
    let schools = layouts.filter(|(_, layout)| layout.table == facts.schools);
    let beside = schools.flat_map(|school| headers(school, &|header| partners.said_elsewhere(header)));
    let remarks = facts
        .held(table)
        .iter()
        .filter_map(|record| Some(record.row.at.cell(record.row.notes.beside.as_ref()?.partners?)));
    of_own.chain(beside).chain(remarks).collect()
}
