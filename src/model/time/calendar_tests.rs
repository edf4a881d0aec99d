use super::*;

#[test]
fn a_period_is_a_calendar_year_or_a_school_year() {
    assert_eq!(Period::parse("2023"), Ok(Period::Calendar(2023)));
    for school in
        ["2023-2024", "2023-2024学年", "2023学年", "2023学年度", "2023—2024学年度", "２０２３-２０２４", "2023/2024"]
    {
        assert_eq!(Period::parse(school), Ok(Period::School(2023)), "{school}");
    }
    assert_eq!(Period::parse("2023年度"), Ok(Period::Calendar(2023)));
    for wrong in ["", "23", "2023-2025", "2023-2024-2025", "2023.9"] {
        assert_eq!(Period::parse(wrong), Err(PeriodError(wrong.to_string())));
    }
}

#[test]
fn without_a_period_the_latest_year_that_has_ended_is_taken() {
    let latest = |school, day| Period::latest_ended(school, day).id();
    assert_eq!(latest(false, date(2024, 1, 1)), "2023");
    assert_eq!(latest(true, date(2024, 8, 31)), "2022-2023");
    assert_eq!(latest(true, date(2024, 9, 1)), "2023-2024");
    let holding = |school, day| Period::holding(school, day).id();
    assert_eq!(holding(false, date(2023, 6, 30)), "2023");
    assert_eq!(holding(true, date(2024, 8, 31)), "2023-2024");
    assert_eq!(holding(true, date(2024, 9, 1)), "2024-2025");
}

fn spans(period: Period, per: Per, calendar: &Calendar) -> Vec<(String, Date, Date)> {
    period.windows(per, period.end(), calendar).into_iter().map(|w| (w.label, w.start, w.end)).collect()
}

#[test]
fn the_terms_of_a_year_are_those_that_end_in_it_and_the_one_that_runs_at_its_end() {
    let autumn = |year: i16| (format!("{year}-{}学年第一学期", year + 1), date(year, 9, 1), date(year + 1, 1, 31));
    let spring = |year: i16| (format!("{year}-{}学年第二学期", year + 1), date(year + 1, 2, 1), date(year + 1, 8, 31));
    let terms = |period| spans(period, Per::Term, &Calendar::default());
    assert_eq!(terms(Period::Calendar(2023)), [autumn(2022), spring(2022), autumn(2023)]);
    assert_eq!(terms(Period::School(2023)), [autumn(2023), spring(2023)]);
    let months = spans(Period::Calendar(2023), Per::Month, &Calendar::default());
    let months: Vec<i8> = months.iter().map(|(_, start, _)| start.month()).collect();
    assert_eq!(months, [1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12]);
    let weeks = spans(Period::Calendar(2023), Per::Week, &Calendar::default());
    assert_eq!((weeks[0].1, weeks[weeks.len() - 1].2), (date(2023, 1, 2), date(2023, 12, 31)));
}

#[test]
fn a_term_that_the_calendar_lacks_keeps_its_default_dates() {
    let named = |name: &str, start, end| Term::given(name.to_string(), start, end, Vec::new(), Vec::new());
    let autumn = named("秋季", date(2023, 8, 28), date(2024, 2, 2));
    let calendar = Calendar { terms: vec![autumn] };
    let terms = spans(Period::School(2023), Per::Term, &calendar);
    let spring = ("2023-2024学年第二学期".to_string(), date(2024, 2, 3), date(2024, 8, 31));
    assert_eq!(terms, [("秋季".to_string(), date(2023, 8, 28), date(2024, 2, 2)), spring.clone()]);
    let lacking = |period| calendar.lacking(period).into_iter().map(|term| term.name).collect::<Vec<_>>();
    assert_eq!(lacking(Period::School(2023)), std::slice::from_ref(&spring.0));
    assert_eq!(lacking(Period::Calendar(2024)), [spring.0, "2024-2025学年第一学期".to_string()]);
    assert!(Calendar::default().lacking(Period::School(2023)).is_empty());
    let weeks = Period::School(2023).windows(Per::Week, date(2024, 8, 31), &calendar);
    let known: Vec<bool> = weeks.iter().map(|week| calendar.knows(week)).collect();
    assert!(known[0] && !known[known.len() - 1]);
    assert_eq!(weeks[0].start, date(2023, 8, 28));
    assert_eq!(spans(Period::School(2022), Per::Term, &calendar).len(), 2);
}

#[test]
fn money_goes_by_the_calendar_year_that_ends_in_the_audit_year() {
    for period in [Period::Calendar(2023), Period::School(2023)] {
        let year = ("2023财政年度".to_string(), date(2023, 1, 1), date(2023, 12, 31));
        assert_eq!(spans(period, Per::FiscalYear, &Calendar::default()), [year]);
    }
}

#[test]
fn a_term_has_twenty_teaching_weeks_and_the_months_that_they_touch() {
    let period = Period::School(2023);
    let weeks = period.windows(Per::Week, period.end(), &Calendar::default());
    assert_eq!(weeks.len(), 40);
    assert_eq!((weeks[0].start, weeks[0].end), (date(2023, 9, 1), date(2023, 9, 3)));
    assert_eq!(weeks[1].start, date(2023, 9, 4));
    let months: Vec<String> =
        period.windows(Per::Month, period.end(), &Calendar::default()).into_iter().map(|w| w.label).collect();
    assert_eq!(
        months,
        [
            "2023年9月",
            "2023年10月",
            "2023年11月",
            "2023年12月",
            "2024年1月",
            "2024年2月",
            "2024年3月",
            "2024年4月",
            "2024年5月",
            "2024年6月",
            "2024年7月"
        ]
    );
}

#[test]
fn a_week_without_a_teaching_day_is_left_out_and_a_made_up_saturday_teaches() {
    let holidays = vec![(date(2023, 9, 29), date(2023, 10, 6))];
    let name = "2023-2024学年第一学期".to_string();
    let term = Term::given(name, date(2023, 9, 4), date(2024, 1, 19), holidays, vec![date(2023, 10, 7)]);
    let calendar = Calendar { terms: vec![term] };
    let period = Period::School(2023);
    let of_first = |calendar: &Calendar| {
        let mut weeks = period.windows(Per::Week, period.end(), calendar);
        weeks.retain(|week| week.label.contains("第一学期"));
        weeks
    };
    let weeks = of_first(&calendar);
    assert!(calendar.knows(&weeks[0]) && !Calendar::default().knows(&weeks[0]));
    // The week of the holiday holds the Saturday that makes up for it.
    assert_eq!(weeks.len(), 20);
    assert_eq!((weeks[4].start, weeks[4].end), (date(2023, 10, 2), date(2023, 10, 8)));
    let teaches = |day| calendar.is_teaching_day(day);
    assert_eq!(teaches(date(2023, 10, 7)), Some(true));
    assert_eq!(teaches(date(2023, 10, 5)), Some(false));
    assert_eq!(teaches(date(2024, 2, 1)), None);
    let mut without = calendar.clone();
    without.terms[0].make_up_days.clear();
    assert_eq!(of_first(&without).len(), 19);
}
