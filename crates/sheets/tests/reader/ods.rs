//! ods: what the content says comes out, at its addresses, and nothing else does.

use super::*;

const MIMETYPE: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";

/// An ods file with this inside of its content.
fn ods(content: &str) -> Vec<u8> {
    let content = format!("<office:document-content>{content}</office:document-content>");
    package(&[("mimetype", MIMETYPE), ("META-INF/manifest.xml", b"<manifest/>"), ("content.xml", content.as_bytes())])
}

/// The cells of a sheet with these rows.
fn rows(rows: &str) -> Result<Vec<String>, Fault> {
    read("a.ods", &ods(&format!(r#"<table:table table:name="台账">{rows}</table:table>"#)))
}

/// The cells of a row with these cells.
fn row(cells: &str) -> Result<Vec<String>, Fault> {
    rows(&format!("<table:table-row>{cells}</table:table-row>"))
}

fn text(text: &str) -> String {
    format!(r#"<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#)
}

fn all<const N: usize>(cells: [&str; N]) -> Result<Vec<String>, Fault> {
    Ok(cells.map(str::to_owned).to_vec())
}

#[test]
fn every_kind_of_cell_has_its_value() {
    let cell = |attributes: &str| format!(r#"<table:table-cell {attributes}><text:p>显示</text:p></table:table-cell>"#);
    let cells = [
        cell(r#"office:value-type="float" office:value="2023.1""#),
        cell(r#"office:value-type="percentage" office:value="0.9""#),
        cell(r#"office:value-type="currency" office:currency="CNY" office:value="-3.5""#),
        cell(r#"office:value-type="date" office:date-value="2023-10-08""#),
        cell(r#"office:value-type="date" office:date-value="2023-10-08T12:00:00""#),
        cell(r#"office:value-type="date" office:date-value="1850-01-01""#),
        cell(r#"office:value-type="time" office:time-value="PT30H15M00S""#),
        cell(r#"office:value-type="boolean" office:boolean-value="true""#),
        cell(r#"office:value-type="string" office:string-value="值""#),
        cell(""),
        cell(r#"office:value-type="float" office:value="1e999""#),
        cell(r#"office:value-type="float""#),
    ];
    let expected = all([
        "A1 number 2023.1",
        "B1 number 0.9",
        "C1 number -3.5",
        "D1 date 45207",
        "E1 date 45207.5",
        "F1 1850-01-01",
        "G1 30:15",
        "H1 true",
        "I1 值",
        "J1 显示",
        "K1 error",
        "L1 error",
    ]);
    assert_eq!(row(&cells.concat()), expected);
}

#[test]
fn a_formula_that_failed_or_has_no_value_is_not_blank() {
    let cells = r##"<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value=""
            calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>
        <table:table-cell table:formula="of:=1/0" office:value-type="float" office:value="0"><text:p>Err:502</text:p>
        </table:table-cell><table:table-cell table:formula="of:=1+1"/>
        <table:table-cell table:formula="of:=&quot;&quot;" office:value-type="string"><text:p/></table:table-cell>
        <table:table-cell table:formula="of:=1+1" office:value-type="float" office:value="2"><text:p>2</text:p>
        </table:table-cell>"##;
    assert_eq!(row(cells), all(["A1 error", "B1 error", "C1 no value", "E1 number 2"]));
    assert_eq!(row(&text("#N/A")), all(["A1 #N/A"]));
}

#[test]
fn text_has_its_paragraphs_and_its_white_space() {
    let cases = [
        ("甲 \n\t 乙", "甲 乙"),
        ("  甲<text:s text:c=\"2\"/>乙  ", "甲  乙"),
        ("甲 <text:span>乙</text:span> 丙", "甲 乙 丙"),
        ("甲<text:tab/>乙<text:line-break/>丙", "甲\t乙\n丙"),
        ("甲</text:p><text:p>乙</text:p><text:p>", "甲\n乙\n"),
        ("&lt;甲&amp;&#x4e59;<![CDATA[<丙>]]>", "<甲&乙<丙>"),
        ("甲<office:annotation><text:p>批注</text:p></office:annotation><text:a>乙</text:a>", "甲乙"),
    ];
    for (inside, expected) in cases {
        assert_eq!(row(&text(inside)), Ok(vec![format!("A1 {expected}")]), "{inside}");
    }
    let shape = r#"<table:table-cell office:value-type="string"><draw:frame><text:p>图</text:p></draw:frame>
        <office:annotation><text:p>批注</text:p></office:annotation><text:p>甲</text:p></table:table-cell>"#;
    assert_eq!(row(shape), all(["A1 甲"]));
}

#[test]
fn what_is_repeated_stands_in_each_of_its_places() {
    let content = format!(
        r#"<table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="2"/>
        <table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="7"/>
        <table:table-cell table:number-columns-repeated="16380"/></table:table-row>
        <table:table-row table:number-rows-repeated="1048572"><table:table-cell table:number-columns-repeated="16384"/>
        </table:table-row><table:table-row>{}</table:table-row>"#,
        text("末")
    );
    let expected =
        all(["C1 number 7", "D1 number 7", "C2 number 7", "D2 number 7", "C3 number 7", "D3 number 7", "A1048576 末"]);
    assert_eq!(rows(&content), expected);
}

#[test]
fn a_repetition_that_no_sheet_can_hold_is_refused() {
    let repeated = |rows: u32, columns: u32, text: &str| {
        format!(
            r#"<table:table-row table:number-rows-repeated="{rows}"><table:table-cell office:value-type="string"
            table:number-columns-repeated="{columns}"><text:p>{text}</text:p></table:table-cell></table:table-row>"#
        )
    };
    assert_eq!(rows(&repeated(1_048_576, 16_384, "甲")), Err(Fault::TooLarge));
    assert_eq!(rows(&repeated(1, 16_384, &"甲".repeat(20_000))), Err(Fault::TooLarge));
    assert_eq!(row(&text(r#"<text:s text:c="1048576"/><text:s text:c="1048576"/>"#)), Err(Fault::TooLarge));
    let (sheet, cell) = ("台账".to_owned(), "XFE1".to_owned());
    assert_eq!(rows(&repeated(1, 16_385, "甲")), Err(Fault::CellBeyond { sheet, cell }));
    let (sheet, cell) = ("台账".to_owned(), "A1048577".to_owned());
    let below = format!("{}{}", repeated(1_048_576, 1, ""), repeated(1, 1, "甲"));
    assert_eq!(rows(&below), Err(Fault::CellBeyond { sheet, cell }));
}

#[test]
fn merged_areas_are_filled_in_groups_of_rows_too() {
    let merged = r#"<table:table-cell table:number-rows-spanned="2" table:number-columns-spanned="2"
        office:value-type="string"><text:p>一中</text:p></table:table-cell><table:covered-table-cell/>"#;
    let covered = r#"<table:covered-table-cell table:number-columns-repeated="2"/>"#;
    let content = format!(
        "<table:table-header-rows><table:table-row>{merged}{}</table:table-row></table:table-header-rows>
        <table:table-row-group><text:soft-page-break/><table:table-row>{covered}{}</table:table-row></table:table-row-group>",
        text("张三"),
        text("李四"),
    );
    assert_eq!(rows(&content), all(["A1 一中", "B1+ 一中", "C1 张三", "A2+ 一中", "B2+ 一中", "C2 李四"]));
}

#[test]
fn hidden_sheets_rows_and_columns_are_read_and_said() {
    let table = |name: &str, style: &str, inside: &str| {
        format!(
            r#"<table:table table:name="{name}" table:style-name="{style}">{inside}<table:table-row>{}</table:table-row>
            </table:table>"#,
            text(name)
        )
    };
    let hidden_row = r#"<table:table-row table:visibility="filter"><table:table-cell/></table:table-row>"#;
    let content = [
        r#"<style:style style:name="a"><style:table-properties table:display="false"/></style:style>"#.to_owned(),
        r#"<style:style style:name="b"><style:table-properties table:display="true"/></style:style>"#.to_owned(),
        table("甲", "a", ""),
        table("乙", "b", hidden_row),
        table("丙", "c", r#"<table:table-column table:visibility="collapse"/>"#),
        table("丁", "b", "<table:table-row-group table:display='false'></table:table-row-group>"),
        table("戊", "b", "<table:table-column/><table:shapes><draw:frame/></table:shapes>"),
    ];
    let (_folder, path) = file("a.ods", &ods(&content.concat()));
    let workbook = open(&path).expect("a workbook");
    let sheets = [("甲", true), ("乙", false), ("丙", false), ("丁", false), ("戊", false)];
    let sheets = sheets.map(|(name, hidden)| SheetInfo { name: name.to_owned(), hidden });
    assert_eq!(workbook.sheets(), sheets);
    let hidden_rows = |name: &str| Remark::HiddenRows { sheet: name.to_owned() };
    let hidden_sheet = Remark::HiddenSheet { sheet: "甲".to_owned() };
    assert_eq!(workbook.remarks(), [hidden_sheet, hidden_rows("乙"), hidden_rows("丙"), hidden_rows("丁")]);
    let read: Vec<_> = (0..5).map(|sheet| cells(&workbook, sheet).map(|cells| cells.join(" "))).collect();
    assert_eq!(read, ["A1 甲", "A2 乙", "A1 丙", "A1 丁", "A1 戊"].map(|cell| Ok(cell.to_owned())));
}

#[test]
fn content_that_does_not_end_or_is_in_the_wrong_place_is_damaged() {
    let open = r#"<table:table table:name="a"><table:table-row>"#;
    let cell = text("甲");
    let nested = format!("<table:table-cell>{open}{cell}</table:table-row></table:table></table:table-cell>");
    let cases = [
        ods(&format!("{open}{cell}")),
        ods(&format!("{open}{cell}</table:table>")),
        ods(&format!("{open}{nested}</table:table-row></table:table>")),
        ods(&format!("{open}<table:table-row>{cell}</table:table-row></table:table-row></table:table>")),
        ods(&format!(r#"<table:table table:name="a">{cell}</table:table>"#)),
        ods(&format!(
            "{open}<table:table-cell><text:p>&x;</text:p></table:table-cell></table:table-row></table:table>"
        )),
        ods(&format!("{}{}", "<x>".repeat(600), "</x>".repeat(600))),
        ods(""),
        package(&[("mimetype", MIMETYPE), ("content.xml", b"<office:document-content><table:table table:name='a'>")]),
        package(&[("mimetype", MIMETYPE)]),
    ];
    for bytes in cases {
        assert_eq!(read("a.ods", &bytes), Err(Fault::Damaged));
    }
}

#[test]
fn a_password_is_told() {
    let manifest = b"<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    let parts: [(&str, &[u8]); 3] =
        [("mimetype", MIMETYPE), ("META-INF/manifest.xml", manifest), ("content.xml", b"\x01\x02\x03")];
    assert_eq!(read("a.ods", &package(&parts)), Err(Fault::Password));
}
