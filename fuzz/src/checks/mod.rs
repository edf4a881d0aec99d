//! What must be true of every input, whatever it holds. The fuzz targets call this, and so do the tests of the main
//! crate, with the seeds.

mod biff;
mod cells;
mod csv;
mod intake;
pub mod ledger;
pub mod package;
mod packs;
mod panics;
pub mod whole;
mod workbook;

/// The names of the targets; each has its seeds in the folder of that name.
pub const TARGETS: [&str; 8] = ["xlsx", "xls", "xlsb", "ods", "csv", "intake", "cells", "packs"];

/// Checks one input of a target.
///
/// # Panics
/// When something does not hold that must, or the program's own code panicked within its guard.
pub fn check(target: &str, bytes: &[u8]) {
    panics::watch();
    match target {
        "xlsx" | "xls" | "xlsb" | "ods" => workbook::check(target, bytes),
        "csv" => csv::check(bytes),
        "intake" => intake::check(&String::from_utf8_lossy(bytes)),
        "cells" => cells::check(&String::from_utf8_lossy(bytes)),
        "packs" => packs::check(&String::from_utf8_lossy(bytes)),
        _ => panic!("no target {target}"),
    }
    panics::assert_none();
}
