//! When a row holds: on the day of an event, from a start to an end, or always.

use jiff::civil::Date;
use rust_decimal::prelude::ToPrimitive;

use crate::dictionary::{AtMost, FieldId, Table};
use crate::model::{Cell, DateSpan, Per, Truth, Value, Window};

/// No row is of more days.
const LONG: i64 = 366;

/// The fields of a table that say when its rows hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Timing {
    /// Something that happened, on one day or over several.
    Event {
        date: FieldId,
        end: Option<FieldId>,
        /// How many days it took.
        days: Option<FieldId>,
        /// How many days a row has at most that does not say it readably.
        likely: i64,
    },
    /// Something that held from a start (blank: always) to an end (blank: still).
    Lasting {
        start: FieldId,
        end: Option<FieldId>,
    },
    Timeless,
}

pub(crate) fn of(table: &Table) -> Timing {
    let roles = table.roles;
    match (roles.date, roles.start) {
        (Some(date), _) => {
            let likely = match roles.days.and_then(|days| table.field(days).at_most) {
                Some(AtMost::Number(most)) => most.to_i64().unwrap_or(LONG),
                Some(AtMost::Field(_)) | None => LONG,
            };
            Timing::Event { date, end: roles.end, days: roles.days, likely }
        }
        (None, Some(start)) => Timing::Lasting { start, end: roles.end },
        (None, None) => Timing::Timeless,
    }
}

/// When a row holds, prepared for being asked about several windows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Held<'c> {
    timing: Timing,
    cells: &'c [Cell],
    /// The first and last day that an event may have taken, if they are known.
    reach: Option<(DateSpan, DateSpan)>,
    as_of: Date,
}

impl Held<'_> {
    /// The first and last day that an event may have taken, if they are known.
    pub(crate) fn reach(&self) -> Option<(DateSpan, DateSpan)> {
        self.reach
    }

    /// Whether the row holds in a window, seen from the as-of day: later days have not happened yet.
    /// An as-of window takes in what happened until that day, and what lasts on that day.
    pub(crate) fn within(&self, window: &Window) -> Truth {
        let end = window.end.min(self.as_of);
        match (self.timing, window.per) {
            (Timing::Timeless, _) => Truth::True,
            (Timing::Event { .. }, Per::AsOf) => happened(self.reach, Date::MIN, end),
            (Timing::Event { .. }, _) => happened(self.reach, window.start, end),
            (Timing::Lasting { .. }, _) => self.timing.lasted(self.cells, window.start, end),
        }
    }
}

