//! Whole files through the public face of the crate, as one test program.
//!
//! `packages` and `writers` make the workbooks that the others read; the tests of the product use them, too.

#![allow(
    unreachable_pub,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::too_many_lines,
    clippy::wildcard_enum_match_arm,
    reason = "tests are long where the expected result is, and nobody uses them"
)]

mod damage;
mod formats;
mod ods;
mod packages;
mod writers;
mod written;
mod xls;
mod xlsb;
mod xlsx;

use std::fs;
use std::io::{Cursor, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use sheets::{Fault, ForeignKind, Parsing, Raw, Remark, Row, SheetInfo, TextEncoding, Workbook, cell_name};
use tempfile::TempDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use packages::{by_hand, package};

/// A cell as text: its name, a kind and its value, and `+` if a merged area filled it in.
fn show(row: Row<'_>) -> Vec<String> {
    let cells = row.cells.iter().map(|cell| {
        let name = cell_name(row.number - 1, cell.column);
        let plus = if cell.merged { "+" } else { "" };
        match &cell.value {
            Raw::Text(text) => format!("{name}{plus} {text}"),
            Raw::Number(number) => format!("{name}{plus} number {number}"),
            Raw::Date(days) => format!("{name}{plus} date {days}"),
            Raw::Flag(flag) => format!("{name}{plus} {flag}"),
            Raw::Error => format!("{name}{plus} error"),
            Raw::NoValue => format!("{name}{plus} no value"),
        }
    });
    cells.collect()
}

/// All cells of a sheet, which are the same wherever its parser works.
fn cells(workbook: &Workbook, sheet: usize) -> Result<Vec<String>, Fault> {
    let read = |parsing: Parsing| {
        let mut all = Vec::new();
        let outcome = workbook.rows_in_two(sheet, parsing, show, |row, seen| {
            assert_eq!(show(row), seen);
            all.extend(seen);
        });
        (all, outcome.map_err(|error| error.fault().clone()))
    };
    let here = read(Parsing::Here);
    assert_eq!(read(Parsing::Ahead), here);
    let mut alone = Vec::new();
    let mut visit = |row: Row<'_>| {
        alone.extend(show(row));
        ControlFlow::Continue(())
    };
    let outcome = workbook.rows(sheet, &mut visit).map_err(|error| error.fault().clone());
    assert_eq!((alone, outcome), here);
    here.1.map(|()| here.0)
}

/// All cells of the first sheet of a file with this name and contents.
fn read(name: &str, bytes: &[u8]) -> Result<Vec<String>, Fault> {
    let (_folder, path) = file(name, bytes);
    cells(&open(&path)?, 0)
}

fn open(path: &Path) -> Result<Workbook, Fault> {
    Workbook::open(path).map_err(|error| error.fault().clone())
}

fn file(name: &str, bytes: &[u8]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join(name);
    fs::write(&path, bytes).expect("a file");
    (folder, path)
}
