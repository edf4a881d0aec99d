//! The report read back: its copies, its pages, its version for the public, the findings for other engines.

mod annotate;
mod duckdb;
mod pages;
mod publish;
