//! A subject of a rule in one of its windows, and what a measure gives for it.

use std::iter;

use jiff::civil::Date;

use super::accumulate::Tally;
use super::condition::{Seen, named};
use super::facts::{Facts, View};
use super::figures::figure_of;
use super::plan::{Plan, RulePlan};
use super::unseen::{Seeking, Unseen};
use crate::dictionary::{Dictionary, FieldId, TableId};
use crate::intake::Record;
use crate::model::{Cell, CellRef, DateSpan, Per, Truth, Window, WordId};
use crate::rules::fold::{
    Adds, Cause, Citations, Doubt, GatheredRows, ItemFigure, Kin, Kind, Measured, Uncertain, Viewpoint,
};
use crate::rules::window::{self as timing, Timing};
use crate::rules::{Link, Measure, Member, MemberColumn, Members, State};

/// A subject of a rule in one of its windows.
#[derive(Clone, Copy)]
pub(super) struct Instance<'a> {
    pub plan: &'a Plan<'a>,
    pub tally: &'a Tally,
    pub facts: &'a Facts<'a>,
    pub rule: &'a RulePlan<'a>,
    pub subject: usize,
    pub window: usize,
    /// Whether the rows count that may be there and were not seen.
    pub wide: bool,
}

impl<'a> Instance<'a> {
    pub(super) fn view(&self) -> Option<View<'a>> {
        self.facts.subject(self.rule.rule.each, self.subject, &self.rule.windows[self.window])
    }

    /// What a measure comes to. `place` is the place of its first rows, and is moved behind its last.
    pub(super) fn measured(&self, measure: &Measure, place: &mut usize) -> Measured {
        let mut found = iter::from_fn(|| {
            let found = self.found(*place)?;
            *place += 1;
            Some(found)
        });
        measure.result(&mut found, self)
    }

    fn found(&self, place: usize) -> Option<GatheredRows<'a, State>> {
        let rows = self.plan.measured.get(place)?;
        let members = rows.folds.members.and_then(Members::column);
        let column = members.map(|column| column.table);
        let table = rows.folds.rows.table;
        let accumulated = self.tally.accumulated(self.plan, place, self.subject, self.window);
        let (mut state, citations) = accumulated.map(|found| (found.state, found.citations)).unzip();
        let search = self.search();
        let own = search.unseen(table, &rows.folds.rows.filter, rows.folds.adds);
        let of_members = members.and_then(|column| search.unseen(column.table, &column.filter, Adds::Events));
        let unseen: Vec<Unseen> = own.into_iter().chain(of_members).collect();
        for unseen in unseen.iter().filter(|_| self.wide) {
            rows.measure.more(state.get_or_insert_with(|| rows.measure.start()), unseen.table, &unseen.spans);
        }
        Some(GatheredRows {
            table,
            absent: iter::once(table).chain(column).find(|table| !self.facts.has_rows(*table)),
            members: &rows.members,
            state,
            unseen: unseen.into_iter().flat_map(|unseen| unseen.why).collect(),
            citations: citations.unwrap_or_default(),
        })
    }
}

impl Instance<'_> {
    /// Where rows of the subject are looked for that were not seen.
    fn search(&self) -> Seeking<'_> {
        let view = self.view();
        let of_staff = view.filter(|_| self.rule.rule.each == self.facts.staff);
        let post = of_staff.and_then(|view| self.facts.posts.get(view.person? as usize)).copied();
        Seeking {
            facts: self.facts,
            coverage: &self.tally.coverage,
            window: self.window(),
            institution: view.and_then(|view| view.institution),
            person: view.and_then(|view| view.person),
            post: post.unwrap_or_default(),
        }
    }

    /// When a person leaves the post before a window ends.
    pub(super) fn leaving(&self, window: &Window) -> Option<DateSpan> {
        let view = self.view().filter(|_| self.rule.rule.each == self.facts.staff)?;
        let end = self.facts.dictionary().table(self.facts.staff).roles.end?;
        view.cell(end).date().filter(|end| end.first < window.end)
    }

    /// The rows that ledgers have of the person in the window, which is no as-of day: a cell of each, by table.
    pub(super) fn own_rows(&self) -> Vec<(TableId, Vec<CellRef>)> {
        let next = self.plan.rules.get(self.rule.place as usize + 1);
        let places = self.rule.first_rows..next.map_or(self.plan.measured.len(), |next| next.first_rows);
        let own = places.filter(|_| self.window().per != Per::AsOf).filter_map(|place| {
            let found = self.tally.own(self.plan, place, self.subject, self.window)?;
            let mut cells: Vec<CellRef> = found.cells().collect();
            cells.sort_unstable();
            cells.dedup_by_key(|cell| cell.row);
            Some((self.plan.measured[place].folds.rows.table, cells))
        });
        own.collect()
    }

    /// Whether a record is the subject's.
    fn belongs(&self, record: &Record, link: Option<Link>) -> Truth {
        let Ok(place) = u32::try_from(self.subject) else { return Truth::Unknown };
        match link {
            Some(Link::Institution) => named(&record.institutions, record.maybe_institutions.holds(place), place),
            Some(Link::Person) => named(&record.people, record.maybe_people.holds(place), place),
            Some(Link::Own | Link::School | Link::Everyone) | None => Truth::True,
        }
    }

    /// The last day on which something may still count for the window.
    pub(super) fn ends(&self) -> Date {
        let window = &self.rule.windows[self.window];
        window.end.saturating_add(jiff::Span::new().weeks(self.rule.rule.grace.after))
    }
}

