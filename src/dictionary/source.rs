//! A TOML file, parsed as far as it is TOML, and the defects found in it.
//! `toml-spanner` collects defects too, but it makes every decimal a float, needs a newer Rust, and its messages would all be
//! replaced; so `toml` parses and what is noted is ours.

use std::cell::RefCell;
use std::ops::Range;

use toml::Spanned;
use toml::de::DeTable;

use crate::model::Diagnostic;

/// A TOML file and the defects found in it so far.
pub struct Source<'a> {
    pub file: &'a str,
    pub text: &'a str,
    defects: RefCell<Vec<Diagnostic>>,
    /// The bytes of the lines that are no TOML.
    broken: RefCell<Vec<Range<usize>>>,
}

impl<'a> Source<'a> {
    pub fn new(file: &'a str, text: &'a str) -> Source<'a> {
        Source { file, text, defects: RefCell::default(), broken: RefCell::default() }
    }

    /// Notes a defect at some bytes of the file, unless their line is no TOML: that is not what was meant.
    pub fn defect(&self, span: Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        if !self.broken.borrow().iter().any(|line| line.contains(&span.start)) {
            let diagnostic = Diagnostic::new(self.file, self.text, span, message.into(), help.into());
            self.defects.borrow_mut().push(diagnostic);
        }
    }

    pub fn is_whole(&self) -> bool {
        self.broken.borrow().is_empty()
    }

    /// Parses the file; the first syntax error of each line is noted, and what could be read is returned all the same.
    pub fn parse(&'a self) -> Spanned<DeTable<'a>> {
        let (document, errors) = DeTable::parse_recoverable(self.text);
        for span in errors.iter().map(|error| error.span().unwrap_or(0..0)) {
            let line = line_around(self.text, span.start);
            self.defect(span, syntax_message(&self.text[line.clone()]), SYNTAX_HELP);
            self.broken.borrow_mut().push(line);
        }
        document
    }

    /// All defects, in the order of their places.
    pub fn into_defects(self) -> Vec<Diagnostic> {
        let mut defects = self.defects.into_inner();
        defects.sort_by_key(|defect| (defect.span.start, defect.span.end));
        defects.dedup();
        defects
    }
}

const SYNTAX_HELP: &str =
    "每行写成 名称 = 值；文字加英文双引号，等号、引号、逗号、方括号都用半角（英文）符号；同一名称不要写两次";

/// The bytes of the line that a byte stands in, with its end.
fn line_around(text: &str, at: usize) -> Range<usize> {
    let bytes = text.as_bytes();
    let at = at.min(bytes.len());
    let start = bytes[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    let end = bytes[at..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |end| at + end + 1);
    start..end
}

/// Full-width punctuation is the likeliest slip, so it is looked for first.
fn syntax_message(line: &str) -> String {
    match line.chars().find(|c| "，；：“”‘’＝［］｛｝【】（）".contains(*c)) {
        Some(mark) => format!("这一行的写法有误，其中有全角符号“{mark}”"),
        None if has_bare_name(line) => "这一行的写法有误：中文名称要加英文双引号".to_string(),
        None => "这一行的写法有误（TOML 格式）".to_string(),
    }
}

/// Whether a line begins with a name that needs quotes and has none: 姓名 = …, [活动台账].
fn has_bare_name(line: &str) -> bool {
    let name = line.trim_start_matches(|c: char| c.is_whitespace() || c == '[').split(['=', ']']).next().unwrap_or("");
    !name.starts_with(['"', '\'', '#']) && !name.is_ascii()
}

/// A text as TOML writes it, in quotes.
pub fn quoted(text: &str) -> String {
    toml::Value::String(text.to_string()).to_string()
}

/// “是不是想写 X？” for the nearest of some names; empty if none is near.
pub fn nearest<'n>(written: &str, names: impl IntoIterator<Item = &'n str>) -> String {
    let distance = |name: &str| strsim::damerau_levenshtein(written, name);
    match names.into_iter().map(|name| (distance(name), name)).min() {
        Some((away, name)) if away <= 2.max(written.chars().count() / 3) => format!("是不是想写 {name}？"),
        _ => String::new(),
    }
}
