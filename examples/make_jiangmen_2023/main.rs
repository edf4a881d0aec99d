//! Makes the workbooks of `examples/jiangmen-2023/`, as an invented city keeps them, from a fixed seed:
//! `cargo run --example make_jiangmen_2023 [FOLDER]`. The same program gives the same bytes.

mod activities;
mod book;
mod calendar;
mod cases;
mod ledgers;
mod people;
mod readme;
mod registers;
mod rng;
mod schools;
mod training;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use rust_xlsxwriter::Workbook;

const SEED: u64 = 20_231_231;

fn main() -> Result<()> {
    let folder = std::env::args_os()
        .nth(1)
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/jiangmen-2023"), PathBuf::from);
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    make(&folder)
}

fn make(folder: &Path) -> Result<()> {
    let mut rng = rng::Rng::new(SEED);
    let mut faults = book::Faults::default();
    let people = people::people();
    let schools = schools::schools();
    let mut counts = vec![(people.len(), "officers")];

    save(folder, "教研员花名册.xlsx", registers::roster(&people, &mut faults)?)?;
    let rows = ledgers::rows(&mut rng, &people, &schools);
    for (file, book, count) in ledgers::write(&rows, &mut faults)? {
        save(folder, file, book)?;
        counts.push((count, file));
    }
    let (book, csv, [current, former, late]) = registers::training(&mut rng, &people, &mut faults)?;
    save(folder, "培训台账.xlsx", book)?;
    fs::write(folder.join("培训补录.csv"), csv)?;
    counts.extend([(current, "2023年培训"), (former, "历年研修"), (late, "培训补录.csv")]);
    save(folder, "学校与联系点.xlsx", registers::schools(&schools, &mut faults)?)?;
    save(folder, "到校任教经历.xlsx", registers::postings(&mut faults)?)?;
    save(folder, "年度数据.xlsx", registers::figures(&mut faults)?)?;
    fs::write(folder.join("README.md"), readme::text(&faults))?;
    for (count, what) in counts {
        println!("{count:5} {what}");
    }
    Ok(())
}

fn save(folder: &Path, name: &str, mut book: Workbook) -> Result<()> {
    let bytes = book.save_to_buffer().with_context(|| format!("cannot build {name}"))?;
    fs::write(folder.join(name), bytes).with_context(|| format!("cannot write {name}"))
}
