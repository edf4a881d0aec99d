//! What the sheets, rows and cells of a run are called. Everything else keeps addresses, and asks here to print them.

use std::sync::Arc;

use crate::model::{CellRef, Masked, RowRef, column_letters, sheet_prefix};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetName {
    pub path: String,
    pub sheet: String,
}

impl SheetName {
    /// The name of its file, without its folders and its ending.
    pub fn file(&self) -> &str {
        let file = self.path.rsplit(['/', '\\']).next().unwrap_or_default();
        file.rsplit_once('.').map_or(file, |(stem, _)| stem)
    }
}

/// The names of all sheets of a run, in the order that [`RowRef::sheet`] counts. Cloning shares them.
#[derive(Clone, Debug, Default)]
pub struct SheetNames {
    names: Arc<[SheetName]>,
    prefixes: Arc<[Masked]>,
    /// How many folders, from the outermost, all of its files are in.
    shared: usize,
}

impl SheetNames {
    pub fn new(names: Vec<SheetName>) -> SheetNames {
        let prefixes = names.iter().map(|name| sheet_prefix(&name.path, &name.sheet).into()).collect();
        let folders: Vec<Vec<&str>> = names.iter().map(|name| folders_of(&name.path).collect()).collect();
        let is_shared = |at: &usize| {
            let first = folders.first().and_then(|folders| folders.get(*at));
            first.is_some() && folders.iter().all(|folders| folders.get(*at) == first)
        };
        let shared = (0..).take_while(is_shared).count();
        SheetNames { names: names.into(), prefixes, shared }
    }

    pub fn get(&self, sheet: u32) -> Option<&SheetName> {
        self.names.get(sheet as usize)
    }

    /// The folders of a sheet's file that not all files are in, the innermost first: what they are called says of the sheet what
    /// the name of its file may say.
    pub fn folders(&self, sheet: u32) -> Vec<&str> {
        let mut own: Vec<&str> =
            self.get(sheet).into_iter().flat_map(|name| folders_of(&name.path)).skip(self.shared).collect();
        own.reverse();
        own
    }

    /// `《台账.xlsx》的工作表“签到”`
    pub fn called(&self, sheet: u32) -> Option<String> {
        let name = self.get(sheet)?;
        let file = name.path.rsplit(['/', '\\']).next().unwrap_or_default();
        Some(format!("《{file}》的工作表“{}”", name.sheet))
    }

    /// `活动台账.xlsx!活动台账!` for each sheet: what its cells are called before their column and row.
    pub fn prefixes(&self) -> Arc<[Masked]> {
        Arc::clone(&self.prefixes)
    }

    /// `活动台账.xlsx!活动台账!B17`; empty if the run has no such sheet.
    pub fn cell(&self, at: CellRef) -> String {
        match self.prefixes.get(at.row.sheet as usize) {
            Some(prefix) => format!("{prefix}{}{}", column_letters(at.column), at.row.row),
            None => String::new(),
        }
    }

    /// What a row is called among those of its table: `教研员花名册第5行`, with its file if that is wanted.
    pub fn row(&self, at: RowRef, with_file: bool) -> String {
        match self.get(at.sheet) {
            Some(name) if with_file => {
                let file = name.path.rsplit(['/', '\\']).next().unwrap_or_default();
                format!("《{file}》{}第{}行", name.sheet, at.row)
            }
            Some(name) => format!("{}第{}行", name.sheet, at.row),
            None => format!("第{}行", at.row),
        }
    }
}

/// The folders of a path, from the outermost, whatever system it was written on.
fn folders_of(path: &str) -> impl Iterator<Item = &str> {
    let around = path.rfind(['/', '\\']).map_or("", |at| &path[..at]);
    around.split(['/', '\\'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folders_that_not_all_files_are_in_say_something() {
        let name = |path: &str| SheetName { path: path.to_string(), sheet: "一".to_string() };
        let names = SheetNames::new(["/局/2023/花名册.xlsx", "/局/2023/数学组/王建国/台账.xlsx"].map(name).to_vec());
        assert!(names.folders(0).is_empty());
        assert_eq!(names.folders(1), ["王建国", "数学组"]);
        let alone = SheetNames::new(vec![name("/局/王建国/台账.xlsx")]);
        assert!(alone.folders(0).is_empty());
    }
}
