//! Every column of every table takes any text and any number: what is not read wholly has an issue, and is read the
//! same twice.

use std::borrow::Cow;

use jiaoyan::dictionary::{Dictionary, Table};
use jiaoyan::intake::{Notes, Parser, Probe, SheetName, Taken};
use jiaoyan::model::{Cell, Value};
use jiaoyan::read::{Raw, RawCell, Row};

/// Checks one cell: its first line, in all kinds that it can be.
pub fn check(text: &str) {
    let mut raws = vec![Raw::Error, Raw::NoValue, Raw::Flag(true)];
    if !text.is_empty() {
        raws.push(Raw::Text(Cow::Borrowed(text)));
    }
    if let Some(number) = text.parse().ok().filter(|number: &f64| number.is_finite()) {
        raws.extend([Raw::Number(number), Raw::Date(number)]);
    }
    let dictionary = Dictionary::built_in();
    for table in &dictionary.tables {
        for raw in &raws {
            check_table(table, raw, dictionary);
        }
    }
}

fn check_table(table: &Table, raw: &Raw<'_>, dictionary: &Dictionary) {
    let headers = table.fields.iter().map(|field| Raw::Text(Cow::Borrowed(field.header.as_str())));
    let header = row_of(headers);
    let mut probe = Probe::default();
    probe.take(Row { number: 1, cells: &header });
    let layout = probe.layout(&table.sheet, dictionary).expect("no column twice");
    let layout = layout.unwrap_or_else(|| panic!("{} is not known by its headers", table.id));
    let mut parser = Parser::new(layout, 0, dictionary);
    let name = SheetName { path: "台账.xlsx".to_owned(), sheet: table.sheet.clone() };
    let mut notes = Notes::new(vec![name]);
    let cells = row_of(table.fields.iter().map(|_| raw.clone()));
    let first = told(parser.take(Row { number: 2, cells: &cells }, &mut notes));
    let second = told(parser.take(Row { number: 3, cells: &cells }, &mut notes));
    assert_eq!(first, second, "{}: {raw:?}", table.id);
    let issues = notes.into_issues();
    assert!(first.0 || !issues.is_empty(), "{}: {raw:?} is not read and not told", table.id);
}

fn row_of<'a>(values: impl Iterator<Item = Raw<'a>>) -> Vec<RawCell<'a>> {
    (0..).zip(values).map(|(column, value)| RawCell { column, value, merged: false }).collect()
}

/// Whether a row was read wholly, and what it gave.
fn told(taken: Taken) -> (bool, String) {
    match taken {
        Taken::Heading => panic!("a row below the header is none of it"),
        Taken::Left => (false, String::new()),
        Taken::Record { draft, whole } => {
            draft.cells.iter().for_each(check_value);
            (whole, format!("{:?}", draft.cells))
        }
    }
}

fn check_value(cell: &Cell) {
    match cell {
        Cell::Is(Value::Number(number)) => assert!(!number.is_sign_negative() || number.is_zero(), "{number}"),
        Cell::Is(Value::Date(span)) => assert!(span.first <= span.last, "{span:?}"),
        Cell::Is(Value::Year { first, last }) => assert!(first <= last, "{first} to {last}"),
        _ => {}
    }
}
