//! What is to be tallied: each measure of rows of each rule, with its windows and subjects.

use std::collections::HashMap;

use super::facts::{Facts, View};
use crate::dictionary::{Dictionary, FieldId, FieldKind, Table, TableId};
use crate::intake::{OfficeRows, ParsedRow, SchoolLink};
use crate::model::{Cell, Per, Truth, Value, Window, WordId};
use crate::pack::{Grace, Pack, Rule};
use crate::rules::fold::{Folds, Kind};
use crate::rules::window::{self as timing, Timing};
use crate::rules::{Condition, Link, Measure, Member, Members};

/// What is to be tallied for some packs.
pub struct Plan<'p> {
    pub(super) rules: Vec<RulePlan<'p>>,
    pub(super) measured: Vec<MeasuredRows<'p>>,
    by_table: HashMap<TableId, Vec<usize>>,
}

/// A rule with its windows.
pub(super) struct RulePlan<'p> {
    pub pack: &'p Pack,
    pub rule: &'p Rule,
    pub windows: Vec<Window>,
    /// Its place among all rules.
    pub place: u32,
    /// The first rows of the rule; those of its measures follow in their order.
    pub first_rows: usize,
}

/// Rows that a measure folds: what is folded into one accumulator for each subject and window.
pub(super) struct MeasuredRows<'p> {
    pub measure: &'p Measure,
    pub folds: Folds<'p>,
    /// What is to be covered.
    pub members: Vec<Member>,
    pub windows: Vec<Window>,
    /// The windows with the weeks before and after them that count too. Empty if none do.
    pub longer: Vec<Window>,
    pub subjects: usize,
    pub timing: Timing,
    /// Whether the condition depends on the person who is judged.
    pub personal: bool,
    /// The field that names a school.
    pub school: Option<FieldId>,
    /// The field that shows best where a row stands.
    pub shown: FieldId,
    /// Words of one field that rule a row out, to skip most rows early. `None` if there are none.
    pub excluded: Option<Excluded>,
}

/// The words of a field with which no row can satisfy a condition.
pub(super) struct Excluded {
    field: FieldId,
    /// By word.
    words: Vec<bool>,
}

impl Excluded {
    /// From conditions that require some words of a field, whatever else they require. A second condition may take what the
    /// first one leaves.
    fn by(folds: &Folds<'_>, table: &Table, dictionary: &Dictionary) -> Option<Excluded> {
        let (field, wanted) = folds.rows.filter.words_asked()?;
        let or_wanted = match folds.or_where {
            None => &[],
            Some(second) => second.words_asked().filter(|(other, _)| *other == field)?.1,
        };
        let list = dictionary.words_of(table.fields.get(field.index())?)?;
        let words = (0..)
            .map(WordId)
            .take(list.words.len())
            .map(|word| !wanted.contains(&word) && !or_wanted.contains(&word))
            .collect();
        Some(Excluded { field, words })
    }

    /// Whether a word of a field is one of these.
    pub(super) fn has(&self, field: FieldId, word: WordId) -> bool {
        field == self.field && self.words.get(usize::from(word.0)).copied().unwrap_or(false)
    }

    pub(super) fn holds(&self, row: &ParsedRow) -> bool {
        match row.cell(self.field) {
            Cell::Is(Value::Word(word)) => self.words.get(usize::from(word.0)).copied().unwrap_or(false),
            Cell::Is(_) | Cell::Blank | Cell::Absent | Cell::Unreadable => false,
        }
    }
}

impl<'p> Plan<'p> {
    /// How many rules it has.
    pub(crate) fn rules(&self) -> usize {
        self.rules.len()
    }

