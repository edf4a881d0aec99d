//! How long `jiaoyan check` takes for a ledger of a million rows, and how much memory, beside plain calamine.
//!
//! Makes a folder of workbooks from a fixed seed (a roster, a list of schools, an 活动台账), then measures child processes
//! in turn: one that only streams the ledger's cells through calamine, and `jiaoyan check` over the folder, report
//! included. See `benches/README.md`.

use std::env;
use std::error::Error;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::{available_parallelism, sleep};
use std::time::{Duration, Instant};

use calamine::{Xlsx, open_workbook};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// What a child process is told that plays plain calamine.
const STREAM: &str = "--stream";
const HELP: &str = "cargo bench --bench ledger -- [--rows N] [--runs N]";
/// The bounds that are kept: the ratio of the times, and the peak of `check` in MB (of 1,000,000 bytes).
const MOST_RATIO: f64 = 1.5;
const MOST_MEMORY: f64 = 200.0;
/// How often the peak memory of a child is looked at. It only rises, so that a look shortly before the end is enough.
const LOOK: Duration = Duration::from_millis(4);

const PEOPLE: usize = 1000;
const INSTITUTIONS: usize = 20;
const SCHOOLS: usize = 200;
const TOPICS: usize = 600;
const REPLIES: usize = 80;
const LEDGER: &str = "活动台账";
const COLUMNS: [&str; 12] =
    ["日期", "结束日期", "工号", "姓名", "单位", "类型", "学校", "级别", "天数", "节数", "主题", "反馈"];
const KINDS: [&str; 12] = [
    "听评课",
    "听评课",
    "听评课",
    "下校指导",
    "下校指导",
    "集体视导",
    "蹲点调研",
    "公开课",
    "示范课",
    "专题讲座",
    "主题教研",
    "集体备课",
];
const LEVELS: [&str; 4] = ["校级", "片区", "县级", "市级"];
const STAGES: [&str; 3] = ["小学", "初中", "高中"];
const SUBJECTS: [&str; 6] = ["语文", "数学", "英语", "物理", "道德与法治", "体育与健康"];
/// 2023-01-01 as a serial of a spreadsheet.
const FIRST_DAY: f64 = 44_927.0;

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
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("ledger-{}", options.rows));
    let ledger = make(&folder, options.rows)?;
    let (mut plain, mut check) = (Vec::new(), Vec::new());
    for run in 1..=options.runs {
        plain.push(measure(&mut plain_calamine(&ledger)?, &[0])?);
        check.push(measure(&mut jiaoyan_check(&folder), &[0, 1, 3])?);
        println!("run {run}: calamine {}, check {}", plain[run - 1], check[run - 1]);
    }
    print_table(options.rows, fs::metadata(&ledger)?.len(), &median(plain), &median(check));
    Ok(())
}

/// What was asked for on the command line.
struct Options {
    rows: u32,
    runs: usize,
}

impl Options {
    fn of(words: &[String]) -> Outcome<Options> {
        let mut options = Options { rows: 1_000_000, runs: 3 };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let mut number = || words.next().and_then(|word| word.parse::<u32>().ok()).filter(|n| *n > 0).ok_or(HELP);
            match word.as_str() {
                "--bench" => {}
                "--rows" => options.rows = number()?.min(1_048_575),
                "--runs" => options.runs = number()? as usize,
                _ => return Err(HELP.into()),
            }
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

fn plain_calamine(ledger: &Path) -> Outcome<Command> {
    let mut command = Command::new(env::current_exe()?);
    command.arg(STREAM).arg(ledger);
    Ok(command)
}

fn jiaoyan_check(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jiaoyan"));
    command.arg("check").arg(folder.join("records"));
    command.args(["--pack", "jiangmen-2022", "--period", "2023", "--quiet", "--force", "-o"]);
    command.arg(folder.join("report.xlsx"));
    command
}

/// What one run took.
#[derive(Clone, Copy)]
struct Taken {
    seconds: f64,
    /// The peak of its memory in MB, where the system tells it.
    memory: Option<f64>,
}

impl std::fmt::Display for Taken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let memory = self.memory.map_or("—".to_string(), |memory| format!("{memory:.0} MB"));
        write!(f, "{:.2} s {memory}", self.seconds)
    }
}

