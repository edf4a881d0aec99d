//! Checks a pack's quotes against the text of its document.

use super::Pack;

/// What does not stand in the text: each rule and clause whose quote was not found there. White space, and the page
/// numbers that document-sharing sites put into sentences (`⏎7、`), are taken out of both first.
pub fn lint_source(pack: &Pack, text: &str) -> Vec<String> {
    let text = squeeze(text);
    let rules = pack.rules.iter().map(|rule| (format!("规则 {}", rule.id), Some(&rule.quote)));
    let clauses = pack.clauses.iter().map(|clause| (format!("条款 {}", clause.id), clause.quote.as_ref()));
    rules
        .chain(clauses)
        .filter_map(|(name, quote)| quote.map(|quote| (name, quote)))
        .filter(|(_, quote)| !text.contains(&squeeze(quote)))
        .map(|(name, quote)| format!("{name} 的引文在原文中找不到：{quote}"))
        .collect()
}

/// The text without white space and without `⏎N、` page numbers.
fn squeeze(text: &str) -> String {
    let mut squeezed = String::with_capacity(text.len());
    for (at, line) in text.split('\n').enumerate() {
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        let rest = line.get(digits..).unwrap_or(line);
        let line = match rest.strip_prefix('、') {
            Some(rest) if at > 0 && (1..=2).contains(&digits) => rest,
            Some(_) | None => line,
        };
        squeezed.extend(line.chars().filter(|c| !c.is_whitespace()));
    }
    squeezed
}

#[cfg(test)]
mod tests {
    #[test]
    fn page_numbers_inside_a_sentence_are_taken_out() {
        assert_eq!(super::squeeze("不少于1\n7、20 课时\n15.增强"), "不少于120课时15.增强");
    }
}