impl Timing {
    /// When a row holds, as seen from the as-of day.
    pub(crate) fn held(self, cells: &[Cell], as_of: Date) -> Held<'_> {
        Held { timing: self, cells, reach: self.reach(cells), as_of }
    }

    /// As [`Held::within`], for one window.
    pub(crate) fn within(self, cells: &[Cell], window: &Window, as_of: Date) -> Truth {
        self.held(cells, as_of).within(window)
    }

    /// Whether a lasting row holds on a day, or an event had happened by then.
    pub(crate) fn as_of(self, cells: &[Cell], day: Date) -> Truth {
        self.within(cells, &Window::as_of(day), day)
    }

    /// Whether the row is an event whose end is written down.
    pub(crate) fn has_end(self, cells: &[Cell]) -> bool {
        match self {
            Timing::Event { end: Some(end), .. } => !matches!(cells[end.index()], Cell::Blank | Cell::Absent),
            Timing::Event { end: None, .. } | Timing::Lasting { .. } | Timing::Timeless => false,
        }
    }

    /// The first and last day of an event, if they are known.
    pub(crate) fn extent(self, cells: &[Cell]) -> Option<(DateSpan, DateSpan)> {
        let Timing::Event { date, end, .. } = self else { return None };
        let start = cells[date.index()].date()?;
        match end.map(|end| &cells[end.index()]) {
            None | Some(Cell::Blank) => Some((start, start)),
            Some(cell) => cell.date().filter(|end| end.last >= start.first).map(|end| (start, end)),
        }
    }

    /// As [`Timing::extent`]; of a row of several days without an end, what its days may reach to.
    pub(crate) fn reach(self, cells: &[Cell]) -> Option<(DateSpan, DateSpan)> {
        let (start, end) = self.extent(cells)?;
        let Timing::Event { days: Some(days), likely, .. } = self else { return Some((start, end)) };
        let most = match &cells[days.index()] {
            Cell::Is(Value::Number(number)) => number.ceil().to_i64().unwrap_or(LONG),
            Cell::Is(Value::Between { high, .. }) => high.and_then(|high| high.ceil().to_i64()).unwrap_or(LONG),
            Cell::Unreadable => likely,
            Cell::Is(_) | Cell::Blank | Cell::Absent => return Some((start, end)),
        };
        let most = most.min(LONG);
        if most < 2 || self.has_end(cells) {
            return Some((start, end));
        }
        let first = start.first.saturating_add(jiff::Span::new().days(most - 1));
        Some((start, DateSpan { first, last: working_end(start.last, most) }))
    }

    /// Whether a lasting row holds on the days of an event.
    pub(crate) fn holds_on(self, cells: &[Cell], event: Option<(DateSpan, DateSpan)>) -> Truth {
        let Some((start, end)) = event else { return self.lasted(cells, Date::MIN, Date::MAX).and(Truth::Unknown) };
        let (first, last) = (start.first, end.last);
        let whole = self.lasted(cells, first, first).and(self.lasted(cells, last, last));
        if whole == Truth::True { whole } else { self.lasted(cells, first, last).and(Truth::Unknown) }
    }

    fn lasted(self, cells: &[Cell], first: Date, last: Date) -> Truth {
        let Timing::Lasting { start, end } = self else { return Truth::True };
        let began = match &cells[start.index()] {
            Cell::Blank => Truth::True,
            cell @ (Cell::Is(_) | Cell::Absent | Cell::Unreadable) => {
                cell.date().map_or(Truth::Unknown, |span| Truth::of(span.last <= last, span.first > last))
            }
        };
        let not_ended = match end.map(|end| &cells[end.index()]) {
            None | Some(Cell::Blank) => Truth::True,
            Some(cell) => cell.date().map_or(Truth::Unknown, |span| Truth::of(span.first >= first, span.last < first)),
        };
        began.and(not_ended)
    }
}

/// The first of so many days of work, of which a day is the last.
pub(crate) fn working_start(last: Date, days: i64) -> Date {
    // To the Friday of its week; the days of a weekend count as that.
    let to_friday = 4 - i64::from(last.weekday().to_monday_zero_offset()).min(4);
    let back = to_friday + days - 1;
    let calendar = back / 5 * 7 + back % 5 - to_friday;
    last.saturating_sub(jiff::Span::new().days(calendar.max(days - 1)))
}

/// The last of so many days of work, from a day on.
pub(crate) fn working_end(first: Date, days: i64) -> Date {
    // From the Monday of its week; the days of a weekend count as its Friday.
    let from_monday = i64::from(first.weekday().to_monday_zero_offset()).min(4);
    let ahead = from_monday + days - 1;
    let calendar = ahead / 5 * 7 + ahead % 5 - from_monday;
    first.saturating_add(jiff::Span::new().days(calendar.max(days - 1)))
}

fn happened(extent: Option<(DateSpan, DateSpan)>, first: Date, last: Date) -> Truth {
    match extent {
        None => Truth::Unknown,
        Some((start, end)) if start.first > last || end.last < first => Truth::False,
        Some((start, end)) if start.first >= first && end.last <= last => Truth::True,
        Some(_) => Truth::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_work_are_counted_to_their_last_and_back_to_their_first() {
        let day = |day: i8| jiff::civil::date(2023, 3, day);
        // 6 March was a Monday.
        for (first, days, last) in [(6, 1, 6), (6, 5, 10), (6, 6, 13), (9, 3, 13), (10, 6, 17), (8, 13, 24)] {
            assert_eq!(working_end(day(first), days), day(last), "{days} from {first}");
            assert_eq!(working_start(day(last), days), day(first), "{days} until {last}");
        }
        // From a weekend on they reach as far as days of the calendar at least.
        assert_eq!((working_end(day(11), 2), working_start(day(12), 2)), (day(14), day(11)));
    }
}