/// Runs a command to its end, which must be one of these exit statuses.
fn measure(command: &mut Command, statuses: &[i32]) -> Outcome<Taken> {
    let start = Instant::now();
    let mut child = command.stdout(Stdio::null()).spawn()?;
    let mut memory = None;
    let status = loop {
        memory = peak(&child).into_iter().chain(memory).reduce(f64::max);
        if let Some(status) = child.try_wait()? {
            break status;
        }
        sleep(LOOK);
    };
    let seconds = start.elapsed().as_secs_f64();
    if !status.code().is_some_and(|code| statuses.contains(&code)) {
        return Err(format!("{command:?} ended with {status}").into());
    }
    Ok(Taken { seconds, memory })
}

/// The peak of memory in MB of a running process and the one that it has started, as Linux tells it; none elsewhere, and
/// none once they have ended.
fn peak(child: &Child) -> Option<f64> {
    let id = child.id().to_string();
    let started = fs::read_to_string(format!("/proc/{id}/task/{id}/children")).unwrap_or_default();
    std::iter::once(id.as_str()).chain(started.split_whitespace()).filter_map(peak_of).reduce(|one, other| one + other)
}

fn peak_of(process: &str) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: f64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kibibytes * 1024.0 / 1e6)
}

/// The median of the times, and the highest of the peaks.
fn median(mut runs: Vec<Taken>) -> Taken {
    runs.sort_by(|one, other| one.seconds.total_cmp(&other.seconds));
    let memory = runs.iter().filter_map(|run| run.memory).reduce(f64::max);
    let middle = runs.len() / 2;
    let seconds = match runs.len() % 2 {
        0 => f64::midpoint(runs[middle - 1].seconds, runs[middle].seconds),
        _ => runs[middle].seconds,
    };
    Taken { seconds, memory }
}

fn print_table(rows: u32, bytes: u64, plain: &Taken, check: &Taken) {
    let cores = available_parallelism().map_or(1, usize::from);
    let megabytes = bytes as f64 / 1e6;
    println!("\n{rows} rows × {} columns, {megabytes:.1} MB, {cores} cores", COLUMNS.len());
    println!("{:24}{:>12}{:>12}{:>14}", "", "median time", "rows/s", "peak memory");
    for (name, taken) in [("plain calamine", plain), ("check, report included", check)] {
        let speed = f64::from(rows) / taken.seconds;
        let memory = taken.memory.map_or("—".to_string(), |memory| format!("{memory:.0} MB"));
        println!("{name:24}{:>10.2} s{speed:>12.0}{memory:>14}", taken.seconds);
    }
    let within = |is: bool| if is { "within" } else { "BEYOND" };
    let ratio = check.seconds / plain.seconds;
    println!("ratio of the times {ratio:.2}: {} the bound of {MOST_RATIO}", within(ratio <= MOST_RATIO));
    if let Some(memory) = check.memory {
        println!("peak memory {memory:.0} MB: {} the bound of {MOST_MEMORY} MB", within(memory <= MOST_MEMORY));
    }
}

/// Makes the folder of workbooks; gives the path of the ledger.
fn make(folder: &Path, rows: u32) -> Outcome<PathBuf> {
    let records = folder.join("records");
    fs::create_dir_all(&records)?;
    let start = Instant::now();
    let people: Vec<Person> = (0..PEOPLE).map(Person::new).collect();
    write_table(&records.join("花名册.xlsx"), "教研员花名册", &roster(&people))?;
    write_table(&records.join("学校.xlsx"), "学校名单", &schools())?;
    let ledger = records.join("活动台账.xlsx");
    write_ledger(&ledger, rows, &people)?;
    println!("made {} in {:.1} s", folder.display(), start.elapsed().as_secs_f64());
    Ok(ledger)
}

struct Person {
    id: String,
    name: String,
    institution: String,
    place: usize,
}

impl Person {
    fn new(place: usize) -> Person {
        let given = |at: usize| "安邦晨达恩芳国海嘉凯兰明宁平清荣书婷文欣".chars().nth(at % 20).unwrap_or('安');
        let family = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许".chars().nth(place % 20).unwrap_or('赵');
        Person {
            id: format!("T{:04}", place + 1),
            name: [family, given(place / 20), given(place / 400)].iter().collect(),
            institution: institution(place % INSTITUTIONS),
            place,
        }
    }
}

fn institution(place: usize) -> String {
    format!("第{:02}区教师发展中心", place + 1)
}

fn school(place: usize) -> String {
    format!("第{:02}区第{}{}学校", place % INSTITUTIONS + 1, place / INSTITUTIONS + 1, STAGES[place % 3])
}

