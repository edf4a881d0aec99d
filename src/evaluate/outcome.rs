//! What a measure gives for a subject in a window.

use rust_decimal::Decimal;

use super::coverage;
use super::elapsed;
use super::facts::{Facts, View};
use super::figure;
use super::plan::{Kind, Plan, RulePlan};
use super::slot::{Slot, Tallied, Trace};
use super::tally::Tally;
use crate::dictionary::{FieldId, TableId};
use crate::model::{Amount, Cell, CellRef, DateSpan, Truth, Value, elapsed_years};
use crate::rules::{Measure, Members, Rows, Start};

/// What a measure gives.
#[derive(Clone, Debug, Default)]
pub(super) struct Outcome {
    /// None where nothing could be computed.
    pub amount: Option<Amount>,
    /// Why nothing could be computed, or why it is not exact, in words.
    pub lacks: Vec<String>,
    /// A share of nobody: the requirement concerns no one here.
    pub nobody: bool,
    /// Nothing was done yet and time only runs from the start: within the limit that is 未到期, not 达标.
    pub start_only: bool,
    /// Whether what would answer the requirement goes on at this moment.
    pub goes_on: Option<Truth>,
    /// Whether a list was to be covered.
    pub covers: bool,
    /// Members that no row covers, and those that perhaps none does.
    pub missing: Vec<String>,
    pub maybe_missing: Vec<String>,
    pub trace: Trace,
}

/// A subject of a rule in one of its windows.
#[derive(Clone, Copy)]
pub(super) struct Case<'a> {
    pub plan: &'a Plan<'a>,
    pub tally: &'a Tally,
    pub facts: &'a Facts<'a>,
    pub rule: &'a RulePlan<'a>,
    pub subject: usize,
    pub window: usize,
}

