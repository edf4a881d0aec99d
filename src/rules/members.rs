//! What rows must cover: the members of a list, the values of a column, days of the week.

use jiff::civil::{Date, Weekday};

use super::condition::{self, Condition};
use super::path::Scope;
use super::path::{self, Path};
use super::phrases::Phrases;
use super::places::may_be_same_county;
use crate::dictionary::{At, FieldId, Form, TableId};
use crate::model::{Cell, Truth, Value, Window, WordId, weekday_name};

/// What is to be covered.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Members {
    /// A list by its name, and its members.
    Listed(String, Vec<Member>),
    /// Days of the week that a row must fall on.
    Weekdays(Vec<Member>),
    Column(MemberColumn),
}

/// The different values of a column, in rows that satisfy the filter.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct MemberColumn {
    pub table: TableId,
    pub field: FieldId,
    pub filter: Condition,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Member {
    pub name: String,
    by: Cover,
    /// Whether it is surely asked for.
    pub sure: bool,
}

/// What covers a member.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Cover {
    /// For each field that rows are compared by, any of these words.
    Words(Vec<Vec<WordId>>),
    Texts(Vec<String>),
    /// A date on this day of the week.
    Weekday(Weekday),
}

/// The keys that say what is to be covered, before they are read.
pub(crate) struct MembersForm<'s, 't> {
    list: Option<At<String>>,
    column: Option<At<String>>,
    column_where: Option<Form<'s, 't>>,
    days: Option<Vec<At<String>>>,
}

impl Members {
    pub(crate) fn ask<'s, 't>(form: &Form<'s, 't>) -> MembersForm<'s, 't> {
        MembersForm {
            list: form.text("list"),
            column: form.text("column"),
            column_where: form.form("column-where"),
            days: form.has("weekdays").then(|| form.texts("weekdays")),
        }
    }

    pub(crate) fn are_weekdays(&self) -> bool {
        match self {
            Members::Weekdays(_) => true,
            Members::Listed(..) | Members::Column(_) => false,
        }
    }

    pub(crate) fn column(&self) -> Option<&MemberColumn> {
        match self {
            Members::Column(column) => Some(column),
            Members::Listed(..) | Members::Weekdays(_) => None,
        }
    }

    /// The members that do not depend on the records.
    pub(crate) fn fixed(&self) -> &[Member] {
        match self {
            Members::Listed(_, members) | Members::Weekdays(members) => members,
            Members::Column(_) => &[],
        }
    }

    pub(crate) fn words(&self, phrases: Phrases<'_>) -> String {
        match self {
            Members::Listed(name, _) => name.clone(),
            Members::Weekdays(days) => days.iter().map(|day| day.name.as_str()).collect::<Vec<_>>().join("、"),
            Members::Column(MemberColumn { table, field, filter }) => {
                let other = phrases.of(*table);
                let filter = match other.condition(filter) {
                    filter if filter.is_empty() => filter,
                    filter => format!("（{filter}）"),
                };
                format!("{}的{}{filter}", other.sheet(), other.header(*field))
            }
        }
    }
}

impl MembersForm<'_, '_> {
    /// Reads what rows in the scope of `inner` must cover. A list may say itself by which fields its
    /// members are compared, and then fills in `by`.
    pub(crate) fn read(
        self,
        form: &Form<'_, '_>,
        scope: &Scope<'_>,
        inner: &Scope<'_>,
        by: &mut Vec<Path>,
    ) -> Option<Members> {
        match (self.list, self.column, self.days) {
            (Some(list), None, None) => listed(form, &list, inner, by),
            (None, Some(column), None) => column_members(form, &column, self.column_where, scope),
            (None, None, Some(days)) => {
                Some(Members::Weekdays(days.iter().filter_map(|day| weekday(form, day)).collect()))
            }
            (Some(_), Some(_), _) | (Some(_), _, Some(_)) | (_, Some(_), Some(_)) | (None, None, None) => {
                let help = "例如 list = \"national-curriculum\"、column = \"schools.county\"，或 weekdays = [\"周一\"]";
                form.defect("missing 要写 list、column、weekdays 中的一个", help);
                None
            }
        }
    }
}

fn weekday(form: &Form<'_, '_>, written: &At<String>) -> Option<Member> {
    let days = Weekday::Monday.cycle_forward().take(7);
    let found = days.clone().find(|day| weekday_name(*day) == written.value);
    if found.is_none() {
        let names: Vec<&str> = days.map(weekday_name).collect();
        form.source().defect(
            written.span.clone(),
            format!("不认识的星期“{}”", written.value),
            format!("可以写：{}", names.join("、")),
        );
    }
    let day = found?;
    Some(Member { name: weekday_name(day).to_string(), by: Cover::Weekday(day), sure: true })
}

