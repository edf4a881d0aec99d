//! `examples/jiangmen-2023/`: a city, three districts and a town, under the pack jiangmen-2022.

mod activities;
mod cases;
mod ledgers;
mod people;
mod readme;
mod registers;
mod schools;
mod training;

use std::fs;
use std::path::Path;

use anyhow::Result;

use crate::book::{Faults, save};
use crate::rng::Rng;

pub const FOLDER: &str = "jiangmen-2023";

const SEED: u64 = 20_231_231;

pub fn make(folder: &Path) -> Result<()> {
    let mut rng = Rng::new(SEED);
    let mut faults = Faults::default();
    let people = people::people();
    let schools = schools::schools();

    save(folder, "教研员花名册.xlsx", registers::roster(&people, &mut faults)?)?;
    let rows = ledgers::rows(&mut rng, &people, &schools);
    for (file, book) in ledgers::write(&rows, &mut faults)? {
        save(folder, file, book)?;
    }
    let (book, csv) = registers::training(&mut rng, &people, &mut faults)?;
    save(folder, "培训台账.xlsx", book)?;
    fs::write(folder.join("培训补录.csv"), csv)?;
    save(folder, "学校与联系点.xlsx", registers::schools(&schools, &mut faults)?)?;
    save(folder, "到校任教经历.xlsx", registers::postings(&mut faults)?)?;
    save(folder, "年度数据.xlsx", registers::figures(&mut faults)?)?;
    crate::readme::write(folder, readme::HEAD, &faults, readme::TAIL)
}
