//! Traces: of each row that names a subject, whether it counted for a rule, might have, or did not, and why.
//!
//! They are made beside the tally, from the same folded rows, for the few subjects that somebody asks about.

use super::condition::Seen;
use super::facts::{Facts, View};
use super::folding::{Folding, as_counted};
use super::plan::{Plan, RulePlan};
use crate::dictionary::{Field, FieldId, TableId};
use crate::intake::Record;
use crate::model::{Amount, Cell, CellRef, Masked, RowRef, Subject, Truth};
use crate::pack::Check;
use crate::rules::Phrases;
use crate::rules::fold::{Adds, Doubt};
use crate::rules::quantity::Quantity;

/// A row as one measure of a rule takes it for a subject.
#[derive(Clone, Debug, PartialEq)]
pub struct TracedRow {
    pub at: RowRef,
    /// The fields that the rule asks about, each with its header and what stands there.
    pub said: Vec<(String, Masked)>,
    /// By window of the rule: whether the row counts there.
    pub windows: Vec<Truth>,
    /// What the row adds where it counts. `None` for a measure that adds nothing up.
    pub adds: Option<Amount>,
    /// Why the row does not count, or only may. Empty if it surely counts.
    pub why: Masked,
}

impl TracedRow {
    /// Whether the row counts in any window.
    pub fn counts(&self) -> Truth {
        self.windows.iter().copied().fold(Truth::False, Truth::or)
    }
}

/// The rows of one table, as one measure takes them for a subject.
#[derive(Clone, Debug, PartialEq)]
pub struct TracedTable {
    pub table: TableId,
    /// What is asked of the rows, in words. Empty if nothing is.
    pub asked: String,
    pub rows: Vec<TracedRow>,
    /// How many rows of the table do not concern the subject.
    pub others: u64,
}

/// What a subject's own row says about something the rule asks: 层级, 县级, and its cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnValue {
    pub header: String,
    pub value: Masked,
    /// `None` if the value comes from elsewhere: the institution, the command line.
    pub at: Option<CellRef>,
}

/// All traced rows of one subject.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    pub subject: Subject,
    pub own: Vec<OwnValue>,
    /// The header of the field that the bound goes by, if it goes by one.
    pub bound_by: Option<String>,
    /// The labels of the rule's windows.
    pub windows: Vec<String>,
    /// By measure of rows, in their order.
    pub tables: Vec<TracedTable>,
}

/// The traces of the subjects that were asked about, while rows come in.
pub struct Tracer {
    open: Vec<OpenTrace>,
}

/// A trace that rows are still written into.
#[derive(Clone)]
struct OpenTrace {
    /// The place of the subject in its table.
    subject: usize,
    /// For each of its tables, the place of the plan that it is kept for, and what the rule asks about of a row.
    places: Vec<(usize, Vec<FieldId>)>,
    trace: Trace,
}

impl Tracer {
    /// Opens the traces of some subjects for the first rule of a plan.
    pub fn new(plan: &Plan<'_>, facts: &Facts<'_>, subjects: &[usize]) -> Tracer {
        let rule = plan.rules.first();
        Tracer {
            open: rule.into_iter().flat_map(|rule| subjects.iter().map(|at| open(plan, rule, facts, *at))).collect(),
        }
    }

    /// Takes a row. `own` is its place among the rows of its table, for rules about each of them.
    pub fn take(&mut self, plan: &Plan<'_>, facts: &Facts<'_>, record: &Record, own: Option<usize>) {
        let (for_people, for_office) = (record, record.for_office());
        for OpenTrace { subject, places, trace } in &mut self.open {
            let tables = places.iter().zip(&mut trace.tables);
            for ((place, fields), table) in tables.filter(|(_, table)| table.table == record.row.table) {
                let rows = &plan.measured[*place];
                let record = as_counted(facts, rows, (for_people, for_office.as_ref()));
                let filter = rows.filter(facts, View::record(record, None));
                let taking = Taking { folding: Folding { facts, rows, record, filter }, subject: *subject };
                match taking.link(own) {
                    Some((judged, link)) => table.rows.push(taking.traced(fields, judged, link)),
                    None => table.others += 1,
                }
            }
        }
    }

