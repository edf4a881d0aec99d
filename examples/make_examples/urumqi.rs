//! `examples/urumqi-2023/`: the research centre of an invented city, whose records a published reply is held against.

use std::path::Path;

use anyhow::Result;
use jiff::civil::{Date, Weekday, date};

use crate::book::Faults;
use crate::calendar::YEAR_2023;
use crate::rng::Rng;
use crate::sheet::{Sheet, Slip, lines, workbook_of};

pub const FOLDER: &str = "urumqi-2023";

const SEED: u64 = 20_240_522;

const STAFF: &str = "
H01|谷雨|博河市教育研究中心|初中、高中|语文|高级教师|中学高级教师
H02|芒种|博河市教育研究中心|小学|数学|一级教师|一级教师
H03|白露|博河市教育研究中心|初中、高中|英语|高级教师|一级教师
H04|霜降|博河市教育研究中心|小学|语文|正高级教师|正高级教师
H05|寒露|博河市教育研究中心|初中、高中|物理|高级教师|
H06|惊蛰|博河市教育研究中心|学前|学前教育|一级教师|中级
";

const SECONDARY: [&str; 8] = [
    "博河市第一中学",
    "博河市第二中学",
    "博河市第三中学",
    "博河市第四中学",
    "博河市第五中学",
    "北关区第十中学",
    "河西区第十二中学",
    "博河市明德高级中学",
];

const PRIMARY: [&str; 9] = [
    "博河市第一小学",
    "博河市第二小学",
    "博河市实验小学",
    "北关区团结小学",
    "北关区胜利路小学",
    "河西区红柳小学",
    "河西区胡杨小学",
    "河西区果园小学",
    "博河市晨光小学",
];

/// Schools beside those that are visited in turn.
const OTHERS: &str = "
博河市第九中学|九中|北关区|初中、高中|市教育局局属
博河市第七学校|七校|河西区|九年一贯制|区属
北关区第一幼儿园||北关区|学前|区属
";

/// 年度数据: the first-place subjects are not among them.
const FIGURES: &str = "
博河市教育研究中心|2023年|名师工作室主持人|169名
博河市教育研究中心|2023年|学科带头人|100
博河市教育研究中心|2022年|骨干教师|200
博河市教育研究中心|2023年|骨干教师|196
博河市教育研究中心|2023年|优秀青年教师|约300
博河市教育研究中心|2023年|名师工作室|39
博河市教育研究中心|2023年|座谈学校|58所
博河市教育研究中心|2023年|竞赛场次|88
博河市教育研究中心|2023年|参赛教师|'10,560
博河市教育研究中心|2023年|培训教师|12310
博河市教育研究中心|2023年|展示评比教师|27
博河市教育研究中心|2023年|展示评比一等奖|19
博河市教育研究中心|2023年|展示评比二等奖|8
";

const SUBJECTS: [&str; 11] =
    ["语文", "数学", "英语", "物理", "化学", "生物", "历史", "地理", "道德与法治", "体育", "音乐"];

const fn slip(
    sheet: &'static str,
    line: &'static str,
    column: &'static str,
    wrong: &'static str,
    reading: &'static str,
) -> Slip {
    Slip { sheet, line, column, wrong, reading }
}

const SLIPS: &[Slip] = &[
    slip(
        "教研员花名册",
        "H03|",
        "聘任职称",
        "高级教师, but appointed as 一级教师",
        "no slip: 白露 不符 under title-honoured",
    ),
    slip("教研员花名册", "H05|", "聘任职称", "no 聘任职称", "寒露 待核 under title-honoured"),
    slip(
        "视导台账",
        "|下校视导|",
        "视导形式",
        "下校视导 may be 下校指导 or 集体视导",
        "37 to 38 primary 校次: 待核; its lessons and its weekday are sure either way",
    ),
    slip("视导台账", "|同上", "视导学校", "the visit of the row above once more, for a second officer", "one 校次"),
    slip(
        "视导台账",
        "|九年一贯制学校",
        "学段",
        "小学 written for a school of nine years",
        "a primary 校次, no secondary one",
    ),
    slip("教研活动", "2023年11月7日|", "活动时间", "a date in words", "2023-11-07"),
    slip("其他活动", "九月初|", "日期", "九月初 names no day", "5 to 6 rounds of training: 待核"),
    slip("其他活动", "|若干|", "数量", "若干 is no number", "70 sure lessons and an open upper end: 待核"),
    slip("其他活动", "|６０|", "数量", "full-width digits: ６０", "60 lessons: 相符"),
    slip("年度数据", "约300", "数值", "约300 is no exact number", "待核 under young-teachers"),
    slip("年度数据", "10,560", "数值", "a number typed as text with a comma", "10560: 相符"),
    slip("年度数据", "169名", "数值", "the text 169名 in a number cell", "169: 相符"),
];

