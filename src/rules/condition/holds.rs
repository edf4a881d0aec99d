//! Whether a condition holds of a row: true, false, or unknown where a cell that matters is blank or unreadable.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::tree::{Condition, Moment, Single, Test, ValueTest};
use crate::dictionary::{Dictionary, Field, FieldId, FieldKind, TableId, WordList};
use crate::model::{Cell, DateSpan, Truth, Value, WordId, elapsed_years};
use crate::rules::path::Path;
use crate::rules::places::may_be_same_county;

/// A row that a condition is asked about, and what can be looked up from it.
pub(crate) trait RowView {
    fn dictionary(&self) -> &Dictionary;
    fn table(&self) -> TableId;
    /// The cell that a path leads to. `None` if it leads through something unknown.
    fn cell(&self, path: Path) -> Option<&Cell>;
    /// Whether a text occurs once in its column.
    fn is_unique(&self, field: FieldId, text: &str) -> Truth;
    /// Whether rows of a table that belong to the row satisfy a condition.
    fn has(&self, table: TableId, filter: &Condition) -> Truth;
    /// Whether the row's school is a contact school of the row's person.
    fn is_contact_school(&self) -> Truth;
    /// Whether a sheet that was not read may say what no column does.
    fn may_be_said_unread(&self, path: Path) -> bool;
    fn as_of(&self) -> Date;
}

impl Condition {
    pub(crate) fn holds(&self, row: &impl RowView) -> Truth {
        match self {
            Condition::All(all) => all.iter().fold(Truth::True, |truth, one| match truth {
                Truth::False => truth,
                Truth::Unknown | Truth::True => truth.and(one.holds(row)),
            }),
            Condition::Any(any) => any.iter().fold(Truth::False, |truth, one| match truth {
                Truth::True => truth,
                Truth::Unknown | Truth::False => truth.or(one.holds(row)),
            }),
            Condition::Some { at_least, of } => {
                let truths: Vec<Truth> = of.iter().map(|one| one.holds(row)).collect();
                let count = |wanted: Truth| truths.iter().filter(|truth| **truth >= wanted).count();
                Truth::of(count(Truth::True) >= *at_least, count(Truth::Unknown) < *at_least)
            }
            Condition::One(Single::Test { path, test }) => match (row.cell(*path), test) {
                (Some(cell), _) => self::test(cell, test, *path, row),
                (None, Test::Said(wanted)) => Truth::from(!*wanted),
                (None, _) => Truth::Unknown,
            },
            Condition::One(Single::Has { table, filter }) => row.has(*table, filter),
            Condition::One(Single::ContactSchool(wanted)) => {
                let is = row.is_contact_school();
                if *wanted { is } else { !is }
            }
        }
    }
}

fn test(cell: &Cell, test: &Test, path: Path, row: &impl RowView) -> Truth {
    match test {
        Test::Not(inner) => !self::test(cell, inner, path, row),
        Test::Present(wanted) => match cell {
            Cell::Blank => Truth::from(!*wanted),
            Cell::Absent | Cell::Unreadable => Truth::Unknown,
            Cell::Is(_) => Truth::from(*wanted),
        },
        Test::Said(wanted) => match cell {
            Cell::Absent if row.may_be_said_unread(path) => Truth::Unknown,
            Cell::Blank | Cell::Absent => Truth::from(!*wanted),
            Cell::Unreadable => Truth::Unknown,
            Cell::Is(_) => Truth::from(*wanted),
        },
        Test::YearsBefore { moment, at_least, at_most, tolerance } => {
            let (Some(from), Some(to)) = (cell.date(), moment_of(*moment, row)) else { return Truth::Unknown };
            let elapsed = (years_until(from.last, to.first), years_until(from.first, to.last));
            years(elapsed, *at_least, *at_most, *tolerance)
        }
        Test::SameAs(other) => {
            let list = row.dictionary().words_of(path.field(row.dictionary(), row.table()));
            row.cell(*other).map_or(Truth::Unknown, |other| same(cell, other, list))
        }
        Test::Unique => cell.text().map_or(Truth::Unknown, |text| row.is_unique(path.field, text)),
        Test::Value(asked) => {
            let field = path.field(row.dictionary(), row.table());
            let truth = cell.value().and_then(|value| value_test(value, asked, field.kind)).unwrap_or(Truth::Unknown);
            let is_open = || truth == Truth::False && may_mean(cell, asked, field);
            let is_denied = || truth == Truth::True && denies_part(cell, asked, row.dictionary());
            if is_open() || is_denied() || is_of_some(cell, asked, field, row.dictionary()) {
                Truth::Unknown
            } else {
                truth
            }
        }
    }
}

