//! `xlsb` files: the gate and the reader. Parts and records are mutated within a sound package.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| jiaoyan_fuzz::checks::check("xlsb", bytes));

libfuzzer_sys::fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    jiaoyan_fuzz::mutate::in_place(data, size, max_size, seed, libfuzzer_sys::fuzzer_mutate)
});
