//! What is shown in the terminal.

mod compare;
mod explain;
mod inspection;
mod table;
mod terminal;

pub use compare::compare_packs;
pub use explain::explanation;
pub use inspection::inspection;
pub(crate) use table::counted;
pub(crate) use terminal::finish;
pub use terminal::terminal;
