//! Standard output and standard error, which may be closed or full: writing to them never panics.

use std::fmt::Display;
use std::io::{self, ErrorKind, Write};

use super::fault;
use crate::cli::UserError;

/// Prints to standard output. A reader that has gone away wanted no more, which is no error. Errors: standard output
/// cannot take the text, for instance because it goes to a file on a full disk.
pub(crate) fn out(text: &str) -> Result<(), UserError> {
    let mut stream = io::stdout().lock();
    match stream.write_all(text.as_bytes()).and_then(|()| stream.flush()) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(UserError::new(format!("输出没有写完：{}", fault::reason(&error)))),
    }
}

/// Prints to standard output what may be missed, since the work is done.
pub(crate) fn show(text: &str) {
    if let Err(error) = out(text) {
        remark(error);
    }
}

/// Prints to standard error, where nobody can be told that it failed.
pub(crate) fn err(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Prints what is allowed and yet worth a word.
pub(crate) fn remark(text: impl Display) {
    err(&format!("注意：{text}\n"));
}

/// Prints an error and what caused it, once each.
pub fn complain(error: &anyhow::Error) {
    let mut text = format!("错误：{error}\n");
    for cause in error.chain().skip(1) {
        text.push_str(&format!("  原因：{cause}\n"));
    }
    err(&text);
}

/// The width of the terminal. `None` if standard output is none.
pub(crate) fn width() -> Option<u16> {
    console::Term::stdout().size_checked().map(|(_, columns)| columns)
}
