use super::*;

/// A reading in words: `2023-09-01`, `2023-09-04 to 2023-09-08`, `? SeveralDates x2`.
fn said(reading: DateReading) -> String {
    let mut said = reading.span.map_or("?".to_string(), |span| span.text());
    match reading.end {
        Some(SpanEnd::On(end)) => said.push_str(&format!(" to {}", end.text())),
        Some(SpanEnd::Open) => said.push_str(" to open"),
        Some(SpanEnd::Now) => said.push_str(" to now"),
        Some(SpanEnd::Perhaps) => said.push_str(" perhaps to its end"),
        None => {}
    }
    if let Some(issue) = reading.issue {
        said.push_str(&format!(" {issue:?}"));
    }
    match reading.dates {
        Some(1) => {}
        Some(dates) => said.push_str(&format!(" x{dates}")),
        None => said.push_str(" x?"),
    }
    said
}

fn text(written: &str) -> String {
    said(from_text(written, &DateContext::default()))
}

/// Under a sheet of this name.
fn under(name: &str, written: &str) -> String {
    said(from_text(written, &DateContext::new([name], [])))
}

fn all_read(forms: &[(&str, &str)]) {
    for (written, expected) in forms {
        assert_eq!(text(written), *expected, "{written}");
    }
}

#[test]
fn days_and_months_are_read_in_the_forms_that_clerks_use() {
    let days = [
        "2023-09-01",
        "2023/9/1",
        "2023.9.1",
        "20230901",
        "2023年9月1日",
        "2023年9月1号",
        "23.9.1",
        "2023-09-01 08:30",
        "2023-09-01T08:30:00",
        "2023-09-01 星期五",
        "2023年9月1日(周五)",
        "2023年9月1日上午",
        "2023年9月1日上午第2节",
        "2023.9.1 3-4节",
        "2023.9.1 8:30-10:00",
        "2023 年 9 月 1 日",
        "二〇二三年九月一日",
        "2023. 9. 1",
        "2023—09—01",
        "2023年9.1",
    ];
    for day in days {
        assert_eq!(text(day), "2023-09-01", "{day}");
    }
    for month in ["2023-09", "2023.9", "2023.09", "202309", "2023年9月", "二〇二三年九月", "23.9", "2023/9", "2023.9月"]
    {
        assert_eq!(text(month), "2023年9月", "{month}");
    }
    all_read(&[
        ("2023.10", "2023年10月"),
        ("2023年9月上旬", "2023-09-01至2023-09-10"),
        ("2023年9月中旬", "2023-09-11至2023-09-20"),
        ("2024年2月下旬", "2024-02-21至2024-02-29"),
        ("二〇二三年十一月二十一日", "2023-11-21"),
    ]);
}

#[test]
fn what_is_no_date_or_may_be_two_is_said() {
    let wrong = [
        "2023-13-05",
        "2024-02-30",
        "2023",
        "2023..9",
        "-",
        "",
        "2023.9.",
        "待定",
        "第3周",
        "2203-09-01",
        "0203-09-01",
        "2023-09-01 8:30-10",
        "1/2/3/4",
        "2023年九月初三",
        "九月初",
        "2023年9月底",
        "2月30日",
        "13月5日",
        "2023-09-01 8:30-",
        "9月4日半天",
    ];
    for wrong in wrong {
        assert_eq!(text(wrong), "? UnreadableDate", "{wrong}");
    }
    for yearless in ["9月4日", "9.4", "9/4", "4日", "9月上旬", "9月", "9月4日-6日", "9.4-9.8", "12.25"] {
        assert_eq!(text(yearless), "? DateWithoutYear", "{yearless}");
    }
    for either in ["12.5", "2023.9-8", "2023.9-15", "12.5-12.8"] {
        assert_eq!(text(either), "? AmbiguousDate", "{either}");
    }
    for many in ["每周三", "2023年9月每周五", "9月4日等", "多次", "若干天"] {
        assert_eq!(text(many), "? UnreadableDate x?", "{many}");
    }
    assert_eq!(text("9-4"), "? UnreadableDate");
}

