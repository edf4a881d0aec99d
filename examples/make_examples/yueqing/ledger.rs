//! The ledger: a visit in each teaching week, further ones up to the plan of the term, and all that is no visit.

use jiff::civil::{Date, date};

use crate::calendar::Year;
use crate::outings::outings;
use crate::rng::Rng;
use crate::sheet::{Sheet, lines};

/// The days of `calendar.toml` until the records end; the Saturdays that are made up are left to the odd rows.
const YEAR: Year = Year {
    open: &[(date(2023, 9, 4), date(2024, 1, 19)), (date(2024, 2, 26), date(2024, 5, 31))],
    holidays: &[
        (date(2023, 9, 29), date(2023, 10, 6)),
        (date(2023, 11, 6), date(2023, 11, 10)),
        (date(2024, 1, 1), date(2024, 1, 1)),
        (date(2024, 4, 4), date(2024, 4, 5)),
        (date(2024, 5, 1), date(2024, 5, 3)),
    ],
};

/// An officer's visits of a term: days and lessons, and the Mondays of weeks without an ordinary one.
struct Plan {
    name: &'static str,
    school: &'static str,
    short: &'static str,
    terms: [(usize, usize); 2],
    none: &'static [Date],
}

const PLANS: [Plan; 5] = [
    Plan { name: "竹语", school: "望江市第一小学", short: "一小", terms: [(19, 38), (20, 40)], none: &[] },
    Plan {
        name: "沙鸥",
        school: "望江市城南小学",
        short: "城南小学",
        terms: [(18, 39), (15, 30)],
        none: &[date(2023, 9, 18)],
    },
    Plan {
        name: "江蓠",
        school: "望江市江心初级中学",
        short: "江心初中",
        terms: [(19, 42), (14, 28)],
        none: &[date(2023, 10, 16)],
    },
    Plan {
        name: "林下",
        school: "望江市竹溪学校",
        short: "竹溪学校",
        terms: [(18, 44), (13, 26)],
        none: &[date(2023, 11, 20)],
    },
    Plan {
        name: "汀兰",
        school: "望江市北门初级中学",
        short: "北门初中",
        terms: [(18, 30), (14, 20)],
        none: &[date(2023, 9, 18)],
    },
];

const TERMS: [(Date, Date); 2] = [(date(2023, 9, 4), date(2024, 1, 19)), (date(2024, 2, 26), date(2024, 5, 31))];

/// 日期, 研训员, 类型, 学校, 天数, 节数, 工作目标, 反馈.
const ODD_VISITS: &str = "
2023-10-07|竹语|下校指导|一小|1|2|补课日随堂调研|已向学校反馈
2023-10-18|江蓠|蹲点调研|江心学校|1||教研组建设|已向学校反馈
2023年11月31日|林下|下校指导|望江市竹溪学校|1||作业设计|已向学校反馈
2023-09-20|汀兰|听评课|望江市第一小学|1|1|跨学科听课|已向学校反馈
2023-12-28|沙鸥|下校指导|望江市城南小学|1|||已向学校反馈
2023-12-29|林下|下校指导|竹溪学校|1||期末复习|无
";

/// 时间, 参加人员, 活动类型, 范围, 学科, 地点, 主题.
const OTHERS: &str = "
2023-09-11|竹语|工作方案|||望江市第一小学|基地学校学年整体工作方案
2023-09-12|沙鸥|学年整体工作方案|||城南小学|基地学校学年整体工作方案
2023-09-13|林下|工作方案|||望江市竹溪学校|基地学校学年整体工作方案
2023-09-08|竹语|学期安排||||第一学期工作安排
2023-09-08|沙鸥|学期计划||||第一学期工作安排
2023-09-08|江蓠|学期安排||||第一学期工作安排
2024-03-01|竹语|学期工作安排||||第二学期工作安排
2024-01-12|竹语|蹲点调研报告|||望江市第一小学|蹲点调研工作报告
2024-01-15|江蓠|调研报告|||江心初中|蹲点调研工作报告
2024-01-16|林下|调研报告|||竹溪学校|蹲点调研工作报告
2023-12-05|竹语|经验交流会|片区||望江市第一小学|习作教学经验交流
2024-04-23|竹语|教学经验交流会|县级||望江市城南小学|整本书阅读经验交流
2023-12-06|沙鸥|经验交流会|校级||望江市城南小学|数学教研组经验交流
2023-12-07|江蓠|经验交流|||江心初中|实验教学经验交流
2023-12-08|林下|经验交流会|学区||竹溪学校|英语阅读经验交流
2023-10-10|竹语|集体备课||语文|一小|三年级上册
2023-11-14|竹语|备课|||一小|四年级上册
2023-12-12|竹语|主题教研||语文|一小|习作单元
2023-10-11|沙鸥|集体备课||数学|城南小学|分数
2023-11-15|沙鸥|主题教研||数学|城南小学|面积
2023-12-13|沙鸥|主题教研||语文|城南小学|列席语文教研
2023-10-12|江蓠、汀兰|集体备课|||江心初中|跨学科备课
2023-11-16|江蓠|集体备课||科学|江心初中|密度
2023-12-14|江蓠|主题教研||科学|江心初中|电路
2023-10-13|林下|集体备课||英语|竹溪学校|第三单元
2023-11-21|竹语|主题研讨|县级|语文|一小|学习任务群
2023-12-19|竹语|专题研讨|片区|语文|城南小学|课堂精准教学
2023-11-22|沙鸥|主题研讨|片区|数学|城南小学|量感
2023-11-23|林下|主题研讨|校级|英语|竹溪学校|语篇教学
2024-05-30|竹语|工作总结||||蹲点联系基地学校工作总结
";

