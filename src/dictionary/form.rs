//! Reads a TOML document field by field, so that all its defects are found in one go, each with its place.
//!
//! A [`Form`] is a table being read: what is not asked for by the end is an unknown key.

use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::Range;
use std::str::FromStr;

use jiff::civil::Date;
use rust_decimal::Decimal;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::source::{Source, nearest};
use crate::model::Diagnostic;

/// A table of the document and the keys of it that were asked for.
pub struct Form<'s, 't> {
    source: &'s Source<'s>,
    table: &'t DeTable<'t>,
    span: Range<usize>,
    asked: RefCell<Vec<&'static str>>,
}

/// A value and its place in the file.
#[derive(Clone, Debug)]
pub struct At<T> {
    pub value: T,
    pub span: Range<usize>,
}

/// A value of the document whose form depends on where it stands.
#[derive(Clone, Copy)]
pub struct Node<'t> {
    pub value: &'t DeValue<'t>,
    start: usize,
    end: usize,
}

/// Reads a TOML file by its form, or gives all its defects in the order of their places.
pub fn read_toml<T>(file: &str, text: &str, read: impl FnOnce(Form<'_, '_>) -> T) -> Result<T, Vec<Diagnostic>> {
    let source = Source::new(file, text);
    let document = source.parse();
    let value = read(Form::new(&source, document.get_ref(), document.span()));
    drop(document);
    let defects = source.into_defects();
    if defects.is_empty() { Ok(value) } else { Err(defects) }
}

impl<'s, 't> Form<'s, 't> {
    fn new(source: &'s Source<'s>, table: &'t DeTable<'t>, span: Range<usize>) -> Form<'s, 't> {
        Form { source, table, span, asked: RefCell::new(Vec::new()) }
    }

    pub fn source(&self) -> &'s Source<'s> {
        self.source
    }

    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// Notes a defect of the whole table, unless a line is no TOML: what the table seems to lack may stand there.
    pub fn defect(&self, message: impl Into<String>, help: impl Into<String>) {
        if self.source.is_whole() {
            self.source.defect(self.span(), message, help);
        }
    }

