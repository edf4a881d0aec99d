//! Shows how far a long run is; a short one shows nothing. The process that watches this one is told, too.

use std::io::IsTerminal;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use super::watch::{self, Word};
use crate::audit::Progress;
use crate::read::Beat;

/// A run shorter than this is over before a clerk has read the line.
pub const PATIENCE: Duration = Duration::from_secs(2);
const TEMPLATE: &str = "{spinner} {msg}";

/// A line on standard error, where that is a terminal.
pub struct Line {
    wanted: bool,
    started: Instant,
    /// There once the run has taken long enough.
    bar: OnceLock<ProgressBar>,
    so_far: Mutex<SoFar>,
}

#[derive(Default)]
struct SoFar {
    /// The file being read, in words.
    file: String,
    rows: u64,
}

impl Line {
    pub fn new(quiet: bool) -> Line {
        let wanted = !quiet && std::io::stderr().is_terminal();
        Line { wanted, started: Instant::now(), bar: OnceLock::new(), so_far: Mutex::default() }
    }

    fn update(&self, change: impl FnOnce(&mut SoFar)) {
        let mut so_far = self.so_far.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut so_far);
        if self.wanted && self.started.elapsed() >= PATIENCE {
            let bar = self.bar.get_or_init(new_bar);
            bar.set_message(format!("正在读取{}，已读 {} 行", so_far.file, so_far.rows));
            bar.tick();
        }
    }
}

/// A line that can be written over.
pub fn new_bar() -> ProgressBar {
    let style = ProgressStyle::with_template(TEMPLATE).unwrap_or_else(|_| ProgressStyle::default_spinner());
    ProgressBar::new_spinner().with_style(style)
}

impl Progress for Line {
    fn file(&self, name: &str, done: usize, all: usize) {
        watch::say(&Word::File(name.to_string()));
        self.update(|so_far| so_far.file = format!("《{name}》（第 {} 个，共 {all} 个文件）", done + 1));
    }

    fn rows(&self, rows: u64) {
        watch::beat();
        self.update(|so_far| so_far.rows = so_far.rows.saturating_add(rows));
    }

    fn rest(&self) {
        watch::say(&Word::Rest);
    }

    fn beat(&self) -> Beat {
        Arc::new(watch::beat)
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }
}
