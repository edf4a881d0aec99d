//! Compares two assessments, in the form of the JSON contract, and says each difference in a line: what was recorded,
//! and what the audit says now.

use std::collections::{HashMap, VecDeque};

use serde_json::Value;

use crate::model::Verdict;

/// A rule of a pack is called so, by the ids of both.
pub type Title<'t> = &'t dyn Fn(&str, &str) -> String;

/// Every difference between what was recorded and what is found now.
pub fn differences(then: &Value, now: &Value, title: Title<'_>) -> Vec<String> {
    let mut lines = settings(then, now);
    lines.extend(sheets(then, now));
    let (pairs, gone, new) = paired(list(then, "findings"), list(now, "findings"), finding_key);
    lines.extend(standards(&pairs, title));
    lines.extend(pairs.iter().filter_map(|(then, now)| changed(then, now)));
    lines.extend(
        gone.iter().map(|finding| format!("结论：{}：{}，重新核查没有这一项", label(finding), verdict(finding))),
    );
    lines.extend(
        new.iter().map(|finding| format!("结论：{}：记录没有这一项，重新核查为{}", label(finding), verdict(finding))),
    );
    for (key, noun) in [("issues", "数据问题"), ("manual", "人工核查")] {
        let (_, gone, new) = paired(list(then, key), list(now, key), Value::to_string);
        lines.extend(gone.iter().map(|item| format!("{noun}：{}：重新核查没有这一条", item_label(item))));
        lines.extend(new.iter().map(|item| format!("{noun}：{}：记录没有这一条", item_label(item))));
    }
    lines
}

