//! What a cell says of the findings of a subject under a rule: always in words and with a sign, never by colour alone.

use crate::model::{Finding, Masked, Verdict};
use crate::pack::Rule;
use crate::report::findings::phrases;
use crate::report::sheet::Look;

/// Windows that a cell lists one by one; more are counted.
const WINDOWS: usize = 6;
const OPEN: usize = 3;
/// Details that a cell lists; 问题清单 has them all.
const DETAILS: usize = 12;

/// What the signs and colours mean, for all pages that use them.
pub(crate) const SIGNS: &str = "√（绿色）达标，×（红色）未达标，？（黄色）待核，\
    灰色为未到期、豁免、不适用，或“力争”“鼓励”的要求尚未达到；“—”为没有此项核查。";

/// What a cell says: each window, or where there are many, how many of each verdict and those that matter.
pub(crate) fn text(findings: &[&Finding], rule: &Rule, claims: bool) -> String {
    match findings {
        [] => "—".to_string(),
        [finding] => state(finding, rule, claims, "\n"),
        windows if windows.len() <= WINDOWS => {
            let line = |finding: &&Finding| format!("{}：{}", finding.window.label, state(finding, rule, claims, " "));
            windows.iter().map(line).collect::<Vec<_>>().join("\n")
        }
        windows => many(windows, rule, claims),
    }
}

fn many(windows: &[&Finding], rule: &Rule, claims: bool) -> String {
    let counted = Verdict::ALL.map(|verdict| (verdict, windows.iter().filter(|f| f.verdict == verdict).count()));
    let counts: Vec<String> = counted
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(verdict, count)| format!("{}{count}", phrases::verdict(*verdict, claims)))
        .collect();
    let open = |finding: &&&Finding| matches!(finding.verdict, Verdict::Unmet | Verdict::Review);
    let mut lines = vec![counts.join(" ")];
    let listed = windows.iter().filter(open).take(OPEN);
    lines.extend(listed.map(|finding| format!("{}：{}", finding.window.label, figures(finding, rule, claims, " "))));
    if windows.iter().filter(open).count() > OPEN {
        lines.push("其余见问题清单、待核事项".to_string());
    }
    lines.join("\n")
}

/// 52/60, ×未达标.
fn figures(finding: &Finding, rule: &Rule, claims: bool, parting: &str) -> String {
    let verdict = format!("{}{}", phrases::sign(finding.verdict), phrases::conclusion(finding, claims));
    let figures = phrases::against(finding, rule);
    if figures.is_empty() || finding.verdict == Verdict::NotApplicable {
        verdict
    } else {
        format!("{figures}{parting}{verdict}")
    }
}

/// The same, and what is missing.
fn state(finding: &Finding, rule: &Rule, claims: bool, parting: &str) -> String {
    let mut text = figures(finding, rule, claims, parting);
    if !finding.details.is_empty() && finding.verdict != Verdict::Met {
        let listed = finding.details.iter().take(DETAILS).map(Masked::as_str).collect::<Vec<_>>().join("、");
        text.push_str(&format!("\n{listed}"));
        if finding.details.len() > DETAILS {
            text.push_str(&format!("等{}项", finding.details.len()));
        }
    }
    text
}

/// The colour of the weightiest verdict.
pub(crate) fn look(findings: &[&Finding]) -> Look {
    let any = |verdict: Verdict| findings.iter().any(|finding| finding.verdict == verdict);
    if findings.iter().any(|finding| finding.is_gap()) {
        Look::Unmet
    } else if any(Verdict::Review) {
        Look::Review
    } else if any(Verdict::Unmet) || any(Verdict::Pending) || !any(Verdict::Met) {
        Look::Quiet
    } else {
        Look::Met
    }
}
