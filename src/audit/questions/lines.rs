//! Lines for the office's file of headers and answers, each with the likely answer. Any of them can stand together, before its
//! first heading.

use jiff::civil::Date;

use crate::dictionary::{Dictionary, NOT_READ, normalise, quoted};
use crate::intake::SheetName;
use crate::model::DateSpan;

/// That a sheet is a table; that it is none where its name says that it tells of what is to come.
pub(super) fn sheet(name: &SheetName, is_unique: bool, table: &str, dictionary: &Dictionary) -> String {
    let own = own_name(name, is_unique);
    let called = normalise(&name.sheet);
    match dictionary.sheet_words.planned.iter().any(|word| called.contains(word.as_str())) {
        true => format!("sheets.{} = {}  # 是{table}的话写 {}", quoted(&own), quoted(NOT_READ), quoted(table)),
        false => format!("sheets.{} = {}  # 不是的话写 {}", quoted(&own), quoted(table), quoted(NOT_READ)),
    }
}

/// That a sheet is not to be read.
pub(super) fn not_read(name: &SheetName, is_unique: bool) -> String {
    format!("sheets.{} = {}", quoted(&own_name(name, is_unique)), quoted(NOT_READ))
}

/// What a sheet goes by: by its file too where another one of the run has its name.
fn own_name(name: &SheetName, is_unique: bool) -> String {
    if is_unique { name.sheet.clone() } else { format!("{}/{}", name.file(), name.sheet) }
}

/// Whether a column is likely the field that it is near to. One that says more than the standard header, a number, a sum or a
/// plan may be something else: 计划学时, 2022年编制, 听评课合计.
pub(super) fn is_likely(own: &str, standard: &str, dictionary: &Dictionary) -> bool {
    // Of two characters one that is another says something else: 组别 is no 级别.
    let is_short = own.chars().nth(2).is_none() && own != standard;
    let says_more = own.contains(standard) || own.contains(|c: char| c.is_ascii_digit()) || is_short;
    !says_more && !dictionary.cells.sums.may_name(own) && !dictionary.cells.is_planned(&normalise(own))
}

/// That a column of a table is a field; a comment where it may as well be something else.
pub(super) fn column(table: &str, own: &str, standard: &str, is_likely: bool) -> String {
    let mark = if is_likely { "" } else { "# " };
    format!("{mark}{}.{} = {}", quoted(table), quoted(own), quoted(standard))
}

/// That a text of a column is a word. Where none is likely, a comment stands for it.
pub(super) fn word(header: &str, text: &str, word: Option<&str>) -> String {
    let (mark, word) = word.map_or(("# ", "（词表里的词）"), |word| ("", word));
    format!("{mark}words.{}.{} = {}", quoted(header), quoted(text), quoted(word))
}

/// That a ledger is whole in some times; a comment where it would speak of several offices.
pub(super) fn covers(table: &str, spans: &[DateSpan], is_of_one: bool) -> String {
    let month = |day: Date| format!("{:04}-{:02}", day.year(), day.month());
    let span = |span: &DateSpan| {
        let first = if span.first == Date::MIN { String::new() } else { month(span.first) };
        quoted(&format!("{first}..{}", month(span.last)))
    };
    let spans: Vec<String> = spans.iter().map(span).collect();
    let value = match spans.as_slice() {
        [one] => one.clone(),
        several => format!("[{}]", several.join(", ")),
    };
    let mark = if is_of_one { "" } else { "# " };
    format!("{mark}covers.{} = {value}", quoted(table))
}
