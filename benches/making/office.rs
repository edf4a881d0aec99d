//! The records of one office for 2023: sixty people, and what they did; most of it well kept, some of it not.

use std::fs;
use std::path::Path;

use jiff::civil::{Date, Weekday, date};

use super::sheets::{Cell, Table, texts, write_csv, write_xlsx};
use super::words::*;
use super::{Numbers, name};
use crate::measure::Outcome;

const PEOPLE: usize = 60;
const SCHOOLS: usize = 40;
/// What part of the rows is training, in percent; the others are activities.
const TRAINING: usize = 16;
/// One row in so many has something wrong with it.
const WRONG: usize = 150;
const ACTIVITIES: [&str; 12] =
    ["日期", "结束日期", "工号", "姓名", "单位", "类型", "学校", "级别", "天数", "节数", "主题", "反馈"];
/// The same columns as other offices head them.
const ALSO: [&str; 12] = [
    "活动时间",
    "结束时间",
    "教职工号",
    "教研员姓名",
    "工作单位",
    "活动类别",
    "学校名称",
    "活动级别",
    "下校天数",
    "听课节数",
    "活动主题",
    "反馈意见",
];

/// How an office keeps its records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A workbook of several sheets.
    OneWorkbook,
    /// A workbook for each table.
    Workbooks,
    /// The ledger of activities a workbook a month.
    Months,
    /// The ledger of activities a sheet a term, in a workbook of its own.
    Terms,
    /// The ledgers as csv.
    Csv { gbk: bool },
}

/// Of twenty offices, twelve have one workbook, four several, two one a month, one a sheet a term, one csv.
pub fn form(office: usize) -> Form {
    // A stride that has no divisor in common with twenty, so that a province has all of them.
    match office * 7 % 20 {
        0..12 => Form::OneWorkbook,
        12..16 => Form::Workbooks,
        16..18 => Form::Months,
        18 => Form::Terms,
        _ => Form::Csv { gbk: office.is_multiple_of(2) },
    }
}

/// Writes the records of an office of this place in the country into a folder, with about `rows` rows in all.
///
/// # Errors
/// A file cannot be written.
pub fn write(folder: &Path, place: usize, institution: &str, rows: usize) -> Outcome<()> {
    fs::create_dir_all(folder)?;
    let office = Office::new(place, institution, rows);
    let registers = office.registers();
    let [roster, schools, contacts, postings, own, figures] = &registers;
    let (activities, training) = (office.activities(), office.training());
    let at = |name: &str| folder.join(name);
    match form(place) {
        Form::OneWorkbook => {
            let tables: Vec<&Table> = registers.iter().chain([&activities, &training]).collect();
            return write_xlsx(&at(&format!("{institution}2023年台账.xlsx")), &tables);
        }
        Form::Workbooks => write_xlsx(&at("活动台账.xlsx"), &[&activities])?,
        Form::Months => {
            for (month, part) in months(&activities) {
                write_xlsx(&at(&format!("活动台账2023年{month:02}月.xlsx")), &[&part])?;
            }
        }
        Form::Terms => {
            let [spring, autumn] = terms(activities);
            write_xlsx(&at("活动台账.xlsx"), &[&spring, &autumn])?;
        }
        Form::Csv { gbk } => {
            write_csv(&at("活动台账.csv"), &activities, gbk)?;
            write_csv(&at("培训台账.csv"), &training, gbk)?;
        }
    }
    if !matches!(form(place), Form::Csv { .. }) {
        write_xlsx(&at("培训台账.xlsx"), &[&training])?;
    }
    write_xlsx(&at("教研员花名册.xlsx"), &[roster, postings])?;
    write_xlsx(&at("学校与联系点.xlsx"), &[schools, contacts])?;
    write_xlsx(&at("机构与年度数据.xlsx"), &[own, figures])
}

