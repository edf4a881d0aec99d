//! The year of a figure: that of its sheet, by name, where no column says it (2023年度数据), and another one than its row's, which the
//! header of an amount, the name of its item or a remark says: 数值（2022年） beside 2023.

use jiff::civil::Date;
use sheets::{Raw, Row};

use crate::dictionary::{Dictionary, FieldId, FieldKind, PartWords, Table, bracketed};
use crate::intake::issues::IssueLog;
use crate::intake::row::record::ParsedRow;
use crate::intake::sheet::{Layout, years_of};
use crate::model::{Cell, IssueKind, Value, WordId};

/// The days of the longest year.
const YEAR: i32 = 366;

/// Takes the one year that the names of a sheet say for that of all its rows, where the sheet has no column for it.
pub(in crate::intake::row) fn take_year<'n>(
    names: impl Iterator<Item = &'n str>,
    layout: &Layout,
    table: &Table,
    empty: &mut [Cell],
) {
    let Some(year) = table.field_of_kind(FieldKind::Year).filter(|year| layout.column(*year).is_none()) else { return };
    let mut told: Vec<(Date, Date)> = names.filter_map(years_of).collect();
    told.dedup();
    if let [(first, last)] = told[..]
        && first.until(last).is_ok_and(|span| span.get_days() < YEAR)
    {
        empty[year.index()] = Cell::Is(Value::Year { first, last });
    }
}

/// What a sheet of figures says of years beside 年度.
pub(super) struct ToldYears<'d> {
    /// What the header of the amounts says.
    of_header: Option<(Date, Date)>,
    year: FieldId,
    item: FieldId,
    value: FieldId,
    /// The columns of remarks.
    remarks: Vec<u32>,
    parts: &'d PartWords,
    /// The items that are amounts of money.
    money: &'d [WordId],
}

impl<'d> ToldYears<'d> {
    pub(super) fn of(layout: &Layout, dictionary: &'d Dictionary) -> ToldYears<'d> {
        let figures = dictionary.schema.figures;
        let of_header = layout.column(figures.value).and_then(|column| years_of(layout.header(column)));
        let remarks = layout.remark_columns().map(|(column, _)| *column).collect();
        let (year, item, value) = (figures.year, figures.item, figures.value);
        let money = &dictionary.list(figures.items).money;
        ToldYears { of_header, year, item, value, remarks, parts: &dictionary.remarks.parts, money }
    }

    /// Makes an amount possible that may be of another year than its row says.
    pub(super) fn settle(&self, row: Row<'_>, layout: &Layout, parsed: &mut ParsedRow, log: &mut IssueLog) {
        let Cell::Is(Value::Year { first, last }) = *parsed.cell(self.year) else { return };
        if parsed.notes.denied.is_some() {
            return;
        }
        let is_other = |years: (Date, Date)| years.1 < first || last < years.0;
        let header = layout.column(self.value).filter(|_| self.of_header.is_some_and(is_other));
        let item = layout.column(self.item).and_then(|column| match row.value(column) {
            Some(Raw::Text(text)) if years_of(text).is_some_and(is_other) => Some((column, text.to_string())),
            Some(_) | None => None,
        });
        // From a later day on it was so: 2025年1月核定.
        let is_later = |text: &str| years_of(text).is_some_and(|years| last < years.0);
        let remark = self.remarks.iter().find_map(|column| match row.value(*column) {
            Some(Raw::Text(text)) if is_later(text) && self.parts.says_figures_since(text) => {
                Some((*column, text.to_string()))
            }
            Some(_) | None => None,
        });
        let told = header.map(|column| (column, layout.header(column).to_string())).or(item).or(remark);
        let Some((column, words)) = told else { return self.settle_months(row, layout, parsed, log) };
        parsed.notes.denied = Some(column);
        let message = format!(
            "“{words}”写的年份与这一行的“{}”不是同一年，数是哪一年的不能确定，按“可能算、也可能不算”处理；请改成同一年",
            layout.column(self.year).map_or("年度", |column| layout.header(column))
        );
        log.report(parsed.at.cell(column), IssueKind::DeniedRow, &words, message);
    }

    /// Makes an amount possible that is of some months, as the name of its item says: 教师工资总额（月）. What is counted in a month may be so
    /// in the year.
    fn settle_months(&self, row: Row<'_>, layout: &Layout, parsed: &mut ParsedRow, log: &mut IssueLog) {
        let Some(column) = layout.column(self.item) else { return };
        let Some(Raw::Text(text)) = row.value(column) else { return };
        let is_money = matches!(parsed.cell(self.item), Cell::Is(Value::Word(item)) if self.money.contains(item));
        if !bracketed(text).iter().any(|hint| is_of_months(hint, is_money)) {
            return;
        }
        parsed.notes.denied = Some(column);
        let message = format!(
            "“{text}”说的是几个月的，不是全年的数，按“可能算、也可能不算”处理；是全年的请改正“{}”，不是的请填全年的数",
            layout.header(column)
        );
        log.report(parsed.at.cell(column), IssueKind::DeniedRow, text, message);
    }
}

/// Whether what stands in brackets behind an item says some months of a year and no whole one: 月, 1-11月. One month alone says of an amount
/// of money how much of it there was in it.
fn is_of_months(hint: &str, is_money: bool) -> bool {
    let Some(told) = hint.strip_suffix('月') else { return false };
    let bare = told.rsplit('年').next().unwrap_or(told);
    let month = |text: &str| text.trim_end_matches('月').parse::<u32>().ok().filter(|month| (1..=12).contains(month));
    match bare.split_once('-') {
        Some((first, last)) => {
            month(first).zip(month(last)).is_some_and(|(first, last)| (last + 12 - first) % 12 != 11)
        }
        None => is_money && (bare.is_empty() || month(bare).is_some()),
    }
}
