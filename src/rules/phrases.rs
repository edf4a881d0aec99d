//! Conditions and rows in words, as `packs show` reads them to a clerk.

use rust_decimal::Decimal;

use super::condition::{Condition, Moment, Single, Test, ValueTest};
use super::path::{Path, Via};
use super::rows::LinkedRows;
use crate::dictionary::{Dictionary, Field, FieldId, FieldKind, TableId};
use crate::model::{Amount, Cell, Value, WordId, plain};

/// How many parts of a text are listed; of more there are only the first.
const LISTED: usize = 12;

impl Condition {
    /// The condition on a row of a table as a phrase: `专兼职为专职，任教研员日期满3年`. Empty if it asks nothing.
    pub fn words(&self, dictionary: &Dictionary, table: TableId) -> String {
        Phrases { dictionary, table }.condition(self)
    }
}

/// Puts things into words that concern the rows of one table.
#[derive(Clone, Copy)]
pub(crate) struct Phrases<'d> {
    pub dictionary: &'d Dictionary,
    pub table: TableId,
}

impl<'d> Phrases<'d> {
    pub(crate) fn of(self, table: TableId) -> Self {
        Phrases { table, ..self }
    }

    pub(crate) fn sheet(self) -> String {
        self.dictionary.table(self.table).sheet.clone()
    }

    pub(crate) fn header(self, field: FieldId) -> String {
        self.dictionary.table(self.table).field(field).header.clone()
    }

    pub(crate) fn condition(self, condition: &Condition) -> String {
        match condition {
            Condition::All(parts) => self.several(parts, "，"),
            Condition::Any(parts) if parts.len() > 1 => format!("（{}）", self.several(parts, "，或")),
            Condition::Some { at_least, of } => format!("符合下列至少{at_least}项（{}）", self.several(of, "；")),
            Condition::Any(parts) => self.several(parts, ""),
            Condition::One(Single::Test { path, test }) => {
                format!("{}{}", self.path(*path), self.test(test, self.field(*path)))
            }
            Condition::One(Single::Has { table, filter }) => {
                let (other, filter) = (self.of(*table), self.of(*table).condition(filter));
                match filter.is_empty() {
                    true => format!("{}里有记录", other.sheet()),
                    false => format!("{}里有{filter}的记录", other.sheet()),
                }
            }
            Condition::One(Single::ContactSchool(true)) => "学校是本人的联系学校".to_string(),
            Condition::One(Single::ContactSchool(false)) => "学校不是本人的联系学校".to_string(),
        }
    }

    fn several(self, parts: &[Condition], between: &str) -> String {
        let parts: Vec<String> = parts.iter().map(|part| self.condition(part)).collect();
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(between)
    }

