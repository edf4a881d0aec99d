//! What a row is for the measures of a table: whose it is, whether it counts, what it says. It is computed here once,
//! for the accumulators and for the traces alike, and does not depend on the kind of measure.

use rust_decimal::Decimal;

use crate::dictionary::{FieldId, FieldKind, OrganisingUnit};
use crate::evaluate::facts::{Facts, View};
use crate::evaluate::plan::MeasuredRows;
use crate::intake::{Again, Maybe, Record, SchoolLink};
use crate::model::{CellRef, Per, SharedAmount, Truth, Window, WordId};
use crate::rules::fold::{Adds, Naming, PathValue, RowFacts};
use crate::rules::quantity::{self, Quantity};
use crate::rules::window::Held;
use crate::rules::{Link, Path, Via};

/// A row on its way into the accumulators of some rows of a plan.
pub(in crate::evaluate) struct Folding<'f, 'p> {
    pub facts: &'f Facts<'f>,
    pub rows: &'f MeasuredRows<'p>,
    pub record: &'f Record,
    /// What the condition of the rule says of the row.
    pub filter: Truth,
}

impl Folding<'_, '_> {
    /// Calls `add` for each subject whose row this is or may be. The place behind the last subject stands for anybody.
    pub(in crate::evaluate) fn each_subject(&self, own: Option<usize>, mut add: impl FnMut(usize, Truth)) {
        let (anybody, record) = (self.rows.subjects, self.record);
        match self.rows.folds.rows.link {
            Link::Own => own.into_iter().for_each(|place| add(place, Truth::True)),
            Link::Everyone => (0..anybody).for_each(|place| add(place, Truth::True)),
            Link::Person => each(&record.people, &record.maybe_people, anybody, add),
            Link::Institution => each(&record.institutions, &record.maybe_institutions, anybody, add),
            Link::School => match record.school {
                SchoolLink::Known(place) => add(place as usize, Truth::True),
                SchoolLink::Unknown | SchoolLink::Blank => add(anybody, Truth::Unknown),
            },
        }
    }

    /// A row that may be a copy of another one is possible only; as a subject of its own it is there all the same.
    pub(in crate::evaluate) fn once(&self, subject: usize) -> Truth {
        let may_be_copy =
            (self.record.row.repeated || self.record.doubt.is_some()) && self.rows.folds.rows.link != Link::Own;
        let may_be_again = || self.record.again.as_ref().is_some_and(|again| self.counted(again, subject));
        let is_strangers = self.rows.folds.rows.of_roster && self.record.names_only_strangers();
        if is_strangers
            || self.is_of_old_roster()
            || may_be_copy
            || self.is_anothers_event()
            || self.contradicted().is_some()
            || may_be_again()
        {
            Truth::Unknown
        } else {
            self.record.stands()
        }
    }

    /// Whether only people whom a roster of another time lists are on a row that must be of people of the roster.
    pub(super) fn is_of_old_roster(&self) -> bool {
        let (people, facts) = (&self.record.people, self.facts);
        let is_then = |person: &u32| facts.of_another_time(facts.staff, *person as usize).is_some();
        self.rows.folds.rows.of_roster && !people.is_empty() && people.iter().all(is_then)
    }

    /// The column by which the row may not be what is asked for: others organised it, for an office only another unit did, or it
    /// took place from afar.
    pub(super) fn contradicted(&self) -> Option<u32> {
        let (rows, beside) = (&self.rows.folds.rows, self.record.row.notes.beside.as_deref()?);
        let organiser = beside.organiser.as_ref().filter(|_| rows.by_organiser);
        let organiser = organiser.filter(|organiser| match &organiser.unit {
            Some(unit) => !self.is_own(unit),
            None => rows.link == Link::Person,
        });
        organiser.map(|organiser| organiser.column).or(beside.afar.filter(|_| rows.at_school))
    }

