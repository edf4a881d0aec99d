//! `examples/training-school-2023/`: the teachers' training school of an invented district, under the pack training-school.

use std::path::Path;

use anyhow::Result;
use jiff::civil::{Date, date};

use crate::book::Faults;
use crate::calendar::SCHOOL_YEAR_2023;
use crate::outings::outings;
use crate::rng::Rng;
use crate::sheet::{Sheet, Slip, lines, workbook_of};

pub const FOLDER: &str = "training-school-2023";

const SEED: u64 = 20_210_101;

/// Behind the roster's columns: days in schools and lessons in the first and the second term, and model lessons in each.
const PEOPLE: &str = "
J01|司南|枫林区教师进修学校|专职|小学|语文、道德与法治|高级教师|本科|特级教师|1972-05-03|1994-08-01|2010-09-01|19|20|58|60|1|1
J02|沐晨曦|枫林区教师进修学校|专职|小学|数学、科学|一级教师|本科|县级学科带头人|1980-02-11|2002-08-01|2021-09-01|21|22|65|60|1|1
J03|越千山|枫林区教师进修学校|专职|初中|语文、历史|一级教师|硕士研究生|无|1988-03-02|2012-08-01|2021-08-31|19|20|59|60|1|2
J04|步青云|枫林区教师进修学校|专职|初中|数学、物理|高级教师|本科|区级学科带头人|1976-10-01|1998-08-01|2022-11-01|19|21|62|62|1|1
J05|花满蹊|枫林区教师进修学校|专职|小学、初中|英语|二级教师|本科|无|1993-06-21|2016-08-01|2022-09-01|19|20|55|66|0|1
J06|易水寒|枫林区教师进修学校|专职|初中|化学、生物|一级教师|本科||1984-09-17|2007-08-01|2023-09-01|19|19|61|61|0|0
J07|纪南星|枫林区教师进修学校|专职|小学、初中|体育、艺术|一级教师|大专|县级名师|1979-12-12|2000-08-01|2020-12-31|20|5|70|12|1|0
J08|欧阳朔|枫林区教师进修学校|专职|小学、初中|地理、信息科技|高级教师|硕士研究生|县级骨干教师|1975-07-30|1998-08-01|2013-09-01|24|25|80|75|1|1
J09|苗新雨|枫林区教师进修学校|专职|小学、初中|劳动|高级教师|本科|无|1974-01-08|1996-08-01|2012-03-01|20|20|60|64|1|0
J10|凌霄|枫林区教师进修学校|专职|高中|语文|二级教师|本科|市级名师|1975-04-01|1999-08-01|2023-08-15|22|21|72|71|1|1
J11|卫长庚|枫林区教师进修学校|兼职|初中|政治|高级教师|本科|无|1978-03-15|2001-08-01|2019-09-01|2|2|4|4|1|1
J12|阮清秋|枫林区教师进修学校|兼职|高中|数学|高级教师|本科|无|1981-11-05|2004-08-01|2019-09-01|2|2|4|4|0|0
J13|柯梦得|枫林区教师进修学校|兼职|学前|学前教育|一级教师|本科|无|1986-08-24|2008-08-01|2020-09-01|1|1|2|2|1|0
J14|滕王亭|枫林区教师进修学校|兼职|高中|英语|一级教师|本科|无|1983-02-19|2006-08-01|2018-09-01|0|0|0|0|0|0
J15|毕方舟|枫林区教师进修学校|兼职|高中|物理|高级教师|本科|无|1980-10-10|2003-08-01|2019-09-01|0|0|0|0|0|0
";

const POSTINGS: &str = "
J01|司南|枫林区第三小学|教师|任教|2022-09-01|2023-01-13
J07|纪南星|枫林区柳湾学校|教师|兼课|2024-05-06|
J08|欧阳朔|枫林区第五中学|教师|轮岗|2023-02-01|2023-07-31
J09|苗新雨|枫林区柳湾学校|教研主任|挂职锻炼|2021-02-01|2021-07-15
";

const TRAINING: &str = "
2023-10-21|J02|沐晨曦|课程标准研修|16
2023-11-11|J05|花满蹊|英语学科教学培训|12
2022-08-31|J14|滕王亭|暑期教研员研修|24
2022-08-30|J15|毕方舟|暑期教研员研修|24
2024-07-10|J10|凌霄|命题能力培训|16学时
";

