//! The checks of one run, in the order in which a row goes through them.

use jiff::civil::Date;

use super::checked::CheckedRow;
use super::dates::DateFields;
use super::events::{OfficeRows, ToldEvent};
use super::repeats::Repeats;
use super::visits::{Comparing, VisitFields};
use super::{alike, amounts, dates, headcounts, held, repeats, roster, years};
use crate::dictionary::{Dictionary, TableId};
use crate::intake::issues::IssueLog;
use crate::intake::people::Registry;
use crate::intake::row::{ParsedRow, Record};
use crate::intake::sheet::Layout;
use crate::model::{CellRef, Truth};

pub struct Checks<'d> {
    dictionary: &'d Dictionary,
    /// The first day of what is audited, `None` where no time is, and the day that it looks back from.
    from: Option<Date>,
    as_of: Date,
    dates: Vec<DateFields>,
    /// By table, whether it stands in several sheets, so that a row of one may be that of another.
    in_sheets: Vec<bool>,
    /// By table that stands in several sheets, how its visits are compared.
    visits: Vec<Option<VisitFields>>,
    /// Rows that are counted for an office, whoever they are of.
    office_rows: Vec<OfficeRows>,
    /// Most rows are after everybody's birth, and need no look at each person.
    latest_birth: Option<Date>,
}

impl<'d> Checks<'d> {
    /// `tables` are those of the sheets of the run, one for each sheet.
    pub fn new(
        dictionary: &'d Dictionary,
        (from, as_of): (Option<Date>, Date),
        tables: impl Iterator<Item = TableId>,
        office_rows: Vec<OfficeRows>,
    ) -> Checks<'d> {
        let mut counts = vec![0_u32; dictionary.tables.len()];
        for table in tables {
            counts[usize::from(table.0)] += 1;
        }
        let in_sheets: Vec<bool> = counts.into_iter().map(|count| count > 1).collect();
        let visits = |(table, several): (_, &bool)| several.then(|| VisitFields::of(table)).flatten();
        let visits = dictionary.tables.iter().zip(&in_sheets).map(visits).collect();
        let dates = dictionary.tables.iter().map(DateFields::of).collect();
        Checks { dictionary, from, as_of, dates, in_sheets, visits, office_rows, latest_birth: None }
    }

    /// Of each row of the kept tables, whether another one of the same person, institution or school is of the audited year, and it
    /// is of another.
    pub fn superseded<'r>(&self, rows: impl Iterator<Item = &'r ParsedRow>) -> Vec<bool> {
        years::superseded(rows, self.as_of, self.dictionary)
    }

    /// Checks a row by itself and against the rows before it. False if something is wrong that matters to what is counted.
    pub fn row(
        &self,
        parsed: &mut ParsedRow,
        layout: &Layout,
        print: u64,
        repeats: &mut Repeats,
        log: &mut IssueLog,
    ) -> bool {
        let table = self.dictionary.table(parsed.table);
        let mut checked = CheckedRow { parsed, layout, log, whole: true };
        // Rows of one person or institution become one, and say so themselves.
        let schema = &self.dictionary.schema;
        let (id, staff) = (checked.parsed.table, schema.staff.table);
        if ![staff, schema.institutions.table].contains(&id) {
            repeats.check(print, table, &mut checked);
            let place = usize::from(id.0);
            if self.in_sheets.get(place) == Some(&true) && self.visits(id).is_none() {
                repeats.check_other_sheets(table, &mut checked);
            }
        }
        if let Some(from) = self.from {
            held::check(table, (from, self.as_of), &mut checked, self.dictionary);
            held::check_states(table, self.as_of, &mut checked);
            held::check_headers(table, (from, self.as_of), &mut checked);
        }
        if let Some(fields) = self.dates.get(usize::from(id.0)) {
            dates::check(fields, table, self.as_of, &mut checked);
        }
        amounts::check(table, &mut checked);
        amounts::check_quantity(table, &mut checked);
        if id == staff {
            roster::check_row(self.dictionary, self.as_of, &mut checked);
        }
        checked.whole
    }

    /// How the visits of a table are compared. `None` if it is no table of visits, or stands in one sheet.
    pub fn visits(&self, table: TableId) -> Option<Comparing<'_>> {
        let fields = self.visits.get(usize::from(table.0))?.as_ref()?;
        Some(Comparing::new(fields, table, self.dictionary))
    }

    /// Checks a row of a streamed table against those of other sheets. False if it may be one of them.
    pub fn visit(&self, record: &mut Record, layout: &Layout, repeats: &mut Repeats, log: &mut IssueLog) -> bool {
        let is_first = self.event(record, layout, repeats, log);
        let Some(comparing) = self.visits(record.row.table) else { return is_first };
        if record.row.repeated || record.stands() != Truth::True {
            return is_first;
        }
        let (named, table) = (!record.people.is_empty(), self.dictionary.table(record.row.table));
        if named && !repeats.is_again(record, &comparing) {
            return is_first;
        }
        let again = record.again.as_ref().map(|again| again.first);
        let mut checked = CheckedRow { parsed: &mut record.row, layout, log, whole: true };
        match again {
            Some(first) => repeats::report_visit(first, &mut checked),
            None => repeats.check_other_sheets(table, &mut checked),
        }
        let whole = checked.whole;
        if again.is_none() {
            repeats::report_told(record, log);
        }
        whole && is_first
    }

    /// Checks a row that is counted for an office against those of others. False if it may tell of the same event.
    fn event(&self, record: &mut Record, layout: &Layout, repeats: &mut Repeats, log: &mut IssueLog) -> bool {
        if record.names_only_strangers() || !self.office_rows.iter().any(|rows| rows.hold(&record.row)) {
            return true;
        }
        let told = ToldEvent::of(&record.row, self.dictionary.table(record.row.table), &record.institutions);
        let mut checked = CheckedRow { parsed: &mut record.row, layout, log, whole: true };
        repeats.check_event(told, &mut checked);
        checked.whole
    }

    pub fn record(&self, record: &Record, registry: &Registry<'_>, log: &mut IssueLog) {
        repeats::report_told(record, log);
        if let (Some(fields), Some(latest)) = (self.dates.get(usize::from(record.row.table.0)), self.latest_birth) {
            dates::check_people(fields, (self.dictionary.schema.staff.birth_date, latest), record, registry, log);
        }
    }

    pub fn people(&mut self, registry: &Registry<'_>, log: &mut IssueLog) {
        let births = registry.staff.iter().map(|one| one.cell(self.dictionary.schema.staff.birth_date));
        self.latest_birth = births.filter_map(|birth| birth.date().map(|span| span.first)).max();
        roster::check_people(registry, log);
    }

    /// Where institutions say another number of people than the roster has.
    pub fn headcounts(&self, registry: &Registry<'_>, log: &mut IssueLog) -> Vec<CellRef> {
        headcounts::miscounted(registry, log)
    }

    /// Checks the rows of a held table against each other.
    pub fn held(&self, table: TableId, records: &mut [Record], registry: &Registry<'_>, log: &mut IssueLog) {
        if table == self.dictionary.schema.figures.table {
            amounts::check_figures(records, registry, log);
        }
        alike::check(self.dictionary.table(table), records, registry, log);
    }
}
