//! `span`: years from one date field of the subject to another; one that is blank or has not come yet is the as-of day.

use crate::rules::prelude::*;

#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    from: FieldId,
    to: FieldId,
}

impl Kind for Span {
    type State = NoRows;

    fn read(written: &Written<'_, '_, '_>, scope: &Scope<'_>) -> Option<Span> {
        written.table(|form| {
            let (from, to) = (form.required_text("from"), form.required_text("to"));
            let from = own_field(form, &from, scope, DATES);
            let to = own_field(form, &to, scope, DATES);
            Some(Span { from: from?, to: to? })
        })
    }

    fn words(&self, phrases: Phrases<'_>) -> String {
        format!("从{}到{}的年数", phrases.header(self.from), phrases.header(self.to))
    }

    fn needs(&self, needs: &mut Needs<'_>) {
        needs.own(self.from);
        needs.own(self.to);
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
        let (low, high) = (elapsed_years(start.last, end.first), elapsed_years(start.first, end.last));
        let mut measured = Measured::of(Amount { low, high: Some(high) });
        for (field, span) in [(self.from, start), (self.to, end)] {
            if low != high && span.exact().is_none() {
                measured.doubt(field, format!("“{}”没有写明是哪一天", at.header(field)), at);
            }
        }
        if measured.lacks.is_empty() {
            measured.cite(self.from, false, at);
        }
        measured
    }
}
