//! What is to be tallied: each measure of rows of each rule, with its windows and subjects.

use std::collections::HashMap;

use super::coverage::{self, Member};
use super::facts::Facts;
use crate::dictionary::{Dictionary, FieldId, Table, TableId};
use crate::intake::ParsedRow;
use crate::model::{Cell, Per, Value, Window, WordId};
use crate::pack::{Pack, Rule};
use crate::rules::window::{self as timing, Timing};
use crate::rules::{Condition, Measure, Path, Rows, Test, Via};

/// What is to be tallied for some packs.
pub struct Plan<'p> {
    pub(super) rules: Vec<RulePlan<'p>>,
    pub(super) leaves: Vec<Leaf<'p>>,
    by_table: HashMap<TableId, Vec<usize>>,
}

/// A rule with its windows.
pub(super) struct RulePlan<'p> {
    pub pack: &'p Pack,
    pub rule: &'p Rule,
    pub windows: Vec<Window>,
    /// The first leaf of the rule; its measures' leaves follow in their order.
    pub first_leaf: usize,
}

/// A measure of rows: what is folded into one slot for each subject and window.
pub(super) struct Leaf<'p> {
    pub rows: &'p Rows,
    pub kind: Kind<'p>,
    pub windows: Vec<Window>,
    pub subjects: usize,
    pub timing: Timing,
    /// Whether the condition depends on the person who is judged.
    pub personal: bool,
    /// The field that shows best where a row stands.
    pub shown: FieldId,
    /// The words of a field by which most rows are told that go nowhere here; none where the condition is not so.
    pub excluded: Option<Excluded>,
}

/// The words of a field that no row has which a condition holds of, or may hold of.
pub(super) struct Excluded {
    field: FieldId,
    /// By word; what is behind its end is no word of the list.
    words: Vec<bool>,
}

impl Excluded {
    /// From a condition that asks for some words of a field among all that it asks for.
    fn by(condition: &Condition, table: &Table, dictionary: &Dictionary) -> Option<Excluded> {
        match condition {
            Condition::All(parts) => parts.iter().find_map(|part| Excluded::by(part, table, dictionary)),
            Condition::Test { path: Path { via: Via::Own, field }, test: Test::Words(wanted) } => {
                let list = dictionary.words_of(table.fields.get(field.index())?)?;
                let words = (0..).map(WordId).take(list.words.len()).map(|word| !wanted.contains(&word)).collect();
                Some(Excluded { field: *field, words })
            }
            Condition::Any(_) | Condition::Some { .. } | Condition::Test { .. } | Condition::Has { .. } => None,
            Condition::ContactSchool(_) => None,
        }
    }

    /// Whether a row has such a word, and surely no other.
    pub fn holds(&self, row: &ParsedRow) -> bool {
        match row.cell(self.field) {
            Cell::Is(Value::Word(word)) => self.words.get(usize::from(word.0)).copied().unwrap_or(false),
            Cell::Is(_) | Cell::Blank | Cell::Unreadable => false,
        }
    }
}

/// How rows are folded.
pub(super) enum Kind<'p> {
    Count,
    Sum(FieldId),
    Days(FieldId),
    Distinct(&'p [Path]),
    Share(&'p Condition),
    Cover { members: Vec<Member>, by: &'p [Path] },
    Last,
    Stretches { or_where: Option<&'p Condition> },
}

impl<'p> Plan<'p> {
    pub fn new(packs: &'p [Pack], facts: &Facts<'_>) -> Plan<'p> {
        let mut plan = Plan { rules: Vec::new(), leaves: Vec::new(), by_table: HashMap::new() };
        for pack in packs {
            for rule in &pack.rules {
                plan.add_rule(pack, rule, facts);
            }
        }
        for (place, leaf) in plan.leaves.iter().enumerate() {
            plan.by_table.entry(leaf.rows.table).or_default().push(place);
        }
        plan
    }

    /// The leaves that rows of a table are folded into.
    pub(super) fn leaves_of(&self, table: TableId) -> &[usize] {
        self.by_table.get(&table).map(Vec::as_slice).unwrap_or_default()
    }

    fn add_rule(&mut self, pack: &'p Pack, rule: &'p Rule, facts: &Facts<'_>) {
        let windows = match (rule.per, rule.fixed) {
            (Per::Fixed, Some((from, to))) => vec![Window::fixed(from, to)],
            (per, _) => facts.when.period.windows(per, facts.when.as_of, &facts.when.calendar),
        };
        let first_leaf = self.leaves.len();
        for measure in rule.measures() {
            self.add_measure(measure, rule, &windows, facts);
        }
        self.rules.push(RulePlan { pack, rule, windows, first_leaf });
    }

    fn add_measure(&mut self, measure: &'p Measure, rule: &Rule, windows: &[Window], facts: &Facts<'_>) {
        let (rows, kind) = match measure {
            Measure::Ratio { over, under, .. } => {
                self.add_measure(over, rule, windows, facts);
                self.add_measure(under, rule, windows, facts);
                return;
            }
            Measure::Field(_) | Measure::Figure { .. } | Measure::Span { .. } => return,
            Measure::Days(rows) => {
                let table = facts.dictionary().table(rows.table);
                (rows, table.field_named("days").map_or(Kind::Count, Kind::Days))
            }
            Measure::Count(rows) => (rows, Kind::Count),
            Measure::Sum { rows, field } => (rows, Kind::Sum(*field)),
            Measure::Distinct { rows, fields } => (rows, Kind::Distinct(fields)),
            Measure::Share { rows, of_which } => (rows, Kind::Share(of_which)),
            Measure::Missing { members, rows, by } => {
                (rows, Kind::Cover { members: coverage::members(members, facts), by })
            }
            Measure::Since { rows, .. } => {
                rows.iter().for_each(|rows| self.add_leaf(rows, Kind::Last, rule, windows, facts));
                return;
            }
            Measure::Service { rows, or_where, .. } => (rows, Kind::Stretches { or_where: or_where.as_ref() }),
        };
        self.add_leaf(rows, kind, rule, windows, facts);
    }

    fn add_leaf(&mut self, rows: &'p Rows, kind: Kind<'p>, rule: &Rule, windows: &[Window], facts: &Facts<'_>) {
        let table = facts.dictionary().table(rows.table);
        let timing = timing::of(table);
        let excluded = match kind {
            // A second condition may take what the first one leaves.
            Kind::Stretches { or_where: Some(_) } => None,
            _ => Excluded::by(&rows.filter, table, facts.dictionary()),
        };
        self.leaves.push(Leaf {
            rows,
            windows: windows.to_vec(),
            subjects: facts.subjects(rule.each),
            timing,
            personal: is_personal(&rows.filter),
            shown: shown(timing),
            excluded,
            kind,
        });
    }
}

fn shown(timing: Timing) -> FieldId {
    match timing {
        Timing::Event { date, .. } => date,
        Timing::Lasting { start, .. } => start,
        Timing::Timeless => FieldId(0),
    }
}

/// Whether a condition speaks of the person who is judged.
fn is_personal(condition: &Condition) -> bool {
    let by_person = |path: &Path| path.via == Via::Person;
    match condition {
        Condition::All(parts) | Condition::Any(parts) | Condition::Some { of: parts, .. } => {
            parts.iter().any(is_personal)
        }
        Condition::Test { path, test } => by_person(path) || matches!(test, Test::SameAs(other) if by_person(other)),
        Condition::Has { .. } => false,
        Condition::ContactSchool(_) => true,
    }
}
