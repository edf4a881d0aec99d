//! What rows must cover: the members of a list, the values of a column, days of the week.

use jiff::civil::Weekday;

use super::condition::{self, Condition, Path, Scope};
use super::measure::{Measure, paths, rows};
use crate::dictionary::{At, FieldId, Form, TableId};
use crate::model::{WordId, weekday_name};

/// What is to be covered.
#[derive(Clone, Debug, PartialEq)]
pub enum Members {
    /// Each member by the words of each field that cover it, and its name.
    List { name: String, members: Vec<(String, Vec<Vec<WordId>>)> },
    /// Texts that a column must have, each with the other ways to write it behind it.
    Texts { name: String, texts: Vec<Vec<String>> },
    /// Days of the week that a row must fall on.
    Weekdays(Vec<Weekday>),
    /// The different values of a column, in rows that satisfy the filter.
    Column { table: TableId, field: FieldId, filter: Condition },
}

/// What a member is called: 初中物理, but 学前教育 and not 学前学前教育.
fn called(member: &[String]) -> String {
    match member {
        [first, second] if second.starts_with(first.as_str()) => second.clone(),
        _ => member.concat(),
    }
}

/// Reads the measure of what no row covers.
pub(crate) fn read(form: &Form<'_, '_>, scope: &Scope<'_>) -> Option<Measure> {
    form.node("by");
    let list = form.text("list");
    let column = form.text("column");
    let column_where = form.form("column-where");
    let days = form.has("weekdays").then(|| form.texts("weekdays"));
    let (rows, inner) = rows(form, scope)?;
    let mut by = paths(form, "by", &inner);
    let members = match (list, column, days) {
        (Some(list), None, None) => listed(form, &list, &inner, &mut by)?,
        (None, Some(column), None) => column_members(form, &column, column_where, scope)?,
        (None, None, Some(days)) => {
            let days = days.iter().filter_map(|day| weekday(form, day)).collect();
            return Some(Measure::Missing { members: Members::Weekdays(days), rows, by });
        }
        (_, _, _) => {
            let help = "例如 list = \"national-curriculum\"、column = \"schools.county\"，或 weekdays = [\"周一\"]";
            form.defect("missing 要写 list、column、weekdays 中的一个", help);
            return None;
        }
    };
    if by.is_empty() {
        form.missing("by");
        return None;
    }
    Some(Measure::Missing { members, rows, by })
}

fn weekday(form: &Form<'_, '_>, written: &At<String>) -> Option<Weekday> {
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
    found
}

/// The members of a list of the pack or the dictionary; `by` defaults to the fields that the list is made of.
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
        *by = list.fields.iter().filter_map(|name| condition::path(form, &at(name), inner)).collect();
    }
    let fields: Vec<_> = by.iter().filter_map(|path| condition::field_of(*path, inner)).collect();
    if let [field] = fields.as_slice()
        && dictionary.words_of(field).is_none()
    {
        let texts = list.members.iter().zip(&list.also).map(|(names, also)| [names.as_slice(), also].concat());
        return Some(Members::Texts { name: list.name.clone(), texts: texts.collect() });
    }
    let mut members = Vec::new();
    for member in &list.members {
        let words = fields.iter().zip(member).map(|(field, name)| dictionary.words_of(field)?.named(name));
        match words.collect::<Option<Vec<_>>>() {
            Some(words) => members.push((called(member), words)),
            None => {
                let message = format!("清单 {} 的“{}”不在词表里", list.id, member.concat());
                form.source().defect(written.span.clone(), message, "请改成词典中的标准用词");
            }
        }
    }
    Some(Members::List { name: list.name.clone(), members })
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
    let filter = filter.map_or(Condition::All(Vec::new()), |filter| condition::read(filter, &scope));
    Some(Members::Column { table, field, filter })
}
