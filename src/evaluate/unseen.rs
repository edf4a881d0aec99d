//! Rows that may be there and were not seen: in a sheet that is not read, or in a book that was not handed in.

use jiff::civil::Date;

use super::coverage::{Asked, Coverage, LedgerMonths, NamedMonths, Whose, in_words, merged};
use super::facts::Facts;
use crate::dictionary::{Blank, Dense, FieldId, TableId};
use crate::model::{DateSpan, Per, Window, WordId};
use crate::rules::Condition;
use crate::rules::fold::{Adds, Cause, Uncertain};

/// Where rows may be that were not seen, and why.
pub(super) struct Unseen {
    pub table: TableId,
    pub spans: Vec<DateSpan>,
    pub why: Vec<Cause>,
}

/// For whom and when rows are looked for.
pub(super) struct Seeking<'a> {
    pub facts: &'a Facts<'a>,
    pub coverage: &'a Coverage,
    pub window: &'a Window,
    pub institution: Option<u32>,
    pub person: Option<u32>,
    /// When the person came to their post and left it, as far as is known: what was before and after is asked of nobody.
    pub post: (Option<DateSpan>, Option<DateSpan>),
}

impl Seeking<'_> {
    /// Where rows of a table that satisfy a condition may be and were not seen: on any day where a sheet may hold some that is
    /// not read, else where its ledger does not cover the window.
    pub(super) fn unseen(&self, table: TableId, filter: &Condition, adds: Adds) -> Option<Unseen> {
        let (facts, of) = (self.facts, self.facts.dictionary().table(table));
        let mut why = facts.open_causes_of(table, &self.asked(table, filter, adds));
        if self.window.per != Per::AsOf {
            why.extend(facts.before.causes_from(table, self.window.start, facts.registry));
        }
        if !why.is_empty() {
            return Some(Unseen { table, spans: vec![DateSpan { first: Date::MIN, last: facts.when.as_of }], why });
        }
        // The other tables speak of those whose books were handed in.
        if let (None, true, Some(cause)) = (of.dense, facts.has_rows(table), self.elsewhere()) {
            return Some(Unseen { table, spans: vec![self.whole_window()], why: vec![cause] });
        }
        // A ledger that is not there at all is asked for as such.
        let dense = of.dense.filter(|_| facts.has_rows(table))?;
        let mut spans = self.gaps((table, dense), None);
        let mut why = Vec::new();
        if let (false, Some(cause)) = (spans.is_empty(), self.elsewhere()) {
            return Some(Unseen { table, spans, why: vec![cause] });
        }
        if !spans.is_empty() {
            // Of a row that says its year alone it would be false that there is none.
            let (sheet, times) = (&of.sheet, in_words(&spans));
            let words = match self.coverage.vague.contains(&table) {
                true => format!("“{sheet}”在{times}里没有日期写到月份的记录，不能断定这段时间没有别的"),
                false => format!("“{sheet}”没有{times}的记录，不能断定这段时间没有"),
            };
            why.push(Cause { spans: spans.clone(), ..Cause::new(Uncertain::Time(table, self.institution), words) });
        }
        if !self.ledgers().iter().all(|institution| self.coverage.is_whole((table, *institution))) {
            let parts = self.of_parts((table, dense), &spans, &self.asked(table, filter, adds));
            spans = merged(&parts.iter().flat_map(|cause| &cause.spans).chain(&spans).copied().collect::<Vec<_>>());
            why.extend(parts);
        }
        (!spans.is_empty()).then_some(Unseen { table, spans, why })
    }

    /// What is missing besides, where some sheets are only for some kinds of rows or for some people.
    fn of_parts(&self, kept: (TableId, Dense), all: &[DateSpan], kinds: &[Option<(FieldId, WordId)>]) -> Vec<Cause> {
        let sheet = &self.facts.dictionary().table(kept.0).sheet;
        let beyond = |kind, who| Some(self.gaps(kept, Some(Asked { kind, who }))).filter(|gaps| gaps != all);
        let cause = |of: Uncertain, which: &str, spans: Vec<DateSpan>| {
            let words = format!("“{sheet}”只有{which}，没有{}的有关记录，不能断定这段时间没有", in_words(&spans));
            Cause { spans, ..Cause::new(of, words) }
        };
        let mut causes = Vec::new();
        for kind in kinds.iter().copied() {
            match (kind, beyond(kind, Whose::Anybody)) {
                (Some((_, word)), Some(spans)) => {
                    causes.push(cause(Uncertain::Kind(kept.0, word), "记别的活动的表", spans));
                    continue;
                }
                (None, Some(spans)) => {
                    causes.push(cause(Uncertain::Time(kept.0, self.institution), "某段时间、某一类的表", spans));
                    continue;
                }
                (_, None) => {}
            }
            let (of, whose, which) = match self.person {
                Some(person) => (Uncertain::Person(kept.0, person), Whose::Person(person), "别人的表"),
                None => (Uncertain::Time(kept.0, self.institution), Whose::Office, "个人、某个组的表"),
            };
            causes.extend(beyond(kind, whose).map(|spans| cause(of, which, spans)));
        }
        causes.dedup_by(|one, other| one.of == other.of);
        causes
    }

    /// The words that rows must have to count; of an amount that only rows of one word have unless they say so, that word.
    fn asked(&self, table: TableId, filter: &Condition, adds: Adds) -> Vec<Option<(FieldId, WordId)>> {
        let Some((field, words)) = filter.words_asked() else { return vec![None] };
        let main = match adds {
            Adds::Field(amount) => match &self.facts.dictionary().table(table).field(amount).blank {
                Blank::ByWord { field: of, word, otherwise, .. } if otherwise.is_zero() && *of == field => Some(*word),
                Blank::ByWord { .. } | Blank::Unknown | Blank::Number(_) | Blank::Open => None,
            },
            Adds::Nothing | Adds::Events | Adds::Dates => None,
        };
        let main = main.filter(|main| words.contains(main));
        words.iter().filter(|word| main.is_none_or(|main| main == **word)).map(|word| Some((field, *word))).collect()
    }

    /// The institutions in whose ledgers the rows would be: those that the roster names for a person, any where it names none.
    /// Those of somebody whose institution nobody knows are in none.
    fn ledgers(&self) -> Vec<Option<u32>> {
        let registry = self.facts.registry;
        let Some(person) = self.person.filter(|_| self.institution.is_none()) else { return vec![self.institution] };
        let Some(person) = registry.staff.get(person as usize) else { return vec![None] };
        let all = || (0..).take(registry.institutions.len()).map(Some).collect();
        match person.institutions.as_slice() {
            [] if self.elsewhere().is_some() => Vec::new(),
            [] => all(),
            several => several.iter().copied().map(Some).collect(),
        }
    }

    /// That somebody is of an institution which is none of those whose books were handed in.
    fn elsewhere(&self) -> Option<Cause> {
        let facts = self.facts;
        let person = facts.registry.staff.get(self.person.filter(|_| self.institution.is_none())? as usize)?;
        let field = facts.dictionary().schema.staff.institution;
        let named = person.cell(field).text()?;
        let words = format!("单位“{named}”不在核查的单位里，不能断定交来的台账有没有记这个人");
        Some(Cause::of_field(facts.staff, field, words).at(person.place(field)))
    }

    /// The spans of the window that a ledger does not cover and of which nobody has confirmed that there was nothing: all of
    /// it, or the sheets that would hold what is asked for.
    fn gaps(&self, (table, dense): (TableId, Dense), asked: Option<Asked>) -> Vec<DateSpan> {
        let facts = self.facts;
        let months = |institution: Option<u32>| match asked {
            None => self.coverage.of((table, institution)),
            Some(asked) => {
                let known = (&facts.remits, facts.registry);
                self.coverage.of_asked((table, institution), asked, known, self.window)
            }
        };
        let of = |months: LedgerMonths| months.gaps(dense, self.window, facts.when.as_of, &facts.when.calendar);
        let mut gaps: Vec<DateSpan> = match self.ledgers().as_slice() {
            [] => of(LedgerMonths::default()),
            [one] => of(months(*one)),
            several => merged(&several.iter().flat_map(|institution| of(months(*institution))).collect::<Vec<_>>()),
        };
        gaps.extend(self.behind(table));
        // Books of some months have no rows of the others, also where a year needs only some.
        let is_part =
            facts.of_months.get(&table).is_some_and(|named| dense != Dense::Month && self.keeps_to(table, named));
        gaps.extend(is_part.then(|| self.whole_window()));
        let (start, end) = self.post;
        gaps.retain(|gap| {
            start.is_none_or(|start| start.first <= gap.last) && end.is_none_or(|end| gap.first <= end.last)
        });
        facts.when.confirmed.without(table, gaps)
    }

    /// Whether the books of a table are of the months for which they are named: one with rows of others was only made in it.
    fn keeps_to(&self, table: TableId, named: &NamedMonths) -> bool {
        let is_named = |month: &i32| named.months.iter().any(|own| i32::from(*own) == month.rem_euclid(12) + 1);
        named.has_span || self.coverage.of((table, None)).rows.keys().all(is_named)
    }

    /// What of the window lies behind the day until which the ledgers say that they were kept: 截至2023年12月8日.
    fn behind(&self, table: TableId) -> Option<DateSpan> {
        let behind = self.facts.until.get(&table)?.tomorrow().ok()?;
        let first = if self.window.per == Per::AsOf { behind } else { behind.max(self.window.start) };
        let last = self.window.end.min(self.facts.when.as_of);
        let days = first.series(jiff::Span::new().days(1)).take_while(|day| *day <= last).take(7);
        let is_workday = |day: Date| day.weekday().to_monday_zero_offset() < 5;
        days.into_iter().any(is_workday).then_some(DateSpan { first, last })
    }

    /// The window until the as-of day.
    fn whole_window(&self) -> DateSpan {
        let last = self.window.end.min(self.facts.when.as_of);
        let first = if self.window.per == Per::AsOf { Date::MIN } else { self.window.start };
        DateSpan { first, last }
    }
}
