//! A subject of a rule in one of its windows, what a measure gives for it, and what 年度数据 says of its institution.

use std::iter;

use jiff::civil::Date;

use super::accumulate::Tally;
use super::condition::named;
use super::coverage;
use super::facts::{Facts, View};
use super::plan::{Plan, RulePlan};
use crate::dictionary::{Dictionary, FieldId, TableId};
use crate::intake::Record;
use crate::model::{Amount, Cell, CellRef, DateSpan, Per, Truth, Value, Window, WordId};
use crate::rules::fold::{Cause, FigureUnit, GatheredRows, ItemFigure, Kind, Measured, Uncertain, Viewpoint};
use crate::rules::window::{self as timing, Timing};
use crate::rules::{Condition, Link, Measure, Members, State};

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

/// Rows that may be there and were not seen.
struct Unseen {
    table: TableId,
    spans: Vec<DateSpan>,
    why: Vec<Cause>,
}

impl<'a> Instance<'a> {
    pub(super) fn view(&self) -> Option<View<'a>> {
        self.facts.subject(self.rule.rule.each, self.subject)
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
        let own = self.unseen(table, &rows.folds.rows.filter);
        let of_members = members.and_then(|column| self.unseen(column.table, &column.filter));
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

    /// Where rows of a table that satisfy a condition may be and were not seen: on any day where a sheet may hold some that is
    /// not read, else where its ledger does not cover the window.
    fn unseen(&self, table: TableId, filter: &Condition) -> Option<Unseen> {
        let (facts, of) = (self.facts, self.facts.dictionary().table(table));
        let as_of = facts.when.as_of;
        let why = facts.open_causes(table);
        if !why.is_empty() {
            return Some(Unseen { table, spans: vec![DateSpan { first: Date::MIN, last: as_of }], why });
        }
        let dense = of.dense?;
        let institution = self.view().and_then(|view| view.institution);
        let gaps = |asked| {
            let months = self.tally.coverage.of(table, institution, asked);
            let gaps = months.gaps(dense, self.window(), as_of, &facts.when.calendar);
            facts.when.confirmed.without(table, gaps)
        };
        let spans = gaps(filter.words_asked());
        let times = coverage::in_words(&spans);
        let words = if gaps(None) == spans {
            format!("“{}”没有{times}的记录，不能断定这段时间没有", of.sheet)
        } else {
            format!("“{}”只有记别的活动的表，没有{times}这一类的记录，不能断定这段时间没有", of.sheet)
        };
        let cause = Cause { spans: spans.clone(), ..Cause::new(Uncertain::Time(table, institution), words) };
        (!spans.is_empty()).then(|| Unseen { table, spans, why: vec![cause] })
    }
}

impl Instance<'_> {
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
        self.facts.place(self.rule.rule.each, self.subject, field)
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

    fn has_rows(&self, table: TableId) -> bool {
        self.facts.has_rows(table)
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

    fn figure(&self, item: WordId) -> Option<ItemFigure> {
        let institution = self.view().and_then(|view| view.institution)?;
        Some(figure_of(self.facts, item, institution, self.window()))
    }
}

/// The value of an item for an institution. In a year's window it is that year's; as of a day, the latest one whose
/// year ends by the end of the audit year. Figures that differ, or that may be meant, leave the amount open between them.
fn figure_of(facts: &Facts<'_>, item: WordId, institution: u32, window: &Window) -> ItemFigure {
    let mut figure = ItemFigure::default();
    let table = facts.dictionary().schema.figures.table;
    let candidates: Vec<(&Record, Truth)> = facts
        .held(table)
        .iter()
        .map(|record| (record, is_figure_of(facts, record, item, institution)))
        .filter(|(_, truth)| *truth != Truth::False)
        .collect();
    let sure = || candidates.iter().filter(|(_, truth)| *truth == Truth::True);
    let years = || sure().filter_map(|(record, _)| figure_year(facts, record));
    let asked = FigureYears {
        window,
        until: facts.when.period.end(),
        latest: years().map(|(_, last)| last).filter(|last| *last <= facts.when.period.end()).max(),
        is_given: years().any(|(first, last)| first == window.start && last == window.end),
    };
    for (record, truth) in &candidates {
        let fits = truth.and(asked.is_asked(figure_year(facts, record)));
        if fits != Truth::False {
            add_figure(&mut figure, facts, record, fits);
        }
    }
    figure
}

