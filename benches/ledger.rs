//! How long `jiaoyan check` takes for a ledger of a million rows, and how much memory, beside plain calamine; how both grow
//! with the rows; what two threads gain.
//!
//! Makes folders of workbooks from a fixed seed (a roster, a list of schools, an 活动台账), then measures child processes
//! in turn. See `benches/README.md`.

#![allow(
    unreachable_pub,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::too_many_lines,
    clippy::wildcard_enum_match_arm,
    reason = "a program of one job, which says on the terminal what it measured"
)]

mod making;
mod measure;

use std::env;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use calamine::{Xlsx, open_workbook};
use making::ledger::{COLUMNS, LEDGER, Parts, make};
use measure::{Outcome, Taken, judged, machine, median, megabytes};

/// What a child process is told that plays plain calamine.
const STREAM: &str = "--stream";
const HELP: &str = "cargo bench --bench ledger -- [--ratio] [--growth] [--threads] [--rows N] [--runs N]";
/// Wanted: the ratio of the times to plain calamine's, and the peak of `check` in MB (of 1,000,000 bytes).
const MOST_RATIO: f64 = 1.3;
const MOST_MEMORY: f64 = 100.0;
/// Wanted: how many times as long ten times the rows may take, and how much more memory, in MB, reading them may take.
const MOST_GROWTH: f64 = 11.0;
const MOST_MORE_MEMORY: f64 = 10.0;
/// Wanted: how many times as fast two threads are as one.
const LEAST_GAIN: f64 = 1.7;
/// Into how many workbooks or sheets the rows are cut to be read side by side.
const PARTS: u32 = 12;
const LOOK: Duration = Duration::from_millis(4);

fn main() -> Outcome<()> {
    let words: Vec<String> = env::args().skip(1).collect();
    if let [STREAM, ledger] = words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        return stream(Path::new(ledger));
    }
    // `cargo test --benches` runs it without this word, to see only that it builds and starts.
    if !words.iter().any(|word| word == "--bench") {
        println!("not measured; run {HELP}");
        return Ok(());
    }
    let options = Options::of(&words)?;
    if options.ratio {
        ratio(&options)?;
    }
    if options.growth {
        growth(&options)?;
    }
    if options.threads {
        side_by_side(&options, "workbooks", Parts::Workbooks(PARTS))?;
        side_by_side(&options, "sheets", Parts::Sheets(PARTS))?;
    }
    Ok(())
}

/// What was asked for on the command line.
struct Options {
    rows: u32,
    runs: usize,
    ratio: bool,
    growth: bool,
    threads: bool,
}

impl Options {
    /// All three measurements where none is named.
    fn of(words: &[String]) -> Outcome<Options> {
        let mut options = Options { rows: 1_000_000, runs: 3, ratio: false, growth: false, threads: false };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let mut number = || words.next().and_then(|word| word.parse::<u32>().ok()).filter(|n| *n > 0).ok_or(HELP);
            match word.as_str() {
                "--bench" => {}
                "--ratio" => options.ratio = true,
                "--growth" => options.growth = true,
                "--threads" => options.threads = true,
                "--rows" => options.rows = number()?.min(1_048_575),
                "--runs" => options.runs = number()? as usize,
                _ => return Err(HELP.into()),
            }
        }
        if !(options.ratio || options.growth || options.threads) {
            (options.ratio, options.growth, options.threads) = (true, true, true);
        }
        Ok(options)
    }
}

/// Streams the ledger through calamine and does nothing else with it.
fn stream(ledger: &Path) -> Outcome<()> {
    let mut book: Xlsx<_> = open_workbook(ledger)?;
    let mut cells = book.worksheet_cells_reader(LEDGER)?;
    while let Some(cell) = cells.next_cell()? {
        black_box(cell);
    }
    Ok(())
}

fn plain_calamine(ledger: &Path) -> Outcome<Taken> {
    let mut command = Command::new(env::current_exe()?);
    measure::run(command.arg(STREAM).arg(ledger), &[0], LOOK)
}

/// `check` over a made folder, with more words.
fn check(folder: &Path, words: &[&str]) -> Outcome<Taken> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jiaoyan"));
    command.arg("check").arg(folder.join("records"));
    command.args(["--pack", "jiangmen-2022", "--period", "2023", "--quiet"]).args(words);
    measure::run(&mut command, &[0, 1, 3], LOOK)
}

