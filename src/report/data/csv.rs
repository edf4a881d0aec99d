//! The findings as csv, a line each, for spreadsheets and for other engines: the same columns for every run.

use rust_decimal::Decimal;

use crate::model::plain;
use crate::report::error::ReportError;
use crate::report::findings::{Index, RuledFinding, phrases};
use crate::report::source::{OfficeName, Report};

/// What spreadsheets know UTF-8 by; without it they read Chinese csv as GBK.
const MARK: &str = "\u{feff}";

const HEADS: &str = "地区,报送单位,核查年度,数据截至,规则包,文号,条款,督导内容,规则,核查内容,强度,单位,对象类别,对象编号,\
    对象,周期,开始日期,结束日期,结论,实际下限,实际上限,标准,差额,计量单位,说明,缺项,依据行数,依据单元格";

/// The findings of an audit of an office as UTF-8 with its mark, lines ended as in RFC 4180. No field begins like a formula.
pub fn csv(report: &Report, place: OfficeName) -> Result<String, ReportError> {
    let index = Index::new(report);
    let assessment = index.assessment();
    let [area, office, period] = [&*place.area, &*place.office, assessment.period.as_str()].map(text);
    let run = [area, office, period, assessment.as_of.to_string()];
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(MARK.as_bytes().to_vec());
    writer.write_record(HEADS.split(',')).map_err(|_| ReportError::Csv)?;
    for entry in &index.entries {
        writer.write_record(run.iter().chain(&record(entry))).map_err(|_| ReportError::Csv)?;
    }
    let bytes = writer.into_inner().map_err(|_| ReportError::Csv)?;
    String::from_utf8(bytes).map_err(|_| ReportError::Csv)
}

fn record(entry: &RuledFinding) -> [String; 24] {
    let finding = entry.finding;
    let (subject, window) = (&finding.subject, &finding.window);
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
        text(&finding.evidence.lines()),
    ]
}

/// A text that a spreadsheet would take for a formula gets the `'` that makes it a text.
fn text(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tests::fixture;

    /// The head and the lines of a csv, by their columns.
    fn read(text: &str) -> (Vec<String>, Vec<Vec<String>>) {
        assert!(text.starts_with("\u{feff}地区,报送单位,核查年度,数据截至,规则包,文号,条款,"));
        let mut reader = csv::Reader::from_reader(text.trim_start_matches(MARK).as_bytes());
        let head = reader.headers().unwrap().iter().map(str::to_string).collect();
        (head, reader.records().map(|line| line.unwrap().iter().map(str::to_string).collect()).collect())
    }

    #[test]
    fn each_finding_is_a_line_with_all_columns_and_its_figures() {
        let mut audit = fixture::audit();
        audit.assessment.findings[1].subject.name = "=1+1".into();
        audit.assessment.findings[1].details = vec!["联系13812341234".into()];
        let packs = fixture::packs();
        let report = Report { audit: &audit, packs: &packs, dictionary: fixture::dictionary(), options: &[] };
        let (head, lines) = read(&csv(&report, OfficeName::default()).unwrap());
        assert_eq!(head, HEADS.split(',').collect::<Vec<_>>());
        assert_eq!(lines.len(), audit.assessment.findings.len());
        let visits = lines.iter().find(|line| line[14] == "'=1+1").expect("the line that begins like a formula");
        assert_eq!(visits[..5], ["", "", "2023", "2023-12-31", "jiangmen-2022"]);
        assert_eq!(visits[18..24], ["未达标", "52", "52", "不少于60天", "8", "天"].map(str::to_string));
        assert_eq!(visits[25], "联系138****1234");
        let review = lines.iter().find(|line| line[18] == "待核").expect("the line to be checked");
        assert_eq!(review[19..21], ["55", "61"].map(str::to_string));
    }

    #[test]
    fn of_many_offices_each_line_says_which_one_it_is_of_and_no_folder_makes_a_formula() {
        let (audit, packs) = (fixture::audit(), fixture::packs());
        let report = Report { audit: &audit, packs: &packs, dictionary: fixture::dictionary(), options: &[] };
        let (head, lines) =
            read(&csv(&report, OfficeName { area: "=广东省".into(), office: "江门市13812341234".into() }).unwrap());
        assert_eq!(head, HEADS.split(',').collect::<Vec<_>>());
        assert_eq!(lines.len(), audit.assessment.findings.len());
        for line in lines {
            assert_eq!(line[..4], ["'=广东省", "江门市138****1234", "2023", "2023-12-31"]);
        }
    }
}
