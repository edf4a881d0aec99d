//! `examples/dongxing-2023/`: the research office of an invented district, under the pack dongxing-2020.

use std::path::Path;

use anyhow::Result;
use jiff::civil::date;

use crate::book::Faults;
use crate::calendar::SCHOOL_YEAR_2023;
use crate::outings::{outings, trainings};
use crate::rng::Rng;
use crate::sheet::{Sheet, Slip, csv_of, lines, workbook_of};

pub const FOLDER: &str = "dongxing-2023";

const SEED: u64 = 20_200_604;

/// Beside the roster's columns: lessons in the first and the second term, tenths of an hour of training.
const PEOPLE: &str = "
Q01|秦若川|青禾区教研室|专职|小学|语文|高级教师|2015-09-01||是|教研|45|42|960
Q02|梅映雪|^|专职|初中|数学|高级教师|2018-09-01||是|教研员|39|40|900
Q03|钱思源|^|专职|小学、初中|英语|一级教师|2019-09-01||是|教研|39|38|895
Q04|骆青山|^|专职|初中|物理|一级教师|2017-03-01||是|科研|38|40|920
Q05|宁致远|^|专职|小学|科学|一级教师|2020-09-01||是|教研|36|40|800
Q06|夏知微|^|专职|初中|历史|一级教师|2024-03-01||是|教研|0|12|300
Q07|屠万钧|^|专职||||2012-09-01||是|后勤|0|0|0
Q08|柏舟|^|专职|小学|数学|高级教师|2016-09-01|||教研|41|44|300
Q09|符小楼|^|专职|初中|语文|高级教师|2014-09-01||是||38|36|930
Q10|褚云开|^|兼职|小学|美术|一级教师|2022-09-01||否|教研|8|10|0
Q11|雷鸣谦|^|专职|初中|化学|高级教师|2008-09-01|2024-01-31|是|教研|43|0|905
";

const SCHOOLS: &str = "
青禾区实验小学|青禾实小|小学|城镇|否
青禾区第二中学|青禾二中|初中|城镇|否
青禾区桑园小学||小学|乡村|否
青禾区芦溪学校|芦溪学校|小学、初中|乡村|是
青禾区南门小学||小学|城镇|是
青禾区城东中学|城东中学|初中|城镇|
";

/// The district has no one for 劳动.
const EXPERTS: &str = "
甘棠|小学|语文、书法
卞明月|初中|道德与法治
车同轨|高中|政治
蔡如松|初中|数学
戴星河|高中|英语
丰年|初中|历史、地理
葛天民|小学|科学
洪波涌|高中|物理、通用技术
纪晓风|初中|化学、生物
康庄|初中|信息科技
蓝田玉|小学|体育
马识途|小学|音乐
聂远志|小学|综合实践
";

const CERTIFICATES: &str = "
QH-2023-001|教学设计评比一等奖|邓小禾|2023-11-20|2023-11-22
QH-2023-002|教学设计评比二等奖|方一苇|2023-11-20|2023-11-22
QH-2023-003|优质课评比一等奖|高闻笛|2023-12-15|2023-12-18
QH-2023-003|优质课评比二等奖|郭长亭|2023-12-15|2023-12-18
|作业设计评比三等奖|何处秋|2024-03-08|2024-03-11
QH-2024-001|命题比赛一等奖|金满仓|2024-04-12|
QH-2019-088|论文评比一等奖|孔令仪|2019-12-31|
QH-2020-001|论文评比二等奖|李春分|2020-01-01|2020-01-06
QH-2019-070|课题结题证书|罗小满|2019年12月|
QH-2024-002|微课评比二等奖|孟冬生||2024-05-20
";

