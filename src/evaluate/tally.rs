//! Folds rows into slots: one for each measure, subject and window. No row is kept, so a tally stays small.

use rust_decimal::Decimal;

use super::coverage::Member;
use super::days::Days;
use super::elapsed::Stretch;
use super::facts::{Facts, View};
use super::plan::{Kind, Leaf, Plan};
use super::slot::{Doubt, Slot, Tallied};
use crate::dictionary::{FieldId, FieldKind, TableId};
use crate::intake::{Maybe, Record, SchoolLink};
use crate::model::{Cell, Truth, Value, Window};
use crate::rules::quantity::{self, Quantity};
use crate::rules::window::{Held, Timing};
use crate::rules::{Condition, Link, Path, Via};

/// More events than a row with one date cell stands for, where there is no telling how many.
const MANY_EVENTS: u16 = 366;

/// The slots of a plan. Rows that may be anybody's go to a slot of their own, which every subject shares.
pub struct Tally {
    leaves: Vec<Vec<Option<Box<Slot>>>>,
}

/// A row on its way into the slots of one leaf.
pub(super) struct Folding<'f, 'p> {
    pub facts: &'f Facts<'f>,
    pub leaf: &'f Leaf<'p>,
    pub record: &'f Record,
    /// What the condition of the rule says of the row.
    pub filter: Truth,
}

impl Tally {
    pub fn new(plan: &Plan<'_>) -> Tally {
        let slots = |leaf: &Leaf<'_>| vec![None; (leaf.subjects + 1) * leaf.windows.len()];
        Tally { leaves: plan.leaves.iter().map(slots).collect() }
    }

    /// A tally for the rows of one table.
    pub fn of_table(plan: &Plan<'_>, table: TableId) -> Tally {
        let mut tally = Tally { leaves: vec![Vec::new(); plan.leaves.len()] };
        for place in plan.leaves_of(table) {
            let leaf = &plan.leaves[*place];
            tally.leaves[*place] = vec![None; (leaf.subjects + 1) * leaf.windows.len()];
        }
        tally
    }

    /// Takes up what another tally of the same plan holds, whose rows come behind its own.
    pub fn join(&mut self, other: Tally) {
        for (own, other) in self.leaves.iter_mut().zip(other.leaves) {
            for (own, other) in own.iter_mut().zip(other) {
                match (own.as_deref_mut(), other) {
                    (_, None) => {}
                    (None, other) => *own = other,
                    (Some(own), Some(other)) => own.join(&other),
                }
            }
        }
    }

    /// Folds a row; `own` is its place among the rows of its table, for rules about each of them. Says whether the row
    /// is among the first few that are shown for a subject.
    pub fn fold(&mut self, plan: &Plan<'_>, facts: &Facts<'_>, record: &Record, own: Option<usize>) -> bool {
        let mut shown = false;
        for place in plan.leaves_of(record.row.table) {
            let leaf = &plan.leaves[*place];
            if leaf.excluded.as_ref().is_some_and(|excluded| excluded.holds(&record.row)) {
                continue;
            }
            let filter = if leaf.personal { Truth::True } else { filter_of(leaf, facts, View::record(record, None)) };
            if filter == Truth::False {
                continue;
            }
            let folding = Folding { facts, leaf, record, filter };
            shown |= folding.fold(&mut self.leaves[*place], own);
        }
        shown
    }

    /// The slot of a subject in a window, with what may be anybody's; none when no row went there.
    pub(super) fn slot(&self, plan: &Plan<'_>, leaf: usize, subject: usize, window: usize) -> Option<Slot> {
        let windows = plan.leaves[leaf].windows.len();
        let at = |subject: usize| self.leaves[leaf].get(subject * windows + window).and_then(Option::as_deref);
        match (at(subject), at(plan.leaves[leaf].subjects)) {
            (None, None) => None,
            (Some(one), None) | (None, Some(one)) => Some(one.clone()),
            (Some(own), Some(anybody)) => {
                let mut joined = own.clone();
                joined.join(anybody);
                Some(joined)
            }
        }
    }
}

