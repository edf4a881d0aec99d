//! Cases, examples and properties: what the records prove, and what they do not.

mod cases;
mod examples;
mod random;
mod same_bytes;
mod same_verdicts;
mod sixth;
mod sound;
mod threads;
mod thresholds;
mod traces;
