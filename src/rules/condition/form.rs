//! Conditions as a pack writes them.

use super::tree::{Condition, Moment, Single, Test, ValueTest};
use crate::dictionary::{At, Field, FieldKind, Form, Node, nearest};
use crate::model::WordId;
use crate::rules::path;
use crate::rules::path::Scope;

/// Reads a condition: every key is a field, a path, `any`, `all`, `some` or `has`, and all of them must hold.
pub(crate) fn read(form: Form<'_, '_>, scope: &Scope<'_>) -> Condition {
    let mut all = Vec::new();
    for (key, node) in form.entries() {
        let read = match key.value.as_str() {
            "any" => Some(Condition::Any(several(&form, node, "any", scope))),
            "all" => Some(Condition::All(several(&form, node, "all", scope))),
            "some" => some(&form, node, scope),
            "has" => has(&form, node, scope),
            "school.contact-of-person" => {
                node.value.as_bool().map(|is| Condition::One(Single::ContactSchool(is))).or_else(|| {
                    form.source().defect(node.span(), "应为 true 或 false", "例如 \"school.contact-of-person\" = true");
                    None
                })
            }
            _ => field(&form, &key, node, scope),
        };
        all.extend(read);
    }
    if all.len() == 1 { all.remove(0) } else { Condition::All(all) }
}

fn several(form: &Form<'_, '_>, node: Node<'_>, key: &str, scope: &Scope<'_>) -> Vec<Condition> {
    let items = node.items(form.source(), key);
    items.into_iter().filter_map(|item| item.form(form.source(), key)).map(|item| read(item, scope)).collect()
}

fn some(form: &Form<'_, '_>, node: Node<'_>, scope: &Scope<'_>) -> Option<Condition> {
    let some = node.form(form.source(), "some")?;
    let at_least = some.number("at-least");
    let of = some.node("of").map(|of| several(&some, of, "of", scope)).unwrap_or_default();
    some.finish();
    let wanted =
        at_least.and_then(|number| usize::try_from(number).ok()).filter(|number| (1..=of.len()).contains(number));
    if wanted.is_none() {
        let help = "例如 some = { at-least = 2, of = [{ … }, { … }, { … }] }";
        form.source().defect(node.span(), "some 要写 of 和 at-least，at-least 在1和条件个数之间", help);
    }
    Some(Condition::Some { at_least: wanted?, of })
}

fn has(form: &Form<'_, '_>, node: Node<'_>, scope: &Scope<'_>) -> Option<Condition> {
    let has = node.form(form.source(), "has")?;
    let of = has.required_text("of");
    let table = scope.dictionary.table_named(&of.value).filter(|id| scope.dictionary.table(*id).held);
    if table.is_none() {
        let held: Vec<&str> = scope.dictionary.tables.iter().filter(|t| t.held).map(|t| t.id.as_str()).collect();
        form.source().defect(of.span, format!("has 不能用于表 {}", of.value), format!("可以写：{}", held.join("、")));
    }
    let inner = Scope { table: table?, ..*scope };
    let filter = has.form("where").map_or(Condition::All(Vec::new()), |filter| read(filter, &inner));
    has.finish();
    Some(Condition::One(Single::Has { table: table?, filter: Box::new(filter) }))
}

fn field(form: &Form<'_, '_>, key: &At<String>, node: Node<'_>, scope: &Scope<'_>) -> Option<Condition> {
    let path = path::read(form, key, scope)?;
    let test = test(form, node, path.field(scope.dictionary, scope.table), scope)?;
    Some(Condition::One(Single::Test { path, test }))
}

fn test(form: &Form<'_, '_>, node: Node<'_>, field: &Field, scope: &Scope<'_>) -> Option<Test> {
    if node.value.as_table().is_some() {
        return operator(node.form(form.source(), &field.id)?, field, scope);
    }
    if node.value.as_array().is_some() {
        let items = node.items(form.source(), &field.id);
        let tests: Vec<ValueTest> = items.into_iter().filter_map(|item| equals(form, item, field, scope)).collect();
        return tests.into_iter().reduce(either).map(Test::Value);
    }
    equals(form, node, field, scope).map(Test::Value)
}

/// Joins two equalities into one that either of them satisfies.
fn either(one: ValueTest, other: ValueTest) -> ValueTest {
    match (one, other) {
        (ValueTest::Words(mut words), ValueTest::Words(more)) => {
            words.extend(more);
            words.sort();
            words.dedup();
            ValueTest::Words(words)
        }
        (ValueTest::Texts(texts), ValueTest::Texts(more)) => ValueTest::Texts([texts, more].concat()),
        (ValueTest::Numbers(numbers), ValueTest::Numbers(more)) => ValueTest::Numbers([numbers, more].concat()),
        (one, _) => one,
    }
}

fn equals(form: &Form<'_, '_>, node: Node<'_>, field: &Field, scope: &Scope<'_>) -> Option<ValueTest> {
    let (test, wanted) = match field.kind {
        FieldKind::Word(_) | FieldKind::Words(_) => return words(form, node, field, scope).map(ValueTest::Words),
        FieldKind::Flag => (node.value.as_bool().map(ValueTest::Flag), " true 或 false"),
        FieldKind::Number | FieldKind::Figure => {
            (node.as_number().map(|number| ValueTest::Numbers(vec![number])), "数")
        }
        FieldKind::Text
        | FieldKind::Texts
        | FieldKind::Code
        | FieldKind::Person
        | FieldKind::People
        | FieldKind::School
        | FieldKind::Institution
        | FieldKind::Identity => return Some(ValueTest::Texts(vec![node.text(form.source(), &field.id)?.value])),
        FieldKind::Date | FieldKind::Year => (None, " { at-least = 日期 } 或 { at-most = 日期 }"),
    };
    if test.is_none() {
        let help = format!("列 {}（{}）这里应写{wanted}", field.id, field.header);
        form.source().defect(node.span(), "条件的值类型不对", help);
    }
    test
}

