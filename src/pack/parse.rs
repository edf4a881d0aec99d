//! Reads a pack file: all of its defects at once, each with its line and what is allowed.

use super::extend::{self, Bases, Off, WithLists};
use super::{Clause, ClauseStatus, Pack, rule};
use crate::dictionary::{At, Dictionary, Form, MemberList, members, read_toml};
use crate::model::{Diagnostic, Period};

/// Reads a pack, with its own lists of members. `bases` are the packs that it can extend. Errors: all defects of the
/// file, in the order of their places.
pub(super) fn read(
    file: &str,
    text: &str,
    sha256: &str,
    dictionary: &Dictionary,
    bases: Bases,
) -> Result<WithLists, Vec<Diagnostic>> {
    read_toml(file, text, |form| {
        let mut lists = form.forms("members").into_iter().map(members).collect::<Vec<_>>();
        let mut pack = Pack::default();
        // If the base is not there, every rule seems to lack most of its keys.
        let of_base = head_form(&form).map_or(Some(Vec::new()), |head| head_of(head, &mut pack, dictionary, bases));
        if let Some(of_base) = of_base {
            lists.extend(of_base);
            body(&form, &mut pack, dictionary, &lists);
            form.finish();
        }
        pack.sha256 = sha256.to_string();
        (pack, lists)
    })
}

fn head_form<'s, 't>(form: &Form<'s, 't>) -> Option<Form<'s, 't>> {
    let head = form.form("pack");
    if !form.has("pack") {
        form.defect("缺少 [pack]", "规则包开头要写 [pack]，下面写 id、title、issuer、audit-year");
    }
    head
}

/// Reads what the document is, and gives the lists of members of the pack that it extends; nothing when that pack is
/// not known. What is left out is as the base has it, the id and the title aside.
fn head_of(head: Form<'_, '_>, pack: &mut Pack, dictionary: &Dictionary, bases: Bases) -> Option<Vec<MemberList>> {
    let (base, lists) = extend::base(&head, dictionary, bases);
    *pack = base;
    let id = head.required_text("id");
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !id.value.is_empty() && !id.value.chars().all(plain) {
        head.source().defect(id.span.clone(), "id 只用小写字母、数字和连字符", "例如 jiangmen-2022");
    }
    if pack.base.as_ref().is_some_and(|base| base.id == id.value) {
        head.source().defect(id.span.clone(), "id 不能与所依据的规则包相同", "请换一个 id，免得两者混淆");
    }
    pack.id = id.value;
    pack.title = head.required_text("title").value;
    pack.number = head.text("number").map(|number| number.value).or(pack.number.take());
    pack.issuer = match inherits(&head, "issuer") {
        true => std::mem::take(&mut pack.issuer),
        false => head.required_text("issuer").value,
    };
    pack.issued = head.date("issued").or(pack.issued);
    pack.in_force = head.date("in-force").or(pack.in_force);
    pack.only = only(&head).or(pack.only);
    pack.school_year = if inherits(&head, "audit-year") { pack.school_year } else { school_year(&head) };
    let digest = head.text("source-sha256").map(|digest| digest.value);
    pack.source_sha256 = digest.unwrap_or_else(|| std::mem::take(&mut pack.source_sha256));
    pack.claims = head.flag("claims").unwrap_or(pack.claims);
    let is_founded = pack.base.is_some() || !head.has("extends");
    head.finish();
    is_founded.then_some(lists)
}

/// Whether a key that must be there is left to the base.
fn inherits(head: &Form<'_, '_>, key: &'static str) -> bool {
    head.has("extends") && head.node(key).is_none()
}

fn school_year(head: &Form<'_, '_>) -> bool {
    let find = |written: &str| ["calendar", "school"].contains(&written).then(|| written == "school");
    let school = head.required_word("audit-year", find, |written| {
        (format!("不认识的核查年度 {written}"), "可以写：calendar（自然年）、school（学年）".to_string())
    });
    school.unwrap_or(false)
}

/// The year of a plan of one year.
fn only(head: &Form<'_, '_>) -> Option<Period> {
    let written = head.text("only")?;
    let period = Period::parse(&written.value);
    if let Err(error) = &period {
        head.source().defect(written.span, error.to_string(), "写文件所说的那一年，例如 only = \"2020\"");
    }
    period.ok()
}

fn body(form: &Form<'_, '_>, pack: &mut Pack, dictionary: &Dictionary, lists: &[MemberList]) {
    let mut doubtful = clauses(form, pack);
    let off = rules(form, dictionary, pack, lists, &mut doubtful);
    extend::hand_over(pack, &off);
    check_clauses(form, pack, &doubtful);
}

