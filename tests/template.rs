//! `jiaoyan template`: a workbook with what some packs need and no more, which is read without an issue once filled in.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::process::Command;

use assert_cmd::cargo::cargo_bin_cmd;
use calamine::{Data, Reader, Xlsx};
use insta::assert_snapshot;
use jiaoyan::audit::cases;
use jiaoyan::dictionary::{Dictionary, FieldKind, normalise};
use jiaoyan::pack::{self, Pack, TableNeeds, built_in_ids};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};
use serde_json::Value;

const GUIDE: &str = "填写说明";
const MARK: &str = "例：";

/// Writes a template of some packs into a folder; gives its path.
fn template(folder: &Path, packs: &[&str]) -> PathBuf {
    let mut command = cargo_bin_cmd!("jiaoyan");
    command.current_dir(folder).arg("template").args(packs.iter().flat_map(|pack| ["--pack", pack]));
    let expected = "模板已写入 模板.xlsx\n怎么填、填好后怎么核查，见其中的“填写说明”\n";
    command.args(["-o", "模板.xlsx", "--force"]).assert().code(0).stderr("").stdout(expected);
    folder.join("模板.xlsx")
}

/// The sheets of a workbook by name, from A1, each cell as calamine gives it.
fn sheets(path: &Path) -> Vec<(String, Vec<Vec<Data>>)> {
    let mut book: Xlsx<_> = calamine::open_workbook(path).unwrap();
    let names = book.sheet_names();
    let rows = |name: &String| {
        let range = book.worksheet_range(name).unwrap();
        assert_eq!(range.start(), Some((0, 0)), "{name}");
        range.rows().map(<[Data]>::to_vec).collect()
    };
    let all: Vec<Vec<Vec<Data>>> = names.iter().map(rows).collect();
    names.into_iter().zip(all).collect()
}

/// Its sheets but for the page of instructions, which comes first.
fn tables(path: &Path) -> Vec<(String, Vec<Vec<Data>>)> {
    let mut all = sheets(path);
    assert_eq!(all.remove(0).0, GUIDE);
    all
}

/// A line for each sheet: its name and headers.
fn shape(packs: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let line = |(name, rows): &(String, Vec<Vec<Data>>)| {
        let headers: Vec<String> = rows[0].iter().map(ToString::to_string).collect();
        format!("{name}：{}", headers.join(" "))
    };
    tables(&template(folder.path(), packs)).iter().map(line).collect::<Vec<_>>().join("\n")
}

fn all_packs() -> Vec<&'static str> {
    built_in_ids().collect()
}

