//! The seeds of the fuzz targets hold what the targets ask of every input.

#[path = "../fuzz/src/checks/mod.rs"]
mod checks;

use std::fs;
use std::path::{Path, PathBuf};

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn replay(target: &str) {
    let seeds = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(target));
    assert!(!seeds.is_empty(), "{target}");
    for seed in seeds {
        println!("{}", seed.display());
        checks::check(target, &fs::read(&seed).unwrap());
    }
}

#[test]
fn the_seeds_of_all_targets_hold() {
    checks::TARGETS.into_iter().for_each(replay);
}
