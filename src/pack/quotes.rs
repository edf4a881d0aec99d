//! Checks a pack against the text of its document: every quote stands there, and every numbered paragraph is answered.

use super::Pack;

/// The defects: each rule and clause whose quote is not in the text, and each numbered paragraph from which nothing is
/// quoted, because then no clause answers it. White space, and the page numbers that document-sharing sites put into
/// sentences (`⏎7、`), are taken out of text and quotes first; where no sentence is broken by one, they number paragraphs.
pub fn lint_source(pack: &Pack, text: &str) -> Vec<String> {
    let text = without_page_numbers(text);
    let squeezed = squeeze(&text);
    let quotes = quotes(pack);
    let absent = quotes.iter().filter(|(_, quote)| !squeezed.contains(quote));
    let mut defects: Vec<String> =
        absent.map(|(name, quote)| format!("{name} 的引文在原文中找不到：{quote}")).collect();
    for paragraph in paragraphs(&text) {
        let answered = quotes.iter().any(|(_, quote)| paragraph.contains(quote));
        let opening: String = paragraph.chars().take(16).collect();
        let defect = format!("原文“{opening}…”这一段没有条款：请写一个 [[clause]]，quote 取自这一段");
        if !answered && !defects.contains(&defect) {
            defects.push(defect);
        }
    }
    defects
}

/// The quotes of a pack without white space, with what they belong to.
fn quotes(pack: &Pack) -> Vec<(String, String)> {
    let rules = pack.rules.iter().map(|rule| (format!("规则 {}", rule.id), Some(&rule.quote)));
    let clauses = pack.clauses.iter().map(|clause| (format!("条款 {}", clause.id), clause.quote.as_ref()));
    rules.chain(clauses).filter_map(|(name, quote)| quote.map(|quote| (name, squeeze(quote)))).collect()
}

fn without_page_numbers(text: &str) -> String {
    let lines: Vec<&str> = text.split('\n').collect();
    let has_pages = lines.windows(2).any(|two| numbered(two[1]).is_some() && is_broken_off(two[0]));
    let mut cleaned = lines.first().copied().unwrap_or_default().to_string();
    for line in lines.into_iter().skip(1) {
        match numbered(line).filter(|_| has_pages) {
            // In the middle of a sentence, so the line does not begin anew.
            Some(rest) => cleaned.push_str(rest),
            None => {
                cleaned.push('\n');
                cleaned.push_str(line);
            }
        }
    }
    cleaned
}

/// A line that begins with a number like `7、`, without it.
fn numbered(line: &str) -> Option<&str> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    line.get(digits..)?.strip_prefix('、').filter(|_| (1..=2).contains(&digits))
}

/// A line ends in the middle of a sentence; a title is shorter, and ends without a mark too.
fn is_broken_off(line: &str) -> bool {
    const TITLE: usize = 60;
    let line = line.trim_end();
    line.chars().count() > TITLE
        && !line.ends_with(['。', '；', ';', '：', ':', '！', '!', '？', '?', '）', ')', '”', '.'])
}

fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// A heading has fewer characters than this; what is longer says something.
const HEADING: usize = 24;

/// The numbered paragraphs of a text without white space: from one number (一、 (一) 1. 1、) to the next, without headings.
/// Where a text has articles (第…条), these are its paragraphs, and numbers within them are none.
fn paragraphs(text: &str) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    let all = |begins: fn(&[char], usize) -> bool| -> Vec<usize> {
        (0..characters.len()).filter(|at| begins(&characters, *at)).collect()
    };
    let articles = all(is_article);
    let mut starts = if articles.len() > 1 { articles } else { all(is_number) };
    starts.push(characters.len());
    let parts = starts.windows(2).map(|ends| squeeze(&characters[ends[0]..ends[1]].iter().collect::<String>()));
    parts.filter(|part| part.chars().count() > HEADING).collect()
}

fn is_han_digit(c: char) -> bool {
    "〇零一二三四五六七八九十百".contains(c)
}

/// Whether an article begins here: 第十二条.
fn is_article(text: &[char], at: usize) -> bool {
    let begins = at.checked_sub(1).is_none_or(|before| text[before].is_whitespace());
    let rest = &text[at..];
    let digits = rest.iter().skip(1).take_while(|c| is_han_digit(**c) || c.is_ascii_digit()).count();
    begins && rest[0] == '第' && digits > 0 && rest.get(1 + digits) == Some(&'条')
}

