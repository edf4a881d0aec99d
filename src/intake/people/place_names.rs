//! How the names of institutions and schools are compared.

use foldhash::HashMap;

use crate::intake::cell::{clean, without_space};

/// What stands under a name in the form of its [`key`]. Most names are written so, and are found without making it.
pub(crate) fn by_key<'m, T>(named: &str, things: &'m HashMap<String, T>) -> Option<&'m T> {
    things.get(named).or_else(|| things.get(&key(named)))
}

/// The form in which names of institutions and schools are compared: without white space, brackets half-width.
pub(crate) fn key(name: &str) -> String {
    without_space(&clean(name))
}
