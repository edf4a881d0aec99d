//! `span`: years from one date field of the subject to another; one that is blank or has not come yet is the as-of day. Where a
//! person's time in a school stands in several rows that follow each other, it began with the first of them.

use crate::model::CellRef;
use crate::rules::days::days_between;
use crate::rules::fold::{Doubt, Kin, Unrecorded};
use crate::rules::prelude::*;

/// So few days of teaching between two rows may be no break.
const SHORT: Decimal = Decimal::from_parts(31, 0, 0, false, 0);

#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    from: FieldId,
    to: FieldId,
    /// Time before this day is not counted.
    not_before: Option<Date>,
}

impl Kind for Span {
    type State = NoRows;

    fn read(written: &Written<'_, '_, '_>, scope: &Scope<'_>) -> Option<Span> {
        written.table(|form| {
            let (from, to) = (form.required_text("from"), form.required_text("to"));
            let from = own_field(form, &from, scope, DATES);
            let to = own_field(form, &to, scope, DATES);
            Some(Span { from: from?, to: to?, not_before: form.date("not-before") })
        })
    }

    fn words(&self, phrases: Phrases<'_>) -> String {
        let counted = self.not_before.map(|day| format!("，{day}以前的不计")).unwrap_or_default();
        format!("从{}到{}的年数{counted}", phrases.header(self.from), phrases.header(self.to))
    }

    fn needs(&self, needs: &mut Needs<'_>) {
        needs.own(self.from);
        needs.own(self.to);
        needs.kin();
    }

    fn outcome(&self, _: Gathered<'_, NoRows>, at: &impl Viewpoint) -> Measured {
        let Some(start) = at.cell(self.from).date() else { return Measured::unknown_field(self.from, at) };
        let end = match at.cell(self.to) {
            Cell::Blank => Some(DateSpan::day(at.as_of())),
            cell @ (Cell::Is(_) | Cell::Absent | Cell::Unreadable) => cell.date(),
        };
        let Some(end) = end else { return Measured::unknown_field(self.to, at) };
        let (first, last) = (end.first.min(at.as_of()), end.last.min(at.as_of()));
        let end = if start.first <= at.as_of() { DateSpan { first, last } } else { end };
        let Began { sure, possible, joined, mut lacks } = self.began(start, at);
        let counted =
            |day: Date, end: Date| elapsed_years(self.not_before.map_or(day, |first| day.max(first.min(end))), end);
        // However long before it has lasted, no more counts than from that day on.
        let possible = possible.or(self.not_before);
        let (low, high) = (counted(sure.last, end.first), possible.map(|day| counted(day, end.last)));
        let is_short = lacks.is_empty();
        let mut measured = Measured { lacks: Vec::new(), ..Measured::of(Amount { low, high }) };
        for (field, span) in [(self.from, start), (self.to, end)] {
            if is_short && Some(low) != high && span.exact().is_none() {
                measured.doubt(field, format!("“{}”没有写明是哪一天", at.header(field)), at);
            }
        }
        measured.lacks.append(&mut lacks);
        if measured.lacks.is_empty() {
            measured.cite(self.from, false, at);
            measured.citations.rows += u32::try_from(joined.len()).unwrap_or(u32::MAX);
            measured.citations.sure.extend(joined);
        }
        measured
    }
}

/// From when a subject has surely gone on, and from which day it may have, `None` where that is open.
struct Began {
    sure: DateSpan,
    possible: Option<Date>,
    /// Where the rows began that it surely goes back to.
    joined: Vec<CellRef>,
    /// Why the two differ.
    lacks: Vec<Cause>,
}

impl Span {
    fn began(&self, own: DateSpan, at: &impl Viewpoint) -> Began {
        let Some(kin) = at.kin(self.from, self.to) else {
            return Began { sure: own, possible: Some(own.first), joined: Vec::new(), lacks: Vec::new() };
        };
        let (sure, joined) = chain(own, &kin, |kin, start| follows(kin, start, at) == Truth::True);
        let (possible, all) = chain(own, &kin, |kin, start| follows(kin, start, at) != Truth::False);
        let joined: Vec<CellRef> = joined.iter().map(|(kin, _)| kin.at.0).collect();
        let unsure = all.into_iter().filter(|(kin, _)| sure != possible && !joined.contains(&kin.at.0));
        let mut lacks: Vec<Cause> = unsure.map(|(kin, start)| self.why(kin, start, at)).collect();
        // An earlier row may stand in a sheet that is not read.
        let unread = [at.unread(at.each()), at.earlier(at.each())].concat();
        let is_open = !unread.is_empty() || possible.first == Date::MIN;
        lacks.extend(unread);
        Began { sure, possible: (!is_open).then_some(possible.first), joined, lacks }
    }

