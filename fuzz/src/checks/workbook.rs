//! A file is read wholly or refused with a sentence; rows and their cells ascend; it reads the same twice.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::ControlFlow;

use sheets::{Parsing, Raw, ReadError, Row, Workbook};

use super::whole;

/// The most rows and columns of a sheet.
const LIMITS: (u32, u32) = (1_048_576, 16_384);

/// Checks a file with this extension.
pub fn check(extension: &str, bytes: &[u8]) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(format!("台账.{extension}"));
    fs::write(&path, bytes).expect("a file");
    let mut workbook = match Workbook::open(&path) {
        Ok(workbook) => workbook,
        Err(error) => return check_sentence(&error),
    };
    let first = digest(&mut workbook);
    if let (Ok((_, cells)), Some(counts)) = (&first, whole::count(extension, bytes)) {
        let all = cells.len() == counts.len() && counts.iter().zip(cells).all(|(count, cells)| count.allows(*cells));
        assert!(all, "{cells:?} cells are read of {counts:?}");
    }
    let second = digest(&mut workbook);
    assert_eq!(first, second, "a second reading differs");
    check_break(&mut workbook);
}

/// A refusal names the file and says something of it.
fn check_sentence(error: &ReadError) {
    let sentence = error.to_string();
    let rest = sentence.split_once(": ").map(|(_, rest)| rest).unwrap_or_default();
    assert!(sentence.contains("台账.") && rest.len() > 5, "{sentence}");
    assert!(!sentence.contains("panicked"), "{sentence}");
}

/// The rows of all sheets in one number, and how many cells each has; or the sentence of a sheet that cannot be read.
fn digest(workbook: &mut Workbook) -> Result<(u64, Vec<usize>), String> {
    let (mut hash, mut counts) = (DefaultHasher::new(), Vec::new());
    for sheet in 0..workbook.sheets().len() {
        let mut cells = 0;
        let mut last = 0;
        let outcome = workbook.rows_in_two(
            sheet,
            Parsing::Ahead,
            |row| format!("{row:?}"),
            |row, seen| {
                assert!(last < row.number && row.number <= LIMITS.0, "row {} comes after row {last}", row.number);
                last = row.number;
                check_row(row);
                cells += row.cells.len();
                seen.hash(&mut hash);
            },
        );
        if let Err(error) = outcome {
            check_sentence(&error);
            return Err(error.to_string());
        }
        counts.push(cells);
    }
    Ok((hash.finish(), counts))
}

fn check_row(row: Row<'_>) {
    let columns = row.cells.iter().map(|cell| cell.column);
    assert!(columns.is_sorted_by(|left, right| left < right), "columns of row {} do not ascend", row.number);
    assert!(!row.cells.is_empty(), "row {} has no cell", row.number);
    for cell in row.cells {
        assert!(cell.column < LIMITS.1, "column {}", cell.column);
        match &cell.value {
            Raw::Text(text) => assert!(!text.is_empty(), "empty text in row {}", row.number),
            Raw::Number(number) | Raw::Date(number) => assert!(number.is_finite(), "row {}", row.number),
            Raw::Flag(_) | Raw::Error | Raw::NoValue => {}
        }
    }
}

/// Who breaks after the first row of a sheet sees no other.
fn check_break(workbook: &mut Workbook) {
    for sheet in 0..workbook.sheets().len() {
        let mut seen = 0;
        let outcome = workbook.rows(sheet, &mut |_| {
            seen += 1;
            ControlFlow::Break(())
        });
        assert!(seen <= 1, "{seen} rows after a break");
        if let Err(error) = outcome {
            check_sentence(&error);
        }
    }
}
