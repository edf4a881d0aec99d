//! csv files: decoding, splitting, compared with a plain splitter.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| jiaoyan_fuzz::checks::check("csv", bytes));
