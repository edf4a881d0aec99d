//! Standard output and standard error, which may be closed or full: writing to them never panics.

use std::io::{self, ErrorKind, Write};

use super::{Refusal, fault};

/// Prints to standard output. A reader that has gone away wanted no more, which is no error.
///
/// # Errors
/// Standard output cannot take the text, for instance because it goes to a file on a full disk.
pub fn out(text: &str) -> Result<(), Refusal> {
    let mut stream = io::stdout().lock();
    match stream.write_all(text.as_bytes()).and_then(|()| stream.flush()) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(Refusal::new(format!("输出没有写完：{}", fault::reason(&error)))),
    }
}

/// Prints to standard error, where nobody can be told that it failed.
pub fn err(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// The width of the terminal, where standard output is one.
pub fn width() -> Option<u16> {
    console::Term::stdout().size_checked().map(|(_, columns)| columns)
}
