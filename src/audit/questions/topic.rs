//! What a question is about. Causes that one answer settles are one topic.

use std::collections::{BTreeMap, BTreeSet};

use crate::dictionary::{Dictionary, FieldId, FieldKind, Table, TableId};
use crate::evaluate::LeftOpen;
use crate::intake::{Layout, Registry};
use crate::model::{CellRef, DateSpan, Issue, IssueKind, RowRef, WordId};
use crate::rules::fold::{Doubt, Uncertain, Unrecorded};

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Topic {
    /// A sheet that is not read, by its number.
    Sheet(u32),
    /// A table that says itself that rows are missing.
    Gaps(TableId),
    /// A table with another one to its right that is not read.
    Beside(TableId),
    /// A ledger that lacks rows for some of the time.
    Time(TableId),
    /// A ledger of which there are only the books of others, or of other kinds.
    People(TableId),
    Kinds(TableId),
    /// A table of which there are only lists of a year or a school.
    Extract(TableId),
    /// What is said elsewhere than in its table.
    Elsewhere(TableId),
    /// Totals that are not what the rows add up to.
    Totals(TableId),
    Table(TableId),
    /// A column that sheets of a table do not have.
    Column(TableId, FieldId),
    /// A text in a column that no list knows, or that may be several words.
    Word(TableId, FieldId, String),
    /// Other cells of a column that say nothing certain.
    Cells(TableId, FieldId),
    /// Rows in which two columns of one field say different things, by the header that is read and the other.
    Columns(TableId, String, String),
    /// A name that may be several people.
    Name(String),
    Rows(TableId, Doubt),
    Figure(WordId),
    /// What no record says; with the ground where each is asked about on its own.
    Unrecorded(Unrecorded, String),
}

/// What a topic leaves open.
#[derive(Debug, Default)]
pub(super) struct Open {
    pub findings: BTreeSet<u32>,
    pub cells: BTreeSet<CellRef>,
    /// Whether there are more cells.
    pub cut: bool,
    /// Times without rows, by institution.
    pub times: BTreeMap<Option<u32>, Vec<DateSpan>>,
    pub tables: BTreeSet<TableId>,
    /// Whose books are missing, and what kinds of rows there would be in one that is.
    pub people: BTreeSet<u32>,
    pub kinds: BTreeSet<WordId>,
    pub words: String,
}

impl Open {
    /// Takes a finding that a cell leaves open.
    fn take(&mut self, finding: u32, cell: CellRef, left: &LeftOpen) {
        self.findings.insert(finding);
        self.cells.insert(cell);
        self.cut |= left.cut;
        self.say(&left.words);
    }

    /// Takes the words of the first cause.
    fn say(&mut self, words: &str) {
        if self.words.is_empty() {
            self.words = words.to_string();
        }
    }
}

/// What is asked, what to do, and the lines for the settings.
pub(super) type Wording = (String, String, Vec<String>);

/// What tells topics apart that are one cause for the evaluation.
pub(super) struct Sorter<'a> {
    pub dictionary: &'a Dictionary,
    pub layouts: &'a [Option<Layout>],
    /// The issue of a cell that is about its text.
    pub texts: BTreeMap<CellRef, &'a Issue>,
    /// The cells that say something else than another column of their field, and the sheets of which more are not listed.
    pub differing: BTreeSet<CellRef>,
}

