//! Lists of all who work somewhere, which are no table: whom they call a 教研员 and the roster lacks may be one.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use sheets::{Raw, Row};

use crate::audit::reading::book::{InputBook, stem};
use crate::audit::reading::run_sheets::Sheets;
use crate::dictionary::{Dictionary, normalise};
use crate::intake::{OfficerList, Recognised};

/// Of a longer sheet the rest is not looked at.
const MOST_ROWS: usize = 5000;

/// Below so many rows without a header there is none.
const MOST_TITLES: usize = 10;

/// Takes it that such lists, among `of` the sheets, may hold rows of the roster that those which are read have not. `roster` are the
/// names in it, in their normal form.
pub(super) fn find_officers(
    sheets: &mut Sheets,
    books: &[InputBook],
    (of, roster): (&[usize], &BTreeSet<String>),
    dictionary: &Dictionary,
) {
    for number in of {
        let sheet = &sheets.0[*number];
        let mut list = ListReader::new(roster, dictionary);
        list.titles.extend([sheet.name.clone(), stem(&books[sheet.book].path).to_string()]);
        // Of a sheet that cannot be read to its end, what was read says something all the same.
        books[sheet.book].rows(sheet.sheet, &mut |row| list.take(row)).ok();
        if let Some(first) = list.first.filter(|_| list.is_of_staff()) {
            let found = OfficerList { table: dictionary.schema.staff.table, first, count: list.count };
            sheets.0[*number].recognised = Ok(Recognised::Officers(found));
        }
    }
}

struct ListReader<'r> {
    roster: &'r BTreeSet<String>,
    dictionary: &'r Dictionary,
    titles: Vec<String>,
    /// The column of the names, and those of departments. `None` above them.
    columns: Option<(u32, Vec<u32>)>,
    rows: usize,
    /// How many officers the roster lacks, and where the first one stands.
    count: u32,
    first: Option<u32>,
}

impl<'r> ListReader<'r> {
    fn new(roster: &'r BTreeSet<String>, dictionary: &'r Dictionary) -> ListReader<'r> {
        ListReader { roster, dictionary, titles: Vec::new(), columns: None, rows: 0, count: 0, first: None }
    }

    /// Whether its names say that it lists all who work somewhere.
    fn is_of_staff(&self) -> bool {
        self.titles.iter().any(|title| self.dictionary.sheet_words.officers.lists_staff(title))
    }

    fn take(&mut self, row: Row<'_>) -> ControlFlow<()> {
        self.rows += 1;
        let Some((name, departments)) = &self.columns else {
            self.columns = self.header(row);
            if self.columns.is_none() {
                self.titles.extend(texts(row).map(|(_, text)| text.to_string()));
            }
            let is_over = self.columns.is_none() && self.rows > MOST_TITLES;
            return if is_over { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
        };
        let words = &self.dictionary.sheet_words.officers;
        let named = texts(row).find(|(column, _)| column == name).map(|(_, text)| normalise(text)).unwrap_or_default();
        let is_known = named.chars().nth(1).is_none() || self.roster.contains(&named);
        let others = || texts(row).filter(|(column, _)| column != name);
        let is_of_department =
            || others().any(|(column, text)| departments.contains(&column) && words.is_department(text));
        let is_officer = || {
            others().any(|(_, text)| words.is_officer(text))
                || is_of_department() && !others().any(|(_, text)| words.is_worker(text))
        };
        if !is_known && is_officer() {
            self.count = self.count.saturating_add(1);
            self.first.get_or_insert(row.number);
        }
        if self.rows < MOST_ROWS { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    }

    /// The columns of a row that is a header of names.
    fn header(&self, row: Row<'_>) -> Option<(u32, Vec<u32>)> {
        let staff = self.dictionary.table(self.dictionary.schema.staff.table);
        let field = staff.field(staff.roles.name?);
        let is_name = |text: &str| {
            let normal = normalise(text);
            std::iter::once(&field.header).chain(&field.also).any(|header| normalise(header) == normal)
        };
        let (name, _) = texts(row).find(|(_, text)| is_name(text))?;
        let words = &self.dictionary.sheet_words.officers;
        let departments = texts(row).filter(|(_, text)| words.says_department(text)).map(|(column, _)| column);
        Some((name, departments.collect()))
    }
}

fn texts(row: Row<'_>) -> impl Iterator<Item = (u32, &str)> {
    row.cells.iter().filter_map(|cell| match &cell.value {
        Raw::Text(text) => Some((cell.column, &**text)),
        Raw::Number(_) | Raw::Date(_) | Raw::Flag(_) | Raw::Error | Raw::NoValue => None,
    })
}
