//! What the records say apart from the ledgers that are only tallied: people, institutions, schools, held rows.

use std::collections::{BTreeMap, HashMap};
use std::ops::Not;
use std::sync::{Mutex, PoisonError};

use jiff::civil::Date;

use super::coverage::{
    Confirmed, EarlierLists, ListDoubts, NamedMonths, OtherTotal, Remits, extracts, kept_by_table, of_months,
};
use super::folding::Occurrences;
use crate::dictionary::{Dictionary, FieldId, TableId};
use crate::intake::{BesideLedgers, Entity, Record, RecordDoubt, Registry, SchoolLink};
use crate::model::{Calendar, Cell, CellRef, DateSpan, Per, Period, RowRef, Truth, Window};

/// The audit year, the day it looks back from, and the office's terms.
#[derive(Clone, Debug)]
pub struct When {
    pub period: Period,
    pub as_of: Date,
    pub calendar: Calendar,
    pub confirmed: Confirmed,
}

/// Everything that rules look up.
pub struct Facts<'a> {
    pub registry: &'a Registry<'a>,
    /// The rows of held tables, by table; the roster with one row for each person.
    pub held: HashMap<TableId, Vec<Record>>,
    /// What the roster says on the as-of day of those of whom it says something else at other times.
    pub(super) now: HashMap<u32, Record>,
    /// How many rows each table has in the whole run.
    pub rows: HashMap<TableId, u64>,
    pub when: When,
    /// The day until which the ledgers of a table say that they were kept.
    pub until: BTreeMap<TableId, Date>,
    /// Those whose sheets are all named for some months of a year.
    pub(super) of_months: BTreeMap<TableId, NamedMonths>,
    /// Tables of which a sheet may hold rows that is not read, with those sheets.
    pub open: BTreeMap<TableId, Vec<u32>>,
    /// The sheets that are not read and are none of the tables, as far as is known.
    pub bystanders: Vec<u32>,
    /// The sheets of years before that are not read and may say since when something has lasted.
    pub before: EarlierLists,
    /// Tables of which there are only lists of a part, with those sheets.
    pub(super) extracts: BTreeMap<TableId, Vec<u32>>,
    /// Lists that are named for another time.
    pub(super) lists: ListDoubts,
    /// Where sheets that are read say that rows of their table are missing.
    pub gaps: BTreeMap<TableId, Vec<CellRef>>,
    /// What lines beside the rows of ledgers say of people.
    pub beside: BesideLedgers,
    /// Whose total, as a sheet tells it, is another one than their rows add up to.
    pub totals: Vec<OtherTotal>,
    /// Whose book each sheet is, and of what.
    pub(super) remits: Remits,
    /// By person, when they came to their post and left it, as far as the roster says.
    pub(super) posts: Vec<(Option<DateSpan>, Option<DateSpan>)>,
    pub(super) staff: TableId,
    pub(super) institutions: TableId,
    pub(super) schools: TableId,
    /// For columns that were asked about, how often each value occurs.
    counts: Mutex<HashMap<(TableId, FieldId), Occurrences>>,
}

/// A row that a condition is asked of: its cells, and what it names.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub table: TableId,
    pub cells: &'a [Cell],
    pub school: SchoolLink,
    /// The person who is judged, or the only one that the row names.
    pub person: Option<u32>,
    pub institution: Option<u32>,
    /// The window that is judged, for rows that last from day to day. `None` for the as-of day.
    pub during: Option<&'a Window>,
}

impl<'a> View<'a> {
    pub(super) fn cell(&self, field: FieldId) -> &'a Cell {
        &self.cells[field.index()]
    }

    /// `person` is who is judged by the record, if it is a person.
    pub(super) fn record(record: &'a Record, person: Option<u32>) -> View<'a> {
        let only = |places: &[u32]| if let [place] = places { Some(*place) } else { None };
        View {
            table: record.row.table,
            cells: &record.row.cells,
            school: record.school,
            person: person.or_else(|| only(&record.people)),
            institution: only(&record.institutions),
            during: None,
        }
    }
}

