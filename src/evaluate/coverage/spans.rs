//! Spans of time without rows, joined and in words.

use jiff::civil::Date;

use crate::model::DateSpan;

/// The months that a span touches: `2023-09`.
pub(super) fn months_of(span: DateSpan) -> Vec<String> {
    let next = |month: &Date| month.last_of_month().tomorrow().ok();
    let months = std::iter::successors(Some(span.first.first_of_month()), next);
    months.take_while(|month| *month <= span.last).map(|month| month.strftime("%Y-%m").to_string()).collect()
}

/// Spans in their order, those that touch as one.
pub(crate) fn merged(spans: &[DateSpan]) -> Vec<DateSpan> {
    let mut sorted = spans.to_vec();
    sorted.sort_by_key(|span| (span.first, span.last));
    let mut runs: Vec<DateSpan> = Vec::new();
    for span in sorted {
        match runs.last_mut().filter(|run| run.last.tomorrow().map_or(true, |next| span.first <= next)) {
            Some(run) => run.last = run.last.max(span.last),
            None => runs.push(span),
        }
    }
    runs
}

/// Spans in words: `2023年9月至12月、2024年3月`, `2022年3月以前`.
pub(crate) fn in_words(gaps: &[DateSpan]) -> String {
    let run = |run: &DateSpan| {
        let (first, last) = (run.first, run.last);
        let whole = first == first.first_of_month() && last == last.last_of_month();
        match (first == Date::MIN, whole) {
            (true, _) => format!("{last}以前"),
            (false, true) if first.month() == 1 && last.month() == 12 && first.year() == last.year() => {
                format!("{}年", first.year())
            }
            (false, true) if run.is_month() => run.text(),
            (false, true) if first.year() == last.year() => {
                format!("{}年{}月至{}月", first.year(), first.month(), last.month())
            }
            (false, true) => format!("{}年{}月至{}年{}月", first.year(), first.month(), last.year(), last.month()),
            (false, false) => run.text(),
        }
    };
    merged(gaps).iter().map(run).collect::<Vec<_>>().join("、")
}