impl<'a> Case<'a> {
    pub fn view(&self) -> Option<View<'a>> {
        self.facts.subject(self.rule.rule.each, self.subject)
    }

    fn cell(&self, field: FieldId) -> &'a Cell {
        self.view().map_or(&Cell::Unreadable, |view| view.cell(field))
    }

    pub fn place(&self, field: FieldId) -> Option<CellRef> {
        self.facts.place(self.rule.rule.each, self.subject, field)
    }

    fn header(&self, field: FieldId) -> &'a str {
        &self.facts.dictionary().table(self.rule.rule.each).field(field).header
    }

    /// What a measure gives; `leaf` is the place of its first leaf, and is moved behind its last.
    pub fn outcome(&self, measure: &Measure, leaf: &mut usize) -> Outcome {
        match measure {
            Measure::Field(field) => self.own_number(*field),
            Measure::Figure { item } => self.figure(*item),
            Measure::Span { from, to } => self.span(*from, *to),
            Measure::Ratio { over, under, percent } => {
                let over = self.outcome(over, leaf);
                let under = self.outcome(under, leaf);
                ratio(over, under, *percent)
            }
            Measure::Since { rows, or_since } => {
                let first = *leaf;
                *leaf += rows.len();
                self.since(rows, *or_since, first)
            }
            Measure::Days(rows)
            | Measure::Count(rows)
            | Measure::Sum { rows, .. }
            | Measure::Distinct { rows, .. }
            | Measure::Share { rows, .. }
            | Measure::Missing { rows, .. }
            | Measure::Service { rows, .. } => {
                let place = *leaf;
                *leaf += 1;
                match self.absent(measure, rows.table) {
                    Some(table) => without(self.facts, table),
                    None => self.tallied(measure, place),
                }
            }
        }
    }

    /// The table that a measure needs and that is not there, or has no rows.
    fn absent(&self, measure: &Measure, rows: TableId) -> Option<TableId> {
        let members = match measure {
            Measure::Missing { members: Members::Column { table, .. }, .. } => Some(*table),
            _ => None,
        };
        std::iter::once(rows).chain(members).find(|table| !self.facts.has_rows(*table))
    }

    fn tallied(&self, measure: &Measure, leaf: usize) -> Outcome {
        let slot = self.tally.slot(self.plan, leaf, self.subject, self.window);
        let trace = slot.as_ref().map(|slot| slot.trace.clone()).unwrap_or_default();
        let table = self.plan.leaves[leaf].rows.table;
        let mut outcome = match measure {
            Measure::Missing { .. } => self.missing(leaf, slot.as_ref()),
            Measure::Service { from, lasting, .. } => self.service(*from, *lasting, slot.as_ref()),
            Measure::Share { .. } if slot.is_none() => Outcome { nobody: true, ..Outcome::default() },
            _ => amount(slot.as_ref()),
        };
        outcome.lacks.extend(super::reason::doubts(&trace, self.facts.dictionary().table(table)));
        outcome.trace = trace;
        outcome
    }

    fn missing(&self, leaf: usize, slot: Option<&Slot>) -> Outcome {
        let Kind::Cover { members, .. } = &self.plan.leaves[leaf].kind else { return Outcome::default() };
        if members.is_empty() {
            let lacks = vec!["名单中没有要核对的对象".to_string()];
            return Outcome { lacks, ..Outcome::default() };
        }
        let window = &self.rule.windows[self.window];
        if !members.iter().any(|member| member.is_asked(window, self.facts)) {
            return Outcome { nobody: true, ..Outcome::default() };
        }
        let uncovered = vec![Truth::False; members.len()];
        let covered = match slot.map(|slot| &slot.tallied) {
            Some(Tallied::Cover(covered)) => covered,
            Some(_) | None => &uncovered,
        };
        let (amount, missing, maybe_missing) =
            coverage::missing(members, covered, |member| member.is_asked(window, self.facts));
        Outcome { amount: Some(amount), covers: true, missing, maybe_missing, ..Outcome::default() }
    }

    /// Time since the last row of any of some tables. One that is absent may have had a row on any day.
    fn since(&self, rows: &[Rows], or_since: Option<Start>, first: usize) -> Outcome {
        let absent: Vec<TableId> =
            rows.iter().map(|rows| rows.table).filter(|table| !self.facts.has_rows(*table)).collect();
        if let (true, Some(table)) = (absent.len() == rows.len(), absent.first()) {
            return without(self.facts, *table);
        }
        let mut last = elapsed::Last::default();
        let mut found = Outcome::default();
        for (leaf, rows) in (first..).zip(rows) {
            let Some(slot) = self.tally.slot(self.plan, leaf, self.subject, self.window) else { continue };
            if let Tallied::Last(other) = &slot.tallied {
                last.join(other);
            }
            found.lacks.extend(super::reason::doubts(&slot.trace, self.facts.dictionary().table(rows.table)));
            found.trace.join(&slot.trace);
        }
        for table in absent {
            last.add(Truth::Unknown, None);
            found.lacks.extend(without(self.facts, table).lacks);
        }
        let mut outcome = self.elapsed(last, or_since);
        outcome.lacks.extend(found.lacks);
        outcome.trace = found.trace;
        outcome
    }

    fn elapsed(&self, last: elapsed::Last, or_since: Option<Start>) -> Outcome {
        let start = match or_since {
            Some(Start::Day(day)) => Some(DateSpan::day(day)),
            Some(Start::Field(field)) => self.cell(field).date(),
            None => None,
        };
        let as_of = self.facts.when.as_of;
        let mut amount = last.amount(start, as_of);
        let mut start_only = last.is_start_only();
        if let Some(Start::Day(day)) = or_since {
            // Nobody is late for a duty that was not there yet.
            let since_day = elapsed_years(day, as_of);
            start_only |= amount.high.is_some_and(|high| high > since_day);
            amount = Amount { low: amount.low.min(since_day), high: amount.high.map(|high| high.min(since_day)) };
        }
        let mut outcome = Outcome { amount: Some(amount), start_only, ..Outcome::default() };
        if let (true, None, Some(Start::Field(field))) = (start_only, start, or_since) {
            outcome.lacks.push(format!("“{}”没有填或无法识别", self.header(field)));
        }
        outcome
    }

    fn service(&self, from: FieldId, lasting: Decimal, slot: Option<&Slot>) -> Outcome {
        let Some(start) = self.cell(from).date() else { return self.unknown_field(from) };
        let stretches = match slot.map(|slot| &slot.tallied) {
            Some(Tallied::Stretches(stretches)) => stretches.as_slice(),
            Some(_) | None => &[],
        };
        let as_of = self.facts.when.as_of;
        let goes_on = stretches.iter().map(|stretch| stretch.goes_on(as_of)).fold(Truth::False, Truth::or);
        let amount = elapsed::service(stretches, start, lasting, as_of);
        let mut outcome = Outcome { amount: Some(amount), goes_on: Some(goes_on), ..Outcome::default() };
        if start.exact().is_none() {
            outcome.lacks.push(format!("“{}”没有写明是哪一天", self.header(from)));
        }
        outcome
    }

    fn own_number(&self, field: FieldId) -> Outcome {
        let (amount, is_doubtful) = match self.cell(field) {
            Cell::Is(Value::Number(number)) => (Amount::exactly(*number), false),
            Cell::Is(Value::Between { low, high }) => (Amount { low: *low, high: *high }, true),
            Cell::Is(_) | Cell::Blank | Cell::Unreadable => return self.unknown_field(field),
        };
        let mut outcome = Outcome { amount: Some(amount), ..Outcome::default() };
        if is_doubtful {
            outcome.lacks.push(format!("“{}”的数不能确定", self.header(field)));
        }
        self.show(&mut outcome, field, is_doubtful);
        outcome
    }

    fn unknown_field(&self, field: FieldId) -> Outcome {
        let mut outcome = Outcome::default();
        let state = if self.cell(field).is_blank() { "没有填" } else { "无法识别" };
        outcome.lacks.push(format!("“{}”{state}", self.header(field)));
        self.show(&mut outcome, field, true);
        outcome
    }

    fn show(&self, outcome: &mut Outcome, field: FieldId, doubtful: bool) {
        if let Some(place) = self.place(field) {
            outcome.trace.rows = 1;
            let cells = if doubtful { &mut outcome.trace.doubtful } else { &mut outcome.trace.sure };
            cells.push(place);
        }
    }

    fn figure(&self, item: crate::model::WordId) -> Outcome {
        let dictionary = self.facts.dictionary();
        let Some(table) = dictionary.table_named("figures") else { return Outcome::default() };
        if !self.facts.has_rows(table) {
            return without(self.facts, table);
        }
        let institution = self.view().and_then(|view| view.institution);
        let found = institution.map(|place| figure::of(self.facts, item, place, &self.rule.windows[self.window]));
        let mut outcome = Outcome::default();
        if let Some(found) = found {
            outcome.amount = found.amount;
            outcome.trace.rows = u32::try_from(found.cells.len()).unwrap_or(u32::MAX);
            outcome.trace.sure = found.cells;
        }
        let table = dictionary.table(table);
        let list = table.field_named("item").and_then(|field| dictionary.words_of(table.field(field)));
        let name = list.map(|list| list.word(item)).unwrap_or_default();
        match &outcome.amount {
            None => outcome.lacks.push(format!("{}中没有这个单位“{name}”的数", table.sheet)),
            Some(amount) if amount.exact().is_none() => {
                outcome.lacks.push(format!("{}中“{name}”的数不能确定", table.sheet));
            }
            Some(_) => {}
        }
        outcome
    }

    fn span(&self, from: FieldId, to: FieldId) -> Outcome {
        let Some(start) = self.cell(from).date() else { return self.unknown_field(from) };
        let end = match self.cell(to) {
            Cell::Blank => DateSpan::day(self.facts.when.as_of),
            cell => match cell.date() {
                Some(end) => end,
                None => return self.unknown_field(to),
            },
        };
        let (low, high) = (elapsed_years(start.last, end.first), elapsed_years(start.first, end.last));
        let mut outcome = Outcome { amount: Some(Amount { low, high: Some(high) }), ..Outcome::default() };
        self.show(&mut outcome, from, low != high);
        if low != high {
            outcome.lacks.push(format!("“{}”或“{}”没有写明是哪一天", self.header(from), self.header(to)));
        }
        outcome
    }
}