/// What a check of a file says, as JSON, and the notes of the input as its report lists them.
fn check(folder: &Path, file: &str, packs: &[&str]) -> Value {
    let mut command = cargo_bin_cmd!("jiaoyan");
    command.current_dir(folder).args(["check", file, "--period", "2023", "--format", "json"]);
    let output = command.args(packs.iter().flat_map(|pack| ["--pack", pack])).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Each issue as its sheet, cell, kind and text.
fn issues(assessment: &Value) -> Vec<String> {
    let text = |issue: &Value, key: &str| issue[key].as_str().unwrap().to_string();
    let one = |issue: &Value| {
        let cell = text(issue, "cell");
        let (_, place) = cell.split_once('!').unwrap();
        format!("{place} {} {}", text(issue, "kind"), text(issue, "text"))
    };
    assessment["issues"].as_array().unwrap().iter().map(one).collect()
}

/// Each sheet of the only input: its table, and how many of its rows are used, partly used and not used.
fn counts(assessment: &Value) -> Vec<(String, bool, [u64; 3])> {
    let sheets = assessment["inputs"][0]["sheets"].as_array().unwrap();
    let number = |sheet: &Value, key: &str| sheet[key].as_u64().unwrap();
    let one = |sheet: &Value| {
        let numbers = ["used", "partly", "unused"].map(|key| number(sheet, key));
        (sheet["name"].as_str().unwrap().to_string(), sheet["table"].is_string(), numbers)
    };
    sheets.iter().map(one).collect()
}

/// The only issue that the example row of each table is.
fn example_rows(tables: &[(String, Vec<Vec<Data>>)]) -> Vec<String> {
    let one = |(name, rows): &(String, Vec<Vec<Data>>)| format!("{name}!A2 unused-row {}", rows[1][0]);
    tables.iter().map(one).collect()
}

#[test]
fn each_pack_gets_the_sheets_and_columns_that_it_needs_and_no_others() {
    assert_snapshot!(shape(&["jiangmen-2022"]), @"
    教研员花名册：工号 姓名* 单位 层级 专兼职 学段 学科 职称 学历 从教日期 任教研员日期 离岗日期 在编 在岗
    活动台账：日期* 结束日期 工号 姓名 单位 类型* 学校 级别 天数 节数 主题
    培训台账：日期* 工号 姓名 单位 培训名称 类别 学时*
    到校任教经历：工号 姓名 单位 岗位 开始日期* 结束日期
    学校名单：学校* 简称 县区 学段 城乡 薄弱
    联系学校：工号 姓名 单位 学校* 开始日期 结束日期
    机构情况：单位* 层级 总编制 专职教研员编制
    年度数据：单位 年度 项目* 数值*
    ");
    assert_snapshot!(shape(&["dongxing-2020"]), @"
    教研员花名册：工号 姓名* 单位 专兼职 任教研员日期 离岗日期 在编 岗位类别
    活动台账：日期* 结束日期 工号 姓名 单位 类型* 节数
    培训台账：日期* 工号 姓名 单位 学时*
    学校名单：学校* 简称 城乡 薄弱
    联系学校：工号 姓名 单位 学校* 开始日期 结束日期
    机构情况：单位*
    证书登记：证书编号 证书名称 持证人 发证日期* 登记日期
    专家库：姓名* 学科
    ");
    assert_snapshot!(shape(&["training-school"]), @"
    教研员花名册：工号 姓名* 单位 专兼职 学段 学科 职称 学历 荣誉 出生日期 从教日期 任教研员日期 离岗日期
    活动台账：日期* 结束日期 工号 姓名 单位 类型* 学校 天数 节数
    培训台账：日期* 工号 姓名 单位 学时*
    到校任教经历：工号 姓名 单位 性质 开始日期* 结束日期
    学校名单：学校* 简称 学段
    机构情况：单位*
    年度数据：单位 年度 项目* 数值*
    ");
    assert_snapshot!(shape(&["yueqing-2020"]), @"
    教研员花名册：工号 姓名* 单位 学科 任教研员日期 离岗日期
    活动台账：日期* 结束日期 工号 姓名 单位 类型* 学校 级别 学科 天数 节数 工作目标 反馈
    学校名单：学校* 简称 城乡 基地 示范基地级别 品牌项目 先进教研组数 名优教师数
    联系学校：工号 姓名 单位 学校* 角色 开始日期 结束日期
    基地学校教师：姓名* 学校* 出生日期 参加优质课评比 获奖
    机构情况：单位*
    ");
    assert_snapshot!(shape(&["urumqi-2024"]), @"
    教研员花名册：工号 姓名* 单位 职称 聘任职称 任教研员日期 离岗日期
    活动台账：日期* 结束日期 工号 姓名 单位 类型* 学校 学段 学科 节数 数量 主题 反馈
    学校名单：学校* 简称 县区 学段 隶属
    机构情况：单位*
    年度数据：单位 年度 项目* 数值*
    ");
}

#[test]
fn several_packs_share_one_template() {
    assert_snapshot!(shape(&all_packs()), @"
    教研员花名册：工号 姓名* 单位 层级 专兼职 学段 学科 职称 聘任职称 学历 荣誉 出生日期 从教日期 任教研员日期 离岗日期 在编 在岗 岗位类别
    活动台账：日期* 结束日期 工号 姓名 单位 类型* 学校 级别 学段 学科 天数 节数 数量 主题 工作目标 反馈
    培训台账：日期* 工号 姓名 单位 培训名称 类别 学时*
    到校任教经历：工号 姓名 单位 岗位 性质 开始日期* 结束日期
    学校名单：学校* 简称 县区 学段 城乡 薄弱 基地 隶属 示范基地级别 品牌项目 先进教研组数 名优教师数
    联系学校：工号 姓名 单位 学校* 角色 开始日期 结束日期
    基地学校教师：姓名* 学校* 出生日期 参加优质课评比 获奖
    机构情况：单位* 层级 总编制 专职教研员编制
    年度数据：单位 年度 项目* 数值*
    证书登记：证书编号 证书名称 持证人 发证日期* 登记日期
    专家库：姓名* 学科
    ");
}

#[test]
fn every_column_that_a_rule_looks_at_is_there() {
    let dictionary = Dictionary::built_in();
    let mut seen = 0;
    for id in built_in_ids() {
        let lines = shape(&[id]);
        for rule in &pack::built_in(id, dictionary).unwrap().rules {
            for (table, fields) in rule.needs(dictionary) {
                let table = dictionary.table(table);
                let own = lines.lines().find_map(|line| line.strip_prefix(&format!("{}：", table.sheet)));
                let headers: Vec<&str> = own.unwrap().split(' ').map(|header| header.trim_end_matches('*')).collect();
                for field in fields {
                    let header = table.field(field).header.as_str();
                    assert!(headers.contains(&header), "{id} {}: {}{header}", rule.id, table.sheet);
                    seen += 1;
                }
            }
        }
    }
    assert!(seen > 300, "{seen}");
}

#[test]
fn an_untouched_template_has_no_records_and_only_its_example_rows_are_listed() {
    let all = all_packs();
    let sets: Vec<Vec<&str>> = all.iter().map(|pack| vec![*pack]).chain([all.clone()]).collect();
    for packs in sets {
        let folder = tempfile::tempdir().unwrap();
        let tables = tables(&template(folder.path(), &packs));
        let assessment = check(folder.path(), "模板.xlsx", &packs);
        assert_eq!(issues(&assessment), example_rows(&tables), "{packs:?}");
        let read = tables.iter().map(|(name, _)| (name.clone(), true, [0, 0, 1]));
        let expected: Vec<_> = std::iter::once((GUIDE.to_string(), false, [0, 0, 0])).chain(read).collect();
        assert_eq!(counts(&assessment), expected, "{packs:?}");
        let verdicts = assessment["findings"].as_array().unwrap().iter().map(|finding| &finding["verdict"]);
        assert!(verdicts.clone().count() > 0 && verdicts.clone().all(|verdict| verdict == "review"), "{packs:?}");
    }
}

/// Writes a cell as it was read.
fn write(sheet: &mut Worksheet, row: u32, column: u16, cell: &Data) {
    let date = Format::new().set_num_format("yyyy-mm-dd");
    match cell {
        Data::String(text) => sheet.write_string(row, column, text).unwrap(),
        Data::Float(number) => sheet.write_number(row, column, *number).unwrap(),
        Data::DateTime(day) => {
            let day = ExcelDateTime::from_serial_datetime(day.as_f64()).unwrap();
            sheet.write_datetime_with_format(row, column, &day, &date).unwrap()
        }
        Data::Empty => sheet,
        other => panic!("{other:?}"),
    };
}

/// The example row as a record: without its mark, the first cell is what its column holds.
fn record(example: &[Data]) -> Vec<Data> {
    let Data::String(first) = &example[0] else { panic!("{example:?}") };
    let bare = first.strip_prefix(MARK).unwrap().to_string();
    std::iter::once(Data::String(bare)).chain(example[1..].iter().cloned()).collect()
}

/// A copy of a template, filled in with a row for each table that says what the example says.
fn fill_in(template: &Path, filled: &Path) {
    let mut book = Workbook::new();
    for (name, rows) in sheets(template) {
        let sheet = book.add_worksheet().set_name(&name).unwrap();
        let data = if name == GUIDE { None } else { Some(record(&rows[1])) };
        for (row, cells) in (0..).zip(rows.iter().chain(data.as_ref())) {
            (0..).zip(cells).for_each(|(column, cell)| write(sheet, row, column, cell));
        }
    }
    book.save(filled).unwrap();
}

/// Asserts that of a filled-in template all is read, and nothing listed but the example rows.
fn assert_whole(folder: &Path, packs: &[&str]) {
    let tables = tables(&folder.join("模板.xlsx"));
    let assessment = check(folder, "台账.xlsx", packs);
    assert_eq!(issues(&assessment), example_rows(&tables), "{packs:?}");
    let read = tables.iter().map(|(name, _)| (name.clone(), true, [1, 0, 1]));
    let expected: Vec<_> = std::iter::once((GUIDE.to_string(), false, [0, 0, 0])).chain(read).collect();
    assert_eq!(counts(&assessment), expected, "{packs:?}");
}

#[test]
fn a_filled_in_template_is_read_without_an_issue() {
    let all = all_packs();
    let sets: Vec<Vec<&str>> = all.iter().map(|pack| vec![*pack]).chain([all.clone()]).collect();
    for packs in sets {
        let folder = tempfile::tempdir().unwrap();
        fill_in(&template(folder.path(), &packs), &folder.path().join("台账.xlsx"));
        assert_whole(folder.path(), &packs);
    }
}

/// Opens the template, writes a record below each example row, and saves it, as an office program would.
const FILL_IN: &str = r#"
import sys, openpyxl, datetime
book = openpyxl.load_workbook(sys.argv[1])
for sheet in book:
    if sheet.title == "填写说明":
        continue
    for column, cell in enumerate(sheet[2], start=1):
        value = cell.value
        if column == 1:
            value = value.removeprefix("例：")
            if sheet.cell(1, 1).value == "日期*":
                value = datetime.datetime.strptime(value, "%Y-%m-%d")
        sheet.cell(3, column).value = value
        sheet.cell(3, column).number_format = cell.number_format
book.save(sys.argv[2])
"#;

#[test]
fn a_template_filled_in_by_another_program_is_read_without_an_issue() {
    let python = |arguments: &[&str]| Command::new("python3").args(arguments).output();
    if !python(&["-c", "import openpyxl"]).is_ok_and(|output| output.status.success()) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let packs = all_packs();
    let path = template(folder.path(), &packs);
    let filled = folder.path().join("台账.xlsx");
    let output = python(&["-c", FILL_IN, path.to_str().unwrap(), filled.to_str().unwrap()]).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_whole(folder.path(), &packs);
}

/// A pack with a rule for each column of the dictionary.
fn pack_of_everything() -> String {
    let mut text = String::from(
        "[pack]\nid = \"all\"\ntitle = \"全部列\"\nissuer = \"某局\"\nin-force = 2023-01-01\naudit-year = \"calendar\"\n\
         [[clause]]\nid = \"一\"\nheading = \"队伍建设\"\nstatus = \"rules\"\n",
    );
    for table in &Dictionary::built_in().tables {
        for field in &table.fields {
            let test = format!("{{ {} = {{ present = true }} }}", field.id);
            let asked = match table.held {
                true => format!("each = \"{}\"\nrequire = {test}\n", table.id),
                false => format!(
                    "each = \"staff\"\nmeasure.count = {{ of = \"{}\", where = {test} }}\nat-least = 1\nunit = \"条\"\n",
                    table.id
                ),
            };
            text.push_str(&format!(
                "[[rule]]\nid = \"{0}-{1}\"\nclause = \"一\"\nquote = \"填写\"\ntitle = \"{0}-{1}\"\nobligation = \"应\"\n\
                 per = \"as-of\"\n{asked}",
                table.id, field.id
            ));
        }
    }
    text
}

#[test]
fn every_column_of_the_dictionary_has_an_example_that_is_read() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("全部.toml"), pack_of_everything()).unwrap();
    let path = template(folder.path(), &["全部.toml"]);
    let of_dictionary = |table: &jiaoyan::dictionary::Table| {
        let star = |required| if required { "*" } else { "" };
        let headers = table.fields.iter().map(|field| format!("{}{}", field.header, star(field.required)));
        (table.sheet.clone(), headers.collect::<Vec<_>>())
    };
    let expected: Vec<_> = Dictionary::built_in().tables.iter().map(of_dictionary).collect();
    let of_sheet = |(name, rows): &(String, Vec<Vec<Data>>)| {
        (name.clone(), rows[0].iter().map(ToString::to_string).collect::<Vec<_>>())
    };
    assert_eq!(tables(&path).iter().map(of_sheet).collect::<Vec<_>>(), expected);
    fill_in(&path, &folder.path().join("台账.xlsx"));
    assert_whole(folder.path(), &["全部.toml"]);
}

/// The text of the first cell of each row of the page of instructions.
fn guide(path: &Path) -> Vec<String> {
    let (name, rows) = sheets(path).remove(0);
    assert_eq!(name, GUIDE);
    rows.iter().map(|row| row[0].to_string()).filter(|text| !text.is_empty()).collect()
}

#[test]
fn the_instructions_name_the_documents_and_the_command_and_who_asks_for_identity_numbers() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("林主任")).unwrap();
    fs::write(folder.path().join("林主任/全部 列.toml"), pack_of_everything()).unwrap();
    let without = guide(&template(folder.path(), &["jiangmen-2022", "yueqing-2020"]));
    assert_eq!(without[0], "教研员台账填写说明");
    let row = without.iter().position(|text| text == "规则包").unwrap();
    assert_eq!(without[row + 1..row + 3], ["jiangmen-2022", "yueqing-2020"]);
    let none = "1. 核查用不到身份证号，所以没有这一列。也不要添加手机号码、家庭住址、银行账号等与核查无关的列。";
    assert!(without.iter().any(|text| text == none), "{without:?}");
    let command = "2. 再核查，写出报告：jiaoyan check 台账模板.xlsx --pack jiangmen-2022 --pack yueqing-2020";
    assert!(without.iter().any(|text| text == command), "{without:?}");
    let with = guide(&template(folder.path(), &["林主任/全部 列.toml"]));
    let asked =
        "1. 身份证号只用于：《全部列》 一 staff-id-number。不要添加手机号码、家庭住址、银行账号等与核查无关的列。";
    assert!(with.iter().any(|text| text == asked), "{with:?}");
    let command = "2. 再核查，写出报告：jiaoyan check 台账模板.xlsx --pack \"全部 列.toml\"";
    assert!(with.iter().any(|text| text == command), "{with:?}");
    assert!(!with.iter().any(|text| text.contains("林主任")), "{with:?}");
}

#[test]
fn no_built_in_pack_asks_for_identity_numbers() {
    let dictionary = Dictionary::built_in();
    let identity: Vec<&str> = dictionary
        .tables
        .iter()
        .flat_map(|table| &table.fields)
        .filter(|field| field.kind == FieldKind::Identity)
        .map(|field| field.header.as_str())
        .collect();
    assert_eq!(identity, ["身份证号"]);
    assert!(!shape(&all_packs()).contains("身份证"));
}

#[test]
fn the_pages_of_a_template_are_no_issue_and_a_sheet_of_their_name_with_other_content_is() {
    let folder = tempfile::tempdir().unwrap();
    template(folder.path(), &["jiangmen-2022"]);
    let mut command = cargo_bin_cmd!("jiaoyan");
    command.current_dir(folder.path()).args(["check", "模板.xlsx", "--pack", "jiangmen-2022", "--period", "2023"]);
    command.args(["-o", "报告.xlsx"]).assert().code(3);
    let mut report: Xlsx<_> = calamine::open_workbook(folder.path().join("报告.xlsx")).unwrap();
    let run = report.worksheet_range("运行记录").unwrap();
    let said = "工作表“填写说明”是模板的说明页，不是台账，没有读取";
    assert!(run.used_cells().any(|(_, _, cell)| cell.to_string() == said), "{run:?}");

    let mut book = Workbook::new();
    for name in ["填写说明", "填写选项"] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        sheet.write_string(0, 0, "各校上报情况").unwrap().write_string(1, 0, "第一中学").unwrap();
    }
    book.save(folder.path().join("别的.xlsx")).unwrap();
    let listed = issues(&check(folder.path(), "别的.xlsx", &["jiangmen-2022"]));
    assert_eq!(listed, ["填写说明!A1 unused-sheet 填写说明", "填写选项!A1 unused-sheet 填写选项"]);
}

/// The parts of a workbook by name, as text.
fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Vec::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        parts.push((part.name().unwrap().into_owned(), text));
    }
    parts
}

