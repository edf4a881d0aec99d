//! The two halves of the activity ledger: the same table under other headers, in another order.

use anyhow::Result;
use jiff::civil::{Date, date};
use rust_xlsxwriter::Workbook;

use super::activities::{Activity, Diary, office_work, open_lessons, visits};
use super::cases::{Cast, beyond_plan, within_plan};
use super::people::Person;
use super::schools::School;
use crate::book::{Cell, Faults, Page, address, workbook};
use crate::rng::Rng;

/// A ledger file: its headers beside the standard ones they stand for (empty: a column that no rule needs).
struct Ledger {
    file: &'static str,
    sheet: &'static str,
    title: &'static str,
    unit: Option<&'static str>,
    columns: &'static [(&'static str, &'static str)],
}

const FIRST: Ledger = Ledger {
    file: "活动台账2023上半年.xlsx",
    sheet: "活动台账",
    title: "云港市2023年上半年教研活动台账",
    unit: Some("填报单位：云港市教师发展中心（汇总）          单位：天、节"),
    columns: &[
        ("序号", ""),
        ("日期", "日期"),
        ("结束日期", "结束日期"),
        ("工号", "工号"),
        ("*姓 名", "姓名"),
        ("单位", "单位"),
        ("类型", "类型"),
        ("学校", "学校"),
        ("级别", "级别"),
        ("学段", "学段"),
        ("学科", "学科"),
        ("天数", "天数"),
        ("节数", "节数"),
        ("主题", "主题"),
        ("备注", ""),
    ],
};

const SECOND: Ledger = Ledger {
    file: "活动台账2023下半年.xlsx",
    sheet: "下半年",
    title: "云港市2023年下半年教研活动台账",
    unit: None,
    columns: &[
        ("听课日期", "日期"),
        ("学校名称", "学校"),
        ("教研员", "姓名"),
        ("工作单位", "单位"),
        ("活动类型", "类型"),
        ("学科", "学科"),
        ("学段", "学段"),
        ("听课节数", "节数"),
        ("天数", "天数"),
        ("级别", "级别"),
        ("课题", "主题"),
        ("备注", ""),
    ],
};

/// All rows of the year, in the order in which a clerk enters them.
pub fn rows(rng: &mut Rng, people: &[Person], schools: &[School]) -> Vec<Activity> {
    let cast = Cast(people);
    let (planned, beyond) = (within_plan(&cast), beyond_plan(&cast));
    let taken = [planned.clone(), beyond.clone()].concat();
    let mut rows = taken.clone();
    for person in people {
        let mut diary = Diary::new(person, &taken);
        rows.extend(visits(rng, schools, person, &mut diary, already(person, &planned)));
        rows.extend(open_lessons(rng, schools, person));
    }
    rows.extend(office_work(rng, schools, people));
    for row in &mut rows {
        as_typed(rng, row, people);
    }
    rows.sort_by_key(|row| (row.order, row.flaw.is_some()));
    rows
}

/// Half-days and lessons that the planned rows give an officer before the ordinary ones are made.
fn already(person: &Person, planned: &[Activity]) -> (usize, usize) {
    let own: Vec<&Activity> = planned
        .iter()
        .filter(|row| {
            row.names.split(['、', '，']).any(|name| name == person.name) && row.institution == person.home.name
        })
        .collect();
    let mut days: Vec<Date> = own.iter().map(|row| row.order).collect();
    days.dedup();
    let halves = days.iter().map(|&day| {
        let parts = || own.iter().filter(|row| row.order == day).map(|row| row.halves());
        parts().sum::<usize>().min(parts().max().unwrap_or(0).max(2))
    });
    let lessons = own.iter().map(|row| match row.lessons {
        Cell::Number(lessons) => format!("{lessons:.0}").parse().unwrap_or(0),
        _ => usize::from(row.kind == "听评课"),
    });
    (halves.sum(), lessons.sum())
}

/// Gives some dates as text, and leaves out the number of those who share a name.
fn as_typed(rng: &mut Rng, row: &mut Activity, people: &[Person]) {
    if people.iter().filter(|person| person.name == row.names).count() > 1 {
        row.id.clear();
    }
    let (Cell::Date(day), None) = (&row.date, row.flaw) else { return };
    let (year, month, day) = (day.year(), day.month(), day.day());
    match rng.below(100) {
        0..3 => row.date = format!("{year}.{month}.{day}").into(),
        3..5 => row.date = format!("{year}年{month}月{day}日").into(),
        5 => row.date = format!("{year}/{month:02}/{day:02}").into(),
        _ => {}
    }
}

pub fn write(rows: &[Activity], faults: &mut Faults) -> Result<Vec<(&'static str, Workbook)>> {
    let middle = date(2023, 6, 30);
    let (first, second): (Vec<_>, Vec<_>) = rows.iter().partition(|row| row.order <= middle);
    Ok(vec![ledger(&FIRST, &first, faults)?, ledger(&SECOND, &second, faults)?])
}

