//! Sheets that stand in the folders of offices and are none of its tables.

use std::path::Path;
use std::sync::LazyLock;

use serde::Deserialize;

use super::book::{BookFile, Page};
use super::change::Changed;
use super::expected::Expectation;
use super::places::Spoilable;
use super::sheets::text_page;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Bystander {
    sheet: String,
    /// Lines of cells parted by `|`; `甲`, `乙` and `丙` in angle brackets are officers of the office.
    rows: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Bystanders {
    bystander: Vec<Bystander>,
}

static ALL: LazyLock<Vec<Bystander>> = LazyLock::new(|| {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/bystanders.toml");
    toml::from_str::<Bystanders>(&std::fs::read_to_string(path).unwrap()).unwrap().bystander
});

pub fn count() -> usize {
    ALL.len()
}

pub fn apply(office: &Spoilable, which: usize, file: Option<usize>, folder: &Path) -> Option<Changed> {
    let bystander = &ALL[which];
    let page = page(bystander, &office.whole.officers());
    let inputs = match file {
        Some(file) => {
            let mut book = office.files[file].clone();
            book.pages.push(page);
            office.with(file, &book, folder)
        }
        None => {
            let book = BookFile { name: format!("{}.xlsx", bystander.sheet), pages: vec![page] };
            [office.others(None), vec![book.write(folder)]].concat()
        }
    };
    let said = format!("{}: {}", file.map_or("a file", |file| &office.files[file].name), bystander.sheet);
    Some(Changed { inputs, said, expected: Expectation::same() })
}

fn page(bystander: &Bystander, officers: &[String]) -> Page {
    let officer = |number: usize| officers[number % officers.len()].as_str();
    let filled = ["<甲>", "<乙>", "<丙>"]
        .iter()
        .enumerate()
        .fold(bystander.rows.clone(), |text, (number, mark)| text.replace(mark, officer(number)));
    let row = |line: &str| line.split('|').map(|cell| cell.trim().to_string()).collect();
    text_page(&bystander.sheet, filled.lines().filter(|line| !line.trim().is_empty()).map(row).collect())
}
