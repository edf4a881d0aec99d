//! One cell of a known column becomes a value, blank, or unreadable with the kind of issue that says why.

use std::borrow::Cow;
use std::sync::Arc;

use sheets::Raw;
use unicode_normalization::UnicodeNormalization;

use super::dates::{self, Context, End};
use super::numbers::{self, Number};
use crate::dictionary::{Blank, Dictionary, Field, FieldKind, Table, WordList, normalise, plain_word, without_code};
use crate::model::{Cell, IssueKind, Period, Value, WordId};

/// A parsed cell, and what is wrong with it.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed {
    pub cell: Cell,
    pub issue: Option<IssueKind>,
    /// The end of the span that a date cell gives with its start; of an end's own cell, that it has not come.
    pub end: Option<End>,
    /// How many dates a date cell names; none when there is no telling.
    pub dates: Option<u16>,
}

/// Parses the cells of one column.
pub struct CellParser<'d> {
    field: &'d Field,
    words: Option<&'d WordList>,
    /// Whether the cells are days of what happened, so that the sheet may say their year.
    happened: bool,
    /// What the sheet says of the year; the same for all its rows.
    context: Context,
}

impl<'d> CellParser<'d> {
    pub fn new(field: &'d Field, table: &Table, dictionary: &'d Dictionary) -> CellParser<'d> {
        let happened = table.field_named("date").is_some() && matches!(field.id.as_str(), "date" | "end-date");
        let (words, context) = (dictionary.words_of(field), Context::default());
        CellParser { field, words, happened, context }
    }

    /// Says when the rows of the sheet are, before its first row is parsed.
    pub fn set_context(&mut self, context: &Context) {
        if self.happened {
            self.context = context.clone();
        }
    }

    /// What the clerk is to do about a word that looks like one of the list and is none.
    pub fn refusal(&self, raw: &Raw<'_>) -> Option<&str> {
        let Raw::Text(text) = raw else { return None };
        self.words?.refusal(text)
    }

    pub fn parse(&self, raw: &Raw<'_>) -> Parsed {
        match raw {
            Raw::Text(text) => self.parse_text(text),
            Raw::Number(number) => self.parse_number(*number),
            Raw::Date(serial) => self.parse_date(*serial),
            Raw::Flag(flag) => self.parse_text(if *flag { "是" } else { "否" }),
            Raw::Error => unreadable(IssueKind::ErrorValue),
            Raw::NoValue => unreadable(IssueKind::FormulaWithoutValue),
        }
    }

    fn parse_number(&self, number: f64) -> Parsed {
        match self.field.kind {
            FieldKind::Number | FieldKind::Figure => match numbers::from_float(number) {
                Some(number) if !number.is_sign_negative() || number.is_zero() => known(Value::Number(number)),
                Some(_) | None => unreadable(IssueKind::UnreadableNumber),
            },
            FieldKind::Date => self.date(dates::from_number(number, &self.context)),
            FieldKind::Identity => unreadable(IssueKind::DamagedIdentityNumber),
            FieldKind::Text
            | FieldKind::Texts
            | FieldKind::Code
            | FieldKind::Person
            | FieldKind::People
            | FieldKind::Year
            | FieldKind::Flag
            | FieldKind::Word(_)
            | FieldKind::Words(_)
            | FieldKind::School
            | FieldKind::Institution => self.parse_text(&format!("{number}")),
        }
    }

    fn parse_date(&self, serial: f64) -> Parsed {
        match self.field.kind {
            FieldKind::Date => self.date(dates::from_date(serial)),
            // A spreadsheet makes a date of 3-4 节: what was meant is lost.
            FieldKind::Number | FieldKind::Figure => unreadable(IssueKind::NumberAsDate),
            _ => match dates::from_serial(serial) {
                Some(day) => self.parse_text(&day.to_string()),
                None => unreadable(IssueKind::UnreadableDate),
            },
        }
    }

    fn parse_text(&self, text: &str) -> Parsed {
        let text = clean(text);
        if is_blank(&text) {
            return blank(None);
        }
        if self.field.kind == FieldKind::Date && (is_nothing(&text) || is_open(&text)) {
            return self.parse_open(&text);
        }
        match self.field.kind {
            FieldKind::Text | FieldKind::School | FieldKind::Institution | FieldKind::Identity => {
                known(Value::Text(text.into()))
            }
            FieldKind::Code | FieldKind::Person => known(Value::Text(without_space(&text).into())),
            FieldKind::Texts | FieldKind::People => known(Value::Texts(items(&text).map(Arc::from).collect())),
            FieldKind::Number => number(&text, &self.field.unit),
            FieldKind::Figure => flag(&text, self.field)
                .map(|flag| known(Value::Number(u8::from(flag).into())))
                .unwrap_or_else(|| number(&text, &self.field.unit)),
            FieldKind::Date => self.date(dates::from_text(&text, &self.context)),
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

    /// A date that says that there is none: 无, or 至今 for an end. What happened has no end that has not come.
    fn parse_open(&self, text: &str) -> Parsed {
        match (is_nothing(text), self.field.blank == Blank::Open, self.happened) {
            (true, _, _) => blank(None),
            (false, true, false) => blank(Some(End::Now)),
            (false, _, _) => unreadable(IssueKind::UnreadableDate),
        }
    }

    /// A date as it was read. Only what happened can stand on several dates: a start or a birth does not.
    fn date(&self, reading: dates::Reading) -> Parsed {
        let is_event = self.happened && self.field.id == "date";
        let span = reading.span.filter(|_| is_event || reading.issue != Some(IssueKind::SeveralDates));
        let cell = span.map_or(Cell::Unreadable, |span| Cell::Is(Value::Date(span)));
        let dates = if is_event { reading.dates } else { Some(1) };
        Parsed { cell, issue: reading.issue, end: reading.end, dates }
    }

    /// One word; a text that may be any of several is all of these, and what depends on it is unknown.
    fn word(&self, text: &str) -> Parsed {
        let Some(list) = self.words else { return unreadable(IssueKind::UnknownWord) };
        match (list.one(text), list.either(text)) {
            (Some(word), _) => known(Value::Word(word)),
            (None, Some(words)) => doubtful(Value::Words(words.to_vec()), IssueKind::UnknownWord),
            (None, None) => unreadable(IssueKind::UnknownWord),
        }
    }

    /// All words of a cell: the whole text as one entry of the list first, because entries may hold a 、 themselves.
    fn words(&self, text: &str) -> Parsed {
        let Some(list) = self.words else { return unreadable(IssueKind::UnknownWord) };
        if let Some(words) = list.all(text) {
            return known(Value::Words(sorted(words.to_vec())));
        }
        let found: Vec<Option<&[WordId]>> = items(text).map(|item| list.all(item)).collect();
        let words = sorted(found.iter().flatten().copied().flatten().copied().collect());
        match (words.is_empty(), found.iter().all(Option::is_some)) {
            (true, _) => unreadable(IssueKind::UnknownWord),
            (false, true) => known(Value::Words(words)),
            (false, false) => doubtful(Value::SomeWords(words), IssueKind::UnknownWord),
        }
    }
}

fn sorted(mut words: Vec<WordId>) -> Vec<WordId> {
    words.sort();
    words.dedup();
    words
}

fn known(value: Value) -> Parsed {
    Parsed { cell: Cell::Is(value), issue: None, end: None, dates: Some(1) }
}

/// What is only known in part.
fn doubtful(value: Value, kind: IssueKind) -> Parsed {
    Parsed { issue: Some(kind), ..known(value) }
}

fn unreadable(kind: IssueKind) -> Parsed {
    Parsed { cell: Cell::Unreadable, issue: Some(kind), end: None, dates: Some(1) }
}

fn blank(end: Option<End>) -> Parsed {
    Parsed { cell: Cell::Blank, issue: None, end, dates: Some(1) }
}

fn number(text: &str, unit: &str) -> Parsed {
    match numbers::from_text(text, unit) {
        Ok(Number::Exactly(number)) => known(Value::Number(number)),
        Ok(Number::Between { low, high, why }) => doubtful(Value::Between { low, high }, why),
        Err(kind) => unreadable(kind),
    }
}

/// NFKC, without white space at the ends and without the `'` that makes a number text.
pub fn clean(text: &str) -> Cow<'_, str> {
    let edge = |c: char| c.is_whitespace() || c.is_control() || c == '\'' || c == '\u{feff}';
    match normal(text) {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim_matches(edge)),
        Cow::Owned(text) => Cow::Owned(text.trim_matches(edge).to_string()),
    }
}

