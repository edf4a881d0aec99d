//! What each column of a template is for, and what its example row holds.

use crate::dictionary::{Field, FieldKind, Table};

/// By table and field: what is filled in, and an example of it. The example of an end that has not come is blank, and the
/// example 身份证号 has the sequence 000, which nobody has.
const FIELDS: [(&str, &str, &str, &str); 93] = [
    ("staff", "staff-id", "教职工编号，同名的人靠它区分", "T001"),
    ("staff", "name", "本人姓名", "张三"),
    ("staff", "institution", "所在的教研机构", "某县教师发展中心"),
    ("staff", "level", "所在单位的层级", "县级"),
    ("staff", "employment", "专职还是兼职教研员", "专职"),
    ("staff", "stage", "负责的学段", "小学、初中"),
    ("staff", "subject", "负责的学科", "语文"),
    ("staff", "title", "现有的职称（特级教师是荣誉，不是职称）", "高级教师"),
    ("staff", "appointed-title", "现在聘任的职称", "高级教师"),
    ("staff", "education", "最高学历（学位不是学历）", "本科"),
    ("staff", "honours", "骨干教师、学科带头人、名师、特级教师等，连同级别；没有的写“无”", "县级骨干教师"),
    ("staff", "birth-date", "出生的日期", "1985-06-15"),
    ("staff", "id-number", "身份证上的号码", "110101198506150000"),
    ("staff", "teaching-since", "开始任教的日期", "2008-09-01"),
    ("staff", "start-date", "开始担任教研员的日期", "2018-09-01"),
    ("staff", "end-date", "离开教研员岗位的日期", ""),
    ("staff", "on-payroll", "是否占教研机构的编制", "是"),
    ("staff", "on-post", "是否在教研岗位上；借出、借调、长期病假等写“否”", "是"),
    ("staff", "duty", "实际从事的工作", "教研"),
    ("staff", "sex", "只用来与身份证号核对", "女"),
    ("activities", "date", "活动的日期；跨几天的写第一天", "2023-09-14"),
    ("activities", "end-date", "跨几天的活动写最后一天", ""),
    ("activities", "staff-id", "参加的教研员的工号；几个人一起参加的，这一格空着，逐个写姓名", "T001"),
    ("activities", "name", "参加的教研员", "张三"),
    ("activities", "institution", "组织活动的教研机构", "某县教师发展中心"),
    ("activities", "kind", "活动的类型", "听评课"),
    ("activities", "school", "活动所在的学校", "某县第一中学"),
    ("activities", "level", "活动的级别：由哪一级组织就写哪一级", "县级"),
    ("activities", "stage", "活动涉及的学段", "初中"),
    ("activities", "subject", "活动涉及的学科", "语文"),
    ("activities", "days", "实际工作的天数；跨几天的活动一定要写", "1"),
    ("activities", "lessons", "听课、评课的节数", "2"),
    ("activities", "quantity", "这一行代表几件、几场或几人", "1"),
    ("activities", "topic", "活动、课题、报告的名称", "单元整体教学研讨"),
    ("activities", "goal", "进校之前明确的工作目标", "了解单元教学的落实情况"),
    ("activities", "feedback", "活动之后向学校反馈的意见", "建议加强集体备课"),
    ("training", "date", "培训的日期；跨几天的写第一天", "2023-07-14"),
    ("training", "end-date", "跨几天的培训写最后一天", ""),
    ("training", "staff-id", "参训人的工号；几个人一起参训的，这一格空着，逐个写姓名", "T001"),
    ("training", "name", "参训的教研员", "张三"),
    ("training", "institution", "参训人所在的教研机构", "某县教师发展中心"),
    ("training", "topic", "培训的名称", "教研能力提升研修"),
    ("training", "kind", "培训的类别，如 教研能力提升、通识", "教研能力提升"),
    ("training", "hours", "每个人所得的学时", "24"),
    ("training", "level", "培训的级别：由哪一级组织就写哪一级", "市级"),
    ("postings", "staff-id", "任教或挂职的人的工号", "T001"),
    ("postings", "name", "任教或挂职的人", "张三"),
    ("postings", "institution", "本人所在的教研机构", "某县教师发展中心"),
    ("postings", "school", "任教或挂职的学校", "某县第一中学"),
    ("postings", "role", "在学校担任的岗位", "备课组长"),
    ("postings", "kind", "任教或挂职的性质", "挂职"),
    ("postings", "start-date", "开始的日期", "2021-09-01"),
    ("postings", "end-date", "结束的日期", ""),
    ("schools", "name", "学校的全称", "某县第一中学"),
    ("schools", "short-name", "其他表里用的简称", "县一中"),
    ("schools", "county", "学校所在的县、市、区", "某县"),
    ("schools", "stage", "学校有哪些学段", "初中、高中"),
    ("schools", "area", "学校在城镇还是乡村", "城镇"),
    ("schools", "weak", "是不是薄弱学校", "否"),
    ("schools", "base", "是不是基地学校", "是"),
    ("schools", "affiliation", "学校由谁主管，如 局属、区县属", "区县属"),
    ("schools", "model-level", "学科研训示范基地的级别；没有的写“无”", "县级"),
    ("schools", "brand-project", "特色品牌项目的名称", "书香校园"),
    ("schools", "advanced-groups", "先进教研组的个数；没有的写 0", "1"),
    ("schools", "named-teachers", "名优教师的人数；没有的写 0", "2"),
    ("contacts", "staff-id", "联系这所学校的人的工号", "T001"),
    ("contacts", "name", "联系这所学校的人", "张三"),
    ("contacts", "institution", "联系这所学校的教研机构", "某县教师发展中心"),
    ("contacts", "school", "所联系的学校", "某县第一中学"),
    ("contacts", "role", "为主联系还是协同联系", "主"),
    ("contacts", "start-date", "开始联系的日期", "2022-09-01"),
    ("contacts", "end-date", "不再联系的日期", ""),
    ("school-teachers", "name", "教师姓名", "李四"),
    ("school-teachers", "school", "所在的基地学校", "某县第一中学"),
    ("school-teachers", "birth-date", "出生的日期，用来看是不是青年教师", "1995-03-20"),
    ("school-teachers", "took-part", "是否参加了优质课评比", "是"),
    ("school-teachers", "award", "是否在优质课评比中获奖", "否"),
    ("institutions", "name", "教研机构的全称", "某县教师发展中心"),
    ("institutions", "level", "机构的层级", "县级"),
    ("institutions", "total-posts", "编制部门核定的总编制数", "40"),
    ("institutions", "research-posts", "其中专职教研员的编制数", "30"),
    ("figures", "institution", "数据属于哪个教研机构", "某县教师发展中心"),
    ("figures", "year", "数据属于哪个年度", "2023"),
    ("figures", "item", "哪一个项目", ""),
    ("figures", "value", "项目的数值；金额都用同一个单位，如 万元", "3"),
    ("certificates", "number", "证书的登记编号", "JY-2023-001"),
    ("certificates", "name", "证书的名称", "优质课评比获奖证书"),
    ("certificates", "holder", "持证人的姓名", "张三"),
    ("certificates", "issued", "发证的日期", "2023-06-30"),
    ("certificates", "registered", "登记备案的日期", "2023-07-05"),
    ("experts", "name", "专家姓名", "王五"),
    ("experts", "stage", "专家熟悉的学段", "小学"),
    ("experts", "subject", "专家所属的学科", "数学"),
];