    /// Why it is not known whether the time of another row goes on in the subject's.
    fn why(&self, kin: &Kin<'_>, start: DateSpan, at: &impl Viewpoint) -> Cause {
        let rows = |doubt: Doubt| Uncertain::rows(at.each(), doubt, at.dictionary());
        let (from, to) = (at.header(self.from), at.header(self.to));
        let begun = "同一个人在同一所学校还有更早的一行";
        let (of, words, cell) = match (kin.doubt, kin.start.date(), kin.end) {
            (Some(doubt), ..) => (rows(doubt), format!("{begun}，是不是同一次不能确定"), kin.at.0),
            (None, None, _) => (rows(Doubt::Field(self.from)), format!("{begun}，“{from}”不能确定"), kin.at.0),
            (None, Some(_), end) if !end.is_blank() && end.date().is_none_or(|end| end.exact().is_none()) => {
                (rows(Doubt::Field(self.to)), format!("{begun}，“{to}”不能确定"), kin.at.1)
            }
            (None, Some(_), _) if is_break(kin, start, at) == Truth::True => {
                (rows(Doubt::Reading(self.to)), format!("{begun}，中间断了不到一个月，算不算接着的由人判断"), kin.at.1)
            }
            (None, Some(_), _) => {
                let words = format!("{begun}，没有提供校历，不知道中间隔开的是不是假期");
                (Uncertain::Unrecorded(Unrecorded::Holidays), words, kin.at.1)
            }
        };
        Cause::new(of, words).at([cell])
    }
}

/// From when it has gone on, and the rows that it goes back to, each with what it leads up to: as long as an earlier row is followed by what is known so far.
fn chain<'k>(
    own: DateSpan,
    kin: &'k [Kin<'k>],
    follows: impl Fn(&Kin<'k>, DateSpan) -> bool,
) -> (DateSpan, Vec<(&'k Kin<'k>, DateSpan)>) {
    let (mut start, mut joined) = (own, Vec::new());
    let began = |kin: &Kin<'_>| kin.start.date().unwrap_or(DateSpan::day(Date::MIN));
    while let Some(before) = kin
        .iter()
        .filter(|kin| began(kin).first < start.first && follows(kin, start))
        .min_by_key(|kin| (began(kin).first, kin.at))
    {
        joined.push((before, start));
        start = began(before);
    }
    (start, joined)
}

/// Whether a time that began on a day goes on from that of an earlier row: without a break, or with holidays only between them.
fn follows(kin: &Kin<'_>, start: DateSpan, at: &impl Viewpoint) -> Truth {
    let between = |last, first| joins(last, first, at);
    let is_told = |span: DateSpan| span.exact().is_some() || span.is_month();
    let joins = match ended(kin, at) {
        None => Truth::Unknown,
        // Of two that are dated by the month one goes on in the other where the months do.
        Some(end) if is_told(end) && is_told(start) => between(end.last, start.first),
        Some(end) => match between(end.last, start.first) {
            Truth::False => Truth::False,
            Truth::Unknown | Truth::True => between(end.first, start.last).or(Truth::Unknown),
        },
    };
    let began = if kin.start.date().is_some() { Truth::True } else { Truth::Unknown };
    let is_theirs = if kin.doubt.is_some() { Truth::Unknown } else { Truth::True };
    joins.and(began).and(is_theirs)
}

fn ended(kin: &Kin<'_>, at: &impl Viewpoint) -> Option<DateSpan> {
    match kin.end {
        Cell::Blank => Some(DateSpan::day(at.as_of())),
        cell @ (Cell::Is(_) | Cell::Absent | Cell::Unreadable) => cell.date(),
    }
}

/// Whether what ended on a day goes on in what began on another.
fn joins(last: Date, first: Date, at: &impl Viewpoint) -> Truth {
    let gap = (last.tomorrow().unwrap_or(last), first.yesterday().unwrap_or(first));
    let is_free = if gap.0 > gap.1 { Truth::True } else { at.is_holiday(gap.0, gap.1) };
    if days_between(gap.0, gap.1) <= SHORT { is_free.or(Truth::Unknown) } else { is_free }
}

/// Whether there was teaching between an earlier row and what it leads up to.
fn is_break(kin: &Kin<'_>, start: DateSpan, at: &impl Viewpoint) -> Truth {
    let last = ended(kin, at).map_or(start.first, |end| end.last);
    !at.is_holiday(last.tomorrow().unwrap_or(last), start.first.yesterday().unwrap_or(start.first))
}