/// The NFKC of a text. Nearly all texts of a ledger are made of characters of which each is told by itself, without the
/// tables of Unicode.
fn normal(text: &str) -> Cow<'_, str> {
    let (mut told, mut rest) = (String::new(), text);
    loop {
        let (run, behind) = rest.split_at(plain_run(rest));
        let Some(c) = behind.chars().next() else {
            return if told.is_empty() { Cow::Borrowed(text) } else { Cow::Owned(told + run) };
        };
        let Some(narrow) = narrow(c) else { return Cow::Owned(text.nfkc().collect()) };
        told.reserve(rest.len());
        told.push_str(run);
        told.push(narrow);
        rest = &behind[c.len_utf8()..];
    }
}

/// The length of the plain characters that a text begins with. What begins with the bytes E5 to E8 is Han (U+5000 to
/// U+8FFF), as most characters are, and need not be put together.
fn plain_run(text: &str) -> usize {
    let mut length = 0;
    loop {
        let rest = &text[length..];
        // Bytes within a character count as of the run, so it ends before a character or, at the end, behind one.
        length += rest.bytes().take_while(|byte| matches!(byte, 0..=0x7f | 0xe5..=0xe8 | 0x80..=0xbf)).count();
        match text[length..].chars().next().filter(|c| is_plain(*c)) {
            Some(c) => length += c.len_utf8(),
            None => return length,
        }
    }
}