    /// The same traces without rows, to be joined with these later.
    pub fn fork(&self) -> Tracer {
        let mut open = self.open.clone();
        for table in open.iter_mut().flat_map(|open| &mut open.trace.tables) {
            (table.rows, table.others) = (Vec::new(), 0);
        }
        Tracer { open }
    }

    /// Adds the rows of a fork, which come after these.
    pub fn join(&mut self, other: Tracer) {
        let own = self.open.iter_mut().flat_map(|open| &mut open.trace.tables);
        for (own, other) in own.zip(other.open.into_iter().flat_map(|open| open.trace.tables)) {
            own.rows.extend(other.rows);
            own.others += other.others;
        }
    }

    pub fn done(self) -> Vec<Trace> {
        self.open.into_iter().map(|open| open.trace).collect()
    }
}

fn open(plan: &Plan<'_>, rule: &RulePlan<'_>, facts: &Facts<'_>, subject: usize) -> OpenTrace {
    let dictionary = facts.dictionary();
    let end = plan.rules.get(1).map_or(plan.measured.len(), |next| next.first_rows);
    let needs = rule.rule.needs(dictionary);
    let fields = |table: TableId| needs.iter().find(|(needed, _)| *needed == table).map(|(_, fields)| fields.clone());
    let rows = |place: usize| plan.measured[place].folds.rows;
    let table = |place: usize| TracedTable {
        table: rows(place).table,
        asked: rows(place).filter.words(dictionary, rows(place).table),
        rows: Vec::new(),
        others: 0,
    };
    let each = rule.rule.each;
    let asked = |place: usize| (place, fields(rows(place).table).unwrap_or_default());
    OpenTrace {
        subject,
        places: (rule.first_rows..end).map(asked).collect(),
        trace: Trace {
            subject: super::subject::of(facts, each, subject),
            own: fields(each).into_iter().flatten().filter_map(|field| own(rule, facts, subject, field)).collect(),
            bound_by: bound_by(rule).map(|field| dictionary.table(each).field(field).header.clone()),
            windows: rule.windows.iter().map(|window| window.label.clone()).collect(),
            tables: (rule.first_rows..end).map(table).collect(),
        },
    }
}

fn bound_by(rule: &RulePlan<'_>) -> Option<FieldId> {
    match &rule.rule.check {
        Check::Measured { bound, .. } => bound.by(),
        Check::Required { .. } => None,
    }
}

fn own(rule: &RulePlan<'_>, facts: &Facts<'_>, subject: usize, field: FieldId) -> Option<OwnValue> {
    let each = rule.rule.each;
    let described = facts.dictionary().table(each).field(field);
    let window = rule.windows.last()?;
    let row = facts.subject(each, subject, window)?;
    let value = stated(row.cell(field), described, each, facts);
    let at = facts.place(each, subject, field, Some(window));
    // A place in another column stands in for a column that the sheet does not have.
    let column = |at: &CellRef| facts.registry.layouts.get(at.row.sheet as usize)?.as_ref()?.column(field);
    let at = at.filter(|at| column(at) == Some(at.column));
    // An institution that only other rows name has no row of its own to say anything.
    let silent = matches!(row.cell(field), Cell::Blank | Cell::Absent) && at.is_none();
    (!silent).then(|| OwnValue { header: described.header.clone(), value, at })
}

/// What a cell says, or in brackets why it says nothing.
fn stated(cell: &Cell, field: &Field, table: TableId, facts: &Facts<'_>) -> Masked {
    match cell {
        Cell::Blank => "（没有填）".into(),
        Cell::Absent => "（没有这一列）".into(),
        Cell::Unreadable => "（无法识别）".into(),
        Cell::Is(_) => Phrases { dictionary: facts.dictionary(), table }.value(cell, field).into(),
    }
}

