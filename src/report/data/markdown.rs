//! The result as Markdown, to be pasted into a 通报: the counts of each document, the gaps, what is to be checked.

use crate::model::{Counts, Verdict};
use crate::pack::Pack;
use crate::report::findings::{Index, RuledFinding, headline, phrases, short_name};
use crate::report::source::Report;

/// The result of an audit as Markdown, with a newline at its end.
pub fn markdown(report: &Report) -> String {
    let index = Index::new(report);
    let mut lines = vec!["# 教研工作核查结果".to_string(), String::new()];
    lines.push(format!("核查年度：{}；数据截至：{}。", index.period(), index.assessment().as_of));
    lines.extend([String::new(), headline(&index)]);
    lines.extend(report.packs.iter().flat_map(|pack| document(&index, pack)));
    lines.extend(list("问题清单", &index.gaps()));
    lines.extend(list("提示（“力争”“鼓励”的要求尚未达到）", &index.notes()));
    lines.extend(list("待核事项", &index.reviews()));
    lines.join("\n") + "\n"
}

fn document(index: &Index, pack: &Pack) -> Vec<String> {
    let words = Verdict::ALL.map(|verdict| phrases::verdict(verdict, pack.claims));
    let mut lines = vec![String::new(), format!("## {}", plain(&pack.cited())), String::new()];
    lines.extend(head(&[&["条款", "核查内容", "强度", "应检"][..], &words].concat(), 3));
    let mut total = Counts::default();
    for rule in &pack.rules {
        let counts = index.counts_of(pack, rule);
        total = total.plus(counts);
        // A rule that met nobody takes no line of a notice.
        if counts == Counts::default() {
            continue;
        }
        lines.push(counted(&[&rule.clause, &rule.title, rule.obligation.label()], counts));
    }
    lines.push(counted(&["合计", "", ""], total));
    lines
}

fn counted(first: &[&str], counts: Counts) -> String {
    let mut cells: Vec<String> = first.iter().map(|text| plain(text)).collect();
    cells.push(counts.due().to_string());
    cells.extend(Verdict::ALL.map(|verdict| counts.of(verdict).to_string()));
    row(&cells)
}

/// A list of findings; nothing where there are none.
fn list(title: &str, entries: &[RuledFinding]) -> Vec<String> {
    if entries.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![String::new(), format!("## {title}（{}项）", entries.len()), String::new()];
    lines.extend(head(&["序号", "单位", "对象", "依据", "要求", "周期", "实际情况"], 7));
    lines.extend((1..).zip(entries).map(|(number, entry)| finding(number, entry)));
    lines
}

/// What is checked and its standard: 听课评课节数：不少于60节.
fn requirement(entry: &RuledFinding) -> String {
    let (title, asked) = (entry.title(), phrases::asked(entry));
    if asked == title || asked.is_empty() { title.to_string() } else { format!("{title}：{asked}") }
}

fn finding(number: usize, entry: &RuledFinding) -> String {
    let finding = entry.finding;
    row(&[
        number.to_string(),
        plain(&finding.subject.institution),
        plain(&phrases::subject_beside(&finding.subject)),
        plain(&format!("{} {}", entry.pack.map(short_name).unwrap_or_default(), finding.clause)),
        plain(&requirement(entry)),
        plain(&phrases::window(&finding.window).replace('\n', "")),
        plain(&phrases::actual(finding).replace('\n', "；")),
    ])
}

/// The head of a table whose first columns are text and whose others are numbers.
fn head(names: &[&str], texts: usize) -> [String; 2] {
    let cells: Vec<String> = names.iter().map(ToString::to_string).collect();
    let rule: Vec<&str> = (0..names.len()).map(|column| if column < texts { "---" } else { "---:" }).collect();
    [row(&cells), format!("| {} |", rule.join(" | "))]
}

fn row(cells: &[String]) -> String {
    format!("| {} |", cells.join(" | "))
}

/// A text on one line, with nothing in it that Markdown would take for a sign.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '|' | '\\' | '`' | '*' | '_' | '<' | '>' | '#' | '[' | ']' | '~' | '$' | '&' => {
                plain.extend(['\\', character])
            }
            '\n' => plain.push(' '),
            character if character.is_control() => {}
            character => plain.push(character),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tests::fixture;

    #[test]
    fn the_result_can_be_pasted_into_a_notice() {
        let (audit, packs) = (fixture::audit(), fixture::packs());
        let text = markdown(&Report { audit: &audit, packs: &packs, dictionary: fixture::dictionary(), options: &[] });
        insta::assert_snapshot!(text);
    }

    #[test]
    fn nothing_in_a_name_becomes_a_sign() {
        assert_eq!(plain("a|b\n<c> *d* [e](f)"), "a\\|b \\<c\\> \\*d\\* \\[e\\](f)");
    }
}
