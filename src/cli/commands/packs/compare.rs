//! `jiaoyan packs compare`: what several documents ask of the same thing.

use std::path::PathBuf;

use clap::Args;

use crate::cli::{Status, UserError, output, settings};
use crate::dictionary::Dictionary;
use crate::report;

#[derive(Debug, Args)]
#[command(about = "把几份文件的同类要求列在一起", override_usage = "jiaoyan packs compare <规则包> <规则包>…")]
pub struct CompareArgs {
    #[arg(value_name = "规则包", help = "内置规则包的编号，或规则包文件；至少写两个", required = true)]
    pub packs: Vec<PathBuf>,
}

pub(super) fn run(args: &CompareArgs, dictionary: &Dictionary) -> anyhow::Result<Status> {
    if args.packs.len() < 2 {
        let error = UserError::new("只写了一个规则包，没有可以对照的");
        return Err(error.advise("至少写两个，例如 jiaoyan packs compare jiangmen-2022 规则.toml").into());
    }
    let packs = settings::load_packs(&args.packs, dictionary)?;
    output::out(&report::compare_packs(&packs, dictionary))?;
    Ok(Status::Fine)
}
