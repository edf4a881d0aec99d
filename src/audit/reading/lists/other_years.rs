//! Of sheets that say how things stand, those that are named for another year beside one of this: last year's roster changes no
//! verdict.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::listed::{ListShare, listed};
use super::officers::find_officers;
use crate::audit::reading::book::{InputBook, stem};
use crate::audit::reading::folders::hear_folders;
use crate::audit::reading::run_sheets::{RunSheet, Sheets};
use crate::audit::reading::summed::settle_sums;
use crate::audit::settings::AuditScope;
use crate::dictionary::{Dictionary, TableId, Wish, normalise};
use crate::evaluate::{EarlierList, EarlierLists};
use crate::intake::{LeavesOpen, OtherYear, Recognised, names_second_term, time_of};
use crate::model::DateSpan;

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

/// Sets aside the sheets of other years, where there is one that is nearer, and settles which sum up others.
pub(in crate::audit) fn set_aside(sheets: &mut Sheets, books: &[InputBook], scope: &AuditScope<'_>) {
    let names = SheetYears::of(books, scope);
    for (table, of) in (0..).map(TableId).zip(&scope.dictionary.tables).filter(|(_, of)| of.at_one_time) {
        let is_of = |sheet: &RunSheet| sheet.layout().is_some_and(|layout| layout.table == table);
        let found = sheets.0.iter().enumerate().filter(|(_, sheet)| is_of(sheet));
        let dated = found.map(|(number, sheet)| Dated { sheet: number, years: names.years(sheet) }).collect();
        let (current, others) = current(dated, scope);
        let called = current.iter().map(|at| names.shown(&sheets.0[at.sheet])).collect::<Vec<_>>().join("、");
        let is_undated = current.iter().any(|at| at.years.is_none());
        let read = listed(sheets, books, current.iter().map(|at| at.sheet), scope);
        for other in &others {
            let theirs = listed(sheets, books, [other.sheet], scope);
            let share = read.share(&theirs);
            let sheet = &mut sheets.0[other.sheet];
            // What no sheet of this year speaks of has only this one.
            if share == Some(ListShare::None) {
                sheet.remark = remark(&sheet.name, &of.sheet, scope);
                continue;
            }
            let (starts, as_of) = (scope.when.period.start(), scope.when.as_of);
            let within = other.years.filter(|(first, last)| starts <= *last && *first <= as_of);
            let may_begin = other.years.is_some_and(|(first, _)| first <= as_of) && of.roles.beginning().is_some();
            // Which is the later one, nothing says.
            let is_unsure = within.is_some() && is_undated && !read.has_all(&theirs);
            sheet.unread_rows = theirs.rows;
            sheet.recognised = Ok(Recognised::OtherYear(OtherYear {
                table,
                row: sheet.layout().map_or(1, |layout| layout.header_row),
                rows: theirs.rows,
                current: called.clone(),
                leaves: leaves_open(share, is_unsure, may_begin),
                until: within.map(|(_, last)| last),
                since: within.map(|(first, _)| until_read(first, &current, as_of)),
                people: theirs.people,
            }));
        }
        remark_past(sheets, &current, &of.sheet, scope);
    }
    set_nearly_aside(sheets, &names, scope);
    settle_sums(sheets);
    hear_officers(sheets, books, &names, scope);
    hear_folders(sheets, books, scope.dictionary);
}

/// Says of the lists that are read which of them are of times before.
fn remark_past(sheets: &mut Sheets, current: &[Dated], table: &str, scope: &AuditScope<'_>) {
    let is_past = |at: &&Dated| at.years.is_some_and(|(_, last)| last < scope.when.period.start());
    for old in current.iter().filter(is_past) {
        let sheet = &mut sheets.0[old.sheet];
        sheet.remark = remark(&sheet.name, table, scope);
    }
}

