//! What the office answers to the questions of an audit, in the file of its headers.
//!
//! ```toml
//! [words."类型"]                # header = the standard header; text = a word of its list
//! "巡课" = "听评课"
//!
//! [covers]                      # the ledger is whole in these months, first and last
//! "活动台账" = "2023-01..2023-12"
//! "培训台账" = ["..2021-03", "2022-01..2022-12"]
//! ```

use jiff::civil::Date;

use crate::dictionary::form::{At, Form, Node};
use crate::dictionary::source::{Source, nearest};
use crate::dictionary::table::Table;
use crate::dictionary::words::normalise;
use crate::dictionary::{Dictionary, FieldId, TableId};
use crate::model::{DateSpan, WordId};

/// Which word a text is in the columns of a header, and when ledgers are whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    words: Vec<WordAnswer>,
    pub covers: Vec<(TableId, DateSpan)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct WordAnswer {
    header: String,
    text: String,
    word: String,
}

impl Answers {
    /// For the fields of a table, texts as they are compared, each with the word that it is.
    pub fn of_table(&self, table: &Table, dictionary: &Dictionary) -> Vec<(FieldId, String, WordId)> {
        let answer = |answer: &WordAnswer| {
            let field = table.field_called(&answer.header)?;
            let word = dictionary.words_of(table.field(field))?.one(&answer.word)?;
            Some((field, normalise(&answer.text), word))
        };
        self.words.iter().filter_map(answer).collect()
    }

    /// Reads `[words."类型"]`.
    pub(super) fn read_words(&mut self, form: &Form<'_, '_>, dictionary: &Dictionary) {
        for (header, node) in form.entries() {
            let lists: Vec<_> = dictionary
                .tables
                .iter()
                .filter_map(|table| dictionary.words_of(table.field(table.field_called(&header.value)?)))
                .collect();
            if lists.is_empty() {
                let message = format!("没有一张表的“{}”这一列要用词表里的词", header.value);
                form.source().defect(header.span, message, "写标准表头，例如 [words.\"类型\"]");
                continue;
            }
            let Some(texts) = node.form(form.source(), &header.value) else { continue };
            for (text, value) in texts.entries() {
                let Some(word) = value.text(form.source(), &text.value) else { continue };
                if !lists.iter().any(|list| list.one(&word.value).is_some()) {
                    let words: Vec<&str> = lists.iter().flat_map(|list| &list.words).map(String::as_str).collect();
                    let help = format!("{}可以写：{}", nearest(&word.value, words.iter().copied()), words.join("、"));
                    form.source().defect(word.span, format!("“{}”的词表里没有“{}”", header.value, word.value), help);
                    continue;
                }
                self.words.push(WordAnswer { header: header.value.clone(), text: text.value, word: word.value });
            }
        }
    }

    /// Reads `[covers]`.
    pub(super) fn read_covers(&mut self, form: &Form<'_, '_>, dictionary: &Dictionary) {
        for (name, node) in form.entries() {
            let table = dictionary.tables.iter().position(|table| table.sheet == name.value && table.dense.is_some());
            let Some(table) = table.map(TableId::from) else {
                let ledgers = dictionary.tables.iter().filter(|table| table.dense.is_some());
                let names: Vec<&str> = ledgers.map(|table| table.sheet.as_str()).collect();
                let help = format!("可以写：{}", names.join("、"));
                form.source().defect(name.span, format!("“{}”不是按时间记的台账", name.value), help);
                continue;
            };
            self.covers.extend(spans(&node, &name, form.source()).into_iter().map(|span| (table, span)));
        }
    }
}

/// `2023-01..2023-12`, or a list of such.
fn spans(node: &Node<'_>, name: &At<String>, source: &Source<'_>) -> Vec<DateSpan> {
    let texts = match node.value.as_array() {
        Some(_) => node.texts(source, &name.value),
        None => node.text(source, &name.value).into_iter().collect(),
    };
    let span = |text: At<String>| {
        let read = months(&text.value);
        if read.is_none() {
            let message = format!("“{}”不是一段月份", text.value);
            source.defect(text.span, message, "写成 \"2023-01..2023-12\"，从第一个月到最后一个月");
        }
        read
    };
    texts.into_iter().filter_map(span).collect()
}

/// The first day of the first month to the last day of the last one; without a first month, all before.
fn months(text: &str) -> Option<DateSpan> {
    let month = |text: &str| format!("{}-01", text.trim()).parse::<Date>().ok();
    let (first, last) = text.split_once("..")?;
    let first = if first.trim().is_empty() { Date::MIN } else { month(first)? };
    let last = month(last)?.last_of_month();
    (first <= last).then_some(DateSpan { first, last })
}
