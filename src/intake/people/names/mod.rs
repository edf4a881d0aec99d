//! How names are compared, and which are near.

pub(super) mod naming;
pub(super) mod nearest;
pub(super) mod typos;
