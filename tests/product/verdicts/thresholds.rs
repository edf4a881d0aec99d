//! Changing any threshold of any pack by one unit makes a case of its rule fail: no figure stands there untested.

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use jiaoyan::audit::cases::{self, PackCase};
use jiaoyan::dictionary::Dictionary;
use jiaoyan::pack;
use rust_decimal::Decimal;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

const LIMITS: [&str; 10] = [
    "at-least",
    "at-most",
    "equals",
    "about",
    "tolerance",
    "aim",
    "lasting-months",
    "times",
    "weeks-before",
    "weeks-after",
];

/// A number of a rule that limits something, and its place in the pack's text.
struct Limit {
    rule: String,
    key: String,
    span: Range<usize>,
}

/// A pack with one limit changed.
struct Mutant<'t> {
    limit: &'t Limit,
    before: &'t str,
    after: String,
    text: String,
}

fn limits(text: &str) -> Vec<Limit> {
    let document = DeTable::parse(text).unwrap();
    let mut limits = Vec::new();
    for rule in document.get_ref().get("rule").and_then(|rules| rules.get_ref().as_array()).unwrap().iter() {
        let rule = rule.get_ref().as_table().unwrap();
        let id = rule.get("id").and_then(|id| id.get_ref().as_str()).unwrap();
        walk(rule, id, &mut limits);
    }
    limits
}

fn walk(table: &DeTable, rule: &str, limits: &mut Vec<Limit>) {
    for (key, value) in table.iter() {
        if LIMITS.contains(&key.get_ref().as_ref()) {
            numbers(value, rule, key.get_ref(), limits);
        }
        inside(value, rule, limits);
    }
}

fn inside(value: &Spanned<DeValue>, rule: &str, limits: &mut Vec<Limit>) {
    match value.get_ref() {
        DeValue::Table(table) => walk(table, rule, limits),
        DeValue::Array(items) => items.iter().for_each(|item| inside(item, rule, limits)),
        _ => {}
    }
}

/// The number itself, or the number for each word of a table `by` a field.
fn numbers(value: &Spanned<DeValue>, rule: &str, key: &str, limits: &mut Vec<Limit>) {
    match value.get_ref() {
        DeValue::Integer(_) | DeValue::Float(_) => {
            limits.push(Limit { rule: rule.to_string(), key: key.to_string(), span: value.span() });
        }
        DeValue::Table(table) => {
            table.iter().for_each(|(word, value)| numbers(value, rule, &format!("{key} {}", word.get_ref()), limits));
        }
        _ => {}
    }
}

fn mutants<'t>(text: &'t str, limits: &'t [Limit]) -> Vec<Mutant<'t>> {
    let changed = |limit: &'t Limit, by: Decimal| {
        let before = &text[limit.span.clone()];
        let after = (before.parse::<Decimal>().unwrap() + by).to_string();
        let text = format!("{}{after}{}", &text[..limit.span.start], &text[limit.span.end..]);
        Mutant { limit, before, after, text }
    };
    limits.iter().flat_map(|limit| [changed(limit, Decimal::ONE), changed(limit, -Decimal::ONE)]).collect()
}

/// The pack as it is, seen as a change of a rule: what is found of the others then comes of their change.
fn unchanged<'t>(text: &'t str, limits: &'t [Limit], rule: &str) -> Mutant<'t> {
    let limit = limits.iter().find(|limit| limit.rule == rule).unwrap();
    Mutant { limit, before: "", after: String::new(), text: text.to_string() }
}

/// Whether no case of the rule notices the change. A pack that no longer loads was noticed before any case.
fn survives(mutant: &Mutant, cases: &[PackCase]) -> bool {
    let Ok(mut pack) = pack::parse("mutant.toml", &mutant.text, "", Dictionary::built_in()) else { return false };
    pack.rules.retain(|rule| rule.id == mutant.limit.rule);
    let mut own = cases.iter().filter(|case| case.rule == mutant.limit.rule);
    own.all(|case| case.run(&pack, Dictionary::built_in()).is_ok_and(|differences| differences.is_empty()))
}

