//! Rows 8 to 13: sheets that are wide, torn, hidden, merged, or have cells without a value.

use rust_xlsxwriter::{Chart, Format, Formula, Workbook};

use super::desk::{COPY_AGAIN, Desk, SAVE_AS, SECRET, error, verdict};
use crate::packages::{by_hand, ods, overwritten, text, texts};

const HEADER: [&str; 5] = ["日期", "工号", "姓名", "培训名称", "学时"];

/// A sheet 培训台账 whose header stands in row 1, with more rows below it.
fn training(below: &str) -> Vec<u8> {
    let header = texts(&[&HEADER])[0].concat();
    by_hand(&[("培训台账", &format!("<sheetData><row r=\"1\">{header}</row>{below}</sheetData>"))])
}

/// A row of it, with this cell instead of 学时.
fn row(number: u32, hours: &str) -> String {
    let cells = [text(&format!("A{number}"), "2023-03-06"), text(&format!("B{number}"), "Z1")];
    let named = [text(&format!("C{number}"), "林青"), text(&format!("D{number}"), SECRET)];
    format!("<row r=\"{number}\">{}{}{hours}</row>", cells.concat(), named.concat())
}

fn number(cell: &str, value: &str) -> String {
    format!("<c r=\"{cell}\"><v>{value}</v></c>")
}

fn saved(mut book: Workbook) -> Vec<u8> {
    book.save_to_buffer().unwrap()
}

/// The office with another file for 培训台账.
fn office_with(name: &str, bytes: Vec<u8>) -> Desk {
    let desk = Desk::office(|office| *office = office.clone().without("培训台账"));
    desk.put(format!("台账/{name}"), bytes);
    desk
}

#[test]
fn row_8_cells_at_both_ends_of_a_sheet_and_a_gap_of_a_million_rows_are_read() {
    let far = format!("{}<row r=\"1048576\">{}</row>", row(2, &number("E2", "90")), number("XFD1048576", "1"));
    let desk = office_with("培训.xlsx", training(&far));
    let assessment = desk.json(&["台账"]);
    let far = ["XFD1 unused-column", "XFD1048576 unused-row"].map(|rest| format!("培训.xlsx!培训台账!{rest}"));
    assert_eq!(desk.issues(&["台账"]), far);
    assert_eq!(verdict(&assessment, "training-hours", "林青"), "met 90");
    let last = row(1_048_576, &number("E1048576", "90"));
    let desk = office_with("培训.xlsx", training(&last));
    assert_eq!(verdict(&desk.json(&["台账"]), "training-hours", "林青"), "met 90");
}

#[test]
fn row_8_a_million_blank_formatted_rows_are_nothing() {
    let blank: String =
        (3..=1_000_000).map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\" s=\"1\"/></row>")).collect();
    let desk = office_with("培训.xlsx", training(&format!("{}{blank}", row(2, &number("E2", "90")))));
    let assessment = desk.json(&["台账"]);
    assert_eq!(verdict(&assessment, "training-hours", "林青"), "met 90");
    let inputs = assessment["inputs"].as_array().unwrap();
    let read: Vec<_> = inputs.iter().filter(|input| input["path"] == "台账/培训.xlsx").collect();
    assert_eq!(read[0]["sheets"][0]["rows"], 1);
}

#[test]
fn row_8_an_ods_sheet_with_cells_at_both_ends_is_read() {
    let cell = |text: &str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    };
    let row = |cells: &[&str]| {
        format!("<table:table-row>{}</table:table-row>", cells.iter().map(|text| cell(text)).collect::<String>())
    };
    let gap = "<table:table-row table:number-rows-repeated=\"1048573\"/>";
    let far = format!(
        "<table:table-row><table:table-cell table:number-columns-repeated=\"16383\"/>{}</table:table-row>",
        cell(SECRET)
    );
    let rows = [row(&HEADER), row(&["2023-03-06", "Z1", "林青", "研修", "90"]), gap.to_string(), far].concat();
    let desk = office_with("培训.ods", ods(&format!("<table:table table:name=\"培训台账\">{rows}</table:table>")));
    let listed = ["XFD1 unused-column", "XFD1048576 unused-row"].map(|rest| format!("培训.ods!培训台账!{rest}"));
    assert_eq!(desk.issues(&["台账"]), listed);
    assert_eq!(verdict(&desk.json(&["台账"]), "training-hours", "林青"), "met 90");
}

fn assert_refused(bytes: Vec<u8>, sentence: &str) {
    let desk = Desk::with("培训.xlsx", bytes);
    assert_eq!(desk.refused(&["培训.xlsx"]), error("培训.xlsx", sentence));
}

#[test]
fn row_9_cells_that_cannot_stand_where_they_stand_are_named() {
    let twice = [number("E2", "90"), number("E2", "80")].concat();
    let sentence = format!("工作表“培训台账”的单元格 E2 重复出现或次序颠倒，{SAVE_AS}");
    assert_refused(training(&row(2, &twice)), &sentence);
    let back = format!("{}{}", row(3, &number("E3", "90")), row(2, ""));
    let sentence = format!("工作表“培训台账”的单元格 A2 重复出现或次序颠倒，{SAVE_AS}");
    assert_refused(training(&back), &sentence);
    let sentence = format!("工作表“培训台账”的单元格 XFE2 超出表格的最大范围，{SAVE_AS}");
    assert_refused(training(&row(2, &number("XFE2", "90"))), &sentence);
    let lost = "<c r=\"E2\" t=\"s\"><v>9</v></c>";
    let sentence = format!("文件已损坏：工作表“培训台账”的单元格 D2 之后读不出来，{COPY_AGAIN}");
    assert_refused(training(&row(2, lost)), &sentence);
    assert_refused(training(&row(2, &number("E4294967298", "90"))), &sentence);
    let sentence = format!("文件已损坏：工作表“培训台账”的单元格 E1 之后读不出来，{COPY_AGAIN}");
    assert_refused(training("<row r=\"0\"><c r=\"A0\"><v>1</v></c></row>"), &sentence);
}

