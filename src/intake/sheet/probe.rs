//! The first rows of a sheet, kept to look for its header.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::header::HeaderLevel;
use super::names::until::last_day;
use crate::dictionary::{Dictionary, Field, FieldKind, Says, normalise};
use crate::intake::cell::from_serial;
use sheets::{Raw, Row};

pub(super) const HEADER_ROWS: u32 = 30;

/// A row with more texts is no title.
const TITLE: usize = 2;

/// How far a group reaches to the right where its merge was lost.
const REACH: usize = 64;

/// So many rows that say what a table is of tell that a sheet may hold rows of it.
const TOLD: usize = 2;

/// The first rows of a sheet, looked at for a header.
#[derive(Debug, Default)]
pub struct Probe {
    pub(crate) rows: Vec<ProbeRow>,
}

#[derive(Debug)]
pub(crate) struct ProbeRow {
    pub number: u32,
    /// Texts of its own, by column.
    pub own: Vec<(u32, HeaderLevel)>,
    /// Columns that only hold the text of a merged area, and that text.
    pub filled: Vec<(u32, HeaderLevel)>,
    /// All columns with a cell of its own, in ascending order.
    pub used: Vec<u32>,
    /// Whether every cell of its own is a text: a header has no numbers and no dates.
    pub is_text: bool,
    /// Columns with a number or a date, and whether it is a date.
    pub(super) amounts: Vec<(u32, bool)>,
    /// The days of the dates, by column.
    days: Vec<(u32, Date)>,
}

impl Probe {
    /// Takes a row; says whether more are wanted.
    pub fn take(&mut self, row: Row<'_>) -> bool {
        if row.number > HEADER_ROWS {
            return false;
        }
        let mut probed = ProbeRow {
            number: row.number,
            own: Vec::new(),
            filled: Vec::new(),
            used: Vec::new(),
            is_text: true,
            amounts: Vec::new(),
            days: Vec::new(),
        };
        for cell in row.cells {
            let text =
                if let Raw::Text(text) = &cell.value { Some((cell.column, HeaderLevel::new(text))) } else { None };
            if cell.merged {
                probed.filled.extend(text);
            } else {
                probed.used.push(cell.column);
                probed.is_text &= text.is_some();
                probed.own.extend(text);
                match cell.value {
                    Raw::Number(_) => probed.amounts.push((cell.column, false)),
                    Raw::Date(serial) => {
                        probed.amounts.push((cell.column, true));
                        probed.days.extend(from_serial(serial).map(|day| (cell.column, day)));
                    }
                    Raw::Text(_) | Raw::Flag(_) | Raw::Error | Raw::NoValue => {}
                }
            }
        }
        self.rows.push(probed);
        true
    }

    /// Whether the cells of a column below a header look like those of a field: dates, words of its list, plain numbers.
    pub(crate) fn fits(&self, header: u32, column: u32, field: &Field, dictionary: &Dictionary) -> bool {
        let below = || self.rows.iter().filter(|row| row.number > header);
        let texts: Vec<&str> = below().filter_map(|row| Some(row.own(column)?.text.as_str())).collect();
        let amounts: Vec<bool> =
            below().flat_map(|row| &row.amounts).filter(|(at, _)| *at == column).map(|at| at.1).collect();
        match field.kind {
            FieldKind::Date => {
                // A term is no day: 2023-2024第一学期.
                let dates = texts.iter().filter(|text| looks_like_date(text) && !text.contains('学')).count();
                let dates = dates + amounts.iter().filter(|is_date| **is_date).count();
                2 * dates > amounts.len() + texts.len()
            }
            FieldKind::Number => {
                let is_number = |text: &&&str| text.parse::<rust_decimal::Decimal>().is_ok();
                // A clerk writes 若干 or ６０ between them.
                let numbers = amounts.len() + texts.iter().filter(is_number).count();
                !amounts.contains(&true) && 2 * numbers > amounts.len() + texts.len()
            }
            FieldKind::Word(list) | FieldKind::Words(list) => {
                let list = dictionary.list(list);
                // 是 and 无 may be words of any list.
                let says = |text: &str| text != "是" && dictionary.cells.says(text) != Says::Nothing;
                let is_known = |text: &&&str| (list.all(text).is_some() || list.either(text).is_some()) && says(text);
                amounts.is_empty() && !texts.is_empty() && 2 * texts.iter().filter(is_known).count() > texts.len()
            }
            FieldKind::Text
            | FieldKind::Texts
            | FieldKind::Code
            | FieldKind::Person
            | FieldKind::People
            | FieldKind::Year
            | FieldKind::Flag
            | FieldKind::School
            | FieldKind::Institution
            | FieldKind::Figure
            | FieldKind::Identity => false,
        }
    }

