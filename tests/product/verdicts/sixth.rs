//! A sixth document, of kinds of threshold that the built-in ones do not use, is two TOML files and no Rust.

use jiaoyan::audit::cases;
use jiaoyan::dictionary::Dictionary;
use jiaoyan::pack;

const PACK: &str = include_str!("../../sixth/county-2024.toml");
const CASES: &str = include_str!("../../sixth/county-2024.cases.toml");

#[test]
fn a_new_document_needs_two_toml_files() {
    let pack = pack::parse("county-2024.toml", PACK, "", Dictionary::built_in()).unwrap();
    let cases = cases::parse("county-2024.cases.toml", CASES, &pack).unwrap();
    for rule in &pack.rules {
        assert!(cases.iter().any(|case| case.rule == rule.id), "{} has no case", rule.id);
    }
    let wrong: Vec<String> = cases.iter().flat_map(|case| case.run(&pack, Dictionary::built_in()).unwrap()).collect();
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn a_choice_of_more_than_there_is_a_defect_with_its_line() {
    let text = PACK.replace("some = { at-least = 2", "some = { at-least = 4");
    let defects = pack::parse("county-2024.toml", &text, "", Dictionary::built_in()).unwrap_err();
    let found: Vec<(usize, &str)> = defects.iter().map(|defect| (defect.line, defect.message.as_str())).collect();
    let line = text.lines().position(|line| line.starts_with("require = { some")).unwrap() + 1;
    assert_eq!(found, [(line, "some 要写 of 和 at-least，at-least 在1和条件个数之间")]);
}
