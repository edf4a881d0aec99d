//! `jiaoyan packs test`: runs the cases of packs, small tables in and verdicts out, and shows what does not come out.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use super::super::{Refusal, Status, pack_source, streams};
use super::args::TestArgs;
use crate::audit::cases::PackCase;
use crate::dictionary::Dictionary;
use crate::pack::{Pack, built_in_ids};

/// How the cases of a run came out.
#[derive(Default)]
struct Outcome {
    /// A line for each thing that came out otherwise.
    lines: String,
    all: usize,
    wrong: usize,
}

/// # Errors
/// A pack or its case file cannot be loaded.
pub fn run(args: &TestArgs) -> anyhow::Result<Status> {
    let built_in: Vec<PathBuf> = built_in_ids().map(PathBuf::from).collect();
    let named = if args.packs.is_empty() { &built_in } else { &args.packs };
    let packs = pack_source::load(named)?;
    let mut outcome = Outcome::default();
    for (name, pack) in named.iter().zip(&packs) {
        run_pack(name, pack, &mut outcome)?;
    }
    let last = match outcome.wrong {
        0 => format!("共{}例，全部符合\n", outcome.all),
        wrong => format!("共{}例，{wrong}例不符\n", outcome.all),
    };
    streams::out(&format!("{}{last}", outcome.lines))?;
    Ok(if outcome.wrong == 0 { Status::Fine } else { Status::NotRun })
}

fn run_pack(name: &Path, pack: &Pack, outcome: &mut Outcome) -> Result<(), Refusal> {
    let files = pack_source::load_cases(name, pack)?;
    let has_case = |id: &str| files.iter().flat_map(|file| &file.cases).any(|case| case.rule == id);
    for rule in pack.rules.iter().filter(|rule| !has_case(&rule.id)) {
        streams::err(&format!("注意：规则包 {} 的规则 {} {} 没有用例\n", pack.id, rule.id, rule.title));
    }
    for file in &files {
        file.cases.iter().for_each(|case| run_case(&file.name, case, pack, outcome));
    }
    Ok(())
}

fn run_case(file: &str, case: &PackCase, pack: &Pack, outcome: &mut Outcome) {
    let differences = match case.run(pack, Dictionary::built_in()) {
        Ok(differences) => differences,
        Err(error) => vec![format!("没有核查成：{error}")],
    };
    outcome.all += 1;
    outcome.wrong += usize::from(!differences.is_empty());
    for difference in differences {
        let (line, rule, name) = (case.line, &case.rule, &case.name);
        // Writing to a string cannot fail.
        let _ = writeln!(outcome.lines, "{file}:{line} 规则 {rule}，用例“{name}”：{difference}");
    }
}
