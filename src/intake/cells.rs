//! One cell of a known column becomes a value, blank, or unreadable with the kind of issue that says why.

use std::sync::Arc;

use foldhash::{HashMap, HashMapExt};
use unicode_normalization::{UnicodeNormalization, is_nfkc_quick};

use super::{dates, numbers};
use crate::dictionary::{Blank, Dictionary, Field, FieldKind, WordList, normalise};
use crate::model::{Cell, IssueKind, Period, Value, WordId};
use crate::read::Raw;

/// A parsed cell, and what is wrong with it.
pub type Parsed = (Cell, Option<IssueKind>);

/// How many different texts of a column are remembered; ledgers repeat their words, schools and names.
const REMEMBERED: usize = 4096;

/// Parses the cells of one column, and remembers the texts that it has seen.
pub struct CellParser<'d> {
    field: &'d Field,
    words: Option<&'d WordList>,
    seen: HashMap<Box<str>, Parsed>,
}

impl<'d> CellParser<'d> {
    pub fn new(field: &'d Field, dictionary: &'d Dictionary) -> CellParser<'d> {
        CellParser { field, words: dictionary.words_of(field), seen: HashMap::new() }
    }

    pub fn parse(&mut self, raw: &Raw<'_>) -> Parsed {
        let Raw::Text(text) = raw else { return self.parse_raw(raw) };
        if let Some(parsed) = self.seen.get(text.as_ref()) {
            return parsed.clone();
        }
        let parsed = self.parse_text(text);
        if self.seen.len() < REMEMBERED {
            self.seen.insert(text.as_ref().into(), parsed.clone());
        }
        parsed
    }

    fn parse_raw(&self, raw: &Raw<'_>) -> Parsed {
        match raw {
            Raw::Text(text) => self.parse_text(text),
            Raw::Number(number) => self.parse_number(*number),
            Raw::Date(serial) => self.parse_date(*serial),
            Raw::Flag(flag) => self.parse_text(if *flag { "是" } else { "否" }),
            Raw::Error => (Cell::Unreadable, Some(IssueKind::ErrorValue)),
            Raw::NoValue => (Cell::Unreadable, Some(IssueKind::FormulaWithoutValue)),
        }
    }

    fn parse_number(&self, number: f64) -> Parsed {
        match self.field.kind {
            FieldKind::Number | FieldKind::Figure => match numbers::from_float(number) {
                Some(number) if !number.is_sign_negative() || number.is_zero() => known(Value::Number(number)),
                Some(_) | None => unreadable(IssueKind::UnreadableNumber),
            },
            FieldKind::Date => match dates::from_number(number) {
                Ok(span) => known(Value::Date(span)),
                Err(kind) => unreadable(kind),
            },
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
        let day = dates::from_serial(serial);
        match (self.field.kind, day) {
            (FieldKind::Date, Some(day)) => known(Value::Date(crate::model::DateSpan::day(day))),
            (FieldKind::Date, None) => unreadable(IssueKind::UnreadableDate),
            // A spreadsheet makes a date of 3-4 节: what was meant is lost.
            (FieldKind::Number | FieldKind::Figure, _) => unreadable(IssueKind::UnreadableNumber),
            (_, Some(day)) => self.parse_text(&day.to_string()),
            (_, None) => unreadable(IssueKind::UnreadableDate),
        }
    }

    fn parse_text(&self, text: &str) -> Parsed {
        let text = clean(text);
        if is_blank(&text) || (self.field.blank == Blank::Open && is_open(&text)) {
            return (Cell::Blank, None);
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
            FieldKind::Date => match dates::from_text(&text) {
                Ok(span) => known(Value::Date(span)),
                Err(kind) => unreadable(kind),
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

    /// One word; a text that may be any of several is all of these, and what depends on it is unknown.
    fn word(&self, text: &str) -> Parsed {
        let Some(list) = self.words else { return unreadable(IssueKind::UnknownWord) };
        match (list.one(text), list.either(text)) {
            (Some(word), _) => known(Value::Word(word)),
            (None, Some(words)) => (Cell::Is(Value::Words(words.to_vec())), Some(IssueKind::UnknownWord)),
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
            (false, false) => (Cell::Is(Value::SomeWords(words)), Some(IssueKind::UnknownWord)),
        }
    }
}

fn sorted(mut words: Vec<WordId>) -> Vec<WordId> {
    words.sort();
    words.dedup();
    words
}

fn known(value: Value) -> Parsed {
    (Cell::Is(value), None)
}

fn unreadable(kind: IssueKind) -> Parsed {
    (Cell::Unreadable, Some(kind))
}

fn number(text: &str, unit: &str) -> Parsed {
    match numbers::from_text(text, unit) {
        Ok(number) => known(Value::Number(number)),
        Err(kind) => unreadable(kind),
    }
}

/// NFKC, without white space at the ends and without the `'` that makes a number text.
pub fn clean(text: &str) -> String {
    let normal = match is_nfkc_quick(text.chars()) {
        unicode_normalization::IsNormalized::Yes => text.to_string(),
        unicode_normalization::IsNormalized::No | unicode_normalization::IsNormalized::Maybe => text.nfkc().collect(),
    };
    normal.trim_matches(|c: char| c.is_whitespace() || c.is_control() || c == '\'' || c == '\u{feff}').to_string()
}

/// Marks that clerks put where there is nothing.
fn is_blank(text: &str) -> bool {
    text.is_empty() || text.chars().all(|c| matches!(c, '-' | '/' | '—' | '–' | '\\' | '_' | '－'))
}

/// Words for an end that has not come.
fn is_open(text: &str) -> bool {
    matches!(text, "至今" | "现在" | "今" | "在任" | "在岗" | "在职" | "无" | "目前")
}

pub fn without_space(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The items of a cell: 张三、李四. Spaces and 和 do not part them, because names are written with them inside.
fn items(text: &str) -> impl Iterator<Item = &str> {
    text.split(['、', ',', '，', ';', '；', '/', '\n', '|', '&']).map(str::trim).filter(|item| !item.is_empty())
}

fn flag(text: &str, field: &Field) -> Option<bool> {
    let normal = normalise(text);
    let is = |words: &[String]| words.iter().any(|word| normalise(word) == normal);
    match normal.as_str() {
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
