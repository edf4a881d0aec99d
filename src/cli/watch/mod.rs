//! Commands that read workbooks run in a child of the program, so that no file can take the machine or the program down.
//!
//! The parent starts the program again with the same words. The child works under a memory cap and says on a channel
//! which file it is at and that it goes on; the parent ends it when a file stands still for too long, and turns whatever
//! befalls the child into a sentence that names the file. Ctrl-C ends both, and a child whose parent has gone ends too.

mod channel;
mod child;
mod ending;
mod heap;
mod limits;
mod parent;

use std::env;
use std::io::{self, IsTerminal};

pub use channel::{Word, beat, say};
pub use child::run as child;
pub use heap::Heap;
pub use limits::Limits;
pub use parent::{End, attend, run as parent};

/// The environment variable that makes the program the child of another.
const MARK: &str = "JIAOYAN_WATCHED";

/// Whether this process is the child. A parent gives its child a pipe; a terminal there means that somebody has set the
/// variable by hand.
pub fn is_child() -> bool {
    env::var_os(MARK).is_some() && !io::stdin().is_terminal()
}
