//! Shows how far a run over many offices is; a short one shows nothing.

use std::time::Duration;

use crate::cli::output::{StatusLine, time_left};
use crate::model::{Office, Outcome};

/// What is done of a run over many offices, and the line that shows it.
pub(super) struct FolderProgress {
    line: StatusLine,
    counts: OfficeCounts,
}

#[derive(Clone, Copy, Debug, Default)]
struct OfficeCounts {
    /// Offices of the run, those taken over from an earlier one, and those done with in this one.
    all: usize,
    before: usize,
    now: usize,
    /// Rows that were read in this run.
    rows: u64,
}

impl FolderProgress {
    pub(super) fn new(quiet: bool, all: usize, before: usize) -> FolderProgress {
        FolderProgress { line: StatusLine::new(quiet), counts: OfficeCounts { all, before, now: 0, rows: 0 } }
    }

    /// Counts an office that is done with.
    pub(super) fn count(&mut self, office: &Office) {
        self.counts.now += 1;
        if let Outcome::Audited(summary) = &office.outcome {
            self.counts.rows = self.counts.rows.saturating_add(summary.rows);
        }
        self.show();
    }

    pub(super) fn show(&self) {
        self.line.show(|elapsed| self.counts.message(elapsed));
    }
}

impl OfficeCounts {
    fn message(self, elapsed: Duration) -> String {
        let seconds = elapsed.as_secs().max(1);
        let done = self.before + self.now;
        let offices = format!("已核查 {done} 个单位，共 {} 个", self.all);
        let rows = format!("{} 行，每秒 {} 行", self.rows, self.rows / seconds);
        #[allow(clippy::cast_precision_loss, reason = "a part of some thousands")]
        let part = self.now as f64 / self.all.saturating_sub(self.before).max(1) as f64;
        let left = time_left(elapsed, part).map(|left| format!("，约剩 {left}")).unwrap_or_default();
        format!("{offices}，{rows}{left}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_tells_offices_rows_their_rate_and_the_time_left() {
        let counts = OfficeCounts { all: 2900, before: 100, now: 400, rows: 6_200_000 };
        let expected = "已核查 500 个单位，共 2900 个，6200000 行，每秒 310000 行，约剩 2 分 1 秒";
        assert_eq!(counts.message(Duration::from_secs(20)), expected);
        let nothing = OfficeCounts { all: 3, ..OfficeCounts::default() };
        assert_eq!(nothing.message(Duration::from_secs(2)), "已核查 0 个单位，共 3 个，0 行，每秒 0 行");
        let done = OfficeCounts { all: 3, before: 0, now: 3, rows: 9 };
        assert_eq!(done.message(Duration::from_secs(3)), "已核查 3 个单位，共 3 个，9 行，每秒 3 行");
    }
}
