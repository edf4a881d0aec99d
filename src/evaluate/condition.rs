//! Whether a condition holds of a row: true, false, or unknown where a cell that matters is blank or unreadable.

use super::facts::{Facts, View};
use crate::rules::window as timing;
use rust_decimal::Decimal;

use crate::dictionary::{Field, FieldKind, TableId};
use crate::intake::{Record, SchoolLink};
use crate::model::{Cell, DateSpan, Truth, Value, WordId, elapsed_years};
use crate::rules::{Condition, Moment, Path, Test, Via};

impl Facts<'_> {
    /// Whether a condition holds of a row.
    pub(super) fn holds(&self, condition: &Condition, row: View<'_>) -> Truth {
        match condition {
            Condition::All(all) => all.iter().fold(Truth::True, |truth, one| {
                if truth == Truth::False { truth } else { truth.and(self.holds(one, row)) }
            }),
            Condition::Any(any) => {
                any.iter().fold(
                    Truth::False,
                    |truth, one| {
                        if truth == Truth::True { truth } else { truth.or(self.holds(one, row)) }
                    },
                )
            }
            Condition::Some { at_least, of } => {
                let truths: Vec<Truth> = of.iter().map(|one| self.holds(one, row)).collect();
                let count = |wanted: Truth| truths.iter().filter(|truth| **truth >= wanted).count();
                between(count(Truth::True) >= *at_least, count(Truth::Unknown) < *at_least)
            }
            Condition::Test { path, test } => match (self.field(*path, row), self.cell(*path, row)) {
                (Some(field), Some(cell)) => self.test(cell, test, field, *path, row),
                (_, None) | (None, _) => Truth::Unknown,
            },
            Condition::Has { table, filter } => self.has(*table, filter, row),
            Condition::ContactSchool(wanted) => {
                let is = self.is_contact_school(row);
                if *wanted { is } else { !is }
            }
        }
    }

    /// The cell that a path leads to; none when what it leads through is not known.
    pub(super) fn cell<'r>(&'r self, path: Path, row: View<'r>) -> Option<&'r Cell> {
        let registry = self.registry;
        match path.via {
            Via::Own => Some(row.cell(path.field)),
            Via::School => match row.school {
                SchoolLink::Known(place) => registry.schools.get(place as usize).map(|s| s.cell(path.field)),
                SchoolLink::Unknown | SchoolLink::Blank => None,
            },
            Via::Person => row.person.and_then(|place| registry.staff.get(place as usize)).map(|p| p.cell(path.field)),
            Via::Institution => {
                row.institution.and_then(|place| registry.institutions.get(place as usize)).map(|i| i.cell(path.field))
            }
        }
    }

    fn field(&self, path: Path, row: View<'_>) -> Option<&Field> {
        self.dictionary().table(path.via.table(self.dictionary(), row.table)).fields.get(path.field.index())
    }

    fn test(&self, cell: &Cell, test: &Test, field: &Field, path: Path, row: View<'_>) -> Truth {
        match test {
            Test::Not(inner) => return !self.test(cell, inner, field, path, row),
            Test::Present(wanted) => {
                return match cell {
                    Cell::Blank if *wanted && !self.has_column(path, row) => Truth::Unknown,
                    Cell::Blank => Truth::from(!*wanted),
                    Cell::Unreadable => Truth::Unknown,
                    Cell::Is(_) => Truth::from(*wanted),
                };
            }
            Test::YearsBefore { moment, at_least, at_most, tolerance } => {
                let (Some(from), Some(to)) = (cell.date(), self.moment(*moment, row)) else { return Truth::Unknown };
                let elapsed = (elapsed_years(from.last, to.first), elapsed_years(from.first, to.last));
                return years(elapsed, *at_least, *at_most, *tolerance);
            }
            Test::SameAs(other) => {
                return self.cell(*other, row).map_or(Truth::Unknown, |other| same(cell, other));
            }
            Test::Unique => {
                return cell.text().map_or(Truth::Unknown, |text| self.is_unique(row.table, path.field, text));
            }
            Test::Words(_)
            | Test::WordAtLeast(_)
            | Test::WordAtMost(_)
            | Test::Texts(_)
            | Test::Contains(_)
            | Test::Flag(_)
            | Test::Numbers(_)
            | Test::NumberAtLeast(_)
            | Test::NumberAtMost(_)
            | Test::DateAtLeast(_)
            | Test::DateAtMost(_) => {}
        }
        cell.value().map_or(Truth::Unknown, |value| plain_test(value, test, field.kind))
    }

    /// Whether the sheet of a row has a column for a field: without one nobody was asked to fill it in.
    fn has_column(&self, path: Path, row: View<'_>) -> bool {
        let layout = row.at.and_then(|at| self.registry.layouts.get(at.sheet as usize)?.as_ref());
        path.via != Via::Own || layout.is_none_or(|layout| layout.column(path.field).is_some())
    }

    fn moment(&self, moment: Moment, row: View<'_>) -> Option<DateSpan> {
        match moment {
            Moment::AsOf => Some(DateSpan::day(self.when.as_of)),
            Moment::Field(path) => self.cell(path, row)?.date(),
        }
    }

    /// Whether rows of a table that belong to this row, and hold in the window, satisfy a condition.
    fn has(&self, table: TableId, filter: &Condition, row: View<'_>) -> Truth {
        if !self.has_rows(table) {
            return Truth::Unknown;
        }
        let timing = timing::of(self.dictionary().table(table));
        let found = self.held(table).iter().map(|record| {
            let link = self.link(record, row);
            if link == Truth::False {
                return link;
            }
            let as_of = self.when.as_of;
            let active = match row.during {
                Some(window) => timing.within(&record.row.cells, window, as_of),
                None => timing.as_of(&record.row.cells, as_of),
            };
            link.and(active).and(self.holds(filter, View::record(record, row.person)))
        });
        found.fold(Truth::False, Truth::or)
    }

    /// Whether a record belongs to a row: to its person, else its school, else its institution.
    fn link(&self, record: &Record, row: View<'_>) -> Truth {
        if row.table == self.staff {
            let Some(person) = row.person else { return Truth::Unknown };
            named(&record.people, record.maybe_people.holds(person), person)
        } else if row.table == self.schools {
            match (record.school, row.school) {
                (SchoolLink::Known(one), SchoolLink::Known(other)) => Truth::from(one == other),
                (_, _) => Truth::Unknown,
            }
        } else {
            let Some(institution) = row.institution else { return Truth::Unknown };
            named(&record.institutions, record.maybe_institutions.holds(institution), institution)
        }
    }

    /// Whether the row's school is a contact school of its person on the as-of day.
    fn is_contact_school(&self, row: View<'_>) -> Truth {
        let (Some(contacts), Some(person)) = (self.dictionary().table_named("contacts"), row.person) else {
            return Truth::Unknown;
        };
        if !self.has_rows(contacts) {
            return Truth::Unknown;
        }
        let SchoolLink::Known(school) = row.school else { return Truth::Unknown };
        let found = self.held(contacts).iter().map(|record| {
            let theirs = named(&record.people, record.maybe_people.holds(person), person);
            let same = match record.school {
                SchoolLink::Known(place) => Truth::from(place == school),
                SchoolLink::Unknown | SchoolLink::Blank => Truth::Unknown,
            };
            theirs.and(same)
        });
        found.fold(Truth::False, Truth::or)
    }

    /// The fields of a row that leave a condition unknown, in the order in which it names them.
    pub(super) fn doubts(&self, condition: &Condition, row: View<'_>) -> Vec<Path> {
        match condition {
            Condition::All(parts) | Condition::Any(parts) | Condition::Some { of: parts, .. } => {
                let mut found: Vec<Path> = Vec::new();
                for part in parts.iter().filter(|part| self.holds(part, row) == Truth::Unknown) {
                    for path in self.doubts(part, row) {
                        if !found.contains(&path) {
                            found.push(path);
                        }
                    }
                }
                found
            }
            Condition::Test { path, test } if self.holds(condition, row) == Truth::Unknown => {
                self.doubtful_paths(*path, test, row)
            }
            Condition::Test { .. } | Condition::Has { .. } | Condition::ContactSchool(_) => Vec::new(),
        }
    }

    /// Of a test, the field itself when it is in doubt, and the one that it is compared with.
    fn doubtful_paths(&self, path: Path, test: &Test, row: View<'_>) -> Vec<Path> {
        let vague = |path: &Path| match self.cell(*path, row) {
            Some(Cell::Is(Value::Date(span))) => span.exact().is_none(),
            Some(Cell::Is(Value::Between { .. })) => true,
            Some(Cell::Is(_)) => false,
            Some(Cell::Blank | Cell::Unreadable) | None => true,
        };
        let both: Vec<Path> = std::iter::once(path).chain(test.other()).filter(vague).collect();
        if both.is_empty() { vec![path] } else { both }
    }
}

