//! Sheets of a few rows, and as what they are read.

use std::borrow::Cow;

use proptest::prelude::*;
use sheets::{Raw, RawCell, Row};

use super::*;
use crate::dictionary::{Columns, Dictionary};
use crate::intake::sheet::{Layout, UnusedColumn};
use crate::model::column_letters;

/// Rows as text: cells parted by `|`, `<` merged with the cell to its left, `^` with the one above, `#5` a number.
fn probe(text: &str) -> Probe {
    let mut probe = Probe::default();
    let mut above: Vec<String> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let mut row: Vec<(String, bool)> = Vec::new();
        for (column, cell) in line.split('|').map(str::trim).enumerate() {
            row.push(match cell {
                "<" => (row.last().unwrap().0.clone(), true),
                "^" => (above[column].clone(), true),
                cell => (cell.to_string(), false),
            });
        }
        let cell = |(column, (text, merged)): (u32, &(String, bool))| RawCell {
            column,
            value: match text.strip_prefix('#') {
                Some(number) => Raw::Number(number.parse().unwrap()),
                None => Raw::Text(Cow::Owned(text.clone())),
            },
            merged: *merged,
            down: 0,
        };
        let cells: Vec<RawCell<'_>> = (0..).zip(&row).filter(|(_, (text, _))| !text.is_empty()).map(cell).collect();
        if !cells.is_empty() {
            probe.take(Row { number, cells: &cells });
        }
        above = row.into_iter().map(|(text, _)| text).collect();
    }
    probe
}

/// What a sheet is read as: `staff 1-2: A=name …; X 听课; Y 学食?学时`, or why it is not.
fn read_with(sheet: &str, text: &str, columns: &str) -> String {
    let dictionary = Dictionary::built_in();
    let columns = match columns {
        "" => Columns::default(),
        text => Columns::parse("表头.toml", text, dictionary).unwrap(),
    };
    let recognised = probe(text).recognise(("", sheet), &KnownHeaders::new(dictionary, &columns));
    match recognised {
        Err(error) => error.to_string(),
        Ok(Recognised::Table(layout)) => shown(&layout),
        Ok(Recognised::Empty) => "empty".to_string(),
        Ok(Recognised::OtherYear(_)) => "of another year".to_string(),
        Ok(Recognised::Unwanted) => "unwanted".to_string(),
        Ok(Recognised::OwnPage) => "own page".to_string(),
        Ok(other) => other.why_unread(dictionary).unwrap(),
    }
}

fn read(text: &str) -> String {
    read_with("Sheet1", text, "")
}

fn shown(layout: &Layout) -> String {
    let table = Dictionary::built_in().table(layout.table);
    let field = |column: u32| layout.field(column).map(|field| table.field(field).id.clone()).unwrap();
    let mut parts = vec![format!("{} {}-{}:", table.id, layout.header_top, layout.header_row)];
    parts.extend(layout.read.iter().map(|(column, _)| format!("{}={}", column_letters(*column), field(*column))));
    parts.extend(layout.unwanted.iter().map(|(column, header)| format!("{}!{header}", column_letters(*column))));
    let unused = |column: &UnusedColumn| {
        let near = if column.near.is_empty() { String::new() } else { format!("?{}", column.near.join("/")) };
        format!("{}~{}{near}", column_letters(column.column), column.header)
    };
    parts.extend(layout.unused.iter().map(unused));
    parts.join(" ")
}

#[test]
fn a_header_in_two_rows_is_read_by_its_path() {
    let roster =
        "姓名|单位|第一学历|<|最高学历学位|<|备注\n^|^|学历|毕业院校|学历|毕业院校|^\n张三|一室|大专|甲校|本科|乙校|\n";
    let expected = "staff 1-2: A=name B=institution E=education \
                    C~第一学历/学历 D~第一学历/毕业院校 F~最高学历学位/毕业院校";
    assert_eq!(read_with("教研员花名册", roster, ""), expected);
    // The same with its merges lost, as csv has it.
    let roster =
        "姓名|单位|第一学历||最高学历学位||备注\n||学历|毕业院校|学历|毕业院校|\n张三|一室|大专|甲校|本科|乙校|\n";
    assert_eq!(read_with("教研员花名册", roster, ""), expected);
    // Under the first schooling alone 学历 is not what it says.
    let roster = "姓名|单位|第一学历|<\n^|^|学历|毕业院校\n";
    assert_eq!(
        read_with("教研员花名册", roster, ""),
        "staff 1-2: A=name B=institution C~第一学历/学历 D~第一学历/毕业院校"
    );
}

#[test]
fn a_header_in_three_rows_under_a_title_is_read_by_its_path() {
    let text = "附件1\n2023年培训台账|<|<|<|<|<\n日期|姓名|培训|<|<|<\n^|^|名称|学时|<|<\n^|^|^|集中|网络|合计\n\
                2023-03-06|张三|研修|#20|#10|#30\n";
    let expected = "training 3-5: A=date B=name C=topic F=hours D~培训/学时/集中 E~培训/学时/网络";
    assert_eq!(read(text), expected);
}

