//! How much room Chinese text takes: columns of half a character's width, and the lines it wraps into.

use unicode_width::UnicodeWidthChar;

/// The columns of a character: 2 for Chinese ones and for the signs that Chinese fonts draw as wide.
fn of_char(character: char) -> usize {
    character.width_cjk().unwrap_or(0)
}

pub(crate) fn of(text: &str) -> usize {
    text.split('\n').map(|line| line.chars().map(of_char).sum()).max().unwrap_or(0)
}

/// The lines that a text takes in a cell of so many columns.
pub(crate) fn lines(text: &str, columns: usize) -> usize {
    if is_line(text, columns) { 1 } else { starts(text, columns).len() }
}

fn is_line(text: &str, columns: usize) -> bool {
    // No character is wider than its bytes.
    let fits = text.len() <= columns || text.chars().map(of_char).sum::<usize>() <= columns;
    fits && !text.contains('\n')
}

/// A text in pieces of at most so many lines each, as it wraps in a cell of so many columns.
pub(crate) fn pieces(text: &str, columns: usize, lines: usize) -> Vec<&str> {
    if is_line(text, columns) {
        return vec![text];
    }
    let starts: Vec<usize> = starts(text, columns).into_iter().step_by(lines.max(1)).collect();
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let piece = |(start, end): (&usize, usize)| text.get(*start..end).unwrap_or_default();
    starts.iter().zip(ends).map(piece).map(|piece| piece.strip_suffix('\n').unwrap_or(piece)).collect()
}

/// Where each line begins. Latin words and numbers are not broken where they fit a line, and no line begins with a
/// closing mark or ends with an opening one, as spreadsheet programs set Chinese text. (`textwrap` takes “ — √ for narrow
/// and drops the blanks at the ends of lines: one height in twenty of the examples' reports would be another.)
fn starts(text: &str, columns: usize) -> Vec<usize> {
    let columns = columns.max(2);
    let (mut starts, mut line, mut used) = (vec![0], 0, 0);
    // What may not be parted: where it begins, and how wide it is.
    let (mut unit_at, mut unit, mut before) = (0, 0, ' ');
    for (at, character) in text.char_indices() {
        let width = of_char(character);
        if before == '\n' {
            starts.push(at);
            (line, used, unit_at, unit) = (at, 0, at, 0);
        } else if !joined(before, character) {
            (unit_at, unit) = (at, 0);
        }
        before = character;
        unit += width;
        used += width;
        if used > columns {
            // A unit that fits a line of its own moves there as a whole.
            (line, used) = if unit <= columns && unit_at > line { (unit_at, unit) } else { (at, width) };
            if line == at {
                (unit_at, unit) = (at, width);
            }
            starts.push(line);
        }
    }
    if before == '\n' {
        starts.push(text.len());
    }
    starts
}

/// Whether no line may end between two characters.
fn joined(before: char, after: char) -> bool {
    let graphic = |c: char| c.is_ascii_graphic();
    let opens = matches!(before, '“' | '‘' | '（' | '《' | '〈' | '〔' | '【' | '「');
    let closes = matches!(after, '，' | '。' | '、' | '；' | '：' | '？' | '！' | '”' | '’' | '）' | '》' | '〉')
        || matches!(after, '〕' | '】' | '」' | '％' | '…');
    // Some programs take 第5、18行 for one number.
    let listed = before == '、' && after.is_ascii_digit();
    (graphic(before) && graphic(after)) || opens || closes || listed
}

/// A text of at most so many columns, with a mark where it was cut.
pub(crate) fn cut(text: &str, columns: usize) -> String {
    if of(text) <= columns {
        return text.to_string();
    }
    let mut used = 0;
    let kept = text.chars().take_while(|character| {
        used += of_char(*character);
        used + 3 <= columns
    });
    kept.chain("...".chars()).collect()
}

pub(crate) fn pad(text: &str, columns: usize) -> String {
    let missing = columns.saturating_sub(of(text));
    format!("{text}{}", " ".repeat(missing))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_text_takes_two_columns_a_character_and_wraps_anywhere() {
        assert_eq!((of("培训90学时"), of("一\n二三"), of("“a”")), (10, 4, 5));
        assert_eq!((lines("深入学校开展", 12), lines("深入学校开展", 11), lines("", 5)), (1, 2, 1));
        assert_eq!(lines("第一\n第二学期", 6), 3);
    }

    #[test]
    fn a_latin_word_moves_to_the_next_line_as_a_whole() {
        assert_eq!(lines("截至日2023-12-31", 12), 2);
        assert_eq!(lines("截至2023-12-31止", 11), 3);
    }

    #[test]
    fn no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one() {
        assert_eq!(pieces("应不少于，实际", 8, 1), ["应不少", "于，实际"]);
        assert_eq!(pieces("依据原文（应）", 10, 1), ["依据原文", "（应）"]);
        assert_eq!(pieces("一二。」三", 4, 1), ["一", "二。", "」三"]);
        assert_eq!(pieces("台账 第5、18、20行", 10, 1), ["台账 第", "5、18、20", "行"]);
    }

    #[test]
    fn a_text_is_parted_where_it_wraps_and_nothing_of_it_is_lost() {
        assert_eq!(pieces("第一行\n第二行很长\n三", 6, 2), ["第一行\n第二行", "很长\n三"]);
        assert_eq!(pieces("", 6, 2), [""]);
        assert_eq!(pieces("末尾\n", 6, 1), ["末尾", ""]);
        assert_eq!((lines("末尾\n", 6), lines("\n\n", 6), lines("a\n\nb", 6)), (2, 3, 3));
        assert_eq!(pieces(&"甲".repeat(7), 4, 2), ["甲甲甲甲", "甲甲甲"]);
        assert_eq!(pieces("0123456789", 4, 1), ["0123", "4567", "89"]);
    }

    #[test]
    fn a_cut_text_says_so() {
        assert_eq!(cut("深入学校开展教学指导天数", 12), "深入学校...");
        assert_eq!(cut("深入学校", 8), "深入学校");
    }
}
