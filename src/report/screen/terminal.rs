//! The page that `check` prints: the counts, the largest gaps, what to look at first. The workbook has all of it.

use super::table;
use crate::model::{Counts, Masked, Per, Question, Verdict};
use crate::pack::{Pack, Rule};
use crate::report::findings::{Index, RuledFinding, file_name, headline, phrases};
use crate::report::sheet::width;
use crate::report::source::Report;

const ROWS: usize = 28;
const GAPS: usize = 10;
const REVIEWS: usize = 5;
const QUESTIONS: usize = 5;
const DETAILS: usize = 4;
const REMARKS: usize = 4;
const FILES: usize = 3;
/// The widths of the columns beside the title, and the widest title.
const BESIDE: usize = 60;
const TITLE: usize = 44;

/// The audit in a page of text without colours; lines are cut to `width` columns where it is given.
pub fn terminal(report: &Report, width: Option<u16>) -> String {
    let index = Index::new(report);
    let mut lines = remarks(&report.audit.notes);
    lines.extend(head(&index));
    lines.extend(questions(&index));
    let mut room = ROWS;
    let mut left = 0;
    for pack in report.packs {
        let before = room;
        lines.extend(table(&index, pack, width, &mut room));
        left += pack.rules.len() - (before - room);
    }
    lines.extend((left > 0).then(|| format!("另有{left}项规则未列出，见报告“汇总”")));
    lines.push(String::new());
    lines.extend(gaps(&index));
    lines.extend(first_of(&index.reviews(), REVIEWS, "待核", "", "待核事项"));
    lines.push(headline(&index));
    let text: Vec<String> = lines.iter().map(|line| finish(line, width)).collect();
    text.join("\n") + "\n"
}

/// A line as it is printed: masked, one line, no blanks at its end.
pub(crate) fn finish(line: &str, columns: Option<u16>) -> String {
    let line = Masked::from(line).replace(|c: char| c.is_control(), " ");
    let line = match columns {
        Some(columns) => width::cut(&line, usize::from(columns).max(20) * 2),
        None => line,
    };
    line.trim_end().to_string()
}

/// What the run did that nobody asked for comes before all else: the audit year it took, files it passed over.
fn remarks(notes: &[Masked]) -> Vec<String> {
    let mut lines: Vec<String> = notes.iter().take(REMARKS).map(|note| format!("注意：{note}")).collect();
    if notes.len() > REMARKS {
        lines.push(format!("注意：另有{}条说明，见报告“运行记录”", notes.len() - REMARKS));
    }
    lines
}

fn head(index: &Index) -> Vec<String> {
    let assessment = index.assessment();
    let names: Vec<&str> = assessment.inputs.iter().take(FILES).map(|input| file_name(&input.path)).collect();
    let count = assessment.inputs.len();
    let rest = if count > FILES { format!("等{count}个文件") } else { String::new() };
    vec![format!("核查年度 {}，截至 {}，文件 {}{rest}", index.period(), assessment.as_of, names.join("、"))]
}

/// What to settle first, for it frees most verdicts.
fn questions(index: &Index) -> Vec<String> {
    let questions = &index.assessment().questions;
    let count = questions.len();
    if count == 0 {
        return Vec::new();
    }
    let mut lines = vec![format!("先核对这些（{count}件，能定下待核项多的在前）：")];
    let item = |(number, question): (usize, &Question)| {
        let number = width::pad(&format!("{number}."), 3);
        format!("  {number} {}（能定下{}项，涉及{}项）", question.ask, question.frees, question.concerns)
    };
    lines.extend((1..).zip(questions.iter().take(QUESTIONS)).map(item));
    let rest = if count > QUESTIONS { format!("其余{}件和", count - QUESTIONS) } else { String::new() };
    lines.push(format!("  {rest}怎么办，见报告“先核对这些”"));
    lines.push(String::new());
    lines
}

/// The counts of a document's rules. With little room those with something to do come first.
fn table(index: &Index, pack: &Pack, columns: Option<u16>, room: &mut usize) -> Vec<String> {
    let counted: Vec<(&Rule, Counts)> = pack.rules.iter().map(|rule| (rule, index.counts_of(pack, rule))).collect();
    let open = |counts: &Counts| counts.unmet + counts.review > 0;
    let crowded = counted.len() > *room;
    let shown: Vec<_> = counted.iter().filter(|(_, counts)| !crowded || open(counts)).take(*room).collect();
    *room -= shown.len();
    let mut lines = vec![pack.cited()];
    if !shown.is_empty() {
        let verdicts = Verdict::ALL.map(|verdict| phrases::verdict(verdict, pack.claims));
        let heads = ["条款", "核查内容"].into_iter().chain(verdicts);
        lines.extend(table::counted(heads, shown.iter().map(|(rule, counts)| row(rule, *counts, columns))));
    }
    lines
}

