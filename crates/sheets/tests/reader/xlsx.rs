//! xlsx: what goes in comes out, with its address.

use proptest::prelude::*;
use rust_xlsxwriter::{Format, Formula, Workbook as Writer};

use super::*;

fn saved(mut writer: Writer) -> Vec<u8> {
    writer.save_to_buffer().expect("a workbook")
}

#[test]
fn every_kind_of_cell_comes_out_at_its_address() {
    let mut writer = Writer::new();
    let sheet = writer.add_worksheet();
    let date = Format::new().set_num_format("yyyy-mm-dd");
    let duration = Format::new().set_num_format("[h]:mm");
    let blank = Format::new().set_bold();
    sheet.write(2, 1, "张三 & <李四>").expect("text");
    sheet.write(2, 2, 2023.1).expect("a number");
    sheet.write_with_format(2, 3, 45207.5, &date).expect("a date");
    sheet.write_with_format(2, 4, 1.25, &duration).expect("a duration");
    sheet.write_blank(2, 5, &blank).expect("a blank");
    sheet.write(2, 6, true).expect("a flag");
    sheet.write(1_048_575, 16_383, "末").expect("text");
    let formula = Formula::new("=1/0").set_result("#DIV/0!");
    sheet.write(4, 0, formula).expect("a formula");
    let expected =
        ["B3 张三 & <李四>", "C3 number 2023.1", "D3 date 45207.5", "E3 30:00", "G3 true", "A5 error", "XFD1048576 末"];
    assert_eq!(read("a.xlsx", &saved(writer)), Ok(expected.map(str::to_owned).to_vec()));
}

#[test]
fn merged_areas_are_filled_from_their_first_cell() {
    let mut writer = Writer::new();
    let sheet = writer.add_worksheet();
    let plain = Format::new();
    sheet.merge_range(0, 0, 0, 2, "台账", &plain).expect("a title");
    sheet.merge_range(1, 0, 3, 0, "一中", &plain).expect("a unit");
    sheet.write(1, 1, "张三").expect("text");
    sheet.write(3, 1, "李四").expect("text");
    let expected = ["A1 台账", "B1+ 台账", "C1+ 台账", "A2 一中", "B2 张三", "A4+ 一中", "B4 李四"];
    assert_eq!(read("a.xlsx", &saved(writer)), Ok(expected.map(str::to_owned).to_vec()));
}

#[test]
fn a_formula_without_a_value_is_not_blank() {
    let sheet = r#"<sheetData><row r="1"><c r="A1"><f>1+1</f></c><c r="B1"><f>1+1</f><v>2</v></c><c r="C1"/>
        <c r="D1" t="str"><f>""</f><v></v></c><c r="E1"><f t="shared" si="0"/><v/></c></row></sheetData>"#;
    let expected = ["A1 no value", "B1 number 2", "E1 no value"];
    assert_eq!(read("a.xlsx", &by_hand(&[("a", sheet)])), Ok(expected.map(str::to_owned).to_vec()));
}

/// A workbook with a hidden row, a hidden sheet and a chart sheet.
fn with_hidden_things() -> Writer {
    let mut writer = Writer::new();
    let sheet = writer.add_worksheet().set_name("花名册").expect("a name");
    sheet.set_row_hidden(3).expect("a row");
    let sheet = writer.add_worksheet().set_name("备查").expect("a name");
    sheet.set_hidden(true);
    let mut chart = rust_xlsxwriter::Chart::new_column();
    chart.add_series().set_values("花名册!$A$1:$A$2");
    let sheet = writer.add_chartsheet().set_name("图").expect("a name");
    sheet.insert_chart(0, 0, &chart).expect("a chart");
    writer
}

#[test]
fn sheets_are_listed_in_order_with_what_is_hidden_and_what_is_not_read() {
    let (_folder, path) = file("a.et", &saved(with_hidden_things()));
    let workbook = open(&path).expect("a workbook");
    let sheet = |name: &str, hidden| SheetInfo { name: name.to_owned(), hidden };
    assert_eq!(workbook.sheets(), [sheet("花名册", false), sheet("备查", true)]);
    let expected = [
        Remark::OtherFormat { format: sheets::Format::Xlsx },
        Remark::HiddenRows { sheet: "花名册".to_owned() },
        Remark::HiddenSheet { sheet: "备查".to_owned() },
        Remark::NotAWorksheet { sheet: "图".to_owned() },
    ];
    assert_eq!(workbook.remarks(), expected);
    assert_eq!(workbook.path(), path);
    assert_eq!(workbook.format(), sheets::Format::Xlsx);
}

#[test]
fn a_visitor_that_breaks_sees_no_more_rows() {
    let mut writer = Writer::new();
    let sheet = writer.add_worksheet();
    for row in 0..9 {
        sheet.write(row, 0, row).expect("a number");
    }
    let (_folder, path) = file("a.xlsx", &saved(writer));
    let workbook = open(&path).expect("a workbook");
    let mut seen = Vec::new();
    let outcome = workbook.rows(0, &mut |row| {
        seen.push(row.number);
        if row.number == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert_eq!((outcome.is_ok(), seen), (true, vec![1, 2, 3]));
    assert_eq!(cells(&workbook, 7), Ok(vec![]));
}

#[test]
fn the_hash_is_that_of_the_whole_file() {
    let (_folder, path) = file("a.csv", b"abc");
    let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(open(&path).expect("a workbook").sha256(), expected);
}

/// Text that a cell can hold, among it what XML and escapes might spoil, or a number.
fn value() -> impl Strategy<Value = Result<String, f64>> {
    prop_oneof![
        "[ a-c&<>\"'_x0-9语文　\u{a0}\n]{1,6}".prop_map(Ok),
        (-1e9..1e9).prop_map(Err),
        Just(Ok("_x000D_".to_owned())),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_grid_comes_back_with_its_addresses(
        grid in prop::collection::btree_map((0..40_u32, 0..40_u16), value(), 0..30)
    ) {
        let mut writer = Writer::new();
        let sheet = writer.add_worksheet();
        let mut expected = Vec::new();
        for (&(row, column), value) in &grid {
            let name = cell_name(row, column.into());
            match value {
                Ok(text) => {
                    sheet.write(row, column, text).expect("text");
                    expected.push(format!("{name} {text}"));
                }
                Err(number) => {
                    sheet.write(row, column, *number).expect("a number");
                    expected.push(format!("{name} number {number}"));
                }
            }
        }
        prop_assert_eq!(read("a.xlsx", &saved(writer)), Ok(expected));
    }
}