fn ledger(to: &Ledger, rows: &[&Activity], faults: &mut Faults) -> Result<(&'static str, Workbook)> {
    let mut book = workbook()?;
    let mut page = Page::new(&mut book, to.sheet, to.columns.len())?;
    page.banner(to.title)?;
    if let Some(unit) = to.unit {
        page.banner(unit)?;
    }
    let headers: Vec<&str> = to.columns.iter().map(|&(header, _)| header).collect();
    page.header(&headers)?;
    let top = page.next();
    let mut places = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        if to.unit.is_some() && at > 0 && rows[at - 1].order < date(2023, 4, 1) && row.order >= date(2023, 4, 1) {
            pause(to, &mut page, &rows[..at], faults)?;
        }
        let cells: Vec<Cell> = to.columns.iter().map(|&(header, field)| cell(row, header, field, at + 1)).collect();
        let line = page.line(&cells)?;
        places.push(line);
        note(to, row, line, faults);
    }
    merge_doubles(to, &mut page, rows, &places, faults)?;
    let end = page.line(&total(to, "合计", rows))?;
    faults.note(place(to, end, 0), "合计 at the end", "a total, no activity");
    page.banner("填表人：徐一帆          审核人：周知衡          填报日期：2024年1月8日")?;
    faults.note(place(to, end + 1, 0), "a sign-off line under the table", "no activity");
    if to.unit.is_some() {
        faults.note(place(to, 0, 0), "a merged title and a unit line above the header", "the header is in row 3");
    } else {
        faults.note(
            place(to, top - 1, 0),
            "other headers in another order: 听课日期, 学校名称, 教研员, 课题 …",
            "the same table: 日期, 学校, 姓名, 主题 …",
        );
    }
    explain(&mut book, to)?;
    Ok((to.file, book))
}

/// A blank row and a total in the middle of the first ledger.
fn pause(to: &Ledger, page: &mut Page, rows: &[&Activity], faults: &mut Faults) -> Result<()> {
    page.blank_row();
    let row = page.line(&total(to, "1—3月合计", rows))?;
    faults.note(place(to, row - 1, 0), "a blank row inside the table", "the table goes on below it");
    faults.note(place(to, row, 0), "1—3月合计 in the middle of the table", "a total, no activity");
    Ok(())
}

fn cell(row: &Activity, header: &str, field: &str, number: usize) -> Cell {
    match field {
        "日期" => row.date.clone(),
        "结束日期" => row.end.clone(),
        "工号" => row.id.as_str().into(),
        "姓名" => row.names.as_str().into(),
        "单位" => row.institution.as_str().into(),
        "类型" => row.kind.as_str().into(),
        "学校" => row.school.as_str().into(),
        "级别" => row.level.as_str().into(),
        "学段" => row.stage.as_str().into(),
        "学科" => row.subject.as_str().into(),
        "天数" => row.days.clone(),
        "节数" => row.lessons.clone(),
        "主题" => row.topic.as_str().into(),
        _ if header == "序号" => f64::from(u32::try_from(number).expect("a row number")).into(),
        _ => Cell::Blank,
    }
}

fn total(to: &Ledger, label: &str, rows: &[&Activity]) -> Vec<Cell> {
    let sum = |field: fn(&Activity) -> &Cell| -> f64 {
        rows.iter().map(|row| if let Cell::Number(number) = field(row) { *number } else { 0.0 }).sum()
    };
    let mut cells: Vec<Cell> = to
        .columns
        .iter()
        .map(|&(_, field)| match field {
            "天数" => sum(|row| &row.days).into(),
            "节数" => sum(|row| &row.lessons).into(),
            _ => Cell::Blank,
        })
        .collect();
    cells[0] = label.into();
    cells
}

/// Merges day, number, name and institution where one officer saw two schools on one day.
fn merge_doubles(to: &Ledger, page: &mut Page, rows: &[&Activity], places: &[u32], faults: &mut Faults) -> Result<()> {
    let mut noted = false;
    for at in 1..rows.len() {
        let (above, below) = (rows[at - 1], rows[at]);
        let same =
            above.order == below.order && above.names == below.names && above.flaw.is_none() && below.flaw.is_none();
        let wanted = to.unit.is_some() && ["蒋听澜", "顾念慈", "高木兰"].contains(&above.names.as_str());
        if !(same && wanted && places[at - 1] + 1 == places[at]) {
            continue;
        }
        for (column, &(header, field)) in (0..).zip(to.columns) {
            if ["日期", "工号", "姓名", "单位"].contains(&field) {
                page.merge((places[at - 1], column), (places[at], column), &cell(above, header, field, at))?;
            }
        }
        if !std::mem::replace(&mut noted, true) {
            let wrong = "日期, 工号, 姓名 and 单位 merged over the two rows of one day (here and further down)";
            faults.note(place(to, places[at - 1], 1), wrong, "each row has the merged value");
        }
    }
    Ok(())
}

fn note(to: &Ledger, row: &Activity, line: u32, faults: &mut Faults) {
    if let Some(flaw) = row.flaw {
        let column = to.columns.iter().position(|&(_, field)| field == flaw.column).expect("a column of the ledger");
        faults.note(place(to, line, u16::try_from(column).expect("few columns")), flaw.wrong, flaw.reading);
    }
}

fn place(to: &Ledger, row: u32, column: u16) -> String {
    format!("{}!{}!{}", to.file, to.sheet, address(row, column))
}

/// A sheet that is no table, as workbooks have them.
fn explain(book: &mut Workbook, to: &Ledger) -> Result<()> {
    if to.unit.is_none() {
        return Ok(());
    }
    let mut page = Page::new(book, "填表说明", 4)?;
    page.banner("1．一人一天到多所学校的，可分行填写。")?;
    page.banner("2．多人同行的，姓名之间用顿号隔开。")
}
