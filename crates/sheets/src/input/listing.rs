//! The list of a file's sheets, and the remarks that opening the file gave rise to.

use std::collections::HashSet;

use crate::error::Fault;
use crate::remark::Remark;

/// A worksheet's name, and whether the workbook hides it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetInfo {
    pub name: String,
    pub hidden: bool,
}

/// What a file says of its sheets, and what we say of the file.
#[derive(Debug, Default)]
pub(crate) struct Listing {
    pub sheets: Vec<SheetInfo>,
    pub remarks: Vec<Remark>,
}

impl Listing {
    /// Takes up the next sheet of the workbook; only worksheets are read.
    pub(crate) fn add(&mut self, name: &str, worksheet: bool, hidden: bool) {
        if !worksheet {
            self.remarks.push(Remark::NotAWorksheet { sheet: name.to_owned() });
            return;
        }
        if hidden {
            self.remarks.push(Remark::HiddenSheet { sheet: name.to_owned() });
        }
        let name = name.to_owned();
        self.sheets.push(SheetInfo { name, hidden });
    }

    /// Remarks that a sheet has hidden rows or columns.
    pub(crate) fn hides_rows(&mut self, name: &str) {
        self.remarks.push(Remark::HiddenRows { sheet: name.to_owned() });
    }

    /// Parsers find a sheet by its name, so of two sheets of one name the second would never be read.
    pub(crate) fn check(&self) -> Result<(), Fault> {
        let mut seen = HashSet::new();
        match self.sheets.iter().find(|sheet| !seen.insert(&sheet.name)) {
            Some(sheet) => Err(Fault::SheetTwice { sheet: sheet.name.clone() }),
            None => Ok(()),
        }
    }
}
