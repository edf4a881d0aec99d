//! What a template does not ask for decides nothing: the cases of the packs come out the same without it.

use std::collections::BTreeMap;

use jiaoyan::audit::cases;
use jiaoyan::dictionary::{Dictionary, FieldId, normalise};
use jiaoyan::pack::{self, Pack, TableNeeds, built_in_ids};

/// The table of the dictionary that a sheet of a case is.
fn table_of(sheet: &str) -> Option<usize> {
    let tables = &Dictionary::built_in().tables;
    tables.iter().position(|table| std::iter::once(&table.sheet).chain(&table.also).any(|name| name == sheet))
}

/// A table of a case without the columns that are not needed; none where the table itself is not. What institutions
/// there are and of which level they are may stand in either of two tables, of which a template asks one: both are kept.
fn needed_columns(sheet: &str, text: &str, needs: &[TableNeeds<'_>], dropped: &mut usize) -> Option<String> {
    const KEPT: [&str; 4] = ["staff-id", "name", "institution", "level"];
    let dictionary = Dictionary::built_in();
    let Some(table) = table_of(sheet).map(|place| &dictionary.tables[place]) else { return Some(text.to_string()) };
    let own = needs.iter().find(|needs| std::ptr::eq(dictionary.table(needs.table), table));
    let is_kept = ["staff", "institutions"].contains(&table.id.as_str());
    if own.is_none() && !is_kept {
        *dropped += 1;
        return None;
    }
    let columns: Vec<FieldId> = own.iter().flat_map(|needs| needs.columns.keys().copied()).collect();
    let is_needed = |header: &str| {
        let is_called = |name: &String| normalise(name) == normalise(header);
        let found = table.fields.iter().find(|field| is_called(&field.header) || field.also.iter().any(is_called));
        found.is_none_or(|field| {
            let is_asked = columns.iter().any(|id| std::ptr::eq(table.field(*id), field));
            is_asked || is_kept && KEPT.contains(&field.id.as_str())
        })
    };
    let rows: Vec<Vec<&str>> =
        text.lines().filter(|line| !line.trim().is_empty()).map(|line| line.split('|').collect()).collect();
    let keep: Vec<bool> = rows[0].iter().map(|header| is_needed(header.trim())).collect();
    *dropped += keep.iter().filter(|keep| !**keep).count();
    let line = |row: &Vec<&str>| {
        let cells = row.iter().enumerate().filter(|(at, _)| keep.get(*at).copied().unwrap_or(true));
        cells.map(|(_, cell)| *cell).collect::<Vec<_>>().join("|")
    };
    Some(rows.iter().map(line).collect::<Vec<_>>().join("\n"))
}

/// The cases of a pack with no more tables and columns than the template for the rule alone would have.
fn cases_within_templates(id: &str, dropped: &mut usize) -> String {
    let mut file: toml::Table = pack::cases_of(id).unwrap().parse().unwrap();
    let whole = pack::built_in(id, Dictionary::built_in()).unwrap();
    let alone = |rule: &str| {
        let mut pack = pack::built_in(id, Dictionary::built_in()).unwrap();
        pack.rules.retain(|own| own.id == rule);
        [pack]
    };
    let packs: BTreeMap<&str, [Pack; 1]> = whole.rules.iter().map(|rule| (&*rule.id, alone(&rule.id))).collect();
    for case in file["case"].as_array_mut().unwrap() {
        let needs = pack::records(&packs[case["rule"].as_str().unwrap()], Dictionary::built_in());
        let Some(tables) = case.get_mut("tables").and_then(toml::Value::as_table_mut) else { continue };
        let kept = tables.iter().filter_map(|(sheet, text)| {
            let text = needed_columns(sheet, text.as_str().unwrap(), &needs, dropped)?;
            Some((sheet.clone(), toml::Value::from(text)))
        });
        *tables = kept.collect();
    }
    file.to_string()
}

#[test]
fn what_a_template_leaves_out_changes_no_verdict() {
    let mut dropped = 0;
    for id in built_in_ids() {
        let pack = pack::built_in(id, Dictionary::built_in()).unwrap();
        let cases = cases::parse(id, &cases_within_templates(id, &mut dropped), &pack).unwrap();
        let wrong = |case: &cases::PackCase| {
            let differences = case.run(&pack, Dictionary::built_in()).unwrap_or_else(|error| vec![error.to_string()]);
            differences.into_iter().map(|text| format!("{} {}: {text}", case.rule, case.name)).collect::<Vec<_>>()
        };
        assert_eq!(cases.iter().flat_map(wrong).collect::<Vec<_>>(), Vec::<String>::new(), "{id}");
    }
    assert!(dropped > 100, "{dropped}");
}
