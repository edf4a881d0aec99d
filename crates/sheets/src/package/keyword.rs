//! Finds a keyword in the properties of an xlsx package, by which its writer may know it again whatever it is called.

use std::fs::File;
use std::io::{BufReader, Read, Seek};
use std::path::Path;

use memchr::memmem;

use super::parts;

/// Whether a file is a package that has the keyword in its properties.
pub fn has_keyword(path: &Path, keyword: &str) -> bool {
    let mut magic = [0; 2];
    File::open(path).is_ok_and(|mut file| {
        file.read_exact(&mut magic).is_ok()
            && magic == *b"PK"
            && file.rewind().is_ok()
            && package_has(BufReader::new(file), keyword)
    })
}

/// Whether a package has the keyword in its properties.
pub(crate) fn package_has(file: impl Read + Seek, keyword: &str) -> bool {
    let properties = parts::part(file, "docprops/core.xml", parts::SMALL_PART).ok().flatten();
    properties.is_some_and(|xml| memmem::find(&xml, keyword.as_bytes()).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Fault, OpenOptions, Workbook};
    use rust_xlsxwriter::DocProperties;

    #[test]
    fn a_package_is_known_by_its_keyword_and_refused_if_that_was_asked_for() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let write = |name: &str, keyword: &str| {
            let mut book = rust_xlsxwriter::Workbook::new();
            book.set_properties(&DocProperties::new().set_keywords(keyword));
            book.add_worksheet();
            let path = folder.path().join(name);
            book.save(&path).expect("a workbook");
            path
        };
        let (own, other) = (write("own.xlsx", "written-by-us"), write("other.xlsx", "台账"));
        assert!(has_keyword(&own, "written-by-us") && !has_keyword(&other, "written-by-us"));
        let options = || OpenOptions { refused_keyword: Some("written-by-us"), ..OpenOptions::default() };
        let fault = Workbook::open_with(&own, options()).err().map(|error| error.fault().clone());
        assert_eq!(fault, Some(Fault::RefusedKeyword));
        assert!(Workbook::open_with(&other, options()).is_ok() && Workbook::open(&own).is_ok());
    }
}
