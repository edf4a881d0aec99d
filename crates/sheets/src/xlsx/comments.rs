//! What is remarked on cells: 批注.
//!
//! Only a sheet whose relationships lead to a part of comments is looked through. What is damaged is read as far as it is whole.

use std::collections::BTreeMap;
use std::io::{BufReader, Read};

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;

use super::cursor::place_of_cell;
use crate::input::source::Source;
use crate::package::parts::{SMALL_PART, place_of};
use crate::package::relationships::{attribute, local_name, tags};

/// So many comments of a sheet are read, and so many characters of each.
const MOST: usize = 20_000;
const LONGEST: usize = 500;

/// The comments on the cells of a sheet by row, from 1, and column, from 0; `place` is that of its part.
pub(crate) fn comments(package: &mut ZipArchive<BufReader<Source>>, place: usize) -> BTreeMap<(u32, u32), String> {
    let name = package.name_for_index(place).and_then(Result::ok).map(|name| name.to_string());
    let found = name.and_then(|name| {
        let (folder, file) = name.rsplit_once('/')?;
        let relationships = small_part(package, &format!("{folder}/_rels/{file}.rels"))?;
        small_part(package, &comments_part(folder, &relationships)?)
    });
    found.map(|text| read(&text)).unwrap_or_default()
}

fn small_part(package: &mut ZipArchive<BufReader<Source>>, name: &str) -> Option<String> {
    let place = place_of(package, name)?;
    let mut text = String::new();
    package.by_index(place).ok()?.take(SMALL_PART).read_to_string(&mut text).ok()?;
    Some(text)
}

/// The part of comments that the relationships of a sheet in a folder lead to.
fn comments_part(folder: &str, relationships: &str) -> Option<String> {
    let mut found = tags(relationships).filter(|tag| local_name(tag) == "Relationship");
    let target = found.find_map(|tag| attribute(tag, "Target").filter(|_| is_comments(tag)))?;
    if let Some(whole) = target.strip_prefix('/') {
        return Some(whole.to_string());
    }
    let (mut target, mut folder) = (target, folder);
    while let Some(rest) = target.strip_prefix("../") {
        (target, folder) = (rest, folder.rsplit_once('/').map_or("", |(above, _)| above));
    }
    Some(if folder.is_empty() { target.to_string() } else { format!("{folder}/{target}") })
}

fn is_comments(tag: &str) -> bool {
    attribute(tag, "Type").is_some_and(|of| of.ends_with("/comments"))
}

fn read(text: &str) -> BTreeMap<(u32, u32), String> {
    let mut xml = Reader::from_str(text);
    xml.config_mut().check_end_names = false;
    let (mut found, mut at, mut in_text) = (BTreeMap::new(), None, false);
    while let Ok(event) = xml.read_event() {
        match &event {
            Event::Start(tag) if tag.local_name().as_ref() == "comment" => {
                let of = tag.attributes().flatten().find(|one| one.key.as_ref() == "ref");
                at = of.and_then(|one| place_of_cell(&one.value)).filter(|_| found.len() < MOST);
            }
            Event::Start(tag) if tag.local_name().as_ref() == "t" => in_text = true,
            Event::End(tag) if tag.local_name().as_ref() == "t" => in_text = false,
            Event::Text(piece) if in_text => {
                let own: Option<&mut String> = at.map(|at| found.entry(at).or_default());
                if let Some(own) = own.filter(|own| own.chars().count() < LONGEST) {
                    own.extend(piece.chars().take(LONGEST));
                }
            }
            Event::Eof => break,
            Event::Start(_) | Event::End(_) | Event::Empty(_) | Event::Text(_) | Event::CData(_) => {}
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) | Event::GeneralRef(_) => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_found_beside_their_cells() {
        let text = r#"<comments><authors><author>王</author></authors><commentList><comment ref="C5" authorId="0"><text><r><t>因雨改期，</t></r>
            <r><t xml:space="preserve">未去</t></r></text></comment><comment ref="A2"><text><t>补</t></text></comment></commentList></comments>"#;
        let expected = BTreeMap::from([((5, 2), "因雨改期，未去".to_string()), ((2, 0), "补".to_string())]);
        assert_eq!(read(text), expected);
        assert_eq!(
            read("<comments><commentList><comment ref=\"C5\"><text><t>因"),
            BTreeMap::from([((5, 2), "因".to_string())])
        );
        assert_eq!(read("no xml"), BTreeMap::new());
    }

    #[test]
    fn their_part_is_told_from_that_of_the_sheet() {
        let of = |target: &str| {
            let tag = format!(
                "<Relationships><Relationship Id=\"rId1\" Type=\"http://x/comments\" Target=\"{target}\"/></Relationships>"
            );
            comments_part("xl/worksheets", &tag)
        };
        assert_eq!(of("../comments1.xml").as_deref(), Some("xl/comments1.xml"));
        assert_eq!(of("/xl/comments1.xml").as_deref(), Some("xl/comments1.xml"));
        assert_eq!(of("comments1.xml").as_deref(), Some("xl/worksheets/comments1.xml"));
        assert_eq!(comments_part("xl/worksheets", "<Relationship Type=\"x/vmlDrawing\" Target=\"a\"/>"), None);
    }
}
