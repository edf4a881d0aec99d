use super::*;
use proptest::prelude::*;

fn read(text: &str, units: &str) -> Result<String, IssueKind> {
    from_text(text, units).map(|number| match number {
        Number::Exactly(number) => number.to_string(),
        Number::Between { low, high: None, why } => format!("{why:?} {low}.."),
        Number::Between { low, high: Some(high), why } => format!("{why:?} {low}..{high}"),
    })
}

#[test]
fn numbers_are_read_with_their_units() {
    let forms = [
        ("90", "90"),
        ("90学时", "90"),
        ("90 学时", "90"),
        ("学时90", "90"),
        ("学时:90", "90"),
        ("共90学时", "90"),
        ("合计:90", "90"),
        ("1,200", "1200"),
        ("40个学时", "40"),
        ("0.5天", "0.5"),
        ("1.5天", "1.5"),
        ("半天", "0.5"),
        ("半日", "0.5"),
        ("全天", "1"),
        ("一天半", "1.5"),
        ("1天半", "1.5"),
        ("两天半", "2.5"),
        ("两天", "2"),
        ("四十", "40"),
        ("四十学时", "40"),
        ("一百二十", "120"),
        ("十五天", "15"),
        ("40(含线上10)", "40"),
        ("40学时(其中线上10学时)", "40"),
        ("40(学时)", "40"),
        ("无", "0"),
        ("零", "0"),
    ];
    for (text, number) in forms {
        assert_eq!(read(text, "学时天").as_deref(), Ok(number), "{text}");
    }
}

#[test]
fn a_scale_multiplies_the_number_before_it() {
    let forms = [
        ("1.056万", "10560.000"),
        ("1.056万元", "10560.000"),
        ("1056万元", "10560000"),
        ("1,056万元", "10560000"),
        ("2亿", "200000000"),
        ("1亿2000万", "120000000"),
        ("1亿2000万元整", "120000000"),
        ("三万", "30000"),
        ("一万二千", "12000"),
        ("3千元", "3000"),
        ("1.2千元", "1200.0"),
        ("人民币3万元", "30000"),
        ("¥1,200", "1200"),
        ("10万人", "100000"),
    ];
    for (text, number) in forms {
        assert_eq!(read(text, "元人").as_deref(), Ok(number), "{text}");
    }
    for text in ["万", "万元", "1万2", "1.5万3000", "百万", "1万万万"] {
        assert!(read(text, "元人").is_err(), "{text}: {:?}", read(text, "元人"));
    }
}

#[test]
fn what_is_about_so_or_may_be_two_keeps_only_the_ends_that_are_sure() {
    let forms = [
        ("40+", "ApproximateNumber 40.."),
        ("40余", "ApproximateNumber 40.."),
        ("40余天", "ApproximateNumber 40.."),
        ("40多天", "ApproximateNumber 40.."),
        ("40天以上", "ApproximateNumber 40.."),
        ("不少于40天", "ApproximateNumber 40.."),
        ("十多天", "ApproximateNumber 10.."),
        ("3-4天", "ApproximateNumber 3..4"),
        ("3~4", "ApproximateNumber 3..4"),
        ("各1天", "AmbiguousNumber 1.."),
        ("每人2天", "AmbiguousNumber 2.."),
        ("两个半天", "AmbiguousNumber 1.0..2.5"),
    ];
    for (text, ends) in forms {
        assert_eq!(read(text, "天").as_deref(), Ok(ends), "{text}");
    }
    for about in ["约40", "近40", "几天", "40左右", "大约40天", "十几天", "40上下", "不足40", "约40+"]
    {
        assert_eq!(read(about, "天"), Err(IssueKind::ApproximateNumber), "{about}");
    }
}

#[test]
fn lessons_are_told_by_periods_where_the_unit_is_a_lesson() {
    assert_eq!(read("3-4节", "节").as_deref(), Ok("2"));
    assert_eq!(read("3,4节", "节").as_deref(), Ok("2"));
    assert_eq!(read("3节", "节").as_deref(), Ok("3"));
    assert_eq!(read("上午2节", "节").as_deref(), Ok("2"));
    assert_eq!(read("各1节", "节").as_deref(), Ok("AmbiguousNumber 1.."));
    assert_eq!(read("3-4", "节").as_deref(), Ok("AmbiguousNumber 2..4"));
    assert_eq!(read("3-40节", "节").as_deref(), Ok("ApproximateNumber 3..40"));
    assert_eq!(read("3-4", "天"), Err(IssueKind::UnreadableNumber));
}

#[test]
fn what_is_no_number_is_unreadable() {
    let wrong = [
        "待补",
        "3-4",
        "-5",
        "90节",
        "",
        "1.2.3",
        "１",
        "√",
        "4小时",
        "1 2",
        "1,2",
        "一半",
        "1.",
        ".5",
        "4日",
        "90%",
        "40(线上10)",
        "40(另线上10)",
        "一百二",
        "1.5天半",
        "3-4-5天",
        "2023-09-01",
        "天",
        "(40)",
        "e5",
    ];
    for wrong in wrong {
        assert_eq!(read(wrong, "学时天"), Err(IssueKind::UnreadableNumber), "{wrong}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_panics(text in "[0-9一二两三十百千半天节上午第各约余多+.,、~()含-]{0,14}", other in any::<String>()) {
        for text in [&text, &other] {
            for units in ["天", "节", "学时课时", ""] {
                if let Ok(Number::Between { low, high: Some(high), .. }) = from_text(text, units) {
                    prop_assert!(low <= high, "{text}");
                }
            }
        }
    }

    #[test]
    fn every_number_reads_back_as_itself(whole in 0..100_000_u32, tenths in 0..10_u32) {
        let text = format!("{whole}.{tenths}");
        let number = Number::Exactly(Decimal::new(i64::from(whole) * 10 + i64::from(tenths), 1));
        for written in [text.clone(), format!("{text}天"), format!("共{text}天"), format!("{text}天(含线上1天)")] {
            prop_assert_eq!(from_text(&written, "天"), Ok(number));
        }
    }
}
