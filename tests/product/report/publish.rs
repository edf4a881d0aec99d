//! 公示版: institutions, clauses and counts, and no person anywhere in the file.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use assert_cmd::cargo::cargo_bin_cmd;
use calamine::{Reader, Xlsx};
use serde_json::Value;

/// The examples with the words that their documents are checked by.
const EXAMPLES: [(&str, &[&str]); 5] = [
    ("dongxing-2023", &["--pack", "dongxing-2020", "--period", "2023-2024", "--as-of", "2024-06-30"]),
    ("jiangmen-2023", &["--pack", "jiangmen-2022", "--period", "2023"]),
    ("training-school-2023", &["--pack", "training-school", "--period", "2023-2024", "--as-of", "2024-08-31"]),
    ("urumqi-2023", &["--pack", "urumqi-2024", "--period", "2023"]),
    ("yueqing-2023", &["--pack", "yueqing-2020", "--period", "2023-2024", "--as-of", "2024-05-31"]),
];

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name)
}

fn run(folder: &Path, words: &[&str]) -> (Option<i32>, String, String) {
    let output = cargo_bin_cmd!("jiaoyan").current_dir(folder).arg("check").args(words).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn names(folder: &Path) -> BTreeSet<String> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

/// The parts of a package by name.
fn parts(report: &Path) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(fs::read(report).unwrap())).unwrap();
    let mut parts = Vec::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        parts.push((part.name().unwrap().to_string(), text));
    }
    parts
}

/// A part without the addresses of its cells: D101 is also somebody's 工号.
fn without_addresses(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("r=\"").into_iter().chain(rest.find("ref=\"")).min() {
        let value = at + rest[at..].find('"').unwrap() + 1;
        kept.push_str(&rest[..value]);
        rest = &rest[value + rest[value..].find('"').unwrap()..];
    }
    kept + rest
}

/// The names and ids of all people that an example's findings or rosters know.
fn people(inputs: &Path, findings: &Value) -> BTreeSet<String> {
    let bodies = ["institutions", "schools", "figures"];
    let subjects = findings.as_array().unwrap().iter().map(|finding| &finding["subject"]);
    let persons = subjects.filter(|subject| !bodies.contains(&subject["table"].as_str().unwrap()));
    let said = persons.flat_map(|subject| [subject["name"].as_str(), subject["id"].as_str()]).flatten();
    let mut people: BTreeSet<String> = said.map(ToString::to_string).collect();
    for entry in fs::read_dir(inputs).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "xlsx") {
            people.extend(column_of(&path, &["姓名", "工号", "持证人"]));
        }
    }
    // The last row of a list, and marks for nobody.
    let nobody = ["", "合计", "小计", "总计", "无", "/", "—"];
    people.retain(|text| !nobody.contains(&text.as_str()));
    people
}

/// What stands below these headers anywhere in a workbook.
fn column_of(path: &Path, headers: &[&str]) -> Vec<String> {
    let mut book: Xlsx<_> = calamine::open_workbook(path).unwrap();
    let mut found = Vec::new();
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).unwrap();
        let rows: Vec<Vec<String>> =
            range.rows().map(|row| row.iter().map(|cell| cell.to_string().trim().to_string()).collect()).collect();
        for (at, row) in rows.iter().enumerate().take(8) {
            for (column, _) in row.iter().enumerate().filter(|(_, cell)| headers.contains(&cell.as_str())) {
                let below = rows[at + 1..].iter().map(|row| row[column].clone());
                let separate = |cell: String| cell.split(['、', '，', ',', ' ']).map(String::from).collect::<Vec<_>>();
                found.extend(below.flat_map(separate));
            }
        }
    }
    found
}

#[test]
fn no_example_names_a_person_in_any_part_of_the_file_or_on_the_screen() {
    for (name, words) in EXAMPLES {
        let folder = tempfile::tempdir().unwrap();
        let inputs = example(name);
        let path = inputs.display().to_string();
        let (_, json, stderr) = run(folder.path(), &[&[path.as_str(), "--format", "json"], words].concat());
        let assessment: Value = serde_json::from_str(&json).unwrap_or_else(|_| panic!("{name}: {stderr}"));
        let people = people(&inputs, &assessment["findings"]);
        assert!(people.len() > 6, "{name}: {people:?}");
        let (status, stdout, stderr) =
            run(folder.path(), &[&[path.as_str(), "--publish", "-o", "公示.xlsx"], words].concat());
        assert!(status != Some(2) && stderr.is_empty(), "{name}: {stderr}");
        assert_eq!(names(folder.path()), BTreeSet::from(["公示.xlsx".to_string()]), "{name}");
        let mut texts = parts(&folder.path().join("公示.xlsx"));
        texts.push(("screen".to_string(), stdout));
        for (part, text) in &texts {
            let text = without_addresses(text);
            assert!(!part.contains("comment") && !part.contains("drawing"), "{name}: {part}");
            for person in &people {
                assert!(!text.contains(&format!(">{person}<")), "{name}: {part} names {person}");
                // A short number is part of other numbers.
                let telling = person.chars().any(|c| !c.is_ascii_digit()) || person.len() > 5;
                assert!(!telling || !text.contains(person.as_str()), "{name}: {part} names {person}");
            }
        }
        let properties = texts.iter().find(|(part, _)| part == "docProps/core.xml").unwrap();
        for empty in ["<dc:creator></dc:creator>", "<cp:lastModifiedBy></cp:lastModifiedBy>"] {
            assert!(properties.1.contains(empty), "{name}: {}", properties.1);
        }
    }
}

