//! What it takes to audit the offices of a whole country: `jiaoyan check --each-folder` over 10, 100, 1,000, 2,900 of
//! them, each with some 15,500 rows.
//!
//! Makes the offices from a fixed seed, audits them and deletes them; writes what it measured to `target/tmp/country/`,
//! from where `plot.py` draws it. See `benches/README.md`.

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
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use making::country::{self, OFFICES};
use measure::{Outcome, Taken, judged, machine, median, megabytes};

const HELP: &str = "cargo bench --bench country -- [--offices N[,N…]] [--rows-per-office N] [--slice N] [--runs N] \
                    [--format text|csv] [--threads N] [--keep]";
/// Wanted of the whole country on two cores: seconds, and MB (of 1,000,000 bytes) of all processes together.
const MOST_SECONDS: f64 = 180.0;
const MOST_MEMORY: f64 = 500.0;
const LOOK: Duration = Duration::from_millis(20);

fn main() -> Outcome<()> {
    let words: Vec<String> = env::args().skip(1).collect();
    // `cargo test --benches` runs it without this word, to see only that it builds and starts.
    if !words.iter().any(|word| word == "--bench") {
        println!("not measured; run {HELP}");
        return Ok(());
    }
    let options = Options::of(&words)?;
    fs::create_dir_all(folder())?;
    let mut costs = Vec::new();
    for offices in &options.offices {
        let cost = cost(*offices, &options)?;
        write_memory(&folder().join(format!("memory-{offices}.csv")), &cost.taken)?;
        costs.push(cost);
    }
    write_costs(&folder().join("cost.csv"), &costs)?;
    print_table(&costs, &options);
    Ok(())
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("country")
}

/// What was asked for on the command line.
struct Options {
    offices: Vec<usize>,
    rows: usize,
    /// How many offices are on the disk at a time.
    slice: usize,
    runs: usize,
    csv: bool,
    threads: Option<String>,
    keep: bool,
}

impl Options {
    fn of(words: &[String]) -> Outcome<Options> {
        let offices = vec![10, 100, 1_000, OFFICES];
        let mut options =
            Options { offices, rows: 15_500, slice: OFFICES, runs: 1, csv: false, threads: None, keep: false };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let mut next = || words.next().ok_or(HELP);
            match word.as_str() {
                "--bench" => {}
                "--offices" => options.offices = next()?.split(',').map(number).collect::<Outcome<_>>()?,
                "--rows-per-office" => options.rows = number(next()?)?,
                "--slice" => options.slice = number(next()?)?,
                "--runs" => options.runs = number(next()?)?,
                "--threads" => options.threads = Some(next()?.clone()),
                "--keep" => options.keep = true,
                "--format" => match next()?.as_str() {
                    "text" => options.csv = false,
                    "csv" => options.csv = true,
                    _ => return Err(HELP.into()),
                },
                _ => return Err(HELP.into()),
            }
        }
        match options.offices.iter().all(|count| *count <= OFFICES) {
            true => Ok(options),
            false => Err(format!("there are {OFFICES} offices").into()),
        }
    }
}

fn number(word: &str) -> Outcome<usize> {
    word.parse().ok().filter(|number| *number > 0).ok_or_else(|| HELP.into())
}

/// What so many offices cost.
#[derive(Default)]
struct Cost {
    offices: usize,
    rows: usize,
    /// Seconds that making them took.
    making: f64,
    /// Bytes of the offices' files, and of what was written about them.
    inputs: u64,
    reports: u64,
    taken: Taken,
}

/// Makes, audits and deletes offices, a slice at a time.
fn cost(offices: usize, options: &Options) -> Outcome<Cost> {
    let mut cost = Cost { offices, rows: offices * options.rows, ..Cost::default() };
    let mut runs: Vec<Option<Taken>> = vec![None; options.runs];
    for start in (0..offices).step_by(options.slice) {
        let slice = start..(start + options.slice).min(offices);
        let (records, out) = (folder().join("records"), folder().join("reports"));
        clear(&[&records, &out])?;
        let began = Instant::now();
        let provinces = country::make(&records, slice.clone(), options.rows)?;
        cost.making += began.elapsed().as_secs_f64();
        cost.inputs += country::files(&records, &[])?.0;
        let wanted = slice.len() - country::unreadable(slice.clone());
        for run in &mut runs {
            clear(&[&out])?;
            let taken = audit(&provinces, &out, options)?;
            println!("offices {} to {}: {taken}", slice.start, slice.end);
            *run = Some(match run.take() {
                Some(before) => before.and_then(taken),
                None => taken,
            });
        }
        cost.reports += written(&out, wanted, options)?;
        if !options.keep {
            clear(&[&records, &out])?;
        }
    }
    cost.taken = median(&runs.into_iter().flatten().collect::<Vec<_>>());
    Ok(cost)
}

