//! The children of a run: as many at a time as there are threads, each with some offices from the queue. Whatever befalls
//! a child is said of the office that it was at; the rest of its offices go to another. A long run shows how far it is.

use std::collections::VecDeque;
use std::ffi::OsString;
use std::ops::ControlFlow;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, Builder};
use std::time::Duration;

use jiff::civil::Date;
use watched::Limits;

use super::child::{CHILD_COMMAND, ChildMessage};
use super::journal::JournalEntry;
use super::offices::OfficeFolder;
use crate::cli::UserError;
use crate::cli::child::{self, ChildEnd};
use crate::cli::output::{self, StatusLine, time_left};
use crate::model::{Office, Outcome};

/// The most offices that a child is given: starting one takes some 5 ms, auditing a small office 30 ms or more.
const BATCH: usize = 32;
/// The most bytes of their paths: the command line of Windows ends at 32,767 characters.
const PATHS: usize = 12_000;
/// How often the progress is shown while no office is done with.
const STEP: Duration = Duration::from_millis(500);

/// What the children are started with.
pub(super) struct WorkerPool<'c> {
    pub limits: Limits,
    /// The command line, beginning with the program's name and the command.
    pub words: &'c [OsString],
    /// The day on which the run began, and the digest of what it was asked.
    pub day: Date,
    pub digest: &'c str,
    pub threads: usize,
}

/// An office that is done with, or why the run cannot go on.
type News = Result<Box<JournalEntry>, UserError>;

impl WorkerPool<'_> {
    /// Audits the offices, and hands over each that is done with, in any order.
    pub(super) fn audit(
        &self,
        offices: Vec<&OfficeFolder>,
        progress: &mut FolderProgress,
        mut take: impl FnMut(JournalEntry) -> Result<(), UserError>,
    ) -> Result<(), UserError> {
        let workers = self.threads.min(offices.len());
        let queue = Mutex::new(VecDeque::from(offices));
        let queue = &queue;
        let (to, news) = channel::<News>();
        // The receiver goes with this work: when it ends early, nobody hears the workers any more, and they end their
        // children.
        thread::scope(move |scope| {
            for _ in 0..workers {
                let to = to.clone();
                let worker = Builder::new().spawn_scoped(scope, move || self.work(queue, &to));
                worker.map_err(|error| output::failed("程序没有启动成", &error))?;
            }
            drop(to);
            loop {
                match news.recv_timeout(STEP) {
                    Ok(entry) => {
                        let entry = entry?;
                        progress.count(&entry.office);
                        take(*entry)?;
                    }
                    Err(RecvTimeoutError::Timeout) => progress.show(),
                    Err(RecvTimeoutError::Disconnected) => return Ok(()),
                }
            }
        })
    }

    /// Gives offices to one child after the other until there are none left.
    fn work(&self, queue: &Mutex<VecDeque<&OfficeFolder>>, to: &Sender<News>) {
        loop {
            let mut batch = batch(&mut queue.lock().unwrap_or_else(PoisonError::into_inner), self.threads);
            if batch.is_empty() {
                return;
            }
            while !batch.is_empty() {
                if self.attend(&mut batch, to).is_break() {
                    queue.lock().unwrap_or_else(PoisonError::into_inner).clear();
                    return;
                }
            }
        }
    }

    /// Has a child audit the offices of a batch; those that are done with leave it.
    fn attend(&self, batch: &mut VecDeque<&OfficeFolder>, to: &Sender<News>) -> ControlFlow<()> {
        let words = self.words_for(batch);
        let mut refused = None;
        let mut hear = |line: &str| match serde_json::from_str(line) {
            Ok(ChildMessage::Done(entry)) => {
                let is_next = batch.front().is_some_and(|office| office.key() == entry.key());
                if is_next {
                    batch.pop_front();
                }
                !is_next || to.send(Ok(entry)).is_ok()
            }
            Ok(ChildMessage::Refused(sentence)) => {
                refused = Some(sentence);
                true
            }
            Err(_) => true,
        };
        let news = match child::attend(self.limits, &words, Some(&mut hear)) {
            Ok(ChildEnd::Cut(error)) => {
                batch.pop_front().map(|office| Ok(Box::new(JournalEntry::not_audited(office.key(), &error))))
            }
            Ok(ChildEnd::Own(_)) if batch.is_empty() => None,
            Ok(ChildEnd::Own(_)) => {
                let sentence = refused.unwrap_or_else(|| "核查没有做完就停止了，请加上 --resume 再运行".to_string());
                Some(Err(UserError::new(sentence)))
            }
            Err(error) => Some(Err(error)),
        };
        let is_over = matches!(news, Some(Err(_)));
        let is_heard = news.is_none_or(|news| to.send(news).is_ok());
        if is_heard && !is_over { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    }

    /// The command line with the offices, under the command for children.
    fn words_for(&self, batch: &VecDeque<&OfficeFolder>) -> Vec<OsString> {
        let offices = batch.iter().map(|office| {
            let mut word = OsString::from("--office=");
            word.push(&office.folder);
            word
        });
        let run = [CHILD_COMMAND.to_string(), format!("--day={}", self.day), format!("--digest={}", self.digest)];
        let program = self.words.iter().take(1).cloned();
        let own = program.chain(run.map(OsString::from)).chain(offices);
        own.chain(self.words.iter().skip(2).cloned()).collect()
    }
}

/// The next offices for a child: fewer towards the end, so that no child has many left when the others have none.
fn batch<'p>(queue: &mut VecDeque<&'p OfficeFolder>, threads: usize) -> VecDeque<&'p OfficeFolder> {
    let share = queue.len().div_ceil(threads.saturating_mul(2)).clamp(1, BATCH);
    let mut bytes = 0;
    let fits = queue.iter().take(share).take_while(|office| {
        bytes += office.folder.as_os_str().len();
        bytes <= PATHS
    });
    // A single path may be longer.
    let count = fits.count().max(1).min(queue.len());
    queue.drain(..count).collect()
}

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
    fn batches_become_smaller_and_hold_every_office_once() {
        let office = |number: usize| OfficeFolder {
            area: "国".to_string(),
            name: format!("{number:04}"),
            folder: format!("国/{number:04}").into(),
        };
        let offices: Vec<OfficeFolder> = (0..100).map(office).collect();
        let mut queue: VecDeque<&OfficeFolder> = offices.iter().collect();
        let (mut sizes, mut seen) = (Vec::new(), Vec::new());
        while !queue.is_empty() {
            let batch = batch(&mut queue, 2);
            sizes.push(batch.len());
            seen.extend(batch);
        }
        assert_eq!(seen, offices.iter().collect::<Vec<_>>());
        assert_eq!(sizes, [25, 19, 14, 11, 8, 6, 5, 3, 3, 2, 1, 1, 1, 1]);
        assert_eq!(batch(&mut VecDeque::new(), 2).len(), 0);
        let most: Vec<&OfficeFolder> = offices.iter().cycle().take(1000).collect();
        assert_eq!(batch(&mut most.into(), 1).len(), BATCH);
    }

    #[test]
    fn long_paths_make_small_batches() {
        let office = |length: usize| OfficeFolder {
            folder: "长".repeat(length).into(),
            area: String::new(),
            name: String::new(),
        };
        let (long, longer) = (office(1500), office(9000));
        let mut queue: VecDeque<&OfficeFolder> = std::iter::repeat_n(&long, 100).collect();
        assert_eq!(batch(&mut queue, 1).len(), 2);
        assert_eq!(batch(&mut [&longer, &longer, &longer].into(), 1).len(), 1);
    }

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
