//! The folder with one long 活动台账, its roster and its list of schools.

use std::fs;
use std::path::{Path, PathBuf};

use rust_xlsxwriter::{Format, Worksheet};

use super::{Numbers, name, workbook};
use crate::measure::Outcome;

const PEOPLE: usize = 1000;
const INSTITUTIONS: usize = 20;
const SCHOOLS: usize = 200;
const TOPICS: usize = 600;
const REPLIES: usize = 80;
/// The sheet of the ledger.
pub const LEDGER: &str = "活动台账";
pub const COLUMNS: [&str; 12] =
    ["日期", "结束日期", "工号", "姓名", "单位", "类型", "学校", "级别", "天数", "节数", "主题", "反馈"];
const KINDS: [&str; 12] = [
    "听评课",
    "听评课",
    "听评课",
    "下校指导",
    "下校指导",
    "集体视导",
    "蹲点调研",
    "公开课",
    "示范课",
    "专题讲座",
    "主题教研",
    "集体备课",
];
const LEVELS: [&str; 4] = ["校级", "片区", "县级", "市级"];
const STAGES: [&str; 3] = ["小学", "初中", "高中"];
const SUBJECTS: [&str; 6] = ["语文", "数学", "英语", "物理", "道德与法治", "体育与健康"];
/// 2023-01-01 as a serial of a spreadsheet.
const FIRST_DAY: f64 = 44_927.0;

/// How the rows of a ledger lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parts {
    One,
    /// So many workbooks of one sheet.
    Workbooks(u32),
    /// So many sheets of one workbook.
    Sheets(u32),
}

/// Makes `folder/records` anew; gives the path of the ledger, or of the first of them.
///
/// # Errors
/// A workbook cannot be written.
pub fn make(folder: &Path, rows: u32, parts: Parts) -> Outcome<PathBuf> {
    let records = folder.join("records");
    if records.exists() {
        fs::remove_dir_all(&records)?;
    }
    fs::create_dir_all(&records)?;
    let people: Vec<Person> = (0..PEOPLE).map(Person::new).collect();
    write_table(&records.join("花名册.xlsx"), "教研员花名册", &roster(&people))?;
    write_table(&records.join("学校.xlsx"), "学校名单", &schools())?;
    let mut writer = Writer { numbers: Numbers(2022), words: Words::new(), people };
    match parts {
        Parts::One => writer.write(&records.join("活动台账.xlsx"), &[(LEDGER.to_string(), rows)])?,
        Parts::Sheets(count) => {
            let sheet = |part| (format!("{LEDGER}{}", part + 1), share(rows, count, part));
            writer.write(&records.join("活动台账.xlsx"), &(0..count).map(sheet).collect::<Vec<_>>())?;
        }
        Parts::Workbooks(count) => {
            for part in 0..count {
                let path = records.join(format!("{LEDGER}{:02}.xlsx", part + 1));
                writer.write(&path, &[(LEDGER.to_string(), share(rows, count, part))])?;
            }
        }
    }
    Ok(records.join(if let Parts::Workbooks(_) = parts { "活动台账01.xlsx" } else { "活动台账.xlsx" }))
}

/// The rows of one part, so that all parts add up.
fn share(rows: u32, count: u32, part: u32) -> u32 {
    rows / count + u32::from(part < rows % count)
}

struct Person {
    id: String,
    name: String,
    institution: String,
    place: usize,
}

impl Person {
    fn new(place: usize) -> Person {
        let (id, institution) = (format!("T{:04}", place + 1), institution(place % INSTITUTIONS));
        Person { id, name: name(place), institution, place }
    }
}

fn institution(place: usize) -> String {
    format!("第{:02}区教师发展中心", place + 1)
}

fn school(place: usize) -> String {
    format!("第{:02}区第{}{}学校", place % INSTITUTIONS + 1, place / INSTITUTIONS + 1, STAGES[place % 3])
}

