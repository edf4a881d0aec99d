//! Modules use only those above them, and what meets the outside world is met in one place only.

use std::fs;
use std::path::Path;

use super::source::{PACKAGES, product};

/// From the top: each uses only those before it.
const FLOORS: [&str; 9] = ["model", "dictionary", "rules", "pack", "intake", "evaluate", "audit", "report", "cli"];

fn floor(module: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| *floor == module)
}

/// The module that a file of the product belongs to: `report/pages/cover.rs` to `report`.
fn module(file: &str) -> &str {
    file.split('/').next().unwrap_or_default().trim_end_matches(".rs")
}

#[test]
fn every_module_stands_on_a_floor_in_the_order_of_lib_rs() {
    let library = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    let declared: Vec<&str> =
        library.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    assert_eq!(declared, FLOORS);
    let mut found: Vec<&str> = product().files.keys().map(|file| module(file)).collect();
    found.dedup();
    let mut expected: Vec<&str> = FLOORS.into_iter().chain(["lib", "main"]).collect();
    expected.sort_unstable();
    found.sort_unstable();
    assert_eq!(found, expected);
}

#[test]
fn a_module_uses_only_those_above_it() {
    let (mut wrong, mut seen) = (Vec::new(), 0);
    let package = product();
    for file in package.files.keys() {
        let Some(own) = floor(module(file)) else { continue };
        for used in package.used(file) {
            seen += 1;
            if floor(module(used)).is_none_or(|other| other > own) {
                wrong.push(format!("{file} uses {used}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // Were the uses not found at all, nothing would be wrong with them either.
    assert!(seen > 1000, "{seen}");
}

/// Lines with one of some texts that stand in files that may not hold them; that the texts are found at all is asserted.
fn outside(texts: &[&str], allowed: &[&str]) -> Vec<String> {
    let (mut strays, mut found) = (Vec::new(), 0);
    for (folder, package) in PACKAGES.iter() {
        for (name, file) in &package.files {
            let place = format!("{folder}/{name}");
            let lines = file.code.iter().filter(|line| texts.iter().any(|text| line.contains(text)));
            for line in lines {
                found += 1;
                if !allowed.iter().any(|allowed| place.starts_with(allowed)) {
                    strays.push(format!("{place}: {}", line.trim()));
                }
            }
        }
    }
    assert!(found > 0, "{texts:?} is used nowhere");
    strays
}

#[test]
fn each_library_of_a_format_has_one_user() {
    assert_eq!(outside(&["calamine::"], &["crates/sheets/"]), Vec::<String>::new());
    assert_eq!(outside(&["toml::"], &["src/dictionary/", "src/pack/"]), Vec::<String>::new());
    assert_eq!(outside(&["rust_xlsxwriter::"], &["src/report/"]), Vec::<String>::new());
    assert_eq!(outside(&["comfy_table::"], &["src/report/"]), Vec::<String>::new());
}

#[test]
fn only_the_command_line_opens_files_for_writing() {
    let writes = ["fs::write", "File::create", "fs::OpenOptions", "fs::rename", "fs::remove", "tempfile"];
    assert_eq!(outside(&writes, &["src/cli/", "crates/watched/"]), Vec::<String>::new());
}

#[test]
fn below_the_command_line_nobody_asks_the_clock_or_the_environment() {
    let asks = ["Zoned::now", "Timestamp::now", "SystemTime", "Instant::now", "std::env", "env::var"];
    assert_eq!(outside(&asks, &["src/cli/", "src/main.rs", "crates/watched/"]), Vec::<String>::new());
}

#[test]
fn only_main_takes_the_dictionary_that_is_built_in() {
    assert_eq!(outside(&["Dictionary::built_in()"], &["src/main.rs"]), Vec::<String>::new());
}

#[test]
fn text_is_masked_by_its_type_and_once_more_where_cells_are_written() {
    let bare = outside(&[" mask(", "(mask(", "&mask("], &["src/model/privacy.rs", "src/report/sheet/text.rs"]);
    assert_eq!(bare, Vec::<String>::new());
}
