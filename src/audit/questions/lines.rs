//! Lines for the office's file of headers and answers, each set with the likely answer.

use jiff::civil::Date;

use crate::dictionary::quoted;
use crate::intake::SheetName;
use crate::model::DateSpan;

/// That a sheet is a table, and which of its headers are which.
pub(super) fn sheet(name: &SheetName, table: &str, headers: &[(String, String)]) -> Vec<String> {
    let own = format!("{} = {}  # 不是的话写 \"不读\"", quoted(&name.sheet), quoted(table));
    let mut lines = vec!["[sheets]".to_string(), own];
    if !headers.is_empty() {
        lines.push(format!("[{}]", quoted(table)));
        lines.extend(headers.iter().map(|(own, standard)| format!("{} = {}", quoted(own), quoted(standard))));
    }
    lines
}

/// That a column of a table is a field.
pub(super) fn column(table: &str, own: &str, standard: &str) -> Vec<String> {
    vec![format!("[{}]", quoted(table)), format!("{} = {}", quoted(own), quoted(standard))]
}

/// That a text of a column is a word. Where none is likely, a comment stands for it.
pub(super) fn word(header: &str, text: &str, word: Option<&str>) -> Vec<String> {
    let line = match word {
        Some(word) => format!("{} = {}", quoted(text), quoted(word)),
        None => format!("# {} = \"（词表里的词）\"", quoted(text)),
    };
    vec![format!("[words.{}]", quoted(header)), line]
}

/// That a ledger is whole in some times.
pub(super) fn covers(table: &str, spans: &[DateSpan]) -> Vec<String> {
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
    vec!["[covers]".to_string(), format!("{} = {value}", quoted(table))]
}
