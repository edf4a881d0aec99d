//! A small office of a town, as tables of text, that meets every requirement of jiangmen-2022 that applies to it.
//! Tests change it and look at what the audit makes of the change.

#![allow(dead_code, reason = "each test file uses its own part of the office")]

pub mod examples;
pub mod same;

use std::fs;
use std::path::{Path, PathBuf};

use jiaoyan::audit::{self, Audit, Settings, Silent};
use jiaoyan::dictionary::Dictionary;
use jiaoyan::evaluate::Confirmed;
use jiaoyan::model::{Amount, Finding, Period};
use jiaoyan::pack;
use proptest::test_runner::Config as ProptestConfig;
use rust_decimal::Decimal;
use rust_xlsxwriter::{Workbook, Worksheet};

/// Rows of cells; the first row is the header.
pub type Table = Vec<Vec<String>>;

/// The tables of an office by the names of their sheets.
#[derive(Clone, Debug)]
pub struct Office {
    pub tables: Vec<(String, Table)>,
}

pub fn table(rows: &[&[&str]]) -> Table {
    rows.iter().map(|row| row.iter().map(ToString::to_string).collect()).collect()
}

/// As many random offices, of which one that fails is made smaller for a while only: each is a whole audit.
pub fn offices(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, max_shrink_iters: 60, failure_persistence: None, ..ProptestConfig::default() }
}

impl Office {
    /// 林青 is full-time: 80 days and 80 lessons in eight stays at 望汐小学, five lectures, 90 hours. 何田 is part-time: 90 hours.
    pub fn small() -> Office {
        let roster = table(&[
            &["工号", "姓名", "单位", "层级", "专兼职", "任教研员日期", "在编", "在岗"],
            &["Z1", "林青", "望汐镇教研室", "镇街", "专职", "2021-09-01", "是", "是"],
            &["Z2", "何田", "望汐镇教研室", "镇街", "兼职", "2022-09-01", "否", "是"],
        ]);
        let mut activities = table(&[&["日期", "结束日期", "工号", "姓名", "类型", "级别", "天数", "节数", "学校"]]);
        for month in 2..=9 {
            let (first, last) = (format!("2023-{month:02}-01"), format!("2023-{month:02}-10"));
            activities.extend(table(&[&[&first, &last, "Z1", "林青", "听评课", "", "10", "10", "望汐小学"]]));
        }
        for day in 1..=5 {
            // The last of them in December: a month of teaching without a row proves nothing.
            let date = format!("2023-{}-{day:02}", if day == 5 { 12 } else { 10 });
            activities.extend(table(&[&[&date, "", "Z1", "林青", "专题讲座", "县级", "", "", ""]]));
        }
        activities.extend(table(&[&["2023-11-01", "", "Z1", "林青", "课题立项", "", "", "", ""]]));
        let training = table(&[
            &["日期", "工号", "姓名", "培训名称", "学时"],
            &["2023-03-06", "Z1", "林青", "新课标研修", "60"],
            &["2023-07-10", "Z1", "林青", "命题培训", "30"],
            &["2023-07-10", "Z2", "何田", "命题培训", "90"],
        ]);
        let schools = table(&[&["学校", "城乡", "薄弱"], &["望汐小学", "乡村", "否"], &["望汐中学", "城镇", "否"]]);
        let contacts = table(&[&["工号", "姓名", "学校", "开始日期"], &["Z1", "林青", "望汐小学", "2022-09-01"]]);
        let figures = table(&[&["单位", "年度", "项目", "数值"], &["望汐镇教研室", "2023", "教研经费纳入预算", "是"]]);
        let postings = table(&[
            &["工号", "姓名", "学校", "岗位", "开始日期", "结束日期"],
            &["Z2", "何田", "望汐中学", "备课组长", "2020-09-01", "2021-08-31"],
        ]);
        let named = [
            ("教研员花名册", roster),
            ("活动台账", activities),
            ("培训台账", training),
            ("学校名单", schools),
            ("联系学校", contacts),
            ("年度数据", figures),
            ("到校任教经历", postings),
        ];
        Office { tables: named.into_iter().map(|(name, rows)| (name.to_string(), rows)).collect() }
    }

    pub fn table(&mut self, name: &str) -> &mut Table {
        &mut self.tables.iter_mut().find(|(sheet, _)| sheet == name).expect("a table of the office").1
    }