fn roster(people: &[Person]) -> Vec<Vec<String>> {
    let header = ["工号", "姓名", "单位", "层级", "专兼职", "学段", "学科", "职称", "学历"];
    let row = |person: &Person| {
        let (stage, subject) = (STAGES[person.place % 3], SUBJECTS[person.place % 6]);
        let own = [&person.id, &person.name, &person.institution].map(|text| text.as_str());
        let level = if person.place.is_multiple_of(INSTITUTIONS) { "市级" } else { "县级" };
        own.into_iter().chain([level, "专职", stage, subject, "高级教师", "本科"]).map(str::to_owned).collect()
    };
    std::iter::once(header.map(str::to_owned).to_vec()).chain(people.iter().map(row)).collect()
}

fn schools() -> Vec<Vec<String>> {
    let header = ["学校", "县区", "学段", "城乡"].map(str::to_owned).to_vec();
    let row = |place: usize| {
        let area = if place.is_multiple_of(4) { "乡村" } else { "城镇" };
        let county = format!("第{:02}区", place % INSTITUTIONS + 1);
        vec![school(place), county, STAGES[place % 3].to_owned(), area.to_owned()]
    };
    std::iter::once(header).chain((0..SCHOOLS).map(row)).collect()
}

/// A workbook whose bytes do not depend on the day it is made.
fn workbook() -> Outcome<Workbook> {
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_ymd(2024, 1, 8)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    Ok(book)
}

fn write_table(path: &Path, name: &str, rows: &[Vec<String>]) -> Outcome<()> {
    let mut book = workbook()?;
    let sheet = book.add_worksheet().set_name(name)?;
    for (row, cells) in (0..).zip(rows) {
        sheet.write_row(row, 0, cells)?;
    }
    Ok(book.save(path)?)
}

fn write_ledger(path: &Path, rows: u32, people: &[Person]) -> Outcome<()> {
    let mut book = workbook()?;
    let words = Words::new();
    let date = Format::new().set_num_format("yyyy-mm-dd");
    // Shared strings, as office programs write them, and rows in a temporary file.
    let sheet = book.add_worksheet_with_low_memory()?.set_name(LEDGER)?;
    sheet.write_row(0, 0, COLUMNS)?;
    let mut numbers = Numbers(2022);
    for row in 1..=rows {
        write_row(sheet, row, &mut numbers, people, &words, &date)?;
    }
    Ok(book.save(path)?)
}

/// The texts that a ledger repeats.
struct Words {
    schools: Vec<String>,
    topics: Vec<String>,
    replies: Vec<String>,
}

impl Words {
    fn new() -> Words {
        let topic = |place: usize| {
            let (stage, subject) = (STAGES[place % 3], SUBJECTS[place % 6]);
            format!("{stage}{subject}单元整体教学设计与课堂评价研讨（第{}次）", place / 6 + 1)
        };
        let reply =
            |place: usize| format!("目标清楚，问题链{}处可再收紧；建议第{}课时补一次当堂检测", place % 9, place + 1);
        Words {
            schools: (0..SCHOOLS).map(school).collect(),
            topics: (0..TOPICS).map(topic).collect(),
            replies: (0..REPLIES).map(reply).collect(),
        }
    }
}

/// One activity of one person, of one to three days.
fn write_row(
    sheet: &mut Worksheet,
    row: u32,
    numbers: &mut Numbers,
    people: &[Person],
    words: &Words,
    date: &Format,
) -> Outcome<()> {
    let person = numbers.pick(people);
    let first = FIRST_DAY + numbers.below(363) as f64;
    let days = if numbers.below(10) == 0 { 1.0 + numbers.below(3) as f64 } else { 1.0 };
    let half = days == 1.0 && numbers.below(8) == 0;
    sheet.write_number_with_format(row, 0, first, date)?;
    sheet.write_number_with_format(row, 1, first + days - 1.0, date)?;
    sheet.write_string(row, 2, &person.id)?;
    sheet.write_string(row, 3, &person.name)?;
    sheet.write_string(row, 4, &person.institution)?;
    sheet.write_string(row, 5, *numbers.pick(&KINDS))?;
    sheet.write_string(row, 6, numbers.pick(&words.schools))?;
    sheet.write_string(row, 7, *numbers.pick(&LEVELS))?;
    sheet.write_number(row, 8, if half { 0.5 } else { days })?;
    sheet.write_number(row, 9, numbers.below(5) as f64)?;
    sheet.write_string(row, 10, numbers.pick(&words.topics))?;
    sheet.write_string(row, 11, numbers.pick(&words.replies))?;
    Ok(())
}

/// SplitMix64: the same numbers on every machine.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % end as u64).unwrap_or_default()
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}
