//! What is shown in the terminal.

mod explain;
mod inspection;
mod table;
mod terminal;

pub use explain::explanation;
pub use inspection::inspection;
pub use table::compare_packs;
pub(crate) use table::counted;
pub(crate) use terminal::finish;
pub use terminal::terminal;