/// Whether the number of a paragraph begins here.
fn is_number(text: &[char], at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| text[before]);
    let begins = before.is_none_or(|c| c.is_whitespace() || "。；;：:".contains(c));
    let rest = &text[at..];
    let count = |is: &dyn Fn(char) -> bool, from: usize| rest[from..].iter().take_while(|c| is(**c)).count();
    let han = |c: char| "一二三四五六七八九十".contains(c);
    let followed = |place: usize, marks: &str| rest.get(place).is_some_and(|c| marks.contains(*c));
    match text[at] {
        '(' | '（' => {
            let digits = count(&han, 1);
            (1..=2).contains(&digits) && followed(1 + digits, ")）")
        }
        c if han(c) && begins => followed(count(&han, 0), "、"),
        c if c.is_ascii_digit() && begins => {
            let digits = count(&|c| c.is_ascii_digit(), 0);
            let number = digits <= 2 && followed(digits, ".．、");
            number && !rest.get(digits + 1).is_some_and(char::is_ascii_digit)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_inside_a_sentence_are_taken_out() {
        let before = "区教师进修学校教研员要经常深入课堂，".repeat(4);
        let text = without_page_numbers(&format!("{before}不少于1\n7、20 课时\n15.增强。\n8、兼职"));
        assert_eq!(squeeze(&text), format!("{before}不少于120课时15.增强。兼职"));
    }

    #[test]
    fn what_breaks_no_sentence_numbers_a_paragraph() {
        let long = "应当按照规定认真开展各项教学研究工作并做好记录备查归档。";
        let text = format!("检查评分细则(春修订)\n1、备课。{long}\n2、上课。{long}听课3、4节。");
        let expected = [format!("1、备课。{long}"), format!("2、上课。{long}听课3、4节。")];
        assert_eq!(paragraphs(&without_page_numbers(&text)), expected);
    }

    #[test]
    fn the_articles_of_a_text_are_its_paragraphs_with_the_items_in_them() {
        let long = "教育督导机构应当按照规定认真开展各项教育督导工作并做好记录。";
        let text = format!("条例\n第一条 {long}\n第二条　{long}\n（一）{long}依照第一条\n\n第十二条 短。");
        let expected = [format!("第一条{long}"), format!("第二条{long}（一）{long}依照第一条")];
        assert_eq!(paragraphs(&without_page_numbers(&text)), expected);
    }

    #[test]
    fn paragraphs_run_from_number_to_number_and_headings_are_none() {
        let long = "应当按照规定认真开展各项教学研究工作并做好记录备查归档。";
        let text = format!("前言。一、总体目标\n{long}\n二、任务\n(一)职责。\n1.到校。{long}2.听课，见第3.5节。{long}");
        let found = paragraphs(&text);
        let expected = [format!("一、总体目标{long}"), format!("1.到校。{long}"), format!("2.听课，见第3.5节。{long}")];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_pack_that_leaves_out_a_paragraph_is_told_which() {
        let head = "[pack]\nid = \"a\"\ntitle = \"通知\"\nissuer = \"局\"\naudit-year = \"calendar\"\n";
        let clause = "[[clause]]\nid = \"一\"\nheading = \"职责\"\nstatus = \"manual\"\nask = \"做了没有\"\nquote = \"每年到校\"\n";
        let rule = "[[rule]]\nid = \"r\"\nclause = \"二\"\nquote = \"不在原文\"\ntitle = \"天\"\nobligation = \"应\"\neach = \"staff\"\nper = \"as-of\"\nrequire = { on-post = true }\n";
        let second = "[[clause]]\nid = \"二\"\nheading = \"职责\"\nstatus = \"rules\"\n";
        let pack = super::super::parse(
            "a.toml",
            &[head, clause, second, rule].concat(),
            "",
            crate::dictionary::Dictionary::built_in(),
        );
        let text = "一、每年到校开展教学指导，做好记录，定期总结，接受检查。\n二、每学期听课评课，及时反馈意见，帮助教师改进教学工作。";
        assert_eq!(
            lint_source(&pack.unwrap(), text),
            [
                "规则 r 的引文在原文中找不到：不在原文",
                "原文“二、每学期听课评课，及时反馈意见…”这一段没有条款：请写一个 [[clause]]，quote 取自这一段"
            ]
        );
    }
}
