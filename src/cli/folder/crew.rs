//! The children of a run: as many at a time as there are threads, each with some offices from the queue. Whatever befalls
//! a child is said of the office that it was at; the rest of its offices go to another.

use std::collections::VecDeque;
use std::ffi::OsString;
use std::ops::ControlFlow;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, Builder};
use std::time::Duration;

use jiff::civil::Date;

use super::gauge::Gauge;
use super::journal::Entry;
use super::office::Told;
use super::places::Place;
use crate::cli::watch::{self, End, Limits};
use crate::cli::{Refusal, fault};
use crate::model::{Office, Outcome};

/// The most offices that a child is given: starting one costs about as much as a tenth of a small office.
const BATCH: usize = 32;
/// The most bytes of their paths: the command line of Windows ends at 32,767 characters.
const PATHS: usize = 12_000;
/// How often the progress is shown while no office is done with.
const STEP: Duration = Duration::from_millis(500);

/// What the children are started with.
pub struct Crew<'c> {
    pub limits: Limits,
    /// The command line, beginning with the program's name and the command.
    pub words: &'c [OsString],
    /// The day on which the run began, and the digest of what it was asked.
    pub day: Date,
    pub digest: &'c str,
    pub threads: usize,
}

/// An office that is done with, or why the run cannot go on.
type News = Result<Entry, Refusal>;

impl Crew<'_> {
    /// Audits the offices, and hands over each that is done with, in any order.
    ///
    /// # Errors
    /// No child can be started or do its work, or an entry was not taken.
    pub fn audit(
        &self,
        places: Vec<&Place>,
        gauge: &mut Gauge,
        mut take: impl FnMut(Entry) -> Result<(), Refusal>,
    ) -> Result<(), Refusal> {
        let workers = self.threads.min(places.len());
        let queue = Mutex::new(VecDeque::from(places));
        let queue = &queue;
        let (to, news) = channel::<News>();
        thread::scope(|scope| {
            for _ in 0..workers {
                let to = to.clone();
                let worker = Builder::new().spawn_scoped(scope, move || self.work(queue, &to));
                worker.map_err(|error| Refusal::new(format!("程序没有启动成：{}", fault::reason(&error))))?;
            }
            drop(to);
            // When this ends early, nobody hears the workers any more, and they end their children.
            loop {
                match news.recv_timeout(STEP) {
                    Ok(entry) => {
                        let entry = entry?;
                        gauge.count(&entry.office);
                        take(entry)?;
                    }
                    Err(RecvTimeoutError::Timeout) => gauge.show(),
                    Err(RecvTimeoutError::Disconnected) => return Ok(()),
                }
            }
        })
    }

    /// Gives offices to one child after the other until there are none left.
    fn work(&self, queue: &Mutex<VecDeque<&Place>>, to: &Sender<News>) {
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
    fn attend(&self, batch: &mut VecDeque<&Place>, to: &Sender<News>) -> ControlFlow<()> {
        let words = self.words_for(batch);
        let mut refused = None;
        let mut hear = |line: &str| match serde_json::from_str(line) {
            Ok(Told::Done(entry)) => {
                let is_next = batch.front().is_some_and(|place| place.key() == key(&entry.office));
                if is_next {
                    batch.pop_front();
                }
                !is_next || to.send(Ok(entry)).is_ok()
            }
            Ok(Told::Refused(sentence)) => {
                refused = Some(sentence);
                true
            }
            Err(_) => true,
        };
        let news = match watch::attend(self.limits, &words, Some(&mut hear)) {
            Ok(End::Cut(refusal)) => batch.pop_front().map(|place| Ok(not_audited(place, &refusal))),
            Ok(End::Own(_)) if batch.is_empty() => None,
            Ok(End::Own(_)) => {
                let sentence = refused.unwrap_or_else(|| "核查没有做完就停止了，请加上 --resume 再运行".to_string());
                Some(Err(Refusal::new(sentence)))
            }
            Err(refusal) => Some(Err(refusal)),
        };
        let is_over = matches!(news, Some(Err(_)));
        match news.map(|news| to.send(news)) {
            Some(Ok(())) | None if !is_over => ControlFlow::Continue(()),
            Some(_) | None => ControlFlow::Break(()),
        }
    }

    /// The command line with the offices, in behind the command, where nothing can be in their way.
    fn words_for(&self, batch: &VecDeque<&Place>) -> Vec<OsString> {
        let (head, tail) = self.words.split_at(self.words.len().min(2));
        let run = [format!("--of-run-day={}", self.day), format!("--of-run-digest={}", self.digest)];
        let offices = batch.iter().map(|place| {
            let mut word = OsString::from("--of-run-office=");
            word.push(&place.folder);
            word
        });
        let own: Vec<OsString> = run.into_iter().map(OsString::from).chain(offices).collect();
        [head, &own, tail].concat()
    }
}

fn key(office: &Office) -> (&str, &str) {
    (&office.area, &office.name)
}

/// The next offices for a child: fewer towards the end, so that no child has many left when the others have none.
fn batch<'p>(queue: &mut VecDeque<&'p Place>, threads: usize) -> VecDeque<&'p Place> {
    let share = queue.len().div_ceil(threads.saturating_mul(2)).clamp(1, BATCH);
    let mut bytes = 0;
    let fits = queue.iter().take(share).take_while(|place| {
        bytes += place.folder.as_os_str().len();
        bytes <= PATHS
    });
    // A single path may be longer.
    let count = fits.count().max(1).min(queue.len());
    queue.drain(..count).collect()
}

/// What is said of the office that a child was at.
fn not_audited(place: &Place, refusal: &Refusal) -> Entry {
    let outcome = Outcome::NotAudited(refusal.line());
    let office = Office { area: place.area.clone(), name: place.name.clone(), outcome };
    Entry { asked: String::new(), proof: None, office }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batches_become_smaller_and_hold_every_office_once() {
        let place = |number: usize| Place {
            area: "国".to_string(),
            name: format!("{number:04}"),
            folder: format!("国/{number:04}").into(),
        };
        let places: Vec<Place> = (0..100).map(place).collect();
        let mut queue: VecDeque<&Place> = places.iter().collect();
        let (mut sizes, mut seen) = (Vec::new(), Vec::new());
        while !queue.is_empty() {
            let batch = batch(&mut queue, 2);
            sizes.push(batch.len());
            seen.extend(batch);
        }
        assert_eq!(seen, places.iter().collect::<Vec<_>>());
        assert_eq!(sizes, [25, 19, 14, 11, 8, 6, 5, 3, 3, 2, 1, 1, 1, 1]);
        assert_eq!(batch(&mut VecDeque::new(), 2).len(), 0);
        let most: Vec<&Place> = places.iter().cycle().take(1000).collect();
        assert_eq!(batch(&mut most.into(), 1).len(), BATCH);
    }

    #[test]
    fn long_paths_make_small_batches() {
        let place =
            |length: usize| Place { folder: "长".repeat(length).into(), area: String::new(), name: String::new() };
        let (long, longer) = (place(1500), place(9000));
        let mut queue: VecDeque<&Place> = std::iter::repeat_n(&long, 100).collect();
        assert_eq!(batch(&mut queue, 1).len(), 2);
        assert_eq!(batch(&mut [&longer, &longer, &longer].into(), 1).len(), 1);
    }
}
