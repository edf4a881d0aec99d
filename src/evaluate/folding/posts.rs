//! Whether a row is of the time in post of whom it names.

use jiff::civil::Date;

use super::row::Folding;
use crate::dictionary::FieldKind;
use crate::intake::{Entity, Maybe};
use crate::model::{Cell, DateSpan, Per, Truth, Window};
use crate::rules::Link;
use crate::rules::window::{Held, Timing};

impl Folding<'_, '_> {
    /// Whether a row may be of the time in post of whom it names. For a person one that is before it or behind it contradicts the
    /// roster; for others what lasts does so where everybody whose it is has left before a window, or comes behind it, and what
    /// happened where nobody of theirs on it was in post.
    pub(in crate::evaluate) fn posted(&self, subject: usize, held: &Held<'_>, window: &Window) -> Truth {
        if self.rows.folds.rows.link != Link::Person {
            let is_in_doubt = self.is_nobodys(subject, window) || self.is_of_no_office(subject, held);
            return if is_in_doubt { Truth::Unknown } else { Truth::True };
        }
        let person = self.facts.posts.get(subject).filter(|_| window.per != Per::AsOf);
        let (Some(_), Some((first, last)), Ok(person)) = (person, held.reach(), u32::try_from(subject)) else {
            return Truth::True;
        };
        let is_out =
            self.is_out(person, (first.first, last.last)) || self.may_be_away(person, (first.first, last.last));
        if is_out { Truth::Unknown } else { Truth::True }
    }

    /// Whether a row of what happened is an office's only by the people on it, and these came to it later, or had left.
    fn is_of_no_office(&self, subject: usize, held: &Held<'_>) -> bool {
        let (record, registry) = (self.record, self.facts.registry);
        let link = self.rows.folds.rows.link;
        if link == Link::Own || !matches!(self.rows.timing, Timing::Event { .. }) {
            return false;
        }
        let more: &[u32] = match &record.maybe_people {
            Maybe::Nobody => &[],
            Maybe::These(places) => places,
            Maybe::Anybody => return false,
        };
        let Some((first, last)) = held.reach() else { return false };
        let is_theirs = |person: &&u32| {
            let office = registry.staff.get(**person as usize).and_then(|person| person.institution);
            link != Link::Institution || office.is_none_or(|office| office as usize == subject)
        };
        let time = (first.first, last.last);
        let is_away = |person: &u32| self.is_out(*person, time) || self.may_be_away(*person, time);
        let mut theirs = record.people.iter().chain(more).filter(is_theirs).peekable();
        theirs.peek().is_some() && theirs.all(is_away) && !self.says_office()
    }

    /// Whether the row says itself of which office it is.
    fn says_office(&self) -> bool {
        let row = &self.record.row;
        let field = self.facts.dictionary().table(row.table).field_of_kind(FieldKind::Institution);
        field.is_some_and(|field| !matches!(row.cell(field), Cell::Blank | Cell::Absent))
    }

    /// Whether nobody whose lasting row it is was in post in a window, or all had gone from the office to another one.
    fn is_nobodys(&self, subject: usize, window: &Window) -> bool {
        let (record, as_of) = (self.record, self.facts.when.as_of);
        let is_known = record.maybe_people == Maybe::Nobody && record.strangers == 0 && !record.people.is_empty();
        let time = if window.per == Per::AsOf { (as_of, as_of) } else { (window.start, window.end) };
        let moved = |person: &u32| {
            let person = self.facts.registry.staff.get(*person as usize).filter(|person| !person.tenures.is_empty());
            let then =
                person.and_then(|person| person.institution_then(Some(DateSpan { first: time.0, last: time.1 })));
            self.rows.folds.rows.link == Link::Institution && then.is_some_and(|then| then as usize != subject)
        };
        // A remark of the roster may say that somebody has left: 2023年3月退休.
        let on_payroll = self.facts.dictionary().schema.staff.on_payroll;
        let says_gone = |one: &Entity| one.denied.or(one.away.as_ref().map(|(cell, _)| *cell)).is_some();
        let may_be_gone = |person: &u32| {
            let person = self.facts.registry.staff.get(*person as usize);
            person.is_some_and(|one| says_gone(one) && *one.cell(on_payroll) == Cell::Unreadable)
        };
        let is_gone = |person: &u32| self.is_out(*person, time) || moved(person) || may_be_gone(person);
        // A row of the roster says itself how long it holds.
        let is_of_others = record.row.table != self.facts.staff;
        is_known
            && is_of_others
            && matches!(self.rows.timing, Timing::Lasting { .. })
            && record.people.iter().all(is_gone)
    }

    /// Whether a remark or a list names a day since when somebody may have been away at a time. What it names of the time before
    /// they came to their post is of something else: a day of birth.
    fn may_be_away(&self, person: u32, (first, last): (Date, Date)) -> bool {
        let Some(entity) = self.facts.registry.staff.get(person as usize) else { return false };
        let start = self.facts.posts.get(person as usize).and_then(|(start, _)| *start);
        let mut times = entity.away_in.iter().filter(|time| start.is_none_or(|start| start.last < time.first));
        times.any(|time| time.first <= last && first <= time.last)
    }

    /// Whether a time is before or behind somebody's in post, or between two of them.
    fn is_out(&self, person: u32, (first, last): (Date, Date)) -> bool {
        let Some((start, end)) = self.facts.posts.get(person as usize) else { return false };
        let entity = self.facts.registry.staff.get(person as usize);
        let is_between = entity.is_some_and(|one| !one.tenures.is_empty() && one.tenures_in(first, last).is_empty());
        is_between || start.is_some_and(|start| last < start.first) || end.is_some_and(|end| end.last < first)
    }
}
