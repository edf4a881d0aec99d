//! `jiaoyan packs list`: the built-in packs.

use crate::cli::{Status, output, settings};
use crate::dictionary::Dictionary;
use crate::pack::Pack;

pub(super) fn run(dictionary: &Dictionary) -> anyhow::Result<Status> {
    let blocks: Vec<String> = settings::built_in_packs(dictionary).iter().map(block).collect();
    output::out(&blocks.join("\n"))?;
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

/// The audit year that a document is written for.
pub(super) fn year(pack: &Pack) -> &'static str {
    if pack.school_year { "学年（9月1日至次年8月31日）" } else { "自然年（1月1日至12月31日）" }
}
