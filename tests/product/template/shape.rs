//! Which sheets and columns a template has, and what its instructions say.

use std::fs;

use calamine::Data;
use insta::assert_snapshot;
use jiaoyan::dictionary::{Dictionary, FieldKind};
use jiaoyan::pack::{self, built_in_ids};

use super::{all_packs, guide, pack_of_everything, tables, template};

/// A line for each sheet: its name and headers.
fn shape(packs: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let line = |(name, rows): &(String, Vec<Vec<Data>>)| {
        let headers: Vec<String> = rows[0].iter().map(ToString::to_string).collect();
        format!("{name}：{}", headers.join(" "))
    };
    tables(&template(folder.path(), packs)).iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn each_pack_gets_the_sheets_and_columns_that_it_needs_and_no_others() {
    assert_snapshot!(shape(&["jiangmen-2022"]), @"
    教研员花名册：工号 姓名* 单位 层级 专兼职 学段 学科 职称 学历 从教日期 任教研员日期 离岗日期 在编 在岗
    活动台账：日期* 结束日期 工号 姓名 单位 类型* 学校 级别 学段 天数 节数 主题
    培训台账：日期* 结束日期 工号 姓名 单位 培训名称 类别 学时*
    到校任教经历：工号 姓名 单位 岗位 开始日期* 结束日期
    学校名单：学校* 简称 县区 学段 城乡 薄弱
    联系学校：工号 姓名 单位 学校* 开始日期 结束日期
    机构情况：单位* 层级 总编制 专职教研员编制
    年度数据：单位 年度 项目* 数值*
    ");
    assert_snapshot!(shape(&["dongxing-2020"]), @"
    教研员花名册：工号 姓名* 单位 专兼职 任教研员日期 离岗日期 在编 岗位类别
    活动台账：日期* 结束日期 工号 姓名 单位 类型* 学校 级别 节数 主题
    培训台账：日期* 结束日期 工号 姓名 单位 培训名称 学时*
    学校名单：学校* 简称 城乡 薄弱
    联系学校：工号 姓名 单位 学校* 开始日期 结束日期
    机构情况：单位* 层级
    证书登记：证书编号 证书名称 持证人 发证日期* 登记日期
    专家库：姓名* 学科
    ");
    assert_snapshot!(shape(&["training-school"]), @"
    教研员花名册：工号 姓名* 单位 专兼职 学段 学科 职称 学历 荣誉 出生日期 从教日期 任教研员日期 离岗日期
    活动台账：日期* 结束日期 工号 姓名 单位 类型* 学校 级别 学段 天数 节数 主题
    培训台账：日期* 结束日期 工号 姓名 单位 培训名称 学时*
    到校任教经历：工号 姓名 单位 学校 性质 开始日期* 结束日期
    学校名单：学校* 简称 学段
    机构情况：单位* 层级
    年度数据：单位 年度 项目* 数值*
    ");
    assert_snapshot!(shape(&["yueqing-2020"]), @"
    教研员花名册：工号 姓名* 单位 学科 任教研员日期 离岗日期 岗位类别
    活动台账：日期* 结束日期 工号 姓名 单位 类型* 学校 级别 学科 天数 节数 主题 工作目标 反馈
    学校名单：学校* 简称 城乡 基地 示范基地级别 品牌项目 先进教研组数 名优教师数
    联系学校：工号 姓名 单位 学校* 角色 开始日期 结束日期
    基地学校教师：姓名* 学校* 出生日期 参加优质课评比 获奖
    机构情况：单位* 层级
    ");
    assert_snapshot!(shape(&["urumqi-2024"]), @"
    教研员花名册：工号 姓名* 单位 职称 聘任职称 任教研员日期 离岗日期
    活动台账：日期* 结束日期 工号 姓名 单位 类型* 学校 学段 学科 节数 数量 主题 反馈
    学校名单：学校* 简称 县区 学段 隶属
    机构情况：单位* 层级
    年度数据：单位 年度 项目* 数值*
    ");
}

#[test]
fn several_packs_share_one_template() {
    assert_snapshot!(shape(&all_packs()), @"
    教研员花名册：工号 姓名* 单位 层级 专兼职 学段 学科 职称 聘任职称 学历 荣誉 出生日期 从教日期 任教研员日期 离岗日期 在编 在岗 岗位类别
    活动台账：日期* 结束日期 工号 姓名 单位 类型* 学校 级别 学段 学科 天数 节数 数量 主题 工作目标 反馈
    培训台账：日期* 结束日期 工号 姓名 单位 培训名称 类别 学时*
    到校任教经历：工号 姓名 单位 学校 岗位 性质 开始日期* 结束日期
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
    let asked = "1. 身份证号只用于：《全部列》 一 staff-id-number；《全部列》 一 activities-id-number；《全部列》 一 training-id-number；\
         《全部列》 一 postings-id-number；《全部列》 一 contacts-id-number。不要添加手机号码、家庭住址、银行账号等与核查无关的列。";
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
    assert_eq!(identity, ["身份证号"; 5]);
    assert!(!shape(&all_packs()).contains("身份证"));
}