/// Whether a text holds what is asked for behind a word that takes it back: 非局属, 原局属.
fn denies_part(cell: &Cell, asked: &ValueTest, dictionary: &Dictionary) -> bool {
    let (ValueTest::Contains(parts), Some(text)) = (asked, cell.text()) else { return false };
    let mut fronts = parts.iter().filter_map(|part| text.split_once(part.as_str())).map(|(front, _)| front);
    fronts.any(|front| dictionary.cells.takes_back(front))
}

/// Whether a text that is not what is asked may mean it: another word for it, or a short name of a county.
fn may_mean(cell: &Cell, asked: &ValueTest, field: &Field) -> bool {
    let (wanted, whole): (&[String], bool) = match asked {
        ValueTest::Texts(texts) => (texts, true),
        ValueTest::Contains(parts) => (parts, false),
        ValueTest::Words(_)
        | ValueTest::WordAtLeast(_)
        | ValueTest::WordAtMost(_)
        | ValueTest::Flag(_)
        | ValueTest::Numbers(_)
        | ValueTest::NumberAtLeast(_)
        | ValueTest::NumberAtMost(_)
        | ValueTest::DateAtLeast(_)
        | ValueTest::DateAtMost(_) => return false,
    };
    let Some(text) = cell.text() else { return false };
    let other_word = |group: &Vec<String>| {
        let is_asked = group.first().is_some_and(|word| wanted.iter().any(|one| one.contains(word.as_str())));
        is_asked && group.iter().skip(1).any(|word| text.contains(word.as_str()))
    };
    field.near.iter().any(other_word) || (whole && wanted.iter().any(|one| may_be_same_county(text, one)))
}

/// Whether a cell names several schools of which some hold the text that is asked for, and others do not: 城关小学、城关幼儿园.
fn is_of_some(cell: &Cell, asked: &ValueTest, field: &Field, dictionary: &Dictionary) -> bool {
    let (ValueTest::Contains(parts), FieldKind::School, Some(text)) = (asked, field.kind, cell.text()) else {
        return false;
    };
    let schools = text.split(['(', '（', ')', '）']).map(str::trim).filter(|school| !school.is_empty());
    let several = |text| dictionary.people.schools.several(text).unwrap_or_else(|| vec![text]);
    let mut holds = schools.flat_map(several).map(|school| is_part_of(parts, school));
    let first = holds.next();
    holds.any(|other| Some(other) != first)
}

fn is_part_of(parts: &[String], text: &str) -> bool {
    parts.iter().any(|part| text.contains(part.as_str()))
}

fn moment_of(moment: Moment, row: &impl RowView) -> Option<DateSpan> {
    match moment {
        Moment::AsOf => Some(DateSpan::day(row.as_of())),
        Moment::Field(path) => row.cell(path)?.date(),
    }
}

/// The years from a day to another; of one that comes after it they are less than nothing.
fn years_until(from: Date, to: Date) -> Decimal {
    if from > to { -elapsed_years(to, from) } else { elapsed_years(from, to) }
}

/// Whether a length between two ends is within limits. What only the tolerance saves is unknown.
fn years(
    (low, high): (Decimal, Decimal),
    at_least: Option<Decimal>,
    at_most: Option<Decimal>,
    tolerance: Decimal,
) -> Truth {
    let least = at_least.map_or(Truth::True, |bound| Truth::of(low >= bound, high < bound - tolerance));
    let most = at_most.map_or(Truth::True, |bound| Truth::of(high <= bound, low > bound + tolerance));
    least.and(most)
}