impl<'a> Facts<'a> {
    /// `held` are the rows of the tables that are kept, apart from the roster, which comes from the registry.
    pub fn new(registry: &'a Registry<'a>, mut held: HashMap<TableId, Vec<Record>>, when: When) -> Facts<'a> {
        let schema = &registry.dictionary.schema;
        let staff = schema.staff.table;
        held.insert(staff, registry.staff_records());
        let now = registry.staff_records_on(when.as_of).collect();
        let roles = registry.dictionary.table(staff).roles;
        let day = |person: &Entity, field: Option<FieldId>| field.and_then(|field| person.cell(field).date());
        let post = |person: &Entity| (day(person, roles.start), day(person, roles.end));
        let rows = held.iter().map(|(table, records)| (*table, records.len() as u64)).collect();
        let time = (when.period.start(), when.period.end().max(when.as_of));
        let lists = ListDoubts::of(registry, time);
        let mut extracts = extracts(registry, &held, time, &lists);
        // A list of another time may be whole, and says nothing of who came since.
        extracts.retain(|_, sheets| when.confirmed != Confirmed::All || sheets.iter().all(|sheet| lists.has(*sheet)));
        lists.mark(registry, &mut held);
        Facts {
            registry,
            held,
            now,
            rows,
            when,
            open: BTreeMap::new(),
            bystanders: Vec::new(),
            before: EarlierLists::default(),
            extracts,
            lists,
            gaps: BTreeMap::new(),
            beside: BesideLedgers::default(),
            totals: Vec::new(),
            remits: Remits::of(registry),
            until: BTreeMap::new(),
            of_months: of_months(registry),
            posts: registry.staff.iter().map(post).collect(),
            staff,
            institutions: schema.institutions.table,
            schools: schema.schools.table,
            counts: Mutex::default(),
        }
    }

    /// Takes what stands beside the rows of each sheet: until when it was kept.
    pub fn hear<'t>(&mut self, beside: impl Fn(u32) -> Vec<&'t str>) {
        self.until = kept_by_table(self.registry, self.when.as_of, beside);
    }

    /// Adds the number of rows of a table that is not held.
    pub fn count_rows(&mut self, table: TableId, rows: u64) {
        *self.rows.entry(table).or_default() += rows;
    }

    pub fn dictionary(&self) -> &'a Dictionary {
        self.registry.dictionary
    }

    pub fn held(&self, table: TableId) -> &[Record] {
        self.held.get(&table).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether a week or a month may be one without teaching, because no calendar says.
    pub(super) fn may_be_holiday(&self, window: &Window) -> bool {
        matches!(window.per, Per::Week | Per::Month) && !self.when.calendar.knows(window)
    }

    pub fn has_rows(&self, table: TableId) -> bool {
        self.rows.get(&table).is_some_and(|rows| *rows > 0)
    }

    pub(super) fn subjects(&self, table: TableId) -> usize {
        if table == self.staff {
            self.registry.staff.len()
        } else if table == self.institutions {
            self.registry.institutions.len()
        } else {
            self.held(table).len()
        }
    }

    /// A person or an institution. `None` for subjects that are rows of their table.
    pub(super) fn entity(&self, table: TableId, place: usize) -> Option<&Entity> {
        if table == self.staff {
            self.registry.staff.get(place)
        } else if table == self.institutions {
            self.registry.institutions.get(place)
        } else {
            None
        }
    }

    pub(super) fn subject(&self, table: TableId, place: usize, window: &Window) -> Option<View<'_>> {
        if let Some(entity) = self.entity(table, place) {
            let own = u32::try_from(place).ok();
            let tenure = entity.tenure_in(window, self.when.as_of);
            return Some(View {
                table,
                cells: tenure.map_or(&entity.cells, |tenure| &tenure.cells),
                school: SchoolLink::Blank,
                person: own.filter(|_| table == self.staff),
                institution: match tenure {
                    Some(tenure) => tenure.institution,
                    None if table == self.staff => entity.institution_then(Some(window.span())),
                    None => own,
                },
                during: None,
            });
        }
        let record = self.held(table).get(place).filter(|record| !record.row.notes.partner)?;
        let mut view = View::record(record, None);
        if table == self.schools {
            view.school = u32::try_from(place).map_or(SchoolLink::Blank, SchoolLink::Known);
        }
        Some(view)
    }

    /// The cells beside a subject whose remarks say that it may not count, and that it may be excused, with the word.
    pub(super) fn remarks(&self, table: TableId, place: usize) -> (Option<CellRef>, Option<(CellRef, &str)>) {
        match self.entity(table, place) {
            Some(entity) => {
                let place = u32::try_from(place).ok().filter(|_| table == self.staff);
                let away = entity.away.as_ref().or_else(|| self.beside.away.get(&place?));
                (entity.denied, away.map(|(cell, word)| (*cell, &**word)))
            }
            None => {
                let row = self.held(table).get(place).map(|record| &record.row);
                (row.and_then(|row| row.notes.denied.map(|column| row.at.cell(column))), None)
            }
        }
    }

    /// Whether a contact with a school ended with the teaching, in the holidays in which the as-of day lies: it may still hold.
    pub(super) fn ended_in_holidays(&self, record: &Record) -> bool {
        let (row, as_of) = (&record.row, self.when.as_of);
        let roles = self.dictionary().table(row.table).roles;
        let (true, Some(end)) = (row.table == self.dictionary().schema.contacts, roles.end) else { return false };
        let has_begun = roles.start.and_then(|start| row.cell(start).date()).is_none_or(|start| start.last <= as_of);
        let ended = row.cell(end).date().filter(|end| end.last < as_of && has_begun);
        // A weekend is no holidays.
        let week = as_of.saturating_sub(jiff::Span::new().days(6));
        let next = ended.and_then(|end| end.last.tomorrow().ok());
        next.is_some_and(|next| self.when.calendar.is_holiday(next.min(week), as_of) != Truth::False)
    }

    /// Whether a subject is a row that does not say of whom it is.
    pub(super) fn is_nameless(&self, table: TableId, place: usize) -> bool {
        let doubt = match self.entity(table, place) {
            Some(entity) => entity.doubt,
            None => self.held(table).get(place).and_then(|record| record.doubt),
        };
        doubt == Some(RecordDoubt::Nameless)
    }

    /// The header of the column of a cell, as it is shown. `None` where nothing is read there.
    pub(super) fn header_at(&self, cell: CellRef) -> Option<&str> {
        let layout = self.registry.layouts.get(cell.row.sheet as usize)?.as_ref()?;
        Some(layout.header(cell.column)).filter(|header| !header.is_empty())
    }

    /// The row of a subject that stands only in lists which are named for another time.
    pub(super) fn of_another_time(&self, table: TableId, place: usize) -> Option<RowRef> {
        let schools = self.registry.schools.get(place).filter(|_| table == self.schools);
        match self.entity(table, place).or(schools) {
            Some(entity) => self.lists.of_rows(&entity.rows),
            None => self.lists.of_rows(&[self.held(table).get(place)?.row.at]),
        }
    }

    /// Where a field of a subject stands: at the time of a window, where its rows hold at several.
    pub(super) fn place(&self, table: TableId, place: usize, field: FieldId, then: Option<&Window>) -> Option<CellRef> {
        let tenure =
            |entity: &'_ Entity| entity.tenure_in(then?, self.when.as_of)?.places.get(field.index()).copied().flatten();
        match self.entity(table, place) {
            Some(entity) => {
                tenure(entity).or_else(|| entity.place(field)).or_else(|| entity.rows.first().map(|row| row.cell(0)))
            }
            None => self.held(table).get(place).map(|record| self.registry.place_in(&record.row, field)),
        }
    }

    /// What is only so because no row says otherwise is unknown where there may be more rows.
    pub(super) fn unless_open(&self, table: TableId, found: Truth) -> Truth {
        let is_said = self.open.contains_key(&table) || self.gaps.contains_key(&table);
        let is_miscounted = table == self.staff && !self.registry.miscounted.is_empty();
        let may_lack = is_said || is_miscounted || self.extracts.contains_key(&table);
        if may_lack { found.or(Truth::Unknown) } else { found }
    }

    /// Whether a value occurs once in its column.
    pub(super) fn is_unique(&self, table: TableId, field: FieldId, value: &str) -> Truth {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let column = counts.entry((table, field)).or_insert_with(|| self.occurrences(table, field));
        let is_twice = column.is_twice(value, &self.dictionary().cells.numbers);
        self.unless_open(table, is_twice).not()
    }

    fn occurrences(&self, table: TableId, field: FieldId) -> Occurrences {
        Occurrences::of(self.held(table), field, &self.dictionary().cells.numbers)
    }
}
