//! Runs a command again as a watched child of the same program, so that nothing that befalls the work takes the machine
//! or the program down.
//!
//! The parent starts the program once more with words of its choice. The child works under a memory cap and says on a
//! channel which file it is at and that it goes on; the parent ends it when a file stands still for too long, and gives
//! back how the child ended. Ctrl-C ends both, and a child whose parent has gone ends too.
//!
//! [`attend`] is the parent, [`work`] the child, [`say`] and [`beat`] are what the work calls, and [`Heap`] is the
//! allocator that the program must put in place for the memory cap to hold.

#![allow(
    unsafe_code,
    reason = "an allocator, signals and the parent's death need it, and nothing else in the workspace does"
)]

mod channel;
mod child;
mod end;
mod heap;
mod limits;
mod parent;

pub use channel::{Event, beat, say};
pub use child::{SetUpError, is_child, work};
pub use end::{Cause, End, Stage};
pub use heap::Heap;
pub use limits::Limits;
pub use parent::{OnLine, attend};
