//! 标准 as a pack writes it.

use rust_decimal::Decimal;

use super::value::{Bound, Threshold};
use crate::dictionary::{At, Form, Node};
use crate::rules::path::Scope;
use crate::rules::path::{self, Via};

/// The kinds of bound, and all keys that a bound is written with.
pub(crate) const KINDS: [&str; 4] = ["at-least", "at-most", "equals", "about"];
pub(crate) const KEYS: [&str; 6] = ["at-least", "at-most", "equals", "about", "tolerance", "aim"];

/// Reads the bound of a rule; nothing when it has none.
pub(crate) fn read(form: &Form<'_, '_>, scope: &Scope<'_>) -> Option<Bound> {
    read_over(form, scope, None)
}

/// Reads a bound that may leave things as another bound of the same kind has them: its tolerance, its aim, and of a
/// figure for each word those that it does not name.
pub(crate) fn read_over(form: &Form<'_, '_>, scope: &Scope<'_>, base: Option<&Bound>) -> Option<Bound> {
    let names_a_kind = KINDS.iter().any(|key| form.has(key));
    let base = base.filter(|base| form.has(base.key()) || !names_a_kind);
    let tolerance = form.number("tolerance").or(base.and_then(Bound::tolerance));
    let aim = form.number("aim").or(base.and_then(Bound::aim));
    let threshold = |node| threshold(form, node, scope).map(|read| read.over(base.and_then(Bound::threshold)));
    let given: Vec<Bound> = [
        form.node("at-least").and_then(threshold).map(|floor| Bound::AtLeast { floor, tolerance, aim }),
        form.node("at-most").and_then(threshold).map(|ceiling| Bound::AtMost { ceiling, tolerance }),
        form.node("equals").and_then(|node| match node.value.as_bool() {
            Some(flag) => Some(Bound::Is(flag)),
            None => threshold(node).map(Bound::Equals),
        }),
        form.number("about").map(|figure| Bound::About { figure, tolerance: tolerance.unwrap_or_default() }),
    ]
    .into_iter()
    .flatten()
    .collect();
    let given = match base {
        Some(base) if given.is_empty() => vec![base.with(tolerance, aim)],
        Some(_) | None => given,
    };
    check(form, &given, tolerance, aim);
    given.into_iter().next()
}

fn check(form: &Form<'_, '_>, given: &[Bound], tolerance: Option<Decimal>, aim: Option<Decimal>) {
    if given.len() > 1 {
        form.defect("标准写了不止一个", "at-least、at-most、equals、about 只写一个");
    }
    match given.first() {
        Some(Bound::About { .. }) if tolerance.is_none() => {
            form.defect("about 缺少 tolerance", "“左右”要写明上下差多少，例如 tolerance = 2");
        }
        Some(Bound::Equals(_) | Bound::Is(_)) if tolerance.is_some() => {
            form.defect("equals 不带 tolerance", "请改写 about，或删去 tolerance");
        }
        Some(Bound::AtLeast { floor, .. }) => {
            if aim.is_some_and(|aim| floor.figures().iter().any(|floor| aim <= *floor)) {
                form.defect("aim 应高于 at-least", "aim 是下限之上的努力目标");
            }
        }
        Some(_) if aim.is_some() => form.defect("aim 只和 at-least 同用", "请删去 aim"),
        Some(_) | None => {}
    }
}

fn threshold(form: &Form<'_, '_>, node: Node<'_>, scope: &Scope<'_>) -> Option<Threshold> {
    if node.value.as_table().is_none() {
        return node.number(form.source(), "标准").map(Threshold::Fixed);
    }
    let table = node.form(form.source(), "标准")?;
    let by: At<String> = table.required_text("by");
    let path = path::read(&table, &by, scope)?;
    let field = path.field(scope.dictionary, scope.table);
    let Some(list) = scope.dictionary.words_of(field).filter(|_| path.via == Via::Own) else {
        table.source().defect(
            by.span,
            format!("不能按列 {} 定标准", by.value),
            "by 要写对象自己的、取值为词语的列，例如 level",
        );
        return None;
    };
    let mut figures = Vec::new();
    for (name, value) in table.entries().into_iter().filter(|(name, _)| name.value != "by") {
        match list.named(&name.value) {
            Some(words) => {
                let figure = value.number(table.source(), &name.value)?;
                figures.extend(words.into_iter().map(|word| (word, figure)));
            }
            None => {
                let names: Vec<&str> = list.names().collect();
                let help = format!("可以写：{}", names.join("、"));
                table.source().defect(name.span, format!("列 {} 没有“{}”这个词", field.id, name.value), help);
            }
        }
    }
    Some(Threshold::By { field: path.field, figures })
}
