//! The rows of the activity ledger that stand at an edge or hold a fault, each of them on purpose.

use jiff::civil::{Date, date};

use super::activities::Activity;
use super::people::{INSTITUTIONS, Institution, Person};
use crate::book::Cell;

/// Finds the officers that the cases speak of.
pub struct Cast<'a>(pub &'a [Person]);

impl Cast<'_> {
    fn one(&self, id: &str) -> &Person {
        self.0.iter().find(|person| person.id == id).expect("an officer of the roster")
    }

    fn visit(&self, id: &str, day: Date, kind: &str) -> Activity {
        let person = self.one(id);
        Activity::on(day, person.home, kind).by(person)
    }

    fn joint(&self, ids: &[&str], day: Date, kind: &str, separator: &str) -> Activity {
        let people: Vec<&Person> = ids.iter().map(|id| self.one(id)).collect();
        Activity::on(day, people[0].home, kind).by_all(&people, separator).counting(Cell::Blank, 2.0)
    }
}

fn home(code: &str) -> &'static Institution {
    INSTITUTIONS.iter().find(|one| one.code == code).expect("a known institution")
}

/// Rows that count towards the plans of those whom they name.
pub fn within_plan(cast: &Cast) -> Vec<Activity> {
    [city_inspections(cast), shared_visits(cast), patterns(cast), odd_but_sure(cast)].concat()
}

/// In the second term 临溪 is missed (a 初中 is no 高中), in the first term 北麓 (its own inspection is not the city's).
fn city_inspections(cast: &Cast) -> Vec<Activity> {
    let round = |ids: &[&str], day, school: &str| {
        let mut row = cast.joint(ids, day, "集体视导", "、").at(school).about("高中教学集体视导");
        "高中".clone_into(&mut row.stage);
        row
    };
    let mut at_middle_school = round(&["Y002", "Y004", "Y005"], date(2023, 4, 19), "临溪区文澜初级中学");
    "初中".clone_into(&mut at_middle_school.stage);
    vec![
        round(&["Y002", "Y004", "Y006", "Y007"], date(2023, 3, 14), "东屿区第一高级中学").flawed(
            "姓名",
            "several names in one cell, joined by 、",
            "the row counts for each of the four",
        ),
        round(&["Y002", "Y004", "Y006", "Y012"], date(2023, 3, 15), "北麓区中学"),
        round(&["Y002", "Y006", "Y008"], date(2023, 4, 18), "云港市第三中学"),
        at_middle_school,
        round(&["Y002", "Y004", "Y009", "Y010"], date(2023, 10, 17), "东屿一高").flawed(
            "学校",
            "a school by its short name",
            "东屿区第一高级中学, through 简称",
        ),
        round(&["Y004", "Y006", "Y008", "Y013"], date(2023, 11, 8), "临溪高中"),
        round(&["B302", "B305"], date(2023, 10, 25), "北麓区中学"),
    ]
}

fn shared_visits(cast: &Cast) -> Vec<Activity> {
    let days = [(3, 7), (3, 21), (4, 6), (4, 20), (5, 11), (9, 12), (9, 26), (10, 18), (11, 9), (12, 5)];
    days.iter()
        .enumerate()
        .map(|(at, &(month, day))| {
            let separator = if at % 4 == 3 { "，" } else { "、" };
            let kind = if at % 3 == 2 { "视导" } else { "听评课" };
            cast.joint(&["L203", "L204"], date(2023, month, day), kind, separator)
                .at("临溪区文澜初级中学")
                .about("联合听课")
        })
        .collect()
}

/// 顾念慈's three-day visit, two schools in one day, and two halves of one day.
fn patterns(cast: &Cast) -> Vec<Activity> {
    let visit = |day, kind, days: Cell| cast.visit("Y001", day, kind).counting(days, Cell::Blank).about("蹲点指导");
    let mut three = visit(date(2023, 3, 27), "蹲点调研", 3.0.into()).at("东屿区沙湾学校");
    three.end = date(2023, 3, 29).into();
    vec![
        three,
        visit(date(2023, 4, 11), "下校指导", Cell::Blank).at("东屿区实验小学"),
        visit(date(2023, 4, 11), "听评课", Cell::Blank).at("东屿区潮声小学"),
        visit(date(2023, 4, 13), "下校指导", 0.5.into()).at("临溪区第二小学"),
        visit(date(2023, 4, 13), "下校指导", 0.5.into()).at("临溪区桐花小学"),
    ]
}

/// Cells that look wrong but can be read only one way.
fn odd_but_sure(cast: &Cast) -> Vec<Activity> {
    let wide = Activity {
        date: "２０２３．５．１６".into(),
        ..cast.visit("D104", date(2023, 5, 16), "下校指导").at("东屿区汐月初级中学")
    };
    let digits = Activity {
        date: 20_230_517.0.into(),
        ..cast.visit("D106", date(2023, 5, 17), "下校指导").at("汐月初中")
    };
    let two_days = cast.visit("L206", date(2023, 5, 24), "蹲点调研").at("临溪区松涧小学").counting("2天", Cell::Blank);
    vec![
        wide.flawed("日期", "full-width digits: ２０２３．５．１６", "2023-05-16"),
        digits.flawed("日期", "the number 20230517 in a date cell", "2023-05-17"),
        two_days.flawed("天数", "the text 2天 in a number cell", "two days"),
        cast.visit("D101", date(2023, 3, 22), "下校指导").at("东屿区彩虹学校").flawed(
            "学校",
            "东屿区彩虹学校 is not in 学校名单",
            "listed; the day counts, as days don't ask which school",
        ),
        cast.visit("B302", date(2023, 3, 23), "下校指导").at("中心小学").flawed(
            "学校",
            "中心小学 is the name or short name of no school, and could mean two",
            "listed; the day counts",
        ),
    ]
}