    fn field(self, path: Path) -> &'d Field {
        path.field(self.dictionary, self.table)
    }

    fn path(self, path: Path) -> String {
        let header = &self.field(path).header;
        match path.via {
            Via::Own => header.clone(),
            Via::School => format!("学校的{header}"),
            Via::Person => format!("本人的{header}"),
            Via::Institution => format!("单位的{header}"),
        }
    }

    /// What is asked of a field, to follow its name.
    fn test(self, test: &Test, field: &Field) -> String {
        match test {
            Test::Value(test) => self.value_test(test, field),
            Test::Present(true) | Test::Said(true) => "已填写".to_string(),
            Test::Present(false) | Test::Said(false) => "没有填写".to_string(),
            Test::Unique => "没有重复".to_string(),
            Test::SameAs(path) => format!("与{}相同", self.path(*path)),
            Test::YearsBefore { moment, at_least: Some(least), at_most: None, .. } if least.is_zero() => {
                let to = match moment {
                    Moment::Field(path) => self.path(*path),
                    Moment::AsOf => "截止日".to_string(),
                };
                format!("不晚于{to}")
            }
            Test::YearsBefore { moment, at_least, at_most, tolerance } => {
                let to = match moment {
                    Moment::Field(path) => format!("到{}", self.path(*path)),
                    Moment::AsOf => String::new(),
                };
                format!("{to}{}", years(*at_least, *at_most, *tolerance))
            }
            Test::Not(test) => self.negated(test, field),
        }
    }

    fn value_test(self, test: &ValueTest, field: &Field) -> String {
        match test {
            ValueTest::Words(words) => format!("为{}", self.words(words, field)),
            ValueTest::WordAtLeast(word) => format!("不低于{}", self.words(&[*word], field)),
            ValueTest::WordAtMost(word) => format!("不高于{}", self.words(&[*word], field)),
            ValueTest::Texts(texts) => {
                format!("为{}", either(&quoted(texts)))
            }
            ValueTest::Contains(parts) if parts.len() > LISTED => format!("含{}中的一个", first(parts)),
            ValueTest::Contains(parts) => format!("含{}", either(&quoted(parts))),
            ValueTest::Flag(flag) => format!("为“{}”", yes_no(*flag)),
            ValueTest::Numbers(numbers) => {
                format!("为{}", either(&numbers.iter().map(|number| plain(*number)).collect::<Vec<_>>()))
            }
            ValueTest::NumberAtLeast(number) => format!("不少于{}", plain(*number)),
            ValueTest::NumberAtMost(number) => format!("不超过{}", plain(*number)),
            ValueTest::DateAtLeast(date) => format!("在{date}及以后"),
            ValueTest::DateAtMost(date) => format!("在{date}及以前"),
        }
    }

    fn negated(self, test: &Test, field: &Field) -> String {
        match test {
            Test::Present(flag) => self.test(&Test::Present(!flag), field),
            Test::Value(ValueTest::Flag(flag)) => self.value_test(&ValueTest::Flag(!flag), field),
            Test::Not(test) => self.test(test, field),
            Test::Unique => "有重复".to_string(),
            Test::Said(flag) => self.test(&Test::Said(!flag), field),
            Test::Value(ValueTest::Contains(parts)) => format!("不含{}", first(parts)),
            Test::Value(_) | Test::SameAs(_) | Test::YearsBefore { .. } => {
                format!("不是“{}”", self.test(test, field))
            }
        }
    }

    /// The words of a list, or the name of their group if they make up a whole one.
    pub(crate) fn words(self, words: &[WordId], field: &Field) -> String {
        let Some(list) = self.dictionary.words_of(field) else { return String::new() };
        let names: Vec<&str> = words.iter().map(|word| list.word(*word)).collect();
        let is_all = |group: &[WordId]| group.len() == words.len() && words.iter().all(|word| group.contains(word));
        match list.groups.iter().find(|(_, group)| group.len() > 1 && is_all(group)) {
            Some((name, _)) => format!("{name}（{}）", names.join("、")),
            None => either(&names),
        }
    }

    /// 活动台账中类型为听评课的行
    pub(crate) fn rows(self, rows: &LinkedRows) -> String {
        let own = self.of(rows.table);
        let or_where = rows.or_where.as_ref();
        let doubtful = or_where.map(|filter| format!("（{}的由人判断）", own.condition(filter))).unwrap_or_default();
        match own.condition(&rows.filter) {
            filter if filter.is_empty() => format!("{}的行{doubtful}", own.sheet()),
            filter => format!("{}中{filter}的行{doubtful}", own.sheet()),
        }
    }

    pub(crate) fn paths(self, paths: &[Path]) -> String {
        paths.iter().map(|path| self.path(*path)).collect::<Vec<_>>().join("、")
    }

    /// What a cell says, as the report shows it.
    pub(crate) fn value(self, cell: &Cell, field: &Field) -> String {
        // Several words of a field that holds one are readings of it.
        let between = if matches!(field.kind, FieldKind::Word(_)) { "或" } else { "、" };
        let words = |ids: &[WordId]| match self.dictionary.words_of(field) {
            Some(list) => ids.iter().map(|id| list.word(*id)).collect::<Vec<_>>().join(between),
            None => String::new(),
        };
        match cell.value() {
            Some(Value::Text(text)) => text.to_string(),
            Some(Value::Texts(texts)) => texts.join("、"),
            Some(Value::Number(number)) => plain(*number),
            Some(Value::Between { low, high }) => Amount { low: *low, high: *high }.text(),
            Some(Value::Date(span)) => span.text(),
            Some(Value::Word(word)) => words(&[*word]),
            Some(Value::Words(ids) | Value::SomeWords(ids)) => words(ids),
            Some(Value::Flag(flag)) => yes_no(*flag).to_string(),
            Some(Value::Year { first, last }) => format!("{first}至{last}"),
            None => "空".to_string(),
        }
    }
}

/// 满6年、不超过8年.
fn years(at_least: Option<Decimal>, at_most: Option<Decimal>, tolerance: Decimal) -> String {
    let least = at_least.map(|years| format!("满{}年", plain(years)));
    let most = at_most.map(|years| format!("不超过{}年", plain(years)));
    let years = least.into_iter().chain(most).collect::<Vec<_>>().join("、");
    match tolerance.is_zero() {
        true => years,
        false => format!("{years}（相差{}年以内由人判断）", plain(tolerance)),
    }
}

pub(crate) fn yes_no(flag: bool) -> &'static str {
    if flag { "是" } else { "否" }
}

/// “艺术学校”、“卫生学校”等40个词: the first of many parts of a text.
fn first(parts: &[String]) -> String {
    let rest = if parts.len() > LISTED { format!("等{}个词", parts.len()) } else { String::new() };
    format!("{}{rest}", quoted(&parts[..parts.len().min(LISTED)]).join("、"))
}

fn quoted(texts: &[String]) -> Vec<String> {
    texts.iter().map(|text| format!("“{text}”")).collect()
}

/// 公开课、示范课或专题讲座
fn either<T: AsRef<str>>(names: &[T]) -> String {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{}或{last}", rest.join("、")),
        Some((last, _)) => last.to_string(),
        None => String::new(),
    }
}
