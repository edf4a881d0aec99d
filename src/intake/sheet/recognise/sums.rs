//! Sheets that say what each person came to: 年度汇总, 姓名 beside 合计. What they sum up may be the rows of another sheet.

use std::collections::BTreeSet;

use crate::dictionary::{Dictionary, TableId};
use crate::intake::sheet::candidate::TableCandidate;
use crate::intake::sheet::header::HeaderCell;
use crate::intake::sheet::layout::Layout;
use crate::intake::sheet::naming::SaidNames;
use crate::intake::sheet::probe::Probe;

/// How many columns are looked at for the name of a sum.
const ASKED: usize = 100;

impl Probe {
    /// The layout of a ledger, with what calls its rows sums where it has one for each person, all of the same time.
    pub(super) fn with_sums<'n>(
        &self,
        mut layout: Layout,
        names: impl Iterator<Item = &'n str>,
        dictionary: &Dictionary,
    ) -> Layout {
        let table = dictionary.table(layout.table);
        let column = |field: Option<_>| field.and_then(|field| layout.column(field));
        let (person, date) = (column(table.roles.name), column(table.roles.date));
        let (Some(person), Some(date), true) = (person, date, table.dense.is_some()) else { return layout };
        let below = || self.rows.iter().filter(|row| row.number > layout.header_row);
        let named: Vec<&str> = below().filter_map(|row| Some(row.own(person)?.text.as_str())).collect();
        let is_once = named.iter().collect::<BTreeSet<_>>().len() == named.len() && !named.is_empty();
        let is_at_once = below().map(|row| row.time(date)).collect::<BTreeSet<_>>().len() == 1;
        if is_once && is_at_once {
            let sums = &dictionary.cells.sums;
            let headers = layout.read.iter().map(|(_, header)| header.clone());
            layout.summed = names.map(str::to_string).chain(headers).find(|name| sums.names_sums(name));
        }
        layout
    }

    /// The ledgers of which a sheet may say what each person came to.
    pub(super) fn sums(
        &self,
        candidates: &[TableCandidate<'_>],
        said: &SaidNames,
        names: &[&str],
        dictionary: &Dictionary,
    ) -> Vec<TableId> {
        let sums = &dictionary.cells.sums;
        let is_named = names.iter().any(|name| sums.names_sums(name));
        let is_sum = |candidate: &TableCandidate<'_>, cell: &HeaderCell| {
            self.is_amount(candidate.block.row, cell.column) && (is_named || sums.names_sums(&cell.leaf().normal))
        };
        let may_sum = |candidate: &&TableCandidate<'_>| {
            dictionary.table(candidate.table).dense.is_some()
                && !said.planned
                && !said.is_outdated()
                && !said.is_foreign_to(candidate.table)
                && candidate.has_people(dictionary)
                && candidate.block.cells.iter().take(ASKED).any(|cell| is_sum(candidate, cell))
        };
        let mut tables: Vec<TableId> = candidates.iter().filter(may_sum).map(|candidate| candidate.table).collect();
        tables.sort_unstable();
        tables.dedup();
        tables
    }
}
