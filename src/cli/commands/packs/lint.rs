//! `jiaoyan packs lint`: checks how a pack is written.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::{Status, UserError, output, settings};
use crate::dictionary::Dictionary;
use crate::pack::{Pack, lint_source};

#[derive(Debug, Args)]
#[command(about = "检查规则包的写法，列出全部问题", override_usage = "jiaoyan packs lint [选项] <规则包>")]
pub struct LintArgs {
    #[arg(value_name = "规则包", help = "规则包文件，或内置规则包的编号")]
    pub pack: PathBuf,
    #[arg(long, value_name = "原文", help = "文件原文（文字文件），用来核对引文")]
    pub source: Option<PathBuf>,
}

/// Checks a pack, and its quotes against the text of the document where that is given.
pub(super) fn run(args: &LintArgs, dictionary: &Dictionary) -> anyhow::Result<Status> {
    let packs = settings::load_packs(std::slice::from_ref(&args.pack), dictionary)?;
    let mut lines = String::new();
    let mut found = 0;
    if let Some(source) = &args.source {
        for pack in &packs {
            found += check_quotes(pack, source, &mut lines)?;
        }
    }
    if found > 0 {
        output::err(&lines);
        return Err(UserError::new(format!("有 {found} 处与原文不符，请改正后再运行")).into());
    }
    output::err(&lines);
    output::out("没有发现问题\n")?;
    Ok(Status::Fine)
}

/// Adds a line for each quote that is not in the text, and gives their number.
fn check_quotes(pack: &Pack, source: &Path, lines: &mut String) -> Result<usize, UserError> {
    let (text, digest) = settings::read_text(source, "原文")?;
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