/// What stands between two marks, each time, with the entities of XML read.
fn between<'t>(text: &'t str, first: &'t str, last: &'t str) -> Vec<String> {
    let ends = text.split(first).skip(1).filter_map(|rest| rest.split(last).next());
    let read =
        |text: &str| text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    ends.map(read).collect()
}

#[test]
fn nothing_exceeds_what_spreadsheet_programs_take() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("全部.toml"), pack_of_everything()).unwrap();
    for packs in [all_packs(), vec!["全部.toml"]] {
        let bytes = fs::read(template(folder.path(), &packs)).unwrap();
        let length = |text: &String| text.encode_utf16().count();
        let (mut lists, mut notes, mut prompts) = (0, 0, 0);
        for (name, text) in parts(&bytes) {
            for list in between(&text, "<formula1>", "</formula1>") {
                assert!(length(&list) <= 255 + 2, "{name}: {list}");
                lists += 1;
            }
            for (attribute, most) in
                [(" prompt=\"", 255), (" error=\"", 255), (" promptTitle=\"", 32), (" errorTitle=\"", 32)]
            {
                let found = between(&text, attribute, "\"");
                prompts += found.len();
                found.iter().for_each(|text| assert!(length(text) <= most, "{name}: {text}"));
            }
            if name.starts_with("xl/comments") {
                let found = between(&text, "<comment ", "</comment>");
                notes += found.len();
                found.iter().for_each(|note| assert!(length(note) <= 32_767, "{name}: {note}"));
            }
            if name == "xl/workbook.xml" {
                let names = between(&text, "<sheet name=\"", "\"");
                assert!(names.len() > 10 && names.iter().all(|name| length(name) <= 31), "{names:?}");
            }
            if name.starts_with("xl/worksheets/sheet") && !name.ends_with("sheet1.xml") {
                assert_eq!(text.matches("<row ").count(), 2, "{name}: a header and an example, no blank rows");
                assert!(text.contains("orientation=\"landscape\"") && text.contains("paperSize=\"9\""), "{name}");
                assert!(text.contains("state=\"frozen\""), "{name}");
            }
        }
        assert!(lists > 40 && notes > 70 && prompts > 150, "{lists} {notes} {prompts}");
        assert!(bytes.len() < 150_000, "{}", bytes.len());
    }
}

