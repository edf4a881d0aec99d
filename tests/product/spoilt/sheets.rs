//! A sheet is called something else, is two, or has lost its header.

use std::path::Path;

use super::book::{BookFile, Cell, Page};
use super::change::Changed;
use super::expected::Expectation;
use super::places::Spoilable;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetSpoil {
    Longer,
    Nameless,
    TwoSheets,
    TwoFiles,
    Headless,
}

impl SheetSpoil {
    pub const ALL: [SheetSpoil; 5] =
        [SheetSpoil::Longer, SheetSpoil::Nameless, SheetSpoil::TwoSheets, SheetSpoil::TwoFiles, SheetSpoil::Headless];

    pub fn label(self) -> &'static str {
        match self {
            SheetSpoil::Longer => "sheet called nearly so",
            SheetSpoil::Nameless => "sheet called Sheet1",
            SheetSpoil::TwoSheets => "sheet split in two",
            SheetSpoil::TwoFiles => "sheet split over two files",
            SheetSpoil::Headless => "sheet without its header",
        }
    }
}

pub fn apply(office: &Spoilable, place: (usize, usize), spoil: SheetSpoil, folder: &Path) -> Option<Changed> {
    let table = office.table(place)?;
    let header = office.header(place)?;
    let mut file = office.files[place.0].clone();
    let page = &mut file.pages[place.1];
    let said = format!("{}!{}: {}", office.files[place.0].name, page.name, spoil.label());
    let mut expected = Expectation::same();
    let mut second = None;
    match spoil {
        SheetSpoil::Longer if !office.files[place.0].is_csv() => page.name = format!("{}（定稿）", page.name),
        SheetSpoil::Nameless if !office.files[place.0].is_csv() => page.name = "Sheet1".to_string(),
        SheetSpoil::TwoSheets if !office.files[place.0].is_csv() => {
            let (first, mut rest) = halves(page, header);
            rest.name = format!("{}2", page.name);
            *page = first;
            file.pages.insert(place.1 + 1, rest);
        }
        SheetSpoil::Longer | SheetSpoil::Nameless | SheetSpoil::TwoSheets => return None,
        SheetSpoil::TwoFiles => {
            let (first, rest) = halves(page, header);
            *page = first;
            let (stem, ending) = file.name.rsplit_once('.').unwrap();
            second = Some(BookFile { name: format!("{stem}2.{ending}"), pages: vec![rest] });
        }
        SheetSpoil::Headless => {
            take_rows(page, header.0, header.1 + 1);
            expected = Expectation::weaker();
            expected.rows_unseen = true;
            expected.may_go(table);
        }
    }
    let mut inputs = office.with(place.0, &file, folder);
    inputs.extend(second.map(|second| second.write(folder)));
    Some(Changed { inputs, said, expected })
}

/// Both halves of a sheet's rows, each below all that stands above them. A merged block is not cut.
fn halves(page: &Page, (_, header): (usize, usize)) -> (Page, Page) {
    let (top, bottom) = (header + 1, page.rows.len());
    let is_cut = |at: usize| page.merges.iter().any(|merge| (merge.0 as usize) < at && at <= merge.2 as usize);
    let middle = (top + (bottom - top) / 2..bottom).find(|at| !is_cut(*at)).unwrap_or(bottom);
    let (mut first, mut rest) = (page.clone(), page.clone());
    take_rows(&mut first, middle, bottom);
    take_rows(&mut rest, top, middle);
    (first, rest)
}

/// Takes the rows from one up to another.
fn take_rows(page: &mut Page, from: usize, to: usize) {
    page.rows.drain(from..to);
    let (from, to) = (from as u32, to as u32);
    page.merges.retain(|merge| merge.2 < from || merge.0 >= to);
    for merge in page.merges.iter_mut().filter(|merge| merge.0 >= to) {
        merge.0 -= to - from;
        merge.2 -= to - from;
    }
}

/// A sheet of texts.
pub fn text_page(name: &str, rows: Vec<Vec<String>>) -> Page {
    let cell = |text: String| if text.is_empty() { Cell::Blank } else { Cell::Text(text) };
    let rows = rows.into_iter().map(|row| row.into_iter().map(cell).collect()).collect();
    Page { name: name.to_string(), rows, merges: Vec::new() }
}
