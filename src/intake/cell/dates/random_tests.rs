//! Any day in any sure form reads back as itself, and no text brings the reading down.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

/// The digits of a number in Chinese characters, one by one.
fn in_characters(number: i16) -> String {
    let digits = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    number.to_string().bytes().map(|byte| digits[usize::from(byte - b'0')]).collect()
}

/// 1 to 31 as 一 to 三十一.
fn amount_in_characters(number: i8) -> String {
    let digits = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (tens, ones) = (number / 10, digits[usize::try_from(number % 10).unwrap()]);
    match tens {
        0 => ones.to_string(),
        1 => format!("十{ones}"),
        _ => format!("{}十{ones}", digits[usize::try_from(tens).unwrap()]),
    }
}

fn day() -> impl Strategy<Value = Date> {
    (0..18_000_i64).prop_map(|days| date(1960, 1, 1).checked_add(jiff::Span::new().days(days)).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_panics(
        dated in "[0-9年月日号./~、至今到一二三十〇周星期节:T ()（）—-]{0,20}", other in any::<String>(), number in any::<f64>()
    ) {
        for context in [DateContext::default(), DateContext::new(["2023-2024学年", &dated], [other.as_str()])] {
            for written in [&dated, &other] {
                let reading = from_text(written, &context);
                prop_assert!(reading.span.is_none_or(|span| span.first <= span.last), "{written}");
                prop_assert!(reading.span.is_some() || reading.issue.is_some(), "{written}");
            }
            from_number(number, &context);
        }
        from_date(number);
    }

    #[test]
    fn every_day_reads_back_as_itself_in_every_sure_form(day in day()) {
        let (y, m, d) = (day.year(), day.month(), day.day());
        let characters =
            format!("{}年{}月{}日", in_characters(y), amount_in_characters(m), amount_in_characters(d));
        let forms = [
            day.to_string(),
            format!("{y}/{m}/{d}"),
            format!("{y}.{m}.{d}"),
            format!("{y}{m:02}{d:02}"),
            format!("{y}年{m}月{d}日"),
            format!("{y}年{m:02}月{d:02}号"),
            format!("{y} 年 {m} 月 {d} 日"),
            format!("{day} 星期三"),
            format!("{day} 09:30-11:00"),
            format!("{y}年{m}月{d}日(周三)上午第3节"),
            characters,
        ];
        for written in forms {
            prop_assert_eq!(from_text(&written, &DateContext::default()), DateReading::sure(DateSpan::day(day)), "{}", written);
        }
        let year = format!("{y}年听课台账");
        if y >= 1990 {
            let reading = from_text(&format!("{m}月{d}日"), &DateContext::new([year.as_str()], []));
            prop_assert_eq!(reading, DateReading::sure(DateSpan::day(day)));
        }
        let month = DateReading::sure(DateSpan::month(day));
        for written in [format!("{y}.{m:02}"), format!("{y}-{m}"), format!("{y}年{m}月"), format!("{y}{m:02}")] {
            prop_assert_eq!(from_text(&written, &DateContext::default()), month, "{}", written);
        }
    }

    #[test]
    fn a_range_reads_back_as_its_ends(first in day(), days in 1..400_i64) {
        let last = first.checked_add(jiff::Span::new().days(days)).unwrap();
        let expected = DateReading { end: Some(SpanEnd::On(DateSpan::day(last))), ..DateReading::sure(DateSpan::day(first)) };
        let dotted = |day: Date| format!("{}.{}.{}", day.year(), day.month(), day.day());
        let in_words = |day: Date| format!("{}年{}月{}日", day.year(), day.month(), day.day());
        let mut forms = vec![
            format!("{first}至{last}"),
            format!("{first}~{last}"),
            format!("{first}-{last}"),
            format!("{}-{}", dotted(first), dotted(last)),
            format!("{}——{}", dotted(first), dotted(last)),
            format!("{}—{}", in_words(first), in_words(last)),
        ];
        if first.year() == last.year() {
            forms.push(format!("{}-{}.{}", dotted(first), last.month(), last.day()));
            forms.push(format!("{}至{}月{}日", in_words(first), last.month(), last.day()));
        }
        if first.first_of_month() == last.first_of_month() {
            forms.push(format!("{}-{}", dotted(first), last.day()));
            forms.push(format!("{}-{}日", in_words(first), last.day()));
        }
        for written in forms {
            prop_assert_eq!(from_text(&written, &DateContext::default()), expected, "{}", written);
        }
    }
}