fn roster(people: &[Person]) -> Vec<Vec<String>> {
    let header = ["工号", "姓名", "单位", "层级", "专兼职", "学段", "学科", "职称", "学历"];
    let row = |person: &Person| {
        let (stage, subject) = (STAGES[person.place % 3], SUBJECTS[person.place % 6]);
        let own = [&person.id, &person.name, &person.institution].map(|text| text.as_str());
        let level = if person.place.is_multiple_of(INSTITUTIONS) { "市级" } else { "县级" };
        own.into_iter().chain([level, "专职", stage, subject, "高级教师", "本科"]).map(str::to_owned).collect()
    };
    std::iter::once(header.map(str::to_owned).to_vec()).chain(people.iter().map(row)).collect()
}

fn schools() -> Vec<Vec<String>> {
    let header = ["学校", "县区", "学段", "城乡"].map(str::to_owned).to_vec();
    let row = |place: usize| {
        let area = if place.is_multiple_of(4) { "乡村" } else { "城镇" };
        let county = format!("第{:02}区", place % INSTITUTIONS + 1);
        vec![school(place), county, STAGES[place % 3].to_owned(), area.to_owned()]
    };
    std::iter::once(header).chain((0..SCHOOLS).map(row)).collect()
}

fn write_table(path: &Path, name: &str, rows: &[Vec<String>]) -> Outcome<()> {
    let mut book = workbook()?;
    let sheet = book.add_worksheet().set_name(name)?;
    for (row, cells) in (0..).zip(rows) {
        sheet.write_row(row, 0, cells)?;
    }
    Ok(book.save(path)?)
}

/// The texts that a ledger repeats.
struct Words {
    schools: Vec<String>,
    topics: Vec<String>,
    replies: Vec<String>,
}

impl Words {
    fn new() -> Words {
        let topic = |place: usize| {
            let (stage, subject) = (STAGES[place % 3], SUBJECTS[place % 6]);
            format!("{stage}{subject}单元整体教学设计与课堂评价研讨（第{}次）", place / 6 + 1)
        };
        let reply =
            |place: usize| format!("目标清楚，问题链{}处可再收紧；建议第{}课时补一次当堂检测", place % 9, place + 1);
        Words {
            schools: (0..SCHOOLS).map(school).collect(),
            topics: (0..TOPICS).map(topic).collect(),
            replies: (0..REPLIES).map(reply).collect(),
        }
    }
}

struct Writer {
    numbers: Numbers,
    words: Words,
    people: Vec<Person>,
}

impl Writer {
    /// A workbook with sheets of so many rows each.
    fn write(&mut self, path: &Path, sheets: &[(String, u32)]) -> Outcome<()> {
        let mut book = workbook()?;
        let date = Format::new().set_num_format("yyyy-mm-dd");
        for (name, rows) in sheets {
            // Shared strings, as office programs write them, and rows in a temporary file.
            let sheet = book.add_worksheet_with_low_memory()?.set_name(name)?;
            sheet.write_row(0, 0, COLUMNS)?;
            for row in 1..=*rows {
                self.write_row(sheet, row, &date)?;
            }
        }
        Ok(book.save(path)?)
    }

    /// One activity of one person, of one to three days. The rows are in no order.
    fn write_row(&mut self, sheet: &mut Worksheet, row: u32, date: &Format) -> Outcome<()> {
        let Writer { numbers, words, people } = self;
        let person = numbers.pick(people);
        let first = FIRST_DAY + numbers.below(363) as f64;
        let days = if numbers.below(10) == 0 { 1.0 + numbers.below(3) as f64 } else { 1.0 };
        let half = days == 1.0 && numbers.below(8) == 0;
        sheet.write_number_with_format(row, 0, first, date)?;
        sheet.write_number_with_format(row, 1, first + days - 1.0, date)?;
        sheet.write_string(row, 2, &person.id)?;
        sheet.write_string(row, 3, &person.name)?;
        sheet.write_string(row, 4, &person.institution)?;
        sheet.write_string(row, 5, *numbers.pick(&KINDS))?;
        sheet.write_string(row, 6, numbers.pick(&words.schools))?;
        sheet.write_string(row, 7, *numbers.pick(&LEVELS))?;
        sheet.write_number(row, 8, if half { 0.5 } else { days })?;
        sheet.write_number(row, 9, numbers.below(5) as f64)?;
        sheet.write_string(row, 10, numbers.pick(&words.topics))?;
        sheet.write_string(row, 11, numbers.pick(&words.replies))?;
        Ok(())
    }
}