/// The day of a row, for sorting rows into months; rows without a day stay with those before them.
fn month_of(row: &[Cell]) -> Option<i8> {
    match row.first() {
        Some(Cell::Day(serial)) => Some(day(*serial).month()),
        _ => None,
    }
}

fn months(ledger: &Table) -> Vec<(i8, Table)> {
    let mut parts: Vec<(i8, Table)> = Vec::new();
    let Some((header, rows)) = ledger.rows.split_first() else { return parts };
    for row in rows {
        let month = month_of(row).or(parts.last().map(|(month, _)| *month)).unwrap_or(2);
        if parts.last().is_none_or(|(last, _)| *last != month) {
            parts.push((month, Table { name: ledger.name.clone(), rows: vec![header.clone()] }));
        }
        if let Some((_, part)) = parts.last_mut() {
            part.rows.push(row.clone());
        }
    }
    parts
}

fn terms(mut ledger: Table) -> [Table; 2] {
    let autumn = ledger.rows.iter().position(|row| month_of(row).is_some_and(|month| month >= 9));
    let mut rows = ledger.rows[..1].to_vec();
    rows.extend(ledger.rows.split_off(autumn.unwrap_or(ledger.rows.len())));
    ledger.name = "活动台账上半年".to_string();
    [ledger, Table { name: "活动台账下半年".to_string(), rows }]
}

fn day(serial: u32) -> Date {
    date(1899, 12, 30) + jiff::Span::new().days(serial)
}

/// The days of 2023 on which schools work, as serials: Monday to Friday of two terms.
fn school_days() -> Vec<u32> {
    let terms = [date(2023, 2, 13)..=date(2023, 7, 7), date(2023, 9, 1)..=date(2023, 12, 29)];
    let works = |day: &Date| !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    let all = (44_927..45_292).filter(|serial| terms.iter().any(|term| term.contains(&day(*serial))));
    all.filter(|serial| works(&day(*serial))).collect()
}

struct Person {
    id: String,
    name: String,
    place: usize,
    /// On how many days of the year schools are visited, at most.
    days: usize,
}

struct Office<'a> {
    place: usize,
    institution: &'a str,
    people: Vec<Person>,
    schools: Vec<String>,
    days: Vec<u32>,
    activities: usize,
    training: usize,
}

