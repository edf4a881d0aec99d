//! A cell is blank, broken, holds what another cell of its column holds, or says the same in another form.

use std::collections::BTreeSet;
use std::path::Path;

use jiaoyan::dictionary::{Dictionary, Field, FieldKind};

use super::book::{Cell, Page, ymd};
use super::change::Changed;
use super::expected::{Concerns, Expectation};
use super::meaning::{a_blank_says_something, names_the_subject};
use super::places::{Column, Spoilable};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellSpoil {
    Blank,
    Broken,
    Other,
    Same,
}

impl CellSpoil {
    pub const ALL: [CellSpoil; 4] = [CellSpoil::Blank, CellSpoil::Broken, CellSpoil::Other, CellSpoil::Same];

    pub fn label(self) -> &'static str {
        match self {
            CellSpoil::Blank => "cell blank",
            CellSpoil::Broken => "cell #N/A",
            CellSpoil::Other => "cell of another row",
            CellSpoil::Same => "cell in another form",
        }
    }
}

pub fn apply(
    office: &Spoilable,
    place: (usize, usize),
    (row, column): (usize, usize),
    spoil: CellSpoil,
    folder: &Path,
) -> Option<Changed> {
    let page = office.page(place);
    let before = page.cell(row, column);
    // The cells that a merged block hides hold nothing.
    let merge = page.merge(row, column);
    if merge.is_some_and(|merge| (merge.0 as usize, merge.1 as usize) != (row, column)) {
        return None;
    }
    let header = office.header(place);
    let is_record = header.is_some_and(|(_, last)| row > last);
    let is_header = header.is_some_and(|(first, last)| (first..=last).contains(&row));
    if is_header || (!is_record && !matches!(spoil, CellSpoil::Blank | CellSpoil::Broken)) {
        return None;
    }
    let own = office.column(place, column);
    let after = match spoil {
        CellSpoil::Blank => Cell::Blank,
        CellSpoil::Broken => Cell::Broken,
        CellSpoil::Other => another(page, row, column, header?.1)?,
        CellSpoil::Same => in_another_form(before, own, row)?,
    };
    if after == *before || (!is_record && *before == Cell::Blank) {
        return None;
    }
    let mut file = office.files[place.0].clone();
    let rows = &mut file.pages[place.1].rows;
    let cells = &mut rows[row];
    cells.resize(cells.len().max(column + 1), Cell::Blank);
    cells[column] = after.clone();
    let expected = expectation(office, place, (row, column), spoil, &after);
    let said = format!("{}: {} → {}", office.said(place, row, column), before.text(), after.text());
    Some(Changed { inputs: office.with(place.0, &file, folder), said, expected })
}

/// The next cell below that holds something else, or else the next above.
fn another(page: &Page, row: usize, column: usize, header: usize) -> Option<Cell> {
    let own = page.cell(row, column);
    let below = (row + 1..page.rows.len()).chain(header + 1..row);
    let mut others =
        below.map(|other| page.cell(other, column)).filter(|other| **other != Cell::Blank && *other != own);
    others.next().cloned()
}

fn expectation(
    office: &Spoilable,
    place: (usize, usize),
    (row, column): (usize, usize),
    spoil: CellSpoil,
    after: &Cell,
) -> Expectation {
    let page = office.page(place);
    let (table, own) = (office.table(place), office.column(place, column));
    let mut expected = Expectation::weaker();
    let is_stated = match spoil {
        CellSpoil::Other => true,
        CellSpoil::Blank => a_blank_says_something(table, own) || is_of_namesakes(office, place, row),
        CellSpoil::Broken | CellSpoil::Same => false,
    };
    if is_stated {
        let rows = page.merge(row, column).map_or(row..=row, |merge| merge.0 as usize..=merge.2 as usize);
        let mut texts: BTreeSet<String> = rows.flat_map(|row| texts_of(page, row)).collect();
        texts.insert(after.text());
        // What is said of a school or an institution concerns all who are at it.
        let is_of_people = table.is_some_and(|table| {
            ["staff", "activities", "training", "postings", "contacts"].contains(&table.id.as_str())
        });
        expected.concerns = if is_of_people { Concerns::Named(texts) } else { Concerns::Everyone };
    }
    if let (Some(table), Column::Field(field)) = (table, own)
        && spoil != CellSpoil::Same
        && names_the_subject(table, field)
    {
        expected.may_go(table);
    }
    expected
}

