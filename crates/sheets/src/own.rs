//! Recognises the reports of this program, whatever they are called: read as a ledger, the copies of the input sheets in
//! one would count every row twice.

use std::fs::File;
use std::io::{BufReader, Read, Seek};
use std::path::Path;

use memchr::memmem;

use super::gate;

/// The keyword that the report writes into its properties.
pub const REPORT_KEYWORD: &str = "jiaoyan-report";

/// Whether a package carries the keyword of our reports.
pub(super) fn is_report(file: impl Read + Seek) -> bool {
    let properties = gate::part(file, "docprops/core.xml", gate::SMALL_PART).ok().flatten();
    properties.is_some_and(|xml| memmem::find(&xml, REPORT_KEYWORD.as_bytes()).is_some())
}

/// Whether a file is one of our reports.
pub(super) fn is_report_file(path: &Path) -> bool {
    let mut magic = [0; 2];
    File::open(path).is_ok_and(|mut file| {
        file.read_exact(&mut magic).is_ok()
            && magic == *b"PK"
            && file.rewind().is_ok()
            && is_report(BufReader::new(file))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_xlsxwriter::{DocProperties, Workbook};

    #[test]
    fn a_report_is_known_by_its_keyword_and_not_by_its_name() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let write = |name: &str, keyword: &str| {
            let mut book = Workbook::new();
            book.set_properties(&DocProperties::new().set_keywords(keyword));
            book.add_worksheet();
            let path = folder.path().join(name);
            book.save(&path).expect("a workbook");
            path
        };
        let (report, ledger) = (write("活动台账.xlsx", REPORT_KEYWORD), write("报告.xlsx", "台账"));
        assert!(is_report_file(&report) && !is_report_file(&ledger));
        let fault = super::super::Workbook::open(&report).err().map(|error| error.fault().clone());
        assert_eq!(fault, Some(super::super::Fault::OwnReport));
        assert!(super::super::Workbook::open(&ledger).is_ok());
    }
}
