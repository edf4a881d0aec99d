//! `jiaoyan explain`: what a rule asks, and how each row of the records bears on its verdict for one subject.

use std::path::PathBuf;

use clap::Args;

use crate::audit;
use crate::cli::commands::packs::one_rule;
use crate::cli::output::ProgressLine;
use crate::cli::settings::{self, AuditArgs, LimitArgs, PreparedAudit};
use crate::cli::{Status, UserError, output};
use crate::dictionary::{Dictionary, nearest};
use crate::pack::Pack;
use crate::report;

const EXPLAIN_EXAMPLES: &str = "\
例子：
  jiaoyan explain visit-days
  jiaoyan explain visit-days --pack jiangmen-2022 --person 张三 台账文件夹

退出状态：
  0 已经说明；2 没有说明成";

#[derive(Debug, Args)]
#[command(
    about = "说明一条规则，或逐行说明它对一个人的结论",
    override_usage = "jiaoyan explain <规则>\n      jiaoyan explain [选项] <规则> <文件或文件夹>…",
    after_help = EXPLAIN_EXAMPLES
)]
pub struct ExplainArgs {
    #[arg(value_name = "规则", help = "规则的编号，见 jiaoyan packs show", required = true)]
    pub rule: String,
    #[arg(value_name = "文件或文件夹", help = "台账；不写则只说明规则")]
    pub inputs: Vec<PathBuf>,
    #[arg(
        long,
        alias = "subject",
        value_name = "姓名或名称",
        help = "说明谁的结论：姓名、工号，或单位、学校的名称（也可写成 --subject）；对象只有一个时可以不写"
    )]
    pub person: Option<String>,
    #[command(flatten)]
    pub audit: AuditArgs,
    #[command(flatten)]
    pub limits: LimitArgs,
}

pub(crate) fn run(args: ExplainArgs, dictionary: &Dictionary) -> anyhow::Result<Status> {
    let rule = args.rule;
    if args.inputs.is_empty() {
        if args.person.is_some() {
            return Err(UserError::new("写了 --person 就要写台账的文件或文件夹").into());
        }
        let packs = only(load(&args.audit.packs, dictionary)?, &rule)?;
        output::out(&ruled(&packs, dictionary))?;
        return Ok(Status::Fine);
    }
    settings::refuse_missing(&args.inputs)?;
    let packs = |named: &[PathBuf]| only(load(named, dictionary)?, &rule);
    let (threads, today) = (args.limits.threads()?, jiff::Zoned::now().date());
    let request = PreparedAudit::new(args.audit, args.inputs, packs, threads, today, dictionary)?;
    request.remarks.iter().for_each(output::remark);
    let line = ProgressLine::new(args.limits.quiet);
    let audit = audit::explain(&request.settings, dictionary, args.person.as_deref(), &line)?;
    drop(line);
    let options = settings::options(&request);
    let report = request.report(&audit, &options);
    let text =
        format!("{}\n{}", ruled(&request.settings.packs, dictionary), report::explanation(&report, output::width()));
    output::out(&text)?;
    Ok(Status::Fine)
}

/// The packs that are named, else all built-in ones.
fn load(named: &[PathBuf], dictionary: &Dictionary) -> Result<Vec<Pack>, UserError> {
    if named.is_empty() { Ok(settings::built_in_packs(dictionary)) } else { settings::load_packs(named, dictionary) }
}

/// The only pack that has a rule, with no other rule in it.
fn only(packs: Vec<Pack>, rule: &str) -> Result<Vec<Pack>, UserError> {
    let near = nearest(rule, packs.iter().flat_map(|pack| &pack.rules).map(|own| own.id.as_str()));
    let mut having: Vec<Pack> = packs.into_iter().filter(|pack| pack.rule(rule).is_some()).collect();
    match having.as_mut_slice() {
        [] => {
            let near = if near.is_empty() { near } else { format!("；{near}") };
            Err(UserError::new(format!("没有编号为“{rule}”的规则{near}"))
                .advise("规则的编号见 jiaoyan packs show 规则包"))
        }
        [pack] => {
            pack.rules.retain(|own| own.id == rule);
            Ok(having)
        }
        several => {
            let ids: Vec<&str> = several.iter().map(|pack| pack.id.as_str()).collect();
            let sentence = format!("有{}个规则包都有规则“{rule}”：{}", ids.len(), ids.join("、"));
            Err(UserError::new(sentence).advise(format!("请写明是哪一个，例如 --pack {}", ids[0])))
        }
    }
}

fn ruled(packs: &[Pack], dictionary: &Dictionary) -> String {
    packs.iter().flat_map(|pack| pack.rules.iter().map(move |rule| one_rule(pack, rule, dictionary))).collect()
}
