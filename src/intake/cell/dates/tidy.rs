//! Takes out of a date what says nothing about the day (weekdays, times, periods), and brings the rest into one form.

use crate::intake::cell::numerals;

/// Parts of a day: the date is the same. 半天 is not one of these, for it says how long.
const PARTS_OF_DAY: [&str; 9] = ["上午", "下午", "中午", "晚上", "早上", "凌晨", "傍晚", "全天", "整天"];

/// A date without white space, weekdays and times, with digits, `-` for dashes, `~` for 至 and `、` between several dates.
pub(crate) fn tidy(text: &str) -> String {
    let text = without_weekdays(text);
    let text = PARTS_OF_DAY.iter().fold(text, |text, part| text.replace(part, ""));
    let digits = numerals::to_digits(&text);
    let text = without_weeks(&without_periods(&without_times(&digits))).replace("()", "").replace("( )", "");
    let mut tidy = String::with_capacity(text.len());
    let mut spaced = false;
    for character in text.trim().chars() {
        if character.is_whitespace() {
            spaced = true;
            continue;
        }
        // White space between two numbers parts two dates.
        if std::mem::take(&mut spaced) && character.is_ascii_digit() && tidy.ends_with(|c: char| c.is_ascii_digit()) {
            tidy.push('、');
        }
        let one = match character {
            '-' | '—' | '–' | '―' | '－' | '‐' | '‑' | '−' => '-',
            '~' | '〜' | '∼' | '至' | '到' => '~',
            ',' | ';' | '，' | '；' | '和' | '及' | '与' | '\n' => '、',
            '号' => '日',
            other => other,
        };
        if !(matches!(one, '-' | '~') && tidy.ends_with(one)) {
            tidy.push(one);
        }
    }
    tidy.trim_end_matches('、').to_string()
}

/// Without 星期五 and 周五; 每周五 and 第三周 stay, for they are no days.
fn without_weekdays(text: &str) -> String {
    let mut rest = text.to_string();
    for name in ["星期", "礼拜", "周"] {
        let mut kept = String::with_capacity(rest.len());
        let mut parts = rest.split(name);
        kept.push_str(parts.next().unwrap_or_default());
        for part in parts {
            let is_weekday = part.starts_with(|c: char| "一二三四五六日天".contains(c));
            if is_weekday && !kept.ends_with(['每', '逢', '第', '上', '下', '本', '隔', '单', '双']) {
                kept.extend(part.chars().skip(1));
            } else {
                kept.push_str(name);
                kept.push_str(part);
            }
        }
        rest = kept;
    }
    rest
}

