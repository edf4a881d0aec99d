//! `jiaoyan inspect`: what it prints, as a whole, for workbooks with the faults that clerks make.

use std::fs;
use std::path::Path;

use crate::office::{Office, Table, csv, table, write_text};
use assert_cmd::cargo::cargo_bin_cmd;
use rust_xlsxwriter::{Format, Workbook};

/// A run of a command: its exit status, standard output and standard error.
fn run(folder: &Path, words: &[&str]) -> (Option<i32>, String, String) {
    let output = cargo_bin_cmd!("jiaoyan").current_dir(folder).args(words).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

/// What `inspect` prints, and its exit status below it; nothing goes to standard error.
fn inspect(folder: &Path, words: &[&str]) -> String {
    let (status, stdout, stderr) = run(folder, &[&["inspect"], words].concat());
    assert_eq!(stderr, "");
    format!("{stdout}[{}]", status.unwrap())
}

fn save(book: &mut Workbook, folder: &Path, name: &str) {
    book.save(folder.join(name)).unwrap();
}

/// A roster with a header in two rows, and a training ledger whose hours have a misspelt header.
fn write_faulty(folder: &Path) {
    let plain = Format::new();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("花名册").unwrap();
    sheet.merge_range(0, 0, 0, 5, "望汐镇教研员花名册", &plain).unwrap();
    for (column, header) in [(0, "工号"), (1, "姓名 *"), (5, "注：请勿改动表头")] {
        sheet.merge_range(1, column, 2, column, header, &plain).unwrap();
    }
    sheet.merge_range(1, 2, 1, 3, "最高学历学位", &plain).unwrap();
    sheet.write_string(1, 4, "专职情况").unwrap();
    sheet.write_string(2, 2, "学历").unwrap();
    sheet.write_string(2, 3, "毕业院校").unwrap();
    sheet.write_string(2, 4, "专/兼 职").unwrap();
    let people = table(&[
        &["Z1", "林青", "本科", "甲大学", "专职"],
        &["Z2", "何田", "函授", "乙大学", "兼职"],
        &["合计", "2", "", "", ""],
        &["填表人：何田", "", "", "", ""],
    ]);
    write_text(sheet, &people, 3);
    let training = table(&[
        &["培训日期", "教研员姓名", "学食", "备注"],
        &["2023-03-06", "林青", "60", ""],
        &["2023-07-10", "何田", "30", ""],
    ]);
    write_text(book.add_worksheet().set_name("2023培训").unwrap(), &training, 0);
    let either = table(&[&["姓名", "学校", "开始日期"], &["林青", "望汐小学", "2022-09-01"]]);
    write_text(book.add_worksheet().set_name("联络").unwrap().set_hidden(true), &either, 0);
    book.add_worksheet().set_name("Sheet4").unwrap();
    save(&mut book, folder, "台账.xlsx");
}

#[test]
fn what_would_be_read_is_shown_with_what_is_left_over_and_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    write_faulty(folder.path());
    let activities: Table = table(&[
        &["活动日期", "姓名", "类型", "学校", "听课节数合计", "校际协同度", ""],
        &["2023-09-04", "林青", "听评课", "望汐小学", "3", "", ""],
        &["九月初", "林青", "听评课", "望汐小学", "2", "", "甲"],
        &["2023.9.6", "林清", "视导", "望汐小学", "1", "", ""],
        &["2023-09-07", "林清", "听评课", "望汐小学", "1", "", ""],
        &["小计", "", "", "", "7", "", ""],
    ]);
    let text = csv(&activities);
    let (bytes, _, _) = encoding_rs::GBK.encode(&text);
    fs::write(folder.path().join("活动13812341234.csv"), bytes).unwrap();
    insta::assert_snapshot!(inspect(folder.path(), &["台账.xlsx", "活动13812341234.csv"]), @r##"
    注意：4张工作表读了2张，2张（5行）没有读取：可能是要核查的表、与它有关的“没有”都不能断定的有《台账.xlsx》的工作表“2023培训”（“培训台账”）、《台账.xlsx》的工作表“联络”（“到校任教经历”或“联系学校”）
    《台账.xlsx》 xlsx 格式
      工作表“联络”是隐藏的，没有因此略过
      工作表“花名册”：按“教研员花名册”读取，表头在第2–3行
        A  工号                   → 工号
        B  姓名 *                 → 姓名
        C  最高学历学位/学历      → 学历
        D  最高学历学位/毕业院校  用不到
        E  专职情况/专/兼 职      → 专兼职
        F  注:请勿改动表头        用不到
        表中没有的列：单位、层级、学段、学科、职称、聘任职称、荣誉、出生日期、从教日期、任教研员日期、离岗日期、在编、在岗、岗位类别、性别
        数据行 4：采用 1，部分采用 1，未采用 2
          第6行：合计行，不是记录，没有计入
          第7行：落款行，不是记录，没有计入
        问题 1 处：用词无法识别 1
          C5“函授”：“学历”的写法不在词表里或有两种意思，按“不能确定”处理；请改成标准用词
      工作表“2023培训”：没有读取
        第1行像是“培训台账”的表头，但没有找到“学时”这一列（“学食”是不是“学时”？），整张表没有读取，与它有关的“没有”都不能断定；请把工作表和表头改成标准名称，或写进 --columns 文件；不是的话在 --columns 文件的 [sheets] 里写成“不读”
      工作表“联络”（隐藏）：没有读取
        第1行像是表头，但既可能是“到校任教经历”，也可能是“联系学校”，不能确定是哪一种表，整张表没有读取；请把工作表改成其中一个名称，或在 --columns 文件的 [sheets] 里写明
      工作表“Sheet4”：空表

    《活动138****1234.csv》 csv 格式
      文件按 GB18030（GBK）编码读取
      工作表“活动138****1234”：按“活动台账”读取，表头在第1行
        A  活动日期      → 日期
        B  姓名          → 姓名
        C  类型          → 类型
        D  学校          → 学校
        E  听课节数合计  没有读取；是不是“节数”？
        F  校际协同度    没有认出，不取作数据；看得懂的字、数会与这一行对照
        表中没有的列：结束日期、工号、单位、级别、学段、学科、天数、节数、数量、主题、工作目标、反馈
        数据行 5：采用 2，部分采用 2，未采用 1
          第6行：合计行，不是记录，没有计入
        问题 4 处：日期无法识别 1，用词无法识别 1，姓名不在花名册 1，未使用的列 1
          G1：第G列没有表头，列中的内容没有读取；请补上表头
          A3“九月初”：“日期”不是能认的日期，这一行按“可能在任何时段”处理；请写成 2023-09-01
          B4：这张表有2处姓名或工号不在花名册，没有计入任何人，姓名不在报告中列出（B4最接近的是“林青”；B5最接近的是“林青”）；其中有本单位的人，请改正姓名，或在花名册补上
          C4“视导”：“类型”的写法不在词表里或有两种意思，按“不能确定”处理；请改成标准用词

    合计：文件 2 个；工作表读取 2 张，没有读取 2 张；数据行 9（采用 3，部分采用 3，未采用 3）；问题 5 处
    下一步：
      1. 看看没有读取的工作表“2023培训”、“联络”是不是该核查的表
      2. 核对上面的“是不是”；是的话改表头，或把下面几行写进表头对照文件（.toml），运行时加 --columns：
         ["活动台账"]
         "听课节数合计" = "节数"
         ["培训台账"]
         "学食" = "学时"
      3. 按上面的说明改正各处问题；不改的，有关的结论可能只能待核
      4. 核查：jiaoyan check 文件或文件夹 --pack 规则包（有表头对照文件的，加上 --columns）
    [3]
    "##);
}

#[test]
fn of_two_columns_that_may_be_one_field_only_the_first_is_suggested() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = "日期,姓名,培训名称,线上学时,线下学时\n2023-03-01,张三,研修,10,20\n";
    fs::write(folder.path().join("培训台账.csv"), ledger).unwrap();
    let printed = inspect(folder.path(), &["培训台账.csv"]);
    let lines = ["[\"培训台账\"]", "\"线上学时\" = \"学时\"", "# \"线下学时\" = \"学时\""].join("\n     ");
    assert!(printed.contains(&lines), "{printed}");
}

