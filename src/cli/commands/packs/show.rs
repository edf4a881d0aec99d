//! `jiaoyan packs show`: a document, its clauses, and what each rule asks and needs, in words.

use std::path::PathBuf;

use clap::Args;

use super::list::year;
use crate::cli::{Status, output, settings};
use crate::dictionary::Dictionary;
use crate::pack::{Check, Clause, Pack, Rule};

#[derive(Debug, Args)]
#[command(about = "查看规则包：文件、条款，每条规则的标准和所需的表", override_usage = "jiaoyan packs show <规则包>")]
pub struct ShowArgs {
    #[arg(value_name = "规则包", help = "内置规则包的编号，或规则包文件")]
    pub pack: PathBuf,
}

pub(super) fn run(args: &ShowArgs, dictionary: &Dictionary) -> anyhow::Result<Status> {
    let packs = settings::load_packs(std::slice::from_ref(&args.pack), dictionary)?;
    let shown: Vec<String> = packs.iter().map(|pack| text(pack, dictionary)).collect();
    output::out(&shown.join("\n"))?;
    Ok(Status::Fine)
}

/// One rule with its clause, as a document asks it.
pub(crate) fn one(pack: &Pack, wanted: &Rule, dictionary: &Dictionary) -> String {
    let mut lines = vec![pack.cited()];
    lines.extend(pack.clause(&wanted.clause).into_iter().flat_map(clause));
    lines.extend(rule(wanted, dictionary));
    lines.join("\n") + "\n"
}

fn text(pack: &Pack, dictionary: &Dictionary) -> String {
    let mut lines = head(pack);
    lines.extend(differences(pack));
    lines.extend([String::new(), format!("条款（{}条）", pack.clauses.len())]);
    lines.extend(pack.clauses.iter().flat_map(clause));
    lines.extend([String::new(), format!("规则（{}条）", pack.rules.len())]);
    lines.extend(pack.rules.iter().flat_map(|own| rule(own, dictionary)));
    lines.join("\n") + "\n"
}

fn head(pack: &Pack) -> Vec<String> {
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string());
    let mut lines = vec![pack.id.clone()];
    let named = [
        ("文件", Some(format!("《{}》", pack.title))),
        ("文号", Some(pack.number.clone().unwrap_or_else(|| "无".to_string()))),
        ("发文单位", Some(pack.issuer.clone())),
        ("发文日期", day(pack.issued)),
        ("施行日期", day(pack.in_force)),
        ("核查年度", Some(year(pack).to_string())),
    ];
    lines.extend(entries(named));
    lines
}

/// What a clerk's pack changes of the built-in one.
fn differences(pack: &Pack) -> Vec<String> {
    let Some(base) = &pack.base else { return Vec::new() };
    let mut lines = vec![String::new(), format!("在内置规则包 {} 的基础上改动{}处", base.id, pack.differences.len())];
    lines.extend(pack.differences.iter().map(|difference| format!("  {difference}")));
    lines
}

fn clause(clause: &Clause) -> Vec<String> {
    let mut lines = vec![format!("  {} {}：{}", clause.id, clause.heading, clause.status.label())];
    let named = [("原文", clause.quote.clone()), ("人工核查", clause.ask.clone())];
    lines.extend(entries(named).map(|line| format!("  {line}")));
    lines
}

fn rule(rule: &Rule, dictionary: &Dictionary) -> Vec<String> {
    let mut lines = vec![format!("  {} {}", rule.id, rule.title)];
    let named = [
        ("条款", Some(rule.clause.clone())),
        ("原文", Some(rule.quote.clone())),
        ("强度", Some(rule.obligation.label().to_string())),
        ("对象", Some(subject(rule, dictionary))),
        ("周期", Some(period(rule))),
    ];
    lines.extend(entries(named).map(|line| format!("  {line}")));
    lines.extend(entries(asked(rule, dictionary)).map(|line| format!("  {line}")));
    let measured = rule.measured(dictionary).into_iter().map(|measured| ("计算", Some(measured)));
    lines.extend(entries(measured).map(|line| format!("  {line}")));
    let named =
        [("口径", rule.reading.clone()), ("对照", rule.compares.clone()), ("需要", Some(needs(rule, dictionary)))];
    lines.extend(entries(named).map(|line| format!("  {line}")));
    lines
}

/// 教研员花名册的每一行，专兼职为专职
fn subject(rule: &Rule, dictionary: &Dictionary) -> String {
    let sheet = &dictionary.table(rule.each).sheet;
    match rule.when.as_ref().map(|when| when.words(dictionary, rule.each)) {
        Some(when) => format!("{sheet}中{when}的每一行"),
        None => format!("{sheet}的每一行"),
    }
}

fn period(rule: &Rule) -> String {
    match rule.fixed {
        Some((from, to)) => format!("{from}至{to}"),
        None => rule.per.label().to_string(),
    }
}

/// What must be so: a standard for an amount, or a condition.
fn asked(rule: &Rule, dictionary: &Dictionary) -> [(&'static str, Option<String>); 3] {
    match &rule.check {
        Check::Measured { .. } => [("标准", Some(rule.asked(dictionary))), ("", None), ("", None)],
        Check::Required { relax, .. } => [
            ("要求", Some(rule.asked(dictionary))),
            ("期限", rule.due.map(|due| format!("{due}前"))),
            ("待核", relax.as_ref().map(|relax| format!("{}的，不符合时待核", relax.words(dictionary, rule.each)))),
        ],
    }
}

/// 教研员花名册（姓名、专兼职）、活动台账（日期、姓名、类型、天数）
fn needs(rule: &Rule, dictionary: &Dictionary) -> String {
    let table = |(id, fields): (_, Vec<_>)| {
        let table = dictionary.table(id);
        let headers: Vec<&str> = fields.into_iter().map(|field| table.field(field).header.as_str()).collect();
        format!("{}（{}）", table.sheet, headers.join("、"))
    };
    rule.needs(dictionary).into_iter().map(table).collect::<Vec<_>>().join("、")
}

/// A line for each name that has something to say.
fn entries<'n>(named: impl IntoIterator<Item = (&'n str, Option<String>)>) -> impl Iterator<Item = String> {
    named.into_iter().filter_map(|(name, value)| value.map(|value| format!("  {name}：{value}")))
}
