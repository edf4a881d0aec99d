//! How much room Chinese text takes: columns of half a character's width, and the lines it wraps into.

/// The columns of a character: 2 for Chinese ones and for the signs that Chinese fonts draw as wide.
pub(super) fn of_char(character: char) -> usize {
    match character {
        '\u{0}'..='\u{1f}' => 0,
        '×' | '÷' | '·' | '°' | '±' | '\u{2010}'..='\u{2027}' => 2,
        '\u{20}'..='\u{10ff}' => 1,
        _ => 2,
    }
}

/// The columns of a text's widest line.
pub(super) fn of(text: &str) -> usize {
    text.split('\n').map(|line| line.chars().map(of_char).sum()).max().unwrap_or(0)
}

/// The lines that a text takes in a cell of so many columns. Latin words and numbers are not broken where they fit.
pub(super) fn lines(text: &str, columns: usize) -> usize {
    text.split('\n').map(|line| wrapped(line, columns.max(2))).sum()
}

fn wrapped(line: &str, columns: usize) -> usize {
    let (mut lines, mut used, mut word) = (1, 0, 0);
    for character in line.chars() {
        let width = of_char(character);
        word = if character.is_ascii_graphic() { word + width } else { 0 };
        if used + width <= columns {
            used += width;
            continue;
        }
        lines += 1;
        // A word that fits a line of its own moves there as a whole.
        used = if word > width && word <= columns { word } else { width };
    }
    lines
}

/// A text of at most so many columns, with a mark where it was cut.
pub(super) fn cut(text: &str, columns: usize) -> String {
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

/// A text that fills at least so many columns.
pub(super) fn pad(text: &str, columns: usize) -> String {
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
    fn a_cut_text_says_so() {
        assert_eq!(cut("深入学校开展教学指导天数", 12), "深入学校...");
        assert_eq!(cut("深入学校", 8), "深入学校");
    }
}