    /// Whether the unit that organised it is of an office whose row it is.
    fn is_own(&self, unit: &OrganisingUnit) -> bool {
        let (registry, words) = (self.facts.registry, &self.facts.dictionary().remarks.organisers);
        let mut offices =
            self.record.institutions.iter().filter_map(|place| registry.institutions.get(*place as usize));
        offices.any(|office| words.is_own(unit, &office.name))
    }

    /// Whether an earlier row of others may tell of the same event, where events are not counted for people.
    pub(super) fn is_anothers_event(&self) -> bool {
        self.record.row.notes.same_event && self.rows.folds.rows.link.is_of_office()
    }

    /// Whether a row of another sheet that this one may be may count for a subject already.
    fn counted(&self, again: &Again, subject: usize) -> bool {
        let is_theirs = match self.rows.folds.rows.link {
            Link::Own => false,
            Link::Person => again.people.iter().any(|place| *place as usize == subject),
            Link::Everyone | Link::Institution | Link::School => true,
        };
        let has_amount = match self.rows.folds.adds {
            Adds::Field(field) => again.amounts.contains(&field),
            Adds::Nothing | Adds::Dates | Adds::Events => true,
        };
        let excludes = |word: &Option<WordId>| {
            let field_and_word = again.kind.zip(*word);
            self.rows
                .excluded
                .as_ref()
                .zip(field_and_word)
                .is_some_and(|(excluded, (field, word))| excluded.has(field, word))
        };
        is_theirs && has_amount && !again.words.iter().all(excludes)
    }

    /// What the condition says of the row for a subject, or for anybody.
    pub(in crate::evaluate) fn filter_for(&self, subject: usize) -> Truth {
        if !self.rows.personal {
            return self.filter;
        }
        let person = u32::try_from(subject).ok().filter(|_| subject < self.rows.subjects);
        self.rows.filter(self.facts, View::record(self.record, person))
    }

