//! What rows must cover: the members of a list, the values of a column, days of the week.

use jiff::civil::Weekday;

use super::condition::{self, Condition};
pub(crate) use super::member::Member;
use super::member::{Cover, split};
use super::path::Scope;
use super::path::{self, Path};
use super::phrases::Phrases;
use crate::dictionary::{At, FieldId, Form, TableId, WordList};
use crate::model::{WordId, weekday_name};

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
    Some(Member::new(weekday_name(day).to_string(), Cover::Weekday(day)))
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
    let (mut members, mut parts) = (Vec::new(), Vec::new());
    for member in &list.members {
        let words = fields.iter().zip(member).map(|(field, name)| dictionary.words_of(field)?.named(name));
        match words.collect::<Option<Vec<_>>>() {
            Some(words) => {
                let mut own = Member::of_words(called(member), words);
                if let Some(last) = fields.last().and_then(|field| dictionary.words_of(field)) {
                    parts.extend(split(&mut own, members.len(), member, list, last));
                    own.perhaps = wholes(&own, last);
                }
                members.push(own);
            }
            None => {
                let message = format!("清单 {} 的“{}”不在词表里", list.id, member.concat());
                form.source().defect(written.span.clone(), message, "请改成词典中的标准用词");
            }
        }
    }
    members.extend(parts);
    Some(Members::Listed(list.name.clone(), members))
}

/// The words of the last field that may be written for the member's own. Without a stage beside it, nobody's subject is that of
/// the middle schools alone.
fn wholes(member: &Member, list: &WordList) -> Vec<WordId> {
    let Cover::Words(words) = &member.by else { return Vec::new() };
    let last = words.last().filter(|_| words.len() > 1);
    last.into_iter().flatten().flat_map(|word| list.wholes_of(*word)).collect()
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
