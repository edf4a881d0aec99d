//! Lists that rows must cover: subjects by stage, counties, schools. What no row covers is named.

use super::facts::{Facts, View};
use crate::model::{Amount, Cell, Truth, Value, WordId};
use crate::pack::{Members, Path};

/// One thing to be covered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Member {
    pub name: String,
    /// For each field that rows are compared by, the words that cover it; none for the values of a column.
    words: Option<Vec<Vec<WordId>>>,
    /// Whether it is surely asked for.
    sure: bool,
}

/// The members of a list, or the different values of a column in the order of its rows. A row whose value is blank or
/// unreadable is a member without a name, which may or may not be covered.
pub(super) fn members(members: &Members, facts: &Facts<'_>) -> Vec<Member> {
    match members {
        Members::List { members, .. } => {
            let listed = members.iter().map(|(name, words)| (name.clone(), Some(words.clone())));
            listed.map(|(name, words)| Member { name, words, sure: true }).collect()
        }
        Members::Column { table, field, filter } => {
            let mut found: Vec<Member> = Vec::new();
            for record in facts.held(*table) {
                let asked = facts.holds(filter, View::record(record, None));
                if asked == Truth::False {
                    continue;
                }
                let name = record.draft.cell(*field).text().map(ToString::to_string).unwrap_or_default();
                let sure = asked == Truth::True && !name.is_empty();
                match found.iter_mut().find(|member| member.name == name) {
                    Some(member) => member.sure |= sure,
                    None => found.push(Member { name, words: None, sure }),
                }
            }
            found
        }
    }
}

impl Member {
    /// Whether a row covers it.
    pub fn is_covered(&self, by: &[Path], row: View<'_>, facts: &Facts<'_>) -> Truth {
        if self.name.is_empty() {
            return Truth::Unknown;
        }
        by.iter().enumerate().fold(Truth::True, |truth, (place, path)| {
            let cell = facts.cell(*path, row);
            let words = self.words.as_ref().and_then(|words| words.get(place));
            truth.and(match (cell, words) {
                (None | Some(Cell::Blank | Cell::Unreadable), _) => Truth::Unknown,
                (Some(cell), Some(words)) => covers(cell, words),
                (Some(Cell::Is(Value::Text(text))), None) => Truth::from(**text == *self.name),
                (Some(Cell::Is(_)), None) => Truth::False,
            })
        })
    }
}

fn covers(cell: &Cell, words: &[WordId]) -> Truth {
    cell.words().map_or(Truth::Unknown, |held| Truth::from(held.iter().any(|word| words.contains(word))))
}

/// How many members no row covers, with the names of those that are surely missing and of those that may be.
pub(super) fn missing(members: &[Member], covered: &[Truth]) -> (Amount, Vec<String>, Vec<String>) {
    let (mut sure, mut possible) = (Vec::new(), Vec::new());
    for (member, covered) in members.iter().zip(covered) {
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
