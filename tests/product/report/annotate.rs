//! The annotated copies in the report of `jiaoyan check`: which rows and columns they keep, from the command line on.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use assert_cmd::cargo::cargo_bin_cmd;
use calamine::{Data, Range, Reader, Xlsx};

/// Rows of the ledger below its header: one more than a sheet that is shown whole.
const ROWS: usize = 2_001;

/// A roster with columns that the audit has no use for, and a long ledger in which one row cannot be read.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let roster = "序号,工号,姓名,单位,层级,专兼职,学段,学科,家庭住址,银行卡号\n\
        1,T001,张三,江门市教研院,市级,专职,小学,语文,蓬江区某路1号,6222020000000000000\n";
    fs::write(folder.path().join("花名册.csv"), roster).unwrap();
    let row = |number: usize| match number {
        1_700 => "2023-13-01,T001,张三,听评课,第1700次\n".to_string(),
        _ => format!("2023-{:02}-{:02},T001,张三,听评课,第{number}次\n", number % 12 + 1, number % 28 + 1),
    };
    let ledger: String = (1..=ROWS).map(row).collect();
    fs::write(folder.path().join("活动台账.csv"), format!("日期,工号,姓名,类型,主题\n{ledger}")).unwrap();
    folder
}

fn check(folder: &Path, words: &[&str]) -> (Option<i32>, String) {
    let mut command = cargo_bin_cmd!("jiaoyan");
    command.current_dir(folder).args(["check", "花名册.csv", "活动台账.csv", "--pack", "jiangmen-2022"]);
    command.args(["--period", "2023", "-o", "报告.xlsx", "--force"]).args(words);
    let output = command.output().unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

/// The sheets of the report by name, from A1 on.
fn report(folder: &Path) -> Vec<(String, Range<Data>)> {
    let mut book: Xlsx<_> = calamine::open_workbook(folder.join("报告.xlsx")).unwrap();
    let names = book.sheet_names();
    names.into_iter().map(|name| (name.clone(), book.worksheet_range(&name).unwrap())).collect()
}

fn option(sheets: &[(String, Range<Data>)], name: &str) -> String {
    let run = &sheets.iter().find(|(sheet, _)| sheet == "运行记录").unwrap().1;
    let row = run.rows().find(|row| row[0].to_string() == format!("选项：{name}")).unwrap();
    row[1].to_string()
}

#[test]
fn a_long_ledger_keeps_the_rows_that_speak_or_all_of_them_as_is_asked() {
    let folder = folder();
    let kept = |words: &[&str]| {
        let (status, said) = check(folder.path(), words);
        assert!(matches!(status, Some(1 | 3)), "{status:?} {said}");
        let sheets = report(folder.path());
        let copy = &sheets.iter().find(|(name, _)| name == "原表1 活动台账").unwrap_or(&sheets[sheets.len() - 1]).1;
        let at = |row: u32, column: u32| copy.get_value((row - 1, column)).map(ToString::to_string).unwrap_or_default();
        let rows = copy.rows().filter(|row| row[0] != Data::Empty).count();
        (rows, at(1_701, 0), at(1_701, 4), at(1, 5), option(&sheets, "原表副本"))
    };
    let short = kept(&[]);
    assert!((2..200).contains(&short.0), "{} rows are kept", short.0);
    let unread = ("2023-13-01".to_string(), "第1700次".to_string());
    let expected = (
        "核查意见\n（本表行数较多，只保留表头、有问题的行和依据的前几行）",
        "未指定，行数较多的表只保留表头、有问题的行和依据的前几行",
    );
    assert_eq!(((short.1, short.2), (short.3.as_str(), short.4.as_str())), (unread.clone(), expected));
    let whole = kept(&["--annotate", "all"]);
    assert_eq!(whole.0, ROWS + 1);
    assert_eq!(((whole.1, whole.2), (whole.3.as_str(), whole.4.as_str())), (unread, ("核查意见", "保留全部行")));
}

#[test]
fn of_several_long_ledgers_the_header_the_rows_with_issues_and_the_first_that_findings_name_are_shown() {
    let folder = folder();
    let row = |number: usize| format!("2023-11-{:02},T001,张三,听评课,后{number}次\n", number % 28 + 1);
    let later: String = (1..=ROWS).map(row).collect();
    fs::write(folder.path().join("活动台账下.csv"), format!("日期,工号,姓名,类型,主题\n{later}")).unwrap();
    check(folder.path(), &["活动台账下.csv"]);
    let proof = fs::read_to_string(folder.path().join("报告.json")).unwrap();
    let proof: serde_json::Value = serde_json::from_str(&proof).unwrap();
    let issues = proof["assessment"]["issues"].as_array().unwrap();
    let sheets = report(folder.path());
    // The first ledger has more rows than findings name, so that none of the second's is among them.
    for (copy, ledger, first) in [("原表1 活动台账", "活动台账", 1..=6), ("原表2 活动台账下", "活动台账下", 1..=1)]
    {
        let prefix = format!("{ledger}.csv!{ledger}!");
        let wrong = issues.iter().filter_map(|issue| issue["cell"].as_str()?.strip_prefix(&prefix)?[1..].parse().ok());
        let wrong: Vec<usize> = wrong.collect();
        assert!(!wrong.is_empty(), "{ledger}");
        let expected: BTreeSet<usize> = wrong.into_iter().chain(first).collect();
        let copy = &sheets.iter().find(|(name, _)| name == copy).unwrap().1;
        let rows = (1..).zip(copy.rows()).filter(|(_, row)| row.iter().any(|cell| *cell != Data::Empty));
        assert_eq!(rows.map(|(row, _)| row).collect::<BTreeSet<usize>>(), expected, "{ledger}");
    }
}

#[test]
fn what_nothing_reads_of_a_person_is_not_in_the_report() {
    let folder = folder();
    check(folder.path(), &[]);
    let sheets = report(folder.path());
    let roster = &sheets.iter().find(|(name, _)| name.ends_with("花名册")).unwrap().1;
    let row = |number: u32| -> Vec<String> {
        (0..11).map(|column| roster.get_value((number, column)).map(ToString::to_string).unwrap_or_default()).collect()
    };
    let no_use = |header: &str| format!("{header}\n（本列与核查无关，未复制）");
    let head = ["工号", "姓名", "单位", "层级", "专兼职", "学段", "学科"].map(str::to_string);
    let expected =
        [&[no_use("序号")], &head[..], &[no_use("家庭住址"), no_use("银行卡号"), "核查意见".to_string()]].concat();
    assert_eq!(row(0), expected);
    assert_eq!(row(1)[..10], ["", "T001", "张三", "江门市教研院", "市级", "专职", "小学", "语文", "", ""]);
    for (name, sheet) in &sheets {
        let told = sheet.used_cells().find(|(_, _, cell)| cell.to_string().contains("某路"));
        assert!(told.is_none(), "{name}: {told:?}");
    }
}

#[test]
fn another_word_for_annotate_is_refused_with_those_that_there_are() {
    let folder = folder();
    let (status, said) = check(folder.path(), &["--annotate", "none"]);
    let expected = "错误：--annotate 不能写“none”\n  可以写：auto、all\n  查看用法：jiaoyan check --help\n";
    assert_eq!((status, said.as_str()), (Some(2), expected));
}

/// Every hundredth row has a date that cannot be read, and every seven hundredth none at all.
fn long_folder(rows: usize) -> tempfile::TempDir {
    let folder = folder();
    let row = |number: usize| match (number % 100, number % 700) {
        (0, 0) => format!(",T001,张三,听评课,第{number}次\n"),
        (0, _) => format!("2023-13-01,T001,张三,听评课,第{number}次\n"),
        _ => format!("2023-{:02}-{:02},T001,张三,听评课,第{number}次\n", number % 12 + 1, number % 28 + 1),
    };
    let ledger: String = (1..=rows).map(row).collect();
    fs::write(folder.path().join("活动台账.csv"), format!("日期,工号,姓名,类型,主题\n{ledger}")).unwrap();
    folder
}

/// A part of the report as text.
fn part(folder: &Path, name: &str) -> String {
    let mut book = zip::ZipArchive::new(fs::File::open(folder.join("报告.xlsx")).unwrap()).unwrap();
    std::io::read_to_string(book.by_name(name).unwrap()).unwrap()
}

/// The addresses in column A that a text names in this attribute, by their rows.
fn rows_of(text: &str, attribute: &str) -> Vec<usize> {
    let rows = text.split(attribute).skip(1).filter_map(|rest| rest.strip_prefix('A')?.split('"').next()?.parse().ok());
    rows.collect()
}

#[test]
fn the_whole_copy_of_a_long_ledger_has_every_row_in_its_place_with_every_comment() {
    const LONG: usize = 21_000;
    let folder = long_folder(LONG);
    let (status, said) = check(folder.path(), &["--annotate", "all", "--quiet"]);
    assert!(matches!(status, Some(1 | 3)) && said.is_empty(), "{status:?} {said}");
    let sheets = report(folder.path());
    let place = sheets.iter().position(|(name, _)| name.starts_with("原表") && name.ends_with("活动台账")).unwrap();
    let copy = &sheets[place].1;
    for number in 1..=LONG {
        let row = copy.rows().nth(number).unwrap();
        let date = match (number % 100, number % 700) {
            (0, 0) => String::new(),
            (0, _) => "2023-13-01".to_string(),
            _ => format!("2023-{:02}-{:02}", number % 12 + 1, number % 28 + 1),
        };
        let words: Vec<String> = row.iter().take(5).map(ToString::to_string).collect();
        assert_eq!(words, [&date, "T001", "张三", "听评课", &format!("第{number}次")], "row {}", number + 1);
        assert!(number % 100 != 0 || row[5] != Data::Empty, "nothing is said of row {}", number + 1);
    }
    assert_eq!(copy.end().map(|(row, _)| row), Some(u32::try_from(LONG).unwrap()));
    let doubtful: Vec<usize> = (1..=LONG / 100).map(|hundred| hundred * 100 + 1).collect();
    let has_comments = |number: &usize| {
        let rows = rows_of(&part(folder.path(), &format!("xl/comments{number}.xml")), "ref=\"");
        doubtful.iter().all(|row| rows.contains(row))
    };
    assert!((1..=2).any(|number| has_comments(&number)), "some comments of column A are not there");
    // A blank cell that is coloured stands in the sheet's own text alone.
    let blank = rows_of(&part(folder.path(), &format!("xl/worksheets/sheet{}.xml", place + 1)), "<c r=\"");
    assert!((1..=LONG / 700).all(|number| blank.contains(&(number * 700 + 1))), "some blank cells are not there");
}

#[test]
#[cfg(unix)]
fn a_temporary_folder_that_cannot_be_written_is_named_and_no_report_is_there() {
    let folder = long_folder(20_001);
    let mut command = cargo_bin_cmd!("jiaoyan");
    command.current_dir(folder.path()).args(["check", "花名册.csv", "活动台账.csv", "--pack", "jiangmen-2022"]);
    command.args(["--period", "2023", "-o", "报告.xlsx", "--annotate", "all", "--quiet"]).env("TMPDIR", "/nowhere");
    let output = command.output().unwrap();
    let expected = "错误：原表副本要保留全部行，先暂存在临时文件夹，那里写不进去（磁盘可能已满）\n  \
        请腾出临时文件夹 /nowhere 所在磁盘的空间再运行，或者不用 --annotate all\n";
    assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap().as_str()), (Some(2), expected));
    assert!(!folder.path().join("报告.xlsx").exists() && !folder.path().join("报告.json").exists());
}
