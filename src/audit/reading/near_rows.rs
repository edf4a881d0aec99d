//! Rows of strangers whose names differ from those of people of the roster in one character: where a sheet is of the office's own
//! people, they may be theirs, misspelt. In one that is mostly of strangers a near name says nothing.

use std::collections::HashMap;

use crate::intake::Record;

/// How many such rows of a sheet wait for its end.
const WAITING: usize = 10_000;

/// The rows of a sheet that wait until it is known of whom the sheet is.
#[derive(Debug, Default)]
pub(super) struct NearRows {
    strangeness: Strangeness,
    waiting: Vec<Record>,
}

/// How many rows a sheet has, and how many of them name strangers.
#[derive(Clone, Copy, Debug, Default)]
struct Strangeness {
    rows: u32,
    strange: u32,
}

impl Strangeness {
    fn add(&mut self, record: &Record) {
        self.rows += 1;
        self.strange += u32::from(record.strangers > 0);
    }

    fn settle(self, record: &mut Record) {
        let nearly = std::mem::take(&mut record.nearly);
        if self.strange <= self.rows / 2 {
            record.maybe_people.add(nearly.iter().copied());
            record.nearly = nearly;
        }
    }
}

impl NearRows {
    /// Takes a row that has to wait; gives back any other.
    pub(super) fn take(&mut self, mut record: Record) -> Option<Record> {
        self.strangeness.add(&record);
        if record.nearly.is_empty() {
            return Some(record);
        }
        if self.waiting.len() < WAITING {
            self.waiting.push(record);
            return None;
        }
        record.nearly.clear();
        Some(record)
    }

    /// The rows that waited.
    pub(super) fn settled(self) -> impl Iterator<Item = Record> {
        let strangeness = self.strangeness;
        self.waiting.into_iter().map(move |mut record| {
            strangeness.settle(&mut record);
            record
        })
    }
}

/// Settles the rows of a table that is kept.
pub(super) fn settle(records: &mut [Record]) {
    let mut sheets: HashMap<u32, Strangeness> = HashMap::new();
    records.iter().for_each(|record| sheets.entry(record.row.at.sheet).or_default().add(record));
    for record in records {
        let counts = sheets.get(&record.row.at.sheet).copied().unwrap_or_default();
        counts.settle(record);
    }
}
