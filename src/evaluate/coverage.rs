//! Lists that rows must cover: subjects by stage, counties, schools. What no row covers is named.

use jiff::civil::{Date, Weekday};

use super::facts::{Facts, View};
use crate::model::{Amount, Cell, Truth, Value, Window, WordId, weekday_name};
use crate::rules::{Members, Path};

/// One thing to be covered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Member {
    pub name: String,
    by: Cover,
    /// Whether it is surely asked for.
    sure: bool,
}

/// What covers a member.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Cover {
    /// For each field that rows are compared by, any of these words.
    Words(Vec<Vec<WordId>>),
    /// Any of these texts.
    Texts(Vec<String>),
    /// A date on this day of the week.
    Weekday(Weekday),
}

/// The members of a list, or the different values of a column in the order of its rows. A row whose value is blank or
/// unreadable is a member without a name, which may or may not be covered.
pub(super) fn members(members: &Members, facts: &Facts<'_>) -> Vec<Member> {
    match members {
        Members::List { members, .. } => {
            let listed = members.iter().map(|(name, words)| (name.clone(), Cover::Words(words.clone())));
            listed.map(|(name, by)| Member { name, by, sure: true }).collect()
        }
        Members::Texts { texts, .. } => {
            let member = |texts: &Vec<String>| Member {
                name: texts.first().cloned().unwrap_or_default(),
                by: Cover::Texts(texts.clone()),
                sure: true,
            };
            texts.iter().map(member).collect()
        }
        Members::Weekdays(days) => {
            let member =
                |day: &Weekday| Member { name: weekday_name(*day).to_string(), by: Cover::Weekday(*day), sure: true };
            days.iter().map(member).collect()
        }
        Members::Column { table, field, filter } => {
            let mut found: Vec<Member> = Vec::new();
            for record in facts.held(*table) {
                let asked = facts.holds(filter, View::record(record, None));
                if asked == Truth::False {
                    continue;
                }
                let name = record.row.cell(*field).text().map(ToString::to_string).unwrap_or_default();
                let sure = asked == Truth::True && !name.is_empty();
                match found.iter_mut().find(|member| member.name == name) {
                    Some(member) => member.sure |= sure,
                    None => found.push(Member { by: Cover::Texts(vec![name.clone()]), name, sure }),
                }
            }
            found
        }
    }
}

impl Member {
    /// Whether a row covers it. `dates` are the first and last day of the row, where they are known.
    pub fn is_covered(&self, by: &[Path], row: View<'_>, facts: &Facts<'_>, dates: Option<(Date, Date)>) -> Truth {
        if self.name.is_empty() {
            return Truth::Unknown;
        }
        if let Cover::Weekday(day) = self.by {
            return dates.map_or(Truth::Unknown, |(first, last)| Truth::from(falls_on(first, last, day)));
        }
        by.iter().enumerate().fold(Truth::True, |truth, (place, path)| {
            truth.and(match (facts.cell(*path, row), &self.by) {
                (None | Some(Cell::Blank | Cell::Unreadable), _) => Truth::Unknown,
                (Some(cell), Cover::Words(words)) => {
                    words.get(place).map_or(Truth::Unknown, |words| covers(cell, words))
                }
                (Some(Cell::Is(Value::Text(text))), Cover::Texts(texts)) => {
                    Truth::from(texts.iter().any(|one| **text == **one))
                }
                (Some(Cell::Is(_)), Cover::Texts(_) | Cover::Weekday(_)) => Truth::False,
            })
        })
    }

    /// Whether it is asked for in a window: a weekday only when it falls there and is no holiday.
    pub fn is_asked(&self, window: &Window, facts: &Facts<'_>) -> bool {
        let Cover::Weekday(day) = self.by else { return true };
        let days = window.start.series(jiff::Span::new().days(1)).take_while(|date| *date <= window.end);
        let teaches = |date: Date| facts.when.calendar.is_teaching_day(date).unwrap_or(true);
        days.filter(|date| date.weekday() == day).any(teaches)
    }
}

fn falls_on(first: Date, last: Date, day: Weekday) -> bool {
    first.series(jiff::Span::new().days(1)).take(7).take_while(|date| *date <= last).any(|date| date.weekday() == day)
}

fn covers(cell: &Cell, words: &[WordId]) -> Truth {
    if let Cell::Is(Value::SomeWords(held)) = cell {
        return Truth::from(held.iter().any(|word| words.contains(word))).or(Truth::Unknown);
    }
    cell.words().map_or(Truth::Unknown, |held| Truth::from(held.iter().any(|word| words.contains(word))))
}

/// How many members no row covers, with the names of those that are surely missing and of those that may be.
pub(super) fn missing(
    members: &[Member],
    covered: &[Truth],
    asked: impl Fn(&Member) -> bool,
) -> (Amount, Vec<String>, Vec<String>) {
    let (mut sure, mut possible) = (Vec::new(), Vec::new());
    for (member, covered) in members.iter().zip(covered).filter(|(member, _)| asked(member)) {
        match (covered, member.sure) {
            (Truth::True, _) => {}
            (Truth::False, true) => sure.push(member.name.clone()),
            (Truth::False | Truth::Unknown, _) => possible.push(member.name.clone()),
        }
    }
    let low = rust_decimal::Decimal::from(sure.len());
    let high = low + rust_decimal::Decimal::from(possible.len());
    possible.retain(|name| !name.is_empty());
    (Amount { low, high: Some(high) }, sure, possible)
}
