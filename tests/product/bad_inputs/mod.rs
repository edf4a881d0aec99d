//! What bad inputs and faults get: one test or more for each promise, through the program itself.
//!
//! Every run here takes less than 20 seconds under a memory cap of 64 MB, leaves its inputs as they are, and quotes no
//! cell in an error. More of row 22 is in `cli/output.rs`, of row 25 in `cli/packs.rs`; row 23 is in `cli/guarded.rs`, and what
//! row 26 says of a million rows is in the tests of the report's pages.

mod cells;
mod damage;
mod desk;
mod files;
mod outputs;
mod settings;
mod sheets;
mod tables;
mod texts;