/// `None` if the value is of another kind than the test, which loading a pack rules out.
fn value_test(value: &Value, test: &ValueTest, kind: FieldKind) -> Option<Truth> {
    match test {
        ValueTest::Words(wanted) => words(value, kind, |word| wanted.contains(&word)),
        ValueTest::WordAtLeast(bound) => words(value, kind, |word| word >= *bound),
        ValueTest::WordAtMost(bound) => words(value, kind, |word| word <= *bound),
        ValueTest::Texts(wanted) => texts(value, |text| wanted.iter().any(|one| one == text)),
        ValueTest::Contains(parts) => texts(value, |text| is_part_of(parts, text)),
        ValueTest::Flag(wanted) => {
            let Value::Flag(flag) = value else { return None };
            Some(Truth::from(flag == wanted))
        }
        ValueTest::Numbers(wanted) => {
            let Value::Number(number) = value else { return None };
            Some(Truth::from(wanted.contains(number)))
        }
        ValueTest::NumberAtLeast(bound) => {
            number(value).map(|(low, high)| Truth::of(low >= *bound, high.is_some_and(|high| high < *bound)))
        }
        ValueTest::NumberAtMost(bound) => {
            number(value).map(|(low, high)| Truth::of(high.is_some_and(|high| high <= *bound), low > *bound))
        }
        ValueTest::DateAtLeast(bound) => {
            let Value::Date(span) = value else { return None };
            Some(Truth::of(span.first >= *bound, span.last < *bound))
        }
        ValueTest::DateAtMost(bound) => {
            let Value::Date(span) = value else { return None };
            Some(Truth::of(span.last <= *bound, span.first > *bound))
        }
    }
}

/// All words of a list field hold. Several words of a single-word field are readings of one, only one of which holds.
/// If not all words are known, a wanted one is enough.
fn words(value: &Value, kind: FieldKind, wanted: impl Fn(WordId) -> bool) -> Option<Truth> {
    let any = |words: &[WordId]| words.iter().any(|word| wanted(*word));
    if let Value::SomeWords(known) = value {
        return Some(Truth::from(any(known)).or(Truth::Unknown));
    }
    if let Value::Word(word) = value {
        return Some(Truth::from(wanted(*word)));
    }
    let Value::Words(words) = value else { return None };
    let are_readings = matches!(kind, FieldKind::Word(_));
    Some(if are_readings { Truth::of(words.iter().all(|word| wanted(*word)), !any(words)) } else { any(words).into() })
}

fn texts(value: &Value, wanted: impl Fn(&str) -> bool) -> Option<Truth> {
    if let Value::Text(text) = value {
        return Some(Truth::from(wanted(text)));
    }
    let Value::Texts(texts) = value else { return None };
    Some(Truth::from(texts.iter().any(|text| wanted(text))))
}

/// The lower and the upper end of a number. The upper one is `None` if it is open.
fn number(value: &Value) -> Option<(Decimal, Option<Decimal>)> {
    if let Value::Number(number) = value {
        return Some((*number, Some(*number)));
    }
    let Value::Between { low, high } = value else { return None };
    Some((*low, *high))
}

/// Whether two cells say the same. Two lists need only share a word; words that are written for one another may mean the same.
fn same(one: &Cell, other: &Cell, list: Option<&WordList>) -> Truth {
    if let (Some(words), Some(more)) = (one.words(), other.words()) {
        let any =
            |is: &dyn Fn(WordId, WordId) -> bool| words.iter().any(|one| more.iter().any(|other| is(*one, *other)));
        let may_be = list.is_some_and(|list| any(&|one, other| may_be_written_for(one, other, list)));
        return Truth::of(any(&|one, other| one == other), !may_be);
    }
    match (one.value(), other.value()) {
        (Some(Value::Date(one)), Some(Value::Date(other))) if one.exact().is_none() || other.exact().is_none() => {
            Truth::Unknown
        }
        (Some(Value::Between { .. } | Value::SomeWords(_)), _)
        | (_, Some(Value::Between { .. } | Value::SomeWords(_))) => Truth::Unknown,
        (Some(one), Some(other)) => Truth::from(one == other),
        (None, _) | (_, None) => Truth::Unknown,
    }
}

/// Whether one of two words may be written for the other: one is in the group that is called as the other, or a third is in both
/// groups, or one is taught as a part of the other.
fn may_be_written_for(one: WordId, other: WordId, list: &WordList) -> bool {
    let group = |word: WordId| {
        let called = list.groups.iter().filter(move |(name, _)| name == list.word(word));
        called.flat_map(|(_, words)| words.iter().copied())
    };
    group(one).any(|word| word == other || group(other).any(|third| third == word))
        || group(other).any(|word| word == one)
        || list.wholes_of(one).any(|whole| whole == other)
        || list.wholes_of(other).any(|whole| whole == one)
}