impl Viewpoint for Instance<'_> {
    fn dictionary(&self) -> &Dictionary {
        self.facts.dictionary()
    }

    fn each(&self) -> TableId {
        self.rule.rule.each
    }

    fn cell(&self, field: FieldId) -> &Cell {
        self.view().map_or(&Cell::Unreadable, |view| view.cell(field))
    }

    fn place(&self, field: FieldId) -> Option<CellRef> {
        self.facts.place(self.rule.rule.each, self.subject, field, Some(self.window()))
    }

    fn header_at(&self, cell: CellRef) -> Option<&str> {
        self.facts.header_at(cell)
    }

    fn of_another_time(&self, field: FieldId) -> Option<Cause> {
        let (facts, each) = (self.facts, self.rule.rule.each);
        let at = self.place(field).filter(|cell| facts.lists.has(cell.row.sheet))?;
        let words = format!("“{}”{}", self.header(field), Doubt::OldList.words(each, facts.dictionary()));
        Some(Cause::new(Uncertain::Rows(each, Doubt::OldList), words).at([at]))
    }

    fn window(&self) -> &Window {
        &self.rule.windows[self.window]
    }

    fn as_of(&self) -> Date {
        self.facts.when.as_of
    }

    fn school_name(&self, place: u32) -> Option<&str> {
        self.facts.registry.schools.get(place as usize).map(|school| &*school.name)
    }

    fn is_teaching_day(&self, date: Date) -> bool {
        self.facts.when.calendar.is_teaching_day(date).unwrap_or(true)
    }

    fn is_holiday(&self, first: Date, last: Date) -> Truth {
        self.facts.when.calendar.is_holiday(first, last)
    }

    fn has_rows(&self, table: TableId) -> bool {
        self.facts.has_rows(table)
    }

    fn unread(&self, table: TableId) -> Vec<Cause> {
        self.facts.open_causes(table)
    }

    fn earlier(&self, table: TableId) -> Vec<Cause> {
        self.facts.before.causes(table, self.facts.registry)
    }

    fn asks(&self, table: TableId, records: &[(u32, Truth)]) -> Truth {
        let dictionary = self.facts.dictionary();
        let link = Link::between(dictionary, self.rule.rule.each, table);
        let timing = timing::of(dictionary.table(table));
        let asked = |(place, truth): &(u32, Truth)| {
            let Some(record) = self.facts.held(table).get(*place as usize) else { return Truth::Unknown };
            let lasts = match timing {
                Timing::Lasting { .. } => timing.within(&record.row.cells, self.window(), self.facts.when.as_of),
                Timing::Event { .. } | Timing::Timeless => Truth::True,
            };
            truth.and(lasts).and(self.belongs(record, link))
        };
        records.iter().map(asked).fold(Truth::False, Truth::or)
    }

    fn asks_perhaps(&self, column: &MemberColumn, members: &[&Member]) -> Vec<Cause> {
        let Some(row) = self.view() else { return Vec::new() };
        let (seen, mut found) = (Seen { facts: self.facts, row }, Citations::default());
        let records = members.iter().flat_map(|member| &member.records);
        for asked in records.filter(|asked| self.asks(column.table, &[**asked]) == Truth::Unknown) {
            let Some(record) = self.facts.held(column.table).get(asked.0 as usize) else { continue };
            let doubt = seen.doubt_of(record, &column.filter);
            found.add(self.facts.cell_of(record, doubt, column.field), Some(doubt));
        }
        found.causes(column.table, self.facts.dictionary(), |cell| self.facts.header_at(cell))
    }

    fn kin(&self, from: FieldId, to: FieldId) -> Option<Vec<Kin<'_>>> {
        self.facts.kin(self.rule.rule.each, self.subject, (from, to))
    }

    fn figure(&self, item: WordId) -> Option<ItemFigure> {
        let institution = self.view().and_then(|view| view.institution)?;
        Some(figure_of(self.facts, item, institution, self.window()))
    }
}
