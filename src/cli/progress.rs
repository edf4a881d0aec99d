//! Shows how far a long run is; a short one shows nothing.

use std::io::IsTerminal;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use crate::audit::Progress;

/// A run shorter than this is over before a clerk has read the line.
const PATIENCE: Duration = Duration::from_secs(2);
const TEMPLATE: &str = "{spinner} {msg}";

/// A line on standard error, where that is a terminal.
pub struct Line {
    wanted: bool,
    started: Instant,
    /// There once the run has taken long enough.
    bar: OnceLock<ProgressBar>,
    rows: AtomicU64,
}

impl Line {
    pub fn new(quiet: bool) -> Line {
        let wanted = !quiet && std::io::stderr().is_terminal();
        Line { wanted, started: Instant::now(), bar: OnceLock::new(), rows: AtomicU64::new(0) }
    }

    fn bar(&self) -> Option<&ProgressBar> {
        (self.wanted && self.started.elapsed() >= PATIENCE).then(|| self.bar.get_or_init(new_bar))
    }
}

fn new_bar() -> ProgressBar {
    let style = ProgressStyle::with_template(TEMPLATE).unwrap_or_else(|_| ProgressStyle::default_spinner());
    ProgressBar::new_spinner().with_style(style)
}

impl Progress for Line {
    fn file(&self, name: &str, done: usize, all: usize) {
        if let Some(bar) = self.bar() {
            bar.set_message(format!("正在读取《{name}》（第 {} 个，共 {all} 个文件）", done + 1));
        }
    }

    fn rows(&self, rows: u64) {
        let so_far = self.rows.fetch_add(rows, Ordering::Relaxed) + rows;
        if let Some(bar) = self.bar() {
            let message = bar.message();
            let file = message.split("，已读").next().unwrap_or_default();
            let file = if file.is_empty() { "正在读取" } else { file };
            bar.set_message(format!("{file}，已读 {so_far} 行"));
            bar.tick();
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }
}
