//! Lists of how things stood before that are not read beside those of the audited time: what lasts may have begun then, and one that
//! reaches into that time holds for a part of it.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::dictionary::TableId;
use crate::intake::Registry;
use crate::rules::fold::{Cause, Uncertain};

/// Lists of times before, by their table.
#[derive(Clone, Debug, Default)]
pub struct EarlierLists(BTreeMap<TableId, Vec<EarlierList>>);

/// A sheet that is not read.
#[derive(Clone, Copy, Debug)]
pub struct EarlierList {
    pub sheet: u32,
    /// The last day of it, where it reaches into the audited time.
    pub until: Option<Date>,
}

impl EarlierLists {
    pub fn add(&mut self, table: TableId, list: EarlierList) {
        self.0.entry(table).or_default().push(list);
    }

    /// Whether one of a table holds on a day or after it.
    pub(in crate::evaluate) fn reach(&self, table: TableId, day: Date) -> bool {
        self.0.get(&table).is_some_and(|lists| lists.iter().any(|list| list.until.is_some_and(|until| day <= until)))
    }

    /// Why what a table says may have lasted longer.
    pub(in crate::evaluate) fn causes(&self, table: TableId, registry: &Registry<'_>) -> Vec<Cause> {
        let cause = |list: &EarlierList| {
            let words = format!("{}是以前的，没有读取，是不是从那时起就没有断过不能断定", called(list, registry));
            Cause::new(Uncertain::Sheet(table, list.sheet), words)
        };
        self.0.get(&table).into_iter().flatten().map(cause).collect()
    }

    /// Why what a table says need not hold on a day, or not be all of it.
    pub(in crate::evaluate) fn causes_from(&self, table: TableId, day: Date, registry: &Registry<'_>) -> Vec<Cause> {
        let cause = |list: &EarlierList| {
            let until = list.until.filter(|until| day <= *until)?;
            let words = format!("{}管到{until}，没有读取，那时的情况不能断定", called(list, registry));
            Some(Cause::new(Uncertain::Sheet(table, list.sheet), words))
        };
        self.0.get(&table).into_iter().flatten().filter_map(cause).collect()
    }
}

fn called(list: &EarlierList, registry: &Registry<'_>) -> String {
    registry.sheets.called(list.sheet).unwrap_or_default()
}
