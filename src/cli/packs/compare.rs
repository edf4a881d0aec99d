//! `jiaoyan packs compare`: what several documents ask of the same thing.

use super::super::{Refusal, Status, pack_source, streams};
use super::args::CompareArgs;
use crate::report;

/// # Errors
/// Fewer than two packs, or one that cannot be loaded.
pub fn run(args: &CompareArgs) -> anyhow::Result<Status> {
    if args.packs.len() < 2 {
        let refusal = Refusal::new("只写了一个规则包，没有可以对照的");
        return Err(refusal.advise("至少写两个，例如 jiaoyan packs compare jiangmen-2022 规则.toml").into());
    }
    let packs = pack_source::load(&args.packs)?;
    streams::out(&report::compare_packs(&packs))?;
    Ok(Status::Fine)
}