/// What the condition of a leaf says of a row; rows that only its second condition takes are possible.
pub(super) fn filter_of(leaf: &Leaf<'_>, facts: &Facts<'_>, row: View<'_>) -> Truth {
    let filter = facts.holds(&leaf.rows.filter, row);
    match leaf.kind {
        Kind::Stretches { or_where: Some(or_where) } => filter.or(facts.holds(or_where, row).and(Truth::Unknown)),
        Kind::Stretches { or_where: None }
        | Kind::Count
        | Kind::Sum(_)
        | Kind::Days(_)
        | Kind::Distinct(_)
        | Kind::Share(_)
        | Kind::Cover { .. }
        | Kind::Last => filter,
    }
}

impl Folding<'_, '_> {
    fn fold(&self, slots: &mut [Option<Box<Slot>>], own: Option<usize>) -> bool {
        let anybody = self.leaf.subjects;
        let record = self.record;
        let mut shown = false;
        let once = self.once();
        let mut add = |subject: usize, link: Truth| shown |= self.fold_for(slots, subject, link.and(once));
        match self.leaf.rows.link {
            Link::Own => own.into_iter().for_each(|place| add(place, Truth::True)),
            Link::Everyone => (0..anybody).for_each(|place| add(place, Truth::True)),
            Link::Person => each(&record.people, &record.maybe_people, anybody, add),
            Link::Institution => each(&record.institutions, &record.maybe_institutions, anybody, add),
            Link::School => match record.school {
                SchoolLink::Known(place) => add(place as usize, Truth::True),
                SchoolLink::Unknown | SchoolLink::Blank => add(anybody, Truth::Unknown),
            },
        }
        shown
    }

    /// A row that may be a copy of another one is possible only; as a subject of its own it is there all the same.
    pub fn once(&self) -> Truth {
        let may_be_copy = self.record.row.repeated && self.leaf.rows.link != Link::Own;
        if may_be_copy { Truth::Unknown } else { Truth::True }
    }

    fn fold_for(&self, slots: &mut [Option<Box<Slot>>], subject: usize, link: Truth) -> bool {
        let filter = self.filter_for(subject);
        if filter == Truth::False {
            return false;
        }
        let windows = self.leaf.windows.len();
        let held = self.held();
        let mut shown = false;
        for (place, window) in self.leaf.windows.iter().enumerate() {
            let within = self.within(&held, window);
            if within == Truth::False {
                continue;
            }
            let slot = slots[subject * windows + place].get_or_insert_with(|| Box::new(Slot::empty(&self.leaf.kind)));
            shown |= self.add(slot, link, filter, within, window);
        }
        shown
    }

    /// What the condition says of the row for a subject; behind the last one, for anybody.
    pub fn filter_for(&self, subject: usize) -> Truth {
        if !self.leaf.personal {
            return self.filter;
        }
        let person = u32::try_from(subject).ok().filter(|_| subject < self.leaf.subjects);
        filter_of(self.leaf, self.facts, View::record(self.record, person))
    }