    /// Whether something stands below a header, and no text of it is a word of the list of a field, or most of it is no date.
    pub(super) fn says_otherwise(&self, (header, column): (u32, u32), field: &Field, dictionary: &Dictionary) -> bool {
        if field.kind == FieldKind::Date {
            return !self.is_empty_below(header, column) && !self.fits(header, column, field, dictionary);
        }
        let Some(list) = dictionary.words_of(field) else { return false };
        let below = self.rows.iter().filter(|row| row.number > header);
        let mut texts = below.filter_map(|row| Some(row.own(column)?.text.as_str())).peekable();
        let is_known = |text: &str| list.all(text).is_some() || list.either(text).is_some();
        texts.peek().is_some() && !texts.any(is_known)
    }

    /// Whether a column below a header holds a number, or nothing in the rows that were looked at.
    pub(super) fn may_hold_numbers(&self, header: u32, column: u32) -> bool {
        let mut amounts = self.rows.iter().filter(|row| row.number > header).flat_map(|row| &row.amounts);
        let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        self.is_empty_below(header, column)
            || amounts.any(|(at, _)| *at == column)
            || self.any_below(header, column, is_number)
    }

    /// Whether most rows below a header say one of some words, and at least two do.
    pub(super) fn tells_of(&self, header: u32, words: &[String]) -> bool {
        let below = || self.rows.iter().filter(|row| row.number > header && row.used.len() > 1);
        let says = |row: &&ProbeRow| {
            row.own.iter().any(|(_, part)| words.iter().any(|word| part.text.contains(word.as_str())))
        };
        let said = below().filter(says).count();
        said >= TOLD && 2 * said >= below().count()
    }

    /// Whether a column below a header holds amounts and no rule asks for it by that header.
    pub(super) fn is_amount(&self, header: u32, column: u32) -> bool {
        let below = || self.rows.iter().filter(|row| row.number > header);
        let numbers = below().flat_map(|row| &row.amounts).filter(|(at, is_date)| *at == column && !is_date).count();
        let texts = below().filter_map(|row| row.own(column));
        let (written, other): (Vec<_>, Vec<_>) =
            texts.partition(|part| part.text.parse::<rust_decimal::Decimal>().is_ok());
        numbers + written.len() > other.len()
    }

    /// Whether nothing stands in a column below a header.
    pub(super) fn is_empty_below(&self, header: u32, column: u32) -> bool {
        self.rows.iter().filter(|row| row.number > header).all(|row| row.is_blank(column))
    }

    /// Whether something stands in a column in at least half of the rows below a header.
    pub(super) fn is_mostly_filled(&self, header: u32, column: u32) -> bool {
        let rows = || self.rows.iter().filter(|row| row.number > header && row.used.len() > 1);
        2 * rows().filter(|row| !row.is_blank(column)).count() >= rows().count()
    }

    /// Whether a column below a header has no days on which what began on those of another ended: one lies before, on the same day where
    /// nothing ends `at_once`, or there they name no day.
    pub(super) fn is_no_end(&self, header: u32, (start, column): (u32, u32), at_once: bool) -> bool {
        let below = || self.rows.iter().filter(|row| row.number > header);
        let is_before = |row: &ProbeRow| match (row.day(start), row.day(column)) {
            (Some(start), Some(day)) => day < start || (day == start && !at_once),
            (_, _) => false,
        };
        let texts = || below().filter_map(|row| row.own(column)).map(|part| part.text.as_str());
        let names_none = at_once && texts().next().is_some() && !texts().any(names_day);
        below().any(is_before) || names_none
    }

    /// Whether a text of a column below a header is one of those that are looked for.
    pub(super) fn any_below(&self, header: u32, column: u32, is_wanted: impl Fn(&str) -> bool) -> bool {
        let below = self.rows.iter().filter(|row| row.number > header);
        below.filter_map(|row| row.own(column)).any(|part| is_wanted(&part.text))
    }

