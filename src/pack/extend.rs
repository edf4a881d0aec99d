//! A clerk's pack over a built-in one: it names what it changes, and all else stands as it does there.

use super::{Base, Check, Clause, ClauseStatus, Pack, Rule, rule};
use crate::dictionary::{At, Dictionary, Form, MemberList, nearest};
use crate::model::Obligation;
use crate::rules::{Scope, bound};

/// The keys that may be written for a rule of the base.
const CHANGEABLE: [&str; 11] =
    ["id", "at-least", "at-most", "equals", "about", "tolerance", "aim", "due", "reading", "obligation", "off"];

/// A pack and its own lists of members.
pub(super) type WithLists = (Pack, Vec<MemberList>);

/// The packs that others can extend.
#[derive(Clone, Copy)]
pub(super) struct Bases {
    pub ids: fn() -> Vec<&'static str>,
    /// By the id.
    pub find: fn(&str, &Dictionary) -> Option<WithLists>,
}

/// A rule of the base that is switched off.
pub(super) struct Off {
    clause: String,
    title: String,
    reason: String,
}

/// The pack that `extends` names, to be changed, and its lists of members. An empty one if nothing is extended.
pub(super) fn base(head: &Form<'_, '_>, dictionary: &Dictionary, bases: Bases) -> WithLists {
    let Some(named) = head.text("extends") else { return (Pack::default(), Vec::new()) };
    let Some((mut pack, lists)) = (bases.find)(&named.value, dictionary) else {
        let ids = (bases.ids)();
        let near = nearest(&named.value, ids.iter().copied());
        let help = format!("{near}可以写内置规则包的编号：{}", ids.join("、"));
        head.source().defect(named.span, format!("没有可以依据的规则包 {}", named.value), help);
        return (Pack::default(), Vec::new());
    };
    pack.base = Some(Base { id: pack.id.clone(), sha256: pack.sha256.clone(), kept: Vec::new() });
    (pack, lists)
}

/// Puts a clause in the place of the base's clause of that id, else behind the others.
pub(super) fn place(pack: &mut Pack, clause: Clause) {
    let before = pack.clauses.iter_mut().find(|before| before.id == clause.id);
    if pack.base.is_some() {
        let done = if before.is_some() { "改写" } else { "新增" };
        pack.differences.push(format!("条款 {} {done}：{}", clause.id, clause.status.label()));
    }
    match before {
        Some(before) => *before = clause,
        None => pack.clauses.push(clause),
    }
}

/// Adds a rule that the base does not have.
pub(super) fn add(pack: &mut Pack, rule: Rule) {
    if pack.base.is_some() {
        pack.differences.push(format!("规则 {} {} 新增", rule.id, rule.title));
    }
    pack.rules.push(rule);
}

/// Changes what is named of a rule of the base, or takes the rule out of the pack.
pub(super) fn change(form: &Form<'_, '_>, pack: &mut Pack, at: usize, dictionary: &Dictionary) -> Option<Off> {
    refuse_others(form, &pack.rules[at]);
    if let Some(reason) = form.text("off") {
        return Some(switch_off(form, reason, pack, at));
    }
    let rule = &mut pack.rules[at];
    let mut said = Vec::new();
    change_bound(form, rule, dictionary, &mut said);
    if let Some(due) = form.date("due").filter(|due| rule.due != Some(*due)) {
        let before = rule.due.map_or("无".to_string(), |due| due.to_string());
        said.push(format!("期限 {before} 改为 {due}"));
        rule.due = Some(due);
    }
    let obligation: Option<Obligation> = form.has("obligation").then(|| rule::obligation(form));
    if let Some(obligation) = obligation.filter(|obligation| *obligation != rule.obligation) {
        said.push(format!("强度 {} 改为 {}", rule.obligation.label(), obligation.label()));
        rule.obligation = obligation;
    }
    let reading = form.text("reading").map(|reading| reading.value);
    if let Some(reading) = reading.filter(|reading| rule.reading.as_ref() != Some(reading)) {
        let before = rule.reading.replace(reading.clone()).unwrap_or_else(|| "无".to_string());
        said.push(format!("口径说明“{before}” 改为 “{reading}”"));
    }
    let name = format!("规则 {} {}", rule.id, rule.title);
    pack.differences.extend(said.into_iter().map(|said| format!("{name}：{said}")));
    None
}