#[test]
fn the_year_comes_from_what_surely_says_it() {
    let read = [
        ("2023年9月听课台账", "9月4日", "2023-09-04"),
        ("2023年听课台账", "9.4", "2023-09-04"),
        ("2023年听课台账", "9/4", "2023-09-04"),
        ("2023年听课台账", "12.5", "2023-12-05"),
        ("2023年听课台账", "9月", "2023年9月"),
        ("2023年9月", "4日", "2023-09-04"),
        ("2023年9月", "4日上午", "2023-09-04"),
        ("2023-2024学年", "9月4日", "2023-09-04"),
        ("2023-2024学年", "3月5日", "2024-03-05"),
        ("2023-2024学年", "12.28-1.5", "2023-12-28 to 2024-01-05"),
        ("2023年", "9月4日—6日", "2023-09-04 to 2023-09-06"),
        ("2023年", "9.4-9.8", "2023-09-04 to 2023-09-08"),
        ("2023年", "9.4-8", "2023-09-04 to 2023-09-08"),
        ("2023年", "12.5-12.8", "2023-12-05 to 2023-12-08"),
        ("2023年", "9-10月", "2023年9月 to 2023年10月"),
        ("2023年9月", "4-8日", "2023-09-04 to 2023-09-08"),
        ("2022年", "2023年9月4日", "2023-09-04"),
    ];
    for (name, written, expected) in read {
        assert_eq!(under(name, written), expected, "{written} under {name}");
    }
    assert_eq!(under("2023-2024学年", "8月28日"), "2023-08-28至2024-08-28 AmbiguousDate");
    assert_eq!(under("2023年", "4日"), "2023-01-04至2023-12-04 AmbiguousDate");
    assert_eq!(under("2023年10月", "9月4日"), "? DateWithoutYear");
    assert_eq!(under("2012年", "12.5"), "2012-05-01至2012-12-05 AmbiguousDate");
}

#[test]
fn a_range_gives_both_its_ends() {
    all_read(&[
        ("2023.9.4-9.8", "2023-09-04 to 2023-09-08"),
        ("2023.9.4-8", "2023-09-04 to 2023-09-08"),
        ("2023.9.4-10.8", "2023-09-04 to 2023-10-08"),
        ("2023.9.4—2023.9.8", "2023-09-04 to 2023-09-08"),
        ("2023年9月4日-6日", "2023-09-04 to 2023-09-06"),
        ("2023年9月4-6日", "2023-09-04 to 2023-09-06"),
        ("2023年9月4日至9月6日", "2023-09-04 to 2023-09-06"),
        ("2023-09-04至2023-09-08", "2023-09-04 to 2023-09-08"),
        ("2023-09-04~09-08", "2023-09-04 to 2023-09-08"),
        ("2023-09-04-2023-09-08", "2023-09-04 to 2023-09-08"),
        ("2023-09-04-09-08", "2023-09-04 to 2023-09-08"),
        ("20230904-20230908", "2023-09-04 to 2023-09-08"),
        ("20230904-0908", "2023-09-04 to 2023-09-08"),
        ("2023/9/4-2023/9/8", "2023-09-04 to 2023-09-08"),
        ("2023年9月4日(周一)—6日(周三)", "2023-09-04 to 2023-09-06"),
        ("2023.9.4 8:30-2023.9.5 17:00", "2023-09-04 to 2023-09-05"),
        ("2023.9-2024.7", "2023年9月 to 2024年7月"),
        ("2023.9—2024.7", "2023年9月 to 2024年7月"),
        ("23.9-24.7", "2023年9月 to 2024年7月"),
        ("2023-09-2024-07", "2023年9月 to 2024年7月"),
        ("202309-202407", "2023年9月 to 2024年7月"),
        ("2023年9月-12月", "2023年9月 to 2023年12月"),
        ("2023年9-12月", "2023年9月 to 2023年12月"),
        ("2023年9月至2024年7月", "2023年9月 to 2024年7月"),
        ("2023.9—至今", "2023年9月 to now"),
        ("2023年9月至今", "2023年9月 to now"),
        ("自2023年9月1日至今", "2023-09-01 to now"),
        ("2023.9-", "2023年9月 to open"),
        ("2023年9月起", "2023年9月 to open"),
        ("自2023年9月起", "2023年9月 to open"),
    ]);
}

#[test]
fn a_range_that_is_none_or_may_be_two_is_said() {
    all_read(&[
        // A day, or September to October.
        ("2023.9-10", "2023年9月 to 2023-09-10至2023-10-31 AmbiguousDate"),
        ("2023年9-10", "2023年9月 to 2023-09-10至2023-10-31 AmbiguousDate"),
        // The next year, or a slip.
        ("2023.12.28-1.5", "? UnreadableDate"),
        ("2023.9.8-9.4", "? UnreadableDate"),
        ("2023.9.4-9.31", "? UnreadableDate"),
        ("2023.9.4-9.6-9.8", "? UnreadableDate"),
        ("2023.9.4-待定", "? UnreadableDate"),
        ("待定至今", "? UnreadableDate"),
        ("9.4至今", "? DateWithoutYear"),
        ("202309-12", "? UnreadableDate"),
    ]);
}

