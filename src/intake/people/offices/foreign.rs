//! Sheets whose names say that they are of another office: 白云县教研室教研员花名册 in the folder of 青云县. Where their rows do not say of
//! which office they are, they may be of that one.

use std::collections::BTreeMap;

use foldhash::HashMap;

use crate::dictionary::FieldKind;
use crate::intake::issues::IssueLog;
use crate::intake::people::registry::Registry;
use crate::intake::row::{Record, RecordDoubt};
use crate::intake::sheet::Layout;
use crate::model::{CellRef, IssueKind, RowRef};

impl Registry<'_> {
    /// Finds such sheets, and reports them.
    pub(in crate::intake::people) fn find_foreign(&mut self, log: &mut IssueLog) {
        let named: Vec<(u32, (String, String))> = (0..)
            .zip(&self.layouts)
            .filter_map(|(sheet, layout)| Some((sheet, self.named_office(layout.as_ref()?, sheet)?)))
            .collect();
        let offices = &self.dictionary.people.offices;
        let own: Vec<&str> = self.institutions.iter().map(|own| offices.place(&own.name)).collect();
        let own: Vec<String> = own.into_iter().filter(|place| !place.is_empty()).map(Into::into).collect();
        let own = if own.is_empty() { most_named(named.iter().map(|(_, (_, place))| place.as_str())) } else { own };
        let is_own = |place: &str| own.iter().any(|own| own.contains(place) || place.contains(own.as_str()));
        let mut foreign = HashMap::default();
        for (sheet, (office, _)) in named.iter().filter(|(_, (_, place))| !is_own(place)) {
            let Some(Some(layout)) = self.layouts.get(*sheet as usize) else { continue };
            let at = RowRef { sheet: *sheet, row: layout.header_row }.cell(layout.first_column());
            foreign.insert(*sheet, at);
            let message = format!(
                "这张表的名称、标题写着“{office}”，像是另一个单位的，表里没有“单位”一列，各行是不是本单位的不能确定，按“可能算、也可能不算”处理；是本单位的请加上“单位”一列写明，不是的请把这张表移走"
            );
            log.report(at, IssueKind::DeniedRow, office, message);
        }
        self.doubted = foreign;
    }

    /// Leaves it open whether a row of such a sheet counts.
    pub fn doubt_sheet(&self, record: &mut Record) {
        record.doubt = record.doubt.or_else(|| self.doubted_at(record.row.at.sheet).map(|_| RecordDoubt::OtherBook));
    }

    /// Whether a cell stands for such a sheet, and not for what it says itself.
    pub fn is_of_doubted(&self, cell: CellRef) -> bool {
        self.doubted_at(cell.row.sheet) == Some(cell)
    }

    /// Where a sheet says so, if it does.
    pub(in crate::intake::people) fn doubted_at(&self, sheet: u32) -> Option<CellRef> {
        if self.doubted.is_empty() { None } else { self.doubted.get(&sheet).copied() }
    }

    /// The office and its place that the names of a sheet say, if its rows do not say theirs.
    fn named_office(&self, layout: &Layout, sheet: u32) -> Option<(String, String)> {
        let table = self.dictionary.table(layout.table);
        let own = table.field_of_kind(FieldKind::Institution);
        if own.is_none_or(|own| layout.column(own).is_some()) {
            return None;
        }
        let name = self.sheets.get(sheet)?;
        let names = std::iter::once(&*name.sheet).chain(layout.titles.iter().map(String::as_str)).chain([name.file()]);
        names.filter_map(|name| self.dictionary.people.offices.named_in(name)).next()
    }
}

/// The places that most of the sheets name; none where several are named as often.
fn most_named<'p>(places: impl Iterator<Item = &'p str>) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    places.for_each(|place| *counts.entry(place).or_default() += 1);
    let most = counts.values().max().copied().unwrap_or_default();
    let mut found = counts.iter().filter(|(_, count)| **count == most).map(|(place, _)| (*place).to_string());
    let first = found.next();
    if found.next().is_some() { Vec::new() } else { first.into_iter().collect() }
}