impl Office<'_> {
    fn new(place: usize, institution: &str, rows: usize) -> Office<'_> {
        let mut numbers = Numbers(place as u64);
        // Most people visit as often as is asked of them, eighty days, some do not.
        let person = |at: usize| Person {
            id: format!("{place:04}{:03}", at + 1),
            name: name(place * 61 + at),
            place: at,
            days: 80 + numbers.below(45),
        };
        let people: Vec<Person> = (0..PEOPLE).map(person).collect();
        let county = institution.trim_end_matches("教研室");
        let school = |at: usize| format!("{county}第{}{}", at / 3 + 1, ["小学", "初级中学", "高级中学"][at % 3]);
        let left = rows.saturating_sub(PEOPLE + SCHOOLS + PEOPLE + PEOPLE * 3 / 4 + 3);
        let training = left * TRAINING / 100;
        Office {
            place,
            institution,
            people,
            schools: (0..SCHOOLS).map(school).collect(),
            days: school_days(),
            activities: left - training,
            training,
        }
    }

    /// The roster, the schools, the contacts, the postings, the office itself, and its figures.
    fn registers(&self) -> [Table; 6] {
        let table = |name: &str, header: &[&str], rows: Vec<Vec<Cell>>| Table {
            name: name.to_string(),
            rows: std::iter::once(texts(header)).chain(rows).collect(),
        };
        let roster = ["工号", "姓名", "单位", "层级", "专兼职", "学段", "学科", "职称", "学历"];
        let roster = [&roster[..], &["从教日期", "任教研员日期", "在编", "在岗"]].concat();
        let research_posts = 38 + self.place % 12;
        let own =
            [Cell::from(self.institution), "县级".into(), Cell::Number(52.0), Cell::Number(research_posts as f64)];
        [
            table("教研员花名册", &roster, self.people.iter().map(|person| self.roster_row(person)).collect()),
            table("学校名单", &["学校", "县区", "学段", "城乡"], (0..SCHOOLS).map(|at| self.school_row(at)).collect()),
            table("联系学校", &["工号", "姓名", "学校", "开始日期"], self.contacts()),
            table("到校任教经历", &["工号", "姓名", "学校", "岗位", "开始日期", "结束日期"], self.postings()),
            table("机构情况", &["单位", "层级", "总编制", "专职教研员编制"], vec![own.to_vec()]),
            table("年度数据", &["单位", "年度", "项目", "数值"], self.figures()),
        ]
    }

    fn roster_row(&self, person: &Person) -> Vec<Cell> {
        let mut numbers = Numbers((self.place * PEOPLE + person.place) as u64);
        let part_time = person.place % 12 == 11;
        let since = 40_000 + numbers.below(4_500) as u32;
        let mut row = texts(&[
            &person.id,
            &person.name,
            self.institution,
            "县级",
            if part_time { "兼职" } else { "专职" },
            STAGES[person.place % 3],
            SUBJECTS[person.place % 12],
            *numbers.pick(&TITLES),
            *numbers.pick(&DEGREES),
        ]);
        row.extend([Cell::Day(since - 3_000), Cell::Day(since), "是".into()]);
        // One in so many left the cell blank.
        row.push(if numbers.below(WRONG) == 0 { Cell::Blank } else { "是".into() });
        row
    }

    fn school_row(&self, at: usize) -> Vec<Cell> {
        let county = self.institution.trim_end_matches("教研室");
        texts(&[&self.schools[at], county, STAGES[at % 3], if at.is_multiple_of(4) { "乡村" } else { "城镇" }])
    }

    fn contacts(&self) -> Vec<Vec<Cell>> {
        let row = |person: &Person| {
            let mut row = texts(&[&person.id, &person.name, &self.schools[person.place % SCHOOLS]]);
            row.push(Cell::Day(44_805));
            row
        };
        self.people.iter().map(row).collect()
    }

    fn postings(&self) -> Vec<Vec<Cell>> {
        let row = |person: &Person| {
            let role = if person.place.is_multiple_of(2) { "备课组长" } else { "教学副校长" };
            let mut row = texts(&[&person.id, &person.name, &self.schools[person.place % SCHOOLS], role]);
            row.extend([Cell::Day(43_709), Cell::Day(44_074 + person.place as u32)]);
            row
        };
        self.people.iter().filter(|person| person.place % 4 < 3).map(row).collect()
    }

    /// One office in nine has not put its money into the budget, one in eleven has not said so.
    fn figures(&self) -> Vec<Vec<Cell>> {
        let row = |item: &str, value: Cell| vec![self.institution.into(), Cell::Number(2023.0), item.into(), value];
        let budget = if self.place % 9 == 4 { "否" } else { "是" };
        let mut rows = vec![row("教研基地", Cell::Number((self.place % 30) as f64))];
        if self.place % 11 != 5 {
            rows.push(row("教研经费纳入预算", budget.into()));
        }
        rows
    }

    /// In the order of the days; every third office uses other headers.
    fn activities(&self) -> Table {
        let mut numbers = Numbers((self.place as u64) << 32);
        let mut rows: Vec<Vec<Cell>> = (0..self.activities).map(|at| self.activity(at, &mut numbers)).collect();
        rows.sort_by_key(|row| if let Some(Cell::Day(serial)) = row.first() { *serial } else { 0 });
        for row in &mut rows {
            spoil(row, &mut numbers);
        }
        let header = if self.place % 3 == 2 { ALSO } else { ACTIVITIES };
        rows.insert(0, texts(&header));
        Table { name: "活动台账".to_string(), rows }
    }

    /// The people take turns; of twenty activities of one, eleven are visits, as long as there are days for them, and one
    /// is a lesson given.
    fn activity(&self, at: usize, numbers: &mut Numbers) -> Vec<Cell> {
        let (person, turn) = (&self.people[at % PEOPLE], at / PEOPLE);
        let (before, after) = (turn * 11 / 20, (turn + 1) * 11 / 20);
        let visit = after > before && before < person.days;
        let given = turn.is_multiple_of(20);
        // A person's visits are spread over the year, one a day.
        let own_day = before * self.days.len() / person.days + person.place;
        let day = if visit { own_day } else { numbers.below(self.days.len()) };
        let serial = self.days[day % self.days.len()];
        let kind =
            if visit { numbers.pick(&VISITS) } else { numbers.pick(if given { &LESSONS[..] } else { &MEETINGS }) };
        let half = visit && numbers.below(30) == 0;
        let school = numbers.pick(&self.schools).as_str();
        let mut row = vec![Cell::Day(serial), if visit { Cell::Day(serial) } else { Cell::Blank }];
        row.extend(texts(&[&person.id, &person.name, self.institution, kind, school]));
        row.push((*numbers.pick(&LEVELS)).into());
        row.push(if visit { Cell::Number(if half { 0.5 } else { 1.0 }) } else { Cell::Blank });
        row.push(if visit { Cell::Number(numbers.below(4) as f64) } else { Cell::Blank });
        row.extend([topic(person, numbers), reply(numbers)]);
        row
    }

    fn training(&self) -> Table {
        let mut numbers = Numbers((self.place as u64) << 40);
        let header = ["日期", "工号", "姓名", "单位", "培训名称", "类别", "学时"];
        // Ninety hours are asked for: four of five people get a little more, the others less.
        let least = 90 * PEOPLE / self.training.max(1);
        let row = |at: usize| {
            let person = &self.people[at % PEOPLE];
            let hours = least + usize::from(numbers.below(10) < if person.place % 5 < 4 { 5 } else { 1 });
            let day = self.days[(at * 31 + person.place) % self.days.len()];
            let name = format!("{}（第{}期）", numbers.pick(&COURSES), numbers.below(40) + 1);
            let mut row = vec![Cell::Day(day)];
            row.extend(texts(&[&person.id, &person.name, self.institution, &name, *numbers.pick(&COURSE_KINDS)]));
            row.push(if numbers.below(WRONG) == 0 { Cell::Blank } else { Cell::Number(hours as f64) });
            row
        };
        let rows = std::iter::once(texts(&header)).chain((0..self.training).map(row)).collect();
        Table { name: "培训台账".to_string(), rows }
    }
}

/// Takes the day, the number, the level or the person from one row in so many.
fn spoil(row: &mut [Cell], numbers: &mut Numbers) {
    if numbers.below(WRONG) > 0 {
        return;
    }
    match numbers.below(4) {
        0 => row[0] = (*numbers.pick(&NO_DATES)).into(),
        1 => row[2] = Cell::Blank,
        2 => row[7] = Cell::Blank,
        _ => row[9] = "两节".into(),
    }
}

fn topic(person: &Person, numbers: &mut Numbers) -> Cell {
    let (stage, subject) = (STAGES[person.place % 3], SUBJECTS[person.place % 12]);
    let (topic, form) = (numbers.pick(&TOPICS), numbers.pick(&FORMS));
    Cell::Text(format!("{stage}{subject}{topic}{form}（第{}次）", numbers.below(20) + 1))
}

fn reply(numbers: &mut Numbers) -> Cell {
    let (praise, advice) = (numbers.pick(&PRAISE), numbers.pick(&ADVICE));
    let (fault, other) = (numbers.pick(&FAULTS), numbers.pick(&FAULTS));
    Cell::Text(format!("{praise}，{}名学生发言；{fault}，{other}；{advice}", numbers.below(20) + 5))
}
