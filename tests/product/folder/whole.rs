//! `check --each-folder`: each sub-folder gets the report that a check of it alone gives, and there is one 总表 over all.

use std::fs;
use std::path::Path;

use super::offices::{CALENDAR, check, city, contents, names, office, run, write};

const UNREADABLE: &str = "错误：有 2 个单位没有核查成：\n  \
    某市 丁区：《某市/丁区/花名册.xlsx》：实际是纯文本文件，请用 WPS 或 Excel 打开后另存为 .xlsx 再检查\n  \
    某市 戊区：《某市/戊区》：文件夹中没有工作簿（.xlsx、.xls、.et、.ods、.csv 等），请检查位置\n  \
    处理后加上 --resume 再运行，只核查没有核查成的和有改动的单位\n";

#[test]
fn each_office_gets_the_report_of_a_check_of_its_folder_alone() {
    let folder = city();
    write(folder.path(), "某市/散.csv", "日期,姓名\n");
    write(folder.path(), "某市/.隐藏/台账.csv", "日期,姓名\n");
    let loose = "注意：《某市/散.csv》直接放在存放各单位文件夹的文件夹里，不属于任何单位，没有核查\n";
    assert_eq!(run(folder.path(), &[]), (Some(2), format!("{loose}{UNREADABLE}")));
    let output = folder.path().join("2023年分单位核查");
    let reports = ["丙区", "乙区", "甲区"].map(|name| [format!("{name}核查报告.json"), format!("{name}核查报告.xlsx")]);
    let mut expected = [reports.concat(), vec!["总表.xlsx".to_string(), "核查进度.ndjson".to_string()]].concat();
    expected.sort();
    assert_eq!(names(&output), expected);
    let alone = folder.path().join("单独");
    fs::create_dir(&alone).unwrap();
    let own: [(&str, &[&str]); 3] = [
        ("甲区", &[]),
        ("乙区", &["--calendar", "某市/乙区/calendar.toml"]),
        ("丙区", &["--columns", "某市/丙区/columns.toml"]),
    ];
    for (name, words) in own {
        let (input, report) = (format!("某市/{name}"), format!("单独/{name}核查报告.xlsx"));
        let words = [&[input.as_str(), "--institution", name, "-o", &report], words].concat();
        assert_eq!(check(folder.path(), &words).status.code(), Some(1));
        for end in ["xlsx", "json"] {
            let file = format!("{name}核查报告.{end}");
            assert!(fs::read(output.join(&file)).unwrap() == fs::read(alone.join(&file)).unwrap(), "{file}");
        }
    }
}

#[test]
fn a_report_of_the_run_can_be_verified() {
    let folder = city();
    run(folder.path(), &["-o", "结果"]);
    let mut command = assert_cmd::cargo::cargo_bin_cmd!("jiaoyan");
    command.current_dir(folder.path()).args(["verify", "结果/乙区核查报告.xlsx"]).assert().code(0);
}

#[test]
fn what_is_written_does_not_depend_on_the_number_of_threads() {
    let folder = city();
    let one = |threads: &str| {
        let output = format!("{threads}份");
        assert_eq!(run(folder.path(), &["--threads", threads, "-o", &output]), (Some(2), UNREADABLE.to_string()));
        contents(&folder.path().join(output))
    };
    let expected = one("1");
    assert_eq!(expected.len(), 8);
    for threads in ["2", "8"] {
        assert!(one(threads) == expected, "{threads} threads");
    }
    // Nothing is left for another run in the folders of the offices.
    assert_eq!(names(&folder.path().join("某市/戊区")), Vec::<String>::new());
}

/// What stands in a run's own list of an office, or `null`.
fn summary(folder: &Path, name: &str) -> serde_json::Value {
    let journal = fs::read_to_string(folder.join("核查进度.ndjson")).unwrap();
    let lines = journal.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let mut own = lines.map(|line| line["office"].clone()).filter(|office| office["name"] == name);
    own.next().map(|office| office["outcome"]["audited"].clone()).unwrap_or_default()
}

#[test]
fn an_office_is_audited_by_its_own_calendar_and_headers_and_the_others_by_those_of_the_run() {
    let folder = city();
    let second = "[[term]]\nname = \"短学期\"\nfirst-day = 2023-10-23\nlast-day = 2024-01-19\n";
    write(folder.path(), "校历.toml", &format!("{CALENDAR}{second}"));
    run(folder.path(), &["-o", "甲", "--calendar", "校历.toml"]);
    run(folder.path(), &["-o", "乙"]);
    let counts = |run: &str, office: &str| summary(&folder.path().join(run), office)["rules"].clone();
    assert_eq!(counts("甲", "乙区"), counts("乙", "乙区"));
    assert_ne!(counts("甲", "甲区"), counts("乙", "甲区"));
    // All rows, those of the sheet with the office's own header too, are used; those of a person and day in both may be one.
    let own = summary(&folder.path().join("乙"), "丙区");
    assert_eq!([&own["people"], &own["rows"], &own["partly"], &own["unused"]], [4, 124, 36, 0]);
    let files: Vec<&str> =
        own["inputs"].as_array().unwrap().iter().map(|file| file["path"].as_str().unwrap()).collect();
    assert_eq!(files, ["分校/活动台账.csv", "活动台账.csv", "花名册.csv"]);
    fs::write(folder.path().join("某市/乙区/calendar.toml"), "[[term]]\nname = \"第一学期\"\n").unwrap();
    let (code, said) = run(folder.path(), &["-o", "乙", "--resume"]);
    let wrong = "  某市 乙区：校历《某市/乙区/calendar.toml》共有 2 处问题，第 1 行：";
    assert!(code == Some(2) && said.contains("有 3 个单位没有核查成") && said.contains(wrong), "{said}");
}

