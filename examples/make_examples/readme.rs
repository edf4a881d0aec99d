//! The page of a folder: what is in it and what is wrong on purpose. The program writes it, so that the cells it names
//! are the right ones.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use anyhow::Result;

use crate::book::Faults;

const FAULTS: &str = "
## What is wrong on purpose

| where | what is wrong | what the checker should make of it |
|---|---|---|
";

pub fn write(folder: &Path, head: &str, faults: &Faults, tail: &str) -> Result<()> {
    let mut text = format!("{head}{FAULTS}");
    for fault in &faults.0 {
        writeln!(text, "| {} | {} | {} |", fault.place, fault.wrong, fault.reading)?;
    }
    text.push_str(tail);
    Ok(fs::write(folder.join("README.md"), text)?)
}
