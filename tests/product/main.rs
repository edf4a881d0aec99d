//! The tests of the program as a whole, as one program so that a build links once.
//!
//! `office`, `packages` and `writers` make the workbooks that the others read.

mod bad_inputs;
mod cli;
mod folder;
mod house;
mod intake;
mod office;
mod packages;
mod reading;
mod report;
mod template;
mod verdicts;
mod writers;
