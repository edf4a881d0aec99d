//! The documents say what is there: links lead somewhere, files that are named exist, tables are complete.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The Markdown files of the project.
fn pages() -> Vec<PathBuf> {
    let folders = ["", "docs", "benches", "fuzz", "tests/data"].map(|folder| root().join(folder));
    let examples = fs::read_dir(root().join("examples")).unwrap().map(|entry| entry.unwrap().path());
    let folders = folders.into_iter().chain(examples.filter(|path| path.is_dir()));
    let files = folders.flat_map(|folder| fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()));
    files.filter(|path| path.extension().is_some_and(|extension| extension == "md")).collect()
}

/// What a page links to, apart from the web and from places within it.
fn links(text: &str) -> Vec<&str> {
    let targets = text.split("](").skip(1).filter_map(|after| after.split(')').next());
    let files = targets.map(|target| target.split('#').next().unwrap_or_default());
    files.filter(|file| !file.is_empty() && !file.contains("://")).collect()
}

#[test]
fn links_lead_somewhere() {
    let (mut broken, mut seen) = (Vec::new(), 0);
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap();
        for link in links(&text) {
            seen += 1;
            if !page.parent().unwrap().join(link).exists() {
                broken.push(format!("{}: {link}", page.display()));
            }
        }
    }
    assert_eq!(broken, Vec::<String>::new());
    assert!(seen > 20, "{seen}");
}

/// The paths in backquotes of a text that begin with a folder of the sources.
fn paths(text: &str) -> BTreeSet<&str> {
    let quoted = text.split('`').skip(1).step_by(2);
    let starts = ["src/", "crates/", "rules/", "tests/", "docs/", "benches/", "fuzz/", "examples/"];
    quoted
        .filter(|text| starts.iter().any(|start| text.starts_with(start)) && !text.contains(['<', '*', ' ']))
        .collect()
}

#[test]
fn files_that_a_developer_is_sent_to_exist() {
    for page in ["docs/architecture.md", "docs/packs.md", "CONTRIBUTING.md"] {
        let text = fs::read_to_string(root().join(page)).unwrap();
        let missing: Vec<&str> = paths(&text).into_iter().filter(|path| !root().join(path).exists()).collect();
        assert_eq!(missing, Vec::<&str>::new(), "{page}");
    }
}

/// The first cells in backquotes of the rows of the tables below a heading.
fn first_cells<'t>(text: &'t str, heading: &str) -> Vec<&'t str> {
    let section = text.split(heading).nth(1).unwrap().split("\n#").next().unwrap();
    section.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect()
}

#[test]
fn each_measure_has_its_line_in_the_page_on_packs() {
    let text = fs::read_to_string(root().join("docs/packs.md")).unwrap();
    let mut documented = first_cells(&text, "### Measures");
    let mut names = jiaoyan::rules::MEASURES.to_vec();
    documented.sort_unstable();
    names.sort_unstable();
    assert_eq!(documented, names);
}

#[test]
fn each_module_has_its_line_in_the_map() {
    let text = fs::read_to_string(root().join("docs/architecture.md")).unwrap();
    let mapped = first_cells(&text, "## The floors");
    let library = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let modules: Vec<String> = library
        .lines()
        .filter_map(|line| Some(format!("{}/", line.strip_prefix("pub mod ")?.strip_suffix(';')?)))
        .collect();
    assert_eq!(mapped, modules);
}

/// The oldest Rust that a package says it needs, as numbers.
fn rust_version(package: &serde_json::Value) -> Vec<u32> {
    let written = package["rust_version"].as_str().unwrap_or("1");
    let mut numbers: Vec<u32> = written.split('.').map(|number| number.parse().unwrap()).collect();
    numbers.resize(3, 0);
    numbers
}

#[test]
fn the_rust_version_is_the_one_that_the_lockfile_needs() {
    let cargo = std::process::Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(root())
        .output()
        .unwrap();
    let metadata: serde_json::Value = serde_json::from_slice(&cargo.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let is_own = |package: &&serde_json::Value| package["source"].is_null();
    let needed = packages.iter().filter(|package| !is_own(package)).map(rust_version).max().unwrap();
    for package in packages.iter().filter(is_own) {
        assert_eq!(rust_version(package), needed, "{}", package["name"]);
    }
}

#[test]
fn the_example_of_the_page_on_packs_passes_its_cases() {
    let text = fs::read_to_string(root().join("docs/packs.md")).unwrap();
    let blocks: Vec<&str> = text.split("```toml\n").skip(1).filter_map(|after| after.split("```").next()).collect();
    let block = |start: &str| *blocks.iter().find(|block| block.starts_with(start)).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let pack = [block("[pack]"), block("[[clause]]"), block("[[rule]]")].concat();
    fs::write(folder.path().join("例.toml"), pack).unwrap();
    fs::write(folder.path().join("例.cases.toml"), block("[[case]]")).unwrap();
    let mut command = assert_cmd::cargo::cargo_bin_cmd!("jiaoyan");
    command.current_dir(folder.path()).args(["packs", "test", "例.toml"]);
    command.assert().code(0).stderr("").stdout("共1例，全部符合\n");
}