#[test]
fn several_folders_are_areas_in_whatever_order_they_are_named() {
    let folder = tempfile::tempdir().unwrap();
    for area in ["东市", "西市"] {
        office(&folder.path().join(area), "城区", 2, 50);
    }
    let words = |first: &'static str, second: &'static str, output: &'static str| {
        ["--each-folder", first, second, "-o", output]
    };
    assert_eq!(check(folder.path(), &words("东市", "西市", "一")).status.code(), Some(1));
    assert_eq!(check(folder.path(), &words("西市/", "./东市", "二")).status.code(), Some(1));
    let (one, two) = (contents(&folder.path().join("一")), contents(&folder.path().join("二")));
    let expected = ["东市/城区核查报告.json", "东市/城区核查报告.xlsx", "总表.xlsx", "核查进度.ndjson"];
    let mut expected = [&expected[..], &["西市/城区核查报告.json", "西市/城区核查报告.xlsx"]].concat();
    expected.sort_unstable();
    assert_eq!(one.keys().collect::<Vec<_>>(), expected);
    assert!(one["总表.xlsx"] == two["总表.xlsx"] && one["西市/城区核查报告.xlsx"] == two["西市/城区核查报告.xlsx"]);
}

#[test]
fn findings_have_the_same_columns_in_every_office() {
    let folder = city();
    for (format, first) in [("csv", "\u{feff}地区,报送单位,"), ("jsonl", "{\"area\":\"某市\",\"office\":\"")] {
        assert_eq!(run(folder.path(), &["--format", format, "-o", format]), (Some(2), UNREADABLE.to_string()));
        let output = folder.path().join(format);
        let expected = ["丙区", "乙区", "甲区"].map(|name| format!("{name}.{format}"));
        let mut expected = [&expected[..], &["总表.xlsx".to_string(), "核查进度.ndjson".to_string()]].concat();
        expected.sort();
        assert_eq!(names(&output), expected);
        for name in ["丙区", "乙区", "甲区"] {
            let text = fs::read_to_string(output.join(format!("{name}.{format}"))).unwrap();
            assert!(text.starts_with(first), "{}", text.lines().next().unwrap());
            let whose = lines(format, &text);
            assert!(whose.len() > 20 && whose.iter().all(|(area, office)| area == "某市" && office == name));
        }
    }
    let heads = |name: &str| {
        let text = fs::read_to_string(folder.path().join(format!("csv/{name}.csv"))).unwrap();
        text.lines().next().unwrap().to_string()
    };
    assert_eq!(heads("甲区"), heads("丙区"));
}

/// The area and the office of each finding.
fn lines(format: &str, text: &str) -> Vec<(String, String)> {
    if format == "csv" {
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        return reader.records().map(|line| line.unwrap()).map(|line| (line[0].into(), line[1].into())).collect();
    }
    let text_of = |value: &serde_json::Value| value.as_str().unwrap().to_string();
    let lines = text.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    lines.map(|line| (text_of(&line["area"]), text_of(&line["office"]))).collect()
}

/// What the program says; that it exits with 2, prints nothing and changes nothing is asserted.
fn refusal(folder: &Path, words: &[&str]) -> String {
    let before = contents(folder);
    let output = check(folder, words);
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(2), &[][..]));
    assert!(contents(folder) == before);
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn folders_whose_offices_cannot_be_told_apart_are_refused() {
    let folder = city();
    office(&folder.path().join("别处/某市"), "甲区", 1, 1);
    let of = |words: &[&str]| refusal(folder.path(), &[&["--each-folder"], words].concat());
    let expected = "错误：文件夹“某市”和“别处/某市”的名称相同\n  总表要用它们的名称分开各地的单位，请给其中一个改名\n";
    assert_eq!(of(&["某市", "别处/某市"]), expected);
    let expected = "错误：文件夹“某市/甲区”在文件夹“某市”里面\n  同一个单位会核查两次，请只写其中一个\n";
    assert_eq!(of(&["某市/甲区", "某市"]), expected);
    assert_eq!(of(&["某市", "某市/"]), "错误：文件夹“某市”给了两次\n  每个文件夹只写一次\n");
    let expected = "错误：文件夹“某市/甲区”里没有单位的子文件夹\n  \
        --each-folder 要写存放各单位文件夹的文件夹；只核查一个单位时不用写 --each-folder\n";
    assert_eq!(of(&["某市/甲区"]), expected);
    let expected = "错误：《某市/甲区/花名册.csv》不是文件夹\n  --each-folder 后面要写存放各单位文件夹的文件夹\n";
    assert_eq!(of(&["某市/甲区/花名册.csv"]), expected);
    let expected = "错误：找不到《某省》\n  请检查名称和所在的文件夹是否写对；名称中有空格时，前后加英文双引号\n";
    assert_eq!(of(&["某省"]), expected);
    assert_eq!(of(&["/"]).lines().next(), Some("错误：文件夹“/”没有可以用来称呼它的名称"));
}