/// Without the week of a term that stands beside a date: 2023/9/4(第1周), 第1周(2023/9/4). A week alone stays, for it is no day.
fn without_weeks(text: &str) -> String {
    let week = |part: &str| {
        let part = part.trim_matches(|c: char| c.is_whitespace() || "(),".contains(c));
        let number = part.strip_prefix('第').and_then(|part| part.strip_suffix('周'));
        number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let joint = |c: char| c.is_whitespace() || "()".contains(c);
    let ends = || text.trim_end_matches(joint).rfind(joint).filter(|at| week(&text[*at..])).map(|at| &text[..at]);
    let begins = || {
        let trimmed = text.trim_start_matches(joint);
        trimmed.find(joint).filter(|at| week(&trimmed[..*at])).map(|at| &trimmed[at..])
    };
    match ends().or_else(begins) {
        Some(rest) if rest.contains(|c: char| c.is_ascii_digit()) => rest.trim_matches(joint).to_string(),
        Some(_) | None => text.to_string(),
    }
}

/// Without 08:30, 8:30-10:00, 9点30分 and 9时. What only looks like the rest of a range of times leaves no date behind.
fn without_times(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let (mut kept, mut at, mut after_time) = (String::with_capacity(text.len()), 0, false);
    while let Some(character) = characters.get(at) {
        let is_start = character.is_ascii_digit() && !kept.ends_with(|c: char| c.is_ascii_digit());
        let length = if is_start { time(&characters[at..]) } else { 0 };
        if length > 0 {
            at += length;
            kept.truncate(kept.trim_end_matches(['T', 't']).len());
            if after_time {
                kept.truncate(kept.trim_end_matches(|c: char| c.is_whitespace() || "-~—–至到".contains(c)).len());
            }
            after_time = true;
            continue;
        }
        kept.push(*character);
        after_time &= character.is_whitespace() || "-~—–至到".contains(*character);
        at += 1;
    }
    // 8:30-10 without the minutes: the dash is not that of a range of dates.
    if after_time && kept.trim_end().ends_with(['-', '~', '—', '–', '至', '到']) {
        format!("{kept}?")
    } else {
        kept
    }
}

/// How many characters a time takes that begins here. 0 if none begins.
fn time(characters: &[char]) -> usize {
    let digits = |from: usize| characters.iter().skip(from).take_while(|c| c.is_ascii_digit()).count();
    let is = |at: usize, wanted: char| characters.get(at) == Some(&wanted);
    let hours = digits(0);
    if !(1..=2).contains(&hours) {
        return 0;
    }
    if is(hours, '点') || is(hours, '时') {
        let behind = hours + 1;
        let minutes = digits(behind);
        return match (is(behind, '半') || is(behind, '整'), minutes > 0 && is(behind + minutes, '分')) {
            (true, _) => behind + 1,
            (false, true) => behind + minutes + 1,
            (false, false) => behind,
        };
    }
    let mut length = hours;
    while is(length, ':') && digits(length + 1) == 2 {
        length += 3;
    }
    if length == hours { 0 } else { length }
}

/// Without 第3节 and 3-4节, which say when on the day.
fn without_periods(text: &str) -> String {
    let Some((front, rest)) = text.split_once('节') else { return text.to_string() };
    let begins = |c: char| c.is_ascii_digit() || "-~、,至".contains(c);
    let bare = front.trim_end_matches(begins);
    let bare = bare.strip_suffix('第').unwrap_or(bare);
    if bare.len() == front.len() {
        return text.to_string();
    }
    format!("{bare}{}", without_periods(rest.strip_prefix('课').unwrap_or(rest)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekdays_times_and_periods_are_taken_out() {
        let forms = [
            ("2023-09-01 星期五", "2023-09-01"),
            ("2023-09-01(周五)", "2023-09-01"),
            ("2023年9月1日上午", "2023年9月1日"),
            ("2023年9月1日 (星期五) 下午", "2023年9月1日"),
            ("2023-09-01 08:30", "2023-09-01"),
            ("2023-09-01T08:30:00", "2023-09-01"),
            ("2023-09-01 08:30-10:00", "2023-09-01"),
            ("2023-09-01 8:30~10:00", "2023-09-01"),
            ("2023年9月1日上午9点30分", "2023年9月1日"),
            ("2023年9月1日9时", "2023年9月1日"),
            ("2023.9.4 第3节", "2023.9.4"),
            ("2023.9.4 3-4节", "2023.9.4"),
            ("9月4日第一节", "9月4日"),
            ("2023 年 9 月 1 日", "2023年9月1日"),
            ("9月4日(周一)—6日(周三)", "9月4日-6日"),
            ("2023/9/4、9/11", "2023/9/4、9/11"),
            ("2023/9/4\n9/11", "2023/9/4、9/11"),
            ("二〇二三年九月", "2023年9月"),
            ("2023.9——2024.7", "2023.9-2024.7"),
            ("2023/9/4(第1周)", "2023/9/4"),
            ("2023/9/4 (第十二周 周一)", "2023/9/4"),
            ("2023-09-04 第1周", "2023-09-04"),
            ("9月4日(第1周,星期一)", "9月4日"),
            ("第1周(2023/9/4)", "2023/9/4"),
        ];
        for (text, expected) in forms {
            assert_eq!(tidy(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_weekday_and_no_whole_time_stays() {
        assert_eq!(tidy("每周三"), "每周3");
        assert_eq!(tidy("第三周"), "第3周");
        assert_eq!(tidy("9月第3周"), "9月第3周");
        assert_eq!(tidy("9月4日(每周)"), "9月4日(每周)");
        assert_eq!(tidy("2023-09-01 8:30-10"), "2023-09-01-10");
        assert_eq!(tidy("2023-09-01 8:30-"), "2023-09-01-?");
    }
}