/// How many entries of a list an assessment has.
pub fn count(assessment: &Value, key: &str) -> usize {
    list(assessment, key).len()
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn settings(then: &Value, now: &Value) -> Vec<String> {
    let named = [("schema", "格式"), ("period", "核查年度"), ("as-of", "核查日")];
    let differ = named.iter().filter(|(key, _)| then.get(key) != now.get(key));
    differ.map(|(key, noun)| format!("{noun}：{} → {}", text(then, key), text(now, key))).collect()
}

/// The rows of each sheet, by what became of them.
fn sheets(then: &Value, now: &Value) -> Vec<String> {
    let flat = |assessment| -> Vec<(&str, &Value)> {
        let of = |input| list(input, "sheets").iter().map(move |sheet| (text(input, "path"), sheet));
        list(assessment, "inputs").iter().flat_map(of).collect()
    };
    let (then, now) = (flat(then), flat(now));
    let same = |(path, sheet): &(&str, &Value), (other, its): &(&str, &Value)| {
        path == other && text(sheet, "name") == text(its, "name")
    };
    let place = |(path, sheet): &(&str, &Value)| format!("工作表：《{path}》“{}”", text(sheet, "name"));
    let mut lines = Vec::new();
    for one in &then {
        match now.iter().find(|other| same(one, other)) {
            None => lines.push(format!("{}：现在没有这张工作表", place(one))),
            Some((_, its)) => {
                let rows = [("rows", "数据行"), ("used", "采用"), ("partly", "部分采用"), ("unused", "未采用")];
                let differ = rows.iter().filter(|(key, _)| one.1.get(key) != its.get(key));
                let mut parts: Vec<String> = differ
                    .map(|(key, noun)| format!("{noun} {} → {}", number(one.1.get(key)), number(its.get(key))))
                    .collect();
                if one.1.get("table") != its.get("table") {
                    parts.push("认作的表不同".to_string());
                }
                if !parts.is_empty() {
                    lines.push(format!("{}：{}", place(one), parts.join("，")));
                }
            }
        }
    }
    let new = now.iter().filter(|one| !then.iter().any(|other| same(one, other)));
    lines.extend(new.map(|one| format!("{}：记录没有这张工作表", place(one))));
    lines
}

/// The entries of two lists with equal keys, one by one, and those of either that have no other.
type Paired<'v> = (Vec<(&'v Value, &'v Value)>, Vec<&'v Value>, Vec<&'v Value>);

fn paired<'v>(then: &'v [Value], now: &'v [Value], key: fn(&Value) -> String) -> Paired<'v> {
    let mut waiting: HashMap<String, VecDeque<usize>> = HashMap::new();
    for (at, value) in now.iter().enumerate() {
        waiting.entry(key(value)).or_default().push_back(at);
    }
    let mut taken = vec![false; now.len()];
    let (mut pairs, mut gone) = (Vec::new(), Vec::new());
    for value in then {
        let at = waiting.get_mut(&key(value)).and_then(VecDeque::pop_front);
        match at.and_then(|at| Some((taken.get_mut(at)?, now.get(at)?))) {
            Some((taken, other)) => {
                *taken = true;
                pairs.push((value, other));
            }
            None => gone.push(value),
        }
    }
    let new = now.iter().zip(taken).filter(|(_, taken)| !taken).map(|(value, _)| value).collect();
    (pairs, gone, new)
}

/// Rule, subject and window.
fn finding_key(finding: &Value) -> String {
    let parts = ["pack", "rule", "subject", "window"].map(|key| finding.get(key).unwrap_or(&Value::Null).to_string());
    parts.join("\n")
}

/// The rules whose standard is another, each once.
fn standards(pairs: &[(&Value, &Value)], title: Title<'_>) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for (then, now) in pairs.iter().filter(|(then, now)| then.get("bound") != now.get("bound")) {
        let rule = title(text(then, "pack"), text(then, "rule"));
        let unit = text(then, "unit");
        let line = format!("标准：{rule}：{} → {}", bound(then.get("bound"), unit), bound(now.get("bound"), unit));
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines
}

/// What differs in a finding; nothing where only its standard does, which is verification for the rule.
fn changed(then: &Value, now: &Value) -> Option<String> {
    if then == now {
        return None;
    }
    let unit = text(now, "unit");
    let differs = |key: &str| then.get(key) != now.get(key);
    let mut parts = Vec::new();
    if differs("verdict") {
        parts.push(format!("{} → {}", verdict(then), verdict(now)));
    }
    if differs("actual") {
        parts.push(format!("实际 {} → {}", amount(then.get("actual"), unit), amount(now.get("actual"), unit)));
    }
    if differs("gap") {
        parts.push(format!("差额 {} → {}", gap(then.get("gap"), unit), gap(now.get("gap"), unit)));
    }
    for (key, noun) in [("clause", "条款"), ("obligation", "强度"), ("unit", "单位")] {
        if differs(key) {
            parts.push(format!("{noun} {} → {}", text(then, key), text(now, key)));
        }
    }
    if differs("details") {
        parts.push(format!("具体事项 {} → {}", names(then), names(now)));
    }
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
    let empty = Value::Null;
    let (subject, window) = (finding.get("subject").unwrap_or(&empty), finding.get("window").unwrap_or(&empty));
    let (name, institution) = (text(subject, "name"), text(subject, "institution"));
    let besides: Vec<&str> =
        [text(subject, "id"), institution].into_iter().filter(|part| !part.is_empty() && *part != name).collect();
    let besides = if besides.is_empty() { String::new() } else { format!("（{}）", besides.join("，")) };
    let (rule, clause) = (text(finding, "rule"), text(finding, "clause"));
    format!("{rule}（{clause}）{name}{besides}{}", text(window, "label"))
}

/// An issue by its cell, a manual check by its clause.
fn item_label(item: &Value) -> String {
    let parts = ["cell", "message", "clause", "ask"].map(|key| text(item, key));
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn verdict(finding: &Value) -> String {
    let id = text(finding, "verdict");
    let known = Verdict::ALL.into_iter().find(|verdict| verdict.id() == id);
    known.map_or_else(|| format!("“{id}”"), |verdict| verdict.label().to_string())
}

fn number(value: Option<&Value>) -> String {
    match value {
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Object(ends)) => format!("{}或{}", number(ends.get("low")), number(ends.get("high"))),
        Some(Value::Bool(true)) => "是".to_string(),
        Some(Value::Bool(false)) => "否".to_string(),
        Some(Value::Null | Value::String(_) | Value::Array(_)) | None => "无".to_string(),
    }
}

fn amount(value: Option<&Value>, unit: &str) -> String {
    let Some(Value::Object(ends)) = value else { return "无法计算".to_string() };
    match (ends.get("low"), ends.get("high")) {
        (low, Some(Value::Null)) => format!("{}{unit}以上", number(low)),
        (low, high) if low == high => format!("{}{unit}", number(low)),
        (low, high) => format!("{}至{}{unit}", number(low), number(high)),
    }
}

fn gap(value: Option<&Value>, unit: &str) -> String {
    match value {
        Some(Value::Number(number)) => format!("{number}{unit}"),
        _ => "无".to_string(),
    }
}

/// 不少于60天
fn bound(value: Option<&Value>, unit: &str) -> String {
    let Some(Value::Object(parts)) = value else { return "无".to_string() };
    let words = [
        ("at-least", "不少于"),
        ("at-most", "不超过"),
        ("equals", "等于"),
        ("about", "约"),
        ("tolerance", "允许差"),
        ("aim", "力争"),
    ];
    let verification = words.iter().filter(|(key, _)| parts.contains_key(*key));
    verification.map(|(key, word)| format!("{word}{}{unit}", number(parts.get(*key)))).collect::<Vec<_>>().join("，")
}

fn names(finding: &Value) -> String {
    let names: Vec<&str> = list(finding, "details").iter().filter_map(Value::as_str).collect();
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