#[test]
fn the_same_packs_give_the_same_bytes_at_any_time_and_place() {
    let folder = tempfile::tempdir().unwrap();
    let first = fs::read(template(folder.path(), &["jiangmen-2022", "urumqi-2024"])).unwrap();
    for zone in ["Pacific/Kiritimati", "Asia/Shanghai"] {
        let mut command = cargo_bin_cmd!("jiaoyan");
        command.current_dir(folder.path()).env("TZ", zone).env("LC_ALL", "C");
        command.args(["template", "--pack", "jiangmen-2022", "--pack", "urumqi-2024", "-o", "又一份.xlsx", "--force"]);
        command.assert().code(0);
        assert!(fs::read(folder.path().join("又一份.xlsx")).unwrap() == first, "{zone}");
    }
    let properties = parts(&first).into_iter().find(|(name, _)| name == "docProps/core.xml").unwrap().1;
    assert_eq!(between(&properties, "<dc:creator>", "<"), [""]);
}

/// What the program says when it does not write a template; that the exit status is 2 is asserted.
fn refusal(folder: &Path, words: &[&str]) -> String {
    let mut command = cargo_bin_cmd!("jiaoyan");
    let output =
        command.current_dir(folder).arg("template").args(words).assert().code(2).stdout("").get_output().clone();
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn without_a_pack_the_packs_and_the_whole_command_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let said = refusal(folder.path(), &["-o", "模板.xlsx"]);
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines[..2], ["错误：没有写用哪份文件核查，请加上 --pack", "  可以用的规则包："]);
    let listed = lines[2..lines.len() - 1].iter().map(|line| line.trim_start().split("  ").next().unwrap());
    assert_eq!(listed.collect::<Vec<_>>(), all_packs());
    assert_eq!(lines.last(), Some(&"  完整的命令：jiaoyan template --pack jiangmen-2022 -o 模板.xlsx"));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn an_older_file_and_the_packs_themselves_are_never_lost() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("旧.xlsx"), "old").unwrap();
    fs::write(at("规则.xlsx"), pack_of_everything()).unwrap();
    let pack = ["--pack", "jiangmen-2022"];
    let expected = "错误：《旧.xlsx》已经存在；要覆盖请加 --force，或用 -o 换一个文件名\n";
    assert_eq!(refusal(folder.path(), &[&pack[..], &["-o", "旧.xlsx"]].concat()), expected);
    let expected = "错误：--force 要和 -o 一起用\n  不写 -o 时模板总是写成新文件，不会覆盖\n";
    assert_eq!(refusal(folder.path(), &[&pack[..], &["--force"]].concat()), expected);
    let expected = "错误：模板文件《模板.xls》的名称要以 .xlsx 结尾\n";
    assert_eq!(refusal(folder.path(), &[&pack[..], &["-o", "模板.xls"]].concat()), expected);
    let expected = "错误：《规则.xlsx》是规则包，不能用模板覆盖它；请用 -o 换一个文件名\n";
    assert_eq!(
        refusal(folder.path(), &["--pack", "规则.xlsx", "-o", "./规则.xlsx", "--force"][..]).replace("./", ""),
        expected
    );
    assert_eq!(fs::read(at("旧.xlsx")).unwrap(), b"old");
    assert_eq!(fs::read_to_string(at("规则.xlsx")).unwrap(), pack_of_everything());
}

