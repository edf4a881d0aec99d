//! What the clerk calls, and the only place that prints or opens files for writing.
//!
//! What was typed (`parse`, and the arguments beside each command) becomes what is needed (`settings`); a command does its
//! work and gives back a status, or an error that `main` prints once.

pub mod child;
mod command;
mod commands;
pub mod folder;
mod output;
mod parse;
mod settings;
mod status;
mod typed;
mod user_error;

pub use command::Command;
pub use output::complain;
pub use parse::{CommandLine, parse};
pub use status::Status;
pub use typed::Typed;
pub use user_error::UserError;
