//! A remark may say that a row was less than its amount: 本人听4节 beside 8, 扣2节, 其中3节为录像, 3月6-8日 beside 9 days.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::more_told::{number, number_before};
use crate::dictionary::{Dictionary, Field, FieldId, FieldKind, LessBy, LessWords, Table, with_hints};
use crate::intake::cell::to_digits;
use crate::intake::issues::IssueLog;
use crate::intake::row::columns::{KnownRow, TextNotes};
use crate::intake::row::record::ParsedRow;
use crate::intake::sheet::Layout;
use crate::model::{Cell, IssueKind, Value};

/// A longer text tells of more than the row.
const LONGEST: usize = 40;
/// What parts the clauses of a text.
const CLAUSES: [char; 7] = [',', ';', '。', '、', '(', ')', ' '];
/// What stands between the first and the last day.
const TO: [char; 6] = ['-', '~', '—', '–', '至', '到'];

/// Where the rows of a sheet may say it.
pub(super) struct LessTold<'d> {
    /// The columns of remarks, each with what its texts were found to say of the amounts.
    remarks: Vec<(u32, TextNotes<Vec<LessSaid>>)>,
    /// The amounts of which a text may tell by their units, with whether they are days.
    amounts: Vec<(FieldId, &'d Field, bool)>,
    /// Whether one goes there.
    goes_there: bool,
    dictionary: &'d Dictionary,
}

impl<'d> LessTold<'d> {
    /// `None` for a sheet whose rows have no amount, or no remark.
    pub(super) fn of(layout: &Layout, table: &'d Table, dictionary: &'d Dictionary) -> Option<LessTold<'d>> {
        let is_told = |(id, field): &(FieldId, &Field)| {
            field.kind == FieldKind::Number && !field.told_units.is_empty() && layout.column(*id).is_some()
        };
        let told = (0..).map(FieldId).zip(&table.fields).filter(is_told);
        let amounts: Vec<_> = told.map(|(id, field)| (id, field, table.roles.days == Some(id))).collect();
        let remarks: Vec<_> = layout.remark_columns().map(|(column, _)| (*column, TextNotes::new())).collect();
        (!remarks.is_empty() && !amounts.is_empty()).then_some(LessTold {
            remarks,
            amounts,
            goes_there: table.roles.days.is_some(),
            dictionary,
        })
    }

    /// Leaves an amount open down to what the row says besides; false then.
    pub(super) fn settle(&mut self, row: KnownRow<'_>, parsed: &mut ParsedRow, log: &mut IssueLog) -> bool {
        let mut whole = true;
        let (amounts, less, goes_there) = (&self.amounts, &self.dictionary.remarks.less, self.goes_there);
        for (column, seen) in &mut self.remarks {
            let Some((text, place)) = row.text(*column) else { continue };
            let said = seen.of(text, place, || said_in(text, amounts, (less, goes_there)));
            for ((id, field, _), said) in amounts.iter().zip(said) {
                let Cell::Is(Value::Number(own)) = *parsed.cell(*id) else { continue };
                let Some(least) = said.least(own).filter(|least| *least < own) else { continue };
                let low = least.max(Decimal::ZERO);
                parsed.cells[id.index()] = Cell::Is(Value::Between { low, high: Some(own) });
                let message = format!(
                    "“{0}”填的是{own}，这里写的像是只有{low}，算多少不能确定，按{low}到{own}之间处理；请核对后把“{0}”改成该算的数",
                    field.header
                );
                log.report(parsed.at.cell(*column), IssueKind::DisagreeingCells, text.trim(), message);
                whole = false;
            }
        }
        whole
    }
}

/// What a text says of an amount.
struct LessSaid {
    /// The amounts in it, each with what the words around it say.
    told: Vec<(Option<LessBy>, Decimal)>,
    /// How many days lie between the two that it names.
    days: Option<Decimal>,
}