const HEAD: &str = "# Workbooks of an invented city, 2023, against a published reply

Made by `cargo run --example make_examples` from a fixed seed: the same program gives the same bytes. Every person, school,
place and number is invented, except for the figures of the reply that the records are held against. The kindergarten visits
of the reply run until 2024-05-22 and have not begun when these records end, so that they are 未到期.

    jiaoyan check examples/urumqi-2023 --pack urumqi-2024 --period 2023 --as-of 2023-12-31

| file | sheets |
|---|---|
| 教研员花名册.xlsx | 教研员花名册 |
| 活动台账.xlsx | 视导台账, 教研活动, 其他活动 (each under other headers) |
| 学校名单.xlsx | 学校名单 |
| 年度数据.xlsx | 年度数据 |

`expected.toml` holds verdicts that were worked out from the workbooks without the checker.
";

const TAIL: &str = "
Not slips, but differences from the reply: 43 visit reports, 11 subjects of the guests, 58 contest lessons, 196 backbone
teachers and 88 contests; 博河市第九中学 had no visit; nobody wrote down the first-place subjects. There was no visit on Wednesday
2023-11-15 and no activity on Thursday 2023-03-16; without a calendar those weeks, and the weeks of holidays, are 待核.
";

pub fn make(folder: &Path) -> Result<()> {
    let mut rng = Rng::new(SEED);
    let mut faults = Faults::default();
    let mut book = |file: &str, sheets: &[Sheet]| workbook_of(folder, file, sheets, SLIPS, &mut faults);
    book("教研员花名册.xlsx", &[roster()])?;
    book("活动台账.xlsx", &[visits(&mut rng), activities(&mut rng), others()])?;
    book("学校名单.xlsx", &[schools()])?;
    book("年度数据.xlsx", &[figures()])?;
    crate::readme::write(folder, HEAD, &faults, TAIL)
}

fn roster() -> Sheet {
    Sheet {
        name: "教研员花名册",
        top: &["博河市教育研究中心教研员花名册"],
        headers: "工号|姓名|单位|学段|学科|取得职称|聘任职称",
        lines: lines(STAFF),
        foot: &[],
    }
}

/// The days of the year's school weeks that fall on two weekdays, but for one on which nothing took place.
fn weekdays(two: [Weekday; 2], but: Date) -> Vec<Date> {
    let mut days = YEAR_2023.days(date(2023, 2, 20), date(2023, 12, 29));
    days.retain(|day| two.contains(&day.weekday()) && *day != but);
    days
}

/// 32 visits to secondary and 38 to primary schools, with 4365 lessons between them.
fn visits(rng: &mut Rng) -> Sheet {
    const VISITS: usize = 70;
    let days = weekdays([Weekday::Monday, Weekday::Wednesday], date(2023, 11, 15));
    let mut rows = Vec::new();
    for at in 0..VISITS {
        let (day, lessons) = (days[at % days.len()], 4365 / VISITS + usize::from(at < 4365 % VISITS));
        let who = rng.pick(&["谷雨、白露", "芒种、霜降", "谷雨、寒露", "霜降"]);
        let (school, stage, kind) = match at {
            21 => ("博河市第七学校", "小学", "集体视导"),
            35 => (PRIMARY[3], "", "下校视导"),
            _ if at % 2 == 0 && at < 64 => (SECONDARY[at / 2 % SECONDARY.len()], "", "集体视导"),
            _ => (PRIMARY[(at + at / 9) % PRIMARY.len()], "", "集体教学视导"),
        };
        // The note tells the two odd rows apart from the others.
        let note = if at == 21 { "九年一贯制学校" } else { "集体教学视导" };
        rows.push(format!("{day}|{who}|博河市教育研究中心|{kind}|{school}|{stage}|{lessons}|{note}"));
        if at == 41 {
            rows.push(format!("{day}|惊蛰|博河市教育研究中心|{kind}|{school}|{stage}|0|同上"));
        }
    }
    rows.sort();
    Sheet {
        name: "视导台账",
        top: &["2023年下校视导台账"],
        headers: "视导日期|视导人员|单位|视导形式|视导学校|学段|听课节数|内容",
        lines: rows,
        foot: &["合计||||||4365|"],
    }
}