/// Reads the clauses into the pack; gives those whose status cannot be read.
fn clauses(form: &Form<'_, '_>, pack: &mut Pack) -> Vec<String> {
    let mut doubtful = Vec::new();
    let mut seen: Vec<String> = Vec::new();
    for clause_form in form.forms("clause") {
        let unknown = |written: &str| format!("不认识的状态 {written}");
        let status = rule::one_of(&clause_form, "status", &ClauseStatus::ALL, ClauseStatus::id, unknown);
        let clause = Clause {
            id: clause_form.required_text("id").value,
            heading: clause_form.required_text("heading").value,
            status: status.unwrap_or(ClauseStatus::OutOfScope),
            ask: clause_form.text("ask").map(|ask| ask.value),
            quote: clause_form.text("quote").map(|quote| quote.value),
        };
        if seen.contains(&clause.id) {
            clause_form.defect(format!("条款 {} 写了两次", clause.id), "每个条款只写一次");
        }
        let by_hand = matches!(clause.status, ClauseStatus::Partly | ClauseStatus::Manual);
        if by_hand && clause.ask.is_none() {
            clause_form.defect(format!("条款 {} 缺少 ask", clause.id), "请写明由人核查什么：ask = \"…\"");
        }
        clause_form.finish();
        if status.is_none() {
            doubtful.push(clause.id.clone());
        }
        seen.push(clause.id.clone());
        extend::place(pack, clause);
    }
    doubtful
}

/// Reads the rules into the pack; gives those of the base that are switched off. The clause of a rule that cannot be read
/// becomes doubtful.
fn rules(
    form: &Form<'_, '_>,
    dictionary: &Dictionary,
    pack: &mut Pack,
    lists: &[MemberList],
    doubtful: &mut Vec<String>,
) -> Vec<Off> {
    let of_base: Vec<String> = pack.rules.iter().map(|rule| rule.id.clone()).collect();
    let (mut seen, mut off): (Vec<String>, Vec<Off>) = (Vec::new(), Vec::new());
    for rule_form in form.forms("rule") {
        let id = peek(&rule_form, "id").map(|id| (id.value, id.span));
        let is_again = id.as_ref().is_some_and(|(id, _)| seen.contains(id));
        let is_of_base = id.as_ref().is_some_and(|(id, _)| of_base.contains(id));
        if let Some((id, span)) = id.clone().filter(|_| is_again) {
            rule_form.source().defect(span, format!("规则 {id} 写了两次"), "每条规则的 id 要各不相同");
        }
        if is_again && is_of_base {
            // It names only what it changes, and it may be off already: there is nothing to check it by.
            continue;
        }
        let at = id.as_ref().and_then(|(id, _)| pack.rules.iter().position(|rule| is_of_base && rule.id == *id));
        seen.extend(id.map(|(id, _)| id));
        match at {
            Some(at) => off.extend(extend::change(&rule_form, pack, at, dictionary)),
            None => {
                let clause = checked_clause(&rule_form, pack);
                match rule::read(rule_form, dictionary, lists) {
                    Some(rule) => extend::add(pack, rule),
                    None => doubtful.extend(clause),
                }
            }
        }
    }
    let by_hand = pack.clauses.iter().any(|clause| clause.status == ClauseStatus::Manual);
    if pack.rules.is_empty() && !form.has("rule") && !by_hand {
        form.defect(
            "规则包没有规则，也没有人工核查的条款",
            "至少写一条 [[rule]]，或一个 status = \"manual\" 的 [[clause]]",
        );
    }
    if let Some(base) = &mut pack.base {
        base.kept = of_base.into_iter().filter(|id| !seen.contains(id)).collect();
    }
    off
}

/// The clause that a rule names, which must be one of the pack's.
fn checked_clause(form: &Form<'_, '_>, pack: &Pack) -> Option<String> {
    let clause = peek(form, "clause")?;
    if pack.clause(&clause.value).is_none() {
        let message = format!("规则的条款 {} 不在 [[clause]] 里", clause.value);
        form.source().defect(clause.span, message, "请先写这个条款，或改正编号");
    }
    Some(clause.value)
}

fn peek(form: &Form<'_, '_>, key: &'static str) -> Option<At<String>> {
    form.has(key).then(|| form.text(key)).flatten()
}

/// A clause that says it is answered by rules must have one, and one that says it is not must have none. Of a doubtful
/// clause that cannot be told.
fn check_clauses(form: &Form<'_, '_>, pack: &Pack, doubtful: &[String]) {
    for clause in pack.clauses.iter().filter(|clause| !doubtful.contains(&clause.id)) {
        let has_rule = pack.rules.iter().any(|rule| rule.clause == clause.id);
        let says_rule = matches!(clause.status, ClauseStatus::Rules | ClauseStatus::Partly);
        match (says_rule, has_rule) {
            (true, false) => form.defect(
                format!("条款 {} 写着由规则核查，却没有规则", clause.id),
                "请补上规则，或把 status 改为 manual",
            ),
            (false, true) => {
                form.defect(format!("条款 {} 有规则，status 却不是 rules 或 partly", clause.id), "请改 status")
            }
            (true, true) | (false, false) => {}
        }
    }
}