#[test]
fn a_folder_for_the_results_that_holds_anything_else_is_refused() {
    let folder = city();
    write(folder.path(), "文件/重要.txt", "x");
    let of = |words: &[&str]| refusal(folder.path(), &[&["--each-folder", "某市"], words].concat());
    let foreign =
        "错误：文件夹“文件”里有别的文件，不是分单位核查的结果\n  为了不覆盖其中的文件，请用 -o 换一个文件夹\n";
    for words in [&["-o", "文件"][..], &["-o", "文件", "--force"], &["-o", "文件", "--resume"]] {
        assert_eq!(of(words), foreign);
    }
    let inside =
        "错误：写报告的文件夹在单位的文件夹“某市/甲区”里面\n  报告会混进这个单位的台账，请用 -o 换一个文件夹\n";
    assert_eq!(of(&["-o", "某市/甲区/结果"]), inside);
    assert_eq!(of(&["-o", "没有/结果"]), "错误：文件夹“没有”不存在，请先建立\n");
    let file = "错误：《文件/重要.txt》不是文件夹；用 --each-folder 时，-o 后面要写文件夹的名称\n";
    assert_eq!(of(&["-o", "文件/重要.txt"]), file);
    let both = "错误：--resume 是接着上次的做，--force 是全部重做，不能一起用\n  请去掉其中一个\n";
    assert_eq!(of(&["--resume", "--force"]), both);
}

#[test]
fn forms_that_are_for_one_audit_are_refused() {
    let folder = city();
    let of = |words: &[&str]| refusal(folder.path(), words);
    for format in ["json", "md"] {
        let expected = format!(
            "错误：--each-folder 不能和 --format {format} 一起用\n  \
             可以写 csv 或 jsonl，每个单位的各项结论写成一个文件；不写 --format 则每个单位写一份报告\n"
        );
        assert_eq!(of(&["--each-folder", "某市", "--format", format]), expected);
    }
    let expected = "错误：--each-folder 不能和 --publish 一起用\n  \
        公示版请对每个单位的文件夹分别写：去掉 --each-folder 再运行\n";
    assert_eq!(of(&["--each-folder", "某市", "--publish"]), expected);
    let expected = "错误：--resume 要和 --each-folder 一起用\n  只核查一个单位时，请去掉 --resume 再运行\n";
    assert_eq!(of(&["某市", "--resume"]), expected);
    let expected = "错误：--threads 不能写“0”；请写大于 0 的整数，例如 --threads 2\n  不写时与电脑的核数相同\n";
    assert_eq!(of(&["--each-folder", "某市", "--threads", "0"]), expected);
}

#[test]
fn the_command_of_its_children_is_not_for_clerks() {
    let folder = city();
    let words = ["--day", "2024-01-01", "--digest", "x", "某市"];
    let mut command = assert_cmd::cargo::cargo_bin_cmd!("jiaoyan");
    let output = command.current_dir(folder.path()).arg("each-folder-child").args(words).output().unwrap();
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(2), &[][..]));
    let expected = "错误：each-folder-child 是程序自己用的命令，请用 jiaoyan check --each-folder\n";
    assert_eq!(String::from_utf8(output.stderr).unwrap(), expected);
}

#[test]
fn the_folder_of_a_run_is_no_office_of_the_next() {
    let folder = city();
    run(folder.path(), &["-o", "某市/去年", "--format", "csv"]);
    let (code, said) = run(folder.path(), &["-o", "某市/今年"]);
    let note = "注意：文件夹“某市/去年”是分单位核查的结果，不是单位，没有核查\n";
    assert_eq!((code, said), (Some(2), format!("{note}{UNREADABLE}")));
    let (code, said) = run(folder.path(), &["-o", "某市/今年"]);
    let taken = "错误：文件夹“某市/今年”里有以前分单位核查的结果\n  \
        要接着上次的做请加 --resume，要全部重做请加 --force，或用 -o 换一个文件夹\n";
    assert_eq!((code, said), (Some(2), taken.to_string()));
}