    pub fn new(packs: &'p [Pack], facts: &Facts<'_>) -> Plan<'p> {
        let mut plan = Plan { rules: Vec::new(), measured: Vec::new(), by_table: HashMap::new() };
        for pack in packs {
            for rule in &pack.rules {
                plan.add_rule(pack, rule, facts);
            }
        }
        for (place, rows) in plan.measured.iter().enumerate() {
            plan.by_table.entry(rows.folds.rows.table).or_default().push(place);
        }
        plan
    }

    /// The places of what rows of a table are folded into.
    pub(super) fn rows_of(&self, table: TableId) -> &[usize] {
        self.by_table.get(&table).map(Vec::as_slice).unwrap_or_default()
    }

    fn add_rule(&mut self, pack: &'p Pack, rule: &'p Rule, facts: &Facts<'_>) {
        let windows = match (rule.per, rule.fixed) {
            (Per::Fixed, Some((from, to))) => vec![Window::fixed(from, to)],
            (Per::AsOf, _) if let Some(due) = rule.due_before(facts.when.as_of) => vec![Window::as_of(due)],
            (per, _) => facts.when.period.windows(per, facts.when.as_of, &facts.when.calendar),
        };
        let first_rows = self.measured.len();
        for measure in rule.measures().flat_map(Measure::simple) {
            for folds in measure.folds() {
                self.add_rows(measure, folds, rule, &windows, facts);
            }
        }
        let place = u32::try_from(self.rules.len()).unwrap_or(u32::MAX);
        self.rules.push(RulePlan { pack, rule, windows, place, first_rows });
    }

    fn add_rows(&mut self, measure: &'p Measure, folds: Folds<'p>, rule: &Rule, windows: &[Window], facts: &Facts<'_>) {
        let table = facts.dictionary().table(folds.rows.table);
        let timing = timing::of(table);
        self.measured.push(MeasuredRows {
            measure,
            folds,
            members: folds.members.map(|members| listed(members, facts)).unwrap_or_default(),
            windows: windows.to_vec(),
            longer: longer(windows, rule.grace),
            subjects: facts.subjects(rule.each),
            timing,
            personal: folds.rows.filter.is_personal(),
            school: table.field_of_kind(FieldKind::School),
            shown: shown(timing),
            excluded: Excluded::by(&folds, table, facts.dictionary()),
        });
    }
}

impl MeasuredRows<'_> {
    /// What the condition says of a row; rows that only the second condition takes are possible.
    pub(super) fn filter(&self, facts: &Facts<'_>, row: View<'_>) -> Truth {
        let filter = facts.holds(&self.folds.rows.filter, row);
        match self.folds.or_where {
            Some(or_where) => filter.or(facts.holds(or_where, row).and(Truth::Unknown)),
            None => filter,
        }
    }
}

/// Windows with the weeks before and after them.
fn longer(windows: &[Window], grace: Grace) -> Vec<Window> {
    if grace == Grace::default() {
        return Vec::new();
    }
    let weeks = |count: i32| jiff::Span::new().weeks(count);
    let longer = |window: &Window| Window {
        start: window.start.saturating_sub(weeks(grace.before)),
        end: window.end.saturating_add(weeks(grace.after)),
        ..window.clone()
    };
    windows.iter().map(longer).collect()
}

/// The members of a list, or the different values of a column.
fn listed(members: &Members, facts: &Facts<'_>) -> Vec<Member> {
    let Some(column) = members.column() else { return members.fixed().to_vec() };
    let is_school = facts.dictionary().table(column.table).field(column.field).kind == FieldKind::School;
    let values = (0..).zip(facts.held(column.table)).filter_map(|(place, record)| {
        let asked = record.stands().and(facts.holds(&column.filter, View::record(record, None)));
        let named = match record.school {
            // However it is written, it is the school of this name.
            SchoolLink::Known(school) if is_school => {
                facts.registry.schools.get(school as usize).map(|own| own.name.to_string())
            }
            SchoolLink::Known(_) | SchoolLink::Unknown | SchoolLink::Blank => None,
        };
        let text = || record.row.cell(column.field).text().map(ToString::to_string);
        let name = named.or_else(text).unwrap_or_default();
        let sure = if record.doubt.is_none() { Truth::True } else { Truth::Unknown };
        (asked != Truth::False).then_some((name, place, asked.and(sure)))
    });
    Member::of_values(values)
}

fn shown(timing: Timing) -> FieldId {
    match timing {
        Timing::Event { date, .. } => date,
        Timing::Lasting { start, .. } => start,
        Timing::Timeless => FieldId(0),
    }
}

/// The rows that some packs count or sum up for offices, whoever they are of.
pub fn office_rows(packs: &[Pack]) -> Vec<OfficeRows> {
    let measures = packs.iter().flat_map(|pack| &pack.rules).flat_map(Rule::measures).flat_map(Measure::simple);
    let counting = measures.filter(|measure| matches!(measure, Measure::Count(_) | Measure::Sum(_)));
    let of = |folds: Folds<'_>| {
        let is_office = matches!(folds.rows.link, Link::Institution | Link::School | Link::Everyone);
        let (field, words) = folds.rows.filter.words_asked().filter(|_| is_office)?;
        let more = folds.or_where.and_then(Condition::words_asked).filter(|(other, _)| *other == field);
        let words = [words, more.map_or(&[][..], |(_, words)| words)].concat();
        Some(OfficeRows { table: folds.rows.table, field, words })
    };
    counting.flat_map(Measure::folds).filter_map(of).collect()
}