    pub(in crate::evaluate) fn held(&self) -> Held<'_> {
        self.rows.timing.held(&self.record.row.cells, self.facts.when.as_of)
    }

    /// Whether the row counts in a window, by its place. In the weeks around it a row counts that lies in no window of its
    /// own; one that does may have been meant for either.
    pub(in crate::evaluate) fn within(&self, held: &Held<'_>, place: usize) -> Truth {
        let (windows, longer) = (&self.rows.windows, &self.rows.longer);
        if !self.rows.folds.in_windows {
            return Truth::True;
        }
        let own = held.within(&windows[place]);
        let own = if own == Truth::False && self.may_go_on() { Truth::Unknown } else { own };
        let Some(longer) = longer.get(place) else { return own };
        // In the weeks in which a row may be meant for the window before or behind its own, it is sure for neither.
        if own == Truth::True {
            let core = between(&windows[place], longer);
            // A paper that says it is for the whole window is its own.
            let is_whole = held.reach().is_some_and(|(start, end)| start.first <= core.start && core.end <= end.last);
            let is_its_own = is_whole || held.within(&core) == Truth::True;
            return if is_its_own { Truth::True } else { Truth::Unknown };
        }
        let is_elsewhere = windows.iter().any(|window| held.within(window) != Truth::False);
        let around = held.within(longer);
        own.or(if is_elsewhere { around.and(Truth::Unknown) } else { around })
    }

    /// What the row says, whoever is judged.
    pub(in crate::evaluate) fn row_facts<'r>(
        &'r self,
        value: &'r dyn Fn(Path) -> PathValue<'r>,
        place: &'r dyn Fn(FieldId) -> CellRef,
    ) -> RowFacts<'r> {
        let cells = &self.record.row.cells;
        let of_which = self.rows.folds.of_which;
        RowFacts {
            cells,
            quantity: self.quantity(),
            shared: self.shared(),
            part: of_which.map_or(Truth::True, |part| self.facts.holds(part, View::record(self.record, None))),
            extent: self.rows.timing.extent(cells),
            length: self.record.row.length,
            has_end: self.rows.timing.has_end(cells),
            events: self.record.row.dates,
            members: &self.rows.members,
            rows: &self.record.rows,
            value,
            place,
        }
    }

    pub(in crate::evaluate) fn quantity(&self) -> Quantity {
        let row = &self.record.row;
        let each = match self.rows.folds.adds {
            Adds::Nothing | Adds::Dates => Quantity::exactly(Decimal::ONE),
            Adds::Events => self.events(),
            Adds::Field(field) if let Some(lessons) = self.lessons_for(field) => {
                Quantity { low: lessons.min(Decimal::ONE), high: Some(lessons.max(Decimal::ONE)) }
            }
            Adds::Field(field) => {
                quantity::of(&row.cells, field, self.facts.dictionary().table(row.table).field(field))
            }
        };
        each.of_each(row.dates)
    }

    fn shared(&self) -> Option<SharedAmount> {
        let Adds::Field(field) = self.rows.folds.adds else { return None };
        self.record.row.notes.shared.iter().find(|(of, _)| *of == field).map(|(_, shared)| *shared)
    }

    /// The value that a path leads to. People and schools stay the same however they are written.
    pub(in crate::evaluate) fn value(&self, path: Path) -> PathValue<'_> {
        let record = self.record;
        let table = self.facts.dictionary().table(record.row.table);
        let own = (path.via == Via::Own).then(|| table.field(path.field).kind);
        let several = own.filter(|kind| *kind == FieldKind::School).and_then(|_| self.several_schools());
        let named = match (own, record.school) {
            (Some(FieldKind::School), _) if let Some(text) = several => {
                Naming::Schools(text, &self.facts.dictionary().people.schools)
            }
            (Some(FieldKind::School), SchoolLink::Known(place)) => Naming::School(place),
            (Some(FieldKind::School), SchoolLink::Unknown) if self.is_no_school() => Naming::AnySchools,
            (Some(FieldKind::People), _) if !record.people.is_empty() || record.unlisted.is_some() => {
                Naming::People { sure: &record.people, others: record.unlisted.as_deref() }
            }
            (_, SchoolLink::Known(_) | SchoolLink::Unknown | SchoolLink::Blank) => Naming::Nothing,
        };
        PathValue { cell: self.facts.cell(path, View::record(record, None)), named }
    }

    /// The text of a cell that names several schools.
    fn several_schools(&self) -> Option<&str> {
        let unlisted = !matches!(self.record.school, SchoolLink::Known(_) | SchoolLink::Blank);
        let field = self.rows.school.filter(|_| unlisted)?;
        let text = self.record.row.cell(field).text()?;
        self.facts.dictionary().people.schools.several(text).map(|_| &**text)
    }

    /// Whether the cell of the school names a place that is not called like one school.
    fn is_no_school(&self) -> bool {
        let text = self.rows.school.and_then(|field| self.record.row.cell(field).text());
        text.is_some_and(|text| !self.facts.dictionary().people.schools.is_one(text))
    }

    /// Whether what ended in the holidays may hold on the as-of day.
    pub(super) fn may_go_on(&self) -> bool {
        self.rows.windows.iter().all(|window| window.per == Per::AsOf) && self.facts.ended_in_holidays(self.record)
    }
}

/// A window without the weeks that belong to those around it as well.
fn between(own: &Window, longer: &Window) -> Window {
    let (before, after) = (own.start - longer.start, longer.end - own.end);
    Window { start: own.start.saturating_add(after), end: own.end.saturating_sub(before), ..own.clone() }
}

/// Calls `add` for each subject that a row names or may name.
fn each(sure: &[u32], maybe: &Maybe, anybody: usize, mut add: impl FnMut(usize, Truth)) {
    sure.iter().for_each(|place| add(*place as usize, Truth::True));
    match maybe {
        Maybe::Nobody => {}
        Maybe::These(places) => {
            places.iter().filter(|place| !sure.contains(place)).for_each(|place| add(*place as usize, Truth::Unknown))
        }
        Maybe::Anybody => add(anybody, Truth::Unknown),
    }
}
