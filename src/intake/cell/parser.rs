//! One cell of a known column becomes a value, blank, or unreadable with the kind of issue that says why.

use std::sync::Arc;

use super::clean::{clean, without_space};
use super::dates::{DateContext, SpanEnd};
use super::number::Number;
use super::reserves::ReserveReader;
use super::words::{flag, flag_beside_amount, is_blank, is_formula, is_nothing, is_open, items};
use super::{dates, number, numerals};
use crate::dictionary::{Blank, CellWords, Dictionary, Field, FieldId, FieldKind, Says, Table, WordList};
use crate::model::{Cell, IssueKind, Period, Value, WordId};
use sheets::Raw;

/// A parsed cell, and what is wrong with it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ParsedCell {
    pub cell: Cell,
    pub issue: Option<IssueKind>,
    /// The end of the span that a date cell gives with its start; of an end's own cell, that it has not come.
    pub end: Option<SpanEnd>,
    /// How many dates a date cell names. `None` if that is uncertain.
    pub dates: Option<u16>,
    /// The days of a span of dates that cannot be placed.
    pub length: Option<u16>,
}

impl ParsedCell {
    /// Whether what stands there is no date; a day without its year is one.
    pub(crate) fn is_garbled(&self) -> bool {
        self.cell == Cell::Unreadable && self.issue != Some(IssueKind::DateWithoutYear)
    }

    /// A cell that refers to another one that is not there.
    pub(crate) const UNREADABLE: ParsedCell = ParsedCell {
        cell: Cell::Unreadable,
        issue: Some(IssueKind::CellAbove),
        end: None,
        dates: Some(1),
        length: None,
    };
}

pub(crate) struct CellParser<'d> {
    field: &'d Field,
    words: Option<&'d WordList>,
    /// What may stand in any cell and says nothing.
    common: &'d CellWords,
    reserves: ReserveReader<'d>,
    /// Whether the cells say what something is called.
    is_name: bool,
    /// Whether the cells say when an event was.
    is_event: bool,
    /// Whether the cells are days of what happened, so that the sheet may say their year.
    happened: bool,
    /// Whether the file holds nothing but texts, so that a number looks like any other text.
    untyped: bool,
    /// What the sheet says of the year; the same for all its rows.
    context: DateContext,
}

