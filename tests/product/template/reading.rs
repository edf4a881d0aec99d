//! What a check reads of a template, untouched and filled in.

use std::fs;
use std::path::Path;
use std::process::Command;

use assert_cmd::cargo::cargo_bin_cmd;
use calamine::{Data, Reader, Xlsx};
use jiaoyan::dictionary::Dictionary;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};

use super::{
    GUIDE, MARK, all_packs, check, counts, example_rows, issues, pack_of_everything, sheets, tables, template,
};

#[test]
fn an_untouched_template_has_no_records_and_only_its_example_rows_are_listed() {
    let all = all_packs();
    let sets: Vec<Vec<&str>> = all.iter().map(|pack| vec![*pack]).chain([all.clone()]).collect();
    for packs in sets {
        let folder = tempfile::tempdir().unwrap();
        let tables = tables(&template(folder.path(), &packs));
        let assessment = check(folder.path(), "模板.xlsx", &packs);
        assert_eq!(issues(&assessment), example_rows(&tables), "{packs:?}");
        let read = tables.iter().map(|(name, _)| (name.clone(), true, [0, 0, 1]));
        let expected: Vec<_> = std::iter::once((GUIDE.to_string(), false, [0, 0, 0])).chain(read).collect();
        assert_eq!(counts(&assessment), expected, "{packs:?}");
        let verdicts = assessment["findings"].as_array().unwrap().iter().map(|finding| &finding["verdict"]);
        assert!(verdicts.clone().count() > 0 && verdicts.clone().all(|verdict| verdict == "review"), "{packs:?}");
    }
}

/// Writes a cell as it was read.
fn write(sheet: &mut Worksheet, row: u32, column: u16, cell: &Data) {
    let date = Format::new().set_num_format("yyyy-mm-dd");
    match cell {
        Data::String(text) => sheet.write_string(row, column, text).unwrap(),
        Data::Float(number) => sheet.write_number(row, column, *number).unwrap(),
        Data::DateTime(day) => {
            let day = ExcelDateTime::from_serial_datetime(day.as_f64()).unwrap();
            sheet.write_datetime_with_format(row, column, &day, &date).unwrap()
        }
        Data::Empty => sheet,
        other => panic!("{other:?}"),
    };
}

/// The example row as a record: without its mark, the first cell is what its column holds.
fn record(example: &[Data]) -> Vec<Data> {
    let Data::String(first) = &example[0] else { panic!("{example:?}") };
    let bare = first.strip_prefix(MARK).unwrap().to_string();
    std::iter::once(Data::String(bare)).chain(example[1..].iter().cloned()).collect()
}

/// A copy of a template, filled in with a row for each table that says what the example says.
fn fill_in(template: &Path, filled: &Path) {
    let mut book = Workbook::new();
    for (name, rows) in sheets(template) {
        let sheet = book.add_worksheet().set_name(&name).unwrap();
        let data = if name == GUIDE { None } else { Some(record(&rows[1])) };
        for (row, cells) in (0..).zip(rows.iter().chain(data.as_ref())) {
            (0..).zip(cells).for_each(|(column, cell)| write(sheet, row, column, cell));
        }
    }
    book.save(filled).unwrap();
}

/// Asserts that of a filled-in template all is read, and nothing listed but the example rows.
fn assert_whole(folder: &Path, packs: &[&str]) {
    let tables = tables(&folder.join("模板.xlsx"));
    let assessment = check(folder, "台账.xlsx", packs);
    assert_eq!(issues(&assessment), example_rows(&tables), "{packs:?}");
    let read = tables.iter().map(|(name, _)| (name.clone(), true, [1, 0, 1]));
    let expected: Vec<_> = std::iter::once((GUIDE.to_string(), false, [0, 0, 0])).chain(read).collect();
    assert_eq!(counts(&assessment), expected, "{packs:?}");
}

