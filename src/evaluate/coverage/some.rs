//! Lists of some of what there is, by what their names say beside the name of their table: 天山区学校名单, 已视导学校名单.

use std::collections::BTreeSet;

use super::named::names;
use super::remits::institutions;
use crate::dictionary::{TableId, with_hints};
use crate::intake::Registry;

/// A longer text above a header is an instruction.
const LONGEST_TITLE: usize = 30;

/// Whether all lists of a table are named for one thing that is not all of it. Those that are named for different ones are the
/// whole together.
pub(super) fn is_of_some(registry: &Registry<'_>, table: TableId, sheets: &BTreeSet<u32>) -> bool {
    let offices = institutions(registry);
    let of_sheet = |sheet: &u32| {
        let names = names(registry, *sheet);
        let said = names.iter().filter(|name| name.chars().nth(LONGEST_TITLE).is_none());
        said.filter_map(|name| some_of(registry, table, name, &offices)).next()
    };
    let parts: BTreeSet<Option<String>> = sheets.iter().map(of_sheet).collect();
    parts.len() == 1 && !parts.contains(&None)
}

/// What a name says of which rows a list has. `None` if it says nothing, or is not a name of the table.
fn some_of(registry: &Registry<'_>, table: TableId, name: &str, offices: &[String]) -> Option<String> {
    let dictionary = registry.dictionary;
    let of = dictionary.table(table);
    let name = with_hints(name);
    let is_named = std::iter::once(&of.sheet).chain(&of.also).any(|own| name.contains(own.as_str()));
    if !is_named || of.neutral.is_empty() {
        return None;
    }
    let places = offices.iter().map(|office| dictionary.people.offices.place(office)).filter(|place| !place.is_empty());
    let places: Vec<&str> = places.collect();
    let rest = offices.iter().map(String::as_str).chain(places.iter().copied());
    let rest = rest.fold(name.clone(), |rest, own| rest.replace(own, " "));
    let rest = of.neutral.iter().fold(rest, |rest, word| rest.replace(word.as_str(), " "));
    let said: Vec<&str> = rest.split(|c: char| !is_letter(c)).filter(|part| !part.is_empty()).collect();
    let is_own = |part: &&str| {
        // 乌鲁木齐市天山区 is the same place as 天山区, 松岭 as 松岭县; where no office says where it is, nothing tells another one.
        let is_around = |place: &&str| name.contains(&format!("{part}{place}")) || place.starts_with(*part);
        let is_place = dictionary.people.offices.place(part).len() == part.len();
        places.iter().any(is_around) || (is_place && places.is_empty())
    };
    said.into_iter().find(|part| !is_own(part)).map(ToString::to_string)
}

/// Whether a character is none of a number, a year or a mark.
fn is_letter(c: char) -> bool {
    c.is_alphabetic() && !c.is_ascii() && !"〇一二三四五六七八九十".contains(c)
}
