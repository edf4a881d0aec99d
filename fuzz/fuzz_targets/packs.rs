//! Packs, cases, calendars and dictionaries: parsing with diagnostics; a pack that is sound is run.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| jiaoyan_fuzz::checks::check("packs", bytes));
