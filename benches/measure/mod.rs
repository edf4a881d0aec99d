//! Runs child processes and measures them with all that they start: wall time, processor time, memory over time.
//! Memory, processes and threads are told by Linux's `/proc`; elsewhere they are none.

#![allow(dead_code, reason = "each benchmark uses its own part")]

use std::error::Error;
use std::fs;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{available_parallelism, scope, sleep};
use std::time::{Duration, Instant};

pub type Outcome<T> = Result<T, Box<dyn Error>>;

/// How many units of processor time `/proc` counts to a second; the same on every Linux.
const TICKS: f64 = 100.0;

/// What one run took.
#[derive(Clone, Debug, Default)]
pub struct Taken {
    pub seconds: f64,
    /// Seconds of processor time of all its processes.
    pub processor: Option<f64>,
    pub looks: Vec<Look>,
}

/// What was seen of all processes together at one moment.
#[derive(Clone, Copy, Debug, Default)]
pub struct Look {
    /// Seconds after the start.
    pub at: f64,
    /// What they held at that moment, in MB of 1,000,000 bytes; what processes share is counted for each.
    pub resident: f64,
    /// The peaks that each of them had had by then, added up, in MB.
    pub peaks: f64,
    pub processes: usize,
    pub threads: usize,
}

impl Taken {
    /// The peak of memory in MB, at least what the processes that were seen held at one time: it does not matter how
    /// often was looked, only that each was seen near its end.
    pub fn peak(&self) -> Option<f64> {
        self.looks.iter().map(|look| look.peaks).reduce(f64::max)
    }

    /// The highest sum in MB that was seen at one moment.
    pub fn resident(&self) -> Option<f64> {
        self.looks.iter().map(|look| look.resident).reduce(f64::max)
    }

    pub fn most_threads(&self) -> usize {
        self.looks.iter().map(|look| look.threads).max().unwrap_or_default()
    }

    pub fn most_processes(&self) -> usize {
        self.looks.iter().map(|look| look.processes).max().unwrap_or_default()
    }

    /// The run that followed, taken as one with this one.
    pub fn and_then(mut self, next: Taken) -> Taken {
        let start = self.seconds;
        self.looks.extend(next.looks.into_iter().map(|look| Look { at: start + look.at, ..look }));
        self.seconds += next.seconds;
        self.processor = self.processor.zip(next.processor).map(|(one, other)| one + other);
        self
    }
}

impl std::fmt::Display for Taken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.2} s", self.seconds)?;
        self.processor.map_or(Ok(()), |processor| write!(f, " ({processor:.1} s of processors)"))?;
        write!(f, " {}", megabytes(self.peak()))
    }
}

pub fn megabytes(memory: Option<f64>) -> String {
    memory.map_or("—".to_string(), |memory| format!("{memory:.0} MB"))
}

/// The medians of the times of several runs, and the looks of the one with the highest peak.
pub fn median(runs: &[Taken]) -> Taken {
    let highest = runs.iter().max_by(|one, other| one.peak().unwrap_or(0.0).total_cmp(&other.peak().unwrap_or(0.0)));
    Taken {
        seconds: middle(runs.iter().map(|run| run.seconds).collect()),
        processor: runs.iter().map(|run| run.processor).collect::<Option<Vec<_>>>().map(middle),
        looks: highest.map(|run| run.looks.clone()).unwrap_or_default(),
    }
}

fn middle(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    let half = numbers.len() / 2;
    match numbers.len() {
        0 => 0.0,
        count if count % 2 == 0 => f64::midpoint(numbers[half - 1], numbers[half]),
        _ => numbers[half],
    }
}

/// The machine and the day, for the line above a table.
pub fn machine() -> String {
    let cores = available_parallelism().map_or(1, usize::from);
    format!("{cores} cores, {}", jiff::Zoned::now().date())
}

/// Whether a figure keeps its bound, as a sentence; `most` as the bound stands, with its unit.
pub fn judged(what: &str, figure: f64, unit: &str, keeps: bool, bound: &str) -> String {
    let within = if keeps { "within" } else { "BEYOND" };
    format!("{what} {figure:.2}{unit}: {within} the bound of {bound}")
}

/// Runs a command to its end, which must be one of these exit statuses, and looks at its processes every `every`.
///
/// # Errors
/// It cannot be started, or ends with another status.
pub fn run(command: &mut Command, statuses: &[i32], every: Duration) -> Outcome<Taken> {
    let before = processor_time();
    let start = Instant::now();
    let mut child = command.stdout(Stdio::null()).spawn()?;
    let (id, ended) = (child.id().to_string(), AtomicBool::new(false));
    let (status, seconds, looks) = scope(|scope| {
        let looking = scope.spawn(|| look_on(&id, start, every, &ended));
        let status = child.wait();
        let seconds = start.elapsed().as_secs_f64();
        ended.store(true, Ordering::Relaxed);
        (status, seconds, looking.join().unwrap_or_default())
    });
    let status = status?;
    if !status.code().is_some_and(|code| statuses.contains(&code)) {
        return Err(format!("{command:?} ended with {status}").into());
    }
    let processor = before.zip(processor_time()).map(|(before, after)| after - before);
    Ok(Taken { seconds, processor, looks })
}

fn look_on(process: &str, start: Instant, every: Duration, ended: &AtomicBool) -> Vec<Look> {
    let mut looks = Vec::new();
    while !ended.load(Ordering::Relaxed) {
        let mut look = Look { at: start.elapsed().as_secs_f64(), ..Look::default() };
        add(&mut look, process);
        if look.processes > 0 {
            looks.push(look);
        }
        sleep(every);
    }
    looks
}

/// Adds a process and all that it has started.
fn add(look: &mut Look, process: &str) {
    // A process may end between two looks into its folder: what it still told counts.
    let Ok(status) = fs::read_to_string(format!("/proc/{process}/status")) else { return };
    let value = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        line.split_whitespace().next()?.parse::<f64>().ok()
    };
    // One that has ended and was not waited for yet has no memory.
    if let (Some(resident), Some(peak)) = (value("VmRSS:"), value("VmHWM:")) {
        look.resident += resident * 1024.0 / 1e6;
        look.peaks += peak * 1024.0 / 1e6;
        look.processes += 1;
        look.threads += value("Threads:").map_or(1, |threads| threads as usize);
    }
    let Ok(threads) = fs::read_dir(format!("/proc/{process}/task")) else { return };
    for thread in threads.flatten() {
        let started = fs::read_to_string(thread.path().join("children")).unwrap_or_default();
        started.split_whitespace().for_each(|started| add(look, started));
    }
}

/// Seconds of processor time of all children of this process that have ended, with those that they waited for.
fn processor_time() -> Option<f64> {
    let own = fs::read_to_string("/proc/self/stat").ok()?;
    // The name of the program, in brackets, may hold blanks. After it `cutime` and `cstime` are the 14th and 15th.
    let (_, after) = own.rsplit_once(')')?;
    let mut ticks = after.split_whitespace().skip(13).map(|word| word.parse::<f64>().ok());
    Some((ticks.next()?? + ticks.next()??) / TICKS)
}