pub(super) fn named(sure: &[u32], maybe: bool, place: u32) -> Truth {
    if sure.contains(&place) {
        Truth::True
    } else if maybe {
        Truth::Unknown
    } else {
        Truth::False
    }
}

/// Whether years between a low and a high end are within limits; what only the tolerance saves is unknown.
fn years(
    (low, high): (Decimal, Decimal),
    at_least: Option<Decimal>,
    at_most: Option<Decimal>,
    tolerance: Decimal,
) -> Truth {
    let least = at_least.map_or(Truth::True, |bound| between(low >= bound, high < bound - tolerance));
    let most = at_most.map_or(Truth::True, |bound| between(high <= bound, low > bound + tolerance));
    least.and(most)
}

/// True when surely so, false when surely not.
fn between(sure: bool, surely_not: bool) -> Truth {
    match (sure, surely_not) {
        (true, _) => Truth::True,
        (false, true) => Truth::False,
        (false, false) => Truth::Unknown,
    }
}

/// Words of which not all are known: one that is wanted is enough, none is not.
fn some_words(known: &[WordId], test: &Test) -> Truth {
    let known = plain_test(&Value::Words(known.to_vec()), test, FieldKind::Text);
    known.or(Truth::Unknown)
}

/// A test of a value alone. A test that does not fit the value is a defect that pack checking has refused.
fn plain_test(value: &Value, test: &Test, kind: FieldKind) -> Truth {
    match (value, test) {
        (Value::Word(_) | Value::Words(_), Test::Words(wanted)) => words(value, kind, |word| wanted.contains(&word)),
        (Value::Word(_) | Value::Words(_), Test::WordAtLeast(bound)) => words(value, kind, |word| word >= *bound),
        (Value::Word(_) | Value::Words(_), Test::WordAtMost(bound)) => words(value, kind, |word| word <= *bound),
        (Value::SomeWords(known), _) => some_words(known, test),
        (Value::Text(text), Test::Texts(wanted)) => Truth::from(wanted.iter().any(|one| one.as_str() == &**text)),
        (Value::Texts(texts), Test::Texts(wanted)) => {
            Truth::from(texts.iter().any(|text| wanted.iter().any(|one| one.as_str() == &**text)))
        }
        (Value::Text(text), Test::Contains(part)) => Truth::from(text.contains(part.as_str())),
        (Value::Texts(texts), Test::Contains(part)) => {
            Truth::from(texts.iter().any(|text| text.contains(part.as_str())))
        }
        (Value::Flag(flag), Test::Flag(wanted)) => Truth::from(flag == wanted),
        (Value::Number(number), Test::Numbers(wanted)) => Truth::from(wanted.contains(number)),
        (Value::Number(number), Test::NumberAtLeast(bound)) => Truth::from(number >= bound),
        (Value::Number(number), Test::NumberAtMost(bound)) => Truth::from(number <= bound),
        (Value::Between { low, high }, Test::NumberAtLeast(bound)) => {
            between(low >= bound, high.is_some_and(|high| high < *bound))
        }
        (Value::Between { low, high }, Test::NumberAtMost(bound)) => {
            between(high.is_some_and(|high| high <= *bound), low > bound)
        }
        (Value::Date(span), Test::DateAtLeast(bound)) => between(span.first >= *bound, span.last < *bound),
        (Value::Date(span), Test::DateAtMost(bound)) => between(span.last <= *bound, span.first > *bound),
        (_, _) => Truth::Unknown,
    }
}

