//! Files stand in no circle, are short, and have few neighbours; a name stands for one thing.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::source::PACKAGES;

/// The most lines of a file and of a function, and the most entries of a folder.
const FILE: usize = 300;
const FUNCTION: usize = 45;
const FOLDER: usize = 15;

/// The files that a file uses, directly or by way of others.
fn reached<'p>(from: &'p str, uses: &BTreeMap<&'p str, BTreeSet<&'p str>>) -> BTreeSet<&'p str> {
    let (mut found, mut open) = (BTreeSet::new(), vec![from]);
    while let Some(file) = open.pop() {
        open.extend(uses[file].iter().filter(|other| found.insert(**other)));
    }
    found
}

#[test]
fn no_file_is_in_a_circle_of_uses() {
    let (mut circles, mut arrows) = (BTreeSet::new(), 0);
    for (folder, package) in PACKAGES.iter() {
        let uses: BTreeMap<&str, BTreeSet<&str>> =
            package.files.keys().map(|file| (file.as_str(), package.used(file))).collect();
        arrows += uses.values().map(BTreeSet::len).sum::<usize>();
        let reach: BTreeMap<&str, BTreeSet<&str>> = uses.keys().map(|file| (*file, reached(file, &uses))).collect();
        for file in uses.keys().filter(|file| reach[**file].contains(*file)) {
            let members = reach[file].iter().filter(|other| reach[**other].contains(file));
            circles.insert(format!("{folder}: {}", members.copied().collect::<Vec<_>>().join(" ")));
        }
    }
    assert!(circles.is_empty(), "{}", circles.into_iter().collect::<Vec<_>>().join("\n"));
    // Were the uses not found at all, there would be no circle either.
    assert!(arrows > 500, "{arrows}");
}

#[test]
fn a_mod_file_only_declares_and_re_exports() {
    let mut wrong = Vec::new();
    for (folder, package) in PACKAGES.iter() {
        for (name, file) in package.files.iter().filter(|(name, _)| name.ends_with("mod.rs")) {
            wrong.extend(file.items.iter().map(|line| format!("{folder}/{name}:{line}")));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn files_and_functions_are_short() {
    let (mut long, mut functions) = (Vec::new(), 0);
    for (folder, package) in PACKAGES.iter() {
        for (name, file) in &package.files {
            if file.lines > FILE {
                long.push(format!("{folder}/{name}: {} lines", file.lines));
            }
            functions += file.functions.len();
            for (function, line, length) in file.functions.iter().filter(|(_, _, length)| *length > FUNCTION) {
                long.push(format!("{folder}/{name}:{line} {function}: {length} lines"));
            }
        }
    }
    assert_eq!(long, Vec::<String>::new());
    assert!(functions > 1000, "{functions}");
}

fn crowded(folder: &Path, found: &mut Vec<String>) {
    let entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    // A folder's own declarations are no entry of it.
    let count = entries.iter().filter(|path| !path.ends_with("mod.rs")).count();
    if count > FOLDER {
        found.push(format!("{}: {count} entries", folder.display()));
    }
    for path in entries.iter().filter(|path| path.is_dir() && !path.ends_with("snapshots")) {
        crowded(path, found);
    }
}

#[test]
fn no_folder_is_crowded() {
    let mut found = Vec::new();
    for folder in PACKAGES.keys() {
        crowded(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut found);
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn a_name_of_a_type_stands_for_one_thing() {
    let (mut twice, mut types) = (Vec::new(), 0);
    for (folder, package) in PACKAGES.iter() {
        let mut places: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for (file, contents) in &package.files {
            for (name, line) in &contents.types {
                places.entry(name).or_default().push(format!("{file}:{line}"));
            }
        }
        types += places.len();
        let named = places.into_iter().filter(|(_, places)| places.len() > 1);
        twice.extend(named.map(|(name, places)| format!("{folder}: {name} is {}", places.join(", "))));
    }
    assert!(twice.is_empty(), "{}", twice.join("\n"));
    assert!(types > 300, "{types}");
}
