//! The annotated copies, read back: the added column, the links both ways, what is left out and what says so.

use std::sync::Arc;

use super::*;
use crate::audit::Audit;
use crate::model::{Copy, CopyRow, Input, IssueKind, RawText, Sheet};

const COPY: &str = "原表1 活动台账";

fn report_of(audit: &Audit) -> Vec<u8> {
    workbook(&Report { audit, packs: &fixture::packs(), dictionary: fixture::dictionary(), options: &[] })
        .unwrap()
        .bytes
}

/// The report of the fixture, whose copy has all rows that its sheet had.
pub(super) fn with_whole_copy() -> Vec<u8> {
    let mut audit = fixture::audit();
    audit.copies[0].shortened = false;
    report_of(&audit)
}

fn text(text: &str) -> RawText {
    RawText::Text(Arc::from(text))
}

/// The XML of a sheet by its name.
fn xml(workbook: &[u8], sheet: &str) -> String {
    let names: Vec<String> = Xlsx::new(std::io::Cursor::new(workbook)).map(|book: Xlsx<_>| book.sheet_names()).unwrap();
    let number = names.iter().position(|name| name == sheet).unwrap() + 1;
    let part = format!("xl/worksheets/sheet{number}.xml");
    fixture::parts(workbook).into_iter().find(|(name, _)| *name == part).unwrap().1
}

/// The links of a sheet: from where, to where.
fn links(workbook: &[u8], sheet: &str) -> Vec<(String, String)> {
    let xml = xml(workbook, sheet);
    let attribute = |link: &str, name: &str| {
        let value = link.split(&format!("{name}=\"")).nth(1).and_then(|rest| rest.split('"').next());
        value.unwrap_or_default().replace("&apos;", "'").replace("&amp;", "&")
    };
    xml.split("<hyperlink ").skip(1).map(|link| (attribute(link, "ref"), attribute(link, "location"))).collect()
}

fn pair(from: &str, to: &str) -> (String, String) {
    (from.to_string(), to.to_string())
}

#[test]
fn a_column_is_added_that_says_in_the_words_of_the_lists_what_each_row_drove() {
    let copy = rows(&with_whole_copy(), COPY);
    let said = opinions(&copy);
    let gap = "问题2023-003 深入学校开展教学指导天数（二(四)14）：张三，应不少于60天，实际52天，差8天";
    assert_eq!(
        said,
        [
            (2, "核查意见"),
            (5, format!("B5 用词无法识别：联系人138****1234不是教研员\n{gap}").as_str()),
            (6, gap),
            (7, gap),
            (
                8,
                "A8 日期无法识别：日期无法识别，这一行可能算也可能不算；请改成 2023-10-13 的样子\n待核1 听课评课节数（二(四)14）：李四，有6节的日期无法识别，算与不算结论不同"
            ),
            (9, gap),
            (30, "C30 必填项为空：姓名为空"),
        ]
    );
}

/// What the added column says, by row.
fn opinions(copy: &[Vec<String>]) -> Vec<(usize, &str)> {
    let said = (1..).zip(copy).filter_map(|(number, row)| Some((number, row.get(5)?.as_str())));
    said.filter(|(_, said)| !said.is_empty()).collect()
}

