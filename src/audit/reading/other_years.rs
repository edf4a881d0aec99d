//! Of sheets that say how things stand, those that are named for another year beside one of this: last year's roster changes no
//! verdict.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use jiff::civil::Date;
use sheets::{Parsing, Raw, Row};

use super::book::{InputBook, stem};
use super::run_sheets::Sheets;
use crate::audit::settings::AuditScope;
use crate::dictionary::{TableId, Wish, normalise};
use crate::intake::{OtherYear, Recognised, may_be_short, years_of};

/// A longer text names no institution.
const LONGEST: usize = 30;

/// A sheet of a table whose rows hold at one time.
struct Dated {
    /// Its number in the run.
    sheet: usize,
    /// The first and the last day of the years that its names say.
    years: Option<(Date, Date)>,
}

impl Dated {
    fn holds(&self, day: Date) -> bool {
        self.years.is_some_and(|(first, last)| (first..=last).contains(&day))
    }
}

/// Sets aside the sheets of other years, where there is one that is nearer.
pub(in crate::audit) fn set_aside(sheets: &mut Sheets, books: &[InputBook], scope: &AuditScope<'_>) {
    for (table, of) in (0..).map(TableId).zip(&scope.dictionary.tables).filter(|(_, of)| of.at_one_time) {
        let dated = dated(sheets, books, table, scope);
        let (current, others) = current(dated, scope);
        let names: Vec<&str> = current.iter().map(|at| sheets.0[at.sheet].name.as_str()).collect();
        let (names, institutions) = (names.join("”“"), institutions_of(sheets, books, &current, scope).1);
        for other in &others {
            let (rows, theirs) = institutions_of(sheets, books, std::slice::from_ref(other), scope);
            let is_held = |one: &String| institutions.iter().any(|held| may_be_short(one, held));
            let held = theirs.iter().filter(|one| is_held(one)).count();
            let is_comparable = !theirs.is_empty() && !institutions.is_empty();
            // What no sheet of this year speaks of has only this one.
            if is_comparable && held == 0 {
                sheets.0[other.sheet].remark = Some(remark(&sheets.0[other.sheet].name, &of.sheet, scope));
                continue;
            }
            let row = sheets.0[other.sheet].layout().map_or(1, |layout| layout.header_row);
            let is_open = is_comparable && held < theirs.len();
            let current = names.clone();
            sheets.0[other.sheet].recognised = Ok(Recognised::OtherYear(OtherYear { table, row, rows, current, is_open }));
        }
        let is_past = |at: &&Dated| at.years.is_some_and(|(_, last)| last < scope.when.period.start());
        for old in current.iter().filter(is_past) {
            sheets.0[old.sheet].remark = Some(remark(&sheets.0[old.sheet].name, &of.sheet, scope));
        }
    }
}

/// The sheets of a table, each with the years that it is of.
fn dated(sheets: &Sheets, books: &[InputBook], table: TableId, scope: &AuditScope<'_>) -> Vec<Dated> {
    let folders: Vec<Vec<&str>> = books.iter().map(|book| folders(&book.path)).collect();
    let shared = (0..).take_while(|at| {
        let mut parts = folders.iter().map(|folders| folders.get(*at));
        let first = parts.next().flatten();
        first.is_some() && parts.all(|part| part == first)
    });
    let shared = shared.count();
    let is_of = |sheet: &super::RunSheet| sheet.layout().is_some_and(|layout| layout.table == table);
    let of = sheets.0.iter().enumerate().filter(|(_, sheet)| is_of(sheet));
    let years = |sheet: &super::RunSheet| {
        let own = folders[sheet.book].iter().skip(shared).rev().copied();
        let title = sheet.title.as_deref();
        let names = [Some(sheet.name.as_str()), title, Some(stem(&books[sheet.book].path))];
        // What lists only those who came or left is no list of a year.
        let is_part = |name: &str| scope.dictionary.in_part.iter().any(|word| normalise(name).contains(word.as_str()));
        let is_wanted = matches!(scope.columns.sheet(&sheet.name), Some((_, Wish::Take(_))));
        let mut names = names.into_iter().flatten().chain(own);
        if is_wanted || is_part(&sheet.name) { None } else { names.find_map(|name| Some(years_of(name)?)) }
    };
    of.map(|(number, sheet)| Dated { sheet: number, years: years(sheet) }).collect()
}

/// Those that hold on the as-of day or say no year; where there are none, those of the latest year before it. And the others.
fn current(dated: Vec<Dated>, scope: &AuditScope<'_>) -> (Vec<Dated>, Vec<Dated>) {
    let (period, as_of) = (scope.when.period, scope.when.as_of);
    let overlaps = |(first, last): (Date, Date)| first <= period.end() && last >= period.start();
    let holds = dated.iter().any(|at| at.holds(as_of));
    let is_undated = dated.iter().any(|at| at.years.is_none());
    let begins = |at: &Dated| at.years.map(|(first, _)| first);
    let before = dated.iter().filter_map(begins).filter(|first| *first <= as_of).max();
    let nearest = before.or_else(|| dated.iter().filter_map(begins).min());
    dated.into_iter().partition(|at| match at.years {
        None => true,
        Some(_) if holds => at.holds(as_of),
        Some(years) if is_undated => overlaps(years),
        Some((first, _)) => Some(first) == nearest,
    })
}

fn remark(name: &str, table: &str, scope: &AuditScope<'_>) -> String {
    let year = scope.when.period.label();
    format!("“{table}”没有{year}的，按“{name}”核查；此后有变动的，请换成{year}的再核查")
}

/// How many rows some sheets have, and the institutions that they name; none if any of them has no column for it.
fn institutions_of(
    sheets: &Sheets,
    books: &[InputBook],
    of: &[Dated],
    scope: &AuditScope<'_>,
) -> (usize, BTreeSet<String>) {
    let (mut rows, mut named, mut says_all) = (0, BTreeSet::new(), true);
    for sheet in of.iter().map(|at| &sheets.0[at.sheet]) {
        let Some(layout) = sheet.layout() else { continue };
        let place = scope.dictionary.table(layout.table).roles.institution.and_then(|field| layout.column(field));
        says_all &= place.is_some();
        let mut take = |row: Row<'_>| {
            if row.number > layout.header_row && row.cells.iter().any(|cell| !cell.merged) {
                rows += 1;
                let texts = row.cells.iter().filter(|cell| Some(cell.column) == place);
                named.extend(texts.filter_map(|cell| match &cell.value {
                    Raw::Text(text) => Some(normalise(text)),
                    Raw::Number(_) | Raw::Date(_) | Raw::Flag(_) | Raw::Error | Raw::NoValue => None,
                }));
            }
            ControlFlow::Continue(())
        };
        says_all &= books[sheet.book].rows(sheet.sheet, Parsing::Here, &mut take).is_ok();
    }
    named.retain(|name| !name.is_empty() && name.chars().count() <= LONGEST && !name.contains(':'));
    (rows, if says_all { named } else { BTreeSet::new() })
}

/// The folders of a path, from the outermost.
fn folders(path: &str) -> Vec<&str> {
    let mut parts: Vec<&str> = path.split(['/', '\\']).collect();
    parts.pop();
    parts
}
