//! What a row's date is where other words of it, or of its sheet, say another time: a month's summary is handed in after the
//! month, and in January the year is easily mistyped.

use jiff::Span;
use jiff::civil::Date;
use sheets::{Raw, Row};

use super::terms::term_in;
use crate::dictionary::{FieldId, Papers, Table, with_hints};
use crate::intake::cell::{clean, to_digits};
use crate::intake::issues::IssueLog;
use crate::intake::row::apart::BlockYears;
use crate::intake::row::record::ParsedRow;
use crate::intake::sheet::{Layout, months, years_of};
use crate::model::{Cell, CellRef, DateSpan, IssueKind, Value, WordId};

/// So many days before or behind the time that it is for, a paper is still handed in for it.
const NEAR: i32 = 92;

/// Where the rows of a sheet may say another time than their dates.
pub(super) struct ToldDates<'d> {
    date: FieldId,
    column: u32,
    header: &'d str,
    /// The kinds of papers that are for a time, with the column of their topics.
    papers: Option<(&'d Papers, u32)>,
    /// The years that the names of the sheet say.
    years: Option<DateSpan>,
    /// The title between the rows that says them instead.
    block: Option<String>,
}

impl<'d> ToldDates<'d> {
    /// `titles` are those of the sheet, with its own name; `block` stands between the rows.
    pub(super) fn of(
        layout: &Layout,
        table: &'d Table,
        (titles, block): (&[String], Option<&BlockYears>),
    ) -> Option<ToldDates<'d>> {
        let date = table.roles.date.filter(|_| table.dense.is_some())?;
        let topic = table.roles.topic.and_then(|topic| layout.column(topic));
        let papers = table.papers.as_ref().zip(topic);
        let (column, header) = (layout.column(date)?, table.field(date).header.as_str());
        let is_kept = |title: &&String| !is_of_a_day(title);
        let own = block.map(|block| block.span);
        let years = own.or_else(|| titles.iter().filter(is_kept).find_map(|title| years_in(title)));
        let block = block.map(|block| block.shown.clone());
        Some(ToldDates { date, column, header, papers, years, block })
    }

    /// Settles the date by what else is said; false where the two leave it open.
    pub(super) fn settle(&self, row: Row<'_>, parsed: &mut ParsedRow, log: &mut IssueLog) -> bool {
        let Some(own) = parsed.cell(self.date).date() else { return true };
        let at = parsed.at.cell(self.column);
        let time = |text: &str| term_of(text, own).or_else(|| time_in(text, own));
        let paper = self.paper(row, parsed);
        if let Some((months, text)) = paper.as_ref().and_then(|text| Some((months_in(text, own)?, text))) {
            parsed.cells[self.date.index()] = Cell::Is(Value::Date(months));
            let message = format!("主题写的是几个月的，“{}”按这几个月都可能处理；请每个月各登一行", self.header);
            log.report(at, IssueKind::DisagreeingCells, text, message);
            return false;
        }
        let named = paper.and_then(|text| Some((time(&text)?, text)));
        if let Some((named, text)) = named.filter(|(named, _)| !named.holds(own)) {
            let apart = |one: Date, other: Date| (other - one).get_days().abs();
            let is_in = overlaps(named, own);
            let is_near = is_in || apart(named.last, own.first).min(apart(own.last, named.first)) <= NEAR;
            let span = if is_near { named } else { named.with(own) };
            parsed.cells[self.date.index()] = Cell::Is(Value::Date(span));
            if !is_in {
                self.report(at, &text, is_near, log);
            }
            return is_near;
        }
        if let Some((term, text)) = self.term(row, parsed, own).filter(|(term, _)| !term.holds(own)) {
            parsed.cells[self.date.index()] = Cell::Is(Value::Date(term.with(own)));
            let message =
                format!("“{}”不在主题所写的学期里，不能确定算哪一学期的，按都可能处理；请核对后改正", self.header);
            log.report(at, IssueKind::DisagreeingCells, &text, message);
            return false;
        }
        self.settle_years(own, parsed, log)
    }

    /// Leaves open a date that lies in no year of its sheet, or of its part of it.
    fn settle_years(&self, own: DateSpan, parsed: &mut ParsedRow, log: &mut IssueLog) -> bool {
        let typed = self.years.and_then(|years| match &self.block {
            // In a part of a sheet rows of another time stand in another part.
            Some(_) => (!overlaps(own, years)).then(|| same_day(own, years).unwrap_or(years)),
            None => mistyped(own, years),
        });
        let Some(typed) = typed else { return true };
        parsed.cells[self.date.index()] = Cell::Is(Value::Date(own.with(typed)));
        let (header, text) = (self.header, self.block.clone().unwrap_or_else(|| own.first.to_string()));
        let titles =
            self.block.as_ref().map_or("表名、标题".to_string(), |title| format!("上面的小标题“{title}”"));
        let message = format!(
            "“{header}”的年份与{titles}写的不是同一年，不能确定是哪一年的，按两年都可能处理；写错的请改正，不是这一年的请移到那一年的表里"
        );
        log.report(parsed.at.cell(self.column), IssueKind::DisagreeingCells, &text, message);
        false
    }

    /// The topic of a row that is a paper for a time.
    fn paper(&self, row: Row<'_>, parsed: &ParsedRow) -> Option<String> {
        let (papers, topic) = self.papers?;
        papers.words.contains(&kind_of(parsed, papers)?).then(|| text_at(row, topic)).flatten()
    }

    /// The term that the topic of a row names, where it may be of another one than its date, with the topic.
    fn term(&self, row: Row<'_>, parsed: &ParsedRow, own: DateSpan) -> Option<(DateSpan, String)> {
        let (papers, topic) = self.papers?;
        let text = papers.of_terms.contains(&kind_of(parsed, papers)?).then(|| text_at(row, topic)).flatten()?;
        Some((term_in(&text, own)?, text))
    }

    fn report(&self, at: CellRef, text: &str, is_near: bool, log: &mut IssueLog) {
        let header = self.header;
        let message = if is_near {
            format!("“{header}”不在主题所写的时段里，按主题所写的时段计；不是的请改写主题")
        } else {
            format!("“{header}”离主题所写的时段很远，不能确定是哪一段的，按都可能处理；请核对后改正")
        };
        log.report(at, IssueKind::DisagreeingCells, text, message);
    }
}

