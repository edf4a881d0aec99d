//! The findings as csv, a line each, for spreadsheets and for other engines: the same columns for every run.

use rust_decimal::Decimal;

use super::index::{Entry, Index};
use super::{Report, ReportError, phrases};
use crate::model::{mask, plain};

/// What spreadsheets know UTF-8 by; without it they read Chinese csv as GBK.
const MARK: &str = "\u{feff}";

const HEADS: [&str; 24] = [
    "规则包",
    "文号",
    "条款",
    "督导内容",
    "规则",
    "核查内容",
    "强度",
    "单位",
    "对象类别",
    "对象编号",
    "对象",
    "周期",
    "开始日期",
    "结束日期",
    "结论",
    "实际下限",
    "实际上限",
    "标准",
    "差额",
    "计量单位",
    "说明",
    "缺项",
    "依据行数",
    "依据单元格",
];

/// The findings of an audit as UTF-8 with its mark, lines ended as in RFC 4180. No field begins like a formula.
///
/// # Errors
/// The lines cannot be put together.
pub fn csv(report: &Report) -> Result<String, ReportError> {
    let index = Index::new(report);
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(MARK.as_bytes().to_vec());
    writer.write_record(HEADS).map_err(|_| ReportError::Csv)?;
    for entry in &index.entries {
        writer.write_record(record(entry)).map_err(|_| ReportError::Csv)?;
    }
    let bytes = writer.into_inner().map_err(|_| ReportError::Csv)?;
    String::from_utf8(bytes).map_err(|_| ReportError::Csv)
}

fn record(entry: &Entry) -> [String; HEADS.len()] {
    let finding = entry.finding;
    let (subject, window) = (&finding.subject, &finding.window);
    let text = |text: &str| safe(&mask(text));
    let number = |number: Option<Decimal>| number.map(plain).unwrap_or_default();
    let actual = finding.actual.flatten();
    let clause = entry.pack.and_then(|pack| pack.clause(&finding.clause));
    [
        text(&finding.pack),
        text(entry.pack.and_then(|pack| pack.number.as_deref()).unwrap_or_default()),
        text(&finding.clause),
        text(clause.map_or("", |clause| clause.heading.as_str())),
        text(&finding.rule),
        text(entry.title()),
        text(finding.obligation.label()),
        text(&subject.institution),
        text(&subject.table),
        text(subject.id.as_deref().unwrap_or_default()),
        text(&subject.name),
        text(&window.label),
        window.start.to_string(),
        window.end.to_string(),
        text(phrases::verdict(finding.verdict, entry.claims())),
        number(actual.map(|amount| amount.low)),
        number(actual.and_then(|amount| amount.high)),
        text(&phrases::standard(entry)),
        number(finding.gap),
        text(&finding.unit),
        text(&finding.reason),
        text(&finding.details.join("、")),
        finding.evidence.rows.to_string(),
        text(&finding.evidence.cells.join("\n")),
    ]
}

/// A text that a spreadsheet would take for a formula gets the `'` that makes it a text.
fn safe(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;

    #[test]
    fn each_finding_is_a_line_with_all_columns_and_its_figures() {
        let mut audit = fixture::audit();
        audit.assessment.findings[1].subject.name = "=1+1".to_string();
        audit.assessment.findings[1].details = vec!["联系13812341234".to_string()];
        let packs = fixture::packs();
        let text = csv(&Report { audit: &audit, packs: &packs, options: &[] }).unwrap();
        assert!(text.starts_with("\u{feff}规则包,文号,条款,"));
        let bare = text.trim_start_matches('\u{feff}');
        let mut reader = csv::Reader::from_reader(bare.as_bytes());
        assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>(), HEADS);
        let lines: Vec<Vec<String>> =
            reader.records().map(|line| line.unwrap().iter().map(str::to_string).collect()).collect();
        assert_eq!(lines.len(), audit.assessment.findings.len());
        let visits = lines.iter().find(|line| line[10] == "'=1+1").expect("the line that begins like a formula");
        assert_eq!(visits[14..20], ["未达标", "52", "52", "不少于60天", "8", "天"].map(str::to_string));
        assert_eq!(visits[21], "联系138****1234");
        let review = lines.iter().find(|line| line[14] == "待核").expect("the line to be checked");
        assert_eq!(review[15..17], ["55", "61"].map(str::to_string));
    }
}