/// The changes of a pack that none of its cases notices, in words.
fn survivors(id: &str, text: &str, cases: &str) -> Vec<String> {
    let (limits, pack) = (limits(text), pack::parse(id, text, "", Dictionary::built_in()).unwrap());
    let cases = cases::parse(id, cases, &pack).unwrap();
    for rule in limits.iter().map(|limit| &limit.rule) {
        assert!(survives(&unchanged(text, &limits, rule), &cases), "{rule} does not hold as it is written");
    }
    let (mutants, next) = (mutants(text, &limits), AtomicUsize::new(0));
    let work = || {
        let taken = std::iter::from_fn(|| mutants.get(next.fetch_add(1, Ordering::Relaxed)));
        taken.filter(|mutant| survives(mutant, &cases)).collect::<Vec<_>>()
    };
    let mut left: Vec<&Mutant> = thread::scope(|scope| {
        let threads: Vec<_> = (0..2).map(|_| scope.spawn(work)).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    left.sort_by_key(|mutant| (mutant.limit.span.start, mutant.after.clone()));
    let line = |mutant: &&Mutant| text[..mutant.limit.span.start].matches('\n').count() + 1;
    let said = |mutant: &&Mutant| {
        let Mutant { limit, before, after, .. } = mutant;
        format!("{id}.toml:{} {} {}: {before} -> {after}", line(mutant), limit.rule, limit.key)
    };
    left.iter().map(said).collect()
}

#[test]
fn changing_any_threshold_in_any_pack_by_one_unit_makes_a_case_fail() {
    let survivors = |id| survivors(id, pack::text_of(id).unwrap(), pack::cases_of(id).unwrap());
    let found: Vec<String> = pack::built_in_ids().flat_map(survivors).collect();
    assert!(found.is_empty(), "no case notices these {}: {found:#?}", found.len());
}

#[test]
fn a_threshold_that_is_only_met_from_afar_is_listed_with_its_line_and_both_changes() {
    let pack = r#"[pack]
id = "small"
title = "示范文件"
issuer = "某县教育局"
audit-year = "calendar"
[[clause]]
id = "一"
heading = "教研职责"
status = "rules"
[[rule]]
id = "posts"
clause = "一"
quote = "不少于5个"
title = "编制数"
obligation = "应"
each = "institutions"
per = "as-of"
measure.field = "total-posts"
at-least = 5
unit = "个"
"#;
    let case = |posts: &str, verdict: &str| {
        let table = format!("\"机构情况\" = \"\"\"\n单位 | 总编制\n某院 | {posts}\n\"\"\"\n");
        format!(
            "[[case]]\nrule = \"posts\"\nname = \"x\"\nexpect = {{ \"某院\" = \"{verdict}\" }}\n[case.tables]\n{table}"
        )
    };
    let from_afar = case("9", "met");
    assert_eq!(
        survivors("small", pack, &from_afar),
        ["small.toml:19 posts at-least: 5 -> 4", "small.toml:19 posts at-least: 5 -> 6"]
    );
    let at_the_edge = case("5", "met") + &case("4", "unmet");
    assert_eq!(survivors("small", pack, &at_the_edge), Vec::<String>::new());
    // An aim decides no verdict, so a case has to name it.
    let aiming = pack.replace("unit =", "aim = 9\nunit =");
    let left = ["small.toml:20 posts aim: 9 -> 10", "small.toml:20 posts aim: 9 -> 8"];
    assert_eq!(survivors("small", &aiming, &at_the_edge), left);
    let naming = at_the_edge.replace("\"met\" }", "{ verdict = \"met\", aim = 9 } }");
    assert_eq!(survivors("small", &aiming, &naming), Vec::<String>::new());
}

#[test]
fn the_limits_of_a_pack_are_its_numbers_in_bounds_and_conditions_but_not_its_dates() {
    let text = r#"
[[rule]]
id = "days"
when = { start-date = { years-before = "as-of", at-least = 3 }, any = [{ level = { at-least = "县级" } }, { lessons = { at-most = 2.5 } }] }
measure.service = { lasting-months = 12, from = "start-date" }
at-least = { by = "level", "市级" = 60, "县级" = 80 }
due = 2024-12-31
[[rule]]
id = "entry"
require = { start-date = { at-least = 2022-12-09 } }
"#;
    let found = limits(text);
    let mut found: Vec<&str> = found.iter().map(|limit| &text[limit.span.clone()]).collect();
    found.sort_unstable();
    assert_eq!(found, ["12", "2.5", "3", "60", "80"]);
}