/// The words that a name stands for. An unknown one is a defect that lists the known ones.
pub(crate) fn words(form: &Form<'_, '_>, node: Node<'_>, field: &Field, scope: &Scope<'_>) -> Option<Vec<WordId>> {
    let name = node.text(form.source(), &field.id)?;
    let list = scope.dictionary.words_of(field)?;
    let found = list.named(&name.value);
    if found.is_none() {
        let near = nearest(&name.value, list.names());
        let names: Vec<&str> = list.names().collect();
        let help = format!("{near}{}可以写：{}", field.header, names.join("、"));
        form.source().defect(name.span, format!("列 {} 没有“{}”这个词", field.id, name.value), help);
    }
    found
}

fn operator(form: Form<'_, '_>, field: &Field, scope: &Scope<'_>) -> Option<Test> {
    let test = if form.has("years-before") {
        years_before(&form, scope)
    } else if let Some(node) = form.node("at-least") {
        limit(&form, node, field, scope, true).map(Test::Value)
    } else if let Some(node) = form.node("at-most") {
        limit(&form, node, field, scope, false).map(Test::Value)
    } else if let Some(node) = form.node("not") {
        test(&form, node, field, scope).map(|test| Test::Not(Box::new(test)))
    } else if form.has("present") {
        form.flag("present").map(Test::Present)
    } else if form.has("said") {
        form.flag("said").map(Test::Said)
    } else if form.has("unique") {
        form.flag("unique").map(|unique| if unique { Test::Unique } else { Test::Not(Box::new(Test::Unique)) })
    } else if let Some(other) = form.text("same-as") {
        path::read(&form, &other, scope).map(Test::SameAs)
    } else if let Some(node) = form.node("contains") {
        contains(&form, field, node)
    } else {
        let help = "可以写：at-least、at-most、not、present、said、unique、same-as、contains、years-before";
        form.defect("不认识的条件", help);
        return None;
    };
    form.finish();
    test
}

fn contains(form: &Form<'_, '_>, field: &Field, node: Node<'_>) -> Option<Test> {
    if ![FieldKind::Text, FieldKind::Texts, FieldKind::School].contains(&field.kind) {
        let help = format!("列 {} 不是文字列，请写词语或词语的数组", field.id);
        form.source().defect(node.span(), "contains 只用于文字列", help);
        return None;
    }
    let is_list = node.value.as_array().is_some();
    let items = if is_list { node.items(form.source(), "contains") } else { vec![node] };
    let parts: Vec<String> =
        items.into_iter().filter_map(|item| item.text(form.source(), "contains")).map(|part| part.value).collect();
    (!parts.is_empty()).then_some(Test::Value(ValueTest::Contains(parts)))
}

fn limit(form: &Form<'_, '_>, node: Node<'_>, field: &Field, scope: &Scope<'_>, least: bool) -> Option<ValueTest> {
    match field.kind {
        FieldKind::Word(list) | FieldKind::Words(list) => {
            let word = *words(form, node, field, scope)?.first()?;
            if !scope.dictionary.list(list).ordered {
                form.source().defect(node.span(), format!("列 {} 的词不分高低", field.id), "请写词语的数组");
            }
            Some(if least { ValueTest::WordAtLeast(word) } else { ValueTest::WordAtMost(word) })
        }
        FieldKind::Number | FieldKind::Figure => {
            let number = node.number(form.source(), &field.id)?;
            Some(if least { ValueTest::NumberAtLeast(number) } else { ValueTest::NumberAtMost(number) })
        }
        FieldKind::Date => {
            let date = node.date(form.source(), &field.id)?;
            Some(if least { ValueTest::DateAtLeast(date) } else { ValueTest::DateAtMost(date) })
        }
        FieldKind::Text
        | FieldKind::Texts
        | FieldKind::Code
        | FieldKind::Person
        | FieldKind::People
        | FieldKind::Year
        | FieldKind::Flag
        | FieldKind::School
        | FieldKind::Institution
        | FieldKind::Identity => {
            let help = "at-least 和 at-most 只用于数、日期和分高低的词";
            form.source().defect(node.span(), format!("列 {} 不能比较大小", field.id), help);
            None
        }
    }
}

fn years_before(form: &Form<'_, '_>, scope: &Scope<'_>) -> Option<Test> {
    let written = form.required_text("years-before");
    let moment = match written.value.as_str() {
        "as-of" => Moment::AsOf,
        _ => Moment::Field(path::read(form, &written, scope)?),
    };
    let (at_least, at_most) = (form.number("at-least"), form.number("at-most"));
    if at_least.is_none() && at_most.is_none() {
        form.defect("years-before 缺少年数", "例如 { years-before = \"as-of\", at-least = 3 }");
    }
    let tolerance = form.number("tolerance").unwrap_or_default();
    Some(Test::YearsBefore { moment, at_least, at_most, tolerance })
}
