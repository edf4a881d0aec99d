//! `jiaoyan packs`: what documents the program knows, and whether a pack says what it should. One file a command.

mod compare;
mod lint;
mod list;
mod run;
mod show;
mod test;

pub(crate) use run::{PacksArgs, run};
pub(crate) use show::one as one_rule;