fn kind_of(parsed: &ParsedRow, papers: &Papers) -> Option<WordId> {
    if let Cell::Is(Value::Word(kind)) = parsed.cell(papers.field) { Some(*kind) } else { None }
}

fn text_at(row: Row<'_>, column: u32) -> Option<String> {
    let cell = row.cell(column)?;
    if let Raw::Text(text) = &cell.value { Some(clean(text).trim().to_string()) } else { None }
}

/// Whether a title says a day or the number of a document, and not of which year the sheet is: 制表日期：2024年1月5日.
fn is_of_a_day(title: &str) -> bool {
    !title.contains('年') || title.contains(['日', '〔', '[', '［', ':', '：'])
}

/// The years that a text says; 2022年版 is of a book.
fn years_in(text: &str) -> Option<DateSpan> {
    let (first, last) = years_of(text).filter(|_| !text.contains("年版"))?;
    Some(DateSpan { first, last })
}

/// A month of the term of a school year that a topic says its paper is for, where its date is not in that term: 2023学年第一学期工作安排.
fn term_of(topic: &str, date: DateSpan) -> Option<DateSpan> {
    const INSIDE: i64 = 2;
    let text = to_digits(&with_hints(topic));
    years_in(&text).filter(|years| years.first.month() != 1 && month_in(&text).is_none())?;
    let term = term_in(topic, date).filter(|term| !term.holds(date))?;
    Some(DateSpan::month(term.first.saturating_add(Span::new().months(INSIDE))))
}

/// The time that a topic says its paper is for: 9月小结, 2022-2023学年. A month is the one by the date.
fn time_in(topic: &str, date: DateSpan) -> Option<DateSpan> {
    let text = to_digits(&with_hints(topic));
    let Some(month) = month_in(&text) else { return years_in(&text).or_else(|| year_beside(&text, date.first)) };
    let years = years_in(&text).filter(|years| years.first.year() == years.last.year());
    let of_year = |year: i16| Some(DateSpan::month(Date::new(year, i8::try_from(month).ok()?, 1).ok()?));
    if let Some(years) = years {
        return of_year(years.first.year());
    }
    let around = (date.first.year() - 1..=date.last.year() + 1).filter_map(of_year);
    if let Some(within) = around.clone().find(|one| overlaps(*one, date)) {
        return Some(within);
    }
    // December's is handed in in January, and January's plan is made in December.
    around.min_by_key(|one| (date.first - one.first).get_days().abs())
}

/// The months that a topic says its paper is for: 9—10月小结. `None` if it says one, or more than three.
fn months_in(topic: &str, date: DateSpan) -> Option<DateSpan> {
    let (first, last) = months(&to_digits(&with_hints(topic)).replace('、', "-"))?;
    let (first, last) = (i8::try_from(first).ok()?, i8::try_from(last).ok()?);
    let of_year = |year: i16| {
        let (from, to) = (Date::new(year, first, 1).ok()?, Date::new(year, last, 1).ok()?.last_of_month());
        Some(DateSpan { first: from, last: to })
    };
    let around = (date.first.year() - 1..=date.last.year() + 1).filter_map(of_year);
    let near = |span: &DateSpan| (date.first - span.last).get_days().abs();
    (first < last && last - first < 3).then(|| around.min_by_key(near)).flatten()
}