/// The amount of a slot; no slot is an amount of nothing.
fn amount(slot: Option<&Slot>) -> Outcome {
    let amount = match slot.map(|slot| &slot.tallied) {
        Some(Tallied::Sum(sum)) => Some(sum.amount()),
        Some(Tallied::Days(days)) => Some(days.amount()),
        Some(Tallied::Distinct(distinct)) => Some(distinct.amount()),
        Some(Tallied::Share(share)) => share.amount(),
        Some(Tallied::Cover(_) | Tallied::Last(_) | Tallied::Stretches(_)) | None => {
            Some(Amount::exactly(Decimal::ZERO))
        }
    };
    Outcome { nobody: amount.is_none(), amount, ..Outcome::default() }
}

/// The outcome where a table is absent or has no rows.
fn without(facts: &Facts<'_>, table: TableId) -> Outcome {
    let sheet = &facts.dictionary().table(table).sheet;
    Outcome { lacks: vec![format!("没有“{sheet}”，或其中没有记录")], ..Outcome::default() }
}

/// One outcome over another. Nothing can be said over nothing.
fn ratio(over: Outcome, under: Outcome, percent: bool) -> Outcome {
    let mut outcome = Outcome { lacks: [over.lacks, under.lacks].concat(), ..Outcome::default() };
    outcome.trace = over.trace;
    outcome.trace.join(&under.trace);
    let (Some(over), Some(under)) = (over.amount, under.amount) else { return outcome };
    if under.high == Some(Decimal::ZERO) {
        outcome.nobody = true;
        return outcome;
    }
    let times = if percent { Decimal::ONE_HUNDRED } else { Decimal::ONE };
    let part = |over: Decimal, under: Decimal| over.checked_mul(times).and_then(|over| over.checked_div(under));
    let low = under.high.and_then(|under| part(over.low, under)).unwrap_or_default();
    let high = over.high.and_then(|over| part(over, under.low));
    outcome.amount = Some(Amount { low, high });
    outcome
}