#[test]
fn several_dates_span_all_of_them_and_say_how_many() {
    all_read(&[
        ("2023/9/4、9/11", "2023-09-04至2023-09-11 SeveralDates x2"),
        ("2023.9.4,9.11,9.18", "2023-09-04至2023-09-18 SeveralDates x3"),
        ("2023/10/1、10/2、11/3", "2023-10-01至2023-11-03 SeveralDates x3"),
        ("2023年9月、10月", "2023-09-01至2023-10-31 SeveralDates x2"),
        ("2023年9月4日、5日", "2023-09-04至2023-09-05 SeveralDates x2"),
        ("2023年9月4、5日", "2023-09-04至2023-09-05 SeveralDates x2"),
        ("2023/9/4\n2023/9/11", "2023-09-04至2023-09-11 SeveralDates x2"),
        ("2023/9/4 9/11", "2023-09-04至2023-09-11 SeveralDates x2"),
        ("2023-09-01,周五", "2023-09-01"),
        ("9月4日、11日", "? SeveralDates x2"),
        ("2023.12.28、1.5", "? SeveralDates x2"),
        ("2023.9.4-9.5、9.11", "? UnreadableDate x?"),
        ("2023.9.4、待定", "? SeveralDates x2"),
        ("2023,9,4", "? UnreadableDate x3"),
    ]);
    assert_eq!(under("2023年", "9月4日、11日"), "2023-09-04至2023-09-11 SeveralDates x2");
}

#[test]
fn a_school_year_a_term_or_a_year_is_no_day() {
    all_read(&[
        ("2023-2024学年第一学期", "2023-08-15至2024-02-29 perhaps to its end CoarseDate x?"),
        ("2023年秋季学期", "2023-08-15至2024-02-29 perhaps to its end CoarseDate x?"),
        ("2024年春季学期", "2024-01-15至2024-08-31 perhaps to its end CoarseDate x?"),
        ("2023年", "2023-01-01至2023-12-31 CoarseDate x?"),
    ]);
}

#[test]
fn numbers_in_a_date_column_are_read_where_the_reading_is_sure() {
    let number = |number| said(from_number(number, &DateContext::default()));
    let forms = [
        (45_170.0, "2023-09-01"),
        (45_170.5, "2023-09-01"),
        (20_230_901.0, "2023-09-01"),
        (202_309.0, "2023年9月"),
        (2023.9, "2023年9月"),
        (2023.12, "2023年12月"),
        (1980.05, "1980年5月"),
        (23.9, "2023年9月"),
        // 2023.10 becomes 2023.1.
        (2023.1, "2023-01-01至2023-10-31 AmbiguousDate"),
        (1980.1, "1980-01-01至1980-10-31 AmbiguousDate"),
        (9.4, "? DateWithoutYear"),
        (12.5, "? AmbiguousDate"),
        (2023.0, "? UnreadableDate"),
        (4.0, "? UnreadableDate"),
        (-5.5, "? UnreadableDate"),
        (2023.123, "? UnreadableDate"),
        (1e300, "? UnreadableDate"),
    ];
    for (written, expected) in forms {
        assert_eq!(number(written), expected, "{written}");
    }
    let under = |number| said(from_number(number, &DateContext::new(["2023年"], [])));
    assert_eq!(under(9.4), "2023-09-04");
    assert_eq!(under(9.25), "2023-09-25");
    assert_eq!(under(9.3), "2023-09-03至2023-09-30 AmbiguousDate");
}

#[test]
fn the_day_that_never_was_is_no_date() {
    let serial = |serial| from_serial(serial).map(|day| day.to_string());
    assert_eq!(serial(1.0).as_deref(), Some("1900-01-01"));
    assert_eq!(serial(59.0).as_deref(), Some("1900-02-28"));
    assert_eq!(serial(60.0), None);
    assert_eq!(serial(61.0).as_deref(), Some("1900-03-01"));
    assert_eq!(serial(2_958_465.0).as_deref(), Some("9999-12-31"));
    assert_eq!(serial(0.0), None);
    assert_eq!(serial(f64::NAN), None);
    // A number that got the format of a date.
    assert_eq!(said(from_date(4.0)), "? UnreadableDate");
    assert_eq!(said(from_date(45_170.25)), "2023-09-01");
}

#[test]
fn every_serial_has_the_date_of_the_calendar() {
    let first = jiff::civil::date(1899, 12, 31);
    // More than 400 years, after which the calendar begins anew.
    let days = first.series(jiff::Span::new().days(1));
    for (serial, day) in (0_i32..=150_000).zip(days) {
        let expected = match serial {
            0 | 60 => None,
            1..60 => Some(day),
            _ => day.yesterday().ok(),
        };
        assert_eq!(from_serial(serial.into()), expected, "{serial}");
    }
    assert_eq!(from_serial(2_958_465.0), Some(jiff::civil::date(9999, 12, 31)));
}
