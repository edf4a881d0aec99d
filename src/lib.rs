//! `jiaoyan` audits the records of teaching-research officers (教研员) against policy documents.
//!
//! The modules stand in the order of their floors: each uses only those above it. `model` holds the nouns,
//! `dictionary` the tables that records come in, `rules` what a rule can say, `pack` turns documents into rules, `intake`
//! types the rows, `evaluate` judges them, `audit` runs the whole way, `report` shows the result, `cli` is what the clerk
//! calls. The rows come from the crate `sheets`.

#![cfg_attr(test, allow(clippy::too_many_lines, reason = "tests are long where the expected result is"))]

pub mod model;

pub mod dictionary;

pub mod rules;

pub mod pack;

pub mod intake;

pub mod evaluate;

pub mod audit;

pub mod report;

pub mod cli;