#[test]
fn the_suggested_columns_file_is_taken_and_what_it_leaves_out_is_no_oversight() {
    let folder = tempfile::tempdir().unwrap();
    write_faulty(folder.path());
    let columns = "\u{feff}[columns]\n\"毕业院校\" = \"不读\"\n\"注：请勿改动表头\" = \"不读\"\n\"备注\" = \"不读\"\n\"没有的\" = \"姓名\"\n\
                   [\"培训台账\"]\n\"学食\" = \"学时\"\n[sheets]\n\"联络\" = \"联系学校\"\n\"草稿\" = \"不读\"\n";
    fs::write(folder.path().join("表头.toml"), columns).unwrap();
    insta::assert_snapshot!(inspect(folder.path(), &["台账.xlsx", "--columns", "表头.toml"]), @r##"
    注意：按 --columns 文件的要求没有读取：工作表“花名册”的列“最高学历学位/毕业院校”、工作表“花名册”的列“注:请勿改动表头”、工作表“2023培训”的列“备注”
    注意：--columns 文件里的这些名称在读取的表中没有遇到，请核对写法：表头“没有的”、工作表“草稿”
    《台账.xlsx》 xlsx 格式
      工作表“联络”是隐藏的，没有因此略过
      工作表“花名册”：按“教研员花名册”读取，表头在第2–3行
        A  工号                   → 工号
        B  姓名 *                 → 姓名
        C  最高学历学位/学历      → 学历
        D  最高学历学位/毕业院校  不读（--columns 文件）
        E  专职情况/专/兼 职      → 专兼职
        F  注:请勿改动表头        不读（--columns 文件）
        表中没有的列：单位、层级、学段、学科、职称、聘任职称、荣誉、出生日期、从教日期、任教研员日期、离岗日期、在编、在岗、岗位类别、性别
        数据行 4：采用 1，部分采用 1，未采用 2
          第6行：合计行，不是记录，没有计入
          第7行：落款行，不是记录，没有计入
        问题 1 处：用词无法识别 1
          C5“函授”：“学历”的写法不在词表里或有两种意思，按“不能确定”处理；请改成标准用词
      工作表“2023培训”：按“培训台账”读取，表头在第1行
        A  培训日期    → 日期
        B  教研员姓名  → 姓名
        C  学食        → 学时
        D  备注        不读（--columns 文件）
        表中没有的列：结束日期、工号、单位、培训名称、类别、级别
        数据行 2：采用 2，部分采用 0，未采用 0
      工作表“联络”（隐藏）：按“联系学校”读取，表头在第1行
        A  姓名      → 姓名
        B  学校      → 学校
        C  开始日期  → 开始日期
        表中没有的列：工号、单位、角色、协同人员、结束日期
        数据行 1：采用 1，部分采用 0，未采用 0
      工作表“Sheet4”：空表

    合计：文件 1 个；工作表读取 3 张，没有读取 0 张；数据行 7（采用 4，部分采用 1，未采用 2）；问题 1 处
    下一步：
      1. 按上面的说明改正各处问题；不改的，有关的结论可能只能待核
      2. 核查：jiaoyan check 文件或文件夹 --pack 规则包（有表头对照文件的，加上 --columns）
    [3]
    "##);
}

#[test]
fn a_file_that_cannot_be_read_does_not_hide_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("a.xlsx"), "").unwrap();
    fs::write(at("b.xls"), "<html><table></table></html>").unwrap();
    let training = table(&[&["日期", "姓名", "学时", "培训学时"], &["2023-03-06", "林青", "60", "60"]]);
    fs::write(at("c.csv"), csv(&training)).unwrap();
    let twice = table(&[&["姓名", "专兼职", "姓名"], &["林青", "专职", "王晓"]]);
    fs::write(at("d.csv"), csv(&twice)).unwrap();
    insta::assert_snapshot!(inspect(folder.path(), &["."]), @r##"
    注意：没有给出教研员花名册，姓名和工号没有核对；请把花名册一起给出再看
    读不了《./a.xlsx》：文件是空的（0 字节），请重新拷贝一份再检查

    读不了《./b.xls》：实际是网页（HTML）文件，请用 WPS 或 Excel 打开后另存为 .xlsx 再检查

    《./c.csv》 csv 格式
      工作表“c”：按“培训台账”读取，表头在第1行
        A  日期      → 日期
        B  姓名      → 姓名
        C  学时      → 学时
        D  培训学时  与那一列对照（“学时”已取自C列）
        表中没有的列：结束日期、工号、单位、培训名称、类别、级别
        数据行 1：采用 1，部分采用 0，未采用 0

    《./d.csv》 csv 格式
      工作表“d”：不能读取
        第1行的A列“姓名”和C列“姓名”都是“姓名”，请只保留一列或改名；也可以在 --columns 文件里把不该读的一列写成 "不读"

    合计：文件 4 个；工作表读取 1 张，没有读取 1 张；数据行 1（采用 1，部分采用 0，未采用 0）；问题 0 处
    下一步：
      1. 先处理读不了的文件《a.xlsx》《b.xls》，否则不能核查
      2. 改正工作表“d”里重复的列，否则不能核查
      3. 改好以后再运行本命令，然后核查：jiaoyan check 文件或文件夹 --pack 规则包（有表头对照文件的，加上 --columns）
    [2]
    "##);
}