fn activities(rng: &mut Rng) -> Sheet {
    let days = weekdays([Weekday::Tuesday, Weekday::Thursday], date(2023, 3, 16));
    let mut rows: Vec<(Date, String)> = (0..327)
        .map(|at| {
            let (day, who) = (days[at % days.len()], rng.pick(&["谷雨", "芒种", "白露", "霜降", "寒露"]));
            let kind = rng.pick(&["教研活动", "学科教研", "教研"]);
            (day, format!("{who}|博河市教育研究中心|{kind}|市级|{}|学科教研", rng.pick(&SUBJECTS)))
        })
        .collect();
    rows.sort();
    // Two equal rows would be taken for one that was written down twice.
    let line = |(at, (day, rest)): (usize, &(Date, String))| {
        let before = rows[..at].iter().rev().take_while(|row| **row == rows[at]).count();
        format!("{day}|{rest}{}", ["", "（第二场）", "（第三场）"][before])
    };
    let mut lines: Vec<String> = rows.iter().enumerate().map(line).collect();
    let wordy = lines.iter().position(|line| line.starts_with("2023-11-07")).expect("an activity on that day");
    lines[wordy] = lines[wordy].replacen("2023-11-07", "2023年11月7日", 1);
    Sheet {
        name: "教研活动",
        top: &[],
        headers: "活动时间|参加人员|工作单位|活动类型|级别|学科|活动主题",
        lines,
        foot: &[],
    }
}

/// What the reply gives as totals, with 数量 where one row stands for many.
fn others() -> Sheet {
    let mut rows = lines(
        "
2023-03-27|调研报告||20||上半年视导调研报告
2023-06-26|视导报告||15||视导调研报告
2023-12-22|调研报告||8||下半年视导调研报告
2023-07-03|调研报告||12||课程标准落实情况调研报告
2023-12-25|调研报告||7||课程方案和课程标准落实情况调研报告
2023-02-24|培训组织||||新课标学习培训第一轮
2023-03-24|培训组织||||新课标学习培训第二轮
2023-04-21|组织培训||||新课程标准和新课程方案学习培训第三轮
2023-05-19|培训组织||||新课标学习培训第四轮
2023-06-16|培训组织||||新课标学习培训第五轮
九月初|培训组织||||新课标学习培训第六轮
2023-05-26|培训组织||||信息技术2.0培训
2023-10-20|观摩课||40|语文|本市教师课堂观摩
2023-10-27|观摩课||30|数学|本市教师课堂观摩
2023-11-03|观摩课||若干|英语|本市教师课堂观摩
2023-11-10|示范课||60||红山教育领航学科带头人示范课
2023-11-17|示范课||40||学科带头人示范课
2023-11-24|参赛课||58||骨干教师参赛课
2023-12-01|汇报课||６０||优秀青年教师汇报课
2023-12-08|成果展示||40||名师工作室成果展示
",
    );
    let schools: Vec<&str> = SECONDARY.into_iter().chain(PRIMARY).chain(["博河市第七学校"]).collect();
    for (at, school) in schools.iter().enumerate() {
        let (subject, count) = (SUBJECTS[at % SUBJECTS.len()], 2 + at % 2);
        rows.push(format!("2023-09-{:02}|专题讲座|{school}|{count}|{subject}|广东省名师团队专题讲座", 11 + at % 5));
        if at < 8 {
            rows.push(format!("2023-09-{:02}|示范课|{school}|2|{subject}|广东省名师示范课", 11 + at % 5));
        }
    }
    Sheet {
        name: "其他活动", top: &[], headers: "日期|类型|学校|数量|学科|主题", lines: rows, foot: &[]
    }
}

fn schools() -> Sheet {
    let row = |(school, stage): (&str, &str)| {
        let county = if school.starts_with("河西") { "河西区" } else { "北关区" };
        let whose = match school {
            "博河市明德高级中学" | "博河市晨光小学" => "民办",
            _ if school.starts_with("博河市") => "市教育局局属",
            _ => "区属",
        };
        format!("{school}||{county}|{stage}|{whose}")
    };
    let all = SECONDARY.map(|school| (school, "初中、高中")).into_iter().chain(PRIMARY.map(|school| (school, "小学")));
    Sheet {
        name: "学校名单",
        top: &[],
        headers: "学校|简称|县区|学段|隶属关系",
        lines: all.map(row).chain(lines(OTHERS)).collect(),
        foot: &[],
    }
}

fn figures() -> Sheet {
    Sheet { name: "年度数据", top: &[], headers: "单位|年度|项目|数值", lines: lines(FIGURES), foot: &[] }
}
