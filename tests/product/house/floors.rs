//! Modules use only those above them, and what meets the outside world is met in one place only.

use std::fs;
use std::path::{Path, PathBuf};

/// From the top: each uses only those before it.
const FLOORS: [&str; 9] = ["model", "dictionary", "rules", "pack", "intake", "evaluate", "audit", "report", "cli"];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// A line of the program itself: tests and comments are left out.
struct Line {
    module: String,
    /// `src/pack/mod.rs:12`
    place: String,
    text: String,
}

/// The lines of `src`, apart from tests: files that only tests use, and what follows `mod tests {`.
fn lines() -> Vec<Line> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut lines = Vec::new();
    for path in sources(&root) {
        let below = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
        let parts: Vec<&str> = below.split('/').collect();
        let of_tests = |part: &&str| ["tests", "tests.rs", "fixture.rs"].contains(part) || part.ends_with("_tests.rs");
        if parts.iter().any(of_tests) {
            continue;
        }
        let module = parts[0].trim_end_matches(".rs").to_string();
        let text = fs::read_to_string(&path).unwrap();
        let own = text.lines().take_while(|line| !line.starts_with("mod tests {"));
        for (number, line) in own.enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            let place = format!("src/{below}:{}", number + 1);
            lines.push(Line { module: module.clone(), place, text: line.to_string() });
        }
    }
    lines
}

/// The modules of this crate that a line names: `crate::model::…`, and in `main.rs` `jiaoyan::cli::…`.
fn used(line: &str) -> Vec<&str> {
    let after = line.match_indices("crate::").map(|(at, found)| &line[at + found.len()..]);
    after.map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default()).collect()
}

fn floor(module: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| *floor == module)
}

#[test]
fn every_module_stands_on_a_floor_in_the_order_of_lib_rs() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let library = fs::read_to_string(root.join("lib.rs")).unwrap();
    let declared: Vec<&str> =
        library.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    assert_eq!(declared, FLOORS);
    let mut found: Vec<String> = lines().into_iter().map(|line| line.module).collect();
    found.dedup();
    let mut expected: Vec<&str> = FLOORS.into_iter().chain(["lib", "main"]).collect();
    expected.sort_unstable();
    found.sort();
    assert_eq!(found, expected);
}

#[test]
fn a_module_uses_only_those_above_it() {
    let (mut wrong, mut seen) = (Vec::new(), 0);
    for line in lines() {
        let Some(own) = floor(&line.module) else { continue };
        for name in used(&line.text) {
            seen += 1;
            match floor(name) {
                Some(other) if other <= own => {}
                Some(_) | None => wrong.push(format!("{} uses {name}: {}", line.place, line.text.trim())),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // Were the lines not found at all, nothing would be wrong with them either.
    assert!(seen > 100, "{seen}");
}

/// Lines with one of some texts that stand outside of the modules that may hold them; that the texts are found at all
/// is asserted.
fn outside(texts: &[&str], allowed: &[&str]) -> Vec<String> {
    let found: Vec<Line> =
        lines().into_iter().filter(|line| texts.iter().any(|text| line.text.contains(text))).collect();
    assert!(!found.is_empty(), "{texts:?} is used nowhere");
    let strays = found.into_iter().filter(|line| !allowed.contains(&line.module.as_str()));
    strays.map(|line| format!("{} {}", line.place, line.text.trim())).collect()
}

#[test]
fn each_library_of_a_format_has_one_user() {
    // Files are read by the crate `sheets`.
    assert!(lines().iter().all(|line| !line.text.contains("calamine::")));
    assert_eq!(outside(&["toml::"], &["dictionary", "pack"]), Vec::<String>::new());
    assert_eq!(outside(&["rust_xlsxwriter::"], &["report"]), Vec::<String>::new());
    assert_eq!(outside(&["comfy_table::"], &["report"]), Vec::<String>::new());
}

#[test]
fn only_the_command_line_prints_and_opens_files_for_writing() {
    let prints = ["print!(", "println!(", "eprint!(", "eprintln!(", "io::stdout()", "io::stderr()"];
    assert_eq!(outside(&prints, &["cli"]), Vec::<String>::new());
    let writes = ["fs::write", "File::create", "OpenOptions", "fs::rename", "fs::remove", "tempfile"];
    assert_eq!(outside(&writes, &["cli"]), Vec::<String>::new());
}

#[test]
fn below_the_command_line_nobody_asks_the_clock_or_the_environment() {
    let asks = ["Zoned::now", "Timestamp::now", "SystemTime", "Instant::now", "std::env", "env::var"];
    assert_eq!(outside(&asks, &["cli", "main"]), Vec::<String>::new());
}