/// Other keys would make it another rule than the one its quote speaks of.
fn refuse_others(form: &Form<'_, '_>, rule: &Rule) {
    for (key, _) in form.entries().into_iter().filter(|(key, _)| !CHANGEABLE.contains(&key.value.as_str())) {
        let near = nearest(&key.value, CHANGEABLE);
        let message = format!("规则 {} 来自所依据的规则包，这里不能写 {}", rule.id, key.value);
        let help = format!("{near}可以写：{}；要改别的，请换一个 id 另写一条完整的规则", CHANGEABLE.join("、"));
        form.source().defect(key.span, message, help);
    }
}

fn change_bound(form: &Form<'_, '_>, rule: &mut Rule, dictionary: &Dictionary, said: &mut Vec<String>) {
    if !bound::KEYS.iter().any(|key| form.has(key)) {
        return;
    }
    let before = rule.bound_words(dictionary);
    let scope = Scope { dictionary, table: rule.each, members: &[] };
    match &mut rule.check {
        Check::Measured { bound, .. } => {
            if let Some(changed) = bound::read_over(form, &scope, Some(bound)) {
                *bound = changed;
            }
        }
        Check::Required { .. } => {
            form.defect(
                format!("规则 {} 没有标准数", rule.id),
                "它核对的是条件，只能改 due、reading、obligation 或停用",
            );
        }
    }
    let after = rule.bound_words(dictionary);
    if before != after {
        let (before, after) = differing(&before, &after);
        said.push(format!("{before} 改为 {after}"));
    }
}

/// The parts in which two standards differ: of several levels, the changed one.
fn differing(before: &str, after: &str) -> (String, String) {
    let parts = |text: &str| text.split('，').map(str::to_string).collect::<Vec<_>>();
    let (old, new) = (parts(before), parts(after));
    let only = |these: &[String], those: &[String]| {
        these.iter().filter(|part| !those.contains(part)).cloned().collect::<Vec<_>>().join("，")
    };
    let (gone, come) = (only(&old, &new), only(&new, &old));
    if gone.is_empty() || come.is_empty() { (before.to_string(), after.to_string()) } else { (gone, come) }
}

fn switch_off(form: &Form<'_, '_>, reason: At<String>, pack: &mut Pack, at: usize) -> Off {
    if reason.value.trim().is_empty() {
        form.source().defect(reason.span.clone(), "off 没有写理由", "例如 off = \"本单位没有镇街教研员\"");
    }
    for (key, _) in form.entries().into_iter().filter(|(key, _)| !["id", "off"].contains(&key.value.as_str())) {
        if CHANGEABLE.contains(&key.value.as_str()) {
            let message = format!("停用的规则不能再写 {}", key.value);
            form.source().defect(key.span, message, "请删去它，或删去 off");
        }
    }
    let rule = pack.rules.remove(at);
    pack.differences.push(format!("规则 {} {} 停用：{}", rule.id, rule.title, reason.value));
    Off { clause: rule.clause, title: rule.title, reason: reason.value }
}

/// A clause that has lost its last rule is answered by a person: no part of the document goes unanswered.
pub(super) fn hand_over(pack: &mut Pack, off: &[Off]) {
    let Pack { clauses, rules, .. } = pack;
    for clause in clauses {
        let lost: Vec<&Off> = off.iter().filter(|off| off.clause == clause.id).collect();
        if lost.is_empty() || rules.iter().any(|rule| rule.clause == clause.id) {
            continue;
        }
        let asks = lost.iter().map(|off| format!("“{}”已停用自动核查（{}），由人核查", off.title, off.reason));
        clause.ask = Some(clause.ask.take().into_iter().chain(asks).collect::<Vec<_>>().join("；"));
        clause.status = ClauseStatus::Manual;
    }
}