/// 月小结: the day of the month on which it is written, and the months without one.
const MONTHLY: [(&str, &[&str]); 4] =
    [("竹语", &[]), ("沙鸥", &["2023-12", "2024-05"]), ("江蓠", &["2023-10", "2024-03"]), ("林下", &["2023-09"])];

const MONTHS: [&str; 9] =
    ["2023-09", "2023-10", "2023-11", "2023-12", "2024-01", "2024-02", "2024-03", "2024-04", "2024-05"];

pub fn visits(rng: &mut Rng) -> Sheet {
    let mut rows = lines(ODD_VISITS);
    for plan in &PLANS {
        for ((first, last), (days, lessons)) in TERMS.into_iter().zip(plan.terms) {
            let odd = |day: &Date| rows.iter().any(|row| row.starts_with(&format!("{day}|{}", plan.name)));
            let open: Vec<Date> = YEAR.days(first, last).into_iter().filter(|day| !odd(day)).collect();
            let fresh = ordinary(rng, plan, &open, days, lessons);
            rows.extend(fresh);
        }
    }
    rows.sort();
    Sheet {
        name: "蹲点记录",
        top: &["望江市教育研究培训院蹲点记录", "2023年9月—2024年5月"],
        headers: "日期|研训员|类型|学校|天数|节数|工作目标|反馈",
        lines: rows,
        foot: &["填表人：西窗          审核人：东篱"],
    }
}

fn monday(day: Date) -> Date {
    let back = i64::from(day.weekday().to_monday_zero_offset());
    day.checked_sub(jiff::Span::new().days(back)).expect("a day of 2023 or 2024")
}

/// One visit in each week that is not left out, then others until the plan is full.
fn ordinary(rng: &mut Rng, plan: &Plan, open: &[Date], days: usize, lessons: usize) -> Vec<String> {
    let mut left: Vec<Date> = open.iter().copied().filter(|&day| !plan.none.contains(&monday(day))).collect();
    let mut weeks: Vec<Date> = left.iter().map(|&day| monday(day)).collect();
    weeks.dedup();
    let mut chosen = Vec::new();
    for week in weeks.into_iter().take(days) {
        let own: Vec<Date> = left.iter().copied().filter(|&day| monday(day) == week).collect();
        chosen.push(*rng.pick(&own));
    }
    left.retain(|day| !chosen.contains(day));
    chosen.extend(outings(rng, &left, &vec![1; days - chosen.len()], 0).iter().map(|outing| outing.first));
    chosen.sort();
    let rows = chosen.len();
    let line = |(at, day): (usize, &Date)| {
        let school = if rng.chance(30) { plan.short } else { plan.school };
        let kind = rng.pick(&["蹲点调研", "听评课", "下校指导", "听课评课"]);
        let goal = rng.pick(&["课堂精准教学", "备课组建设", "青年教师跟踪指导", "作业设计"]);
        let count = lessons / rows + usize::from(at < lessons % rows);
        format!("{day}|{}|{kind}|{school}|1|{count}|{goal}|已向学校反馈", plan.name)
    };
    chosen.iter().enumerate().map(line).collect()
}

pub fn others() -> Sheet {
    let mut rows = lines(OTHERS);
    for (name, without) in MONTHLY {
        let months = MONTHS.iter().filter(|month| !without.contains(month));
        rows.extend(months.map(|month| format!("{month}-28|{name}|月小结||||{name}蹲点月小结")));
    }
    rows.push("2023.1|江蓠|月小结||||十月小结".to_owned());
    rows.sort();
    Sheet {
        name: "研训活动",
        top: &[],
        headers: "时间|参加人员|活动类型|范围|学科|地点|内容",
        lines: rows,
        foot: &["填表人：西窗"],
    }
}
