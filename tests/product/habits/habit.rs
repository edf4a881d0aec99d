//! A habit: the workbook, and what must come out.

use std::collections::{BTreeMap, BTreeSet};

use jiaoyan::audit::{self, Audit, Settings, Silent};
use jiaoyan::dictionary::{Columns, Dictionary, calendar};
use jiaoyan::evaluate::Confirmed;
use jiaoyan::model::{Amount, Finding, Period, Verdict};
use jiaoyan::pack;
use jiff::civil::{Date, date};
use serde::Deserialize;

use super::book;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HabitFile {
    /// Sheets that several habits have, by their names.
    #[serde(default)]
    pub shared: BTreeMap<String, String>,
    pub habit: Vec<Habit>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Habit {
    /// What offices do, in a sentence.
    name: String,
    #[serde(default = "jiangmen")]
    pack: String,
    period: Option<String>,
    as_of: Option<toml::value::Datetime>,
    level: Option<String>,
    /// 校历, as its file would have it.
    calendar: Option<String>,
    /// The office's headers and answers, as the file of `--columns` would have them.
    columns: Option<String>,
    /// The names of shared sheets that it has too.
    #[serde(default)]
    with: Vec<String>,
    #[serde(default)]
    sheets: BTreeMap<String, String>,
    /// By `rule subject`, `rule subject@institution` or `rule subject@@window`: the verdict with its amount or without, `!met` for any other one, `-` for
    /// no finding.
    #[serde(default)]
    expect: BTreeMap<String, String>,
    /// What questions, issues and notes say, each a part of one.
    #[serde(default)]
    asks: Vec<String>,
    /// What stands nowhere in the result.
    #[serde(default)]
    never: Vec<String>,
    /// Why no audit can be run.
    refused: Option<String>,
    /// The office says that its ledgers are whole, so that their months without rows matter not.
    #[serde(default)]
    whole: bool,
    /// It does not come out so yet. A habit that does must not say this.
    #[serde(default)]
    open: bool,
}

fn jiangmen() -> String {
    "jiangmen-2022".to_string()
}

impl Habit {
    /// What does not come out as written, each with the habit's name.
    pub fn wrong(&self, shared: &BTreeMap<String, String>) -> Vec<String> {
        let mut sheets = self.sheets.clone();
        for name in &self.with {
            sheets.entry(name.clone()).or_insert_with(|| shared[name].clone());
        }
        let folder = tempfile::tempdir().unwrap();
        book::write(folder.path(), &sheets);
        let wrong = match audit::run(&self.settings(folder.path()), Dictionary::built_in(), &Silent) {
            Ok(audit) => self.differences(&audit),
            Err(error) => match &self.refused {
                Some(part) if error.to_string().contains(part) => Vec::new(),
                Some(_) | None => vec![error.to_string()],
            },
        };
        match (self.open, wrong.is_empty()) {
            (true, true) => vec![format!("{}: mended, so it is not open any more", self.name)],
            (true, false) => Vec::new(),
            (false, _) => wrong.into_iter().map(|text| format!("{}: {text}", self.name)).collect(),
        }
    }

    fn settings(&self, folder: &std::path::Path) -> Settings {
        let period = self.period.as_deref().unwrap_or("2023");
        let day = |day: &toml::value::Datetime| -> Date { day.to_string().parse().unwrap() };
        Settings {
            inputs: vec![folder.to_path_buf()],
            packs: vec![pack::built_in(&self.pack, Dictionary::built_in()).unwrap()],
            period: (!period.is_empty()).then(|| Period::parse(period).unwrap()),
            as_of: self.as_of.as_ref().map(day),
            level: self.level.clone(),
            institution: None,
            columns: self.columns.as_ref().map(|text| self.columns_of(text)).unwrap_or_default(),
            calendar: self.calendar.as_ref().map(|text| calendar::parse("校历", text).unwrap()).unwrap_or_default(),
            whole_copies: false,
            confirmed: if self.whole { Confirmed::All } else { Confirmed::default() },
            threads: 1,
            encoding: None,
            today: date(2024, 12, 31),
        }
    }

    fn columns_of(&self, text: &str) -> Columns {
        Columns::parse("表头.toml", text, Dictionary::built_in())
            .unwrap_or_else(|found| panic!("{}: {found:?}", self.name))
    }

    fn differences(&self, audit: &Audit) -> Vec<String> {
        let mut wrong = Vec::new();
        if let Some(part) = &self.refused {
            wrong.push(format!("an audit is run, and nothing says {part}"));
        }
        for (of, expected) in &self.expect {
            let (rule, subject) = of.split_once(' ').unwrap();
            let (subject, window) =
                subject.split_once("@@").map_or((subject, None), |(subject, window)| (subject, Some(window)));
            let (subject, institution) =
                subject.split_once('@').map_or((subject, None), |(subject, institution)| (subject, Some(institution)));
            let is_of = |finding: &&Finding| {
                finding.rule == rule
                    && finding.subject.name == subject
                    && institution.is_none_or(|institution| finding.subject.institution == institution)
                    && window.is_none_or(|window| finding.window.label == window)
            };
            let found: Vec<&Finding> = audit.assessment.findings.iter().filter(is_of).collect();
            if found.is_empty() && expected != "-" {
                wrong.push(format!("{of}: no finding"));
            }
            let differing = found.into_iter().filter(|finding| !is_as(finding, expected));
            wrong.extend(differing.map(|finding| format!("{of}: {} ({})", shown(finding), finding.reason)));
        }
        wrong.extend(unasked(audit));
        let json = serde_json::to_string(&audit.assessment).unwrap();
        let said = || audit.notes.iter().map(ToString::to_string).chain([json.replace("\\\"", "\"")]);
        wrong.extend(self.asks.iter().filter(|part| !said().any(|text| text.contains(*part))).map(|part| {
            let issues = audit.assessment.issues.iter().map(|issue| format!("\n    {}", issue.message));
            format!("nothing says {part}{}", issues.collect::<String>())
        }));
        wrong.extend(self.never.iter().filter(|part| json.contains(*part)).map(|part| format!("it says {part}")));
        wrong
    }
}

/// Findings that are 待核 and no question asks about.
fn unasked(audit: &Audit) -> Vec<String> {
    let asked: BTreeSet<u32> = audit.assessment.questions.iter().flat_map(|q| q.findings.iter().copied()).collect();
    let open = (0..).zip(&audit.assessment.findings).filter(|(_, finding)| finding.verdict == Verdict::Review);
    let unasked = open.filter(|(place, _)| !asked.contains(place));
    unasked.map(|(_, finding)| format!("no question asks about {} {}", finding.rule, finding.subject.name)).collect()
}

fn is_as(finding: &Finding, expected: &str) -> bool {
    let (shown, verdict) = (shown(finding), finding.verdict.id());
    match expected.strip_prefix('!') {
        Some(other) => verdict != other,
        None => shown == expected || verdict == expected,
    }
}

/// `met 90`, `review 80..`, `unmet 3..4`, `review` where nothing could be computed.
fn shown(finding: &Finding) -> String {
    let verdict = finding.verdict.id();
    match finding.actual.flatten() {
        None => verdict.to_string(),
        Some(Amount { low, high: None }) => format!("{verdict} {}..", low.normalize()),
        Some(Amount { low, high: Some(high) }) if low == high => format!("{verdict} {}", low.normalize()),
        Some(Amount { low, high: Some(high) }) => format!("{verdict} {}..{}", low.normalize(), high.normalize()),
    }
}
