//! A folder with inputs, and the program run in it, held to what every run is held to.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use assert_cmd::cargo::cargo_bin_cmd;
use calamine::{Reader, Xlsx};
use serde_json::Value;

use crate::office::Office;

/// Stands in cells of the bad inputs: no error may quote it.
pub const SECRET: &str = "不可外传";
/// A name in `tests/data/ledger.xls` and `ledger.ods`.
const NAME: &str = "张三";
/// Far below what reading the hostile inputs without a guard would take, in MB.
const MEMORY: &str = "64";
const LONGEST: Duration = Duration::from_secs(20);

/// How every message about an input that must be made anew ends.
pub const SAVE_AS: &str = "请用 WPS 或 Excel 打开后另存为 .xlsx 再检查";
pub const COPY_AGAIN: &str = "请重新拷贝一份再检查";

pub struct Desk {
    folder: tempfile::TempDir,
}

/// What a run left behind.
#[derive(Debug)]
pub struct Ran {
    pub status: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Desk {
    pub fn new() -> Desk {
        Desk { folder: tempfile::tempdir().unwrap() }
    }

    /// A desk with one input.
    pub fn with(name: impl AsRef<Path>, bytes: impl AsRef<[u8]>) -> Desk {
        let desk = Desk::new();
        desk.put(name, bytes);
        desk
    }

    /// A desk with the small office as csv files in the folder 台账, and perhaps one changed.
    pub fn office(change: impl FnOnce(&mut Office)) -> Desk {
        let desk = Desk::new();
        let mut office = Office::small();
        change(&mut office);
        fs::create_dir(desk.at("台账")).unwrap();
        office.write_csv(&desk.at("台账"));
        desk
    }

    pub fn at(&self, name: impl AsRef<Path>) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn put(&self, name: impl AsRef<Path>, bytes: impl AsRef<[u8]>) {
        let path = self.at(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// The files below the folder, with what is in them.
    pub fn contents(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        contents(self.folder.path())
    }

    /// The program with these words behind `check`, the limits, and a pack and a year where the words name none.
    pub fn command(&self, words: &[&str]) -> assert_cmd::Command {
        let mut command = cargo_bin_cmd!("jiaoyan");
        command.current_dir(self.folder.path()).arg("check").args(words);
        if !words.contains(&"--period") {
            command.args(["--period", "2023"]);
        }
        if !words.contains(&"--pack") {
            command.args(["--pack", "jiangmen-2022"]);
        }
        command.args(["--memory-limit", MEMORY]);
        command
    }

    /// Runs it: it must be quick, leave what was there as it was, and quote no cell in an error.
    pub fn check(&self, words: &[&str]) -> Ran {
        self.held(self.command(words))
    }

    pub fn held(&self, mut command: assert_cmd::Command) -> Ran {
        let before = self.contents();
        let start = Instant::now();
        let output = command.output().unwrap();
        assert!(start.elapsed() < LONGEST, "it took {:?}", start.elapsed());
        let after = self.contents();
        assert!(before.iter().all(|(path, bytes)| after.get(path) == Some(bytes)), "a file has changed");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let ran = Ran { status: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) };
        assert!(!ran.stderr.contains(SECRET) && !ran.stderr.contains(NAME), "{}", ran.stderr);
        ran
    }

    /// What is said to inputs that cannot be read: exit status 2, nothing printed, nothing written.
    pub fn refused(&self, words: &[&str]) -> String {
        let before = self.contents();
        let ran = self.check(words);
        assert_eq!((ran.status, ran.stdout.as_str()), (Some(2), ""), "{}", ran.stderr);
        assert!(self.contents() == before, "something was written");
        ran.stderr
    }

    /// The result of a run that nothing is said about.
    pub fn json(&self, words: &[&str]) -> Value {
        let ran = self.check(&[words, &["--format", "json"]].concat());
        assert!(ran.status != Some(2) && ran.stderr.is_empty(), "{}", ran.stderr);
        serde_json::from_str(&ran.stdout).unwrap()
    }

    /// The issues of a run: `cell kind`, in their order.
    pub fn issues(&self, words: &[&str]) -> Vec<String> {
        let assessment = self.json(words);
        let text = |issue: &Value, key: &str| issue[key].as_str().unwrap().to_string();
        let issues = assessment["issues"].as_array().unwrap().iter();
        issues.map(|issue| format!("{} {}", text(issue, "cell"), text(issue, "kind"))).collect()
    }

    /// The remarks on the inputs, as 运行记录 of a report has them.
    pub fn remarks(&self, words: &[&str]) -> Vec<String> {
        let ran = self.check(&[words, &["-o", "核查.xlsx"]].concat());
        assert!(ran.status != Some(2) && ran.stderr.is_empty(), "{}", ran.stderr);
        let mut book: Xlsx<_> = calamine::open_workbook(self.at("核查.xlsx")).unwrap();
        fs::remove_file(self.at("核查.xlsx")).unwrap();
        let page = book.worksheet_range("运行记录").unwrap();
        let cells = page.rows().flatten().map(ToString::to_string);
        cells.flat_map(|cell| cell.lines().map(str::to_string).collect::<Vec<_>>()).collect()
    }
}

fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(contents(&path));
        } else if path.is_file() {
            files.insert(path.clone(), fs::read(&path).unwrap());
        }
    }
    files
}

/// `错误：《name》：sentence`
pub fn error(name: &str, sentence: &str) -> String {
    format!("错误：《{name}》：{sentence}\n")
}

/// The verdict of a rule about a subject: `met 90`, `review 80..`.
pub fn verdict(assessment: &Value, rule: &str, subject: &str) -> String {
    let findings = assessment["findings"].as_array().unwrap().iter();
    let found: Vec<&Value> = findings.filter(|f| f["rule"] == rule && f["subject"]["name"] == subject).collect();
    let [finding] = found[..] else { panic!("{} findings of {rule} about {subject}", found.len()) };
    let (low, high) = (&finding["actual"]["low"], &finding["actual"]["high"]);
    let amount = match (low, high) {
        (Value::Null, _) => String::new(),
        (low, Value::Null) => format!(" {low}.."),
        (low, high) if low == high => format!(" {low}"),
        (low, high) => format!(" {low}..{high}"),
    };
    format!("{}{amount}", finding["verdict"].as_str().unwrap())
}