#[test]
fn row_9_a_sheet_that_is_missing_or_there_twice_is_named() {
    let renamed = b"xl/worksheets/sheet1.xml";
    let mut bytes = training("");
    for _ in 0..2 {
        bytes = overwritten(bytes, renamed, b"xl/Vorksheets/sheet1.xml");
    }
    let sentence = format!("工作表“培训台账”的内容缺失，{SAVE_AS}");
    assert_refused(bytes, &sentence);
    let twice = by_hand(&[("培训台账", "<sheetData/>"), ("培训台账", "<sheetData/>")]);
    assert_refused(twice, "有两个工作表都叫“培训台账”，请改名后再检查");
}

/// 培训台账 as a program writes it, and what else a test puts in.
fn written(more: impl FnOnce(&mut Workbook)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("培训台账").unwrap();
    sheet.write_row(0, 0, HEADER).unwrap();
    sheet.write_row(1, 0, ["2023-03-06", "Z1", "林青", "研修", "60"]).unwrap();
    sheet.write_row(2, 0, ["2023-07-10", "Z1", "林青", "研修", "30"]).unwrap();
    more(&mut book);
    saved(book)
}

#[test]
fn row_10_a_chart_sheet_is_listed_as_not_read() {
    let desk = office_with(
        "培训.xlsx",
        written(|book| {
            let mut chart = Chart::new_column();
            chart.add_series().set_values("培训台账!$E$2:$E$3");
            book.add_chartsheet().set_name("图").unwrap().insert_chart(0, 0, &chart).unwrap();
        }),
    );
    assert!(desk.remarks(&["台账"]).contains(&"工作表“图”是图表、宏或对话框工作表，未读取".to_string()));
    assert_eq!(verdict(&desk.json(&["台账"]), "training-hours", "林青"), "met 90");
}

#[test]
fn row_11_hidden_sheets_and_rows_are_read_and_said_so() {
    let desk = office_with(
        "培训.xlsx",
        written(|book| {
            book.worksheet_from_index(0).unwrap().set_row_hidden(2).unwrap();
            let sheet = book.add_worksheet().set_name("补录").unwrap();
            sheet.write_row(0, 0, HEADER).unwrap();
            sheet.write_row(1, 0, ["2023-08-01", "Z2", "何田", "研修", "90"]).unwrap();
            sheet.set_hidden(true);
        }),
    );
    let remarks = desk.remarks(&["台账"]);
    for expected in ["工作表“培训台账”有隐藏的行或列，没有因此略过", "工作表“补录”是隐藏的，没有因此略过"]
    {
        assert!(remarks.iter().any(|remark| remark == expected), "{expected}");
    }
    let assessment = desk.json(&["台账"]);
    assert_eq!(verdict(&assessment, "training-hours", "林青"), "met 90");
    assert_eq!(verdict(&assessment, "training-hours", "何田"), "met 90");
}

#[test]
fn row_12_the_value_of_a_merged_area_holds_for_all_of_it() {
    let desk = office_with(
        "培训.xlsx",
        written(|book| {
            let sheet = book.worksheet_from_index(0).unwrap();
            sheet.merge_range(1, 1, 2, 1, "Z1", &Format::new()).unwrap();
            sheet.merge_range(1, 2, 2, 2, "林青", &Format::new()).unwrap();
        }),
    );
    assert_eq!(verdict(&desk.json(&["台账"]), "training-hours", "林青"), "met 90");
    assert_eq!(desk.issues(&["台账"]), [""; 0]);
}

#[test]
fn row_13_a_cell_without_a_value_is_an_issue_and_what_needs_it_is_for_review() {
    let no_value = "<c r=\"E3\"><f>SUM(F3:H3)</f></c>";
    let failed = "<c r=\"E3\" t=\"e\"><f>F3</f><v>#REF!</v></c>";
    let absent = "<c r=\"E3\" t=\"e\"><v>#N/A</v></c>";
    for (cell, kind) in [(no_value, "formula-without-value"), (failed, "error-value"), (absent, "error-value")] {
        let below = format!("{}{}", row(2, &number("E2", "60")), row(3, cell));
        let desk = office_with("培训.xlsx", training(&below));
        assert_eq!(desk.issues(&["台账"]), [format!("培训.xlsx!培训台账!E3 {kind}")]);
        assert_eq!(verdict(&desk.json(&["台账"]), "training-hours", "林青"), "review 60..");
    }
    // A value that the program has left beside its formula is a value.
    let desk = office_with(
        "培训.xlsx",
        written(|book| {
            let formula = Formula::new("=15*2").set_result("30");
            book.worksheet_from_index(0).unwrap().write_formula(2, 4, formula).unwrap();
        }),
    );
    assert_eq!(verdict(&desk.json(&["台账"]), "training-hours", "林青"), "met 90");
}
