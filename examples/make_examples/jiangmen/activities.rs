//! The ordinary rows of the activity ledger, filled up to each officer's plan.

use std::collections::HashSet;

use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::people::{Institution, Person};
use super::schools::{School, to_visit};
use crate::book::{Cell, Flaw};
use crate::calendar::YEAR_2023;
use crate::rng::Rng;

/// One row of the ledger, under the standard headers.
#[derive(Clone, Debug, Default)]
pub struct Activity {
    /// Where the clerk put the row.
    pub order: Date,
    pub date: Cell,
    pub end: Cell,
    pub id: String,
    pub names: String,
    pub institution: String,
    pub kind: String,
    pub school: String,
    pub level: String,
    pub stage: String,
    pub subject: String,
    pub days: Cell,
    pub lessons: Cell,
    pub topic: String,
    pub flaw: Option<Flaw>,
}

impl Activity {
    pub fn on(day: Date, home: &Institution, kind: &str) -> Self {
        Self {
            order: day,
            date: Cell::Date(day),
            institution: home.name.to_owned(),
            kind: kind.to_owned(),
            ..Self::default()
        }
    }

    pub fn by(mut self, person: &Person) -> Self {
        self.id = person.id.to_owned();
        self.names = person.name.to_owned();
        self.stage = person.first_stage().to_owned();
        self.subject = person.first_subject().to_owned();
        self
    }

    pub fn by_all(mut self, people: &[&Person], separator: &str) -> Self {
        self.names = people.iter().map(|person| person.name).collect::<Vec<_>>().join(separator);
        self.stage = people[0].first_stage().to_owned();
        self
    }

    pub fn at(mut self, school: &str) -> Self {
        self.school = school.to_owned();
        self
    }

    pub fn about(mut self, topic: &str) -> Self {
        self.topic = topic.to_owned();
        self
    }

    pub fn of_level(mut self, level: &str) -> Self {
        self.level = level.to_owned();
        self
    }

    pub fn counting(mut self, days: impl Into<Cell>, lessons: impl Into<Cell>) -> Self {
        (self.days, self.lessons) = (days.into(), lessons.into());
        self
    }

    pub fn flawed(mut self, column: &'static str, wrong: &'static str, reading: &'static str) -> Self {
        self.flaw = Some(Flaw { column, wrong, reading });
        self
    }

    /// Half-days that the row holds when nothing else stands on its date.
    pub fn halves(&self) -> usize {
        match self.days {
            Cell::Number(days) => format!("{:.0}", days * 2.0).parse().unwrap_or(2),
            Cell::Text(_) => 0,
            Cell::Blank | Cell::Date(_) => 2,
        }
    }

    /// All days that the row takes up.
    fn span(&self) -> Vec<Date> {
        let last = if let Cell::Date(end) = self.end { end } else { self.order };
        self.order.series(1.day()).take_while(|&day| day <= last).collect()
    }
}

/// The days on which an officer can still go out.
pub struct Diary {
    open: Vec<Date>,
    busy: HashSet<Date>,
}

impl Diary {
    /// `taken` are the rows that name the officer already.
    pub fn new(person: &Person, taken: &[Activity]) -> Self {
        let (first, last) = person.in_post();
        let own = taken.iter().filter(|row| row.names.contains(person.name));
        let busy = own.flat_map(Activity::span).collect();
        Self { open: YEAR_2023.days(first, last), busy }
    }

    /// Takes `length` school days in a row, none of them at a week's end.
    fn take(&mut self, rng: &mut Rng, length: usize) -> (Date, Date) {
        loop {
            let at = rng.below(self.open.len());
            let Some(run) = self.open.get(at..at + length) else { continue };
            let unbroken = run.windows(2).all(|pair| pair[0].tomorrow().is_ok_and(|next| next == pair[1]));
            if unbroken && run.iter().all(|day| !self.busy.contains(day)) {
                self.busy.extend(run);
                return (run[0], run[length - 1]);
            }
        }
    }
}