impl<'d> CellParser<'d> {
    pub(crate) fn new(field: &'d Field, table: &Table, dictionary: &'d Dictionary) -> CellParser<'d> {
        let is = |role: Option<FieldId>| role.is_some_and(|role| std::ptr::eq(table.field(role), field));
        let is_event = is(table.roles.date);
        let happened = is_event || (table.roles.date.is_some() && is(table.roles.end));
        let (words, context) = (dictionary.words_of(field), DateContext::default());
        let (is_name, reserves) = (is(table.roles.name), ReserveReader::of(table, dictionary));
        let common = &dictionary.cells;
        CellParser { field, words, common, reserves, is_name, is_event, happened, untyped: false, context }
    }

    /// Sets the year of the rows, before the first row is parsed.
    pub(crate) fn set_context(&mut self, context: &DateContext) {
        if self.happened {
            self.context = context.clone();
        }
    }

    /// Says whether the file holds nothing but texts.
    pub(crate) fn set_untyped(&mut self, untyped: bool) {
        self.untyped = untyped;
    }

    /// What the clerk is to do about a word that looks like one of the list but is not.
    pub(crate) fn refusal(&self, raw: &Raw<'_>) -> Option<&str> {
        let Raw::Text(text) = raw else { return None };
        if self.field.kind == FieldKind::Figure && self.figure(text).issue == Some(IssueKind::UnreadableNumber) {
            return Some("这不是能认的数，也不是“是”或“否”；是数的请只写数字，问有没有、是不是的请写“是”或“否”");
        }
        self.words?.refusal(text)
    }

    /// A cell that is known to say a word of the list.
    pub(crate) fn of_word(&self, word: WordId) -> ParsedCell {
        let is_list = matches!(self.field.kind, FieldKind::Words(_));
        known(if is_list { Value::Words([word].into()) } else { Value::Word(word) })
    }

    pub(crate) fn parse(&self, raw: &Raw<'_>) -> ParsedCell {
        match raw {
            Raw::Text(text) => self.parse_text(text),
            Raw::Number(number) => self.parse_number(*number),
            Raw::Date(serial) => self.parse_date(*serial),
            Raw::Flag(flag) => self.parse_text(if *flag { "是" } else { "否" }),
            Raw::Error => unreadable(IssueKind::ErrorValue),
            Raw::NoValue => unreadable(IssueKind::FormulaWithoutValue),
        }
    }

    fn parse_number(&self, number: f64) -> ParsedCell {
        let kind = self.field.kind;
        if kind == FieldKind::Date {
            return self.date(dates::number_or_year(number, self.happened, &self.context));
        } else if kind == FieldKind::Identity {
            return unreadable(IssueKind::DamagedIdentityNumber);
        } else if !is_amount(kind) {
            return self.parse_text(&format!("{number}"));
        }
        match number::from_float(number) {
            Some(number) if !number.is_sign_negative() || number.is_zero() => known(Value::Number(number)),
            Some(_) | None => unreadable(IssueKind::UnreadableNumber),
        }
    }

    fn parse_date(&self, serial: f64) -> ParsedCell {
        if self.field.kind == FieldKind::Date {
            return self.date(dates::from_date(serial));
        } else if is_amount(self.field.kind) {
            // A spreadsheet makes a date of 3-4 节: what was meant is lost.
            return unreadable(IssueKind::NumberAsDate);
        }
        match dates::from_serial(serial) {
            Some(day) => self.parse_text(&day.to_string()),
            None => unreadable(IssueKind::UnreadableDate),
        }
    }

    fn parse_text(&self, text: &str) -> ParsedCell {
        let text = clean(text);
        if is_blank(&text) {
            return blank(None);
        }
        if self.common.is_error(&text) {
            return unreadable(IssueKind::ErrorValue);
        }
        if is_formula(&text) {
            return unreadable(IssueKind::FormulaWithoutValue);
        }
        if self.field.kind == FieldKind::Date && (is_nothing(&text) || is_open(&text)) {
            return self.parse_open(&text);
        }
        match self.field.kind {
            FieldKind::Text => self.free_text(&text),
            FieldKind::School | FieldKind::Institution | FieldKind::Identity => known(Value::Text(text.into())),
            FieldKind::Code | FieldKind::Person => known(Value::Text(without_space(&text).into())),
            FieldKind::Texts | FieldKind::People => known(Value::Texts(items(&text).map(Arc::from).collect())),
            FieldKind::Number => self.number(&text),
            FieldKind::Figure => self.figure(&text),
            FieldKind::Date => match dates::shortened(&text).filter(|_| self.untyped) {
                Some(number) => self.parse_number(number),
                None => self.date(dates::text_or_year(&text, self.happened, &self.context)),
            },
            FieldKind::Year => match Period::parse(&text) {
                Ok(period) => known(Value::Year { first: period.start(), last: period.end() }),
                Err(_) => unreadable(IssueKind::UnreadableYear),
            },
            FieldKind::Flag => match flag(&text, self.field) {
                Some(flag) => known(Value::Flag(flag)),
                None => unreadable(IssueKind::UnknownWord),
            },
            FieldKind::Word(_) => self.word(&text),
            FieldKind::Words(_) => self.words(&text),
        }
    }

    /// A text that may say nothing: 无 is blank, and of 待补 it is not known whether there is one by now.
    fn free_text(&self, text: &str) -> ParsedCell {
        match self.common.says(text) {
            // Where each row has a number of its own, what holds none says where it is, or that it is to come: 见存根.
            Says::Something if self.field.unlike && !numerals::holds_number(text) => unreadable(IssueKind::PendingText),
            Says::Something => known(Value::Text(text.into())),
            Says::Nothing => blank(None),
            // What is called so is called so: 未央小学.
            Says::Perhaps if self.is_name => known(Value::Text(text.into())),
            Says::Perhaps => unreadable(IssueKind::PendingText),
        }
    }

    fn number(&self, text: &str) -> ParsedCell {
        match self.reserves.number(text, &self.field.unit) {
            Ok(Number::Exactly(number)) => known(Value::Number(number)),
            Ok(Number::Between { low, high, why }) => doubtful(Value::Between { low, high }, why),
            Err(kind) => unreadable(kind),
        }
    }

    /// A number, else yes or no: which of them is asked depends on the item.
    fn figure(&self, text: &str) -> ParsedCell {
        let number =
            if self.common.is_running(text) { unreadable(IssueKind::UnreadableNumber) } else { self.number(text) };
        match flag_beside_amount(text, self.field).filter(|_| number.cell == Cell::Unreadable) {
            Some(flag) => known(Value::Flag(flag)),
            None => number,
        }
    }

    /// A date that says that there is none: 无, or 至今 for an end. What happened has no end that has not come.
    fn parse_open(&self, text: &str) -> ParsedCell {
        match (is_nothing(text), self.field.blank == Blank::Open, self.happened) {
            (true, _, _) => blank(None),
            (false, true, false) => blank(Some(SpanEnd::Now)),
            (false, _, _) => unreadable(IssueKind::UnreadableDate),
        }
    }

    /// A date as it was read. Only what happened can stand on several dates: a start or a birth does not.
    fn date(&self, reading: dates::DateReading) -> ParsedCell {
        let span = reading.span.filter(|_| self.is_event || reading.issue != Some(IssueKind::SeveralDates));
        let cell = span.map_or(Cell::Unreadable, |span| Cell::Is(Value::Date(span)));
        let dates = if self.is_event { reading.dates } else { Some(1) };
        let length = reading.length.filter(|_| self.is_event);
        ParsedCell { cell, issue: reading.issue, end: reading.end, dates, length }
    }

    /// One word; a text that may be any of several is all of these, and what depends on it is unknown.
    fn word(&self, text: &str) -> ParsedCell {
        let Some(list) = self.words else { return unreadable(IssueKind::UnknownWord) };
        match (list.one(text), list.either(text)) {
            (Some(word), _) => known(Value::Word(word)),
            (None, Some(words)) => doubtful(Value::Words(words.into()), IssueKind::UnknownWord),
            (None, None) => unreadable(IssueKind::UnknownWord),
        }
    }

    /// All words of a cell: the whole text as one entry of the list first, because entries may hold a 、 themselves.
    fn words(&self, text: &str) -> ParsedCell {
        let Some(list) = self.words else { return unreadable(IssueKind::UnknownWord) };
        if let Some(words) = list.all(text) {
            return known(Value::Words(sorted(words.to_vec()).into()));
        }
        let found: Vec<Option<&[WordId]>> = items(text).map(|item| list.all(item)).collect();
        let words = sorted(found.iter().flatten().copied().flatten().copied().collect());
        match (words.is_empty(), found.iter().all(Option::is_some)) {
            (true, _) => unreadable(IssueKind::UnknownWord),
            (false, true) => known(Value::Words(words.into())),
            (false, false) => doubtful(Value::SomeWords(words.into()), IssueKind::UnknownWord),
        }
    }
}

