//! More than a day can hold: the lessons and days that a person's rows of one date of the audit year add up to, and those
//! of a row over several days. It is only listed; what counts is capped elsewhere or counts as it stands.

use jiff::Span;
use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::dictionary::{FieldId, Table};
use crate::evaluate::Facts;
use crate::intake::{IssueLog, Record};
use crate::model::{IssueKind, Period, RowRef, Truth, plain};
use crate::rules::quantity;
use crate::rules::window::{self as timing, Timing};

/// The lessons that a day has at most.
const LESSONS: u32 = 8;
/// The days of the longest audit year.
const LONGEST: usize = 366;

/// The days of people, with what their rows add up to.
pub(super) struct Workload {
    /// By table; none for one whose rows do not say how much was done.
    amounts: Vec<Option<Amounts>>,
    year: Period,
    /// By person, the days of the audit year; none for a person without rows.
    days: Vec<Option<Box<[Day]>>>,
}

/// What a person did on a date, in hundredths, and the last of the rows that say so.
#[derive(Clone, Copy, Default)]
struct Day {
    lessons: u32,
    days: u32,
    /// With its own lessons and days.
    last: Option<(RowRef, u32, u32)>,
}

/// The fields of a row that say how much was done.
#[derive(Clone, Copy)]
struct Amounts {
    timing: Timing,
    lessons: FieldId,
    days: FieldId,
}

struct Row<'r> {
    record: &'r Record,
    facts: &'r Facts<'r>,
    amounts: Amounts,
    lessons: Decimal,
    /// Where 天数 is filled in.
    days: Option<Decimal>,
}

impl Amounts {
    fn of(table: &Table) -> Option<Amounts> {
        let (lessons, days) = (table.roles.lessons?, table.roles.days?);
        Some(Amounts { timing: timing::of(table), lessons, days })
    }
}

impl Workload {
    pub(super) fn new(facts: &Facts<'_>) -> Workload {
        let amounts = facts.dictionary().tables.iter().map(Amounts::of).collect();
        Workload { amounts, year: facts.when.period, days: vec![None; facts.registry.staff.len()] }
    }

    /// Adds a row of a ledger, unless it may be a copy of another one. A row over several days is checked at once.
    pub(super) fn add(&mut self, record: &Record, facts: &Facts<'_>, log: &mut IssueLog) {
        let of_table = usize::from(record.row.table.0);
        let Some(amounts) = self.amounts.get(of_table).copied().flatten() else { return };
        let table = facts.dictionary().table(record.row.table);
        let extent = amounts.timing.extent(&record.row.cells);
        let Some((first, last)) = extent.and_then(|(start, end)| start.exact().zip(end.exact())) else { return };
        if record.row.repeated || record.again.is_some() || record.stands() == Truth::Unknown {
            return;
        }
        let lessons = quantity::of(&record.row.cells, amounts.lessons, table.field(amounts.lessons));
        // What is surely there is too much already, or it is not.
        let lessons = lessons.low;
        let days = record.row.cell(amounts.days).number();
        let row = Row { record, facts, amounts, lessons, days };
        let length = if first == last { 1 } else { first.until(last).map_or(0, |span| span.get_days()) + 1 };
        if row.is_long(length, log) {
            return;
        }
        for person in &record.people {
            self.add_day(*person, first, &row);
        }
    }

    fn add_day(&mut self, person: u32, date: Date, row: &Row<'_>) {
        let (lessons, days) = (hundredths(row.lessons), row.days.map_or(0, hundredths));
        let Some(day) = self.day(person, date) else { return };
        day.add(Day { lessons, days, last: Some((row.record.row.at, lessons, days)) });
    }

    /// The day of a person, when it is one of the audit year.
    fn day(&mut self, person: u32, date: Date) -> Option<&mut Day> {
        let place = usize::try_from(self.year.start().until(date).ok()?.get_days()).ok()?;
        let days = self.days.get_mut(person as usize).filter(|_| date <= self.year.end())?;
        days.get_or_insert_with(|| vec![Day::default(); LONGEST].into()).get_mut(place)
    }