#[test]
fn without_a_name_a_template_takes_the_next_free_one() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["台账模板.xlsx", "台账模板(2).xlsx"] {
        let mut command = cargo_bin_cmd!("jiaoyan");
        command.current_dir(folder.path()).args(["template", "--pack", "dongxing-2020"]);
        let expected = format!("模板已写入 {name}\n怎么填、填好后怎么核查，见其中的“填写说明”\n");
        command.assert().code(0).stderr("").stdout(expected);
        assert!(File::open(folder.path().join(name)).is_ok());
    }
    let first = fs::read(folder.path().join("台账模板.xlsx")).unwrap();
    assert!(first == fs::read(folder.path().join("台账模板(2).xlsx")).unwrap());
}

#[test]
fn a_pack_with_defects_gives_no_template() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("坏.toml"), "[pack]\nid = 1\n").unwrap();
    let said = refusal(folder.path(), &["--pack", "坏.toml"]);
    assert!(said.contains("请改正后再运行"), "{said}");
    let said = refusal(folder.path(), &["--pack", "jiangmen2022"]);
    assert!(said.starts_with("错误：没有编号为“jiangmen2022”的规则包；是不是想写 jiangmen-2022？"), "{said}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

/// The table of the dictionary that a sheet of a case is.
fn table_of(sheet: &str) -> Option<usize> {
    let tables = &Dictionary::built_in().tables;
    tables.iter().position(|table| std::iter::once(&table.sheet).chain(&table.also).any(|name| name == sheet))
}

/// A table of a case without the columns that are not needed; none where the table itself is not. What institutions
/// there are and of which level they are may stand in either of two tables, of which a template asks one: both are kept.
fn needed_columns(sheet: &str, text: &str, needs: &[TableNeeds<'_>], dropped: &mut usize) -> Option<String> {
    const KEPT: [&str; 4] = ["staff-id", "name", "institution", "level"];
    let dictionary = Dictionary::built_in();
    let Some(table) = table_of(sheet).map(|place| &dictionary.tables[place]) else { return Some(text.to_string()) };
    let own = needs.iter().find(|needs| std::ptr::eq(dictionary.table(needs.table), table));
    let is_kept = ["staff", "institutions"].contains(&table.id.as_str());
    if own.is_none() && !is_kept {
        *dropped += 1;
        return None;
    }
    let columns = own.map(|needs| needs.columns.as_slice()).unwrap_or_default();
    let is_needed = |header: &str| {
        let is_called = |name: &String| normalise(name) == normalise(header);
        let found = table.fields.iter().find(|field| is_called(&field.header) || field.also.iter().any(is_called));
        found.is_none_or(|field| {
            let is_asked = columns.iter().any(|(id, _)| std::ptr::eq(table.field(*id), field));
            is_asked || is_kept && KEPT.contains(&field.id.as_str())
        })
    };
    let rows: Vec<Vec<&str>> =
        text.lines().filter(|line| !line.trim().is_empty()).map(|line| line.split('|').collect()).collect();
    let keep: Vec<bool> = rows[0].iter().map(|header| is_needed(header.trim())).collect();
    *dropped += keep.iter().filter(|keep| !**keep).count();
    let line = |row: &Vec<&str>| {
        let cells = row.iter().enumerate().filter(|(at, _)| keep.get(*at).copied().unwrap_or(true));
        cells.map(|(_, cell)| *cell).collect::<Vec<_>>().join("|")
    };
    Some(rows.iter().map(line).collect::<Vec<_>>().join("\n"))
}

/// The cases of a pack with no more tables and columns than the template for the rule alone would have.
fn cases_within_templates(id: &str, dropped: &mut usize) -> String {
    let mut file: toml::Table = pack::cases_of(id).unwrap().parse().unwrap();
    let whole = pack::built_in(id, Dictionary::built_in()).unwrap();
    let alone = |rule: &str| {
        let mut pack = pack::built_in(id, Dictionary::built_in()).unwrap();
        pack.rules.retain(|own| own.id == rule);
        [pack]
    };
    let packs: BTreeMap<&str, [Pack; 1]> = whole.rules.iter().map(|rule| (&*rule.id, alone(&rule.id))).collect();
    for case in file["case"].as_array_mut().unwrap() {
        let needs = pack::records(&packs[case["rule"].as_str().unwrap()], Dictionary::built_in());
        let Some(tables) = case.get_mut("tables").and_then(toml::Value::as_table_mut) else { continue };
        let kept = tables.iter().filter_map(|(sheet, text)| {
            let text = needed_columns(sheet, text.as_str().unwrap(), &needs, dropped)?;
            Some((sheet.clone(), toml::Value::from(text)))
        });
        *tables = kept.collect();
    }
    file.to_string()
}

#[test]
fn what_a_template_leaves_out_changes_no_verdict() {
    let mut dropped = 0;
    for id in built_in_ids() {
        let pack = pack::built_in(id, Dictionary::built_in()).unwrap();
        let cases = cases::parse(id, &cases_within_templates(id, &mut dropped), &pack).unwrap();
        let wrong = |case: &cases::Case| {
            let differences = case.run(&pack).unwrap_or_else(|error| vec![error.to_string()]);
            differences.into_iter().map(|text| format!("{} {}: {text}", case.rule, case.name)).collect::<Vec<_>>()
        };
        assert_eq!(cases.iter().flat_map(wrong).collect::<Vec<_>>(), Vec::<String>::new(), "{id}");
    }
    assert!(dropped > 100, "{dropped}");
}
