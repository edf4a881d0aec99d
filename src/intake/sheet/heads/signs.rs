//! What headers of a sheet that nothing calls a table say of its rows: who did something, when, and what.

use crate::dictionary::{Dictionary, Table};
use crate::intake::sheet::header::HeaderBlock;
use crate::intake::sheet::probe::Probe;

/// How many columns are looked at.
const ASKED: usize = 100;

/// Which signs of records of a table the columns of a sheet give.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::intake::sheet) struct Signs {
    pub people: bool,
    pub offices: bool,
    /// A column of days on which something was done.
    pub days: bool,
    pub work: bool,
}

impl Signs {
    pub(crate) fn of(table: &Table, block: &HeaderBlock, (dictionary, probe): (&Dictionary, &Probe)) -> Signs {
        let (Some(words), Some(date)) = (&table.signs, table.roles.beginning()) else { return Signs::default() };
        let mut signs = Signs::default();
        for cell in block.cells.iter().take(ASKED) {
            let own = cell.leaf().normal.clone();
            let header = words.harmless.iter().fold(own, |rest, word| rest.replace(word.as_str(), " "));
            let holds = |parts: &[String]| parts.iter().any(|part| header.contains(part.as_str()));
            // 授课人数 names nobody.
            let is_amount = || probe.is_amount(block.row, cell.column);
            signs.people |= holds(&words.numbers) || (holds(&words.people) && !is_amount());
            signs.offices |= holds(&words.offices) && !is_amount();
            let is_day = holds(&words.days) && !holds(&words.other_days);
            signs.days |= is_day && probe.fits(block.row, cell.column, table.field(date), dictionary);
            signs.work |= holds(&words.work);
        }
        signs
    }
}
