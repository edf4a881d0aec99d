//! The training ledgers: ordinary rows up to each officer's planned hours, and the rows at an edge.

use jiff::Span;
use jiff::civil::{Date, date};

use super::people::Person;
use crate::book::{Cell, Flaw};
use crate::rng::Rng;

#[derive(Clone, Debug)]
pub struct Training {
    pub order: Date,
    pub date: Cell,
    pub id: &'static str,
    pub name: &'static str,
    pub topic: &'static str,
    pub kind: &'static str,
    pub hours: Cell,
    pub level: &'static str,
    pub flaw: Option<Flaw>,
}

impl Training {
    fn new(person: &Person, day: Date, hours: impl Into<Cell>) -> Self {
        Self {
            order: day,
            date: day.into(),
            id: person.id,
            name: person.name,
            topic: "新课标专题研修",
            kind: "专业课程",
            hours: hours.into(),
            level: "市级",
            flaw: None,
        }
    }

    fn flawed(mut self, column: &'static str, wrong: &'static str, reading: &'static str) -> Self {
        self.flaw = Some(Flaw { column, wrong, reading });
        self
    }

    fn dated(mut self, date: impl Into<Cell>) -> Self {
        self.date = date.into();
        self
    }

    /// Under the headers 日期, 工号, 姓名, 培训名称, 类别, 学时, 级别.
    pub fn cells(&self) -> Vec<Cell> {
        let mut cells = vec![self.date.clone()];
        cells.extend([self.id, self.name, self.topic, self.kind].map(Cell::from));
        cells.extend([self.hours.clone(), self.level.into()]);
        cells
    }
}

/// The headers of the training ledgers.
pub const HEADERS: [&str; 7] = ["日期", "工号", "姓名", "培训名称", "类别", "学时", "级别"];

/// Rows of 2023 that add up to an officer's planned hours.
pub fn ordinary(rng: &mut Rng, person: &Person) -> Vec<Training> {
    let courses = [
        ("新课标专题研修", "专业课程", "市级"),
        ("义务教育课程方案解读", "专业课程", "省级"),
        ("学科命题能力培训", "专业课程", "县级"),
        ("师德师风与教育法规", "公需课程", "省级"),
        ("智慧教育平台应用培训", "网络研修", "县级"),
    ];
    let mut rows = Vec::new();
    let mut left = person.training;
    while left > 0 {
        let tenths = (*rng.pick(&[30, 40, 45, 60, 75, 80, 80, 120])).min(left);
        let (topic, kind, level) = *rng.pick(&courses);
        let hours = f64::from(u16::try_from(tenths).expect("a day's hours")) / 10.0;
        let mut day = any_day(rng, person);
        // Two equal rows would be taken for one that was written down twice.
        let is_there = |day: Date| rows.iter().any(|row: &Training| (row.order, row.topic) == (day, topic));
        while is_there(day) {
            day = day.yesterday().expect("a day of 2023");
        }
        rows.push(Training { topic, kind, level, ..Training::new(person, day, hours) });
        left -= tenths;
    }
    rows
}

fn any_day(rng: &mut Rng, person: &Person) -> Date {
    let (first, last) = person.in_post();
    let length = usize::try_from((last - first).get_days()).expect("a span of days");
    let after = i64::try_from(rng.below(length + 1)).expect("fewer than 366");
    first.checked_add(Span::new().days(after)).expect("a day of 2023")
}

/// The rows of 2023 at an edge.
pub fn cases(people: &[Person]) -> Vec<Training> {
    let one = |id: &str| people.iter().find(|person| person.id == id).expect("an officer of the roster");
    [doubtful_hours(&one), doubtful_dates(&one)].concat()
}

fn doubtful_hours<'a>(one: &impl Fn(&str) -> &'a Person) -> Vec<Training> {
    let mut rows: Vec<Training> = (1..26).map(|day| Training::new(one("Y001"), date(2023, 7, day), 3.6)).collect();
    rows.extend([
        Training::new(one("Y004"), date(2023, 11, 24), "待补").flawed(
            "学时",
            "待补: the hours are not known yet",
            "陆景行 has 80 sure hours and an open upper end: 待核",
        ),
        Training::new(one("Y005"), date(2023, 11, 24), "待补").flawed(
            "学时",
            "待补: the hours are not known yet",
            "苏晚晴 has 95 sure hours, so nothing hangs on it: 达标",
        ),
        Training::new(one("Y006"), date(2023, 8, 14), "90学时").flawed(
            "学时",
            "the text 90学时 in a number cell",
            "90 hours: 程予安 达标",
        ),
        Training::new(one("Y018"), date(2023, 8, 15), "３０").flawed(
            "学时",
            "full-width digits: ３０",
            "30 hours, 90 in all: 贺兰心 达标",
        ),
        Training::new(one("L205"), date(2023, 8, 16), "８６").flawed(
            "学时",
            "full-width digits: ８６",
            "86 hours, 90 in all: 段明月 达标",
        ),
    ]);
    rows
}

fn doubtful_dates<'a>(one: &impl Fn(&str) -> &'a Person) -> Vec<Training> {
    vec![
        Training::new(one("Y007"), date(2023, 9, 3), 12.0).dated("九月初").flawed(
            "日期",
            "九月初 names no day",
            "possible, not sure: 韩星野 has 84 to 96 hours: 待核",
        ),
        Training::new(one("Y008"), date(2024, 1, 10), 10.0).flawed(
            "日期",
            "a day of 2024 in the ledger of 2023",
            "outside the year: 纪云舟 has 84 hours: 未达标",
        ),
        Training::new(one("D104"), date(2023, 10, 9), 6.0).dated(2023.1).flawed(
            "日期",
            "the number 2023.1: January, or October typed as 2023.10",
            "ambiguous, an issue; 章怀远 has 95 hours without it: 达标",
        ),
    ]
}

/// The rows that 培训补录.csv alone holds: 董清越's last 20 hours.
pub fn late(people: &[Person]) -> Vec<Training> {
    let person = people.iter().find(|person| person.id == "D101").expect("an officer of the roster");
    [18, 25].map(|day| Training::new(person, date(2023, 12, day), 10.0)).to_vec()
}

/// The research-ability courses of the years before.
pub fn former(people: &[Person]) -> Vec<Training> {
    let course = |person: &Person, day| Training {
        topic: "教研能力提升研修班",
        kind: "教研能力提升研修",
        level: "省级",
        ..Training::new(person, day, 40.0)
    };
    let mut rows: Vec<Training> =
        people.iter().filter_map(|person| person.cycle.map(|day| course(person, day))).collect();
    let vague = people.iter().find(|person| person.id == "Y008").expect("an officer of the roster");
    rows.push(Training { topic: "暑期研修班", kind: "", ..course(vague, date(2022, 8, 20)) }.flawed(
        "类别",
        "no kind, and the name does not tell",
        "it may be the three-yearly course or not: 纪云舟 待核 under research-cycle",
    ));
    rows.sort_by_key(|row| row.order);
    rows
}