    /// The value of a key, if it is there.
    pub fn node(&self, key: &'static str) -> Option<Node<'t>> {
        let mut asked = self.asked.borrow_mut();
        if !asked.contains(&key) {
            asked.push(key);
        }
        self.table.get(key).map(Node::new)
    }

    /// Whether a key is there, without asking for it.
    pub fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// Every key of the table with its value: for tables whose keys are names of the file's own choosing.
    pub fn entries(&self) -> Vec<(At<String>, Node<'t>)> {
        let name = |key: &Spanned<Cow<'_, str>>| At { value: key.get_ref().to_string(), span: key.span() };
        let mut entries: Vec<_> = self.table.iter().map(|(key, value)| (name(key), Node::new(value))).collect();
        entries.sort_by_key(|(key, _)| key.span.start);
        entries
    }

    pub fn text(&self, key: &'static str) -> Option<At<String>> {
        self.node(key).and_then(|node| node.text(self.source, key))
    }

    /// A text that must be there. If it is not, that is a defect, and an empty text stands in.
    pub fn required_text(&self, key: &'static str) -> At<String> {
        if !self.has(key) {
            self.missing(key);
        }
        self.text(key).unwrap_or_else(|| At { value: String::new(), span: self.span() })
    }

    /// A word that must be there and be known to `find`; `complain` says what is wrong with another and what to write.
    pub fn required_word<T>(
        &self,
        key: &'static str,
        find: impl FnOnce(&str) -> Option<T>,
        complain: impl FnOnce(&str) -> (String, String),
    ) -> Option<T> {
        if !self.has(key) {
            self.missing(key);
        }
        let written = self.text(key)?;
        let found = find(&written.value);
        if found.is_none() {
            let (message, help) = complain(&written.value);
            self.source.defect(written.span, message, help);
        }
        found
    }

    pub fn missing(&self, key: &str) {
        self.defect(format!("缺少 {key}"), format!("请补上 {key} = …"));
    }

    pub fn flag(&self, key: &'static str) -> Option<bool> {
        let node = self.node(key)?;
        let flag = node.value.as_bool();
        if flag.is_none() {
            self.source.defect(node.span(), format!("{key} 应为 true 或 false"), "例如 held = true");
        }
        flag
    }

    pub fn number(&self, key: &'static str) -> Option<Decimal> {
        self.node(key).and_then(|node| node.number(self.source, key))
    }

    pub fn date(&self, key: &'static str) -> Option<Date> {
        self.node(key).and_then(|node| node.date(self.source, key))
    }

    /// An array of arrays of texts.
    pub fn rows(&self, key: &'static str) -> Vec<Vec<String>> {
        let row = |item: Node<'_>| item.texts(self.source(), key).into_iter().map(|text| text.value).collect();
        self.items(key).into_iter().map(row).collect()
    }

    /// The items of an array; none if the key is not there.
    pub fn items(&self, key: &'static str) -> Vec<Node<'t>> {
        self.node(key).map(|node| node.items(self.source, key)).unwrap_or_default()
    }

    pub fn texts(&self, key: &'static str) -> Vec<At<String>> {
        self.items(key).into_iter().filter_map(|item| item.text(self.source, key)).collect()
    }

    /// The texts of an array without their places.
    pub fn strings(&self, key: &'static str) -> Vec<String> {
        self.texts(key).into_iter().map(|text| text.value).collect()
    }

    pub fn form(&self, key: &'static str) -> Option<Form<'s, 't>> {
        self.node(key).and_then(|node| node.form(self.source, key))
    }

    /// An array of tables, `[[key]]`.
    pub fn forms(&self, key: &'static str) -> Vec<Form<'s, 't>> {
        self.items(key).into_iter().filter_map(|item| item.form(self.source, key)).collect()
    }

    /// Notes every key that was not asked for.
    pub fn finish(self) {
        let asked = self.asked.borrow();
        for (key, _) in self.entries().iter().filter(|(key, _)| !asked.contains(&key.value.as_str())) {
            let near = nearest(&key.value, asked.iter().copied());
            let help = format!("{near}这里可以写：{}", asked.join("、"));
            self.source.defect(key.span.clone(), format!("不认识的名称 {}", key.value), help);
        }
    }
}

impl<'t> Node<'t> {
    fn new(value: &'t Spanned<DeValue<'t>>) -> Node<'t> {
        let Range { start, end } = value.span();
        Node { value: value.get_ref(), start, end }
    }

    pub fn span(&self) -> Range<usize> {
        self.start..self.end
    }

    /// Notes a value of the wrong type as a defect.
    fn checked<T>(&self, value: Option<T>, source: &Source<'_>, key: &str, wanted: &str) -> Option<T> {
        if value.is_none() {
            source.defect(self.span(), format!("{key} 的值类型不对"), format!("这里应写{wanted}"));
        }
        value
    }

    pub fn text(&self, source: &Source<'_>, key: &str) -> Option<At<String>> {
        let text = self.value.as_str().map(|text| At { value: text.to_string(), span: self.span() });
        self.checked(text, source, key, "文字，例如 \"专职\"")
    }

    /// The exact decimal that is written; `None` if the value is no number.
    pub fn as_number(&self) -> Option<Decimal> {
        let decimal = self.value.as_integer().filter(|integer| integer.radix() == 10).map(|integer| integer.as_str());
        let written = decimal.or_else(|| self.value.as_float().map(|float| float.as_str()))?;
        Decimal::from_str(written).ok()
    }

    pub fn number(&self, source: &Source<'_>, key: &str) -> Option<Decimal> {
        self.checked(self.as_number(), source, key, "数，例如 90 或 2.5")
    }

    /// The day that is written; `None` if the value is no date, or has a time.
    pub fn as_date(&self) -> Option<Date> {
        let date = self.value.as_datetime()?;
        let date = date.date.filter(|_| date.time.is_none())?;
        Date::new(i16::try_from(date.year).ok()?, i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?).ok()
    }

    pub fn date(&self, source: &Source<'_>, key: &str) -> Option<Date> {
        self.checked(self.as_date(), source, key, "日期，不加引号，例如 2024-12-31")
    }

    pub fn items(&self, source: &Source<'_>, key: &str) -> Vec<Node<'t>> {
        let array = self.checked(self.value.as_array(), source, key, "数组，例如 [\"市级\", \"县级\"]");
        array.into_iter().flat_map(|array| array.iter()).map(Node::new).collect()
    }

    pub fn texts(&self, source: &Source<'_>, key: &str) -> Vec<At<String>> {
        self.items(source, key).into_iter().filter_map(|item| item.text(source, key)).collect()
    }

    pub fn form<'s>(&self, source: &'s Source<'s>, key: &str) -> Option<Form<'s, 't>> {
        let table = self.checked(self.value.as_table(), source, key, "一组 { 名称 = 值 }")?;
        Some(Form::new(source, table, self.span()))
    }
}
