//! The workbooks beside the ledger: roster, schools, postings, figures and training.

use anyhow::Result;
use encoding_rs::GBK;
use jiff::civil::date;
use rust_xlsxwriter::Workbook;

use super::people::{INSTITUTIONS, Person};
use super::schools::{CONTACTS, FIGURES, POSTINGS, POSTS, School};
use super::training::{self, Training};
use crate::book::{Cell, Faults, Page, address, workbook};
use crate::rng::Rng;

const ROSTER: &str = "教研员花名册.xlsx";
const TRAINING: &str = "培训台账.xlsx";

const ROSTER_HEADERS: [&str; 19] = [
    "序号",
    "工号",
    "*姓名",
    "性别",
    "单位",
    "专兼职",
    "学段",
    "学 科",
    "职称",
    "最高学历",
    "出生日期",
    "身份证号",
    "联系电话",
    "从教日期",
    "任教研员\n日期",
    "离岗日期",
    "在编",
    "在岗",
    "备注",
];

pub fn roster(people: &[Person], faults: &mut Faults) -> Result<Workbook> {
    let mut book = workbook()?;
    let mut page = Page::new(&mut book, "教研员花名册", ROSTER_HEADERS.len())?;
    page.banner("附件1")?;
    page.banner("云港市中小学教研员花名册（2023年）")?;
    page.banner("填报单位（盖章）：云港市教师发展中心          填报日期：2023年12月31日          单位：人")?;
    page.header(&ROSTER_HEADERS)?;
    let top = page.next();
    for (at, person) in (1..).zip(people) {
        page.line(&roster_line(at, person))?;
    }
    for home in &INSTITUTIONS {
        let own = || (top..).zip(people).filter(|(_, person)| person.home.code == home.code).map(|(row, _)| row);
        let (first, last) = (own().min().expect("an officer"), own().max().expect("an officer"));
        page.merge((first, 4), (last, 4), &home.name.into())?;
    }
    let mut total = vec![Cell::Blank; ROSTER_HEADERS.len()];
    (total[0], total[2]) = ("合计".into(), format!("{}人", people.len()).into());
    page.line(&total)?;
    page.banner("单位负责人：江少陵          填表人：徐一帆          联系电话：0000-5550100")?;
    roster_faults(people, top, faults);
    institutions(&mut book, faults)?;
    Ok(book)
}

fn roster_line(at: u32, person: &Person) -> Vec<Cell> {
    let phone = format!("0000-{}", 5_550_100 + at);
    let texts = [
        person.id,
        person.name,
        person.sex,
        "",
        person.employment,
        person.stage,
        person.subject,
        person.title,
        person.education,
    ];
    let mut cells = vec![Cell::from(f64::from(at))];
    cells.extend(texts.map(Cell::from));
    cells.extend([Cell::date_or_text(person.birth), id_number(person), phone.into()]);
    cells.extend([person.teaching, person.start, person.end].map(Cell::date_or_text));
    cells.extend([person.on_payroll, person.on_post, ""].map(Cell::from));
    cells
}

/// Only a few have one. The sequence number 000 is never given out, so that it can be no one's.
fn id_number(person: &Person) -> Cell {
    match person.id {
        "Y001" | "Y005" | "D101" | "D105" | "L203" => checked(person.birth).into(),
        "L201" => Cell::Number(110_105_197_609_160_000.0),
        _ => Cell::Blank,
    }
}

/// An 18-digit number with the check digit of GB 11643.
fn checked(birth: &str) -> String {
    let body = format!("110105{}000", birth.replace('-', ""));
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body.chars().zip(weights).map(|(digit, weight)| digit.to_digit(10).expect("a digit") * weight).sum();
    let check = ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"][(sum % 11) as usize];
    format!("{body}{check}")
}

/// What is missing or vague in the roster: officer, column, what is wrong, what to make of it.
const ROSTER_FAULTS: [(&str, u16, &str, &str); 9] = [
    (
        "Y011",
        8,
        "no 职称",
        "江予白 came on 2023-09-01 with 本科: whether 高级教师 or higher is unknown: 待核 under entry",
    ),
    (
        "Y015",
        9,
        "本科学历、硕士学位: a degree, no 研究生学历",
        "白清露 is 一级教师 without 研究生学历: 未达标 under entry",
    ),
    ("Y016", 17, "在编 是, 在岗 否", "no slip: 卢青禾 is 在编不在岗: 未达标 under on-post"),
    ("Y017", 14, "2018年12月: no day", "five years on 2023-12-31 only if it was the 31st: 待核 under school-rotation"),
    ("Y017", 17, "no 在岗", "待核 under on-post"),
    ("D107", 14, "no 任教研员日期", "尹素问 待核 under entry, school-rotation and research-cycle"),
    ("D109", 16, "no 在编", "傅长歌 待核 under on-post"),
    (
        "L208",
        5,
        "no 专兼职",
        "柳疏影 待核 under each rule for 专职; 临溪 待核 under subject-coverage (高中通用技术) and part-time-hired",
    ),
    ("L201", 11, "身份证号 typed as a number has lost its tail", "an issue; no rule needs it"),
];

