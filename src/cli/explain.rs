//! `jiaoyan explain`: what a rule asks, and how each row of the records bears on its verdict for one subject.

use std::path::PathBuf;

use super::args::ExplainArgs;
use super::packs::one_rule;
use super::settings::{self, Asked};
use super::watch::Limits;
use super::{Refusal, Status, choose, pack_source, progress, streams};
use crate::audit;
use crate::dictionary::{Dictionary, nearest};
use crate::pack::Pack;
use crate::report::{self, Report};

/// # Errors
/// No pack or more than one has the rule, nobody is called as asked, or the records cannot be read.
pub fn run(args: ExplainArgs) -> anyhow::Result<Status> {
    let rule = args.rule;
    if args.inputs.is_empty() {
        if args.person.is_some() {
            return Err(Refusal::new("写了 --person 就要写台账的文件或文件夹").into());
        }
        let packs = only(load(&args.audit.packs)?, &rule)?;
        streams::out(&ruled(&packs))?;
        return Ok(Status::Fine);
    }
    settings::refuse_missing(&args.inputs)?;
    let packs = |named: &[PathBuf]| only(load(named)?, &rule);
    let asked = Asked::new(args.audit, args.inputs, &packs, Limits::threads(&args.limits)?, jiff::Zoned::now().date())?;
    asked.remarks.iter().for_each(|remark| streams::err(&format!("注意：{remark}\n")));
    let line = progress::Line::new(args.quiet);
    let audit = audit::explain(&asked.settings, Dictionary::built_in(), args.person.as_deref(), &line)?;
    drop(line);
    let options = settings::options(&asked);
    let report = Report { audit: &audit, packs: &asked.settings.packs, options: &options };
    let text = format!("{}\n{}", ruled(&asked.settings.packs), report::explanation(&report, streams::width()));
    streams::out(&text)?;
    Ok(Status::Fine)
}

/// The packs that are named, else all built-in ones.
fn load(named: &[PathBuf]) -> Result<Vec<Pack>, Refusal> {
    if named.is_empty() { Ok(choose::built_in_packs()) } else { pack_source::load(named) }
}

/// The only pack that has a rule, with no other rule in it.
fn only(packs: Vec<Pack>, rule: &str) -> Result<Vec<Pack>, Refusal> {
    let near = nearest(rule, packs.iter().flat_map(|pack| &pack.rules).map(|own| own.id.as_str()));
    let mut having: Vec<Pack> = packs.into_iter().filter(|pack| pack.rule(rule).is_some()).collect();
    match having.as_mut_slice() {
        [] => {
            let near = if near.is_empty() { near } else { format!("；{near}") };
            Err(Refusal::new(format!("没有编号为“{rule}”的规则{near}"))
                .advise("规则的编号见 jiaoyan packs show 规则包"))
        }
        [pack] => {
            pack.rules.retain(|own| own.id == rule);
            Ok(having)
        }
        several => {
            let ids: Vec<&str> = several.iter().map(|pack| pack.id.as_str()).collect();
            let sentence = format!("有{}个规则包都有规则“{rule}”：{}", ids.len(), ids.join("、"));
            Err(Refusal::new(sentence).advise(format!("请写明是哪一个，例如 --pack {}", ids[0])))
        }
    }
}

fn ruled(packs: &[Pack]) -> String {
    packs.iter().flat_map(|pack| pack.rules.iter().map(move |rule| one_rule(pack, rule))).collect()
}
