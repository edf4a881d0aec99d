//! Feeds mutated files to the built program and watches how it ends: `flood PROGRAM BATCHES SINGLES [SEED]`.
//!
//! A batch is a folder of 200 files that one process audits. It names those that it cannot read; they are taken away and
//! the rest is audited again, until a report is written or no file is left. A single is one file for one process.
//! Whatever ends in another way than the program may, is kept in `artifacts/flood`, and the run fails.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use jiaoyan_fuzz::checks::ledger;
use jiaoyan_fuzz::mutate::{self, Rng};

const BATCH: usize = 200;
/// A process that takes longer has hung; the program's own limit is a minute without progress.
const SLOW: Duration = Duration::from_secs(90);

/// A file to start from: its extension and its bytes.
type Base = (&'static str, Vec<u8>);

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize| arguments.get(at).and_then(|number| number.parse::<u64>().ok());
    let (Some(program), Some(batches), Some(singles)) = (arguments.first(), number(1), number(2)) else {
        eprintln!("flood PROGRAM BATCHES SINGLES [SEED]");
        return ExitCode::FAILURE;
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut flood = Flood {
        program: fs::canonicalize(program).expect("the program"),
        bases: bases(&root.join("seeds")),
        rng: Rng::new(number(3).unwrap_or(1)),
        kept: root.join("artifacts/flood"),
        figures: Figures::default(),
    };
    for batch in 0..batches {
        flood.batch();
        if batch % 10 == 9 {
            println!("{} batches: {}", batch + 1, flood.figures.text());
        }
    }
    for _ in 0..singles {
        flood.single();
    }
    println!("{}", flood.figures.text());
    if flood.figures.wrong.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The seeds of the formats, and the sheets of the intake target as workbooks.
fn bases(seeds: &Path) -> Vec<Base> {
    let mut bases = Vec::new();
    for extension in ["xlsx", "xls", "xlsb", "ods", "csv"] {
        bases.extend(contents(&seeds.join(extension)).into_iter().map(|bytes| (extension, bytes)));
    }
    let written = contents(&seeds.join("intake")).into_iter();
    bases.extend(written.filter_map(|text| {
        let (_, bytes) = ledger::workbook(std::str::from_utf8(&text).ok()?)?;
        Some(("xlsx", bytes))
    }));
    bases
}

fn contents(folder: &Path) -> Vec<Vec<u8>> {
    let entries = fs::read_dir(folder).expect("the seeds");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("a seed").path()).collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).expect("a seed")).collect()
}

#[derive(Default)]
struct Figures {
    files: usize,
    refused: usize,
    audited: usize,
    processes: usize,
    statuses: BTreeMap<String, usize>,
    slowest: Duration,
    wrong: Vec<String>,
}

impl Figures {
    fn text(&self) -> String {
        let Figures { files, refused, audited, processes, statuses, slowest, wrong } = self;
        format!(
            "{files} files, {refused} refused, {audited} audited, {processes} processes, statuses {statuses:?}, slowest {slowest:?}, wrong {wrong:?}"
        )
    }
}

struct Flood {
    program: PathBuf,
    bases: Vec<Base>,
    rng: Rng,
    kept: PathBuf,
    figures: Figures,
}

impl Flood {
    /// Writes mutated files into a folder. Gives their paths.
    fn write(&mut self, folder: &Path, files: usize) -> Vec<PathBuf> {
        let write = |number: usize| {
            let (extension, bytes) = self.mutated();
            let path = folder.join(format!("{number:03}.{extension}"));
            fs::write(&path, bytes).expect("a file");
            path
        };
        (0..files).map(write).collect()
    }

    fn mutated(&mut self) -> Base {
        let (extension, mut bytes) = self.rng.pick(&self.bases).clone();
        // The mutations draw from numbers of their own, which begin where ours stand.
        let mut drawn = Rng::new(self.rng.next());
        for _ in 0..=self.rng.below(3) {
            let mut plain = |bytes: &mut Vec<u8>| mutate::change(bytes, &mut drawn);
            match mutate::mutated(&bytes, &mut self.rng, &mut plain) {
                Some(changed) => bytes = changed,
                None => mutate::change(&mut bytes, &mut self.rng),
            }
        }
        (extension, bytes)
    }

    fn batch(&mut self) {
        let folder = tempfile::tempdir().expect("a folder");
        let mut files = self.write(folder.path(), BATCH);
        self.figures.files += files.len();
        while !files.is_empty() {
            let told = self.run(folder.path(), &files);
            let Some(told) = told else {
                self.figures.refused += files.len();
                return;
            };
            let named = |path: &PathBuf| told.contains(&format!("《{}》", path.display()));
            let (bad, good): (Vec<PathBuf>, Vec<PathBuf>) = files.iter().cloned().partition(named);
            if bad.is_empty() {
                self.figures.audited += good.len();
                return;
            }
            self.figures.refused += bad.len();
            bad.iter().for_each(|path| fs::remove_file(path).expect("the file"));
            files = good;
        }
    }

    fn single(&mut self) {
        let folder = tempfile::tempdir().expect("a folder");
        let files = self.write(folder.path(), 1);
        self.figures.files += 1;
        match self.run(folder.path(), &files) {
            Some(told) if told.is_empty() => self.figures.audited += 1,
            _ => self.figures.refused += 1,
        }
    }

    /// Audits a folder. Gives what was said of files that cannot be read, nothing where it was audited; none where the
    /// program ended as it may not.
    fn run(&mut self, folder: &Path, files: &[PathBuf]) -> Option<String> {
        let report = folder.join("report");
        fs::create_dir_all(&report).expect("a folder");
        let start = Instant::now();
        let output = Command::new(&self.program)
            .args(["check", "--pack", "jiangmen-2022", "--period", "2023", "-o"])
            .arg(report.join("核查报告.xlsx"))
            .arg("--force")
            .args(files)
            .output()
            .expect("the program");
        let took = start.elapsed();
        self.figures.processes += 1;
        self.figures.slowest = self.figures.slowest.max(took);
        *self.figures.statuses.entry(output.status.to_string()).or_default() += 1;
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        match output.status.code() {
            _ if told.contains("panicked") || took > SLOW => {}
            Some(0 | 1 | 3) => return Some(String::new()),
            Some(2) if files.iter().any(|path| told.contains(&format!("《{}》", path.display()))) => {
                return Some(told);
            }
            _ => {}
        }
        self.keep(files, &format!("{} after {took:?}: {told}", output.status));
        None
    }

    fn keep(&mut self, files: &[PathBuf], why: &str) {
        let number = self.figures.wrong.len();
        let folder = self.kept.join(number.to_string());
        fs::create_dir_all(&folder).expect("a folder");
        for path in files {
            fs::copy(path, folder.join(path.file_name().expect("a name"))).expect("a copy");
        }
        fs::write(folder.join("why.txt"), why).expect("a file");
        self.figures.wrong.push(folder.display().to_string());
    }
}