#[test]
fn a_group_is_never_taken_for_its_first_column() {
    for text in ["日期|姓名|学时|<|<\n^|^|集中|网络|校本\n", "日期|姓名|学时|||\n||集中|网络|校本\n"]
    {
        let expected = "第1–2行像是“培训台账”的表头，但没有找到“学时”这一列，整张表没有读取，与它有关的“没有”都不能断定；请把工作表和表头改成标准名称，或写进 --columns 文件；不是的话在 --columns 文件的 [sheets] 里写成“不读”";
        assert_eq!(read_with("培训台账", text, ""), expected, "{text}");
    }
    // The columns of a group that are numbered.
    let text = "日期|姓名|学时|<|<\n||#1|#2|#3\n2023-03-06|张三|#20|#10|#30\n";
    assert!(read_with("培训台账", text, "").contains("没有找到“学时”这一列"));
    // Cells that are merged in the rows as well have one value.
    let text = "日期|姓名|学时|<\n2023-03-06|张三|#20|<\n2023-03-07|张三|#20|<\n";
    assert_eq!(read(text), "training 1-1: A=date B=name C=hours");
    // A column without a header beside one that has one.
    let text = "日期|姓名|学时||类别\n2023-03-06|张三|#20|x|面授\n";
    assert_eq!(read(text), "training 1-1: A=date B=name C=hours E=kind");
}

#[test]
fn a_group_may_say_whose_name_it_is() {
    let text = "日期|类型|听课人|<|授课教师|<\n^|^|工号|姓名|姓名|单位\n";
    let expected = "activities 1-2: A=date B=kind C=staff-id D=name F=school E~授课教师/姓名";
    assert_eq!(read_with("活动台账", text, ""), expected);
    // 听课 and 评课 lessons are two columns, and neither is the sum: one is compared with the other.
    let text = "日期|类型|姓名|听课|评课\n^|^|^|节数|节数\n";
    assert_eq!(read_with("活动台账", text, ""), "activities 1-2: A=date B=kind C=name D=lessons E~评课/节数");
    let columns = "[\"活动台账\"]\n\"评课/节数\" = \"不读\"\n";
    assert_eq!(read_with("活动台账", text, columns), "activities 1-2: A=date B=kind C=name D=lessons E!评课/节数");
}

#[test]
fn stars_hints_units_breaks_colons_and_width_do_not_matter() {
    let text = "*姓　名\t|＊单位：|出生\n日期(yyyy-MM-dd)|【必填】专 兼 职 |注:只可导入同一所学校老师\n";
    let text = text.replace("出生\n日期", "出生 日期");
    let expected = "staff 1-1: A=name B=institution C=birth-date D=employment E~注:只可导入同一所学校老师";
    assert_eq!(read(&text), expected);
    let text = "日期|姓名|学时（节）|级 别\n(必填)|(必填)|(只填数字)|（选填）\n";
    assert_eq!(read(text), "training 1-2: A=date B=name C=hours D=level");
}

#[test]
fn a_number_in_another_unit_of_time_is_not_taken() {
    let text = "日期|姓名|学时(小时)|培训名称\n2023-03-06|张三|#8|研修\n";
    let expected = "第1行像是“培训台账”的表头，但没有找到“学时”这一列（“学时(小时)”是不是“学时”？），\
                    整张表没有读取，与它有关的“没有”都不能断定；请把工作表和表头改成标准名称，或写进 --columns 文件；不是的话在 --columns 文件的 [sheets] 里写成“不读”";
    assert_eq!(read(text), expected);
    let columns = "[columns]\n\"学时(小时)\" = \"学时\"\n";
    assert_eq!(read_with("Sheet1", text, columns), "training 1-1: A=date B=name C=hours D=topic");
}

#[test]
fn what_nearly_is_a_header_is_asked_and_not_taken() {
    let text = "日期|类型|教研员 姓名1|听课节数（节）合计|性别|天教|学校\n";
    let expected =
        "activities 1-1: A=date B=kind G=school C~教研员 姓名1?姓名 D~听课节数(节)合计?节数 E~性别 F~天教?天数";
    assert_eq!(read_with("活动台账", text, ""), expected);
    let text = "日期|姓名|学食|培训名称\n2023-03-06|张三|#8|研修\n";
    let expected = "第1行像是“培训台账”的表头，但没有找到“学时”这一列（“学食”是不是“学时”？），\
                    整张表没有读取，与它有关的“没有”都不能断定；请把工作表和表头改成标准名称，或写进 --columns 文件；不是的话在 --columns 文件的 [sheets] 里写成“不读”";
    assert_eq!(read(text), expected);
}

