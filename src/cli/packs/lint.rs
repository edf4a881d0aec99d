//! `jiaoyan packs lint`: checks how a pack is written.

use std::fmt::Write;
use std::path::Path;

use super::super::{Refusal, Status, pack_source, streams};
use super::args::LintArgs;
use crate::pack::{Pack, lint_source};

/// Checks a pack, and its quotes against the text of the document where that is given.
///
/// # Errors
/// The pack has defects, or a file cannot be read.
pub fn run(args: &LintArgs) -> anyhow::Result<Status> {
    let packs = pack_source::load(std::slice::from_ref(&args.pack))?;
    let mut lines = String::new();
    let mut found = 0;
    if let Some(source) = &args.source {
        for pack in &packs {
            found += check_quotes(pack, source, &mut lines)?;
        }
    }
    if found > 0 {
        streams::err(&lines);
        return Err(Refusal::new(format!("有 {found} 处与原文不符，请改正后再运行")).into());
    }
    streams::err(&lines);
    streams::out("没有发现问题\n")?;
    Ok(Status::Fine)
}

/// Adds a line for each quote that is not in the text, and gives their number.
fn check_quotes(pack: &Pack, source: &Path, lines: &mut String) -> Result<usize, Refusal> {
    let (text, digest) = pack_source::read_text(source, "原文")?;
    // Writing to a string cannot fail.
    if pack.source_sha256.is_empty() {
        let _ = writeln!(lines, "注意：规则包没有写 source-sha256；这份原文的是 {digest}");
    } else if !pack.source_sha256.eq_ignore_ascii_case(&digest) {
        let _ = writeln!(lines, "注意：这份原文与规则包的 source-sha256 不一致；它的是 {digest}");
    }
    let wrong = lint_source(pack, &text);
    for line in &wrong {
        let _ = writeln!(lines, "{line}");
    }
    Ok(wrong.len())
}