/// The years of which a figure is asked for.
struct FigureYears<'w> {
    window: &'w Window,
    /// The last day of the audit year.
    until: Date,
    /// The last day of the latest year of which a figure is surely there.
    latest: Option<Date>,
    /// Whether a figure is surely there of the very year.
    is_given: bool,
}

impl FigureYears<'_> {
    /// Whether a figure of this year is asked for.
    fn is_asked(&self, year: Option<(Date, Date)>) -> Truth {
        let Some((first, last)) = year else { return Truth::Unknown };
        let window = self.window;
        match window.per {
            Per::AsOf if last > self.until => Truth::False,
            Per::AsOf if Some(last) == self.latest => Truth::True,
            // It may be the institution's, and the latest then.
            Per::AsOf => Truth::of(false, self.latest.is_some_and(|latest| last < latest)),
            Per::Year | Per::FiscalYear | Per::Term | Per::Month | Per::Week | Per::Fixed => {
                let is_same = first == window.start && last == window.end;
                // A year of the other kind, of which part is asked for, may be meant where the very year is not given.
                let is_part = first <= window.end && window.start <= last;
                Truth::of(is_same, self.is_given || !is_part)
            }
        }
    }
}

/// Whether a figure belongs to the item and the institution.
fn is_figure_of(facts: &Facts<'_>, record: &Record, item: WordId, institution: u32) -> Truth {
    let is_item = match record.row.cell(facts.dictionary().schema.figures.item) {
        Cell::Is(Value::Word(word)) => Truth::from(*word == item),
        // An item that no list knows is a clerk's own, and an issue names it.
        Cell::Unreadable | Cell::Is(_) => Truth::False,
        Cell::Blank | Cell::Absent => Truth::Unknown,
    };
    is_item.and(record.stands()).and(named(
        &record.institutions,
        record.maybe_institutions.holds(institution),
        institution,
    ))
}

fn figure_year(facts: &Facts<'_>, record: &Record) -> Option<(Date, Date)> {
    match record.row.cell(facts.dictionary().schema.figures.year) {
        Cell::Is(Value::Year { first, last }) => Some((*first, *last)),
        Cell::Is(_) | Cell::Blank | Cell::Absent | Cell::Unreadable => None,
    }
}

fn add_figure(figure: &mut ItemFigure, facts: &Facts<'_>, record: &Record, truth: Truth) {
    let field = facts.dictionary().schema.figures.value;
    figure.cells.push(facts.registry.place(record.row.at, field));
    let value = match record.row.cell(field) {
        Cell::Is(Value::Number(number)) => Some(Amount::exactly(*number)),
        Cell::Is(Value::Between { low, high }) => Some(Amount { low: *low, high: *high }),
        Cell::Is(_) | Cell::Blank | Cell::Absent | Cell::Unreadable => None,
    };
    figure.unit = figure.unit.and(unit_of(facts, record));
    let value = value.filter(|_| truth == Truth::True && figure.unit != FigureUnit::Mixed);
    figure.amount = Some(match (figure.amount, value) {
        (None, Some(value)) => value,
        (Some(before), Some(value)) => {
            let high = before.high.zip(value.high).map(|(one, other)| one.max(other));
            Amount { low: before.low.min(value.low), high }
        }
        (_, None) => Amount { low: rust_decimal::Decimal::ZERO, high: None },
    });
}

/// Whether an amount of money has a unit. Nothing has none to lack.
fn unit_of(facts: &Facts<'_>, record: &Record) -> FigureUnit {
    let figures = facts.dictionary().schema.figures;
    let Cell::Is(Value::Word(item)) = record.row.cell(figures.item) else { return FigureUnit::None };
    if !facts.dictionary().list(figures.items).money.contains(item) {
        return FigureUnit::None;
    }
    match (record.row.cell(figures.unit), record.row.cell(figures.value)) {
        (_, Cell::Blank | Cell::Absent | Cell::Unreadable) => FigureUnit::None,
        (_, Cell::Is(Value::Number(number))) if number.is_zero() => FigureUnit::None,
        (Cell::Is(_), _) => FigureUnit::Told,
        (Cell::Blank | Cell::Absent | Cell::Unreadable, _) => FigureUnit::Bare,
    }
}
