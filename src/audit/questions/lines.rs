//! Lines for the office's file of headers and answers, each with the likely answer. Any of them can stand together, before its
//! first heading.

use jiff::civil::Date;

use crate::dictionary::quoted;
use crate::intake::SheetName;
use crate::model::DateSpan;

/// That a sheet is a table. It goes by its file too where another one of the run has its name.
pub(super) fn sheet(name: &SheetName, is_unique: bool, table: &str) -> String {
    let stem = name.path.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    let own = if is_unique { name.sheet.clone() } else { format!("{stem}/{}", name.sheet) };
    format!("sheets.{} = {}  # 不是的话写 \"不读\"", quoted(&own), quoted(table))
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
