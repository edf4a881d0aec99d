//! What is shown in the terminal.

mod compare;
mod explain;
mod inspection;
mod terminal;

pub use compare::compare_packs;
pub use explain::explanation;
pub use inspection::inspection;
pub(crate) use terminal::finish;
pub use terminal::terminal;
