//! Numerals in Chinese characters: 四十 as an amount, 二〇二三 as digits.

/// The digit of a character; 〇 has several looks.
fn digit(character: char) -> Option<u32> {
    let character = if matches!(character, '零' | '○') { '〇' } else { character };
    (0..).zip("〇一二三四五六七八九".chars()).find_map(|(number, digit)| (digit == character).then_some(number))
}

/// Ten, a hundred, a thousand.
fn place(character: char) -> Option<u32> {
    [('十', 10), ('百', 100), ('千', 1000)].into_iter().find_map(|(place, worth)| (place == character).then_some(worth))
}

/// Whether a text holds a number, in digits or Chinese characters; 一 alone is a word more often: 一并登记.
pub(super) fn holds_number(text: &str) -> bool {
    let tells = |c: char| c != '一' && (digit(c).is_some() || place(c).is_some());
    text.chars().any(|c| c.is_ascii_digit() || tells(c)) || ["第一", "一号"].iter().any(|first| text.contains(first))
}

/// The amount that a numeral says: 两, 十五, 一百二十, 三百零五. `None` for 一百二 and 二三, which may be two.
pub(super) fn value(text: &str) -> Option<u32> {
    let (mut total, mut current, mut last_place, mut after_zero) = (0, None, 10_000, false);
    for character in text.chars() {
        if let Some(place) = place(character) {
            // 十五 is 15; elsewhere a digit stands before its place.
            let count = current.take().or((place == 10 && total == 0).then_some(1))?;
            if place >= last_place || count == 0 {
                return None;
            }
            total += count * place;
            (last_place, after_zero) = (place, false);
        } else {
            let number = if character == '两' { 2 } else { digit(character)? };
            match (number, current) {
                (0, None) if total > 0 && !after_zero => after_zero = true,
                (_, Some(_)) => return None,
                (_, None) => current = Some(number),
            }
        }
    }
    match current {
        Some(_) if last_place > 10 && last_place <= 1000 && !after_zero => None,
        Some(number) => Some(total + number),
        None => (total > 0 && !after_zero).then_some(total),
    }
}

/// A text with its numerals as digits: 二〇二三年十一月 as 2023年11月. A numeral that is no amount stays.
pub(in crate::intake) fn to_digits(text: &str) -> String {
    let mut digits = String::with_capacity(text.len());
    let mut run = String::new();
    for character in text.chars() {
        let in_run = digit(character).is_some()
            || place(character).is_some()
            || matches!(character, '廿' | '卅')
            || (matches!(character, 'O' | 'o') && !run.is_empty());
        if in_run {
            run.push(if matches!(character, 'O' | 'o') { '〇' } else { character });
        } else {
            end_run(&mut run, &mut digits);
            digits.push(character);
        }
    }
    end_run(&mut run, &mut digits);
    digits
}

fn end_run(run: &mut String, digits: &mut String) {
    if run.chars().all(|character| digit(character).is_some()) {
        digits.extend(run.chars().filter_map(digit).filter_map(|number| char::from_digit(number, 10)));
    } else {
        let long = run.replace('廿', "二十").replace('卅', "三十");
        match value(&long) {
            Some(number) => digits.push_str(&number.to_string()),
            None => digits.push_str(run),
        }
    }
    run.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_and_what_may_be_two_is_not() {
        let amounts = [
            ("四十", 40),
            ("十", 10),
            ("十五", 15),
            ("两", 2),
            ("二十一", 21),
            ("一百二十", 120),
            ("一百零五", 105),
            ("三千", 3000),
            ("一千二百三十四", 1234),
            ("零", 0),
            ("一百一十", 110),
        ];
        for (text, amount) in amounts {
            assert_eq!(value(text), Some(amount), "{text}");
        }
        for text in ["", "一百二", "二三", "百", "十十", "一百十", "零零", "四0", "一千二", "二十十", "零十", "一百零"]
        {
            assert_eq!(value(text), None, "{text}");
        }
    }

    #[test]
    fn dates_in_characters_become_digits() {
        assert_eq!(to_digits("二〇二三年九月一日"), "2023年9月1日");
        assert_eq!(to_digits("二O二三年十一月二十一日"), "2023年11月21日");
        assert_eq!(to_digits("二○二三年十月廿一日"), "2023年10月21日");
        assert_eq!(to_digits("十十月"), "十十月");
        assert_eq!(to_digits("2023-09-01"), "2023-09-01");
    }
}