/// What a text says of each of some amounts; nothing where it is long.
fn said_in(text: &str, amounts: &[(FieldId, &Field, bool)], words: (&LessWords, bool)) -> Vec<LessSaid> {
    if text.chars().nth(LONGEST).is_some() {
        return Vec::new();
    }
    let normal = to_digits(&with_hints(text));
    let of = |(_, field, is_days): &(FieldId, &Field, bool)| LessSaid {
        told: normal.split(CLAUSES).flat_map(|clause| told(clause, field, words)).collect(),
        days: days_in(&normal).filter(|_| *is_days).map(Decimal::from),
    };
    amounts.iter().map(of).collect()
}

impl LessSaid {
    /// The least that an amount may be by it. `None` if it says no less.
    fn least(&self, own: Decimal) -> Option<Decimal> {
        // 语文2节，数学2节 are the four of the row.
        let sum = self.told.iter().fold(Decimal::ZERO, |sum, (_, number)| sum.saturating_add(*number));
        let is_own = sum == own || self.told.iter().any(|(_, number)| *number == own);
        let left = |(by, number): &(Option<LessBy>, Decimal)| match by {
            Some(LessBy::Counted) => Some(*number),
            Some(LessBy::Told) => Some(*number).filter(|_| !is_own),
            Some(LessBy::Off) => own.checked_sub(*number),
            None => None,
        };
        self.told.iter().filter_map(left).min().or(self.days)
    }
}

/// The amounts of a clause, each with what the words around it say.
fn told(clause: &str, field: &Field, (less, goes_there): (&LessWords, bool)) -> Vec<(Option<LessBy>, Decimal)> {
    let mut told = Vec::new();
    for unit in &field.told_units {
        for (at, _) in clause.match_indices(unit.as_str()) {
            let (front, back) = (&clause[..at], &clause[at + unit.len()..]);
            let words = front.trim_end_matches(|c: char| c.is_ascii_digit() || c == '两');
            told.extend(number_before(front).map(|number| (less.of((words, back), goes_there), number)));
        }
    }
    let words = clause.trim_end_matches(['计', '算']).trim_end_matches(|c: char| c.is_ascii_digit());
    if told.is_empty() && less.is_bare(words) {
        let digits = clause[words.len()..].trim_end_matches(['计', '算']);
        told.extend(number(digits).map(|number| (Some(LessBy::Counted), Decimal::from(number))));
    }
    told
}

/// How many days lie between the two with which a text begins: 3月6-8日, 3.6-3.8.
fn days_in(text: &str) -> Option<i32> {
    let end =
        text.find(|c: char| !c.is_ascii_digit() && !TO.contains(&c) && !"年月日号./".contains(c)).unwrap_or(text.len());
    // 6-8日、13-18日 are more than the first of them.
    if text[end..].starts_with(['、', ',', ';', '和', '及', '与']) {
        return None;
    }
    let (first, last) = text[..end].split_once(TO)?;
    let first = numbers(first)?;
    let last = numbers(last)?;
    let [.., month, day] = first.as_slice() else { return None };
    let (month_to, day_to) = match last.as_slice() {
        [day] => (month, day),
        [.., month, day] => (month, day),
        [] => return None,
    };
    // Any year that is no leap year will do.
    let date = |month: i8, day: i8| Date::new(2023, month, day).ok();
    let days = (date(*month_to, *day_to)? - date(*month, *day)?).get_days();
    days.checked_add(1).filter(|days| *days > 0)
}

/// The month and the day of a text, whatever year stands before them.
fn numbers(text: &str) -> Option<Vec<i8>> {
    let parts = text.split(['年', '月', '日', '号', '.', '/']).filter(|part| !part.is_empty());
    let numbers: Option<Vec<i16>> = parts.map(|part| part.parse().ok()).collect();
    let numbers = numbers?.into_iter().filter(|number| *number < 1900);
    let numbers: Option<Vec<i8>> = numbers.map(|number| i8::try_from(number).ok()).collect();
    numbers.filter(|numbers| numbers.len() < 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_between_two_dates() {
        for (text, days) in [
            ("3月6-8日", Some(3)),
            ("3月6日至8日在一中", Some(3)),
            ("3.6-3.8", Some(3)),
            ("2023年3月30日至4月2日", Some(4)),
            ("3月6日", None),
            ("3月6-8日、13-18日", None),
            ("听课3-4节", None),
            ("第3-4", None),
        ] {
            assert_eq!(days_in(text), days, "{text}");
        }
    }
}
