//! How names are compared, and which are near.

mod found;
pub(super) mod naming;
pub(super) mod nearest;
pub(super) mod typos;
pub(super) mod unlisted;

pub(crate) use found::NamedPeople;
