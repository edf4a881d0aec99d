//! 用例: small tables in, verdicts out, in the words of the domain. They run through the same evaluation as files.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::reading::InputBook;
use super::settings::{AuditScope, TraceFilter, level_word};
use super::{AuditError, Silent, run};
use crate::dictionary::{Columns, Dictionary, Form, Node, calendar, read_toml};
use crate::evaluate::{Confirmed, When};
use crate::intake::Defaults;
use crate::model::{BoundValue, Calendar, Diagnostic, Finding, Period, Verdict, plain};
use crate::pack::Pack;

#[derive(Debug)]
pub struct PackCase {
    pub rule: String,
    pub name: String,
    pub line: usize,
    period: Period,
    as_of: Option<Date>,
    level: Option<String>,
    calendar: Calendar,
    /// Whether the ledgers prove nothing for the months without rows: most cases are too small for that.
    gaps_count: bool,
    tables: Vec<(String, Vec<Vec<String>>)>,
    expect: Vec<ExpectedFinding>,
}

/// What a case expects of a subject, in one window or in all.
#[derive(Debug, Default)]
struct ExpectedFinding {
    subject: String,
    window: Option<String>,
    verdict: String,
    low: Option<Decimal>,
    /// The inner option is none for an open upper end.
    high: Option<Option<Decimal>>,
    gap: Option<Decimal>,
    /// 力求: it decides nothing, so only a case that names it can tell when it is wrong.
    aim: Option<Decimal>,
    details: Option<Vec<String>>,
}

/// Reads a case file.
///
/// # Errors
/// All defects of the file, in the order of their places.
pub fn parse(file: &str, text: &str, pack: &Pack) -> Result<Vec<PackCase>, Vec<Diagnostic>> {
    read_toml(file, text, |form| {
        let cases = form.forms("case").into_iter().map(|form| case(form, pack)).collect();
        form.finish();
        cases
    })
}

fn case(form: Form<'_, '_>, pack: &Pack) -> PackCase {
    let rule = form.required_text("rule");
    if pack.rule(&rule.value).is_none() {
        let message = format!("规则包 {} 没有规则 {}", pack.id, rule.value);
        form.source().defect(rule.span, message, "请改正 rule");
    }
    let period = form.text("period").map(|period| {
        Period::parse(&period.value)
            .map_err(|error| form.source().defect(period.span, error.to_string(), "例如 \"2023\""))
    });
    let case = PackCase {
        rule: rule.value,
        name: form.required_text("name").value,
        line: Diagnostic::new("", form.source().text, form.span(), String::new(), String::new()).line,
        period: period.and_then(Result::ok).unwrap_or(Period::Calendar(2023)),
        as_of: form.date("as-of"),
        level: form.text("level").map(|level| level.value),
        calendar: form.form("calendar").map(calendar::read).unwrap_or_default(),
        gaps_count: form.flag("gaps-count").unwrap_or(false),
        tables: form.form("tables").map(tables).unwrap_or_default(),
        expect: form.form("expect").map(expect).unwrap_or_default(),
    };
    form.finish();
    case
}

/// Tables by sheet name: a line a row, cells parted by `|`.
fn tables(form: Form<'_, '_>) -> Vec<(String, Vec<Vec<String>>)> {
    let table = |(name, node): (crate::dictionary::At<String>, Node<'_>)| {
        let text = node.text(form.source(), &name.value)?.value;
        let row = |line: &str| line.split('|').map(|cell| cell.trim().to_string()).collect();
        Some((name.value, text.lines().filter(|line| !line.trim().is_empty()).map(row).collect()))
    };
    form.entries().into_iter().filter_map(table).collect()
}

fn expect(form: Form<'_, '_>) -> Vec<ExpectedFinding> {
    form.entries().into_iter().map(|(key, node)| expected(&form, &key.value, node)).collect()
}

fn expected(form: &Form<'_, '_>, key: &str, node: Node<'_>) -> ExpectedFinding {
    let (subject, window) = match key.split_once("@@") {
        Some((subject, window)) => (subject.to_string(), Some(window.to_string())),
        None => (key.to_string(), None),
    };
    let mut expected = ExpectedFinding { subject, window, ..ExpectedFinding::default() };
    if let Some(verdict) = node.value.as_str() {
        expected.verdict = verdict.to_string();
    } else if let Some(inner) = node.form(form.source(), key) {
        expected.verdict = inner.required_text("verdict").value;
        expected.low = inner.number("low");
        expected.high = inner.node("high").map(|high| high.as_number());
        expected.gap = inner.number("gap");
        expected.aim = inner.number("aim");
        expected.details = inner.has("details").then(|| inner.strings("details"));
        inner.finish();
    }
    if !Verdict::ALL.iter().any(|verdict| verdict.id() == expected.verdict) {
        let ids = Verdict::ALL.map(Verdict::id).join("、");
        form.source().defect(node.span(), format!("不认识的结论“{}”", expected.verdict), format!("可以写：{ids}"));
    }
    expected
}

