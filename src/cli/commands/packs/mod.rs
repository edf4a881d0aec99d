//! `jiaoyan packs`: what documents the program knows, and whether a pack says what it should. One file a command.

mod compare;
mod lint;
mod list;
mod run;
mod show;
mod test;

pub use run::{PacksArgs, run};
pub use show::one as one_rule;
