//! Makes the workbooks of the folders of `examples/`, as invented offices keep them, each from a fixed seed:
//! `cargo run --example make_examples [FOLDER]`. The same program gives the same bytes.

#![allow(
    unreachable_pub,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::too_many_lines,
    clippy::wildcard_enum_match_arm,
    reason = "a program of one job, which says on the terminal what it made"
)]

mod book;
mod calendar;
mod dongxing;
mod jiangmen;
mod outings;
mod readme;
mod rng;
mod sheet;
mod training_school;
mod urumqi;
mod yueqing;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// An office's folder, and what fills it.
type Office = (&'static str, fn(&Path) -> Result<()>);

const OFFICES: [Office; 5] = [
    (jiangmen::FOLDER, jiangmen::make),
    (dongxing::FOLDER, dongxing::make),
    (training_school::FOLDER, training_school::make),
    (yueqing::FOLDER, yueqing::make),
    (urumqi::FOLDER, urumqi::make),
];

fn main() -> Result<()> {
    let root = std::env::args_os()
        .nth(1)
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("examples"), PathBuf::from);
    for (name, make) in OFFICES {
        let folder = root.join(name);
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        make(&folder)?;
        println!("{}", folder.display());
    }
    Ok(())
}
