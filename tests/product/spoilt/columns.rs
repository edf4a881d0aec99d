//! A column is removed, or its header is another word.

use std::path::Path;

use super::book::{Cell, Page};
use super::change::Changed;
use super::expected::{Concerns, Expectation};
use super::meaning::{its_absence_says_something, names_the_subject};
use super::places::{Column, Spoilable};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnSpoil {
    Removed,
    /// A word that means nothing here.
    Far,
    /// Another of the words for it.
    Alias,
    /// Almost the same word.
    Near,
}

impl ColumnSpoil {
    pub const ALL: [ColumnSpoil; 4] = [ColumnSpoil::Removed, ColumnSpoil::Far, ColumnSpoil::Alias, ColumnSpoil::Near];

    pub fn label(self) -> &'static str {
        match self {
            ColumnSpoil::Removed => "column removed",
            ColumnSpoil::Far => "header 栏目三",
            ColumnSpoil::Alias => "header another word for it",
            ColumnSpoil::Near => "header nearly the same",
        }
    }
}

pub fn apply(
    office: &Spoilable,
    place: (usize, usize),
    column: usize,
    spoil: ColumnSpoil,
    folder: &Path,
) -> Option<Changed> {
    let (first, last) = office.header(place)?;
    let page = office.page(place);
    // The header of two rows is one cell where it is merged.
    let row = (first..=last).rev().find(|row| *page.cell(*row, column) != Cell::Blank)?;
    let (before, own) = (page.cell(row, column).text(), office.column(place, column));
    let after = match spoil {
        ColumnSpoil::Removed => String::new(),
        ColumnSpoil::Far => "栏目三".to_string(),
        ColumnSpoil::Alias => alias(own, &before, column)?,
        ColumnSpoil::Near => format!("{before}情况"),
    };
    let mut file = office.files[place.0].clone();
    let changed = &mut file.pages[place.1];
    match spoil {
        ColumnSpoil::Removed => remove(changed, column),
        ColumnSpoil::Far | ColumnSpoil::Alias | ColumnSpoil::Near => {
            changed.rows[row][column] = Cell::Text(after.clone());
        }
    }
    let mut expected = Expectation::weaker();
    if spoil == ColumnSpoil::Removed && its_absence_says_something(own) {
        expected.concerns = Concerns::Everyone;
    }
    let table = office.table(place)?;
    expected.rows_unseen = spoil != ColumnSpoil::Alias;
    if let Column::Field(field) = own
        && spoil != ColumnSpoil::Alias
        && (field.required || names_the_subject(table, field))
    {
        expected.may_go(table);
    }
    let said = format!("{}: {before} → {after}", office.said(place, row, column));
    Some(Changed { inputs: office.with(place.0, &file, folder), said, expected })
}

fn alias(own: Column<'_>, before: &str, column: usize) -> Option<String> {
    let Column::Field(field) = own else { return None };
    let words: Vec<&String> = field.also.iter().chain([&field.header]).filter(|word| *word != before).collect();
    (!words.is_empty()).then(|| words[column % words.len()].clone())
}

fn remove(page: &mut Page, column: usize) {
    for cells in page.rows.iter_mut().filter(|cells| column < cells.len()) {
        cells.remove(column);
    }
    let column = column as u32;
    page.merges.retain(|merge| (merge.1, merge.3) != (column, column));
    for merge in &mut page.merges {
        merge.1 -= u32::from(merge.1 > column);
        merge.3 -= u32::from(merge.3 >= column);
    }
    page.merges.retain(|merge| (merge.0, merge.1) != (merge.2, merge.3));
}