/// Rows on top of the plans: what they add is at most possible, or belongs to no one, or to another year.
pub fn beyond_plan(cast: &Cast) -> Vec<Activity> {
    [doubtful_dates(cast), doubtful_amounts(cast), doubtful_names(cast), doubtful_levels(cast), projects(cast)].concat()
}

fn doubtful_dates(cast: &Cast) -> Vec<Activity> {
    let dated = |id, day, text: &str| Activity {
        date: text.into(),
        ..cast.visit(id, day, "下校指导").at("北麓区中学").about("课堂教学诊断")
    };
    let mut span = cast.visit("Y007", date(2023, 5, 10), "下校指导").at("云港市第三中学");
    span.end = date(2023, 5, 12).into();
    vec![
        dated("Y004", date(2023, 5, 13), "2023.13.5").flawed(
            "日期",
            "2023.13.5: there is no month 13",
            "no date: possible, not sure, so 陆景行 has 59 to 60 days: 待核",
        ),
        dated("B301", date(2023, 2, 28), "2023年2月30日").flawed(
            "日期",
            "2023年2月30日: there is no such day",
            "no date: possible, not sure, so 高木兰 has 79 to 80 days: 待核",
        ),
        span.flawed(
            "天数",
            "结束日期 is two days after 日期 and 天数 is blank",
            "one day is sure, three are possible: 韩星野 has 60 to 62 days: 达标",
        ),
        cast.visit("D102", date(2024, 1, 5), "听评课").at("东屿一高").flawed(
            "日期",
            "a day of 2024 in the ledger of 2023",
            "outside the year: 舒望舒 stays at 79 days and 79 lessons: 未达标",
        ),
    ]
}

fn doubtful_amounts(cast: &Cast) -> Vec<Activity> {
    vec![
        cast.visit("Y005", date(2023, 9, 20), "下校指导").at("东屿区实验小学").counting("半天", Cell::Blank).flawed(
            "天数",
            "半天 in words",
            "half a day, so 苏晚晴 has 59.5 days: 未达标",
        ),
        cast.visit("Y005", date(2023, 9, 21), "听评课").at("东屿区实验小学").counting(Cell::Blank, "若干").flawed(
            "节数",
            "若干 is no number",
            "unreadable: 58 lessons are sure, the upper end is open: 待核",
        ),
        cast.visit("B305", date(2023, 9, 22), "下校指导").at("北麓区中学").counting("约2", Cell::Blank).flawed(
            "天数",
            "约2 is no exact number",
            "not sure: 邵含章 has 79 sure days: 待核",
        ),
        cast.visit("D103", date(2023, 10, 19), "结对走访")
            .at("东屿区潮声小学")
            .of_level("校级")
            .counting(Cell::Blank, 2.0)
            .flawed(
                "类型",
                "结对走访 is an activity kind that no list knows",
                "it may be a visit or not: 何以宁 has 79 to 80 days and 78 to 80 lessons: 待核",
            ),
    ]
}

fn doubtful_names(cast: &Cast) -> Vec<Activity> {
    let mut typo = cast.visit("Y002", date(2023, 11, 15), "听评课").at("云港市第三中学");
    (typo.id, typo.names) = (String::new(), "沈怀谨".to_owned());
    let nobody = Activity::on(date(2023, 4, 12), home("T"), "听评课").at("望汐镇中心小学").counting(Cell::Blank, 1.0);
    vec![
        typo.flawed(
            "姓名",
            "沈怀谨 is not in the roster; the nearest name is 沈怀瑾",
            "listed with the nearest name, counts for no one: 沈怀瑾 stays at 59: 未达标",
        ),
        nobody.flawed(
            "姓名",
            "no name",
            "possible for each officer of 望汐镇教研办公室: 莫听雨 80 to 81 (达标), 石见川 77 to 78 (未达标)",
        ),
    ]
}

fn doubtful_levels(cast: &Cast) -> Vec<Activity> {
    vec![
        cast.visit("Y002", date(2023, 5, 18), "公开课").at("云港三中").of_level("校级").about("文言文教学"),
        cast.visit("Y004", date(2023, 5, 25), "示范课").at("云港三中").about("函数教学").flawed(
            "级别",
            "no level for a model lesson",
            "possible: 陆景行 has 4 to 5: 待核",
        ),
        cast.visit("Y005", date(2023, 10, 12), "讲座")
            .at("东屿区实验小学")
            .of_level("区级")
            .about("单元整体教学")
            .flawed(
                "类型",
                "讲座 for 专题讲座, and 区级 for 县级",
                "讲座 may be one that was attended, 区级 is 县级: 苏晚晴 has 4 to 5: 待核",
            ),
    ]
}

/// What the institutions did: projects, and an award that is not the 突出贡献奖.
fn projects(cast: &Cast) -> Vec<Activity> {
    let project = |id, day, topic: &str| cast.visit(id, day, "课题立项").of_level("市级").about(topic);
    let vague =
        Activity { date: "九月初".into(), ..project("B302", date(2023, 9, 4), "小学英语绘本阅读研究") };
    vec![
        project("Y001", date(2023, 3, 20), "小学语文单元整体教学研究"),
        project("Y004", date(2023, 4, 10), "初高中数学衔接研究"),
        project("Y007", date(2023, 9, 18), "思政课一体化研究"),
        project("D104", date(2023, 5, 15), "区域作业设计研究"),
        vague.flawed("日期", "九月初 names no day", "not sure: 北麓区教研室 has 0 to 1 projects: 待核"),
        cast.visit("Y006", date(2023, 9, 8), "评选表彰").of_level("市级").about("优秀教研组长评选"),
    ]
}
