//! A member of what rows must cover, and what covers it.

use std::collections::HashMap;

use jiff::civil::{Date, Weekday};

use super::path::Path;
use super::places::may_be_same_county;
use crate::dictionary::{MemberList, WordList};
use crate::model::{Cell, Truth, Value, Window, WordId};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Member {
    pub name: String,
    pub(super) by: Cover,
    /// Words of the last field that may cover it: 科学, where 物理 is taught as a part of it.
    pub(super) perhaps: Vec<WordId>,
    /// The records of the column that hold it, each with whether it satisfies the filter.
    pub records: Vec<(u32, Truth)>,
    /// The member that it covers together with its other parts: 音乐 and 美术 are 艺术.
    pub part_of: Option<usize>,
}

/// What covers a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cover {
    /// For each field that rows are compared by, any of these words.
    Words(Vec<Vec<WordId>>),
    Texts(Vec<String>),
    /// A date on this day of the week.
    Weekday(Weekday),
}

/// What covers a member only together: its parts, each by its own words. The member itself is then covered by its own
/// word alone, and not by any of its parts.
pub(super) fn split(
    member: &mut Member,
    at: usize,
    names: &[String],
    list: &MemberList,
    words: &WordList,
) -> Vec<Member> {
    let last = names.last();
    let Some([whole, parts @ ..]) = list.together.iter().map(Vec::as_slice).find(|row| row.first() == last) else {
        return Vec::new();
    };
    let with = |name: &String| {
        let Cover::Words(all) = &member.by else { return None };
        let before = all.split_last().map(|(_, before)| before.to_vec()).unwrap_or_default();
        Some(Cover::Words([before, vec![vec![words.one(name)?]]].concat()))
    };
    let found: Vec<Member> = parts
        .iter()
        .filter_map(|part| {
            Some(Member { by: with(part)?, part_of: Some(at), ..Member::of_words(part.clone(), Vec::new()) })
        })
        .collect();
    if let Some(own) = with(whole) {
        member.by = own;
    }
    found
}

impl Member {
    pub(super) fn new(name: String, by: Cover) -> Member {
        Member { name, by, perhaps: Vec::new(), records: Vec::new(), part_of: None }
    }

    pub(super) fn of_words(name: String, words: Vec<Vec<WordId>>) -> Member {
        Member::new(name, Cover::Words(words))
    }

    /// A text, followed by the other ways to write it.
    pub(super) fn of_texts(texts: Vec<String>) -> Member {
        Member::new(texts.first().cloned().unwrap_or_default(), Cover::Texts(texts))
    }

    /// The members of a column from its values, in order, each with the record that it stands in and whether that
    /// satisfies the filter. A blank or unreadable value has no name, and may or may not be covered.
    pub(crate) fn of_values(values: impl Iterator<Item = (String, u32, Truth)>) -> Vec<Member> {
        let mut found: Vec<Member> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        for (name, record, truth) in values {
            let place = *places.entry(name.clone()).or_insert_with(|| {
                found.push(Member::of_texts(vec![name]));
                found.len() - 1
            });
            found[place].records.push((record, truth));
        }
        found
    }

    /// Whether a row covers the member. `dates` are the first and last day of the row, if they are known.
    pub(crate) fn is_covered<'c>(
        &self,
        by: &[Path],
        cell: impl Fn(Path) -> Option<&'c Cell>,
        dates: Option<(Date, Date)>,
    ) -> Truth {
        if self.name.is_empty() {
            return Truth::Unknown;
        }
        if let Cover::Weekday(day) = self.by {
            return dates.map_or(Truth::Unknown, |(first, last)| Truth::from(falls_on(first, last, day)));
        }
        by.iter().enumerate().fold(Truth::True, |truth, (place, path)| {
            truth.and(match (cell(*path), &self.by) {
                (None | Some(Cell::Blank | Cell::Absent | Cell::Unreadable), _) => Truth::Unknown,
                (Some(cell), Cover::Words(words)) => {
                    let surely = words.get(place).map_or(Truth::Unknown, |words| covers(cell, words));
                    let perhaps = if place + 1 == by.len() { covers(cell, &self.perhaps) } else { Truth::False };
                    surely.or(perhaps.and(Truth::Unknown))
                }
                (Some(Cell::Is(Value::Text(text))), Cover::Texts(texts)) => {
                    let may_be = |one: &String| may_be_same_county(text, one);
                    Truth::of(texts.iter().any(|one| **text == **one), !texts.iter().any(may_be))
                }
                (Some(Cell::Is(_)), Cover::Texts(_) | Cover::Weekday(_)) => Truth::False,
            })
        })
    }

    /// Whether a window asks for the member: for a weekday only if one falls there that is no holiday.
    pub(crate) fn is_asked(&self, window: &Window, is_teaching_day: impl Fn(Date) -> bool) -> bool {
        let Cover::Weekday(day) = self.by else { return true };
        let days = window.start.series(jiff::Span::new().days(1)).take_while(|date| *date <= window.end);
        days.filter(|date| date.weekday() == day).any(is_teaching_day)
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
