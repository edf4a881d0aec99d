//! How the subjects of findings are told apart and put together.

use std::collections::HashMap;

use crate::model::Subject;

/// What tells a subject from others of its name: its id, else its place.
pub(crate) fn told_by(subject: &Subject) -> Option<&str> {
    subject.id.as_deref().or(subject.place.as_deref())
}

/// Brings the subjects of an institution together, institutions and subjects in the order in which they first come.
pub(crate) fn grouped<'a, R>(rows: &mut [R], subject: impl Fn(&R) -> &'a Subject) {
    let mut order: HashMap<&str, usize> = HashMap::new();
    for row in rows.iter() {
        let next = order.len();
        order.entry(subject(row).institution.as_str()).or_insert(next);
    }
    rows.sort_by_key(|row| order.get(subject(row).institution.as_str()).copied());
}
