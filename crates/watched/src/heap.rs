//! The allocator of the program: the system's own, with a count of the bytes that are in use and a cap on them.
//!
//! A damaged file can make a parser ask for any amount of memory, and an allocation that fails cannot be caught. So the
//! process that reads is capped, says on its channel that the cap was hit, and ends; the process that watches it goes on.
//!
//! The trait of allocators asks for unsafe code. Every call is handed to the system's
//! allocator with the arguments that came in, so what holds for that one holds here; the count beside it is safe code.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::process;
use std::sync::atomic::{AtomicI64, Ordering};

use crate::channel;

/// The allocator that `main` puts in place.
pub struct Heap;

/// The bytes in use, apart from what the threads have not handed in yet.
static IN_USE: AtomicI64 = AtomicI64::new(0);
/// The most bytes that may be in use; a process that nobody watches has no cap.
static CAP: AtomicI64 = AtomicI64::new(i64::MAX);
/// Threads hand in what they took or gave back in pieces of this many bytes, so that they do not wait for each other at
/// every call. The cap is kept but for one piece for each thread that runs or has run.
const PIECE: i64 = 32 << 10;
/// What the system's allocator takes about each allocation, in bytes.
const OVERHEAD: i64 = 16;

thread_local! {
    // Neither made at run time nor dropped, so that looking at it allocates nothing.
    static OWN: Cell<i64> = const { Cell::new(0) };
}

/// Caps the memory of this process from now on.
pub(crate) fn cap(bytes: u64) {
    CAP.store(i64::try_from(bytes).unwrap_or(i64::MAX), Ordering::Relaxed);
}

/// Counts bytes that are about to be taken, or were given back.
fn count(bytes: i64) {
    let counted = OWN.try_with(|own| {
        let sum = own.get().saturating_add(bytes);
        let enough = !(-PIECE..PIECE).contains(&sum);
        own.set(if enough { 0 } else { sum });
        if enough { sum } else { 0 }
    });
    // At the end of a thread its own count is gone.
    let sum = counted.unwrap_or(bytes);
    if sum != 0 {
        let in_use = IN_USE.fetch_add(sum, Ordering::Relaxed).saturating_add(sum);
        if sum > 0 && in_use > CAP.load(Ordering::Relaxed) {
            exhausted();
        }
    }
}

/// Ends the process without a word on standard error: the parent says what happened.
#[cold]
fn exhausted() -> ! {
    channel::say_exhausted();
    process::abort()
}

fn size(layout: Layout) -> i64 {
    i64::try_from(layout.size()).unwrap_or(i64::MAX).saturating_add(OVERHEAD)
}

/// What the system gave. Where it has no more, a watched process ends as at its cap; any other has the usual ending.
fn given(memory: *mut u8) -> *mut u8 {
    if memory.is_null() && CAP.load(Ordering::Relaxed) != i64::MAX {
        exhausted();
    }
    memory
}

// SAFETY: memory comes from `System` and goes back to it, with the very layouts that the caller gave. The counting beside
// it does not allocate and does not unwind: it adds with saturation, and its last resort is the end of the process.
unsafe impl GlobalAlloc for Heap {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(size(layout));
        // SAFETY: the caller keeps to the contract of `GlobalAlloc`, which is that of `System`.
        given(unsafe { System.alloc(layout) })
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count(size(layout));
        // SAFETY: as in `alloc`.
        given(unsafe { System.alloc_zeroed(layout) })
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        // SAFETY: the caller got this memory from here with this layout, so `System` gave it.
        unsafe { System.dealloc(memory, layout) };
        count(-size(layout));
    }

    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        count(i64::try_from(new_size).unwrap_or(i64::MAX).saturating_add(OVERHEAD).saturating_sub(size(layout)));
        // SAFETY: as in `dealloc`, and the caller keeps to what `System` asks of a new size.
        given(unsafe { System.realloc(memory, layout, new_size) })
    }
}
