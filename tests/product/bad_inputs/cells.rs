//! Rows 14, 15 and 27: numbers, dates and texts as clerks leave them in cells.

use calamine::{Reader, Xlsx};

use super::desk::{Desk, verdict};
use crate::packages::{package, rows, texts, with_parts};

/// What training-hours finds of 林青, whose first course has these hours and whose second has 30; and the issues.
fn hours(written: &str) -> (String, Vec<String>) {
    let desk = Desk::office(|office| office.table("培训台账")[1][4] = written.to_string());
    (verdict(&desk.json(&["台账"]), "training-hours", "林青"), desk.issues(&["台账"]))
}

fn issue(kind: &str) -> Vec<String> {
    vec![format!("培训台账.csv!培训台账!E2 {kind}")]
}

#[test]
fn row_14_a_number_is_read_where_the_reading_is_sure() {
    for sure in ["60", "６０", "60学时", " 60 ", "\u{a0}60\u{a0}", "\u{3000}60", "60.0", "６０ 学时"] {
        assert_eq!(hours(sure), ("met 90".to_string(), Vec::new()), "{sure}");
    }
    assert_eq!(hours("约60"), ("review 30..".to_string(), issue("approximate-number")));
    // At least so many: what that proves is proven, and no more.
    for at_least in ["60+", "60余"] {
        assert_eq!(hours(at_least), ("met 90..".to_string(), issue("approximate-number")), "{at_least}");
    }
    assert_eq!(hours("59+"), ("review 89..".to_string(), issue("approximate-number")));
    for unreadable in ["待补", "6O", "六十几节课"] {
        let (verdict, issues) = hours(unreadable);
        assert_eq!(verdict, "review 30..", "{unreadable}");
        assert_eq!(issues.len(), 1, "{unreadable}");
    }
}

#[test]
fn row_14_half_a_day_is_half_a_day() {
    let desk = Desk::office(|office| office.table("活动台账")[1][6] = "半天".to_string());
    // Its dates say ten days: what contradicts them is a range.
    assert_eq!(verdict(&desk.json(&["台账"]), "visit-days", "林青"), "review 70.5..80");
    assert_eq!(desk.issues(&["台账"]), [""; 0]);
}

/// The same for a course whose date is written so.
fn dated(written: &str) -> (String, Vec<String>) {
    let desk = Desk::office(|office| office.table("培训台账")[1][0] = written.to_string());
    (verdict(&desk.json(&["台账"]), "training-hours", "林青"), desk.issues(&["台账"]))
}

#[test]
fn row_15_a_date_in_text_is_read_where_it_is_sure() {
    for sure in
        ["2023-03-06", "2023/3/6", "2023.3.6", "2023年3月6日", "20230306", "2023年3月", "2023.10", "２０２３-03-06"]
    {
        assert_eq!(dated(sure), ("met 90".to_string(), Vec::new()), "{sure}");
    }
    // In another year it counts for that one.
    assert_eq!(dated("2022-12-31"), ("unmet 30".to_string(), Vec::new()));
    for wrong in ["2023-02-30", "2023-13-01", "待定"] {
        let expected = vec!["培训台账.csv!培训台账!A2 unreadable-date".to_string()];
        assert_eq!(dated(wrong), ("review 30..90".to_string(), expected), "{wrong}");
    }
}

/// An office whose 培训台账 is a workbook with this cell as the date of the first course; 1904 dates if asked for.
fn with_date_cell(cell: &str, epoch_1904: bool) -> Desk {
    let desk = Desk::office(|office| *office = office.clone().without("培训台账"));
    let mut table = texts(&[
        &["日期", "工号", "姓名", "培训名称", "学时"],
        &["", "Z1", "林青", "研修", "60"],
        &["2023-07-10", "Z1", "林青", "研修", "30"],
        &["2023-07-10", "Z2", "何田", "研修", "90"],
    ]);
    table[1].insert(0, cell.to_string());
    let styles = b"<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>";
    let sheet = rows(&table);
    let bytes = with_parts(&[("培训台账", &sheet)], &[("xl/styles.xml", styles)]);
    desk.put("台账/培训.xlsx", if epoch_1904 { in_1904(&bytes) } else { bytes });
    desk
}

