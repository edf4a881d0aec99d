//! Shows how far a long run is; a short one shows nothing. The process that watches this one is told, too.

use std::io::IsTerminal;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use indicatif::ProgressBar;
use sheets::Beat;
use watched::Event;

use crate::audit::{Progress, Stage};

/// A run shorter than this is over before a clerk has read the line.
const PATIENCE: Duration = Duration::from_secs(2);

/// A line on standard error that is written over, where that is a terminal.
pub(crate) struct StatusLine {
    wanted: bool,
    started: Instant,
    /// There once the run has taken long enough.
    bar: OnceLock<ProgressBar>,
}

impl StatusLine {
    pub(crate) fn new(quiet: bool) -> StatusLine {
        let wanted = !quiet && std::io::stderr().is_terminal();
        StatusLine { wanted, started: Instant::now(), bar: OnceLock::new() }
    }

    /// Shows a text that is made of the time since the beginning, once the run has taken long enough.
    pub(crate) fn show(&self, text: impl FnOnce(Duration) -> String) {
        let elapsed = self.started.elapsed();
        if self.wanted && elapsed >= PATIENCE {
            let bar = self.bar.get_or_init(ProgressBar::new_spinner);
            bar.set_message(text(elapsed));
            bar.tick();
        }
    }
}

impl Drop for StatusLine {
    fn drop(&mut self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }
}

/// Shows how far the reading is, and tells the process that watches this one.
pub(crate) struct ProgressLine {
    line: StatusLine,
    state: Mutex<ReadingState>,
    /// The bytes read since the stage began.
    bytes: Arc<AtomicU64>,
}

/// What the line says.
#[derive(Debug)]
struct ReadingState {
    stage: Stage,
    since: Instant,
    /// The files or sheets that are done, of all.
    done: usize,
    all: usize,
    bytes: u64,
    rows: u64,
    /// The file that was begun last.
    file: String,
}

impl ProgressLine {
    pub(crate) fn new(quiet: bool) -> ProgressLine {
        let (stage, since, file) = (Stage::Opening, Instant::now(), String::new());
        let state = Mutex::new(ReadingState { stage, since, done: 0, all: 0, bytes: 0, rows: 0, file });
        ProgressLine { line: StatusLine::new(quiet), state, bytes: Arc::default() }
    }

    fn update(&self, change: impl FnOnce(&mut ReadingState)) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut state);
        self.line.show(|_| state.text(self.bytes.load(Ordering::Relaxed), state.since.elapsed()));
    }
}

impl ReadingState {
    /// The line after so many bytes and so much time of the stage.
    fn text(&self, bytes: u64, taken: Duration) -> String {
        let ReadingState { done, all, rows, file, .. } = self;
        match self.stage {
            Stage::Opening => format!("正在检查文件，已检查 {done} 个，共 {all} 个：《{file}》"),
            Stage::Reading => {
                let seconds = taken.as_secs_f64().max(0.001);
                #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
                let (rate, part) = ((*rows as f64 / seconds) as u64, bytes as f64 / self.bytes.max(1) as f64);
                let left = time_left(taken, part).map(|left| format!("，约剩 {left}")).unwrap_or_default();
                format!("正在读取，已读 {done} 张表，共 {all} 张，{rows} 行，每秒 {rate} 行{left}：《{file}》")
            }
        }
    }
}

/// The time that the rest will take, after this part of the work. `None` as long as that is hardly known.
pub(crate) fn time_left(taken: Duration, part: f64) -> Option<String> {
    if taken < PATIENCE || !(0.01..1.0).contains(&part) {
        return None;
    }
    let left = taken.mul_f64((1.0 - part) / part).as_secs() + 1;
    Some(match left {
        0..60 => format!("{left} 秒"),
        60..3600 => format!("{} 分 {} 秒", left / 60, left % 60),
        _ => format!("{} 小时 {} 分", left / 3600, left % 3600 / 60),
    })
}

impl Progress for ProgressLine {
    fn stage(&self, stage: Stage, all: usize, bytes: u64) {
        self.bytes.store(0, Ordering::Relaxed);
        self.update(|state| {
            let (file, since) = (std::mem::take(&mut state.file), Instant::now());
            *state = ReadingState { stage, since, done: 0, all, bytes, rows: state.rows, file };
        });
    }

    fn begin(&self, file: &str) {
        watched::say(&Event::Begin(file.to_string()));
        self.update(|state| state.file = file.to_string());
    }

    fn end(&self, file: &str, bytes: u64) {
        watched::say(&Event::End(file.to_string()));
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
        self.update(|state| state.done += 1);
    }

    fn rows(&self, rows: u64) {
        watched::beat();
        self.update(|state| state.rows = state.rows.saturating_add(rows));
    }

    fn rest(&self) {
        watched::say(&Event::Rest);
    }

    fn beat(&self) -> Beat {
        let bytes = Arc::clone(&self.bytes);
        Arc::new(move |read| {
            bytes.fetch_add(read, Ordering::Relaxed);
            watched::beat();
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_tells_what_is_done_the_rate_and_the_time_left() {
        let mut state = ReadingState {
            stage: Stage::Opening,
            since: Instant::now(),
            done: 2,
            all: 9,
            bytes: 4000,
            rows: 600_000,
            file: "台账.xlsx".to_string(),
        };
        assert_eq!(state.text(0, Duration::ZERO), "正在检查文件，已检查 2 个，共 9 个：《台账.xlsx》");
        state.stage = Stage::Reading;
        let expected = "正在读取，已读 2 张表，共 9 张，600000 行，每秒 150000 行，约剩 13 秒：《台账.xlsx》";
        assert_eq!(state.text(1000, Duration::from_secs(4)), expected);
        // What was read more than once is no reason to say that nothing is left.
        let expected = "正在读取，已读 2 张表，共 9 张，600000 行，每秒 150000 行：《台账.xlsx》";
        assert_eq!(state.text(4001, Duration::from_secs(4)), expected);
    }

    #[test]
    fn the_time_left_is_told_once_it_is_known_in_words_of_its_size() {
        let left = |seconds: u64, part: f64| time_left(Duration::from_secs(seconds), part);
        assert_eq!(left(1, 0.5), None);
        assert_eq!(left(9, 0.001), None);
        assert_eq!(left(9, 0.0), None);
        assert_eq!(left(10, 0.5).as_deref(), Some("11 秒"));
        assert_eq!(left(60, 0.25).as_deref(), Some("3 分 1 秒"));
        assert_eq!(left(3600, 0.25).as_deref(), Some("3 小时 0 分"));
    }
}
