//! The tests of the program as a whole, as one program so that a build links once.
//!
//! `office` makes the workbooks that the others read, as do `packages` and `writers` of the crate `sheets`.

#![allow(
    unreachable_pub,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::too_many_lines,
    clippy::wildcard_enum_match_arm,
    reason = "tests are long where the expected result is, and nobody uses them"
)]

mod bad_inputs;
mod cli;
mod folder;
mod habits;
mod house;
mod intake;
mod office;
#[path = "../../crates/sheets/tests/reader/packages/mod.rs"]
mod packages;
mod reading;
mod report;
mod spoilt;
mod template;
mod verdicts;
#[path = "../../crates/sheets/tests/reader/writers/mod.rs"]
mod writers;
