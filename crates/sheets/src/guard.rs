//! Turns a panic inside a parser into an error, without printing it.
//!
//! Parsers of damaged files index out of bounds now and then. The text of such a panic holds cell contents, so it must
//! not reach the screen either.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    static SILENT: Cell<bool> = const { Cell::new(false) };
}

/// The guarded code panicked.
#[derive(Debug, PartialEq)]
pub(crate) struct Panicked;

/// Runs parser code. A panic in it is silent and becomes `Panicked`; one inside [`aloud`] goes on as it was.
pub(crate) fn guarded<T>(parse: impl FnOnce() -> T) -> Result<T, Panicked> {
    hook_once();
    let outer = SILENT.replace(true);
    let outcome = panic::catch_unwind(AssertUnwindSafe(parse));
    let parser_panicked = SILENT.replace(outer);
    match outcome {
        Ok(value) => Ok(value),
        Err(_) if parser_panicked => Err(Panicked),
        Err(payload) => panic::resume_unwind(payload),
    }
}

/// Runs the caller's code within guarded code: its panics are its own, printed and passed on.
pub(crate) fn aloud<T>(call: impl FnOnce() -> T) -> T {
    let outer = SILENT.replace(false);
    let value = call();
    SILENT.set(outer);
    value
}

/// Puts a hook before the current one, once in the life of the program, that knows the silent stretches.
fn hook_once() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            // During the end of a thread the flag may be gone; then nothing is silenced.
            if !SILENT.try_with(Cell::get).unwrap_or(false) {
                previous(info);
            }
        }));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_of_the_parser_becomes_a_value() {
        let none: Vec<u8> = Vec::new();
        assert_eq!(guarded(|| none[std::hint::black_box(7)]), Err(Panicked));
        assert_eq!(guarded(|| 5), Ok(5));
    }

    #[test]
    fn a_panic_of_the_caller_goes_on() {
        let outcome = panic::catch_unwind(|| guarded(|| aloud(|| panic!("of the caller"))));
        let payload = outcome.expect_err("the panic was swallowed");
        assert_eq!(payload.downcast_ref::<&str>(), Some(&"of the caller"));
    }
}