/// Takes it that lists of all who work somewhere may hold officers whom the rosters lack; those of years before name who was there.
fn hear_officers(sheets: &mut Sheets, books: &[InputBook], names: &SheetYears<'_>, scope: &AuditScope<'_>) {
    let staff = scope.dictionary.schema.staff.table;
    let numbers = |is_meant: &dyn Fn(&RunSheet) -> bool| -> Vec<usize> {
        (0..).zip(&sheets.0).filter(|(_, sheet)| is_meant(sheet)).map(|(number, _)| number).collect()
    };
    let is_past = |sheet: &RunSheet| names.years(sheet).is_some_and(|(_, last)| last < scope.when.period.start());
    let rosters = numbers(&|sheet| sheet.layout().is_some_and(|layout| layout.table == staff));
    let others = numbers(&|sheet| sheet.recognised == Ok(Recognised::Unknown) && !is_past(sheet));
    if rosters.is_empty() || others.is_empty() {
        return;
    }
    let roster = listed(sheets, books, rosters, scope).people;
    // Where names of the roster cannot be read, nobody is surely not in it.
    if !roster.is_empty() {
        find_officers(sheets, books, (&others, &roster), scope.dictionary);
    }
}

/// What a list leaves open that is set aside; `is_unsure` is whether it may be the later one, and `may_begin` whether what it tells
/// of may have lasted since.
fn leaves_open(share: Option<ListShare>, is_unsure: bool, may_begin: bool) -> LeavesOpen {
    match share {
        Some(ListShare::Some) => LeavesOpen::Rows,
        Some(ListShare::None | ListShare::All) | None if is_unsure => LeavesOpen::Rows,
        Some(ListShare::None | ListShare::All) | None if may_begin => LeavesOpen::Beginnings,
        Some(ListShare::None | ListShare::All) | None => LeavesOpen::Nothing,
    }
}

/// From the first day of a list to that of those that are read; that of one that says no time may be any.
fn until_read(first: Date, current: &[Dated], as_of: Date) -> DateSpan {
    let begins: Option<Vec<Date>> = current.iter().map(|at| Some(at.years?.0)).collect();
    let last = begins.map_or(Date::MAX, |days| days.into_iter().filter(|day| first <= *day).min().unwrap_or(as_of));
    DateSpan { first, last }
}

impl Sheets {
    /// The lists of times before that are not read, which may say since when something has lasted, and how things stood in a part of
    /// the audited time.
    pub(in crate::audit) fn before(&self, dictionary: &Dictionary) -> EarlierLists {
        let mut before = EarlierLists::default();
        for (sheet, read) in (0..).zip(&self.0) {
            let Ok(Recognised::OtherYear(other)) = &read.recognised else { continue };
            let OtherYear { table, until, leaves, .. } = *other;
            let lasts = dictionary.table(table).roles.beginning().is_some();
            if lasts && (leaves == LeavesOpen::Beginnings || until.is_some()) {
                before.add(table, EarlierList { sheet, until });
            }
        }
        before
    }
}

/// Sets aside sheets of years before that nearly are a table of which there is one that is read.
fn set_nearly_aside(sheets: &mut Sheets, names: &SheetYears<'_>, scope: &AuditScope<'_>) {
    for number in 0..sheets.0.len() {
        let sheet = &sheets.0[number];
        let is_past = names.years(sheet).is_some_and(|(_, last)| last < scope.when.period.start());
        let (Ok(recognised @ (Recognised::Nearly(_) | Recognised::Tie { .. })), true) = (&sheet.recognised, is_past)
        else {
            continue;
        };
        let (may_be, row) = (recognised.may_be().to_vec(), recognised.row());
        let read = |table: TableId| {
            let is_of = |at: &&RunSheet| at.layout().is_some_and(|layout| layout.table == table);
            scope.dictionary.table(table).at_one_time.then(|| sheets.0.iter().find(is_of)).flatten()
        };
        let found: Option<Vec<&RunSheet>> = may_be.iter().map(|table| read(*table)).collect();
        let (Some(table), Some(found)) = (may_be.first().copied(), found) else { continue };
        let current = found.into_iter().map(|sheet| names.shown(sheet)).collect::<Vec<_>>().join("、");
        let rows = sheet.unread_rows;
        let other = OtherYear {
            table,
            row,
            rows,
            current,
            leaves: LeavesOpen::Nothing,
            until: None,
            since: None,
            people: BTreeSet::new(),
        };
        sheets.0[number].recognised = Ok(Recognised::OtherYear(other));
    }
}

