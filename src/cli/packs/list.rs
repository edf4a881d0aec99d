//! `jiaoyan packs list`: the built-in packs.

use super::super::{Status, choose, streams};
use super::year;
use crate::pack::Pack;

/// Lists the built-in packs.
///
/// # Errors
/// Standard output takes no more.
pub fn run() -> anyhow::Result<Status> {
    let blocks: Vec<String> = choose::built_in_packs().iter().map(block).collect();
    streams::out(&blocks.join("\n"))?;
    Ok(Status::Fine)
}

fn block(pack: &Pack) -> String {
    format!(
        "{}\n  文件：《{}》\n  文号：{}\n  年度：{}\n  内容：规则 {} 条，条款 {} 条\n",
        pack.id,
        pack.title,
        pack.number.as_deref().unwrap_or("无"),
        year(pack),
        pack.rules.len(),
        pack.clauses.len()
    )
}