const SLIPS: &[Slip] = &[
    Slip {
        sheet: "教研员花名册",
        line: "Q01|",
        column: "工作单位",
        wrong: "the institution merged over all officers",
        reading: "each has the merged value",
    },
    Slip {
        sheet: "教研员花名册",
        line: "Q07|",
        column: "岗位",
        wrong: "在编 是, 岗位 后勤",
        reading: "no slip: 屠万钧 takes up a post of the research office: 未达标 under posts-not-diverted",
    },
    Slip {
        sheet: "教研员花名册",
        line: "Q08|",
        column: "是否在编",
        wrong: "no 在编",
        reading: "柏舟's 岗位 is 教研: whether the rule applies is unknown: 待核 under posts-not-diverted",
    },
    Slip {
        sheet: "教研员花名册",
        line: "Q09|",
        column: "岗位",
        wrong: "no 岗位类别",
        reading: "符小楼 待核 under posts-not-diverted",
    },
    Slip {
        sheet: "第一学期",
        line: "2023.1|",
        column: "听课日期",
        wrong: "the number 2023.1: January, or October typed as 2023.10",
        reading: "possible: 骆青山 has 38 to 41 lessons: 待核",
    },
    Slip {
        sheet: "第一学期",
        line: "|若干|",
        column: "听课节数",
        wrong: "若干 is no number",
        reading: "宁致远 has 36 sure lessons and an open upper end: 待核",
    },
    Slip {
        sheet: "第一学期",
        line: "钱思原",
        column: "听课人",
        wrong: "钱思原 is not in the roster; the nearest name is 钱思源",
        reading: "listed, counts for no one: 钱思源 stays at 39: 未达标",
    },
    Slip {
        sheet: "第一学期",
        line: "2023-11-16|梅映雪|听课|",
        column: "听课节数",
        wrong: "an observed lesson without 节数",
        reading: "one lesson: 梅映雪 has 40: 达标",
    },
    Slip {
        sheet: "第一学期",
        line: "符小楼、褚云开",
        column: "听课人",
        wrong: "two names in one cell",
        reading: "the two lessons count for both: 符小楼 40 (达标), 褚云开 10 (未达标)",
    },
    Slip {
        sheet: "第二学期",
        line: "２０２４．３．１２",
        column: "日期",
        wrong: "full-width digits in a date",
        reading: "2024-03-12",
    },
    Slip {
        sheet: "第二学期",
        line: "|４|",
        column: "节数",
        wrong: "full-width digits: ４",
        reading: "four lessons: 符小楼 has 40: 达标",
    },
    Slip {
        sheet: "培训台账",
        line: "|待补",
        column: "课时",
        wrong: "待补: the hours are not known yet",
        reading: "宁致远 has 80 sure hours and an open upper end",
    },
    Slip {
        sheet: "证书登记",
        line: "郭长亭",
        column: "证书编号",
        wrong: "the number of the row above once more",
        reading: "neither is unique: both 未达标",
    },
    Slip { sheet: "证书登记", line: "何处秋", column: "证书编号", wrong: "no number", reading: "未达标" },
    Slip {
        sheet: "证书登记", line: "金满仓", column: "登记日期", wrong: "not registered", reading: "未达标"
    },
    Slip {
        sheet: "证书登记",
        line: "孟冬生",
        column: "发证日期",
        wrong: "no date of issue",
        reading: "whether it was issued in 2020 or later is unknown: 待核",
    },
    Slip {
        sheet: "联系学校",
        line: "青禾区竹坝小学",
        column: "学校",
        wrong: "not in 学校名单",
        reading: "it may be 乡村 or 薄弱: the district has 2 to 3 such contact schools: 达标",
    },
];

const HEAD: &str = "# Workbooks of an invented district, school year 2023-2024

Made by `cargo run --example make_examples` from a fixed seed: the same program gives the same bytes. Every person, school,
place and number is invented. 青禾区教研室 has eleven people. The records end on 30 June 2024, before the year does, so
that what is short in the second term or the year is 未到期.

    jiaoyan check examples/dongxing-2023 --pack dongxing-2020 --period 2023-2024 --as-of 2024-06-30

| file | sheets |
|---|---|
| 教研员花名册.xlsx | 教研员花名册 (header in row 3) |
| 听课与活动台账.xlsx | 第一学期, 第二学期 (the same table under other headers) |
| 培训台账.csv | the training ledger, in GBK |
| 专家与证书.xlsx | 专家库, 证书登记 |
| 学校与联系点.xlsx | 学校名单, 联系学校 |

`expected.toml` holds verdicts that were worked out from the workbooks without the checker.
";

