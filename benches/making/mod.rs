//! Makes workbooks for the benchmarks from fixed seeds: the same on every machine.

#![allow(dead_code, reason = "each benchmark uses its own part")]

pub mod country;
pub mod ledger;
pub mod office;
mod sheets;
mod words;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};

use crate::measure::Outcome;

/// SplitMix64: the same numbers on every machine.
pub struct Numbers(pub u64);

impl Numbers {
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % end as u64).unwrap_or_default()
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

/// An invented name; those of the first 8,000 places differ.
pub fn name(place: usize) -> String {
    let given = |at: usize| "安邦晨达恩芳国海嘉凯兰明宁平清荣书婷文欣".chars().nth(at % 20).unwrap_or('安');
    let family = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许".chars().nth(place % 20).unwrap_or('赵');
    [family, given(place / 20), given(place / 400)].iter().collect()
}

/// A workbook whose bytes do not depend on the day it is made.
pub fn workbook() -> Outcome<Workbook> {
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_ymd(2024, 1, 8)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    Ok(book)
}