#[test]
fn the_counts_are_those_of_the_findings_and_few_people_are_not_counted_alone() {
    let folder = tempfile::tempdir().unwrap();
    let roster = "工号,姓名,单位,层级,专兼职\n1,甲一,甲镇教研室,镇街,专职\n2,甲二,甲镇教研室,镇街,专职\n3,甲三,甲镇教研室,镇街,专职\n\
        4,甲四,甲镇教研室,镇街,专职\n5,乙一,乙镇教研室,镇街,专职\n6,丙一,丙镇教研室,镇街,兼职\n7,丙二,丙镇教研室,镇街,兼职\n8,丙三,丙镇教研室,镇街,兼职\n";
    fs::write(folder.path().join("教研员花名册.csv"), roster).unwrap();
    let training = "日期,工号,姓名,培训名称,学时\n2023-03-06,1,甲一,研修,90\n2023-03-06,5,乙一,研修,90\n2023-03-06,6,丙一,研修,9\n";
    fs::write(folder.path().join("培训台账.csv"), training).unwrap();
    let words = [".", "--pack", "jiangmen-2022", "--period", "2023", "--publish", "-o", "公示.xlsx"];
    let (status, stdout, stderr) = run(folder.path(), &words);
    assert_eq!((status, stderr.as_str()), (Some(1), ""));
    assert!(stdout.ends_with("公示版已写入 公示.xlsx\n"), "{stdout}");
    let mut book: Xlsx<_> = calamine::open_workbook(folder.path().join("公示.xlsx")).unwrap();
    assert_eq!(book.sheet_names(), ["封面", "汇总", "各单位情况", "条款与口径", "数据问题"]);
    let range = book.worksheet_range("各单位情况").unwrap();
    let rows: Vec<Vec<String>> =
        range.rows().map(|row| row.iter().map(ToString::to_string).filter(|text| !text.is_empty()).collect()).collect();
    let (mut office, mut hours) = (String::new(), Vec::new());
    for row in rows {
        match row.as_slice() {
            [one] => office = one.clone(),
            [_, title, ..] if title == "年度培训学时" => hours.push((office.clone(), row[3..].join(" "))),
            _ => {}
        }
    }
    // 乙镇教研室 has one person, and 丙镇教研室 is the next smaller one: both are hidden, so that neither can be worked out.
    let expected = [
        ("甲镇教研室", "4 1 3 0 0 0 0 25.0% 0.0%"),
        ("乙镇教研室", "对象不足3人，不单列"),
        ("丙镇教研室", "对象不足3人，不单列"),
    ];
    assert_eq!(hours, expected.map(|(office, counts)| (office.to_string(), counts.to_string())));
    let summary = book.worksheet_range("汇总").unwrap();
    let total: Vec<String> = summary
        .rows()
        .map(|row| row.iter().map(ToString::to_string).filter(|text| !text.is_empty()).collect::<Vec<_>>())
        .find(|row| row.get(1).is_some_and(|title| title == "年度培训学时"))
        .unwrap();
    assert_eq!(total[3..].join(" "), "8 2 6 0 0 0 0 25.0% 0.0%");
}

#[test]
fn what_names_people_is_not_written_with_it_or_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = example("jiangmen-2023").display().to_string();
    let common = [path.as_str(), "--pack", "jiangmen-2022", "--period", "2023"];
    for format in ["json", "csv", "md"] {
        let (status, stdout, stderr) = run(folder.path(), &[&common[..], &["--publish", "--format", format]].concat());
        let expected = format!(
            "错误：--publish 不能和 --format {format} 一起用：公示版只写成工作簿，{format} 里有姓名\n  请去掉其中一个\n"
        );
        assert_eq!((status, stdout.as_str(), stderr), (Some(2), "", expected));
    }
    assert_ne!(run(folder.path(), &[&common[..], &["-o", "报告.xlsx"]].concat()).0, Some(2));
    let before = fs::read(folder.path().join("报告.xlsx")).unwrap();
    let (status, stdout, stderr) =
        run(folder.path(), &[&common[..], &["--publish", "--force", "-o", "报告.xlsx"]].concat());
    let expected = "错误：旁边有《报告.json》，它可能是完整报告的核对文件，里面有姓名\n  公示版请用 -o 换一个文件名\n";
    assert_eq!((status, stdout.as_str(), stderr.as_str()), (Some(2), "", expected));
    assert_eq!(fs::read(folder.path().join("报告.xlsx")).unwrap(), before);
    let (status, stdout, _) = run(folder.path(), &[&common[..], &["--publish"]].concat());
    assert_eq!(status, Some(1));
    assert!(stdout.ends_with("公示版已写入 2023年公示版核查报告.xlsx\n"), "{stdout}");
    let all = ["2023年公示版核查报告.xlsx", "报告.json", "报告.xlsx"].map(String::from);
    assert_eq!(names(folder.path()), BTreeSet::from(all));
}
