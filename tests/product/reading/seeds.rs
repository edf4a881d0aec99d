//! The seeds of the fuzz targets hold what the targets ask of every input.

#[path = "../../../fuzz/src/checks/mod.rs"]
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

/// Were the cells of no seed counted, the targets would not see that one is lost.
#[test]
fn the_cells_of_the_seeds_are_counted() {
    let count = |format: &str| {
        let seed = format!("{}/fuzz/seeds/{format}/cells.{format}", env!("CARGO_MANIFEST_DIR"));
        checks::whole::count(format, &fs::read(seed).unwrap())
    };
    let expected = |sheets: &[(usize, usize)]| {
        let count = |&(least, most): &(usize, usize)| checks::whole::Count { least, most };
        Some(sheets.iter().map(count).collect::<Vec<_>>())
    };
    assert_eq!(count("xlsx"), expected(&[(8, 11), (1, 1)]));
    assert_eq!(count("xlsb"), expected(&[(8, 8), (8, 8)]));
    assert_eq!(count("xls"), expected(&[(6, 13)]));
}
