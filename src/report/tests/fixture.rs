//! A small audit by hand, and ways to read a written workbook back.

use std::io::{Cursor, Read};
use std::sync::Arc;

use calamine::{Data, Reader, Xlsx};
use jiff::civil::date;
use rust_decimal::Decimal;

use crate::audit::Audit;
use crate::dictionary::Dictionary;
use crate::model::{
    Amount, Assessment, BoundEnds, BoundValue, CellRef, Copy, CopyRow, Evidence, Finding, Input, Issue, IssueKind,
    LedgerCoverage, ManualCheck, Obligation, PackStamp, Period, Question, RawText, RowRef, Sheet, Subject, Verdict,
    Window, cell_text, sheet_prefix,
};
use crate::pack::{Pack, built_in};
use crate::report::sheet::BookWriter;

pub(crate) const IDENTITY: &str = "11010519491231002X";
pub(crate) const PHONE: &str = "13812341234";
const AS_OF: jiff::civil::Date = date(2023, 12, 31);
const LEDGER: &str = "台账/活动台账.xlsx";

/// The tables and words of all fixtures.
pub(crate) fn dictionary() -> &'static Dictionary {
    Dictionary::built_in()
}

pub(crate) fn packs() -> Vec<Pack> {
    built_in("jiangmen-2022", dictionary()).into_iter().collect()
}

/// A finding of a rule of the pack, with the rule's clause, unit and window.
pub(crate) fn finding(rule: &str, name: &str, verdict: Verdict) -> Finding {
    let packs = packs();
    let rule = packs[0].rule(rule).unwrap();
    let period = Period::Calendar(2023);
    let table = dictionary().table(rule.each).id.clone();
    let institution = if table == "staff" { "江门市教育研究院" } else { name };
    Finding {
        pack: "jiangmen-2022".to_string(),
        rule: rule.id.clone(),
        clause: rule.clause.clone(),
        obligation: rule.obligation,
        subject: Subject { table, id: None, name: name.into(), institution: institution.into(), place: None },
        window: period.windows(rule.per, AS_OF, &Default::default()).remove(0),
        verdict,
        actual: None,
        bound: None,
        gap: None,
        unit: rule.unit.clone(),
        reason: "".into(),
        details: Vec::new(),
        evidence: Evidence::default(),
    }
}

/// A finding of an amount that must reach a floor.
pub(crate) fn amount(rule: &str, person: (&str, &str), actual: i64, floor: i64) -> Finding {
    let verdict = if actual >= floor { Verdict::Met } else { Verdict::Unmet };
    let mut finding = finding(rule, person.1, verdict);
    let (actual, floor) = (Decimal::from(actual), Decimal::from(floor));
    finding.subject.id = Some(person.0.into());
    finding.actual = Some(Some(Amount::exactly(actual)));
    finding.bound = Some(BoundValue::AtLeast { floor: BoundEnds::exactly(floor), tolerance: None, aim: None });
    finding.gap = (actual < floor).then(|| floor - actual);
    let unit = &finding.unit;
    finding.reason = match finding.gap {
        Some(gap) => format!("应不少于{floor}{unit}，实际{actual}{unit}，差{gap}{unit}").into(),
        None => format!("应不少于{floor}{unit}，实际{actual}{unit}").into(),
    };
    finding
}

/// Evidence in rows of the ledger's column B.
pub(crate) fn evidence(rows: &[u32], count: u32) -> Evidence {
    let at: Vec<CellRef> = rows.iter().map(|row| cell(*row, 1)).collect();
    Evidence { rows: count, at, doubtful: 1, sheets: [sheet_prefix(LEDGER, "活动台账").into()].into() }
}

pub(crate) fn cell(row: u32, column: u32) -> CellRef {
    RowRef { sheet: 0, row }.cell(column)
}

pub(crate) fn issue(at: CellRef, kind: IssueKind, text: &str, message: &str) -> Issue {
    let cell = cell_text(LEDGER, "活动台账", at);
    Issue { at, cell: cell.into(), kind, text: text.into(), message: message.into() }
}

/// Two people and one institution: gaps, a note, something to check, defects in the data.
pub(crate) fn audit() -> Audit {
    let mut visits = amount("visit-days", ("T001", "张三"), 52, 60);
    visits.evidence = evidence(&[5, 6, 7, 9], 52);
    let mut lessons = finding("lessons-observed", "李四", Verdict::Review);
    lessons.actual = Some(Some(Amount { low: Decimal::from(55), high: Some(Decimal::from(61)) }));
    lessons.bound = visits.bound;
    lessons.reason = "有6节的日期无法识别，算与不算结论不同".into();
    lessons.evidence = evidence(&[8], 30);
    let mut bases = amount("research-bases", ("", "江门市教育研究院"), 40, 100);
    bases.subject.id = None;
    let mut coverage = finding("subject-coverage", "江门市教育研究院", Verdict::Unmet);
    coverage.actual = Some(Some(Amount::exactly(Decimal::TWO)));
    coverage.bound = Some(BoundValue::Equals(BoundEnds::exactly(Decimal::ZERO)));
    coverage.gap = Some(Decimal::TWO);
    coverage.reason = "缺2个".into();
    coverage.details = vec!["小学科学".into(), "高中地理".into()];
    let findings = vec![
        coverage,
        visits,
        amount("visit-days", ("T002", "李四"), 20, 60),
        amount("visit-days", ("T003", "王五"), 60, 60),
        lessons,
        bases,
        finding("entry", "王五", Verdict::NotApplicable),
    ];
    let issues = vec![
        issue(
            cell(8, 0),
            IssueKind::UnreadableDate,
            "2023.13",
            "日期无法识别，这一行可能算也可能不算；请改成 2023-10-13 的样子",
        ),
        issue(cell(5, 1), IssueKind::UnknownWord, IDENTITY, &format!("联系人{PHONE}不是教研员")),
        issue(cell(30, 2), IssueKind::BlankRequired, "", "姓名为空"),
    ];
    let mut audit = assemble(findings, issues, copy());
    audit.assessment.questions = vec![question()];
    let ledger = |institution: Option<&str>| LedgerCoverage {
        table: "activities".to_string(),
        institution: institution.map(Into::into),
        rows: 811,
        first: jiff::civil::date(2023, 1, 9),
        last: AS_OF,
        months_without_rows: vec!["2023-03".to_string()],
    };
    audit.assessment.coverage = vec![ledger(None), ledger(Some("江门市教育研究院"))];
    audit
}

