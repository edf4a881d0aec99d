//! The tables that are kept in memory, so that other rows can look them up.

use std::collections::HashMap;

use sheets::Parsing;

use super::row_path::{RowSink, SheetNotes, SheetReader};
use super::run_sheets::Damage;
use crate::dictionary::TableId;
use crate::intake::{IssueLog, ParsedRow, Record, Registry, Repeats, RowRemark, SheetRows};

/// The rows of the kept tables, each with whether all of it could be read; not yet linked.
#[derive(Default)]
pub(in crate::audit) struct KeptTables(Vec<(ParsedRow, bool)>);

impl RowSink for KeptTables {
    fn take(&mut self, row: ParsedRow, whole: bool, _notes: &mut SheetNotes<'_>) -> RowRemark {
        self.0.push((row, whole));
        RowRemark::More
    }
}

impl KeptTables {
    /// Reads the sheets of all kept tables; ends at the first damage unless the reader reads on.
    pub(crate) fn read(
        reader: &SheetReader<'_>,
        (log, repeats): (&mut IssueLog, &mut Repeats),
        rows: &mut [SheetRows],
    ) -> (KeptTables, Damage) {
        let (mut kept, mut damage) = (KeptTables::default(), Damage::new());
        for (number, book, layout) in reader.tables(true) {
            if !damage.is_empty() && (!reader.reads_on || damage.contains_key(&book)) {
                continue;
            }
            let notes = SheetNotes { log, repeats, rows: &mut rows[number as usize] };
            if let Err(error) = reader.read(number, layout, Parsing::Here, notes, &mut kept) {
                damage.insert(book, error);
            }
        }
        (kept, damage)
    }

    /// The rows as they were parsed, for the registry.
    pub(crate) fn rows(&self) -> Vec<ParsedRow> {
        self.0.iter().map(|(row, _)| row.clone()).collect()
    }

    /// Links the rows to what they name. Those of the roster become people, and are no records of their own.
    pub(crate) fn link(
        self,
        reader: &SheetReader<'_>,
        registry: &Registry<'_>,
        log: &mut IssueLog,
        rows: &mut [SheetRows],
    ) -> HashMap<TableId, Vec<Record>> {
        let schema = &reader.dictionary.schema;
        let mut held: HashMap<TableId, Vec<Record>> = HashMap::new();
        for (row, whole) in self.0 {
            let (table, counts) = (row.table, &mut rows[row.at.sheet as usize]);
            if table == schema.staff.table {
                counts.count(true, whole);
                continue;
            }
            let (record, linked) = reader.link(row, registry, log);
            // What others name is used even where it names something else that cannot be placed.
            let is_named = [schema.institutions.table, schema.schools.table].contains(&table);
            counts.count(true, whole && (linked || is_named));
            held.entry(table).or_default().push(record);
        }
        held
    }
}
