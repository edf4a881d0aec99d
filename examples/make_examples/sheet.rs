//! A sheet as lines of text: cells parted by `|`, so that a workbook reads as a table in its office's module.
//!
//! A cell that is a number or an ISO date becomes one, `^` is merged with the cell above, and a `'` in front keeps text as text.

use std::fs;
use std::path::Path;

use anyhow::{Result, ensure};
use encoding_rs::GBK;

use crate::book::{Cell, Faults, Page, address, save, workbook};

pub struct Sheet {
    pub name: &'static str,
    /// The lines above the header, each merged over the width.
    pub top: &'static [&'static str],
    pub headers: &'static str,
    pub lines: Vec<String>,
    /// The lines below the table: a total where the line has cells, else a sign-off.
    pub foot: &'static [&'static str],
}

/// A fault of one cell, named by a text that only its line holds and by the header of its column.
pub struct Slip {
    pub sheet: &'static str,
    pub line: &'static str,
    pub column: &'static str,
    pub wrong: &'static str,
    pub reading: &'static str,
}

/// The lines of a table in a module.
pub fn lines(table: &str) -> Vec<String> {
    table.trim().lines().map(str::to_owned).collect()
}

pub fn workbook_of(folder: &Path, file: &str, sheets: &[Sheet], slips: &[Slip], faults: &mut Faults) -> Result<()> {
    let mut book = workbook()?;
    for sheet in sheets {
        let headers: Vec<&str> = sheet.headers.split('|').collect();
        let mut page = Page::new(&mut book, sheet.name, headers.len())?;
        for line in sheet.top {
            page.banner(line)?;
        }
        page.header(&headers)?;
        let first = page.next();
        for line in &sheet.lines {
            page.line(&cells(line))?;
        }
        merge(&mut page, first, &sheet.lines)?;
        for line in sheet.foot {
            if line.contains('|') {
                page.line(&cells(line))?;
            } else {
                page.banner(line)?;
            }
        }
        note(file, sheet, first, slips, faults)?;
    }
    save(folder, file, book)
}

/// One sheet as a program on Windows exports it: commas, GBK, CRLF.
pub fn csv_of(folder: &Path, file: &str, sheet: &Sheet, slips: &[Slip], faults: &mut Faults) -> Result<()> {
    let mut text = format!("{}\r\n", sheet.headers.replace('|', ","));
    for line in &sheet.lines {
        let row: Vec<String> = cells(line).iter().map(Cell::plain).collect();
        text.push_str(&format!("{}\r\n", row.join(",")));
    }
    note(file, sheet, 1, slips, faults)?;
    Ok(fs::write(folder.join(file), GBK.encode(&text).0)?)
}

fn cells(line: &str) -> Vec<Cell> {
    line.split('|').map(cell).collect()
}

fn cell(text: &str) -> Cell {
    match text.strip_prefix('\'') {
        Some(text) => text.into(),
        None if text == "^" => Cell::Blank,
        None => text.parse().map_or_else(|_| Cell::date_or_text(text), Cell::Number),
    }
}

/// Merges each cell with the `^` below it.
fn merge(page: &mut Page, first: u32, lines: &[String]) -> Result<()> {
    let table: Vec<Vec<&str>> = lines.iter().map(|line| line.split('|').collect()).collect();
    for (at, row) in table.iter().enumerate() {
        for (column, text) in row.iter().enumerate() {
            let below = table[at + 1..].iter().take_while(|row| row.get(column) == Some(&"^")).count();
            if *text != "^" && below > 0 {
                let (row, column) = (first + u32::try_from(at)?, u16::try_from(column)?);
                page.merge((row, column), (row + u32::try_from(below)?, column), &cell(text))?;
            }
        }
    }
    Ok(())
}

/// Gives each slip of the sheet its address.
fn note(file: &str, sheet: &Sheet, first: u32, slips: &[Slip], faults: &mut Faults) -> Result<()> {
    let headers: Vec<&str> = sheet.headers.split('|').collect();
    for slip in slips.iter().filter(|slip| slip.sheet == sheet.name) {
        let found: Vec<usize> = (0..sheet.lines.len()).filter(|&at| sheet.lines[at].contains(slip.line)).collect();
        ensure!(found.len() == 1, "{} lines of {} hold {}", found.len(), sheet.name, slip.line);
        let column = headers.iter().position(|&header| header == slip.column);
        ensure!(column.is_some(), "{} has no column {}", sheet.name, slip.column);
        let place = address(first + u32::try_from(found[0])?, u16::try_from(column.unwrap_or_default())?);
        faults.note(format!("{file}!{}!{place}", sheet.name), slip.wrong, slip.reading);
    }
    Ok(())
}
