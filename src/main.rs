//! Calls `cli` and turns its outcome into an exit status.

fn main() {}