const TAIL: &str = "
Not a slip: 雷鸣谦 left on 2024-01-31 and 夏知微 came on 2024-03-01, so each counts for one term; no expert is for 劳动; no
质量监测 has been held in the second term yet.
";

pub fn make(folder: &Path) -> Result<()> {
    let mut rng = Rng::new(SEED);
    let mut faults = Faults::default();
    let people = people();
    let mut book = |file: &str, sheets: &[Sheet]| workbook_of(folder, file, sheets, SLIPS, &mut faults);
    book("教研员花名册.xlsx", &[roster(&people)])?;
    book("听课与活动台账.xlsx", &[first_term(&mut rng, &people), second_term(&mut rng, &people)])?;
    book("专家与证书.xlsx", &[experts(), certificates()])?;
    book("学校与联系点.xlsx", &[schools(), contacts()])?;
    csv_of(folder, "培训台账.csv", &training(&mut rng, &people), SLIPS, &mut faults)?;
    faults.note("培训台账.csv".to_owned(), "GBK, not UTF-8", "read all the same: 梅映雪 has 90 hours: 达标");
    crate::readme::write(folder, HEAD, &faults, TAIL)
}

struct Person {
    line: String,
    id: &'static str,
    name: &'static str,
    stage: &'static str,
    /// Lessons in the two terms, tenths of an hour of training.
    plan: [usize; 3],
}

fn people() -> Vec<Person> {
    let person = |line: &'static str| {
        let field: Vec<&str> = line.split('|').collect();
        let plan = [11, 12, 13].map(|at: usize| field[at].parse().expect("a number of the plan"));
        Person { line: field[..11].join("|"), id: field[0], name: field[1], stage: field[4], plan }
    };
    PEOPLE.trim().lines().map(person).collect()
}

fn roster(people: &[Person]) -> Sheet {
    Sheet {
        name: "教研员花名册",
        top: &["青禾区教研室教研员花名册", "填报单位（盖章）：青禾区教研室          填报日期：2024年6月30日"],
        headers: "工号|*姓名|工作单位|专兼职|学段|学科|职称|任教研员\n时间|离岗日期|是否在编|岗位",
        lines: people.iter().map(|person| person.line.clone()).collect(),
        foot: &["合计|11人|||||||||", "单位负责人：祝长风          填表人：徐来"],
    }
}

/// Ordinary rows of a term: 日期, 姓名, 类型, 学校, 节数.
fn observed(rng: &mut Rng, people: &[Person], term: usize) -> Vec<String> {
    let open = match term {
        0 => SCHOOL_YEAR_2023.days(date(2023, 9, 4), date(2024, 1, 12)),
        _ => SCHOOL_YEAR_2023.days(date(2024, 3, 4), date(2024, 6, 28)),
    };
    let mut rows = Vec::new();
    for person in people.iter().filter(|person| person.plan[term] > 0) {
        for outing in outings(rng, &open, &vec![1; person.plan[term].div_ceil(4)], person.plan[term]) {
            let schools: &[&str] = match person.stage {
                "小学" => &["青禾区实验小学", "青禾实小", "青禾区桑园小学", "芦溪学校", "青禾区南门小学"],
                _ => &["青禾区第二中学", "青禾二中", "青禾区芦溪学校", "城东中学"],
            };
            let (school, kind) = (rng.pick(schools), rng.pick(&["听评课", "听课", "评课", "下校指导"]));
            rows.push(format!("{}|{}|{kind}|{school}|{}||听课评课", outing.first, person.name, outing.lessons));
        }
    }
    rows
}

