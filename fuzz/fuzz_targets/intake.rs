//! Sheets of arbitrary cells: a whole audit with a built-in pack and its report.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| jiaoyan_fuzz::checks::check("intake", bytes));