    /// The texts of rows that have hardly another one, with their rows: what stands above a header is its title.
    pub(super) fn titles(&self) -> Vec<(u32, String)> {
        let titles = self.rows.iter().filter(|row| row.own.len() <= TITLE);
        titles.flat_map(|row| row.own.iter().map(|(_, part)| (row.number, part.text.clone()))).collect()
    }
}

impl ProbeRow {
    /// Whether it may be a header: all texts, and no date among them.
    pub(super) fn is_header_like(&self) -> bool {
        self.is_text && !self.own.iter().any(|(_, part)| looks_like_date(&part.text))
    }

    pub(crate) fn own(&self, column: u32) -> Option<&HeaderLevel> {
        find(&self.own, column)
    }

    /// What stands in a column of dates, as it is compared.
    pub(super) fn time(&self, column: u32) -> Option<(Option<Date>, Option<&str>)> {
        let text = self.own(column).map(|part| part.text.as_str());
        let has_amount = self.amounts.iter().any(|(at, _)| *at == column);
        (text.is_some() || has_amount).then(|| (self.day(column), text))
    }

    /// The day that stands in a column.
    fn day(&self, column: u32) -> Option<Date> {
        let own = self.days.iter().find(|(at, _)| *at == column).map(|(_, day)| *day);
        own.or_else(|| self.own(column).filter(|part| names_day(&part.text)).and_then(|part| last_day(&part.text)))
    }

    pub(crate) fn filled(&self, column: u32) -> Option<&HeaderLevel> {
        find(&self.filled, column)
    }

    pub(crate) fn part(&self, column: u32) -> Option<&HeaderLevel> {
        self.own(column).or_else(|| self.filled(column))
    }

    pub(crate) fn is_blank(&self, column: u32) -> bool {
        self.used.binary_search(&column).is_err() && self.filled(column).is_none()
    }

    /// The columns to the right that a merged cell reaches over.
    pub(crate) fn span(&self, column: u32) -> impl Iterator<Item = u32> {
        let text = self.own(column).map(|part| &part.text);
        (column + 1..).take_while(move |at| text.is_some() && self.filled(*at).map(|part| &part.text) == text)
    }

    /// Whether a cell stands over several columns of the row below: merged, or blank to its right where that row has texts.
    pub(crate) fn is_group(&self, column: u32, lower: &ProbeRow) -> bool {
        let merged = self.filled(column).is_some() || self.span(column).next().is_some();
        merged || self.is_bare_group(column, lower)
    }

    pub(crate) fn is_bare_group(&self, column: u32, lower: &ProbeRow) -> bool {
        let next = column + 1;
        let below = lower.own(column).is_some() && lower.own(next).is_some();
        self.own(column).is_some() && self.is_blank(next) && below
    }

    /// The group that a column of the row below belongs to where the merges were lost: the nearest text to the left.
    pub(crate) fn group_left_of(&self, column: u32, lower: &ProbeRow) -> Option<&HeaderLevel> {
        let mut left = (0..column).rev().take(REACH);
        let near = left.find(|at| !self.is_blank(*at) || lower.own(*at).is_none())?;
        self.own(near).filter(|_| self.is_bare_group(near, lower))
    }

    /// Whether its only text stands over all the columns of a header: it is a title.
    pub(crate) fn is_title_over(&self, columns: &BTreeSet<u32>) -> bool {
        let ([(own, _)], Some(first), Some(last)) = (self.own.as_slice(), columns.first(), columns.last()) else {
            return false;
        };
        own <= first && (self.filled.is_empty() || self.filled(*last).is_some())
    }
}

/// 2023-09-01, 2023年9月, 9月4日, 2023.9.
pub(super) fn looks_like_date(text: &str) -> bool {
    let text = normalise(text);
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let is_year = digits == 4 && (text.starts_with("19") || text.starts_with("20"));
    let behind = text.chars().nth(digits);
    (is_year && matches!(behind, Some('-' | '/' | '.' | '年'))) || (matches!(digits, 1 | 2) && behind == Some('月'))
}

/// Whether a text names a day, and no month, term or number: 2023-09-04, 9月4日.
fn names_day(text: &str) -> bool {
    let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).count();
    let is_other = text.contains(['学', '(', '（', '第']);
    !is_other && (numbers >= 3 || (numbers == 2 && text.contains('日')))
}

fn find(cells: &[(u32, HeaderLevel)], column: u32) -> Option<&HeaderLevel> {
    let at = cells.binary_search_by_key(&column, |(at, _)| *at).ok()?;
    cells.get(at).map(|(_, part)| part)
}