/// Rows that bring an officer to the planned days and lessons; `had` is what the rows made before give.
pub fn visits(
    rng: &mut Rng,
    schools: &[School],
    person: &Person,
    diary: &mut Diary,
    had: (usize, usize),
) -> Vec<Activity> {
    let mut rows = Vec::new();
    let mut left = person.half_days.saturating_sub(had.0);
    while left > 0 {
        let (length, mut fresh) = outing(rng, person, left);
        let (day, last) = diary.take(rng, length);
        for row in &mut fresh {
            (row.order, row.date) = (day, Cell::Date(day));
            row.school = to_visit(rng, schools, person);
            if length > 1 {
                row.end = Cell::Date(last);
            }
        }
        left -= if length > 1 { 2 * length } else { fresh.iter().map(Activity::halves).sum::<usize>().min(2) };
        rows.append(&mut fresh);
    }
    share_lessons(rng, &mut rows, person.lessons.saturating_sub(had.1));
    rows
}

/// What an officer does on one outing: how many days it takes, and the rows it leaves.
fn outing(rng: &mut Rng, person: &Person, left: usize) -> (usize, Vec<Activity>) {
    let (length, cells) = match rng.below(100) {
        _ if left == 1 => (1, vec![Cell::Number(0.5)]),
        0..3 if left >= 6 => (3, vec![Cell::Number(3.0)]),
        3..6 if left >= 4 => (2, vec![Cell::Number(2.0)]),
        6..13 => (1, vec![Cell::Blank, Cell::Blank]),
        13..18 => (1, vec![Cell::Number(0.5), Cell::Number(0.5)]),
        18..24 => (1, vec![Cell::Number(0.5)]),
        24..60 => (1, vec![Cell::Number(1.0)]),
        _ => (1, vec![Cell::Blank]),
    };
    let blank = Activity::on(Date::ZERO, person.home, "").by(person);
    (length, cells.into_iter().map(|days| Activity { days, ..blank.clone() }).collect())
}

/// Spreads the lessons over the rows and names each row's kind after what it holds.
fn share_lessons(rng: &mut Rng, rows: &mut [Activity], lessons: usize) {
    let mut share = vec![0_u8; rows.len()];
    for _ in 0..lessons {
        let at = (0..).map(|_| rng.below(rows.len())).find(|&at| share[at] < 4).expect("four lessons a row are enough");
        share[at] += 1;
    }
    for (row, &share) in rows.iter_mut().zip(&share) {
        let (kinds, lessons): (&[&str], _) = match share {
            0 => (&["下校指导", "下校指导", "蹲点调研"], Cell::Blank),
            1 if rng.chance(50) => (&["听评课", "听评课", "听课"], Cell::Blank),
            _ => (&["听评课", "听评课", "下校指导", "听课", "评课"], Cell::Number(f64::from(share))),
        };
        row.kind = (*rng.pick(kinds)).to_owned();
        row.lessons = lessons;
        let topics = [
            "课堂教学诊断",
            "新课标落实情况",
            "大单元教学设计",
            "作业设计与管理",
            "青年教师跟踪指导",
            "校本教研指导",
            "期末复习指导",
        ];
        row.topic = (*rng.pick(&topics)).to_owned();
    }
}

/// Public and model lessons and lectures at county level or above, as many as the plan says.
pub fn open_lessons(rng: &mut Rng, schools: &[School], person: &Person) -> Vec<Activity> {
    let (first, last) = person.in_post();
    let days = YEAR_2023.days(first, last);
    (0..person.open)
        .map(|_| {
            let kind = *rng.pick(&["公开课", "示范课", "专题讲座", "专题讲座"]);
            let level = *rng.pick(&["县级", "县级", "市级", "省级"]);
            let day = *rng.pick(&days);
            let school = to_visit(rng, schools, person);
            Activity::on(day, person.home, kind).by(person).at(&school).of_level(level).about("新课标下的课堂教学")
        })
        .collect()
}

/// Rows that no rule of the pack counts: group preparation, themed sessions, monthly notes.
pub fn office_work(rng: &mut Rng, schools: &[School], people: &[Person]) -> Vec<Activity> {
    let days = YEAR_2023.days(date(2023, 1, 3), date(2023, 12, 29));
    let staff: Vec<&Person> = people.iter().filter(|person| person.end.is_empty() && person.half_days > 60).collect();
    let kinds = ["集体备课", "主题教研", "质量监测", "调研报告", "月小结", "培训组织", "研究课", "展示课"];
    (0..140)
        .map(|_| {
            let person = *rng.pick(&staff);
            let day = *rng.pick(&days);
            let kind = *rng.pick(&kinds);
            let school = to_visit(rng, schools, person);
            Activity::on(day, person.home, kind).by(person).at(&school).of_level("校级").about("常规教研工作")
        })
        .collect()
}
