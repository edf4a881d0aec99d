//! A whole audit of arbitrary sheets with a built-in pack: it ends, its rows add up, it is the same twice, and its
//! report can be written.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use jiaoyan::audit::{self, Audit, Settings, Silent};
use jiaoyan::dictionary::Dictionary;
use jiaoyan::model::Period;
use jiaoyan::pack::{self, Pack};
use jiaoyan::report::{self, Report};

use super::ledger;

/// Checks sheets in the form of [`ledger`]. The first line holds a pack, an audit year and a level, as in
/// `jiangmen-2022 2023 县级`; what cannot be read there has a default.
pub fn check(text: &str) {
    let Some((head, bytes)) = ledger::workbook(text) else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("台账.xlsx");
    fs::write(&path, bytes).expect("a file");
    audited(&settings(head, &path));
}

/// Runs an audit twice, writes its report, and checks what must hold of both.
pub fn audited(settings: &Settings) {
    let audit = match audit::run(settings, &Silent) {
        Ok(audit) => audit,
        Err(error) => return assert!(!error.to_string().is_empty()),
    };
    let json = report::json(&audit.assessment).expect("JSON");
    check_rows(&audit);
    let again = audit::run(settings, &Silent).expect("what was read once");
    assert_eq!(json, report::json(&again.assessment).expect("JSON"), "a second run differs");
    let report = Report { audit: &audit, packs: &settings.packs, options: &[] };
    assert!(!report::terminal(&report, Some(80)).is_empty());
    let written = report::workbook(&report).expect("a report");
    assert!(written.starts_with(b"PK"));
}

pub fn settings(head: &str, path: &Path) -> Settings {
    let words: Vec<&str> = head.split_whitespace().collect();
    let of_year = words.iter().find_map(|word| Period::parse(word).ok());
    let level = words.iter().find(|word| ["市级", "县级", "镇街"].contains(word));
    Settings {
        inputs: vec![path.to_path_buf()],
        packs: vec![words.iter().find_map(|id| built_in(id)).or_else(|| built_in("jiangmen-2022")).expect("a pack")],
        period: Some(of_year.unwrap_or(Period::Calendar(2023))),
        as_of: None,
        level: level.map(ToString::to_string),
        institution: None,
        calendar: Default::default(),
        today: jiff::civil::date(2024, 3, 1),
    }
}

fn built_in(id: &str) -> Option<Pack> {
    pack::built_in(id, Dictionary::built_in())
}

/// Each row is used, partly used or left out, and of what is not used wholly an issue tells. A long list of issues is
/// cut, and then says how long it is.
fn check_rows(audit: &Audit) {
    let sheets = audit.assessment.inputs.iter().flat_map(|input| &input.sheets);
    for (number, sheet) in (0_u32..).zip(sheets) {
        assert_eq!(sheet.rows, sheet.used + sheet.partly + sheet.unused, "rows of {}", sheet.name);
        let issues = audit.assessment.issues.iter().filter(|issue| issue.at.row.sheet == number);
        let told: BTreeSet<u32> = issues.map(|issue| issue.at.row.row).collect();
        let owed = (sheet.partly + sheet.unused) as usize;
        assert!(told.len() >= owed.min(100), "{owed} rows of {} are not whole, told {told:?}", sheet.name);
    }
}