#[test]
fn an_office_without_a_fault_exits_with_0() {
    let folder = tempfile::tempdir().unwrap();
    Office::small().write_xlsx(&folder.path().join("台账.xlsx"));
    let shown = inspect(folder.path(), &["台账.xlsx"]);
    let end = "合计：文件 1 个；工作表读取 7 张，没有读取 0 张；数据行 24（采用 24，部分采用 0，未采用 0）；问题 0 处\n\
               下一步：\n  1. 核查：jiaoyan check 文件或文件夹 --pack 规则包（有表头对照文件的，加上 --columns）\n[0]";
    assert!(shown.ends_with(end), "{shown}");
}

#[test]
fn a_defective_columns_file_is_shown_whole_before_anything_is_read() {
    let folder = tempfile::tempdir().unwrap();
    Office::small().write_xlsx(&folder.path().join("台账.xlsx"));
    let text = "[columns]\n\"大名\" = \"姓明\"\n\"甲\" = 3\n[\"活动台帐\"]\n";
    let (bytes, _, _) = encoding_rs::GBK.encode(text);
    fs::write(folder.path().join("表头.toml"), bytes).unwrap();
    let words = ["台账.xlsx", "--columns", "表头.toml"];
    let inspected = run(folder.path(), &[&["inspect"], words.as_slice()].concat());
    let checked = run(folder.path(), &[&["check", "--pack", "jiangmen-2022"], words.as_slice()].concat());
    assert_eq!(inspected, checked);
    let (status, stdout, stderr) = inspected;
    assert_eq!((status, stdout.as_str()), (Some(2), ""));
    insta::assert_snapshot!(stderr, @r##"
    错误：各表都没有标准表头“姓明”
     --> 表头.toml:2:8
      |
    2 | "大名" = "姓明"
      |          ^^^^^^
      |
      = 办法：是不是想写 姓名？标准表头见说明文档；不用的列写 不读

    错误：甲 的值类型不对
     --> 表头.toml:3:7
      |
    3 | "甲" = 3
      |        ^
      |
      = 办法：这里应写文字，例如 "专职"

    错误：不认识的部分 活动台帐
     --> 表头.toml:4:2
      |
    4 | ["活动台帐"]
      |  ^^^^^^^^^^
      |
      = 办法：是不是想写 活动台账？这里可以写：[columns]、[sheets]、[words."类型"]、[covers]，或加英文双引号的表名，如 ["活动台账"]

    错误：表头对照文件共有 3 处问题，请改正后再运行
    "##);
}

#[test]
fn the_columns_file_is_named_in_the_report_and_its_remarks_come_first() {
    let folder = tempfile::tempdir().unwrap();
    let mut office = Office::small();
    office.table("培训台账")[0][4] = "得时".to_string();
    office.write_xlsx(&folder.path().join("台账.xlsx"));
    let columns = "[columns]\n\"得时\" = \"学时\"\n\"多余\" = \"学时\"\n";
    fs::write(folder.path().join("表头.toml"), columns).unwrap();
    let words = ["check", "台账.xlsx", "--pack", "jiangmen-2022", "--period", "2023", "--columns", "表头.toml"];
    let (status, stdout, stderr) = run(folder.path(), &words);
    assert_eq!((status, stderr.as_str()), (Some(0), ""));
    let first = "注意：--columns 文件里的这些名称在读取的表中没有遇到，请核对写法：表头“多余”";
    assert_eq!(stdout.lines().next(), Some(first));
    let report = folder.path().join("2023年核查报告.xlsx");
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(report).unwrap();
    let run = calamine::Reader::worksheet_range(&mut book, "运行记录").unwrap();
    let option = run.rows().find(|row| row[0] == "选项：表头对照").unwrap();
    assert_eq!(option[1].to_string(), format!("SHA-256 {}", jiaoyan::model::sha256_hex(columns.as_bytes())));
    // Without it the training ledger is no such table, and its measures are 待核.
    assert_eq!(run_status(folder.path(), &words[..6]), Some(3));
}

fn run_status(folder: &Path, words: &[&str]) -> Option<i32> {
    run(folder, words).0
}

#[test]
fn a_file_with_the_bytes_of_another_one_is_named_and_shown_once() {
    let folder = tempfile::tempdir().unwrap();
    let office = Office::small();
    office.write_csv(folder.path());
    let path = |name: &str| folder.path().join(name);
    fs::copy(path("培训台账.csv"), path("培训台账 - 副本.csv")).unwrap();
    let shown = inspect(folder.path(), &["."]);
    assert!(shown.contains("《./培训台账 - 副本.csv》与《./培训台账.csv》内容完全相同，只读取一次"), "{shown}");
    assert!(shown.ends_with("[0]"), "{shown}");
    assert_eq!(shown.matches("培训台账 - 副本.csv").count(), 1, "{shown}");
}

#[test]
fn a_column_that_may_be_either_of_two_fields_is_proposed_as_neither() {
    let folder = tempfile::tempdir().unwrap();
    let text = "工号,姓名,专兼职,任教研员日期,是否在职\r\nT1,张三,专职,2019-09-01,是\r\n";
    fs::write(folder.path().join("教研员花名册.csv"), text).unwrap();
    let shown = inspect(folder.path(), &["."]);
    assert!(shown.contains("是不是“在编”或“在岗”？"), "{shown}");
    let proposed: Vec<&str> = shown.lines().map(str::trim).filter(|line| line.contains("\"是否在职\" =")).collect();
    assert_eq!(proposed, ["# \"是否在职\" = \"在编\"", "# \"是否在职\" = \"在岗\""], "{shown}");
}

#[test]
fn without_a_time_that_is_audited_no_term_lies_outside_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let roster = table(&[
        &["姓名", "专兼职", "聘期"],
        &["林青", "兼职", "2012-09-01至2015-08-31"],
        &["何田", "兼职（2099年9月起）", "2012.9-2015.8"],
    ]);
    fs::write(folder.path().join("2015年教研员花名册.csv"), csv(&roster)).unwrap();
    let shown = inspect(folder.path(), &["2015年教研员花名册.csv"]);
    assert!(
        shown.contains("采用 2，部分采用 0") && !shown.contains("核查的时间") && !shown.contains("没有2"),
        "{shown}"
    );
}