fn row(rule: &Rule, counts: Counts, columns: Option<u16>) -> Vec<String> {
    let room = columns.map_or(TITLE, |columns| usize::from(columns).saturating_sub(BESIDE).clamp(12, TITLE));
    let title = match rule.obligation.binds() {
        true => rule.title.clone(),
        // Falling short of these is no gap, and the counts must not look as if it were.
        false => format!("（{}）{}", rule.obligation.label(), rule.title),
    };
    let mut cells = vec![rule.clause.clone(), width::cut(&title, room)];
    cells.extend(Verdict::ALL.map(|verdict| counts.of(verdict).to_string()));
    cells
}

fn gaps(index: &Index) -> Vec<String> {
    let mut gaps = index.gaps();
    gaps.sort_by_cached_key(|entry| std::cmp::Reverse(entry.finding.shortfall()));
    first_of(&gaps, GAPS, "未达标", "，差距最大的在前", "问题清单")
}

/// The first of some findings, and where the others stand; nothing where there are none.
fn first_of(entries: &[RuledFinding], most: usize, verdict: &str, order: &str, page: &str) -> Vec<String> {
    let count = entries.len();
    if count == 0 {
        return Vec::new();
    }
    let mut lines = vec![format!("{verdict} {count} 项{order}：")];
    lines.extend((1..).zip(entries.iter().take(most)).map(|(number, entry)| item(number, entry)));
    if count > most {
        lines.push(format!("  其余 {} 项见报告“{page}”", count - most));
    }
    lines.push(String::new());
    lines
}

/// 张三（江门市教研院） 听课评课节数：应不少于60节，实际52节，差8节
fn item(number: usize, entry: &RuledFinding) -> String {
    let subject = &entry.finding.subject;
    let who = match subject.name == subject.institution || subject.institution.is_empty() {
        true => subject.name.to_string(),
        false => match &subject.place {
            Some(place) => format!("{}（{}，{place}）", subject.name, subject.institution),
            None => format!("{}（{}）", subject.name, subject.institution),
        },
    };
    let reason = match entry.finding.reason.as_str() {
        "" => phrases::verdict(entry.finding.verdict, entry.claims()).to_string(),
        reason => shortened(reason, &entry.finding.details),
    };
    let window = match entry.finding.window.per {
        Per::Term | Per::Month | Per::Week => format!("（{}）", entry.finding.window.label),
        Per::Year | Per::FiscalYear | Per::AsOf | Per::Fixed => String::new(),
    };
    let number = width::pad(&format!("{number}."), 3);
    format!("  {number} {who} {}{window}：{reason}{}", entry.title(), details(entry))
}

/// The first few of the names that a reason lists; the report has them all.
fn shortened(reason: &str, names: &[Masked]) -> String {
    if names.len() <= DETAILS {
        return reason.to_string();
    }
    reason.replace(&names.join("、"), &format!("{}等", names[..DETAILS].join("、")))
}

/// （小学科学、高中地理等18项）, where the reason does not name them.
fn details(entry: &RuledFinding) -> String {
    let details = &entry.finding.details;
    if details.iter().all(|detail| entry.finding.reason.contains(detail.as_str())) {
        return String::new();
    }
    let named = details[..details.len().min(DETAILS)].join("、");
    match details.len() {
        count if count > DETAILS => format!("（{named}等{count}项）"),
        _ => format!("（{named}）"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tests::fixture;

    #[test]
    fn the_terminal_shows_counts_gaps_and_what_to_check() {
        let (audit, packs) = (fixture::audit(), fixture::packs());
        let text = terminal(
            &Report { audit: &audit, packs: &packs, dictionary: fixture::dictionary(), options: &[] },
            Some(100),
        );
        assert!(text.lines().all(|line| line == line.trim_end()));
        insta::assert_snapshot!(text);
    }

    #[test]
    fn the_terminal_never_takes_more_than_a_page() {
        let packs: Vec<_> = (0..4).flat_map(|_| fixture::packs()).collect();
        let people: Vec<String> = (0..300).map(|number| format!("教研员{number}")).collect();
        let findings = people.iter().map(|name| fixture::amount("visit-days", ("T", name), 1, 60)).collect();
        let audit = fixture::assemble(findings, Vec::new(), Default::default());
        let text =
            terminal(&Report { audit: &audit, packs: &packs, dictionary: fixture::dictionary(), options: &[] }, None);
        assert!(text.lines().count() <= 62, "{}", text.lines().count());
        assert!(text.contains("未达标 300 项，差距最大的在前：\n  1.  教研员0（江门市教育研究院） 深入学校"));
        assert!(text.contains("  其余 290 项见报告“问题清单”\n"));
    }
}
