//! Everything is spoilt once: each cell, column, sheet and file of the example offices, and no verdict turns by it.

mod book;
mod cells;
mod change;
mod columns;
mod expected;
mod files;
mod meaning;
mod places;
mod runs;
mod sheets;
mod strangers;
mod tally;

use crate::office::examples::{DONGXING, Example, JIANGMEN, TRAINING_SCHOOL, URUMQI, YUEQING};
use runs::spoil;

const OFFICES: [&Example; 5] = [&DONGXING, &TRAINING_SCHOOL, &URUMQI, &YUEQING, &JIANGMEN];

/// A number from the environment, for runs that are longer or shorter than usual.
fn setting(name: &str, usual: usize) -> usize {
    std::env::var(name).ok().map_or(usual, |text| text.parse().unwrap())
}

#[test]
fn no_verdict_turns_where_a_part_of_the_examples_is_spoilt() {
    let [small @ .., long] = OFFICES;
    let mut tally = spoil(&small, 40, 0, Some(4));
    tally.join(spoil(&[long], 10, 0, Some(1)));
    assert!(tally.flips.is_empty(), "{tally}");
    assert!(tally.changes() > 250, "{tally}");
}

#[test]
#[ignore = "takes many minutes; CONTRIBUTING.md says how to run it"]
fn no_verdict_turns_where_everything_of_the_examples_is_spoilt_once() {
    let only = std::env::var("SPOILT_OFFICE").unwrap_or_default();
    let offices: Vec<&Example> = OFFICES.into_iter().filter(|office| office.folder.contains(&only)).collect();
    let tally = spoil(&offices, setting("SPOILT_ROWS", 100), setting("SPOILT_OFFSET", 0), None);
    println!("{tally}");
    assert!(tally.flips.is_empty(), "{} flips", tally.flips.len());
}
