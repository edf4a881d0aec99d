//! Reads a pack file: all of its defects at once, each with its line and what is allowed.

use std::collections::HashMap;

use super::{Clause, ClauseStatus, Pack, Rule, rule};
use crate::dictionary::{At, Dictionary, Form, MemberList, Source, members};
use crate::model::Diagnostic;

/// Reads a pack. `file` is how messages call it; `sha256` is the digest of its bytes.
///
/// # Errors
/// All defects of the file, in the order of their places.
pub fn parse(file: &str, text: &str, sha256: &str, dictionary: &Dictionary) -> Result<Pack, Vec<Diagnostic>> {
    let source = Source::new(file, text);
    let document = source.parse();
    let form = source.form(&document);
    let mut pack = head(&form);
    pack.sha256 = sha256.to_string();
    pack.clauses = clauses(&form);
    let members = form.forms("members").into_iter().map(members).collect::<Vec<_>>();
    pack.rules = rules(&form, dictionary, &pack, &members);
    check_ledger(&form, &pack);
    form.finish();
    drop(document);
    let defects = source.into_defects();
    if defects.is_empty() { Ok(pack) } else { Err(defects) }
}

fn head(form: &Form<'_, '_>) -> Pack {
    let mut pack = Pack {
        id: String::new(),
        title: String::new(),
        number: None,
        issuer: String::new(),
        issued: None,
        in_force: None,
        school_year: false,
        source_sha256: String::new(),
        claims: false,
        clauses: Vec::new(),
        rules: Vec::new(),
        sha256: String::new(),
    };
    let Some(head) = form.form("pack") else {
        form.defect("缺少 [pack]", "规则包开头要写 [pack]，下面写 id、title、issuer、audit-year");
        return pack;
    };
    let id = head.required_text("id");
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !id.value.is_empty() && !id.value.chars().all(plain) {
        head.source().defect(id.span, "id 只用小写字母、数字和连字符", "例如 jiangmen-2022");
    }
    pack.id = id.value;
    pack.title = head.required_text("title").value;
    pack.number = head.text("number").map(|number| number.value);
    pack.issuer = head.required_text("issuer").value;
    pack.issued = head.date("issued");
    pack.in_force = head.date("in-force");
    pack.school_year = school_year(&head);
    pack.source_sha256 = head.text("source-sha256").map(|digest| digest.value).unwrap_or_default();
    pack.claims = head.flag("claims").unwrap_or(false);
    head.finish();
    pack
}

fn school_year(head: &Form<'_, '_>) -> bool {
    let written = head.required_text("audit-year");
    if head.has("audit-year") && !["calendar", "school"].contains(&written.value.as_str()) {
        let help = "可以写：calendar（自然年）、school（学年）";
        head.source().defect(written.span, format!("不认识的核查年度 {}", written.value), help);
    }
    written.value == "school"
}

fn clauses(form: &Form<'_, '_>) -> Vec<Clause> {
    let mut clauses: Vec<Clause> = Vec::new();
    for clause_form in form.forms("clause") {
        let clause = Clause {
            id: clause_form.required_text("id").value,
            heading: clause_form.required_text("heading").value,
            status: status(&clause_form),
            ask: clause_form.text("ask").map(|ask| ask.value),
            quote: clause_form.text("quote").map(|quote| quote.value),
        };
        if clauses.iter().any(|before| before.id == clause.id) {
            clause_form.defect(format!("条款 {} 写了两次", clause.id), "每个条款只写一次");
        }
        let by_hand = matches!(clause.status, ClauseStatus::Partly | ClauseStatus::Manual);
        if by_hand && clause.ask.is_none() {
            clause_form.defect(format!("条款 {} 缺少 ask", clause.id), "请写明由人核查什么：ask = \"…\"");
        }
        clause_form.finish();
        clauses.push(clause);
    }
    clauses
}

fn status(form: &Form<'_, '_>) -> ClauseStatus {
    let written = form.required_text("status");
    let found = ClauseStatus::ALL.into_iter().find(|status| status.id() == written.value);
    if found.is_none() && form.has("status") {
        let names = ClauseStatus::ALL.map(ClauseStatus::id).join("、");
        form.source().defect(written.span, format!("不认识的状态 {}", written.value), format!("可以写：{names}"));
    }
    found.unwrap_or(ClauseStatus::Manual)
}

fn rules(form: &Form<'_, '_>, dictionary: &Dictionary, pack: &Pack, members: &[MemberList]) -> Vec<Rule> {
    let mut rules = Vec::new();
    let mut seen: HashMap<String, ()> = HashMap::new();
    for rule_form in form.forms("rule") {
        let (id, clause) = (peek(&rule_form, "id"), peek(&rule_form, "clause"));
        if let Some(id) = id
            && seen.insert(id.value.clone(), ()).is_some()
        {
            rule_form.source().defect(id.span, format!("规则 {} 写了两次", id.value), "每条规则的 id 要各不相同");
        }
        if let Some(clause) = clause
            && pack.clause(&clause.value).is_none()
        {
            let message = format!("规则的条款 {} 不在 [[clause]] 里", clause.value);
            rule_form.source().defect(clause.span, message, "请先写这个条款，或改正编号");
        }
        rules.extend(rule::read(rule_form, dictionary, members));
    }
    if rules.is_empty() && !form.has("rule") {
        form.defect("规则包没有规则", "至少写一条 [[rule]]");
    }
    rules
}

fn peek(form: &Form<'_, '_>, key: &'static str) -> Option<At<String>> {
    form.has(key).then(|| form.text(key)).flatten()
}

/// A clause that says it is answered by rules must have one, and one that says it is not must have none.
fn check_ledger(form: &Form<'_, '_>, pack: &Pack) {
    for clause in &pack.clauses {
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