/// The year before or behind that of a day, where a topic says so: 下学年总体工作计划.
fn year_beside(text: &str, day: Date) -> Option<DateSpan> {
    const WORDS: [(&str, bool, i16); 8] = [
        ("下学年", true, 1),
        ("下一学年", true, 1),
        ("上学年", true, -1),
        ("上一学年", true, -1),
        ("下年度", false, 1),
        ("下一年度", false, 1),
        ("上年度", false, -1),
        ("上一年度", false, -1),
    ];
    let (_, is_school, apart) = WORDS.into_iter().find(|(word, ..)| text.contains(word))?;
    let own = if is_school && day.month() < 9 { day.year() - 1 } else { day.year() };
    let (from, to) = if is_school { ((9, 1), (1, 8, 31)) } else { ((1, 1), (0, 12, 31)) };
    let first = Date::new(own + apart, from.0, from.1).ok()?;
    Some(DateSpan { first, last: Date::new(own + apart + to.0, to.1, to.2).ok()? })
}

fn overlaps(one: DateSpan, other: DateSpan) -> bool {
    one.first <= other.last && other.first <= one.last
}

/// The only month that a text says.
fn month_in(text: &str) -> Option<i16> {
    let mut months = text.match_indices('月').filter_map(|(at, _)| {
        let front = text.get(..at)?;
        let digits = front.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        front.get(digits..)?.parse::<i16>().ok().filter(|month| (1..=12).contains(month))
    });
    let month = months.next()?;
    // From one month to another it is for neither alone.
    let is_range = ["-", "~", "至", "、"].iter().any(|mark| text.contains(&format!("{mark}{month}月")));
    (months.next().is_none() && !is_range).then_some(month)
}

/// For so many days what is entered behind the end of the years goes on.
const GOES_ON: i32 = 62;

/// The same day in the years of the sheet, where a date lies outside of them.
fn mistyped(own: DateSpan, years: DateSpan) -> Option<DateSpan> {
    let is_slip = |day: &Date| *day < years.first || (*day - years.last).get_days() > GOES_ON;
    own.exact().filter(is_slip)?;
    same_day(own, years)
}

/// A day in other years.
fn same_day(own: DateSpan, years: DateSpan) -> Option<DateSpan> {
    let day = own.exact()?;
    let same = (years.first.year()..=years.last.year()).filter_map(|year| Date::new(year, day.month(), day.day()).ok());
    same.map(DateSpan::day).find(|same| years.holds(*same))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_paper_is_for_the_time_that_its_topic_says() {
        let told = |topic: &str, year, month, day| {
            time_in(topic, DateSpan::day(date(year, month, day))).map(|span| format!("{}..{}", span.first, span.last))
        };
        for (topic, day, span) in [
            ("9月小结", (2022, 10, 8), "2022-09-01..2022-09-30"),
            ("十二月小结", (2023, 1, 4), "2022-12-01..2022-12-31"),
            ("2022年9月小结", (2023, 1, 4), "2022-09-01..2022-09-30"),
            ("2022-2023学年总体工作计划", (2022, 8, 29), "2022-09-01..2023-08-31"),
            ("2022年度工作总结", (2023, 1, 8), "2022-01-01..2022-12-31"),
        ] {
            assert_eq!(told(topic, day.0, day.1, day.2).as_deref(), Some(span), "{topic}");
        }
        for topic in ["学期安排", "2022年版课程标准落实方案", "9-10月小结", "9月、10月小结"] {
            assert_eq!(told(topic, 2022, 10, 8), None, "{topic}");
        }
    }

    #[test]
    fn a_day_of_another_year_may_be_mistyped() {
        let years = DateSpan { first: date(2023, 1, 1), last: date(2023, 12, 31) };
        let typed = |year, month, day| mistyped(DateSpan::day(date(year, month, day)), years);
        assert_eq!(typed(2022, 1, 5), Some(DateSpan::day(date(2023, 1, 5))));
        assert_eq!(typed(2013, 4, 5), Some(DateSpan::day(date(2023, 4, 5))));
        assert_eq!(typed(2024, 4, 5), Some(DateSpan::day(date(2023, 4, 5))));
        for (year, month) in [(2023, 1), (2024, 1), (2024, 2)] {
            assert_eq!(typed(year, month, 5), None);
        }
        assert!(
            is_of_a_day("制表日期：2024年1月5日") && is_of_a_day("活动台账20240105") && !is_of_a_day("2023年活动台账")
        );
    }
}
