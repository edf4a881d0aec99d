//! What the sheets, rows and cells of a run are called. Everything else keeps addresses, and asks here to print them.

use std::sync::Arc;

use crate::model::{CellRef, Masked, RowRef, column_letters, sheet_prefix};

/// The file and name of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetName {
    pub path: String,
    pub sheet: String,
}

/// The names of all sheets of a run, in the order that [`RowRef::sheet`] counts. Cloning shares them.
#[derive(Clone, Debug, Default)]
pub struct SheetNames {
    names: Arc<[SheetName]>,
    prefixes: Arc<[Masked]>,
}

impl SheetNames {
    pub fn new(names: Vec<SheetName>) -> SheetNames {
        let prefixes = names.iter().map(|name| sheet_prefix(&name.path, &name.sheet).into()).collect();
        SheetNames { names: names.into(), prefixes }
    }

    pub fn get(&self, sheet: u32) -> Option<&SheetName> {
        self.names.get(sheet as usize)
    }

    /// `活动台账.xlsx!活动台账!` for each sheet: what its cells are called before their column and row.
    pub fn prefixes(&self) -> Arc<[Masked]> {
        Arc::clone(&self.prefixes)
    }

    /// `活动台账.xlsx!活动台账!B17`; empty where the sheet is none of the run.
    pub fn cell(&self, at: CellRef) -> String {
        match self.prefixes.get(at.row.sheet as usize) {
            Some(prefix) => format!("{prefix}{}{}", column_letters(at.column), at.row.row),
            None => String::new(),
        }
    }

    /// What a row is called among those of its table: `教研员花名册第5行`, with its file where that is wanted.
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
