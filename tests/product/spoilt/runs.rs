//! Runs the changes of an office side by side.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::change::Change;
use super::expected::{Verdicts, compare};
use super::places::{Spoilable, run};
use super::tally::Tally;
use crate::office::examples::Example;

/// Spoils what can be spoilt: of a long sheet so many rows, and of a kind of change at most so many in an office.
pub fn spoil(examples: &[&'static Example], rows: usize, offset: usize, most: Option<usize>) -> Tally {
    let mut tally = Tally::default();
    for example in examples {
        let office = Spoilable::new(example);
        assert_eq!(
            of_folder(example),
            shown(&office.whole),
            "{}: written again it says something else",
            example.folder
        );
        let mut changes = Change::all(&office, rows, offset);
        if let Some(most) = most {
            changes = some_of_each_kind(changes, most);
        }
        tally.join(spoil_office(&office, &changes));
    }
    tally.flips.sort();
    tally
}

/// The verdicts of an example as it stands in its folder.
fn of_folder(example: &Example) -> Vec<String> {
    shown(&Verdicts::of(&run(&example.settings(vec![example.path()])).unwrap()))
}

fn shown(verdicts: &Verdicts) -> Vec<String> {
    verdicts.0.iter().map(|(key, said)| format!("{key:?} {}", said.verdict.id())).collect()
}

/// Spread over all that there is of a kind.
fn some_of_each_kind(changes: Vec<Change>, most: usize) -> Vec<Change> {
    let mut kinds: BTreeMap<&str, Vec<Change>> = BTreeMap::new();
    for change in changes {
        kinds.entry(change.kind()).or_default().push(change);
    }
    let some = |of_kind: Vec<Change>| {
        // Not the same place in each kind, and none that the columns of a sheet divide.
        let step = (of_kind.len() / most).max(1);
        let start = of_kind.len() / (most + 2);
        let picked: Vec<Change> =
            (0..most.min(of_kind.len())).map(|at| of_kind[(start + at * step) % of_kind.len()]).collect();
        picked
    };
    kinds.into_values().flat_map(some).collect()
}

fn spoil_office(office: &Spoilable, changes: &[Change]) -> Tally {
    let (next, whole) = (AtomicUsize::new(0), Mutex::new(Tally::default()));
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                let mut settings = office.example.settings(Vec::new());
                settings.threads = 1;
                let mut tally = Tally::default();
                while let Some(change) = changes.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let folder = tempfile::tempdir().unwrap();
                    let Some(changed) = change.apply(office, folder.path()) else { continue };
                    settings.inputs = in_one_order(changed.inputs);
                    let audit = run(&settings).ok();
                    let outcome = audit.map(|audit| compare(&office.whole, &Verdicts::of(&audit), &changed.expected));
                    tally.add(change.kind(), &format!("{} {}", office.example.folder, changed.said), outcome);
                }
                whole.lock().unwrap().join(tally);
            });
        }
    });
    whole.into_inner().unwrap()
}

fn in_one_order(mut inputs: Vec<PathBuf>) -> Vec<PathBuf> {
    inputs.sort();
    inputs
}
