//! What a verification says: a line for each thing, marked as the same, different, or not to be told.

use crate::cli::Status;
use crate::model::Masked;

#[derive(Default)]
pub(super) struct Verification {
    lines: Vec<(LineKind, Masked)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum LineKind {
    Same,
    Differs,
    /// It cannot be told.
    Unknown,
    Note,
}

impl Verification {
    pub(super) fn put_first(&mut self, kind: LineKind, line: String) {
        self.lines.insert(0, (kind, line.into()));
    }

    pub(super) fn same(&mut self, line: impl Into<Masked>) {
        self.lines.push((LineKind::Same, line.into()));
    }

    pub(super) fn differs(&mut self, line: impl Into<Masked>) {
        self.lines.push((LineKind::Differs, line.into()));
    }

    pub(super) fn unknown(&mut self, line: impl Into<Masked>) {
        self.lines.push((LineKind::Unknown, line.into()));
    }

    pub(super) fn note(&mut self, line: impl Into<Masked>) {
        self.lines.push((LineKind::Note, line.into()));
    }

    /// How many things differ or cannot be told.
    pub(super) fn open(&self) -> usize {
        self.count(LineKind::Differs) + self.count(LineKind::Unknown)
    }

    fn count(&self, kind: LineKind) -> usize {
        self.lines.iter().filter(|(own, _)| *own == kind).count()
    }

    /// All lines, and the result below them. Personal numbers are masked.
    pub(super) fn text(&self) -> String {
        let line = |(kind, line): &(LineKind, Masked)| {
            let sign = match kind {
                LineKind::Same => "√",
                LineKind::Differs => "×",
                LineKind::Unknown => "？",
                LineKind::Note => "注意：",
            };
            let line = line.replace('\n', "\n    ");
            format!("  {sign} {line}\n")
        };
        let lines: String = self.lines.iter().map(line).collect();
        let result = match (self.count(LineKind::Differs), self.count(LineKind::Unknown)) {
            (0, 0) => "一致".to_string(),
            (0, unknown) => format!("没有发现不一致，但有{unknown}处核对不了"),
            (differs, 0) => format!("有{differs}处不一致"),
            (differs, unknown) => format!("有{differs}处不一致，另有{unknown}处核对不了"),
        };
        format!("{lines}核对结果：{result}\n")
    }

    /// A difference is sure, whatever else cannot be told.
    pub(super) fn status(&self) -> Status {
        if self.count(LineKind::Differs) > 0 {
            Status::Gap
        } else if self.count(LineKind::Unknown) > 0 {
            Status::NotRun
        } else {
            Status::Fine
        }
    }
}
