//! Walks over conditions: which of them matter, and what they say in words.

use super::holds::RowView;
use super::tree::{Condition, Single, Test, ValueTest};
use crate::dictionary::FieldId;
use crate::model::{Cell, Truth, Value, WordId};
use crate::rules::path::{Path, Via};
use crate::rules::phrases::Phrases;

impl Condition {
    /// The single conditions that this one is made of, in order.
    pub(crate) fn singles(&self) -> Vec<&Single> {
        let mut found = Vec::new();
        self.collect(&|_| true, &mut found);
        found
    }

    /// Collects the single conditions of the wanted parts, and of their wanted parts.
    fn collect<'c>(&'c self, wanted: &impl Fn(&Condition) -> bool, found: &mut Vec<&'c Single>) {
        match self {
            Condition::All(parts) | Condition::Any(parts) | Condition::Some { of: parts, .. } => {
                parts.iter().filter(|part| wanted(part)).for_each(|part| part.collect(wanted, found));
            }
            Condition::One(single) => found.extend(wanted(self).then_some(single)),
        }
    }

    /// Whether the answer depends on the person who is judged.
    pub(crate) fn is_personal(&self) -> bool {
        self.singles().into_iter().any(|single| match single {
            Single::Test { path, test } => {
                [Some(*path), test.other()].into_iter().flatten().any(|path| path.via == Via::Person)
            }
            Single::Has { .. } => false,
            Single::ContactSchool(_) => true,
        })
    }

    /// Whether it asks for the rows that belong to a row.
    pub(crate) fn asks_for_rows(&self) -> bool {
        self.singles().into_iter().any(|single| match single {
            Single::Has { .. } => true,
            Single::Test { .. } | Single::ContactSchool(_) => false,
        })
    }

    /// Whether the answer depends on a person, in the rows too that it asks for.
    pub(crate) fn names_a_person(&self) -> bool {
        let within = |single: &Single| match single {
            Single::Has { filter, .. } => filter.names_a_person(),
            Single::Test { .. } | Single::ContactSchool(_) => false,
        };
        self.is_personal() || self.singles().into_iter().any(within)
    }

    /// Whether it asks about a field of the row's own.
    pub(crate) fn names(&self, field: FieldId) -> bool {
        let own = Path { via: Via::Own, field };
        self.singles().into_iter().any(|single| matches!(single, Single::Test { path, .. } if *path == own))
    }

    /// A field of the row and the words one of which the condition requires, whatever else it requires.
    pub(crate) fn words_asked(&self) -> Option<(FieldId, &[WordId])> {
        match self {
            Condition::All(parts) => parts.iter().find_map(Condition::words_asked),
            Condition::One(Single::Test {
                path: Path { via: Via::Own, field },
                test: Test::Value(ValueTest::Words(words)),
            }) => Some((*field, words)),
            Condition::Any(_) | Condition::Some { .. } | Condition::One(_) => None,
        }
    }

    /// The single conditions that leave the condition unknown for a row, in its order.
    pub(crate) fn unknown(&self, row: &impl RowView) -> Vec<&Single> {
        let mut unknown = Vec::new();
        self.collect(&|part| part.holds(row) == Truth::Unknown, &mut unknown);
        unknown
    }

    /// The single conditions by which a row fails it.
    pub(crate) fn failed(&self, row: &impl RowView) -> Vec<&Single> {
        let mut failed = Vec::new();
        self.collect(&|part| part.holds(row) == Truth::False, &mut failed);
        failed
    }

    /// Which parts a row fails, a phrase for each: `“在岗”为“否”，不符合要求`.
    pub(crate) fn failing(&self, row: &impl RowView) -> Vec<String> {
        if self.holds(row) != Truth::False {
            return Vec::new();
        }
        let each = |parts: &[Condition]| {
            let mut phrases: Vec<String> = Vec::new();
            for phrase in parts.iter().flat_map(|part| part.failing(row)) {
                if !phrases.contains(&phrase) {
                    phrases.push(phrase);
                }
            }
            phrases
        };
        match self {
            Condition::All(parts) => each(parts),
            Condition::Some { at_least, of } => {
                vec![format!("下列条件应符合{at_least}项以上，不符合的有：{}", each(of).join("、"))]
            }
            Condition::Any(parts) => vec![format!("下列条件一项也不符合：{}", each(parts).join("、"))],
            Condition::One(Single::Test { path, test }) => {
                let why = if *test == Test::Unique { "有重复" } else { "不符合要求" };
                let shown = first_cell(*path, row).map(|(header, value, _)| format!("“{header}”为“{value}”，{why}"));
                vec![shown.unwrap_or_else(|| "不符合要求".to_string())]
            }
            Condition::One(Single::Has { .. } | Single::ContactSchool(_)) => vec!["没有相关记录".to_string()],
        }
    }

    /// What may satisfy the condition: `“荣誉”为“特级教师”`.
    pub(crate) fn grounds(&self, row: &impl RowView) -> Vec<String> {
        let wanted = |part: &Condition| part.holds(row) != Truth::False;
        let mut possible = Vec::new();
        if wanted(self) {
            self.collect(&wanted, &mut possible);
        }
        let mut grounds: Vec<String> = Vec::new();
        for single in possible {
            let Single::Test { path, .. } = single else { continue };
            let Some((header, value, cell)) = first_cell(*path, row) else { continue };
            let ground = match cell {
                Cell::Is(_) => format!("“{header}”为“{value}”"),
                Cell::Blank => format!("“{header}”没有填"),
                Cell::Absent => format!("没有“{header}”这一列"),
                Cell::Unreadable => format!("“{header}”不能确定"),
            };
            if !grounds.contains(&ground) {
                grounds.push(ground);
            }
        }
        grounds
    }

    /// The fields of the row's own table that the condition looks at.
    pub(crate) fn first_fields(&self, row: &impl RowView) -> Vec<FieldId> {
        let first = |single: &Single| match single {
            Single::Test { path, .. } => path.first_field(row.dictionary(), row.table()),
            Single::Has { .. } | Single::ContactSchool(_) => None,
        };
        self.singles().into_iter().filter_map(first).collect()
    }
}

/// The header, the shown value and the cell of the field that a path begins with.
fn first_cell(path: Path, row: &impl RowView) -> Option<(&str, String, &Cell)> {
    let field = path.first_field(row.dictionary(), row.table())?;
    let cell = row.cell(Path { via: Via::Own, field })?;
    let described = row.dictionary().table(row.table()).field(field);
    let phrases = Phrases { dictionary: row.dictionary(), table: row.table() };
    Some((&described.header, phrases.value(cell, described), cell))
}

impl Single {
    /// The fields of a row that leave the condition unknown: of the tested one and the one it is compared with, those that
    /// are in doubt.
    pub(crate) fn doubtful(&self, row: &impl RowView) -> Vec<Path> {
        match self {
            Single::Test { path, test } => doubtful_paths(*path, test, row),
            Single::Has { .. } | Single::ContactSchool(_) => Vec::new(),
        }
    }
}

fn doubtful_paths(path: Path, test: &Test, row: &impl RowView) -> Vec<Path> {
    let vague = |path: &Path| match row.cell(*path) {
        Some(Cell::Is(Value::Date(span))) => span.exact().is_none(),
        Some(Cell::Is(Value::Between { .. })) => true,
        Some(Cell::Is(_)) => false,
        Some(Cell::Blank | Cell::Absent | Cell::Unreadable) | None => true,
    };
    let both: Vec<Path> = std::iter::once(path).chain(test.other()).filter(vague).collect();
    if both.is_empty() { vec![path] } else { both }
}