/// The members of a list of the pack or the dictionary. `by` defaults to the fields that the list is made of.
fn listed(form: &Form<'_, '_>, written: &At<String>, inner: &Scope<'_>, by: &mut Vec<Path>) -> Option<Members> {
    let dictionary = inner.dictionary;
    let of_pack = inner.members.iter().find(|list| list.id == written.value);
    let Some(list) = of_pack.or_else(|| dictionary.member_list(&written.value)) else {
        let names: Vec<&str> = inner.members.iter().chain(&dictionary.members).map(|list| list.id.as_str()).collect();
        form.source().defect(
            written.span.clone(),
            format!("没有清单 {}", written.value),
            format!("可以写：{}", names.join("、")),
        );
        return None;
    };
    if by.is_empty() {
        let at = |name: &String| At { value: name.clone(), span: written.span.clone() };
        *by = list.fields.iter().filter_map(|name| path::read(form, &at(name), inner)).collect();
    }
    let fields: Vec<_> = by.iter().map(|path| path.field(dictionary, inner.table)).collect();
    if let [field] = fields.as_slice()
        && dictionary.words_of(field).is_none()
    {
        let texts = list.members.iter().zip(&list.also).map(|(names, also)| [names.as_slice(), also].concat());
        return Some(Members::Listed(list.name.clone(), texts.map(Member::of_texts).collect()));
    }
    let mut members = Vec::new();
    for member in &list.members {
        let words = fields.iter().zip(member).map(|(field, name)| dictionary.words_of(field)?.named(name));
        match words.collect::<Option<Vec<_>>>() {
            Some(words) => members.push(Member { name: called(member), by: Cover::Words(words), sure: true }),
            None => {
                let message = format!("清单 {} 的“{}”不在词表里", list.id, member.concat());
                form.source().defect(written.span.clone(), message, "请改成词典中的标准用词");
            }
        }
    }
    Some(Members::Listed(list.name.clone(), members))
}

fn column_members(
    form: &Form<'_, '_>,
    written: &At<String>,
    filter: Option<Form<'_, '_>>,
    scope: &Scope<'_>,
) -> Option<Members> {
    let dictionary = scope.dictionary;
    let found = written.value.split_once('.').and_then(|(table, field)| {
        let table = dictionary.table_named(table).filter(|id| dictionary.table(*id).held)?;
        Some((table, dictionary.table(table).field_named(field)?))
    });
    let Some((table, field)) = found else {
        form.source().defect(
            written.span.clone(),
            format!("不认识的列 {}", written.value),
            "写成 表.列，例如 schools.county",
        );
        return None;
    };
    let scope = Scope { table, ..*scope };
    let read = |filter: Form<'_, '_>| {
        let span = filter.span();
        let read = condition::read(filter, &scope);
        if read.names_a_person() {
            let help = "要核对的是一列的取值，与由谁去做无关：请只用这张表自己的列，或 school.、institution. 的列";
            form.source().defect(span, "column-where 里不能用 person.，判断不出结果", help);
        }
        read
    };
    let filter = filter.map_or(Condition::All(Vec::new()), read);
    Some(Members::Column(MemberColumn { table, field, filter }))
}

/// What a member is called: 初中物理, but 学前教育 and not 学前学前教育.
fn called(member: &[String]) -> String {
    match member {
        [first, second] if second.starts_with(first.as_str()) => second.clone(),
        _ => member.concat(),
    }
}

impl Member {
    /// A text, followed by the other ways to write it.
    fn of_texts(texts: Vec<String>) -> Member {
        Member { name: texts.first().cloned().unwrap_or_default(), by: Cover::Texts(texts), sure: true }
    }

    /// The members of a column from its values, in order, each with whether its row surely satisfies the filter.
    /// A blank or unreadable value has no name, and may or may not be covered.
    pub(crate) fn of_values(values: impl Iterator<Item = (String, bool)>) -> Vec<Member> {
        let mut found: Vec<Member> = Vec::new();
        for (name, sure) in values {
            let sure = sure && !name.is_empty();
            match found.iter_mut().find(|member| member.name == name) {
                Some(member) => member.sure |= sure,
                None => found.push(Member { sure, ..Member::of_texts(vec![name]) }),
            }
        }
        found
    }

    /// Whether a row covers the member. `dates` are the first and last day of the row, if they are known.
    pub(crate) fn is_covered<'c>(
        &self,
        by: &[Path],
        cell: impl Fn(Path) -> Option<&'c Cell>,
        dates: Option<(Date, Date)>,
    ) -> Truth {
        if self.name.is_empty() {
            return Truth::Unknown;
        }
        if let Cover::Weekday(day) = self.by {
            return dates.map_or(Truth::Unknown, |(first, last)| Truth::from(falls_on(first, last, day)));
        }
        by.iter().enumerate().fold(Truth::True, |truth, (place, path)| {
            truth.and(match (cell(*path), &self.by) {
                (None | Some(Cell::Blank | Cell::Absent | Cell::Unreadable), _) => Truth::Unknown,
                (Some(cell), Cover::Words(words)) => {
                    words.get(place).map_or(Truth::Unknown, |words| covers(cell, words))
                }
                (Some(Cell::Is(Value::Text(text))), Cover::Texts(texts)) => {
                    let may_be = |one: &String| may_be_same_county(text, one);
                    Truth::of(texts.iter().any(|one| **text == **one), !texts.iter().any(may_be))
                }
                (Some(Cell::Is(_)), Cover::Texts(_) | Cover::Weekday(_)) => Truth::False,
            })
        })
    }

    /// Whether a window asks for the member: for a weekday only if one falls there that is no holiday.
    pub(crate) fn is_asked(&self, window: &Window, is_teaching_day: impl Fn(Date) -> bool) -> bool {
        let Cover::Weekday(day) = self.by else { return true };
        let days = window.start.series(jiff::Span::new().days(1)).take_while(|date| *date <= window.end);
        days.filter(|date| date.weekday() == day).any(is_teaching_day)
    }
}

fn falls_on(first: Date, last: Date, day: Weekday) -> bool {
    first.series(jiff::Span::new().days(1)).take(7).take_while(|date| *date <= last).any(|date| date.weekday() == day)
}

fn covers(cell: &Cell, words: &[WordId]) -> Truth {
    if let Cell::Is(Value::SomeWords(held)) = cell {
        return Truth::from(held.iter().any(|word| words.contains(word))).or(Truth::Unknown);
    }
    cell.words().map_or(Truth::Unknown, |held| Truth::from(held.iter().any(|word| words.contains(word))))
}
