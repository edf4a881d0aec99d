//! Tells panics of the program's own code from those of the parsers that it guards.
//!
//! The guard makes either a sentence on a damaged file. A parser's panic is expected there; one of our own is a defect
//! that would go unseen.

use std::panic;
use std::path::Path;
use std::sync::{Mutex, Once};

use sheets::Workbook;

/// Where our own code panicked.
static OWN: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Begins to watch, before the first input.
pub fn watch() {
    static WATCH: Once = Once::new();
    WATCH.call_once(|| {
        // The guard puts up its hook when it is first used. Ours must come before it.
        assert!(Workbook::open(Path::new("没有.xlsx")).is_err());
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if let Some(place) = info.location().filter(|place| is_own(place.file()))
                && let Ok(mut own) = OWN.lock()
            {
                own.push(place.to_string());
            }
            previous(info);
        }));
    });
}

/// Libraries are compiled from the registry's folder, the standard library from `/rustc`. What the checks and the tests
/// assert goes on as it is.
fn is_own(file: &str) -> bool {
    let file = file.replace('\\', "/");
    let of_checks = file.contains("src/checks/") || file.starts_with("tests/") || file.contains("/tests/");
    !of_checks && !file.contains("/registry/src/") && !file.contains("/vendor/") && !file.starts_with("/rustc/")
}

/// # Panics
/// When our own code panicked since the last call.
pub fn assert_none() {
    let own = OWN.lock().map(|mut own| std::mem::take(&mut *own)).unwrap_or_default();
    assert!(own.is_empty(), "own code panicked within the guard: {own:?}");
}
