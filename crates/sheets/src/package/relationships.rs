//! Which part of an xlsx package holds which sheet, and the plain scan for tags that finds it.
//!
//! calamine keeps that to itself. The two small XML files that say it are read here with a plain scan for tags; where the
//! scan does not find what it expects, the answer is `None` and the caller assumes the worst of every sheet.

use std::collections::HashMap;

use quick_xml::escape::unescape;

/// The part names of the sheets, in workbook order. Takes the texts of `xl/workbook.xml` and of its relationships.
pub(crate) fn sheet_parts(workbook: &[u8], relationships: &[u8]) -> Option<Vec<String>> {
    let targets = targets(relationships)?;
    let workbook = std::str::from_utf8(workbook).ok()?;
    let part = |tag| targets.get(attribute(tag, "id")?).map(|target| of_workbook(target));
    let sheets = tags(workbook).filter(|tag| local_name(tag) == "sheet");
    sheets.map(part).collect()
}

/// The name of the first sheet that no relationship leads to. Takes the same texts as [`sheet_parts`].
pub(crate) fn lost_sheet(workbook: &[u8], relationships: &[u8]) -> Option<String> {
    let targets = targets(relationships)?;
    let workbook = std::str::from_utf8(workbook).ok()?;
    let mut sheets = tags(workbook).filter(|tag| local_name(tag) == "sheet");
    let lost = sheets.find(|tag| attribute(tag, "id").is_none_or(|id| !targets.contains_key(id)))?;
    Some(unescape(attribute(lost, "name")?).ok()?.into_owned())
}

/// The name of the part that a relationship of the workbook leads to.
pub(crate) fn part_of(relationships: &[u8], id: &str) -> Option<String> {
    targets(relationships)?.get(id).map(|target| of_workbook(target))
}

/// Where each relationship leads, by its id.
fn targets(relationships: &[u8]) -> Option<HashMap<&str, &str>> {
    let relationships = std::str::from_utf8(relationships).ok()?;
    let relationships = tags(relationships).filter(|tag| local_name(tag) == "Relationship");
    Some(relationships.filter_map(|tag| Some((attribute(tag, "Id")?, attribute(tag, "Target")?))).collect())
}

/// Targets are told from the folder of the workbook.
fn of_workbook(target: &str) -> String {
    let plain = super::parts::plain_name(target);
    if target.starts_with('/') { plain } else { format!("xl/{plain}") }
}

/// The insides of all tags, as in `sheet name="Sheet1" r:id="rId1"/`.
pub(crate) fn tags(text: &str) -> impl Iterator<Item = &str> {
    let pieces = text.split('<');
    pieces.filter_map(|piece| piece.get(..inside(piece)?))
}

/// The length of a tag's inside; an attribute's value may have a `>` in it.
fn inside(piece: &str) -> Option<usize> {
    let mut quote = None;
    piece.bytes().position(|byte| {
        match (quote, byte) {
            (None, b'>') => return true,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
        false
    })
}

/// The name of a tag, without its prefix; empty for an end tag.
pub(crate) fn local_name(tag: &str) -> &str {
    local(full_name(tag))
}

fn full_name(tag: &str) -> &str {
    let mut words = tag.split([' ', '\t', '\r', '\n', '/']);
    words.next().unwrap_or_default()
}

/// The raw value of an attribute, by its local name.
pub(crate) fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let mut rest = tag;
    while let Some((before, after)) = rest.split_once('=') {
        let key = before.rsplit([' ', '\t', '\r', '\n']).find(|word| !word.is_empty())?;
        let after = after.trim_start();
        let quote = after.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        let (value, next) = after[1..].split_once(quote)?;
        if local(key) == name {
            return Some(value);
        }
        rest = next;
    }
    None
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_are_found_through_their_relationships() {
        let workbook = r#"<?xml version="1.0"?><x:workbook><x:sheets>
            <x:sheet name="a=b>" sheetId="1" r:id="rId7"/><x:sheet r:id='rId2' name="二" /></x:sheets></x:workbook>"#;
        let relationships = r#"<Relationships><Relationship Id="rId2" Target="/xl/worksheets/Sheet2.xml"/>
            <Relationship Target="worksheets/sheet1.xml" Type="t" Id = "rId7"></Relationship></Relationships>"#;
        let parts = sheet_parts(workbook.as_bytes(), relationships.as_bytes());
        let expected = ["xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"].map(str::to_owned);
        assert_eq!(parts, Some(expected.to_vec()));
    }

    #[test]
    fn a_sheet_without_a_relationship_gives_nothing() {
        assert_eq!(sheet_parts(br#"<sheet r:id="rId1"/>"#, b"<Relationships/>"), None);
    }
}
