//! What the names of sheets, titles and files say.

pub(super) mod naming;
pub(super) mod parts;
pub(super) mod until;
pub(super) mod years;
