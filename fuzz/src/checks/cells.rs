//! Every column of every table takes any text and any number: a cell's text stands in all columns of a row, as text, as a
//! number and as a date, and the whole is audited.

use std::fmt::Write;

use jiaoyan::dictionary::Dictionary;

use super::intake;

/// Checks the first line of a text as a cell.
pub fn check(text: &str) {
    let cell = text.lines().next().unwrap_or_default().replace('\t', " ");
    let kinds = [cell.clone(), format!("={cell}"), format!("@{cell}"), "!".to_owned(), "?".to_owned(), "~".to_owned()];
    let mut sheets = String::from("jiangmen-2022 2023 县级");
    for table in &Dictionary::built_in().tables {
        let headers: Vec<&str> = table.fields.iter().map(|field| field.header.as_str()).collect();
        write!(sheets, "\n#{}\n{}", table.sheet, headers.join("\t")).expect("memory");
        for kind in &kinds {
            write!(sheets, "\n{}", vec![kind.as_str(); headers.len()].join("\t")).expect("memory");
        }
    }
    intake::with_settings(&sheets, |settings| drop(intake::audited(settings)));
}