    /// Takes up the rows of another one, which come behind its own.
    pub(super) fn join(&mut self, other: Workload) {
        for (own, other) in self.days.iter_mut().zip(other.days) {
            match (own, other) {
                (_, None) => {}
                (own @ None, other) => *own = other,
                (Some(own), Some(other)) => own.iter_mut().zip(&other).for_each(|(own, other)| own.add(*other)),
            }
        }
    }

    /// Reports the days that hold too much, once all rows are there.
    pub(super) fn report(&self, facts: &Facts<'_>, log: &mut IssueLog) {
        let dates: Vec<Date> = self.year.start().series(Span::new().days(1)).take(LONGEST).collect();
        for (person, days) in facts.registry.staff.iter().zip(&self.days) {
            for (date, day) in dates.iter().zip(days.iter().flatten()) {
                self.report_day(&person.name, *date, day, facts, log);
            }
        }
    }

    fn report_day(&self, who: &str, date: Date, day: &Day, facts: &Facts<'_>, log: &mut IssueLog) {
        let Some((at, lessons, days)) = day.last.filter(|_| day.lessons > LESSONS * 100 || day.days > 100) else {
            return;
        };
        let layout = facts.registry.layouts.get(at.sheet as usize).and_then(Option::as_ref);
        let Some(fields) = layout.and_then(|layout| *self.amounts.get(usize::from(layout.table.0))?) else { return };
        let amount = |hundredths: u32| plain(Decimal::new(hundredths.into(), 2).normalize());
        let mut report = |field: FieldId, own: u32, what: &str| {
            let message = || format!("{who}{date}这一天登记的{what}，建议核实");
            log.report_with(facts.registry.place(at, field), IssueKind::UnlikelyAmount, &amount(own), message);
        };
        if day.lessons > LESSONS * 100 {
            report(fields.lessons, lessons, &format!("节数合计{}节，超过{LESSONS}节", amount(day.lessons)));
        }
        if day.days > 100 {
            report(fields.days, days, &format!("天数合计{}天，一天只按1天计", amount(day.days)));
        }
    }
}

impl Day {
    /// Adds rows that come behind its own.
    fn add(&mut self, other: Day) {
        self.lessons = self.lessons.saturating_add(other.lessons);
        self.days = self.days.saturating_add(other.days);
        self.last = other.last.or(self.last);
    }
}

impl Row<'_> {
    /// Whether a row is over several days; then it is checked by itself.
    fn is_long(&self, length: i32, log: &mut IssueLog) -> bool {
        let days = self.days.unwrap_or_default();
        let ends = match self.amounts.timing {
            Timing::Event { .. } => self.amounts.timing.has_end(&self.record.row.cells),
            Timing::Lasting { .. } | Timing::Timeless => false,
        };
        if length <= 1 && days <= Decimal::ONE {
            return false;
        }
        // Without an end, 天数 says how long it took.
        let span = if ends { Decimal::from(length) } else { days.ceil() };
        if days > span {
            let message = || format!("“天数”是{}天，起止日期之间只有{}天，建议核实", plain(days), plain(span));
            self.report(self.amounts.days, log, days, message);
        }
        if self.lessons > span.saturating_mul(Decimal::from(LESSONS)) {
            let message =
                || format!("{}天登记了{}节，平均一天超过{LESSONS}节，建议核实", plain(span), plain(self.lessons));
            self.report(self.amounts.lessons, log, self.lessons, message);
        }
        true
    }

    fn report(&self, field: FieldId, log: &mut IssueLog, amount: Decimal, message: impl FnOnce() -> String) {
        let place = self.facts.registry.place_in(&self.record.row, field);
        log.report_with(place, IssueKind::UnlikelyAmount, &plain(amount), message);
    }
}

/// An amount in hundredths; what is more than a u32 holds is too much anyway.
fn hundredths(amount: Decimal) -> u32 {
    amount.saturating_mul(Decimal::ONE_HUNDRED).to_u32().unwrap_or(u32::MAX)
}