/// Several words of a list field all hold; several words of a single-word field are readings of one, of which one holds.
fn words(value: &Value, kind: FieldKind, wanted: impl Fn(WordId) -> bool) -> Truth {
    match (value, kind) {
        (Value::Word(word), _) => Truth::from(wanted(*word)),
        (Value::Words(words), FieldKind::Word(_)) => {
            between(words.iter().all(|word| wanted(*word)), !words.iter().any(|word| wanted(*word)))
        }
        (Value::Words(words), _) => Truth::from(words.iter().any(|word| wanted(*word))),
        (_, _) => Truth::Unknown,
    }
}

/// Whether two cells say the same; of lists, whether they share a word.
fn same(one: &Cell, other: &Cell) -> Truth {
    if let (Some(words), Some(more)) = (one.words(), other.words()) {
        return Truth::from(words.iter().any(|word| more.contains(word)));
    }
    match (one.value(), other.value()) {
        (Some(Value::Date(one)), Some(Value::Date(other))) if one.exact().is_none() || other.exact().is_none() => {
            Truth::Unknown
        }
        (Some(Value::Between { .. }), _) | (_, Some(Value::Between { .. })) => Truth::Unknown,
        (Some(one), Some(other)) => Truth::from(one == other),
        (_, _) => Truth::Unknown,
    }
}