fn roster_faults(people: &[Person], top: u32, faults: &mut Faults) {
    let place = |row: u32, column| format!("{ROSTER}!教研员花名册!{}", address(row, column));
    let row_of =
        |test: &dyn Fn(&Person) -> bool| (top..).zip(people).find(|(_, person)| test(person)).expect("an officer").0;
    faults.note(place(0, 0), "附件1, a title and a unit line, each merged over the width", "the header is in row 4");
    faults.note(place(top, 4), "单位 merged over the officers of each institution", "each has the merged value");
    for (id, column, wrong, reading) in ROSTER_FAULTS {
        faults.note(place(row_of(&|person| person.id == id), column), wrong, reading);
    }
    let namesake = row_of(&|person| person.name == "陈立言");
    faults.note(
        place(namesake, 2),
        "two officers called 陈立言 in one institution (this row and the next), neither with 工号",
        "a row of a ledger that says 陈立言 is possible for both: 待核, or 未达标 where all of them together are not enough",
    );
    let shared = row_of(&|person| person.id == "L202");
    faults.note(
        place(shared, 2),
        "林知远, like Y003 of the city",
        "told apart by 单位 in the ledgers, by 工号 elsewhere",
    );
    let end = top + u32::try_from(people.len()).expect("few people");
    faults.note(place(end, 0), "合计 and a sign-off line under the table", "no officers");
}

fn institutions(book: &mut Workbook, faults: &mut Faults) -> Result<()> {
    let mut page = Page::new(book, "机构情况", 4)?;
    page.banner("教研机构情况表")?;
    page.header(&["单位", "层级", "编制", ""])?;
    page.header(&["", "", "总编制", "专职教研员编制"])?;
    for (column, name) in [(0, "单位"), (1, "层级")] {
        page.merge((1, column), (2, column), &name.into())?;
    }
    page.merge((1, 2), (1, 3), &"编制".into())?;
    for line in POSTS {
        page.line(&line.map(number_or_text))?;
    }
    let place = |cell: &str| format!("{ROSTER}!机构情况!{cell}");
    faults.note(
        place("A2"),
        "a header of two rows with merged cells",
        "总编制 and 专职教研员编制 stand in the lower one",
    );
    faults.note(place("C7"), "full-width digits: ５２", "52 posts: 北麓区教研室 达标");
    faults.note(place("D7"), "待核定 is no number", "北麓区教研室 待核 under research-posts");
    Ok(())
}

fn number_or_text(text: &str) -> Cell {
    text.parse::<f64>().map_or_else(|_| Cell::date_or_text(text), Cell::Number)
}

pub fn schools(all: &[School], faults: &mut Faults) -> Result<Workbook> {
    let mut book = workbook()?;
    let headers = ["学校名称", "学校简称", "县区", "学段", "城乡", "薄弱", "基地", "隶属"];
    let mut page = Page::new(&mut book, "学校名单", headers.len())?;
    page.banner("云港市学校名单")?;
    page.header(&headers)?;
    for school in all {
        let line = [
            school.name,
            school.short,
            school.county,
            school.stage,
            school.area,
            school.weak,
            school.base,
            school.affiliation,
        ];
        page.line(&line.map(Cell::from))?;
    }
    contacts(&mut book, faults)?;
    Ok(book)
}

fn contacts(book: &mut Workbook, faults: &mut Faults) -> Result<()> {
    let headers = ["序号", "工号", "姓名", "学校", "角色", "开始日期", "结束日期"];
    let mut page = Page::new(book, "联系学校", headers.len())?;
    page.banner("教研员联系学校一览表")?;
    page.header(&headers)?;
    for (at, line) in (1..).zip(CONTACTS) {
        let mut cells = vec![Cell::Number(f64::from(at))];
        cells.extend(line.map(Cell::date_or_text));
        page.line(&cells)?;
    }
    let place = |cell: &str| format!("学校与联系点.xlsx!{cell}");
    faults.note(
        place("学校名单!E20"),
        "槐荫小学 without 城乡 and 薄弱",
        "it may be either: the city has 3 to 4 contact schools: 达标",
    );
    faults.note(place("联系学校!D9"), "沙湾学校 by its short name", "东屿区沙湾学校");
    faults.note(
        place("联系学校!F13"),
        "a contact that begins in 2024",
        "not there at the as-of day: 临溪区教师发展中心 未达标",
    );
    faults.note(
        place("联系学校!D14"),
        "北麓区红枫小学 is not in 学校名单",
        "it may be 乡村 or 薄弱: 北麓区教研室 待核",
    );
    Ok(())
}