#[test]
fn of_rows_that_a_shortened_copy_does_not_keep_only_what_is_wrong_with_them_is_said() {
    let written = written();
    let copy = rows(&written, COPY);
    let said: Vec<usize> = opinions(&copy).into_iter().map(|(row, _)| row).collect();
    // Neither is kept: row 7, which a finding names, and row 30, which has an issue.
    assert_eq!(said, [2, 5, 6, 8, 9, 30]);
    assert_eq!(opinions(&copy)[0].1, "核查意见\n（本表行数较多，只保留表头、有问题的行和依据的前几行）");
    // Rows that are not kept are hidden; those of a whole copy are there.
    let hides = |workbook: &[u8]| xml(workbook, COPY).contains("zeroHeight=\"1\"");
    assert!(hides(&written) && !hides(&with_whole_copy()));
    let parts = fixture::parts(&written);
    let (_, notes) = parts.iter().find(|(name, _)| name.starts_with("xl/comments")).unwrap();
    let at: Vec<&str> = notes.split("<comment ref=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(at, ["A1", "B5", "B6", "A8", "B8", "B9", "C30"]);
    assert!(
        notes.contains("行号与原表相同，其余的行不显示，意见见各清单；读完全表才发现问题的行只写意见，内容请看原表。")
    );
}

#[test]
fn the_lists_lead_to_the_first_cell_and_the_copy_leads_back() {
    let written = with_whole_copy();
    let gaps = rows(&written, "问题清单");
    let place = |sheet: &[Vec<String>], what: &str| {
        sheet.iter().position(|row| row.iter().any(|cell| cell == what)).unwrap() + 1
    };
    let (gap, review) = (place(&gaps, "2023-003"), place(&rows(&written, "待核事项"), "李四"));
    assert_eq!(links(&written, "问题清单"), [pair(&format!("B{gap}"), "'原表1 活动台账'!B5")]);
    assert_eq!(links(&written, "待核事项"), [pair(&format!("A{review}"), "'原表1 活动台账'!B8")]);
    let issues = rows(&written, "数据问题");
    let issue = |cell: &str| place(&issues, cell);
    // Row 30 is blank in the input and stands in no row of the copy: a link would lead nowhere.
    assert_eq!(
        links(&written, "数据问题"),
        [
            pair(&format!("E{}", issue("A8")), "'原表1 活动台账'!A8"),
            pair(&format!("E{}", issue("B5")), "'原表1 活动台账'!B5"),
        ]
    );
    let back = |row: usize, page: &str, to: usize| pair(&format!("G{row}"), &format!("'{page}'!A{to}"));
    assert_eq!(
        links(&written, COPY),
        [
            back(5, "问题清单", gap),
            back(6, "问题清单", gap),
            back(7, "问题清单", gap),
            back(8, "待核事项", review),
            back(9, "问题清单", gap),
            back(30, "数据问题", issue("C30")),
        ]
    );
}

#[test]
fn a_finding_whose_rows_are_not_in_the_copy_leads_nowhere() {
    let mut audit = fixture::audit();
    audit.copies[0].rows.retain(|row| row.number < 5);
    let written = report_of(&audit);
    for sheet in ["问题清单", "待核事项", "数据问题"] {
        assert_eq!(links(&written, sheet), [], "{sheet}");
    }
}

#[test]
fn what_the_audit_does_not_read_is_named_at_its_header_and_not_copied() {
    let mut audit = fixture::audit();
    let row = |number: u32, cells: Vec<(u32, &str)>| CopyRow {
        number,
        cells: cells.into_iter().map(|(column, cell)| (column, text(cell))).collect(),
    };
    let head = vec![(0, "日期"), (1, "家庭住址"), (2, "姓名")];
    let rows_kept = vec![row(2, head), row(5, vec![(0, "2023-09-01"), (2, "张三")])];
    audit.copies[0] = Copy { rows: rows_kept, uncopied: vec![1, 4], shortened: false, withheld: 0 };
    let copy = rows(&report_of(&audit), COPY);
    // The range begins at the first row with content; E has no header but something below it, so the added columns are F and G.
    assert_eq!(
        copy[0],
        [
            "日期",
            "家庭住址\n（本列与核查无关，未复制）",
            "姓名",
            "",
            "（本列没有表头，未复制）",
            "核查意见",
            "对应清单"
        ]
    );
    let first = copy.iter().find(|row| row[2] == "张三").unwrap();
    assert_eq!((first[0].as_str(), first[1].as_str(), first[4].as_str()), ("2023-09-01", "", ""));
}

#[test]
fn a_sheet_of_which_no_row_is_kept_gets_no_page_and_the_copies_are_numbered_without_it() {
    let mut audit = fixture::audit();
    let own = audit.assessment.inputs.remove(0);
    let page = Sheet { name: "填写说明".into(), ..Sheet::default() };
    let before = Input { path: "模板.xlsx".into(), sheets: vec![page], ..own.clone() };
    audit.assessment.inputs = vec![before, own];
    audit.copies.insert(0, Copy::default());
    let written = report_of(&audit);
    let names: Vec<String> = Xlsx::new(std::io::Cursor::new(&written)).map(|book: Xlsx<_>| book.sheet_names()).unwrap();
    let copies: Vec<&String> = names.iter().filter(|name| name.starts_with("原表")).collect();
    assert_eq!(copies, [COPY]);
}

#[test]
fn a_sheet_whose_columns_are_all_taken_gets_no_added_column_and_keeps_its_cells() {
    let mut audit = fixture::audit();
    audit.assessment.issues.clear();
    let cells = vec![(0, text("日期")), (16_383, text("姓名"))];
    audit.copies[0] = Copy { rows: vec![CopyRow { number: 2, cells }], ..Copy::default() };
    let copy = rows(&report_of(&audit), COPY);
    assert_eq!((copy[0].len(), copy[0][0].as_str(), copy[0][16_383].as_str()), (16_384, "日期", "姓名"));
}

#[test]
fn no_sheet_holds_more_links_than_a_spreadsheet_program_opens() {
    let mut audit = fixture::audit();
    let issue = audit.assessment.issues[0].clone();
    let cells = |_| vec![(0, text("2023.13"))];
    let numbers = 1..=66_000_u32;
    let head = CopyRow { number: 2, cells: vec![(0, text("日期"))] };
    let below = numbers.clone().skip(2).map(|number| CopyRow { number, cells: cells(number) });
    audit.copies[0] = Copy { rows: std::iter::once(head).chain(below).collect(), ..Copy::default() };
    audit.assessment.findings.clear();
    audit.assessment.issues = numbers
        .skip(2)
        .map(|row| {
            let mut issue = issue.clone();
            (issue.at.row.row, issue.kind) = (row, IssueKind::UnreadableDate);
            issue
        })
        .collect();
    let written = report_of(&audit);
    for sheet in ["数据问题", COPY] {
        let xml = xml(&written, sheet);
        assert_eq!(xml.matches("<hyperlink ").count(), 65_530, "{sheet}");
    }
    assert_eq!(rows(&written, COPY).last().unwrap()[1].split('：').next(), Some("A66000 日期无法识别"));
}