/// What a row of each table stands for.
const ROWS: [(&str, &str); 11] = [
    ("staff", "一个人一行"),
    ("activities", "一次活动一行；几个人一起参加的写在同一行"),
    ("training", "一次培训一行；各人学时不同的分行写"),
    ("postings", "一个人到一所学校任教或挂职一次，写一行"),
    ("schools", "一所学校一行"),
    ("contacts", "一所联系学校一行；几个人联系同一所学校的各写一行"),
    ("school-teachers", "基地学校的一名教师一行"),
    ("institutions", "一个教研机构一行"),
    ("figures", "一个单位一年的一个项目一行"),
    ("certificates", "一本证书一行"),
    ("experts", "一位专家一行"),
];

fn of(table: &Table, field: &Field) -> Option<&'static (&'static str, &'static str, &'static str, &'static str)> {
    FIELDS.iter().find(|(of_table, id, _, _)| *of_table == table.id && *id == field.id)
}

/// What is filled in.
pub(super) fn what<'f>(table: &Table, field: &'f Field) -> &'f str {
    of(table, field).map_or(field.header.as_str(), |(_, _, what, _)| what)
}

/// What a row of the table stands for.
pub(super) fn row(table: &Table) -> &'static str {
    ROWS.iter().find(|(id, _)| *id == table.id).map_or("一条记录一行", |(_, row)| row)
}

/// An example of what is filled in; `words` are those of the column's list. Blank for an end that has not come.
pub(super) fn example(table: &Table, field: &Field, words: Option<&[&str]>) -> String {
    let written = of(table, field).map_or("", |(_, _, _, example)| example);
    match words.and_then(|words| words.first()) {
        Some(first) if written.is_empty() => (*first).to_string(),
        Some(_) | None => written.to_string(),
    }
}

/// Whether the cells of a column are kept as text, so that no digit is lost and nothing is made a date or a number.
pub(super) fn is_text(kind: FieldKind) -> bool {
    match kind {
        FieldKind::Code | FieldKind::Identity | FieldKind::Year | FieldKind::Text | FieldKind::Texts => true,
        FieldKind::Person | FieldKind::People | FieldKind::School | FieldKind::Institution => true,
        FieldKind::Flag | FieldKind::Word(_) | FieldKind::Words(_) => true,
        FieldKind::Number | FieldKind::Figure | FieldKind::Date => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Dictionary;

    #[test]
    fn every_column_of_the_dictionary_and_nothing_else_is_explained_in_its_order() {
        let tables = &Dictionary::built_in().tables;
        let fields = tables.iter().flat_map(|table| table.fields.iter().map(|field| (table.id.as_str(), &*field.id)));
        let explained = FIELDS.iter().map(|(table, field, _, _)| (*table, *field));
        assert_eq!(explained.collect::<Vec<_>>(), fields.collect::<Vec<_>>());
        let rows: Vec<&str> = ROWS.iter().map(|(table, _)| *table).collect();
        assert_eq!(rows, tables.iter().map(|table| table.id.as_str()).collect::<Vec<_>>());
    }
}
