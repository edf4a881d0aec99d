//! Questions about a ledger that was handed in in part: for some of the time, or only the books of others, or of other kinds of rows.

use super::known::Known;
use super::lines;
use super::topic::{Open, Wording};
use crate::dictionary::TableId;
use crate::evaluate::{in_words, merged};
use crate::model::DateSpan;

/// How many people or words a question names.
const NAMED: usize = 6;

/// Of a ledger that has no rows in some of the time.
pub(super) fn of_time(known: &Known<'_>, table: TableId, open: &Open) -> Wording {
    let sheet = &known.scope.dictionary.table(table).sheet;
    let of = |(institution, spans): (&Option<u32>, &Vec<DateSpan>)| {
        let named = institution.and_then(|at| known.registry.institutions.get(at as usize));
        let several = open.times.len() > 1 || known.registry.institutions.len() > 1;
        let name = named.filter(|_| several).map(|named| format!("{}，", named.name)).unwrap_or_default();
        format!("{name}{}", in_words(&merged(spans)))
    };
    let times: Vec<String> = open.times.iter().take(NAMED).map(of).collect();
    let rest = if open.times.len() > NAMED { format!("等{}个单位", open.times.len()) } else { String::new() };
    let ask = format!("“{sheet}”没有这些时间的有关记录：{}{rest}。是确实没有，还是没有交全？", times.join("；"));
    let all: Vec<DateSpan> = open.times.values().flatten().copied().collect();
    let answer = "没有交全的请补交后再核查；确实没有的，写明这段时间的台账是完整的".to_string();
    // The line speaks of all offices, so one that lacks months must not be answered for by another.
    (ask, answer, vec![lines::covers(sheet, &merged(&all), open.times.len() == 1)])
}

pub(super) fn of_people(known: &Known<'_>, table: TableId, open: &Open) -> Wording {
    let staff = &known.registry.staff;
    let names = open.people.iter().filter_map(|place| Some(&*staff.get(*place as usize)?.name));
    let named = listed(names, open.people.len(), "人");
    let (sheet, times) = (&known.scope.dictionary.table(table).sheet, times(open));
    let ask = format!("交来的“{sheet}”是别人的、别的组的，没有{named}在{times}的记录。是没有交来，还是确实没有？");
    let answer = "有本人的、本组的台账的，一起交来；也登在交来的表里的，去掉表名、标题、文件名、文件夹名里的人名、组名"
        .to_string();
    (ask, answer, vec![line(sheet, open)])
}

pub(super) fn of_kinds(known: &Known<'_>, table: TableId, open: &Open) -> Wording {
    let described = known.scope.dictionary.table(table);
    let (sheet, times) = (&described.sheet, times(open));
    let list = described.parts.first().and_then(|part| known.scope.dictionary.words_of(described.field(part.field)));
    let words = open.kinds.iter().filter_map(|kind| Some(list?.word(*kind)));
    let named = listed(words, open.kinds.len(), "类");
    let ask = format!("交来的“{sheet}”是记别的活动的，没有登记{named}的表（{times}）。是没有交来，还是确实没有？");
    let answer = format!("另有台账的一起交来；所有活动都登在交来的表里的，把表名改成“{sheet}”");
    (ask, answer, vec![line(sheet, open)])
}

pub(super) fn of_extracts(open: &Open) -> Wording {
    let ask = format!("{}。是没有交来，还是确实没有？", open.words);
    let answer = "另有别的表的（别的年份、学校、学段、学科，或者兼职的），一起交来；全部都登在交来的表里的，去掉表名、标题、文件名里只说一部分、别的年份的字，日期写错的改正";
    (ask, answer.to_string(), Vec::new())
}

/// Of what other columns, remarks and sheets say that would be rows of a table.
pub(super) fn of_elsewhere(sheet: &str, open: &Open) -> Wording {
    let ask = format!("{}，都有谁？", open.words);
    let answer = format!(
        "逐人登进“{sheet}”，一人一行，写明角色；写的不是这回事的，改掉那句话，或者在设置里把那一列、那张表写成“不读”"
    );
    (ask, answer, Vec::new())
}

/// Of totals that are not what the rows of people add up to.
pub(super) fn of_totals(sheet: &str, open: &Open) -> Wording {
    let ask = format!("“{sheet}”的{}，以哪个为准？", open.words);
    let answer = format!("“{sheet}”漏登的逐条补登；合计写错的改正，或者在设置里把那一列写成“不读”");
    (ask, answer, Vec::new())
}

/// The line speaks of all that is missing, so that it stands as a comment.
fn line(sheet: &str, open: &Open) -> String {
    let all: Vec<DateSpan> = open.times.values().flatten().copied().collect();
    lines::covers(sheet, &merged(&all), false)
}

fn times(open: &Open) -> String {
    in_words(&merged(&open.times.values().flatten().copied().collect::<Vec<_>>()))
}

/// “张三”“李四”等8人
fn listed<'n>(names: impl Iterator<Item = &'n str>, all: usize, unit: &str) -> String {
    let shown: Vec<String> = names.take(NAMED).map(|name| format!("“{name}”")).collect();
    let rest = if all > shown.len() { format!("等{all}{unit}") } else { String::new() };
    format!("{}{rest}", shown.join(""))
}
