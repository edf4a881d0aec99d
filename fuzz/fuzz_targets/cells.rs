//! Text and numbers in every column of every table.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| jiaoyan_fuzz::checks::check("cells", bytes));