/// Whether a row of the roster has the name of another one: what the other one says of them then says more.
fn is_of_namesakes(office: &Spoilable, place: (usize, usize), row: usize) -> bool {
    let page = office.page(place);
    let is_name = |column: &usize| matches!(office.column(place, *column), Column::Field(field) if field.id == "name");
    let Some(column) = (0..page.width()).find(is_name) else { return false };
    let is_of_people = office.table(place).is_some_and(|table| table.id == "staff");
    let own = page.cell(row, column);
    is_of_people && (0..page.rows.len()).any(|other| other != row && page.cell(other, column) == own)
}

/// What stands in a row, merged cells included.
fn texts_of(page: &Page, row: usize) -> Vec<String> {
    let text = |column| match page.merge(row, column) {
        Some(merge) => page.cell(merge.0 as usize, merge.1 as usize).text(),
        None => page.cell(row, column).text(),
    };
    (0..page.width()).map(text).filter(|text| !text.is_empty()).collect()
}

/// What a clerk may write for the same.
fn in_another_form(cell: &Cell, column: Column<'_>, row: usize) -> Option<Cell> {
    let Column::Field(field) = column else { return None };
    let text = cell.text();
    let written = match (cell, field.kind) {
        (Cell::Blank | Cell::Broken, _) => return None,
        (Cell::Date(serial), _) => date_form(*serial, row),
        (_, FieldKind::Date) => return None,
        (Cell::Number(_), FieldKind::Number) => number_form(&text, field, row),
        (_, FieldKind::Number | FieldKind::Code | FieldKind::Year | FieldKind::Figure) => full_width(&text),
        (_, FieldKind::Person | FieldKind::People) => name_form(&text, row),
        (_, FieldKind::Flag) if text == "是" => ["√", "有", "Y"][row % 3].replace("有", "是 "),
        (_, FieldKind::Flag) if text == "否" => ["×", "N", " 否"][row % 3].to_string(),
        (_, FieldKind::Word(list) | FieldKind::Words(list)) => {
            let list = Dictionary::built_in().list(list);
            let parts: Vec<&str> = text.split('、').collect();
            if parts.len() > 1 { parts.join("，") } else { format!("{} ", list.one(&text).map_or(&text, |_| &text)) }
        }
        _ => format!(" {text}　"),
    };
    (written != text).then_some(Cell::Text(written))
}

fn date_form(serial: f64, row: usize) -> String {
    let [year, month, day] = ymd(serial);
    match row % 5 {
        0 => format!("{year}年{month}月{day}日"),
        1 => format!("{year}.{month}.{day}"),
        2 => format!("{year}/{month:02}/{day:02}"),
        3 => full_width(&format!("{year}-{month:02}-{day:02}")),
        _ => format!("{year}{month:02}{day:02}"),
    }
}

fn number_form(text: &str, field: &Field, row: usize) -> String {
    let unit = match field.id.as_str() {
        "hours" => "学时",
        "days" => "天",
        "lessons" => "节",
        "total-posts" | "research-posts" | "advanced-groups" => "个",
        _ => "",
    };
    if row.is_multiple_of(2) { format!("{text}{unit}") } else { full_width(text) }
}

fn name_form(text: &str, row: usize) -> String {
    let is_one = !text.contains(['、', '，', ',', ' ', '（', '(']) && text.chars().count() <= 3;
    match row % 3 {
        0 if is_one => text.chars().map(String::from).collect::<Vec<_>>().join(" "),
        1 if is_one => text.chars().map(String::from).collect::<Vec<_>>().join("　"),
        _ => format!(" {} ", text.replace('、', "，")),
    }
}

pub fn full_width(text: &str) -> String {
    let wide = |c: char| if c.is_ascii_graphic() { char::from_u32(u32::from(c) + 0xFEE0).unwrap() } else { c };
    text.chars().map(wide).collect()
}
