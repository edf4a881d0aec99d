//! ods: a zip package with the sheets as XML.

use super::csv::date_text;
use super::{Book, Sheet, Value, escaped, package};

const MIMETYPE: &str = "application/vnd.oasis.opendocument.spreadsheet";

/// The bytes of the workbook. Dates are written out in this format, so there is no 1904 system.
pub fn write(book: &Book) -> Vec<u8> {
    assert!(!book.is_1904);
    let manifest = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2"><manifest:file-entry manifest:full-path="/" manifest:media-type="{MIMETYPE}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"#
    );
    let content = content(book);
    package(&[
        ("mimetype", MIMETYPE.as_bytes()),
        ("META-INF/manifest.xml", manifest.as_bytes()),
        ("content.xml", content.as_bytes()),
    ])
}

fn content(book: &Book) -> String {
    let tables: String = book.sheets.iter().map(table).collect();
    let name = |part: &str| format!("urn:oasis:names:tc:opendocument:xmlns:{part}:1.0");
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="{}" xmlns:style="{}" xmlns:text="{}" xmlns:table="{}" xmlns:number="{}" xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" office:version="1.2"><office:automatic-styles><number:date-style style:name="N1"><number:year number:style="long"/><number:text>-</number:text><number:month number:style="long"/><number:text>-</number:text><number:day number:style="long"/></number:date-style><style:style style:name="date" style:family="table-cell" style:data-style-name="N1"/><number:boolean-style style:name="N2"><number:boolean/></number:boolean-style><style:style style:name="flag" style:family="table-cell" style:data-style-name="N2"/><style:style style:name="shown" style:family="table"><style:table-properties table:display="true"/></style:style><style:style style:name="hidden" style:family="table"><style:table-properties table:display="false"/></style:style></office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"#,
        name("office"),
        name("style"),
        name("text"),
        name("table"),
        name("datastyle"),
    )
}

fn table(sheet: &Sheet) -> String {
    let style = if sheet.hidden { "hidden" } else { "shown" };
    let mut table = format!(
        r#"<table:table table:name="{}" table:style-name="{style}"><table:table-column/>"#,
        escaped(&sheet.name)
    );
    let mut next = 0;
    for (row, cells) in sheet.rows() {
        if row > next {
            let gap = row - next;
            table += &format!(
                r#"<table:table-row table:number-rows-repeated="{gap}"><table:table-cell/></table:table-row>"#
            );
        }
        let visibility = if sheet.hidden_rows.contains(&row) { r#" table:visibility="collapse""# } else { "" };
        table += &format!("<table:table-row{visibility}>");
        let mut next_column = 0;
        for (column, value) in cells {
            if column > next_column {
                table += &format!(r#"<table:table-cell table:number-columns-repeated="{}"/>"#, column - next_column);
            }
            table += &cell(value, &spans(sheet, row, column));
            next_column = column + 1;
        }
        // A row has a cell.
        table += if next_column == 0 { "<table:table-cell/></table:table-row>" } else { "</table:table-row>" };
        next = row + 1;
    }
    table + "</table:table>"
}

fn spans(sheet: &Sheet, row: u32, column: u16) -> String {
    let area = sheet.merges.iter().find(|area| (area[0], area[1]) == (row, u32::from(column)));
    area.map_or(String::new(), |[first_row, first_column, last_row, last_column]| {
        let (rows, columns) = (last_row - first_row + 1, last_column - first_column + 1);
        format!(r#" table:number-rows-spanned="{rows}" table:number-columns-spanned="{columns}""#)
    })
}

fn cell(value: &Value, spans: &str) -> String {
    let (kind, shown) = match value {
        Value::Text(text) => (r#"office:value-type="string""#.to_string(), escaped(text)),
        Value::Number(number) => (format!(r#"office:value-type="float" office:value="{number}""#), number.to_string()),
        Value::Date(serial) => {
            let date = date_text(*serial);
            (format!(r#"table:style-name="date" office:value-type="date" office:date-value="{date}""#), date)
        }
        Value::Flag(flag) => (
            format!(r#"table:style-name="flag" office:value-type="boolean" office:boolean-value="{flag}""#),
            flag.to_string(),
        ),
        Value::Formula(result) => {
            let tag = format!(r#"table:formula="of:={result}" office:value-type="float" office:value="{result}""#);
            (tag, result.to_string())
        }
        Value::Error | Value::Failed => (
            r#"table:formula="of:=NA()" office:value-type="string" office:string-value="""#.to_string(),
            "#N/A".to_string(),
        ),
    };
    format!("<table:table-cell {kind}{spans}><text:p>{shown}</text:p></table:table-cell>")
}
