//! `jiaoyan packs test`: runs the cases of packs, small tables in and verdicts out, and shows what does not come out.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::audit::cases::PackCase;
use crate::cli::{Status, UserError, output, settings};
use crate::dictionary::Dictionary;
use crate::pack::{Pack, built_in_ids};

const TEST_HELP: &str = "\
用例写在规则包旁边：规则.toml 的用例是 规则.cases.toml

退出状态：
  0 全部符合；2 有不符的用例，或没有运行成";

#[derive(Debug, Args)]
#[command(about = "运行规则包的用例，列出不符的", override_usage = "jiaoyan packs test [规则包]…", after_help = TEST_HELP)]
pub struct TestArgs {
    #[arg(value_name = "规则包", help = "内置规则包的编号，或规则包文件；不写则运行全部内置规则包的用例")]
    pub packs: Vec<PathBuf>,
}

/// How the cases of a run came out.
#[derive(Default)]
struct CaseTotals {
    /// A line for each thing that came out otherwise.
    lines: String,
    all: usize,
    wrong: usize,
}

pub(super) fn run(args: &TestArgs, dictionary: &Dictionary) -> anyhow::Result<Status> {
    let built_in: Vec<PathBuf> = built_in_ids().map(PathBuf::from).collect();
    let named = if args.packs.is_empty() { &built_in } else { &args.packs };
    let packs = settings::load_packs(named, dictionary)?;
    let mut totals = CaseTotals::default();
    for (name, pack) in named.iter().zip(&packs) {
        run_pack(name, pack, &mut totals, dictionary)?;
    }
    let last = match totals.wrong {
        0 => format!("共{}例，全部符合\n", totals.all),
        wrong => format!("共{}例，{wrong}例不符\n", totals.all),
    };
    output::out(&format!("{}{last}", totals.lines))?;
    Ok(if totals.wrong == 0 { Status::Fine } else { Status::NotRun })
}

fn run_pack(name: &Path, pack: &Pack, totals: &mut CaseTotals, dictionary: &Dictionary) -> Result<(), UserError> {
    let files = settings::load_cases(name, pack, dictionary)?;
    let has_case = |id: &str| files.iter().flat_map(|file| &file.cases).any(|case| case.rule == id);
    for rule in pack.rules.iter().filter(|rule| !has_case(&rule.id)) {
        output::remark(format!("规则包 {} 的规则 {} {} 没有用例", pack.id, rule.id, rule.title));
    }
    for file in &files {
        file.cases.iter().for_each(|case| run_case(&file.name, case, pack, dictionary, totals));
    }
    Ok(())
}

fn run_case(file: &str, case: &PackCase, pack: &Pack, dictionary: &Dictionary, totals: &mut CaseTotals) {
    let differences = match case.run(pack, dictionary) {
        Ok(differences) => differences,
        Err(error) => vec![format!("没有核查成：{error}")],
    };
    totals.all += 1;
    totals.wrong += usize::from(!differences.is_empty());
    for difference in differences {
        let (line, rule, name) = (case.line, &case.rule, &case.name);
        // Writing to a string cannot fail.
        let _ = writeln!(totals.lines, "{file}:{line} 规则 {rule}，用例“{name}”：{difference}");
    }
}