const FIGURES: &str = "
枫林区教师进修学校|2022年|教师培训专项经费|110.2
枫林区教师进修学校|2023年|教师核定工资总额|5060
枫林区教师进修学校|2023|教师培训专项经费|126.5
枫林区教师进修学校|2023年|预算内教师培训经费|120万元
枫林区教师进修学校|2023年|拨付进修学校|71.88
枫林区教师进修学校|2023-2024学年|年度培训计划|是
枫林区教师进修学校|2023-2024学年|食堂补贴|3.6
";

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
        "花名册",
        "J06|",
        "荣誉称号",
        "no 荣誉",
        "易水寒 came on 2023-09-01: 待核 under entry; 3 to 4 under lead-teachers: 达标",
    ),
    slip("花名册", "J07|", "学历", "大专", "no slip: 纪南星 came on 2020-12-31, a day before entry applies: 不适用"),
    slip(
        "活动台账",
        "司　南",
        "姓名",
        "a space inside the name, as clerks set names of two characters",
        "司南: 20 days in the first term and 120 lessons: 达标",
    ),
    slip(
        "活动台账",
        "约千山",
        "姓名",
        "约千山 is not in the roster; the nearest name is 越千山",
        "listed, counts for no one: 越千山 stays at 19 days and 119 lessons: 未达标",
    ),
    slip(
        "活动台账",
        "|若干天|",
        "天数",
        "若干天 is no number",
        "花满蹊 has 19 sure days in the first term and an open upper end: 待核",
    ),
    slip(
        "活动台账",
        "2023-10-12||步青云",
        "天数",
        "半天 in words (here and on 2023-10-19)",
        "two halves on two days: 步青云 has 20 days in the first term: 达标",
    ),
    slip(
        "活动台账",
        "2024-05-15||易水寒",
        "学校",
        "no school for a 展示课",
        "whether it was in a school is unknown: 易水寒 has 19 to 20 days in the second term: 待核",
    ),
    slip(
        "活动台账",
        "2024.3|",
        "日期",
        "the number 2024.3 in a date cell",
        "March 2024, without a day: in the second term all the same: 阮清秋 达标 under demonstration-lessons",
    ),
    slip("培训台账", "16学时", "学时", "the text 16学时 in a number cell", "16 hours"),
    slip("年度数据", "120万元", "数值", "the text 120万元 in a number cell", "120: 71.88 of it is 59.9 %: 未达标"),
    slip("年度数据", "食堂补贴", "项目", "an item that no list knows", "listed; no rule needs it"),
];

const HEAD: &str = "# Workbooks of an invented training school, school year 2023-2024

Made by `cargo run --example make_examples` from a fixed seed: the same program gives the same bytes. Every person, school,
place and number is invented. 枫林区教师进修学校 has ten full-time and five part-time officers.

    jiaoyan check examples/training-school-2023 --pack training-school --period 2023-2024 --as-of 2024-08-31

| file | sheets |
|---|---|
| 花名册.xlsx | 花名册 (header in row 2) |
| 活动台账.xlsx | 活动台账 (header in row 3) |
| 培训与任教.xlsx | 培训台账, 到校任教经历 |
| 年度数据.xlsx | 年度数据 |

未到期 on that day are the postgraduates (due at the end of 2025) and 纪南星, who is at a school until now.
`expected.toml` holds verdicts that were worked out from the workbooks without the checker.
";

const TAIL: &str = "
Not slips, but edges: 越千山 has been in post for three years to the day; 滕王亭's last training was two years ago to the day,
毕方舟's a day earlier (a 工作总结 is not work with others); 4 of 10 full-time officers are 高级教师 (40 %), or 4 of the 8 mid and
senior ones (50 %), so that senior-share is 待核.
";

pub fn make(folder: &Path) -> Result<()> {
    let mut rng = Rng::new(SEED);
    let mut faults = Faults::default();
    let mut book = |file: &str, sheets: &[Sheet]| workbook_of(folder, file, sheets, SLIPS, &mut faults);
    book("花名册.xlsx", &[roster()])?;
    book("活动台账.xlsx", &[ledger(&mut rng)])?;
    book("培训与任教.xlsx", &[training(), postings()])?;
    book("年度数据.xlsx", &[figures()])?;
    crate::readme::write(folder, HEAD, &faults, TAIL)
}

fn roster() -> Sheet {
    let line = |line: &str| line.split('|').take(12).collect::<Vec<_>>().join("|");
    Sheet {
        name: "花名册",
        top: &["枫林区教师进修学校教研员花名册（2024年8月）"],
        headers: "工号|姓名|单位|专/兼职|学段|学科|职称|学历|荣誉称号|出生日期|从教时间|任教研员时间",
        lines: PEOPLE.trim().lines().map(line).collect(),
        foot: &["单位负责人：乔木          填表人：白芷"],
    }
}