#[test]
fn a_filled_in_template_is_read_without_an_issue() {
    let all = all_packs();
    let sets: Vec<Vec<&str>> = all.iter().map(|pack| vec![*pack]).chain([all.clone()]).collect();
    for packs in sets {
        let folder = tempfile::tempdir().unwrap();
        fill_in(&template(folder.path(), &packs), &folder.path().join("台账.xlsx"));
        assert_whole(folder.path(), &packs);
    }
}

/// Opens the template, writes a record below each example row, and saves it, as an office program would.
const FILL_IN: &str = r#"
import sys, openpyxl, datetime
book = openpyxl.load_workbook(sys.argv[1])
for sheet in book:
    if sheet.title == "填写说明":
        continue
    for column, cell in enumerate(sheet[2], start=1):
        value = cell.value
        if column == 1:
            value = value.removeprefix("例：")
            if sheet.cell(1, 1).value == "日期*":
                value = datetime.datetime.strptime(value, "%Y-%m-%d")
        sheet.cell(3, column).value = value
        sheet.cell(3, column).number_format = cell.number_format
book.save(sys.argv[2])
"#;

#[test]
fn a_template_filled_in_by_another_program_is_read_without_an_issue() {
    let python = |arguments: &[&str]| Command::new("python3").args(arguments).output();
    if !python(&["-c", "import openpyxl"]).is_ok_and(|output| output.status.success()) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let packs = all_packs();
    let path = template(folder.path(), &packs);
    let filled = folder.path().join("台账.xlsx");
    let output = python(&["-c", FILL_IN, path.to_str().unwrap(), filled.to_str().unwrap()]).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_whole(folder.path(), &packs);
}

#[test]
fn every_column_of_the_dictionary_has_an_example_that_is_read() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("全部.toml"), pack_of_everything()).unwrap();
    let path = template(folder.path(), &["全部.toml"]);
    let of_dictionary = |table: &jiaoyan::dictionary::Table| {
        let star = |required| if required { "*" } else { "" };
        let headers = table.fields.iter().map(|field| format!("{}{}", field.header, star(field.required)));
        (table.sheet.clone(), headers.collect::<Vec<_>>())
    };
    let expected: Vec<_> = Dictionary::built_in().tables.iter().map(of_dictionary).collect();
    let of_sheet = |(name, rows): &(String, Vec<Vec<Data>>)| {
        (name.clone(), rows[0].iter().map(ToString::to_string).collect::<Vec<_>>())
    };
    assert_eq!(tables(&path).iter().map(of_sheet).collect::<Vec<_>>(), expected);
    fill_in(&path, &folder.path().join("台账.xlsx"));
    assert_whole(folder.path(), &["全部.toml"]);
}

#[test]
fn the_pages_of_a_template_are_no_issue_and_a_sheet_of_their_name_with_other_content_is() {
    let folder = tempfile::tempdir().unwrap();
    template(folder.path(), &["jiangmen-2022"]);
    let mut command = cargo_bin_cmd!("jiaoyan");
    command.current_dir(folder.path()).args(["check", "模板.xlsx", "--pack", "jiangmen-2022", "--period", "2023"]);
    command.args(["-o", "报告.xlsx"]).assert().code(3);
    let mut report: Xlsx<_> = calamine::open_workbook(folder.path().join("报告.xlsx")).unwrap();
    let run = report.worksheet_range("运行记录").unwrap();
    let said = "工作表“填写说明”是模板的说明页，不是台账，没有读取";
    assert!(run.used_cells().any(|(_, _, cell)| cell == said), "{run:?}");

    let mut book = Workbook::new();
    for name in ["填写说明", "填写选项"] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        sheet.write_string(0, 0, "各校上报情况").unwrap().write_string(1, 0, "第一中学").unwrap();
    }
    book.save(folder.path().join("别的.xlsx")).unwrap();
    let listed = issues(&check(folder.path(), "别的.xlsx", &["jiangmen-2022"]));
    assert_eq!(listed, ["填写说明!A1 unused-sheet 填写说明", "填写选项!A1 unused-sheet 填写选项"]);
}
