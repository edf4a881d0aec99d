//! A file is left out, is there twice, or is csv.

use std::fs;
use std::path::{Path, PathBuf};

use jiaoyan::dictionary::Dense;

use super::book::{BookFile, Page};
use super::change::Changed;
use super::expected::{Concerns, Expectation};
use super::places::Spoilable;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileSpoil {
    LeftOut,
    /// The same bytes under another name.
    Copied,
    /// The same rows in another workbook.
    SavedAgain,
    Csv,
}

impl FileSpoil {
    pub const ALL: [FileSpoil; 4] = [FileSpoil::LeftOut, FileSpoil::Copied, FileSpoil::SavedAgain, FileSpoil::Csv];

    pub fn label(self) -> &'static str {
        match self {
            FileSpoil::LeftOut => "file left out",
            FileSpoil::Copied => "file copied",
            FileSpoil::SavedAgain => "file saved again",
            FileSpoil::Csv => "file as csv",
        }
    }
}

pub fn apply(office: &Spoilable, file: usize, spoil: FileSpoil, folder: &Path) -> Option<Changed> {
    let book = &office.files[file];
    let mut expected = Expectation::same();
    let inputs = match spoil {
        FileSpoil::LeftOut => {
            expected = Expectation::weaker();
            expected.rows_unseen = true;
            let tables = (0..book.pages.len()).filter_map(|page| office.table((file, page)));
            tables.for_each(|table| expected.may_go(table));
            if is_supplement(office, file) {
                expected.concerns = Concerns::Everyone;
            }
            office.others(Some(file))
        }
        FileSpoil::Copied => {
            let copy = folder.join(format!("新建文件夹{}", book.name));
            fs::copy(office.folder.path().join(&book.name), &copy).unwrap();
            [office.others(None), vec![copy]].concat()
        }
        FileSpoil::SavedAgain => {
            let mut again = book.clone();
            again.name = saved_again(&book.name);
            again.pages.reverse();
            if book.is_csv() {
                again.pages[0].name = "Sheet1".to_string();
            }
            // What is a subject by its row is there twice; a person is not.
            expected = Expectation::weaker();
            [office.others(None), vec![again.write(folder)]].concat()
        }
        FileSpoil::Csv if book.is_csv() => return None,
        FileSpoil::Csv => [office.others(Some(file)), as_csv(book, folder)].concat(),
    };
    Some(Changed { inputs, said: format!("{}: {}", book.name, spoil.label()), expected })
}

/// Whether another file has rows of the same ledger, of which none shows that some are missing: what is left says what it
/// says. A ledger that has rows each month shows it.
fn is_supplement(office: &Spoilable, file: usize) -> bool {
    let tables = |file: usize| (0..office.files[file].pages.len()).filter_map(move |page| office.table((file, page)));
    let others: Vec<&str> = (0..office.files.len())
        .filter(|other| *other != file)
        .flat_map(tables)
        .map(|table| table.id.as_str())
        .collect();
    tables(file).any(|table| table.dense != Some(Dense::Month) && others.contains(&table.id.as_str()))
}

/// `台账（1）.xlsx`
fn saved_again(name: &str) -> String {
    format!("{}（1）.xlsx", name.rsplit_once('.').unwrap().0)
}

fn as_csv(book: &BookFile, folder: &Path) -> Vec<PathBuf> {
    let stem = book.name.rsplit_once('.').unwrap().0;
    let write = |page: &Page| {
        let path = folder.join(format!("{stem}-{}.csv", page.name));
        page.write_csv(&path);
        path
    };
    book.pages.iter().map(write).collect()
}
