//! What a verification says: a line for each thing, marked as the same, different, or not to be told.

use crate::cli::Status;
use crate::model::mask;

/// The lines so far.
#[derive(Default)]
pub struct Verification {
    lines: Vec<(LineKind, String)>,
    /// Lines are put in here, where not at the end.
    at: Option<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum LineKind {
    Same,
    Differs,
    Unknown,
    Note,
}

impl Verification {
    /// The next line comes before all others.
    pub fn first(&mut self) -> &mut Verification {
        self.at = Some(0);
        self
    }

    pub fn same(&mut self, line: impl Into<String>) {
        self.push(LineKind::Same, line.into());
    }

    pub fn differs(&mut self, line: impl Into<String>) {
        self.push(LineKind::Differs, line.into());
    }

    /// It cannot be told.
    pub fn unknown(&mut self, line: impl Into<String>) {
        self.push(LineKind::Unknown, line.into());
    }

    /// What is neither.
    pub fn note(&mut self, line: impl Into<String>) {
        self.push(LineKind::Note, line.into());
    }

    /// How many things differ or cannot be told.
    pub fn open(&self) -> usize {
        self.count(LineKind::Differs) + self.count(LineKind::Unknown)
    }

    fn push(&mut self, mark: LineKind, line: String) {
        let at = self.at.take().unwrap_or(self.lines.len());
        self.lines.insert(at, (mark, line));
    }

    fn count(&self, mark: LineKind) -> usize {
        self.lines.iter().filter(|(own, _)| *own == mark).count()
    }

    /// All lines, and the result below them. Personal numbers are masked.
    pub fn text(&self) -> String {
        let line = |(mark, line): &(LineKind, String)| {
            let sign = match mark {
                LineKind::Same => "√",
                LineKind::Differs => "×",
                LineKind::Unknown => "？",
                LineKind::Note => "注意：",
            };
            let line = mask(line).replace('\n', "\n    ");
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
    pub fn status(&self) -> Status {
        if self.count(LineKind::Differs) > 0 {
            Status::Gap
        } else if self.count(LineKind::Unknown) > 0 {
            Status::NotRun
        } else {
            Status::Fine
        }
    }
}