#[test]
fn a_required_column_without_a_header_is_said_so() {
    let text = "日期|姓名||培训名称\n2023-03-06|张三|#20|研修\n";
    let expected = "第1行像是“培训台账”的表头，但没有找到“学时”这一列（第C列有内容但没有表头），\
                    整张表没有读取，与它有关的“没有”都不能断定；请补上表头，或把工作表和表头改成标准名称，或写进 --columns 文件；不是的话在 --columns 文件的 [sheets] 里写成“不读”";
    assert_eq!(read_with("2023培训台账", text, ""), expected);
}

#[test]
fn a_sheet_that_may_be_two_tables_says_which() {
    let text = "姓名|学校|开始日期\n张三|一中|2023-03-06\n";
    let expected = "第1行像是表头，但既可能是“到校任教经历”，也可能是“联系学校”，不能确定是哪一种表，整张表没有读取；\
                    请把工作表改成其中一个名称，或在 --columns 文件的 [sheets] 里写明";
    assert_eq!(read(text), expected);
    let columns = "[sheets]\n\"sheet1\" = \"不读\"\n\"Sheet1\" = \"联系学校\"\n";
    assert_eq!(read_with("Sheet1", text, columns), "contacts 1-1: A=name B=school C=start-date");
    assert_eq!(read_with("sheet1", text, columns), "unwanted");
    assert_eq!(read("姓名|学校|开始日期\n"), "只有第1行的表头，下面没有一行内容，没有可读取的");
    assert_eq!(read(""), "empty");
    let expected = "名称和各列都不像是要核查的表，没有读取，结论不以它为依据；如果它是该核查的表，请把工作表和表头改成标准名称，或在 --columns 文件的 [sheets] 里写明";
    assert_eq!(read("请如实填写\n不要改动表头\n"), expected);
}

#[test]
fn the_offices_own_headers_go_before_all_others() {
    let text = "日期|类型|姓名|负责人|备用\n";
    let columns = "[columns]\n\"负责人\" = \"姓名\"\n\"备用\" = \"不读\"\n";
    assert_eq!(read_with("活动台账", text, columns), "activities 1-1: A=date B=kind D=name E!备用 C~姓名");
    let columns = "[columns]\n\"姓名\" = \"不读\"\n[\"活动台账\"]\n\"负责人\" = \"姓名\"\n";
    assert_eq!(read_with("活动台账", text, columns), "activities 1-1: A=date B=kind D=name C!姓名 E~备用");
    let columns = "[columns]\n\"负责人\" = \"姓名\"\n\"备用\" = \"姓名\"\n";
    assert!(read_with("活动台账", text, columns).starts_with("第1行的D列“负责人”和E列“备用”都是“姓名”"));
}

#[test]
fn a_hostile_sheet_of_headers_takes_no_time() {
    let row = (0..16_384).map(|column| if column % 3 == 0 { "学时" } else { "" }).collect::<Vec<_>>().join("|");
    let text = format!("{row}\n").repeat(30);
    let began = std::time::Instant::now();
    assert!(read(&text).starts_with("名称和各列都不像"));
    assert!(began.elapsed().as_secs() < 20, "{:?}", began.elapsed());
}

fn cell() -> impl Strategy<Value = &'static str> {
    let cells = [
        "",
        "",
        "<",
        "^",
        "姓名",
        "学时",
        "日期",
        "合计",
        "学历",
        "最高学历学位",
        "第一学历",
        "(必填)",
        "学食",
        "#5",
        "类型",
        "张三",
        "学校",
    ];
    proptest::sample::select(cells.to_vec())
}

proptest! {
    #[test]
    fn every_header_of_a_random_sheet_is_read_or_left_over_once(
        rows in prop::collection::vec(prop::collection::vec(cell(), 6), 1..6),
        sheet in proptest::sample::select(vec!["Sheet1", "培训台账", "花名册", "活动台账"]),
    ) {
        let can_merge = |at: usize, column: usize| match rows[at][column] {
            "<" => column > 0,
            "^" => at > 0,
            _ => true,
        };
        let cell = |at: usize, column: usize| if can_merge(at, column) { rows[at][column] } else { "" };
        let line = |at: usize| (0..6).map(|column| cell(at, column)).collect::<Vec<_>>().join("|");
        let text: Vec<String> = (0..rows.len()).map(line).collect();
        let columns = Columns::default();
        let recognised = probe(&text.join("\n")).recognise(("", sheet), &KnownHeaders::new(Dictionary::built_in(), &columns));
        if let Ok(Recognised::Table(layout)) = recognised {
            let mut told: Vec<u32> = layout.read.iter().map(|(column, _)| *column).collect();
            let mut taken: Vec<u32> = layout.columns.iter().flatten().copied().collect();
            taken.sort_unstable();
            prop_assert_eq!(&taken, &told);
            told.extend(layout.unused.iter().map(|column| column.column));
            told.sort_unstable();
            let mut headers: Vec<u32> = layout.headers.keys().copied().collect();
            headers.sort_unstable();
            prop_assert_eq!(told, headers);
        }
    }
}
