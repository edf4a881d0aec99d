//! Sheets written as plain text, so that seeds can be read: a line of a sheet's name after `#`, then a line for each
//! row, its cells parted by tabs. `=1.5` is a number, `@45170` a date, `!` an error, `?` a formula without a value,
//! `~` a cell with a flag; all else is text.

use std::fmt::Write;

use super::package::{Part, pack};

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const STYLES: &str = r#"<styleSheet><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#;

/// The lines before the first sheet, and an xlsx file of the sheets.
pub fn workbook(text: &str) -> Option<(&str, Vec<u8>)> {
    let (head, sheets) = text.split_once("\n#")?;
    let sheets: Vec<&str> = sheets.split("\n#").collect();
    let mut parts: Vec<Part> = Vec::new();
    let (mut listed, mut related) = (String::new(), String::new());
    for (number, sheet) in (1..).zip(sheets) {
        let (name, rows) = sheet.split_once('\n').unwrap_or((sheet, ""));
        write!(listed, r#"<sheet name="{}" sheetId="{number}" r:id="r{number}"/>"#, escaped(name)).ok()?;
        let kind = format!("{OFFICE}/worksheet");
        write!(related, r#"<Relationship Id="r{number}" Type="{kind}" Target="worksheets/{number}.xml"/>"#).ok()?;
        parts.push((format!("xl/worksheets/{number}.xml"), worksheet(rows).into_bytes()));
    }
    write!(related, r#"<Relationship Id="s" Type="{OFFICE}/styles" Target="styles.xml"/>"#).ok()?;
    let root = format!(r#"<Relationship Id="r" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>"#);
    let mut add = |name: &str, text: String| parts.push((name.to_owned(), text.into_bytes()));
    add("_rels/.rels", format!("<Relationships>{root}</Relationships>"));
    add("xl/workbook.xml", format!("<workbook><sheets>{listed}</sheets></workbook>"));
    add("xl/_rels/workbook.xml.rels", format!("<Relationships>{related}</Relationships>"));
    add("xl/styles.xml", STYLES.to_owned());
    Some((head, pack(&parts)?))
}

fn worksheet(rows: &str) -> String {
    let mut sheet = String::from("<worksheet><sheetData>");
    for (number, row) in (1..).zip(rows.split('\n')) {
        sheet += &format!(r#"<row r="{number}">"#);
        for cell in row.split('\t') {
            sheet += &written(cell);
        }
        sheet += "</row>";
    }
    sheet + "</sheetData></worksheet>"
}

/// A cell without its address: it stands behind the one before it.
fn written(cell: &str) -> String {
    let number = |text: &str| text.parse().ok().filter(|number: &f64| number.is_finite());
    match cell.split_at_checked(1) {
        _ if cell.is_empty() => "<c/>".to_owned(),
        Some(("=", text)) if number(text).is_some() => format!("<c><v>{text}</v></c>"),
        Some(("@", text)) if number(text).is_some() => format!(r#"<c s="1"><v>{text}</v></c>"#),
        Some(("!", "")) => r#"<c t="e"><v>#N/A</v></c>"#.to_owned(),
        Some(("?", "")) => "<c><f>A1</f></c>".to_owned(),
        Some(("~", "")) => r#"<c t="b"><v>1</v></c>"#.to_owned(),
        _ => format!(r#"<c t="inlineStr"><is><t xml:space="preserve">{}</t></is></c>"#, escaped(cell)),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