fn is_amount(kind: FieldKind) -> bool {
    matches!(kind, FieldKind::Number | FieldKind::Figure)
}

fn sorted(mut words: Vec<WordId>) -> Vec<WordId> {
    words.sort();
    words.dedup();
    words
}

fn known(value: Value) -> ParsedCell {
    ParsedCell { cell: Cell::Is(value), issue: None, end: None, dates: Some(1), length: None }
}

/// What is only known in part.
fn doubtful(value: Value, kind: IssueKind) -> ParsedCell {
    ParsedCell { issue: Some(kind), ..known(value) }
}

fn unreadable(kind: IssueKind) -> ParsedCell {
    ParsedCell { cell: Cell::Unreadable, issue: Some(kind), end: None, dates: Some(1), length: None }
}

fn blank(end: Option<SpanEnd>) -> ParsedCell {
    ParsedCell { cell: Cell::Blank, issue: None, end, dates: Some(1), length: None }
}

/// A span of dates where only one date belongs: it may be any day of it.
pub(crate) fn as_one_date(parsed: ParsedCell) -> ParsedCell {
    let Some(end) = parsed.end else { return parsed };
    let cell = match (&parsed.cell, end) {
        (_, SpanEnd::Perhaps) => return ParsedCell { end: None, ..parsed },
        (Cell::Is(Value::Date(start)), SpanEnd::On(end)) => Cell::Is(Value::Date(start.with(end))),
        (_, SpanEnd::On(_) | SpanEnd::Open | SpanEnd::Now) => Cell::Unreadable,
    };
    ParsedCell { cell, end: None, issue: parsed.issue.or(Some(IssueKind::DateRange)), ..parsed }
}

#[cfg(test)]
#[path = "parser_tests.rs"]
mod tests;
