//! What was found, in a sentence, and the words for what is met.

use super::index::{Index, RuledFinding};
use crate::model::Verdict;
use crate::pack::Pack;

/// One sentence: how many gaps, how many things to check, how many defects in the data.
pub(crate) fn headline(index: &Index) -> String {
    let assessment = index.assessment();
    let (gaps, notes, reviews) = (index.gaps().len(), index.notes().len(), index.reviews().len());
    let decided = |entry: &RuledFinding| matches!(entry.finding.verdict, Verdict::Met | Verdict::Unmet);
    let gaps = match gaps {
        // No gap where nothing was decided must not read like a clean bill.
        0 if !index.entries.iter().any(decided) => "本次核查没有一项作出达标或未达标的判定".to_string(),
        0 => "本次核查没有发现未达标的问题".to_string(),
        gaps => format!("本次核查发现问题{gaps}项"),
    };
    let reviews = match reviews {
        0 => "没有待核事项".to_string(),
        reviews => format!("另有{reviews}项因数据不足或有疑义未作判定（待核）"),
    };
    let notes = if notes > 0 { format!("，提示{notes}项") } else { String::new() };
    let issues = assessment.issues.len();
    let manual = assessment.manual.len();
    format!("{gaps}{notes}；{reviews}；数据问题{issues}处；需人工核查的条款{manual}条。")
}

/// The words for met, unmet and their rate: a published figure is borne out or not.
pub(crate) fn words(packs: &[Pack]) -> [&'static str; 3] {
    match (packs.iter().any(|pack| pack.claims), packs.iter().all(|pack| pack.claims)) {
        (true, true) => ["相符", "不符", "相符率"],
        (true, false) => ["达标（相符）", "未达标（不符）", "达标率（相符率）"],
        (false, _) => ["达标", "未达标", "达标率"],
    }
}
