//! 习惯: what ordinary offices do in their workbooks, and what must come of it. Each is a small workbook in `tests/habits/`.

mod book;
mod habit;

use std::fs;
use std::path::PathBuf;

use habit::HabitFile;

/// Runs the habits of a family, and lists all that do not come out as written.
fn check(family: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/habits/{family}.toml"));
    let file: HabitFile = toml::from_str(&fs::read_to_string(path).unwrap()).unwrap_or_else(|error| panic!("{error}"));
    let wrong: Vec<String> = file.habit.iter().flat_map(|habit| habit.wrong(&file.shared)).collect();
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

macro_rules! families {
    ($($family:ident)+) => {
        $(#[test]
        fn $family() {
            check(stringify!($family));
        })+

        #[test]
        fn every_file_of_habits_is_run() {
            let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/habits");
            let name = |entry: std::io::Result<fs::DirEntry>| {
                entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned()
            };
            let mut found: Vec<String> = fs::read_dir(folder).unwrap().map(name).collect();
            found.sort();
            let mut run = vec![$(stringify!($family)),+];
            run.sort_unstable();
            assert_eq!(found, run);
        }
    };
}

families! { answers unread sheets columns names who what amounts spans time copies csv figures rosters lessons topics rotation schools registers below parts sums gaps owners struck sections dates readings words beside qualifiers lists units teams adjoining observed dated numbers years besides borrowed many_lessons reported blocks totals halves levels certificates second_amounts exports terms noted left attained said foreign corrected headed less_told returned roster_remarks left_columns lower_levels given_by_others counted_topics other_years_told in_kindergarten not_yet_told }