    /// When the row holds.
    pub fn held(&self) -> Held<'_> {
        self.leaf.timing.held(&self.record.row.cells, self.facts.when.as_of)
    }

    /// Whether the row, which holds so, does in a window.
    pub fn within(&self, held: &Held<'_>, window: &Window) -> Truth {
        match self.leaf.kind {
            // What broke a service long ago still counts: the stretches are measured as a whole.
            Kind::Stretches { .. } => Truth::True,
            _ => held.within(window),
        }
    }

    fn add(&self, slot: &mut Slot, link: Truth, filter: Truth, within: Truth, window: &Window) -> bool {
        let doubtful_amount = match (&self.leaf.kind, &mut slot.tallied) {
            (Kind::Days(field), Tallied::Days(days)) => {
                let quantity = self.quantity(*field);
                self.add_days(days, link.and(filter), within, quantity, window);
                doubt_of(quantity, *field)
            }
            (Kind::Stretches { .. }, Tallied::Stretches(stretches)) => {
                stretches.push(self.stretch(link.and(filter)));
                None
            }
            (_, tallied) => self.tally(tallied, link.and(filter).and(within)),
        };
        let doubt = self.doubt(link, filter, within).or(doubtful_amount);
        let place = self.facts.registry.place(self.record.row.at, self.shown_field(doubt));
        slot.trace.note(place, doubt)
    }

    /// Adds the row to what does not depend on the days of its window; gives what of its amount is in doubt.
    fn tally(&self, tallied: &mut Tallied, truth: Truth) -> Option<Doubt> {
        match (&self.leaf.kind, tallied) {
            (Kind::Sum(field), Tallied::Sum(sum)) => {
                let quantity = self.quantity(*field);
                sum.add(truth, quantity);
                return doubt_of(quantity, *field);
            }
            (Kind::Distinct(paths), Tallied::Distinct(distinct)) => {
                for value in self.values_of(paths) {
                    let times = if value.is_none() { record_events(self.record) } else { 1 };
                    (0..times).for_each(|_| distinct.add(truth, value.clone()));
                }
            }
            (Kind::Share(of_which), Tallied::Share(share)) => {
                let row = View::record(self.record, None);
                let part = self.facts.holds(of_which, row);
                share.add(truth, part);
                // One cell with several dates may be as many rows.
                (1..record_events(self.record)).for_each(|_| share.add(truth.and(Truth::Unknown), part));
                return (part == Truth::Unknown).then(|| self.doubtful_field(of_which, row));
            }
            (Kind::Cover { members, by }, Tallied::Cover(covered)) => self.cover(covered, members, by, truth),
            (Kind::Last, Tallied::Last(last)) => {
                last.add(truth, self.leaf.timing.extent(&self.record.row.cells).map(|(_, end)| end));
            }
            (_, Tallied::Sum(count)) => {
                let quantity = Quantity::exactly(Decimal::ONE).of_each(self.record.row.dates);
                count.add(truth, quantity);
                return (!quantity.is_exact()).then_some(Doubt::Date);
            }
            (_, _) => {}
        }
        None
    }

    pub fn quantity(&self, field: FieldId) -> Quantity {
        let table = self.facts.dictionary().table(self.record.row.table);
        quantity::of(&self.record.row.cells, field, table.field(field)).of_each(self.record.row.dates)
    }

    /// A row over several days whose length is the number of its days stands on each of them; one without 天数 is one
    /// day surely, and perhaps all. Other rows stand on their first day.
    fn add_days(&self, days: &mut Days, truth: Truth, within: Truth, quantity: Quantity, window: &Window) {
        let extent = self.leaf.timing.extent(&self.record.row.cells);
        let Some((first, last)) = extent.and_then(|(start, end)| start.exact().zip(end.exact())) else {
            days.add_undated(if self.has_unknown_length() { Quantity::OPEN } else { quantity });
            return;
        };
        let length = if first == last { 1 } else { first.until(last).map_or(0, |span| i64::from(span.get_days())) + 1 };
        let is_blank = |field: FieldId| self.record.row.cell(field).is_blank();
        let quantity = match &self.leaf.kind {
            Kind::Days(field) if length > 1 && is_blank(*field) => {
                Quantity { low: quantity.low, high: quantity.high.map(|high| high.max(Decimal::from(length))) }
            }
            _ => quantity,
        };
        let whole = Quantity::exactly(Decimal::from(length));
        if (2..=366).contains(&length) && quantity == whole {
            let one = Quantity::exactly(Decimal::ONE);
            let end = window.end.min(self.facts.when.as_of);
            let inside = |day: &jiff::civil::Date| window.start <= *day && *day <= end && *day <= last;
            first.series(jiff::Span::new().days(1)).take_while(|day| *day <= last).filter(inside).for_each(|day| {
                days.add(day, truth, one);
            });
        } else {
            days.add(first, truth.and(within), quantity);
        }
    }

    /// A row that ended on a day of its own and does not say how many days it took: without exact dates, nobody knows.
    fn has_unknown_length(&self) -> bool {
        let blank_days = matches!(self.leaf.kind, Kind::Days(field) if self.record.row.cell(field).is_blank());
        let ends =
            matches!(self.leaf.timing, Timing::Event { end: Some(end), .. } if !self.record.row.cell(end).is_blank());
        blank_days && ends
    }

    /// The values of a row for some fields taken together: two people in one cell are two values. None stands for one
    /// that is not known.
    fn values_of(&self, paths: &[Path]) -> Vec<Option<String>> {
        let mut values = vec![Some(String::new())];
        for path in paths {
            let parts = self.parts_of(path);
            let joined = |before: &Option<String>, part: &Option<String>| {
                before.as_ref().zip(part.as_ref()).map(|(before, part)| format!("{before}|{part}"))
            };
            values = values.iter().flat_map(|before| parts.iter().map(move |part| joined(before, part))).collect();
        }
        values
    }

    /// The values of one field. People and schools are the same however they are written.
    fn parts_of(&self, path: &Path) -> Vec<Option<String>> {
        let table = self.facts.dictionary().table(self.record.row.table);
        let own = (path.via == Via::Own).then(|| table.field(path.field).kind);
        if let (Some(FieldKind::School), SchoolLink::Known(place)) = (own, self.record.school) {
            return vec![Some(format!("#{place}"))];
        }
        if own == Some(FieldKind::People) && !self.record.people.is_empty() {
            let sure = self.record.people.iter().map(|place| Some(format!("#{place}")));
            let more = (self.record.maybe_people != Maybe::Nobody).then_some(None);
            return sure.chain(more).collect();
        }
        let known = |value: String| Some(value);
        match self.facts.cell(*path, View::record(self.record, None)).and_then(Cell::value) {
            Some(Value::Between { .. }) => vec![None],
            Some(Value::Date(span)) => vec![span.exact().map(|day| day.to_string())],
            Some(Value::Texts(texts)) => texts.iter().map(|text| known(text.to_string())).collect(),
            Some(Value::Words(words)) => words.iter().map(|word| known(format!("{word:?}"))).collect(),
            Some(Value::SomeWords(words)) => {
                words.iter().map(|word| known(format!("{word:?}"))).chain([None]).collect()
            }
            Some(value) => vec![known(format!("{value:?}"))],
            None => vec![None],
        }
    }

    fn cover(&self, covered: &mut [Truth], members: &[Member], by: &[Path], truth: Truth) {
        let row = View::record(self.record, None);
        let extent = self.leaf.timing.extent(&self.record.row.cells);
        let dates = extent.and_then(|(start, end)| start.exact().zip(end.exact()));
        for (own, member) in covered.iter_mut().zip(members).filter(|(own, _)| **own != Truth::True) {
            *own = own.or(truth.and(member.is_covered(by, row, self.facts, dates)));
        }
    }

    fn stretch(&self, truth: Truth) -> Stretch {
        let table = self.facts.dictionary().table(self.record.row.table);
        let cell = |id| table.field_named(id).map_or(&Cell::Unreadable, |field| self.record.row.cell(field));
        let (start, end) = (cell("start-date"), cell("end-date"));
        Stretch { truth, start: start.date(), end: end.date(), open: end.is_blank() }
    }

    /// Why a row is possible and not sure, if it is.
    pub fn doubt(&self, link: Truth, filter: Truth, within: Truth) -> Option<Doubt> {
        if link == Truth::Unknown {
            return Some(if self.record.row.repeated { Doubt::Repeated } else { Doubt::Name });
        }
        if filter == Truth::Unknown {
            let row = View::record(self.record, None);
            let condition = match self.leaf.kind {
                Kind::Stretches { or_where: Some(or_where) }
                    if self.facts.holds(&self.leaf.rows.filter, row) == Truth::False =>
                {
                    or_where
                }
                _ => &self.leaf.rows.filter,
            };
            return Some(self.doubtful_field(condition, row));
        }
        (within == Truth::Unknown).then_some(Doubt::Date)
    }

    /// The first field that leaves a condition on the row unknown.
    fn doubtful_field(&self, condition: &Condition, row: View<'_>) -> Doubt {
        let path = self.facts.doubts(condition, row).first().copied();
        let field = path.and_then(|path| self.facts.first_field(self.record.row.table, path));
        Doubt::Field(field.unwrap_or(self.leaf.shown))
    }

    /// The field whose cell shows the row: the doubtful one, else the amount where one stands, else the date.
    fn shown_field(&self, doubt: Option<Doubt>) -> FieldId {
        let table = self.facts.dictionary().table(self.record.row.table);
        match (doubt, &self.leaf.kind) {
            (Some(Doubt::Name), _) => table.field_of_kind(FieldKind::People).unwrap_or(self.leaf.shown),
            (Some(Doubt::Field(field) | Doubt::Quantity(field)), _) => field,
            (None, Kind::Sum(field)) if !self.record.row.cell(*field).is_blank() => *field,
            (Some(Doubt::Date | Doubt::Repeated) | None, _) => self.leaf.shown,
        }
    }
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

/// The doubt of a quantity that is not known exactly.
pub(super) fn doubt_of(quantity: Quantity, field: FieldId) -> Option<Doubt> {
    (!quantity.is_exact()).then_some(Doubt::Quantity(field))
}

/// How many events a row may stand for, for measures that have no open end.
fn record_events(record: &Record) -> u16 {
    record.row.dates.unwrap_or(MANY_EVENTS)
}