/// What the lessons of 李四 wait for.
fn question() -> Question {
    Question {
        ask: "“活动台账”的“日期”有1格没有填，或者不能确定（写着“2023.13”）".into(),
        answer: "对照原始材料补填或更正所列单元格".into(),
        frees: 1,
        concerns: 1,
        cells: vec![cell_text(LEDGER, "活动台账", cell(8, 0)).into()],
        lines: vec!["covers.\"活动台账\" = \"2023-03..2023-03\"".into()],
        at: vec![cell(8, 0)],
        findings: vec![4],
    }
}

/// An audit of these findings over one ledger.
pub(crate) fn assemble(findings: Vec<Finding>, issues: Vec<Issue>, copy: Copy) -> Audit {
    let sheet = Sheet {
        name: "活动台账".into(),
        table: Some("activities".to_string()),
        rows: 812,
        used: 810,
        partly: 1,
        unused: 1,
        header_row: Some(2),
    };
    let input =
        Input { path: LEDGER.into(), sha256: "a1".repeat(32), sheets: vec![sheet], notes: vec!["编码为GBK".into()] };
    let pack = packs().remove(0);
    let manual = pack.clauses.iter().filter_map(|clause| {
        let ask = clause.ask.clone()?;
        Some(ManualCheck { pack: pack.id.clone(), clause: clause.id.clone(), ask })
    });
    let assessment = Assessment {
        schema: Assessment::SCHEMA,
        tool: "jiaoyan 0.1.0".to_string(),
        period: "2023".to_string(),
        as_of: AS_OF,
        packs: vec![PackStamp { id: pack.id.clone(), sha256: pack.sha256.clone() }],
        inputs: vec![input],
        findings,
        manual: manual.collect(),
        issues,
        coverage: Vec::new(),
        questions: Vec::new(),
    };
    Audit {
        assessment,
        copies: vec![copy],
        notes: vec!["没有指定核查年度，取最近结束的2023年".into()],
        people: 3,
        issue_counts: Default::default(),
        traces: Vec::new(),
        readings: vec!["没有“离岗日期”一列的，按都还在教研员岗位处理".to_string()],
        passed_over: Vec::new(),
        coverage: Default::default(),
    }
}

/// The ledger: a title, a header, and rows with what clerks put into cells.
fn copy() -> Copy {
    let text = |text: &str| RawText::Text(Arc::from(text));
    let row = |number: u32, cells: Vec<RawText>| CopyRow { number, cells: (0..).zip(cells).collect() };
    let mut rows = vec![
        row(1, vec![text("江门市教育研究院2023年活动台账（按登记先后，含下校指导、听评课、公开课等）")]),
        row(2, ["日期", "姓名", "身份证号", "电话", "主题"].map(text).to_vec()),
        row(
            5,
            vec![RawText::Date(45170.0), text("张三"), text(IDENTITY), RawText::Number(13_812_341_234.0), text("=1+1")],
        ),
        row(6, vec![RawText::Number(1.5), text("张三"), RawText::Number(1.1010519491231e17), RawText::Flag(true)]),
        row(8, vec![text("2023.13"), text("李四"), RawText::Broken, text("@说明"), text("-5")]),
    ];
    rows.push(row(9, vec![RawText::Date(45171.0), text("张三")]));
    Copy { rows, uncopied: Vec::new(), shortened: true, withheld: 0 }
}

/// What one sheet of a workbook holds, cell by cell as text.
pub(crate) fn rows(workbook: &[u8], sheet: &str) -> Vec<Vec<String>> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(workbook)).unwrap();
    let range = workbook.worksheet_range(sheet).unwrap();
    range.rows().map(|row| row.iter().map(Data::to_string).collect()).collect()
}

/// The rows of one page that is written on its own.
pub(crate) fn page_rows(sheet: &str, write: impl FnOnce(&mut BookWriter)) -> Vec<Vec<String>> {
    let mut book = BookWriter::default();
    write(&mut book);
    rows(&book.workbook.save_to_buffer().unwrap(), sheet)
}

/// The parts of a workbook by name.
pub(crate) fn parts(workbook: &[u8]) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(workbook)).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut part = archive.by_index(at).unwrap();
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            (part.name().unwrap().to_string(), text)
        })
        .collect()
}

/// A term's or week's window in place of the year's.
pub(crate) fn windowed(mut finding: Finding, window: Window) -> Finding {
    finding.window = window;
    finding
}

/// A finding that the document does not insist on.
pub(crate) fn encouraged(mut finding: Finding) -> Finding {
    finding.obligation = Obligation::Encouraged;
    finding
}
