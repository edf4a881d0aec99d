//! Something wrong with a pack, a case file or the office's settings, at a line and column.

use std::ops::Range;

/// A defect in a TOML file. Line and column are counted from 1, the column in characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    pub file: String,
    pub line: usize,
    pub column: usize,
    /// The bytes of the file that the defect stands in.
    pub span: Range<usize>,
    pub message: String,
    /// What is allowed, or what to do.
    pub help: String,
}

impl Diagnostic {
    pub fn new(file: &str, source: &str, span: Range<usize>, message: String, help: String) -> Diagnostic {
        let start = span.start.min(source.len());
        let before = source.get(..start).unwrap_or(source);
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Diagnostic {
            file: file.to_string(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            span: start..span.end.clamp(start, source.len()),
            message,
            help,
        }
    }
}