/// Stays of a few days each that add up to `days`.
fn stays(mut days: usize) -> Vec<usize> {
    let mut lengths = Vec::new();
    for length in [5, 3, 2, 1, 4, 1, 2, 3, 5] {
        let length = length.min(days);
        days -= length;
        lengths.extend((length > 0).then_some(length));
    }
    lengths
}

/// An officer's rows of one term: visits, and model lessons on days on which the officer was out anyway.
fn term(rng: &mut Rng, name: &str, stage: &str, open: &[Date], plan: [usize; 3]) -> Vec<String> {
    let [days, lessons, models] = plan;
    let schools: &[&str] = match stage {
        "小学" => &["枫林区第三小学", "枫林区柳湾学校", "枫林区荷塘小学"],
        "高中" => &["枫林区第一中学"],
        "学前" => &["枫林区实验幼儿园"],
        _ => &["枫林区第五中学", "枫林区柳湾学校"],
    };
    let mut rows = Vec::new();
    for (at, outing) in outings(rng, open, &stays(days), lessons).iter().enumerate() {
        let (school, kind) = (rng.pick(schools), rng.pick(&["下校指导", "听评课", "蹲点调研"]));
        let end = if outing.length > 1 { outing.last.to_string() } else { String::new() };
        let (first, length, lessons) = (outing.first, outing.length, outing.lessons);
        rows.push(format!("{first}|{end}|{name}|{kind}|{school}|{length}|{lessons}|常规教研"));
        if at < models {
            let kind = rng.pick(&["示范课", "展示课"]);
            rows.push(format!("{first}||{name}|{kind}|{school}|||单元教学"));
        }
    }
    rows
}

fn ledger(rng: &mut Rng) -> Sheet {
    let first = SCHOOL_YEAR_2023.days(date(2023, 9, 4), date(2024, 1, 12));
    let second = SCHOOL_YEAR_2023.days(date(2024, 3, 4), date(2024, 6, 28));
    let mut rows = odd_rows();
    for line in PEOPLE.trim().lines() {
        let field: Vec<&str> = line.split('|').collect();
        let plan = |ats: [usize; 3]| ats.map(|at| field[at].parse().expect("a number of the plan"));
        // Odd rows have days of their own, so that they add to the plan.
        let free = |days: &[Date]| -> Vec<Date> {
            let taken = |day: &Date| odd_rows().iter().any(|row| row.starts_with(&day.to_string()));
            days.iter().copied().filter(|day| !taken(day)).collect()
        };
        rows.extend(term(rng, field[1], field[4], &free(&first), plan([12, 14, 16])));
        rows.extend(term(rng, field[1], field[4], &free(&second), plan([13, 15, 17])));
    }
    rows.sort();
    Sheet {
        name: "活动台账",
        top: &["枫林区教师进修学校2023—2024学年教研活动台账", "单位：天、节"],
        headers: "日期|结束日期|姓名|类型|学校|天数|节数|主题",
        lines: rows,
        foot: &["填表人：白芷          审核人：乔木"],
    }
}

fn odd_rows() -> Vec<String> {
    lines(
        "
2023-11-15||司　南|听课|枫林区荷塘小学||2|习作课
2023-10-25||约千山|听课|枫林区第五中学||1|文言文
2023-12-06||花满蹊|下校指导|枫林区柳湾学校|若干天||教研组建设
2023-10-12||步青云|下校指导|枫林区第五中学|半天||作业设计
2023-10-19||步青云|下校指导|枫林区第五中学|半天||作业设计
2023-11-22||易水寒|示范课|枫林区第五中学|||酸和碱
2024-05-15||易水寒|展示课||||细胞
2024-05-29||花满蹊|公开课|枫林区柳湾学校|||阅读课
2024.3||阮清秋|示范课|枫林区第一中学|||数列
2024-06-25||毕方舟|工作总结||||学年工作总结
",
    )
}

fn training() -> Sheet {
    Sheet {
        name: "培训台账",
        top: &[],
        headers: "日期|工号|姓名|培训名称|学时",
        lines: lines(TRAINING),
        foot: &["合计||||76"],
    }
}

fn postings() -> Sheet {
    Sheet {
        name: "到校任教经历",
        top: &["专职教研员到中小学挂职、任教、兼课登记表"],
        headers: "工号|姓名|学校|岗位|性质|开始日期|结束日期",
        lines: lines(POSTINGS),
        foot: &[],
    }
}

fn figures() -> Sheet {
    Sheet {
        name: "年度数据",
        top: &["年度数据（金额：万元）"],
        headers: "单位|年度|项目|数值",
        lines: lines(FIGURES),
        foot: &[],
    }
}