/// Whether NFKC leaves a character as it is, whatever stands beside it that is plain or wide.
fn is_plain(c: char) -> bool {
    matches!(c, '\0'..='\x7f' | '\u{4e00}'..='\u{9fff}' | '、' | '。' | '《'..='】' | '“' | '”' | '‘' | '’' | '·' | '—')
}

/// The ASCII character that NFKC makes of a full-width one.
fn narrow(c: char) -> Option<char> {
    match c {
        '\u{3000}' => Some(' '),
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0),
        _ => None,
    }
}

/// Marks that clerks put where there is nothing.
fn is_blank(text: &str) -> bool {
    text.is_empty() || text.chars().all(|c| matches!(c, '-' | '/' | '—' | '–' | '\\' | '_' | '－'))
}

/// Words for an end that has not come.
fn is_open(text: &str) -> bool {
    matches!(
        text,
        "至今" | "现在" | "今" | "在任" | "在岗" | "在职" | "目前" | "至现在" | "到现在" | "仍在任" | "未结束"
    )
}

/// Words for a date that there is not.
fn is_nothing(text: &str) -> bool {
    matches!(text, "无" | "暂无" | "没有" | "未填")
}

pub fn without_space(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The items of a cell: 张三、李四. Spaces and 和 do not part them, because names are written with them inside.
fn items(text: &str) -> impl Iterator<Item = &str> {
    text.split(['、', ',', '，', ';', '；', '/', '\n', '|', '&']).map(str::trim).filter(|item| !item.is_empty())
}

/// Yes or no; what a bracket adds may change it, and a code before the word is left out: 205-暂未在本单位任职-交流轮岗.
fn flag(text: &str, field: &Field) -> Option<bool> {
    let normal = plain_word(text)?;
    yes_or_no(&normal, field).or_else(|| {
        let word = without_code(&normal).filter(|word| !word.starts_with(|c: char| c.is_ascii_alphanumeric()))?;
        yes_or_no(word, field).or_else(|| yes_or_no(word.split('-').next()?, field))
    })
}

fn yes_or_no(normal: &str, field: &Field) -> Option<bool> {
    let is = |words: &[String]| words.iter().any(|word| normalise(word) == normal);
    match normal {
        "是" | "√" | "✓" | "✔" | "有" | "Y" | "y" | "YES" | "Yes" | "yes" | "1" | "true" | "TRUE" | "对" => {
            Some(true)
        }
        "否" | "×" | "✗" | "✘" | "无" | "N" | "n" | "NO" | "No" | "no" | "0" | "false" | "FALSE" | "不是" | "没有" => {
            Some(false)
        }
        _ if is(&field.yes) => Some(true),
        _ if is(&field.no) => Some(false),
        _ => None,
    }
}

#[cfg(test)]
#[path = "cells_tests.rs"]
mod tests;