pub fn postings(faults: &mut Faults) -> Result<Workbook> {
    let mut book = workbook()?;
    let headers = ["工号", "姓名", "学校", "岗位", "性质", "开始日期", "结束日期"];
    let mut page = Page::new(&mut book, "到校任教经历", headers.len())?;
    page.banner("专职教研员到校任教经历登记表")?;
    page.header(&headers)?;
    for line in POSTINGS {
        page.line(&line.map(Cell::date_or_text))?;
    }
    for column in 0..2 {
        page.merge((5, column), (6, column), &POSTINGS[3][usize::from(column)].into())?;
    }
    page.banner("填表人：徐一帆          审核人：周知衡")?;
    let place = |cell: &str| format!("到校任教经历.xlsx!到校任教经历!{cell}");
    faults.note(place("A6"), "工号 and 姓名 merged over the two postings of 纪云舟", "7 and 6 months add up: 达标");
    faults.note(place("D9"), "任课教师: neither 教学副校长 nor 备课组长", "possible, not sure: 钟离岳 待核");
    faults.note(
        place("F11"),
        "2022年9月 to 2023年8月, without days",
        "a year only if it ran from the first day to the last: 高木兰 待核",
    );
    Ok(book)
}

pub fn figures(faults: &mut Faults) -> Result<Workbook> {
    let mut book = workbook()?;
    let headers = ["单位", "年度", "项目", "数值"];
    let mut page = Page::new(&mut book, "年度数据", headers.len())?;
    page.banner("各单位年度数据（金额单位：万元）")?;
    page.header(&headers)?;
    for line in FIGURES {
        page.line(&line.map(number_or_text))?;
    }
    let place = |cell: &str| format!("年度数据.xlsx!年度数据!{cell}");
    faults.note(place("C9"), "报刊订阅费 is an item that no list knows", "listed; no rule needs it");
    faults.note(
        place("D15"),
        "待定 is neither 是 nor 否",
        "北麓区教研室 待核 under research-budget; the 是 of 2022 is another year's",
    );
    Ok(book)
}

/// The training ledger and the text of the late additions.
pub fn training(rng: &mut Rng, people: &[Person], faults: &mut Faults) -> Result<(Workbook, Vec<u8>)> {
    let mut rows: Vec<Training> = people.iter().flat_map(|person| training::ordinary(rng, person)).collect();
    rows.extend(training::cases(people));
    let (mut late, mut rows): (Vec<_>, Vec<_>) =
        rows.into_iter().partition(|row| row.flaw.is_none() && row.order >= date(2023, 12, 18));
    late.extend(training::late(people));
    rows.sort_by_key(|row| row.order);
    late.sort_by_key(|row| row.order);
    let former = training::former(people);
    let mut book = workbook()?;
    training_sheet(&mut book, "2023年培训", "2023年教研员培训学时登记表（单位：学时）", &rows, faults)?;
    training_sheet(&mut book, "历年研修", "2020—2022年教研能力提升研修登记表（单位：学时）", &former, faults)?;
    let csv = late_text(&late, faults);
    Ok((book, csv))
}

fn training_sheet(book: &mut Workbook, name: &str, title: &str, rows: &[Training], faults: &mut Faults) -> Result<()> {
    let mut page = Page::new(book, name, training::HEADERS.len())?;
    page.banner(title)?;
    page.header(&training::HEADERS)?;
    for row in rows {
        let line = page.line(&row.cells())?;
        if let Some(flaw) = row.flaw {
            let column =
                training::HEADERS.iter().position(|&header| header == flaw.column).expect("a column of the sheet");
            let place = format!("{TRAINING}!{name}!{}", address(line, u16::try_from(column)?));
            faults.note(place, flaw.wrong, flaw.reading);
        }
    }
    let hours = |row: &Training| if let Cell::Number(hours) = row.hours { hours } else { 0.0 };
    let mut total = vec![Cell::Blank; training::HEADERS.len()];
    total[0] = "合计".into();
    total[5] = Cell::Number((rows.iter().map(hours).sum::<f64>() * 10.0).round() / 10.0);
    let end = page.line(&total)?;
    faults.note(format!("{TRAINING}!{name}!{}", address(end, 0)), "合计 at the end", "a total, no training");
    Ok(())
}

/// The late additions as a program on Windows exports them: commas, GBK, CRLF.
fn late_text(rows: &[Training], faults: &mut Faults) -> Vec<u8> {
    let mut text = format!("{}\r\n", training::HEADERS.join(","));
    for row in rows {
        let cells: Vec<String> = row.cells().iter().map(Cell::plain).collect();
        text.push_str(&format!("{}\r\n", cells.join(",")));
    }
    faults.note("培训补录.csv".to_owned(), "GBK, not UTF-8", "董清越's last 20 of 90 hours are here: 达标");
    GBK.encode(&text).0.into_owned()
}
