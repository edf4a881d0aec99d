//! Compares two assessments, in the form of the JSON contract, and says each difference in a line: what was recorded,
//! and what the audit says now.

use std::collections::{HashMap, VecDeque};

use serde_json::Value;

use crate::model::Verdict;

/// A rule of a pack is called so, by the ids of both.
pub(super) type Title<'t> = &'t dyn Fn(&str, &str) -> String;

/// An entry that is compared: its key, what stands before its value in a line, and the words for the value and its unit.
type Compared = (&'static str, &'static str, fn(&Value, &str) -> String);

const SETTINGS: [Compared; 3] =
    [("schema", "格式：", plain), ("period", "核查年度：", plain), ("as-of", "核查日：", plain)];
const ROWS: [Compared; 4] = [
    ("rows", "数据行 ", |value, _| number(value)),
    ("used", "采用 ", |value, _| number(value)),
    ("partly", "部分采用 ", |value, _| number(value)),
    ("unused", "未采用 ", |value, _| number(value)),
];
const FINDING: [Compared; 7] = [
    ("verdict", "", verdict),
    ("actual", "实际 ", amount),
    ("gap", "差额 ", gap),
    ("clause", "条款 ", plain),
    ("obligation", "强度 ", plain),
    ("unit", "单位 ", plain),
    ("details", "具体事项 ", names),
];

/// Two entries with equal keys, or one that has no other.
type Pair<'v, T> = (Option<&'v T>, Option<&'v T>);

/// Every difference between what was recorded and what is found now.
pub(super) fn differences(then: &Value, now: &Value, title: Title<'_>) -> Vec<String> {
    let mut lines = changes(&SETTINGS, then, now);
    lines.extend(sheets(then, now));
    let findings = paired(list(then, "findings"), list(now, "findings"), finding_key);
    lines.extend(standards(&findings, title));
    lines.extend(findings.iter().filter_map(|(then, now)| changed((*then)?, (*now)?)));
    lines.extend(findings.iter().filter_map(|pair| {
        let verdict = |finding: &Value| verdict(&finding["verdict"], "");
        match pair {
            (Some(it), None) => Some(format!("结论：{}：{}，重新核查没有这一项", label(it), verdict(it))),
            (None, Some(it)) => Some(format!("结论：{}：记录没有这一项，重新核查为{}", label(it), verdict(it))),
            (Some(_), Some(_)) | (None, None) => None,
        }
    }));
    for (key, noun) in [("issues", "数据问题"), ("manual", "人工核查")] {
        let items = paired(list(then, key), list(now, key), Value::to_string);
        lines.extend(items.into_iter().filter_map(|pair| match pair {
            (Some(item), None) => Some(format!("{noun}：{}：重新核查没有这一条", item_label(item))),
            (None, Some(item)) => Some(format!("{noun}：{}：记录没有这一条", item_label(item))),
            (Some(_), Some(_)) | (None, None) => None,
        }));
    }
    lines
}

/// How many entries of a list an assessment has.
pub(super) fn count(assessment: &Value, key: &str) -> usize {
    list(assessment, key).len()
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

/// The entries that differ, each with what was and what is: `采用 9 → 8`.
fn changes(compared: &[Compared], then: &Value, now: &Value) -> Vec<String> {
    let unit = text(now, "unit");
    let differ = compared.iter().filter(|(key, ..)| then.get(key) != now.get(key));
    differ
        .map(|(key, noun, words)| format!("{noun}{} → {}", words(&then[*key], unit), words(&now[*key], unit)))
        .collect()
}

/// The rows of each sheet, by what became of them.
fn sheets(then: &Value, now: &Value) -> Vec<String> {
    let flat = |assessment| -> Vec<(&str, &Value)> {
        let of = |input| list(input, "sheets").iter().map(move |sheet| (text(input, "path"), sheet));
        list(assessment, "inputs").iter().flat_map(of).collect()
    };
    let place = |(path, sheet): &(&str, &Value)| format!("《{path}》“{}”", text(sheet, "name"));
    let line = |(then, now): Pair<'_, (&str, &Value)>| {
        let what = match (then, now) {
            (Some((_, then)), Some((_, now))) => {
                let mut parts = changes(&ROWS, then, now);
                if then.get("table") != now.get("table") {
                    parts.push("认作的表不同".to_string());
                }
                parts.join("，")
            }
            (Some(_), None) => "现在没有这张工作表".to_string(),
            (None, _) => "记录没有这张工作表".to_string(),
        };
        (!what.is_empty()).then(|| format!("工作表：{}：{what}", then.or(now).map(place).unwrap_or_default()))
    };
    paired(&flat(then), &flat(now), place).into_iter().filter_map(line).collect()
}

