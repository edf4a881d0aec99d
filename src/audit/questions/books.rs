//! Questions about a ledger of which only some books were handed in: those of others, or of other kinds of rows.

use super::known::Known;
use super::lines;
use super::topic::{Open, Wording};
use crate::dictionary::TableId;
use crate::evaluate::{in_words, merged};
use crate::model::DateSpan;

/// How many people or words a question names.
const NAMED: usize = 6;

pub(super) fn of_people(known: &Known<'_>, table: TableId, open: &Open) -> Wording {
    let staff = &known.registry.staff;
    let names = open.people.iter().filter_map(|place| Some(&*staff.get(*place as usize)?.name));
    let named = listed(names, open.people.len(), "人");
    let (sheet, times) = (&known.scope.dictionary.table(table).sheet, times(open));
    let ask = format!("交来的“{sheet}”是别人的、别的组的，没有{named}在{times}的记录。是没有交来，还是确实没有？");
    let answer =
        "有本人的、本组的台账的，一起交来；也登在交来的表里的，去掉表名、标题、文件名里的人名、组名".to_string();
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
    let answer =
        "另有别的年份、别的学校的表的，一起交来；历年、各校的都登在交来的表里的，去掉表名、标题、文件名里的年份、校名";
    (ask, answer.to_string(), Vec::new())
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