fn clear(folders: &[&Path]) -> Outcome<()> {
    for folder in folders.iter().filter(|folder| folder.exists()) {
        fs::remove_dir_all(folder)?;
    }
    Ok(())
}

fn audit(provinces: &[PathBuf], out: &Path, options: &Options) -> Outcome<Taken> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jiaoyan"));
    command.args(["check", "--each-folder"]).args(provinces);
    command.args(["--pack", "jiangmen-2022", "--period", "2023", "--quiet", "-o"]).arg(out);
    command.args(["--format", if options.csv { "csv" } else { "text" }]);
    if let Some(threads) = &options.threads {
        command.args(["--threads", threads]);
    }
    // Some offices have gaps, and the files of one cannot be read: what was written is looked at below.
    measure::run(&mut command, &[0, 1, 2, 3], LOOK)
}

/// The size of what was written, which must be something for each office that can be read.
fn written(out: &Path, wanted: usize, options: &Options) -> Outcome<u64> {
    let (bytes, reports) = country::files(out, &[if options.csv { ".csv" } else { "核查报告.xlsx" }])?;
    match reports == wanted {
        true => Ok(bytes),
        false => Err(format!("{reports} reports in {} instead of {wanted}", out.display()).into()),
    }
}

fn write_memory(path: &Path, taken: &Taken) -> Outcome<()> {
    let mut file = std::io::BufWriter::new(fs::File::create(path)?);
    writeln!(file, "seconds,resident_mb,peaks_mb,processes,threads")?;
    for look in &taken.looks {
        let [at, resident, peaks] = [look.at, look.resident, look.peaks];
        writeln!(file, "{at:.3},{resident:.1},{peaks:.1},{},{}", look.processes, look.threads)?;
    }
    Ok(file.flush()?)
}

fn write_costs(path: &Path, costs: &[Cost]) -> Outcome<()> {
    let mut file = std::io::BufWriter::new(fs::File::create(path)?);
    writeln!(file, "offices,rows,input_mb,making_s,seconds,processor_s,resident_mb,peaks_mb,reports_mb,machine")?;
    for cost in costs {
        let taken = &cost.taken;
        let [inputs, reports] = [cost.inputs, cost.reports].map(|bytes| bytes as f64 / 1e6);
        let told = |figure: Option<f64>| figure.map(|figure| format!("{figure:.2}")).unwrap_or_default();
        let [processor, resident, peaks] = [taken.processor, taken.resident(), taken.peak()].map(told);
        write!(file, "{},{},{inputs:.1},{:.2},{:.3},", cost.offices, cost.rows, cost.making, taken.seconds)?;
        writeln!(file, "{processor},{resident},{peaks},{reports:.1},\"{}\"", machine())?;
    }
    Ok(file.flush()?)
}

fn print_table(costs: &[Cost], options: &Options) {
    println!("\n{} rows an office, median of {} runs; {}", options.rows, options.runs, machine());
    print!("{:>8}{:>12}{:>11}{:>10}{:>10}", "offices", "rows", "inputs", "made in", "audit");
    print!("{:>12}{:>9}{:>9}{:>10}", "processors", "memory", "(peaks)", "threads");
    println!("{:>11}{:>11}{:>11}", "offices/s", "rows/s", "reports");
    for cost in costs {
        let taken = &cost.taken;
        let [inputs, reports] = [cost.inputs, cost.reports].map(|bytes| format!("{:.1} MB", bytes as f64 / 1e6));
        let processor = taken.processor.map_or("—".to_string(), |processor| format!("{processor:.1} s"));
        let [offices, rows] = [cost.offices, cost.rows].map(|count| count as f64 / taken.seconds);
        let at_once = format!("{} in {}", taken.most_threads(), taken.most_processes());
        print!("{:>8}{:>12}{inputs:>11}{:>8.1} s{:>8.2} s", cost.offices, cost.rows, cost.making, taken.seconds);
        print!("{processor:>12}{:>9}{:>9}{at_once:>10}", megabytes(taken.resident()), megabytes(taken.peak()));
        println!("{offices:>11.1}{rows:>11.0}{reports:>11}");
    }
    for cost in costs.iter().filter(|cost| cost.offices == OFFICES) {
        let seconds = cost.taken.seconds;
        println!(
            "{}",
            judged("the country takes", seconds, " s", seconds <= MOST_SECONDS, &format!("{MOST_SECONDS} s"))
        );
        if let Some(memory) = cost.taken.resident() {
            let keeps = memory <= MOST_MEMORY;
            println!("{}", judged("memory of it", memory, " MB", keeps, &format!("{MOST_MEMORY} MB")));
        }
    }
}