impl<'a> Sorter<'a> {
    pub(super) fn new(registry: &'a Registry<'a>, issues: &'a [Issue]) -> Sorter<'a> {
        let is_of_text = |issue: &&Issue| matches!(issue.kind, IssueKind::UnknownWord | IssueKind::AmbiguousPerson);
        let texts = issues.iter().filter(is_of_text).map(|issue| (issue.at, issue)).collect();
        let differs = |issue: &&Issue| issue.kind == IssueKind::DisagreeingColumns;
        let differing = issues.iter().filter(differs).map(|issue| issue.at).collect();
        Sorter { dictionary: registry.dictionary, layouts: &registry.layouts, texts, differing }
    }

    /// Takes a cause apart into topics.
    pub(super) fn sort(&self, of: Uncertain, left: &LeftOpen, topics: &mut BTreeMap<Topic, Open>) {
        let mut sorted: BTreeSet<u32> = BTreeSet::new();
        let staff = self.dictionary.schema.staff;
        // Whose a row of the roster is, is a question about its 单位.
        let of_institution = of == Uncertain::Rows(staff.table, Doubt::Name);
        let of = if of_institution { Uncertain::Rows(staff.table, Doubt::Field(staff.institution)) } else { of };
        for (cell, finding) in &left.cells {
            let layout = self.layouts.get(cell.row.sheet as usize).and_then(Option::as_ref);
            let own = layout.filter(|_| of_institution).map(|layout| layout.place(cell.row, staff.institution));
            let cell = &own.unwrap_or(*cell);
            let of_columns = self.topic_of_columns(of, *cell);
            let topic = of_columns.unwrap_or_else(|| self.topic_of(of, Some(*cell), &left.words));
            topics.entry(topic).or_default().take(*finding, *cell, left);
            sorted.insert(*finding);
        }
        let rest: Vec<u32> = left.findings.iter().filter(|finding| !sorted.contains(finding)).copied().collect();
        if rest.is_empty() {
            return;
        }
        let open = topics.entry(self.topic_of(of, None, &left.words)).or_default();
        open.findings.extend(rest);
        open.say(&left.words);
        match of {
            Uncertain::Sheet(table, _) => drop(open.tables.insert(table)),
            Uncertain::Time(_, institution) => open.times.entry(institution).or_default().extend(&left.spans),
            Uncertain::Person(_, person) => {
                open.people.insert(person);
                open.times.entry(None).or_default().extend(&left.spans);
            }
            Uncertain::Kind(_, kind) => {
                open.kinds.insert(kind);
                open.times.entry(None).or_default().extend(&left.spans);
            }
            Uncertain::Extract(_)
            | Uncertain::Gaps(_)
            | Uncertain::Beside(_)
            | Uncertain::Elsewhere(_)
            | Uncertain::Total(_)
            | Uncertain::Table(_)
            | Uncertain::Rows(..)
            | Uncertain::Figure(_)
            | Uncertain::Unrecorded(_) => {}
        }
    }

    fn topic_of(&self, of: Uncertain, cell: Option<CellRef>, words: &str) -> Topic {
        match of {
            Uncertain::Sheet(_, sheet) => Topic::Sheet(sheet),
            Uncertain::Gaps(table) => Topic::Gaps(table),
            Uncertain::Beside(table) => Topic::Beside(table),
            Uncertain::Time(table, _) => Topic::Time(table),
            Uncertain::Person(table, _) => Topic::People(table),
            Uncertain::Kind(table, _) => Topic::Kinds(table),
            Uncertain::Extract(table) => Topic::Extract(table),
            Uncertain::Elsewhere(table) => Topic::Elsewhere(table),
            Uncertain::Total(table) => Topic::Totals(table),
            Uncertain::Table(table) => Topic::Table(table),
            Uncertain::Rows(table, Doubt::Field(field)) => self.topic_of_field(table, field, cell),
            Uncertain::Rows(table, Doubt::Name) => self.topic_of_name(table, cell),
            Uncertain::Rows(table, Doubt::Unlisted(_)) if !self.is_given(table) => Topic::Table(table),
            Uncertain::Rows(table, doubt) => Topic::Rows(table, doubt),
            Uncertain::Figure(item) => Topic::Figure(item),
            Uncertain::Unrecorded(what @ Unrecorded::Relaxed(_)) => Topic::Unrecorded(what, words.to_string()),
            Uncertain::Unrecorded(what) => Topic::Unrecorded(what, String::new()),
        }
    }

    /// The two columns that leave a row open, where they do.
    fn topic_of_columns(&self, of: Uncertain, cell: CellRef) -> Option<Topic> {
        let (table, doubt) = match of {
            Uncertain::Rows(table, doubt) => (table, Some(doubt)),
            Uncertain::Figure(_) => (self.dictionary.schema.figures.table, None),
            Uncertain::Sheet(..)
            | Uncertain::Gaps(_)
            | Uncertain::Beside(_)
            | Uncertain::Elsewhere(_)
            | Uncertain::Total(_)
            | Uncertain::Time(..)
            | Uncertain::Person(..)
            | Uncertain::Kind(..)
            | Uncertain::Extract(_)
            | Uncertain::Table(_)
            | Uncertain::Unrecorded(_) => return None,
        };
        let layout = self.layouts.get(cell.row.sheet as usize)?.as_ref().filter(|layout| layout.table == table)?;
        let described = self.dictionary.table(table);
        let is_of = |field| doubt.is_none_or(|doubt| leaves_open(described, doubt, field));
        // Of a long sheet not all are listed.
        let is_cut = self.differing.contains(&RowRef { sheet: cell.row.sheet, row: 1 }.cell(0));
        let differs =
            |column: u32| self.differing.contains(&cell.row.cell(column)) || is_cut && !self.texts.contains_key(&cell);
        let mut columns = layout.unused.iter().filter_map(|unused| Some((unused, unused.rival.as_ref()?)));
        let (unused, own) = columns.find(|(unused, own)| {
            own.compared && layout.field(own.column).is_some_and(is_of) && differs(unused.column)
        })?;
        Some(Topic::Columns(table, layout.header(own.column).to_string(), unused.header.clone()))
    }

    fn is_given(&self, table: TableId) -> bool {
        self.layouts.iter().flatten().any(|layout| layout.table == table)
    }

    fn topic_of_name(&self, table: TableId, cell: Option<CellRef>) -> Topic {
        let layout = |cell: &CellRef| self.layouts.get(cell.row.sheet as usize)?.as_ref();
        let people = self.dictionary.table(table).field_of_kind(FieldKind::People);
        if let (Some(people), Some(layout)) = (people, cell.as_ref().and_then(layout))
            && layout.column(people).is_none()
        {
            return Topic::Column(table, people);
        }
        match cell.and_then(|cell| self.texts.get(&cell)) {
            Some(issue) if issue.kind == IssueKind::AmbiguousPerson && !issue.text.is_empty() => {
                Topic::Name(issue.text.to_string())
            }
            Some(_) | None => Topic::Rows(table, Doubt::Name),
        }
    }

    fn topic_of_field(&self, table: TableId, field: FieldId, cell: Option<CellRef>) -> Topic {
        let lacks = |layout: &Layout| layout.table == table && layout.column(field).is_none();
        let Some(cell) = cell else {
            let layouts = || self.layouts.iter().flatten();
            return if layouts().any(lacks) {
                Topic::Column(table, field)
            } else if self.is_given(table) {
                Topic::Cells(table, field)
            } else {
                Topic::Table(table)
            };
        };
        let layout = self.layouts.get(cell.row.sheet as usize).and_then(Option::as_ref);
        if layout.is_some_and(lacks) {
            return Topic::Column(table, field);
        }
        match self.texts.get(&cell) {
            Some(issue) if issue.kind == IssueKind::UnknownWord => Topic::Word(table, field, issue.text.to_string()),
            Some(_) | None => Topic::Cells(table, field),
        }
    }
}

/// Whether a doubt about a row may be about a field.
fn leaves_open(table: &Table, doubt: Doubt, field: FieldId) -> bool {
    let roles = &table.roles;
    match doubt {
        Doubt::Field(own) => own == field,
        Doubt::Name => {
            let is_name = matches!(table.field(field).kind, FieldKind::People | FieldKind::Institution);
            is_name || [roles.staff_id, roles.id_number].contains(&Some(field))
        }
        Doubt::Date | Doubt::Day(_) => [roles.beginning(), roles.end].contains(&Some(field)),
        Doubt::Reading(_)
        | Doubt::Column(_)
        | Doubt::Beyond(..)
        | Doubt::Besides(_)
        | Doubt::Unlisted(_)
        | Doubt::OtherYear(_)
        | Doubt::Ended
        | Doubt::TwoTerms
        | Doubt::TwoSchools
        | Doubt::Quantity(_)
        | Doubt::Number(_)
        | Doubt::OutOfPost
        | Doubt::Denied(_)
        | Doubt::Repeated
        | Doubt::Again
        | Doubt::SameEvent
        | Doubt::Nameless
        | Doubt::PerhapsTwice
        | Doubt::OldList
        | Doubt::OtherBook
        | Doubt::ListedThen(_)
        | Doubt::Misspelt => false,
    }
}