/// `check` with its report written.
fn check_and_report(folder: &Path, words: &[&str]) -> Outcome<Taken> {
    let report = folder.join("report.xlsx").display().to_string();
    check(folder, &[words, &["--force", "-o", &report]].concat())
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

/// The first measurement: one ledger, beside plain calamine.
fn ratio(options: &Options) -> Outcome<()> {
    let folder = folder(&format!("ledger-{}", options.rows));
    let ledger = make(&folder, options.rows, Parts::One)?;
    let (mut plain, mut checks) = (Vec::new(), Vec::new());
    for run in 1..=options.runs {
        plain.push(plain_calamine(&ledger)?);
        checks.push(check_and_report(&folder, &[])?);
        println!("run {run}: plain calamine {}, check {}", plain[run - 1], checks[run - 1]);
    }
    let (plain, check) = (median(&plain), median(&checks));
    let size = fs::metadata(&ledger)?.len() as f64 / 1e6;
    println!("\n{} rows × {} columns, {size:.1} MB; {}", options.rows, COLUMNS.len(), machine());
    print_table(&[("plain calamine", options.rows, &plain), ("check, report included", options.rows, &check)]);
    let ratio = check.seconds / plain.seconds;
    println!("{}", judged("ratio of the times", ratio, "", ratio <= MOST_RATIO, &MOST_RATIO.to_string()));
    if let Some(peak) = check.peak() {
        println!("{}", judged("peak memory", peak, " MB", peak <= MOST_MEMORY, &format!("{MOST_MEMORY} MB")));
    }
    println!();
    Ok(())
}

/// The second measurement: a tenth of the rows, and all of them; with the report, and without it, which is the reading.
fn growth(options: &Options) -> Outcome<()> {
    let rows = [options.rows.div_ceil(10), options.rows];
    let (mut with, mut reading) = (Vec::new(), Vec::new());
    for rows in rows {
        let folder = folder(&format!("ledger-{rows}"));
        make(&folder, rows, Parts::One)?;
        let runs =
            (0..options.runs).map(|_| Ok((check_and_report(&folder, &[])?, check(&folder, &["--format", "csv"])?)));
        let (full, bare): (Vec<_>, Vec<_>) = runs.collect::<Outcome<Vec<_>>>()?.into_iter().unzip();
        with.push(median(&full));
        reading.push(median(&bare));
    }
    println!("{} and {} rows; {}", rows[0], rows[1], machine());
    let lines = [("check, report included", &with), ("check, no report", &reading)];
    let lines: Vec<_> =
        lines.iter().flat_map(|(name, taken)| [(*name, rows[0], &taken[0]), (*name, rows[1], &taken[1])]).collect();
    print_table(&lines);
    let grown = with[1].seconds / with[0].seconds;
    println!("{}", judged("ten times the rows take", grown, " times", grown <= MOST_GROWTH, &MOST_GROWTH.to_string()));
    if let Some(more) = reading[1].peak().zip(reading[0].peak()).map(|(many, few)| many - few) {
        let bound = format!("{MOST_MORE_MEMORY} MB");
        println!("{}", judged("more memory for reading them", more, " MB", more <= MOST_MORE_MEMORY, &bound));
    }
    println!();
    Ok(())
}

/// The third measurement: the rows in twelve workbooks or sheets, read by one thread and by two.
fn side_by_side(options: &Options, name: &str, parts: Parts) -> Outcome<()> {
    let folder = folder(&format!("ledger-{}-{name}", options.rows));
    make(&folder, options.rows, parts)?;
    let (mut one, mut two) = (Vec::new(), Vec::new());
    for run in 1..=options.runs {
        one.push(check_and_report(&folder, &["--threads", "1"])?);
        two.push(check_and_report(&folder, &["--threads", "2"])?);
        println!("run {run}: one thread {}, two {}", one[run - 1], two[run - 1]);
    }
    let (one, two) = (median(&one), median(&two));
    println!("\n{} rows in {PARTS} {name}; {}", options.rows, machine());
    print_table(&[("check, one thread", options.rows, &one), ("check, two threads", options.rows, &two)]);
    let gain = one.seconds / two.seconds;
    println!("{}", judged("two threads are", gain, " times as fast", gain >= LEAST_GAIN, &LEAST_GAIN.to_string()));
    fs::remove_dir_all(&folder)?;
    println!();
    Ok(())
}

fn print_table(lines: &[(&str, u32, &Taken)]) {
    println!("{:24}{:>10}{:>13}{:>12}{:>12}{:>14}", "", "rows", "median time", "processors", "rows/s", "peak memory");
    for (name, rows, taken) in lines {
        let speed = f64::from(*rows) / taken.seconds;
        let processor = taken.processor.map_or("—".to_string(), |processor| format!("{processor:.2} s"));
        let memory = megabytes(taken.peak());
        println!("{name:24}{rows:>10}{:>11.2} s{processor:>12}{speed:>12.0}{memory:>14}", taken.seconds);
    }
}