impl PackCase {
    /// What does not come out as expected, in words; nothing when the case holds.
    ///
    /// # Errors
    /// When the tables of the case cannot be audited at all.
    pub fn run(&self, pack: &Pack, dictionary: &Dictionary) -> Result<Vec<String>, AuditError> {
        let level = self.level.as_deref().map(|level| level_word(dictionary, level)).transpose()?;
        let as_of = self.as_of.unwrap_or(self.period.end());
        let confirmed = if self.gaps_count { Confirmed::default() } else { Confirmed::All };
        let scope = AuditScope {
            dictionary,
            packs: std::slice::from_ref(pack),
            when: When { period: self.period, as_of, calendar: self.calendar.clone(), confirmed },
            defaults: Defaults { level, institution: None },
            columns: &Columns::default(),
            whole_copies: false,
            threads: 1,
            trace: TraceFilter::Nobody,
            reads_on: false,
            timeless: false,
        };
        let books: Vec<InputBook> = self.tables.iter().map(|(name, rows)| InputBook::table(name, rows)).collect();
        let audit = run::assess(&books, &scope, &Silent)?;
        let findings: Vec<&Finding> = audit.assessment.findings.iter().filter(|f| f.rule == self.rule).collect();
        Ok(self.differences(&findings))
    }

    fn differences(&self, findings: &[&Finding]) -> Vec<String> {
        let mut differences = Vec::new();
        let mut answered = vec![false; findings.len()];
        for expected in &self.expect {
            let mut any = false;
            // An entry for a window goes before the one for all of them.
            let taken = |finding: &Finding| {
                expected.window.is_none()
                    && self.expect.iter().any(|other| other.window.is_some() && other.is_of(finding))
            };
            let of = |finding: &Finding| expected.is_of(finding) && !taken(finding);
            for (place, finding) in findings.iter().enumerate().filter(|(_, finding)| of(finding)) {
                (any, answered[place]) = (true, true);
                differences.extend(expected.difference(finding));
            }
            if !any {
                differences.push(format!("没有关于“{}”的结论", expected.name()));
            }
        }
        let unanswered = findings.iter().zip(answered).filter(|(_, answered)| !answered);
        differences.extend(unanswered.map(|(finding, _)| format!("没有预期，却有结论：{}", shown(finding))));
        differences
    }
}

impl ExpectedFinding {
    fn name(&self) -> String {
        match &self.window {
            Some(window) => format!("{}@@{window}", self.subject),
            None => self.subject.clone(),
        }
    }

    fn is_of(&self, finding: &Finding) -> bool {
        let subject = &finding.subject;
        let named = subject.name == self.subject || format!("{}@{}", subject.name, subject.institution) == self.subject;
        named && self.window.as_ref().is_none_or(|window| *window == finding.window.label)
    }

    fn difference(&self, finding: &Finding) -> Option<String> {
        let actual = finding.actual.flatten();
        let low = self.low.is_none_or(|low| actual.is_some_and(|amount| amount.low == low));
        let high = self.high.is_none_or(|high| actual.is_some_and(|amount| amount.high == high));
        let gap = self.gap.is_none_or(|gap| finding.gap == Some(gap));
        let aim = self.aim.is_none_or(|aim| aim_of(finding) == Some(aim));
        let details = self.details.as_ref().is_none_or(|details| finding.details == *details);
        let same = finding.verdict.id() == self.verdict && low && high && gap && aim && details;
        (!same).then(|| format!("预期 {}；得到 {}", self.shown(), shown(finding)))
    }

    fn shown(&self) -> String {
        let part = |name: &str, value: Option<Decimal>| value.map(|value| format!("，{name}{}", plain(value)));
        let (low, high) = match (self.low, self.high) {
            (Some(low), Some(Some(high))) if low == high => (part("实际", Some(low)), None),
            (low, Some(None)) => (part("至少", low), Some("，没有上限".to_string())),
            (low, high) => (part("至少", low), part("至多", high.flatten())),
        };
        let details = self.details.as_ref().map(|details| format!("，具体为“{}”", details.join("、")));
        let extras = [low, high, part("差", self.gap), part("力求", self.aim), details];
        let verdict = Verdict::ALL.into_iter().find(|verdict| verdict.id() == self.verdict).map_or("", Verdict::label);
        format!("{} {verdict}{}", self.name(), extras.into_iter().flatten().collect::<String>())
    }
}

fn aim_of(finding: &Finding) -> Option<Decimal> {
    match finding.bound? {
        BoundValue::AtLeast { aim, .. } => aim,
        BoundValue::AtMost { .. } | BoundValue::Equals(_) | BoundValue::Is(_) | BoundValue::About { .. } => None,
    }
}

fn shown(finding: &Finding) -> String {
    let actual = finding.actual.flatten().map(|amount| format!("，实际{}", amount.text()));
    let gap = finding.gap.map(|gap| format!("，差{}", plain(gap)));
    let aim = aim_of(finding).map(|aim| format!("，力求{}", plain(aim)));
    let details = Some(&finding.details).filter(|details| !details.is_empty());
    let details = details.map(|details| format!("，具体为“{}”", details.join("、")));
    let reason = Some(&finding.reason).filter(|reason| !reason.is_empty()).map(|reason| format!("（{reason}）"));
    let extras: String = [actual, gap, aim, details, reason].into_iter().flatten().collect();
    format!("{}@@{} {}{extras}", finding.subject.name, finding.window.label, finding.verdict.label())
}