/// What says the year of a sheet: its own name, its title, the name of its file, the folders that not all files are in.
struct SheetYears<'r> {
    books: &'r [InputBook],
    /// Of each book.
    folders: Vec<Vec<&'r str>>,
    shared: usize,
    scope: &'r AuditScope<'r>,
}

impl<'r> SheetYears<'r> {
    fn of(books: &'r [InputBook], scope: &'r AuditScope<'r>) -> SheetYears<'r> {
        let folders: Vec<Vec<&str>> = books.iter().map(|book| folders(&book.path)).collect();
        let is_shared = |at: &usize| {
            let first = folders.first().and_then(|folders| folders.get(*at));
            first.is_some() && folders.iter().all(|folders| folders.get(*at) == first)
        };
        let shared = (0..).take_while(is_shared).count();
        SheetYears { books, folders, shared, scope }
    }

    /// The first and the last day of the years that a sheet is of; `None` if nothing says them, or the office wants it read.
    fn years(&self, sheet: &RunSheet) -> Option<(Date, Date)> {
        let is_part =
            |name: &str| self.scope.dictionary.in_part.iter().any(|word| normalise(name).contains(word.as_str()));
        let is_wanted = matches!(
            self.scope.columns.sheet(stem(&self.books[sheet.book].path), &sheet.name),
            Some((_, Wish::Take(_)))
        );
        // What lists only those who came or left is no list of a year.
        if is_wanted || is_part(&sheet.name) {
            return None;
        }
        let own = [Some(sheet.name.as_str()), sheet.title.as_deref(), Some(stem(&self.books[sheet.book].path))];
        let around = self.folders[sheet.book].iter().skip(self.shared).rev().copied();
        own.into_iter().flatten().chain(around).find_map(|name| time_of(name, names_second_term(name)))
    }

    /// 《2023年/名册.xlsx》的“教研员花名册”
    fn shown(&self, sheet: &RunSheet) -> String {
        let path = &self.books[sheet.book].path;
        let own: Vec<&str> = path.split(['/', '\\']).skip(self.shared).collect();
        format!("《{}》的“{}”", own.join("/"), sheet.name)
    }
}

/// Those that hold on the as-of day or say no year; where there are none, those of the latest year before it. And the others.
fn current(dated: Vec<Dated>, scope: &AuditScope<'_>) -> (Vec<Dated>, Vec<Dated>) {
    let as_of = scope.when.as_of;
    let holds = dated.iter().any(|at| at.holds(as_of));
    let is_undated = dated.iter().any(|at| at.years.is_none());
    let begins = |at: &Dated| at.years.map(|(first, _)| first);
    let before = dated.iter().filter_map(begins).filter(|first| *first <= as_of).max();
    let nearest = before.or_else(|| dated.iter().filter_map(begins).min());
    dated.into_iter().partition(|at| match at.years {
        None => true,
        Some(_) if holds => at.holds(as_of),
        Some(_) if is_undated => false,
        Some((first, _)) => Some(first) == nearest,
    })
}

/// That a list is of a time before; nothing where no time is audited.
fn remark(name: &str, table: &str, scope: &AuditScope<'_>) -> Option<String> {
    let year = scope.when.period.label();
    let said = || format!("“{table}”没有{year}的，按“{name}”核查；此后有变动的，请换成{year}的再核查");
    (!scope.timeless).then(said)
}

/// The folders of a path, from the outermost.
fn folders(path: &str) -> Vec<&str> {
    let mut parts: Vec<&str> = path.split(['/', '\\']).collect();
    parts.pop();
    parts
}
