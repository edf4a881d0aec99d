//! Where the rows stand that counted or might count, and why some only might.

use std::collections::BTreeMap;

use super::cause::{Cause, Uncertain};
use super::doubt::Doubt;
use crate::dictionary::{Dictionary, TableId};
use crate::model::CellRef;

/// How many cells are kept to show what counted; and how many doubtful ones.
const SHOWN: usize = 100;
/// Of a long ledger, the rows of the first few cells are kept for the annotated copy.
const COPIED: usize = 5;

/// Where the rows stand that counted or might count.
#[derive(Clone, Debug, Default)]
pub(crate) struct Citations {
    pub rows: u32,
    pub sure: Vec<CellRef>,
    pub doubtful: Vec<(CellRef, Doubt)>,
    doubts: BTreeMap<Doubt, u32>,
}

impl Citations {
    /// Takes up a row; says whether it is among the first few.
    pub(crate) fn add(&mut self, cell: CellRef, doubt: Option<Doubt>) -> bool {
        self.rows += 1;
        match doubt {
            Some(doubt) => {
                *self.doubts.entry(doubt).or_default() += 1;
                keep(&mut self.doubtful, (cell, doubt))
            }
            None => keep(&mut self.sure, cell),
        }
    }

    /// Takes up another doubt about a row that is taken up already.
    pub(crate) fn doubt_too(&mut self, cell: CellRef, doubt: Doubt) {
        *self.doubts.entry(doubt).or_default() += 1;
        keep(&mut self.doubtful, (cell, doubt));
    }

    /// The cells of the rows, the doubtful ones first.
    pub(crate) fn cells(&self) -> impl Iterator<Item = CellRef> {
        self.doubtful.iter().map(|(cell, _)| *cell).chain(self.sure.iter().copied())
    }

    pub(crate) fn join(&mut self, other: &Citations) {
        self.rows += other.rows;
        join(&mut self.sure, &other.sure);
        join(&mut self.doubtful, &other.doubtful);
        for (doubt, count) in &other.doubts {
            *self.doubts.entry(*doubt).or_default() += count;
        }
    }

    /// Why rows of a table are possible and not sure: `2行“日期”不能确定`. `header` is that of the column of a cell.
    pub(crate) fn causes<'h>(
        &self,
        id: TableId,
        dictionary: &Dictionary,
        header: impl Fn(CellRef) -> Option<&'h str>,
    ) -> Vec<Cause> {
        let table = dictionary.table(id);
        let words = |(doubt, count): (&Doubt, &u32)| match doubt {
            Doubt::Name => format!("{}有{count}行不能确定是谁的", table.sheet),
            Doubt::Repeated => format!("{}有{count}行与前面的行完全相同，可能是重复登记", table.sheet),
            Doubt::Date
            | Doubt::Day(_)
            | Doubt::TwoTerms
            | Doubt::Ended
            | Doubt::OtherYear(_)
            | Doubt::TwoSchools
            | Doubt::Field(_)
            | Doubt::Reading(_)
            | Doubt::Column(_)
            | Doubt::Beyond(..)
            | Doubt::Unlisted(_)
            | Doubt::Quantity(_)
            | Doubt::Number(_)
            | Doubt::Denied(_)
            | Doubt::OutOfPost
            | Doubt::Nameless
            | Doubt::Again
            | Doubt::SameEvent
            | Doubt::PerhapsTwice
            | Doubt::OldList
            | Doubt::OtherBook
            | Doubt::Besides(_)
            | Doubt::ListedThen(_)
            | Doubt::Misspelt => {
                let said = self.denied(doubt, &header).unwrap_or_else(|| doubt.words(id, dictionary));
                format!("{}有{count}行{said}", table.sheet)
            }
        };
        let cells = |of: Doubt| self.doubtful.iter().filter(move |(_, doubt)| *doubt == of).map(|(cell, _)| *cell);
        let cause = |(doubt, count): (&Doubt, &u32)| {
            Cause::new(Uncertain::rows(id, *doubt, dictionary), words((doubt, count))).at(cells(*doubt))
        };
        self.doubts.iter().map(cause).collect()
    }

    /// What speaks against rows, by the header of its column.
    fn denied<'h>(&self, doubt: &Doubt, header: impl Fn(CellRef) -> Option<&'h str>) -> Option<String> {
        let Doubt::Denied(_) = doubt else { return None };
        let first = self.doubtful.iter().find(|(_, own)| own == doubt).map(|(cell, _)| *cell);
        first.and_then(header).map(Doubt::denied_under)
    }
}

/// Keeps one of the first things; says whether it is among the first few.
fn keep<T>(kept: &mut Vec<T>, new: T) -> bool {
    if kept.len() < SHOWN {
        kept.push(new);
    }
    kept.len() <= COPIED
}

fn join<T: Ord + Copy>(own: &mut Vec<T>, theirs: &[T]) {
    own.extend(theirs);
    own.sort();
    own.dedup();
    own.truncate(SHOWN);
}