/// Pairs the entries of two lists by their keys, in the order of the first; those that only the second has come last.
fn paired<'v, T>(then: &'v [T], now: &'v [T], key: impl Fn(&T) -> String) -> Vec<Pair<'v, T>> {
    let mut waiting: HashMap<String, VecDeque<usize>> = HashMap::new();
    for (at, value) in now.iter().enumerate() {
        waiting.entry(key(value)).or_default().push_back(at);
    }
    let mut left: Vec<Option<&T>> = now.iter().map(Some).collect();
    let mut other = |value| left.get_mut(waiting.get_mut(&key(value))?.pop_front()?)?.take();
    let mut pairs: Vec<Pair<'v, T>> = then.iter().map(|value| (Some(value), other(value))).collect();
    pairs.extend(left.into_iter().flatten().map(|value| (None, Some(value))));
    pairs
}

/// Rule, subject and window.
fn finding_key(finding: &Value) -> String {
    ["pack", "rule", "subject", "window"].map(|key| finding[key].to_string()).join("\n")
}

/// The rules whose standard is another, each once.
fn standards(pairs: &[Pair<'_, Value>], title: Title<'_>) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let pairs = pairs.iter().filter_map(|(then, now)| Some(((*then)?, (*now)?)));
    for (then, now) in pairs.filter(|(then, now)| then.get("bound") != now.get("bound")) {
        let (rule, unit) = (title(text(then, "pack"), text(then, "rule")), text(then, "unit"));
        let line = format!("标准：{rule}：{} → {}", bound(&then["bound"], unit), bound(&now["bound"], unit));
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines
}

/// What differs in a finding. `None` where only its standard does, which is said once for the rule.
fn changed(then: &Value, now: &Value) -> Option<String> {
    let differs = |key: &str| then.get(key) != now.get(key);
    let mut parts = changes(&FINDING, then, now);
    // A reason says again what differs above.
    if parts.is_empty() && differs("reason") {
        parts.push(format!("说明 “{}” → “{}”", text(then, "reason"), text(now, "reason")));
    }
    if differs("evidence") {
        parts.push("依据的行或单元格不同".to_string());
    }
    (!parts.is_empty()).then(|| format!("结论：{}：{}", label(now), parts.join("，")))
}

/// visit-days（二(四)14）张三（T001，某单位）2023年
fn label(finding: &Value) -> String {
    let subject = &finding["subject"];
    let name = text(subject, "name");
    let besides = [text(subject, "id"), text(subject, "institution")];
    let besides: Vec<&str> = besides.into_iter().filter(|part| !part.is_empty() && *part != name).collect();
    let besides = if besides.is_empty() { String::new() } else { format!("（{}）", besides.join("，")) };
    let (rule, clause, window) = (text(finding, "rule"), text(finding, "clause"), text(&finding["window"], "label"));
    format!("{rule}（{clause}）{name}{besides}{window}")
}

/// An issue by its cell, a manual check by its clause.
fn item_label(item: &Value) -> String {
    let parts = ["cell", "message", "clause", "ask"].map(|key| text(item, key));
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn plain(value: &Value, _unit: &str) -> String {
    value.as_str().unwrap_or_default().to_string()
}

fn verdict(value: &Value, _unit: &str) -> String {
    let id = value.as_str().unwrap_or_default();
    let known = Verdict::ALL.into_iter().find(|verdict| verdict.id() == id);
    known.map_or_else(|| format!("“{id}”"), |verdict| verdict.label().to_string())
}

fn number(value: &Value) -> String {
    match value {
        Value::Number(number) => number.to_string(),
        Value::Object(_) => format!("{}或{}", number(&value["low"]), number(&value["high"])),
        Value::Bool(true) => "是".to_string(),
        Value::Bool(false) => "否".to_string(),
        Value::Null | Value::String(_) | Value::Array(_) => "无".to_string(),
    }
}

fn amount(value: &Value, unit: &str) -> String {
    if !value.is_object() {
        return "无法计算".to_string();
    }
    let (low, high) = (&value["low"], &value["high"]);
    if high.is_null() {
        format!("{}{unit}以上", number(low))
    } else if low == high {
        format!("{}{unit}", number(low))
    } else {
        format!("{}至{}{unit}", number(low), number(high))
    }
}

fn gap(value: &Value, unit: &str) -> String {
    if value.is_number() { format!("{value}{unit}") } else { "无".to_string() }
}

/// 不少于60天
fn bound(value: &Value, unit: &str) -> String {
    let Value::Object(parts) = value else { return "无".to_string() };
    let words = [
        ("at-least", "不少于"),
        ("at-most", "不超过"),
        ("equals", "等于"),
        ("about", "约"),
        ("tolerance", "允许差"),
        ("aim", "力争"),
    ];
    let said = words.iter().filter_map(|(key, word)| Some(format!("{word}{}{unit}", number(parts.get(*key)?))));
    said.collect::<Vec<_>>().join("，")
}

fn names(value: &Value, _unit: &str) -> String {
    let names: Vec<&str> = value.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    if names.is_empty() { "无".to_string() } else { names.join("、") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn finding(name: &str, verdict: &str, actual: Value, floor: u32) -> Value {
        json!({ "pack": "p", "rule": "days", "clause": "二", "obligation": "应",
            "subject": { "table": "staff", "id": "T1", "name": name, "institution": "某校" },
            "window": { "per": "year", "label": "2023年", "start": "2023-01-01", "end": "2023-12-31" },
            "verdict": verdict, "actual": actual, "bound": { "at-least": floor }, "gap": null, "unit": "天",
            "reason": "", "details": [], "evidence": { "rows": 1, "cells": [] } })
    }

    fn assessment(findings: Vec<Value>, issues: Value, used: u32) -> Value {
        let sheets =
            json!([{ "name": "表", "table": "activities", "rows": 9, "used": used, "partly": 0, "unused": 0 }]);
        json!({ "period": "2023", "inputs": [{ "path": "台账.xlsx", "sha256": "", "sheets": sheets }],
            "findings": findings, "manual": [], "issues": issues })
    }

    fn verification(then: &Value, now: &Value) -> Vec<String> {
        differences(then, now, &|pack, rule| format!("{pack} 的 {rule}"))
    }

    #[test]
    fn each_difference_is_a_line_with_what_was_and_what_is() {
        let sure = |days: u32| json!({ "low": days, "high": days });
        let then = assessment(
            vec![
                finding("甲", "met", sure(60), 60),
                finding("乙", "unmet", sure(5), 60),
                finding("丙", "met", sure(70), 60),
            ],
            json!([{ "cell": "台账.xlsx!表!A2", "kind": "unknown-word", "text": "x", "message": "不认识" }]),
            9,
        );
        let now = assessment(
            vec![
                finding("甲", "review", json!({ "low": 59, "high": null }), 61),
                finding("乙", "unmet", sure(5), 61),
                finding("丁", "met", sure(70), 61),
            ],
            json!([]),
            8,
        );
        assert_eq!(verification(&then, &then), Vec::<String>::new());
        assert_eq!(
            verification(&then, &now),
            [
                "工作表：《台账.xlsx》“表”：采用 9 → 8",
                "标准：p 的 days：不少于60天 → 不少于61天",
                "结论：days（二）甲（T1，某校）2023年：达标 → 待核，实际 60天 → 59天以上",
                "结论：days（二）丙（T1，某校）2023年：达标，重新核查没有这一项",
                "结论：days（二）丁（T1，某校）2023年：记录没有这一项，重新核查为达标",
                "数据问题：台账.xlsx!表!A2 不认识：重新核查没有这一条",
            ]
        );
    }

    #[test]
    fn what_is_no_assessment_is_told_as_missing_and_is_no_crash() {
        let now = assessment(vec![finding("甲", "met", Value::Null, 60)], json!([]), 9);
        let expected = [
            "核查年度： → 2023",
            "工作表：《台账.xlsx》“表”：记录没有这张工作表",
            "结论：days（二）甲（T1，某校）2023年：记录没有这一项，重新核查为达标",
        ];
        assert_eq!(verification(&json!([1]), &now), expected);
    }
}