/// A row on its way into a trace.
struct Taking<'f, 'p> {
    folding: Folding<'f, 'p>,
    subject: usize,
}

impl Taking<'_, '_> {
    /// The subject as whose row it is taken, and whether it is theirs. `None` if it is not the subject's. What may be
    /// anybody's goes to the place behind the last subject.
    fn link(&self, own: Option<usize>) -> Option<(usize, Truth)> {
        let mut found = None;
        self.folding.each_subject(own, |subject, link| {
            if subject == self.subject || subject == self.folding.rows.subjects {
                found.get_or_insert((subject, link));
            }
        });
        found
    }

    fn traced(&self, fields: &[FieldId], judged: usize, link: Truth) -> TracedRow {
        let filter = self.folding.filter_for(judged);
        let link = link.and(self.folding.once(judged));
        let held = self.folding.held();
        let windows = &self.folding.rows.windows;
        let within: Vec<Truth> = (0..windows.len()).map(|place| self.folding.within(&held, place)).collect();
        let posted: Vec<Truth> = windows.iter().map(|window| self.folding.posted(judged, &held, window)).collect();
        let sure = link.and(filter);
        let quantity = self.folding.quantity();
        let adds = match self.folding.rows.folds.adds {
            Adds::Field(_) | Adds::Events | Adds::Dates => Some(Amount { low: quantity.low, high: quantity.high }),
            Adds::Nothing => None,
        };
        TracedRow {
            at: self.folding.record.row.at,
            said: self.said(fields),
            why: self.why((link, filter), &within, &posted, quantity),
            adds,
            windows: within.iter().zip(&posted).map(|(within, posted)| sure.and(*within).and(*posted)).collect(),
        }
    }

    fn why(&self, (link, filter): (Truth, Truth), within: &[Truth], posted: &[Truth], quantity: Quantity) -> Masked {
        let anywhere = within.iter().copied().fold(Truth::False, Truth::or);
        let facts = self.folding.facts;
        if filter == Truth::False {
            let row = View::record(self.folding.record, u32::try_from(self.subject).ok());
            let failing = self.folding.rows.folds.rows.filter.failing(&Seen { facts, row });
            return failing.join("，").into();
        }
        if anywhere == Truth::False {
            return "日期不在周期内，或在核查日之后".into();
        }
        let mut there = within.iter().zip(posted).filter(|(within, _)| **within != Truth::False);
        let out = there.any(|(_, posted)| *posted == Truth::Unknown).then_some(Doubt::OutOfPost);
        let doubt = self.folding.doubt(link, filter, anywhere).or(out);
        let amount = match self.folding.rows.folds.adds {
            Adds::Field(field) if !quantity.is_exact() => Some(Doubt::Quantity(field)),
            Adds::Field(_) | Adds::Events | Adds::Dates | Adds::Nothing => None,
        };
        let row = &self.folding.record.row;
        let denied = |column: u32| facts.header_at(row.at.cell(column)).map(Doubt::denied_under);
        let words = |doubt: Doubt| {
            let named = if let Doubt::Denied(column) = doubt { denied(column) } else { None };
            named.unwrap_or_else(|| doubt.words(row.table, facts.dictionary())).into()
        };
        doubt.or(amount).map(words).unwrap_or_default()
    }

    /// What the rule asks about, as it stands in the row.
    fn said(&self, fields: &[FieldId]) -> Vec<(String, Masked)> {
        let (row, facts) = (&self.folding.record.row, self.folding.facts);
        let described = fields.iter().map(|id| (id, facts.dictionary().table(row.table).field(*id)));
        described.map(|(id, field)| (field.header.clone(), stated(row.cell(*id), field, row.table, facts))).collect()
    }
}