/// The package, said to count its days from 1904.
fn in_1904(bytes: &[u8]) -> Vec<u8> {
    let mut parts = Vec::new();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut part, &mut text).unwrap();
        if name == "xl/workbook.xml" {
            text = text.replace("<sheets>", "<workbookPr date1904=\"1\"/><sheets>");
        }
        parts.push((name, text));
    }
    let parts: Vec<_> = parts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    package(&parts)
}

#[test]
fn row_15_a_date_in_a_cell_is_read_in_its_own_system() {
    let outcome = |desk: &Desk| (verdict(&desk.json(&["台账"]), "training-hours", "林青"), desk.issues(&["台账"]));
    let date = |serial: &str| format!("<c r=\"A2\" s=\"1\"><v>{serial}</v></c>");
    let number = |number: &str| format!("<c r=\"A2\"><v>{number}</v></c>");
    let issue = |kind: &str| vec![format!("培训.xlsx!培训台账!A2 {kind}")];
    // 2023-03-06 in the system of 1900 and in that of 1904.
    assert_eq!(outcome(&with_date_cell(&date("44991"), false)), ("met 90".to_string(), Vec::new()));
    assert_eq!(outcome(&with_date_cell(&date("43529"), true)), ("met 90".to_string(), Vec::new()));
    // The day before the year begins, in each.
    assert_eq!(outcome(&with_date_cell(&date("44926"), false)).0, "unmet 30");
    assert_eq!(outcome(&with_date_cell(&date("43464"), true)).0, "unmet 30");
    // 2023.1 is what a spreadsheet makes of 2023.10: one of two months of 2023, and none of another year.
    let ambiguous = with_date_cell(&number("2023.1"), false);
    assert_eq!(ambiguous.issues(&["台账"]), issue("ambiguous-date"));
    for (period, expected) in [("2023", "met 90"), ("2022-2023", "review 30..90")] {
        let assessment = ambiguous.json(&["台账", "--period", period]);
        assert_eq!(verdict(&assessment, "training-hours", "林青"), expected, "{period}");
    }
    assert_eq!(outcome(&ambiguous), ("met 90".to_string(), issue("ambiguous-date")));
    let other_year = with_date_cell(&number("2022.1"), false);
    assert_eq!(outcome(&other_year), ("unmet 30".to_string(), issue("ambiguous-date")));
    assert_eq!(outcome(&with_date_cell(&number("2023.9"), false)), ("met 90".to_string(), Vec::new()));
    for never in ["60", "0", "2958466", "-3"] {
        let desk = with_date_cell(&date(never), false);
        assert_eq!(outcome(&desk), ("review 30..90".to_string(), issue("unreadable-date")), "{never}");
    }
}

#[test]
fn row_27_text_that_looks_like_a_formula_stays_text() {
    let formulas = ["=1+1", "+1+1", "-1+1", "@SUM(1)", "=HYPERLINK(\"http://example.org\",\"x\")", "=cmd|'/c calc'!A0"];
    let desk = Desk::office(|office| {
        let table = office.table("培训台账");
        for formula in formulas {
            let row = ["2023-03-06", formula, formula, formula, formula];
            table.push(row.map(str::to_string).to_vec());
        }
    });
    let ran = desk.check(&["台账", "-o", "核查.xlsx"]);
    assert!(ran.status != Some(2), "{}", ran.stderr);
    let mut book: Xlsx<_> = calamine::open_workbook(desk.at("核查.xlsx")).unwrap();
    let mut found = Vec::new();
    for name in book.sheet_names() {
        assert_eq!(book.worksheet_formula(&name).unwrap().cells().count(), 0, "{name}");
        let cells = book.worksheet_range(&name).unwrap();
        found.extend(cells.rows().flatten().map(ToString::to_string).filter(|cell| formulas.contains(&cell.as_str())));
    }
    // They do stand there, in the copy and among the issues.
    assert!(formulas.iter().all(|formula| found.contains(&(*formula).to_string())), "{found:?}");
}
