//! A whole audit of arbitrary sheets with a built-in pack: it ends, its rows add up, it is the same twice, and its
//! report can be written.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::fs;

use jiaoyan::audit::{self, Audit, Settings, Silent};
use jiaoyan::dictionary::Dictionary;
use jiaoyan::model::Period;
use jiaoyan::pack::{self, Pack};
use jiaoyan::report::{self, Report};

use super::ledger;

/// Checks sheets in the form of [`ledger`]. The first line holds a pack, an audit year and a level, as in
/// `jiangmen-2022 2023 县级`; what cannot be read there has a default.
pub fn check(text: &str) {
    with_settings(text, |settings| {
        if let Some(audit) = audited(settings) {
            check_report(&audit, &settings.packs);
        }
    });
}

/// Writes the sheets to a file and hands on what they are audited with.
pub fn with_settings(text: &str, audit: impl FnOnce(&mut Settings)) {
    let Some((head, bytes)) = ledger::workbook(text) else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("台账.xlsx");
    fs::write(&path, bytes).expect("a file");
    let words: Vec<&str> = head.split_whitespace().collect();
    let id = words.iter().find_map(|word| pack::built_in_ids().find(|id| id == word)).unwrap_or("jiangmen-2022");
    SETTINGS.with_borrow_mut(|settings| {
        let settings = settings.entry(id).or_insert_with(|| settings_of(id));
        settings.inputs = vec![path];
        let of_year = words.iter().find_map(|word| Period::parse(word).ok());
        settings.period = Some(of_year.unwrap_or(Period::Calendar(2023)));
        let level = words.iter().find(|word| ["市级", "县级", "镇街"].contains(word));
        settings.level = level.map(ToString::to_string);
        audit(settings);
    });
}

thread_local! {
    /// By pack, because parsing one takes longer than most audits.
    static SETTINGS: RefCell<HashMap<&'static str, Settings>> = RefCell::default();
}

fn settings_of(id: &str) -> Settings {
    let mut settings = crate::office::settings(&[]);
    settings.packs = pack::built_in(id, Dictionary::built_in()).into_iter().collect();
    settings
}

/// Runs an audit twice and checks what must hold of it; nothing comes out where it cannot be run.
pub fn audited(settings: &Settings) -> Option<Audit> {
    let audit = match audit::run(settings, Dictionary::built_in(), &Silent) {
        Ok(audit) => audit,
        Err(error) => {
            assert!(!error.to_string().is_empty());
            return None;
        }
    };
    let json = report::json(&audit.assessment).expect("JSON");
    check_rows(&audit);
    let again = audit::run(settings, Dictionary::built_in(), &Silent).expect("what was read once");
    assert_eq!(json, report::json(&again.assessment).expect("JSON"), "a second run differs");
    Some(audit)
}

/// The report can be written, and shown on a narrow screen.
fn check_report(audit: &Audit, packs: &[Pack]) {
    let report = Report { audit, packs, dictionary: Dictionary::built_in(), options: &[] };
    assert!(!report::terminal(&report, Some(80)).is_empty());
    let written = report::workbook(&report).expect("a report");
    assert!(written.bytes.starts_with(b"PK"));
}

/// Each row is used, partly used or left out, and of what is not used wholly an issue tells. A long list of issues is
/// cut, and then says how long it is.
fn check_rows(audit: &Audit) {
    let sheets = audit.assessment.inputs.iter().flat_map(|input| &input.sheets);
    for (number, sheet) in (0_u32..).zip(sheets) {
        assert_eq!(sheet.rows, sheet.used + sheet.partly + sheet.unused, "rows of {}", sheet.name);
        let issues = audit.assessment.issues.iter().filter(|issue| issue.at.row.sheet == number);
        let told: BTreeSet<u32> = issues.map(|issue| issue.at.row.row).collect();
        // One issue tells of a sheet that is not read.
        let owed = if sheet.table.is_some() { (sheet.partly + sheet.unused) as usize } else { 0 };
        assert!(told.len() >= owed.min(100), "{owed} rows of {} are not whole, told {told:?}", sheet.name);
    }
}
