//! The tables that are kept in memory, so that other rows can look them up.

use std::collections::HashMap;

use sheets::{Parsing, ReadError};

use super::row_path::{RowSink, SheetNotes, SheetReader};
use crate::dictionary::{Dictionary, TableId};
use crate::intake::{IssueLog, Layout, ParsedRow, Record, Registry, Repeats, RowRemark, SheetRows};

/// The rows of the kept tables, each with whether all of it could be read; not yet linked.
#[derive(Default)]
pub(in crate::audit) struct KeptTables {
    rows: Vec<(ParsedRow, bool)>,
}

impl RowSink for KeptTables {
    fn take(&mut self, row: ParsedRow, whole: bool, _notes: &mut SheetNotes<'_>) -> RowRemark {
        self.rows.push((row, whole));
        RowRemark::More
    }
}

impl KeptTables {
    /// Reads the sheets of all kept tables.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn read(
        reader: &SheetReader<'_>,
        layouts: &[Option<Layout>],
        (log, repeats): (&mut IssueLog, &mut Repeats),
        rows: &mut [SheetRows],
    ) -> Result<KeptTables, ReadError> {
        let mut kept = KeptTables::default();
        for ((number, layout), rows) in (0_u32..).zip(layouts).zip(rows) {
            if let Some(layout) = layout.as_ref().filter(|layout| reader.dictionary.table(layout.table).held) {
                let notes = SheetNotes { log, repeats, rows };
                reader.read(number, layout, Parsing::Here, notes, &mut kept)?;
            }
        }
        Ok(kept)
    }

    /// The rows as they were parsed, for the registry.
    pub fn rows(&self) -> Vec<ParsedRow> {
        self.rows.iter().map(|(row, _)| row.clone()).collect()
    }

    /// Links the rows to what they name. Those of the roster become people, and are no records of their own.
    pub fn link(
        self,
        reader: &SheetReader<'_>,
        registry: &Registry<'_>,
        log: &mut IssueLog,
        rows: &mut [SheetRows],
    ) -> HashMap<TableId, Vec<Record>> {
        let mut held: HashMap<TableId, Vec<Record>> = HashMap::new();
        for (row, whole) in self.rows {
            let (table, counts) = (row.table, &mut rows[row.at.sheet as usize]);
            if table == reader.dictionary.schema.staff.table {
                counts.count(true, whole);
                continue;
            }
            let (record, linked) = reader.link(row, registry, log);
            // What others name is used even where it names something else that cannot be placed.
            counts.count(true, whole && (linked || is_named(reader.dictionary, table)));
            held.entry(table).or_default().push(record);
        }
        held
    }
}

/// Whether the rows of a table are what other rows name.
fn is_named(dictionary: &Dictionary, table: TableId) -> bool {
    [dictionary.schema.institutions.table, dictionary.schema.schools.table].contains(&table)
}
