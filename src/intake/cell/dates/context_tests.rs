use super::*;

/// What 9月4日 is under a name or a title.
fn september(names: &[&str], titles: &[&str]) -> Vec<String> {
    let context = DateContext::new(names.iter().copied(), titles.iter().copied());
    context.days(9, 4).iter().map(DateSpan::text).collect()
}

#[test]
fn the_year_comes_from_the_sheet_the_titles_or_the_file() {
    let is_2023 = [
        "2023年9月听课台账",
        "2023年听课台账",
        "2023年度听课台账",
        "听课台账2023",
        "2023",
        "2023-2024学年听课台账",
        "2023—2024学年度第一学期",
        "2023学年",
        "2023-24学年",
        "2023年秋季学期听课",
        "2023秋",
        "2023年下半年",
        "2023.9",
        "202309",
        "2023年9-12月",
        "2023年9月-2024年1月",
        "2023.9-2024.7",
        "二〇二三年九月",
    ];
    for name in is_2023 {
        assert_eq!(september(&[name], &[]), ["2023-09-04"], "{name}");
    }
    assert_eq!(september(&["9月", "2023年听课台账"], &[]), ["2023-09-04"]);
    assert_eq!(september(&["Sheet1", "台账"], &["望汐镇2023年听课台账"]), ["2023-09-04"]);
}

#[test]
fn what_says_nothing_or_contradicts_itself_gives_no_year() {
    let nothing: [(&[&str], &[&str]); 17] = [
        (&["听课台账"], &[]),
        (&["Sheet1"], &[]),
        (&["9月"], &[]),
        (&["2023年10月"], &[]),
        (&["2023年听课", "2022年"], &[]),
        (&["10月", "2023年"], &[]),
        (&["2024年春季学期"], &["2023年秋季学期"]),
        (&["2023年9月4日听课"], &[]),
        (&["听课台账20230905"], &[]),
        (&["2023.9-10"], &[]),
        (&["2023版"], &[]),
        (&["(2022年版)"], &[]),
        (&["听课"], &["江教办〔2022〕38号"]),
        (&["听课"], &["填报日期：2023年12月"]),
        (&["听课"], &["截至2023年12月"]),
        (&["听课"], &["2023"]),
        (&["2023年九年级听课"], &[]),
    ];
    for (names, titles) in nothing {
        assert_eq!(september(names, titles), Vec::<String>::new(), "{names:?} {titles:?}");
    }
    assert_eq!(september(&["2023-2024"], &[]), ["2023-09-04", "2024-09-04"]);
}

#[test]
fn a_school_year_has_its_autumn_in_the_first_and_its_spring_in_the_second_year() {
    let school = DateContext::new(["2023-2024学年"], []);
    let days = |month, day| school.days(month, day).iter().map(DateSpan::text).collect::<Vec<_>>();
    assert_eq!(days(3, 5), ["2024-03-05"]);
    assert_eq!(days(12, 31), ["2023-12-31"]);
    // The last days of August are before the term or at its end.
    assert_eq!(days(8, 28), ["2023-08-28", "2024-08-28"]);
    assert_eq!(days(2, 30), Vec::<String>::new());
    let month = DateContext::new(["2023年9月"], []);
    assert_eq!(month.days_of_any_month(4).iter().map(DateSpan::text).collect::<Vec<_>>(), ["2023-09-04"]);
}