fn first_term(rng: &mut Rng, people: &[Person]) -> Sheet {
    let mut rows = observed(rng, people, 0);
    rows.extend(lines(
        "
2023-11-16|梅映雪|听课|城东中学|||推门听课
2023.1|骆青山|听课|青禾二中|3||实验教学
2023-12-07|宁致远|听评课|青禾实小|若干||科学探究课
2023-10-19|钱思原|听课|城东中学|2||阅读课
2023-12-14|符小楼、褚云开|听评课|芦溪学校|2||联合听课
2023-10-12|秦若川|示范课|青禾区桑园小学||区级|古诗教学
2023-11-09|骆青山|研究课|青禾二中||区级|浮力
2023-12-21|骆青山|研讨课|城东中学||校级|电路
2023-11-30|钱思源|讲座|青禾区实验小学||区级|英语绘本教学
2023-11-23|柏舟|公开课|青禾实小||区级|分数的意义
2024-01-15|秦若川|期末监测||||小学语文、数学学业质量监测
",
    ));
    rows.sort();
    Sheet {
        name: "第一学期",
        top: &["青禾区教研室2023—2024学年第一学期听课与活动台账"],
        headers: "听课日期|听课人|活动形式|听课地点|听课节数|级别|课题",
        lines: rows,
        foot: &["合计||||334||", "填表人：徐来          审核人：祝长风"],
    }
}

fn second_term(rng: &mut Rng, people: &[Person]) -> Sheet {
    let mut rows = observed(rng, people, 1);
    rows.extend(lines(
        "
2024-05-23|符小楼|听评课|青禾二中|４||文言文教学
２０２４．３．１２|秦若川|示范课|青禾实小||区级|习作教学
2024-04-18|梅映雪|公开课|城东中学||校级|一次函数
2024-04-25|柏舟|示范课|青禾区南门小学||区级|图形的运动
2024-05-16|柏舟|献课|芦溪学校||校级|统计
",
    ));
    rows.sort();
    Sheet {
        name: "第二学期",
        top: &[],
        headers: "日期|姓名|类型|学校|节数|级别|主题",
        lines: rows,
        foot: &["小计||||302||"],
    }
}

fn experts() -> Sheet {
    Sheet {
        name: "专家库",
        top: &["学科教学研究专家库"],
        headers: "专家姓名|学段|学科",
        lines: lines(EXPERTS),
        foot: &[],
    }
}

fn certificates() -> Sheet {
    Sheet {
        name: "证书登记",
        top: &["证书统一编号登记表"],
        headers: "证书编号|证书名称|持证人|发证日期|登记日期",
        lines: lines(CERTIFICATES),
        foot: &[],
    }
}

fn schools() -> Sheet {
    Sheet {
        name: "学校名单", top: &[], headers: "学校名称|简称|学段|城乡|薄弱", lines: lines(SCHOOLS), foot: &[]
    }
}

fn contacts() -> Sheet {
    let table = "
1|秦若川|青禾区桑园小学|主|2022-09-01|
2|梅映雪|青禾区第二中学|主|2022-09-01|
3|柏舟|青禾区南门小学|主|2023-09-01|
4|钱思源|青禾区竹坝小学|主|2023-09-01|
5|雷鸣谦|芦溪学校|主|2021-09-01|2024-01-31
";
    Sheet {
        name: "联系学校",
        top: &[],
        headers: "序号|姓名|学校|角色|开始日期|结束日期",
        lines: lines(table),
        foot: &[],
    }
}

fn training(rng: &mut Rng, people: &[Person]) -> Sheet {
    let open = SCHOOL_YEAR_2023.days(date(2023, 9, 4), date(2024, 6, 28));
    let mut rows = Vec::new();
    for person in people {
        // Who came or left in the year was trained while in post.
        let (id, name) = (person.id, person.name);
        let days: Vec<_> = match id {
            "Q06" => SCHOOL_YEAR_2023.days(date(2024, 3, 4), date(2024, 6, 28)),
            "Q11" => SCHOOL_YEAR_2023.days(date(2023, 9, 4), date(2024, 1, 19)),
            _ => open.clone(),
        };
        let topic = rng.pick(&["新课标研修", "命题能力培训", "教研员专题培训"]);
        let parts = trainings(rng, &days, person.plan[2]);
        rows.extend(parts.iter().map(|(day, hours)| format!("{day}|{id}|{name}|{topic}|{hours}")));
    }
    rows.push("2024-06-20|Q05|宁致远|信息技术应用能力提升工程2.0培训|待补".to_owned());
    rows.sort();
    Sheet {
        name: "培训台账", top: &[], headers: "培训日期|工号|姓名|培训名称|课时", lines: rows, foot: &[]
    }
}