    pub fn without(mut self, name: &str) -> Office {
        self.tables.retain(|(sheet, _)| sheet != name);
        self
    }

    /// One csv file a table.
    pub fn write_csv(&self, folder: &Path) -> Vec<PathBuf> {
        let write = |(name, rows): &(String, Table)| {
            let path = folder.join(format!("{name}.csv"));
            fs::write(&path, csv(rows)).unwrap();
            path
        };
        self.tables.iter().map(write).collect()
    }

    /// One workbook with a sheet a table, all cells text.
    pub fn write_xlsx(&self, path: &Path) {
        self.write_xlsx_with(path, |_, sheet, rows| write_text(sheet, rows, 0));
    }

    /// One workbook; the closure writes each sheet by its name.
    pub fn write_xlsx_with(&self, path: &Path, write: impl Fn(&str, &mut Worksheet, &Table)) {
        let mut book = Workbook::new();
        for (name, rows) in &self.tables {
            let sheet = book.add_worksheet().set_name(name).unwrap();
            write(name, sheet, rows);
        }
        book.save(path).unwrap();
    }

    /// What the audit of 2023 finds, read from csv files.
    pub fn audit(&self) -> Audit {
        let folder = tempfile::tempdir().unwrap();
        audit_of(&self.write_csv(folder.path()))
    }
}

pub fn csv(rows: &Table) -> String {
    let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
    let line = |row: &Vec<String>| row.iter().map(quoted).collect::<Vec<_>>().join(",") + "\r\n";
    rows.iter().map(line).collect()
}

/// Writes rows as text, the first of them below `skip` rows.
pub fn write_text(sheet: &mut Worksheet, rows: &Table, skip: u32) {
    for (row, cells) in (skip..).zip(rows) {
        for (column, cell) in (0..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            sheet.write_string(row, column, cell).unwrap();
        }
    }
}

pub fn settings(inputs: &[PathBuf]) -> Settings {
    Settings {
        inputs: inputs.to_vec(),
        packs: vec![pack::built_in("jiangmen-2022", Dictionary::built_in()).unwrap()],
        period: Some(Period::Calendar(2023)),
        as_of: None,
        level: None,
        institution: None,
        columns: Default::default(),
        calendar: Default::default(),
        whole_copies: false,
        // These offices are small: what their months without rows prove is told by the habits.
        confirmed: Confirmed::All,
        threads: 2,
        encoding: None,
        today: jiff::civil::date(2024, 3, 1),
    }
}

pub fn audit_of(inputs: &[PathBuf]) -> Audit {
    audit::run(&settings(inputs), Dictionary::built_in(), &Silent).unwrap()
}

/// What a finding says, apart from where it stands: the same for the same records in any layout.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    pub rule: String,
    pub subject: String,
    pub window: String,
    pub verdict: String,
    pub actual: Option<Option<Amount>>,
    pub gap: Option<Decimal>,
    pub details: Vec<String>,
}

pub fn said(findings: &[Finding]) -> Vec<Said> {
    let one = |finding: &Finding| Said {
        rule: finding.rule.clone(),
        subject: finding.subject.name.to_string(),
        window: finding.window.label.clone(),
        verdict: finding.verdict.id().to_string(),
        actual: finding.actual,
        gap: finding.gap,
        details: finding.details.iter().map(ToString::to_string).collect(),
    };
    findings.iter().map(one).collect()
}

/// The only finding of a rule about a subject.
pub fn finding<'a>(audit: &'a Audit, rule: &str, subject: &str) -> &'a Finding {
    let of = |finding: &&Finding| finding.rule == rule && finding.subject.name == subject;
    let found: Vec<&Finding> = audit.assessment.findings.iter().filter(of).collect();
    let [only] = found.as_slice() else { panic!("{} findings of {rule} about {subject}", found.len()) };
    only
}

/// A verdict with its amount: `met 90`, `review 80..`, `unmet 89.9`.
pub fn verdict(audit: &Audit, rule: &str, subject: &str) -> String {
    let finding = finding(audit, rule, subject);
    let amount = match finding.actual.flatten() {
        None => String::new(),
        Some(Amount { low, high: None }) => format!(" {}..", low.normalize()),
        Some(Amount { low, high: Some(high) }) if low == high => format!(" {}", low.normalize()),
        Some(Amount { low, high: Some(high) }) => format!(" {}..{}", low.normalize(), high.normalize()),
    };
    format!("{}{amount}", finding.verdict.id())
}
