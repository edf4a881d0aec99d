//! What is printed. Standard output and standard error may be closed or full: writing to them never panics. Here also stands
//! what the operating system says, in Chinese, and how the defects of a pack are shown.

use std::fmt::Display;
use std::io::{self, ErrorKind, Write};
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use crate::cli::UserError;
use crate::model::{Diagnostic, Masked};

/// Prints to standard output. A reader that has gone away wanted no more, which is no error. Errors: standard output
/// cannot take the text, for instance because it goes to a file on a full disk.
pub(crate) fn out(text: &str) -> Result<(), UserError> {
    let mut stream = io::stdout().lock();
    match stream.write_all(text.as_bytes()).and_then(|()| stream.flush()) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(UserError::new(format!("输出没有写完：{}", reason(&error)))),
    }
}

/// Prints to standard output what may be missed, since the work is done.
pub(crate) fn show(text: &str) {
    if let Err(error) = out(text) {
        remark(error);
    }
}

/// Prints to standard error, masked, where nobody can be told that it failed.
pub(crate) fn err(text: &str) {
    let _ = io::stderr().lock().write_all(Masked::from(text).as_bytes());
}

/// Prints what is allowed and yet worth a word.
pub(crate) fn remark(text: impl Display) {
    err(&format!("注意：{text}\n"));
}

/// Prints an error and what caused it, once each.
pub fn complain(error: &anyhow::Error) {
    let mut text = format!("错误：{error}\n");
    for cause in error.chain().skip(1) {
        text.push_str(&format!("  原因：{cause}\n"));
    }
    err(&text);
}

/// The width of the terminal. `None` if standard output is none.
pub(crate) fn width() -> Option<u16> {
    console::Term::stdout().size_checked().map(|(_, columns)| columns)
}

/// What the kinds of errors mean, where the kind says enough.
const REASONS: [(ErrorKind, &str); 11] = [
    (ErrorKind::NotFound, "没有这个文件或文件夹"),
    // Windows says so of a file that another program holds open, too.
    (ErrorKind::PermissionDenied, if cfg!(windows) { "没有权限，或文件正被 WPS、Excel 打开" } else { "没有权限" }),
    (ErrorKind::AlreadyExists, "已经存在"),
    (ErrorKind::IsADirectory, "这是文件夹，不是文件"),
    (ErrorKind::NotADirectory, "路径中有一段不是文件夹"),
    (ErrorKind::ReadOnlyFilesystem, "磁盘是只读的"),
    (ErrorKind::StorageFull, "磁盘已满"),
    (ErrorKind::QuotaExceeded, "磁盘已满"),
    (ErrorKind::FileTooLarge, "文件太大"),
    (ErrorKind::InvalidFilename, "文件名太长，或含有不能用的字符"),
    (ErrorKind::ResourceBusy, "正被其他程序占用"),
];

/// ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION: what Windows says of a file that WPS or Excel holds open.
const HELD_OPEN: [i32; 2] = [32, 33];

/// Why the system refused, as a clause that can stand behind a colon.
pub(crate) fn reason(error: &io::Error) -> String {
    if let Some((_, known)) = REASONS.iter().find(|(kind, _)| *kind == error.kind()) {
        return known.to_string();
    }
    match error.raw_os_error() {
        Some(code) if cfg!(windows) && HELD_OPEN.contains(&code) => "正被 WPS 或 Excel 打开，请先关闭它".to_string(),
        Some(code) => format!("系统错误 {code}"),
        None => "系统错误".to_string(),
    }
}

/// What was not done, and why the system refused it.
pub(crate) fn failed(sentence: impl Into<String>, error: &io::Error) -> UserError {
    UserError::new(format!("{}：{}", sentence.into(), reason(error)))
}

/// The defect with its file, line and column, the line itself, a mark under the place, and the help.
pub(crate) fn render(diagnostic: &Diagnostic, source: &str, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mark = AnnotationKind::Primary.span(first_line(source, &diagnostic.span));
    let snippet = Snippet::source(source).path(diagnostic.file.as_str()).annotation(mark);
    // The library would put a half-width colon behind the level's name, so the name is part of the text.
    let title = Level::ERROR.no_name().primary_title(format!("错误：{}", diagnostic.message));
    let mut group = title.element(snippet);
    if !diagnostic.help.is_empty() {
        group = group.element(Level::HELP.no_name().message(format!("办法：{}", diagnostic.help)));
    }
    format!("{}\n\n", renderer.render(&[group]))
}

/// The part of a span on its first line: a defect of a whole table is shown at its head. Ends lie between characters.
fn first_line(source: &str, span: &Range<usize>) -> Range<usize> {
    let boundary = |at: usize| (0..=at.min(source.len())).rev().find(|at| source.is_char_boundary(*at)).unwrap_or(0);
    let start = boundary(span.start);
    let line_end = source[start..].find(['\n', '\r']).map_or(source.len(), |length| start + length);
    start..boundary(span.end).clamp(start, line_end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_mark_stands_right_under_chinese_text() {
        let source = "title = \"行动计划\"\nquote = \"每年不少于六十天\" # 县级\n";
        let start = source.find("六十天").unwrap();
        let span = start..start + "六十天".len();
        let diagnostic = Diagnostic::new("规则.toml", source, span, "应写数".into(), "例如 60".into());
        let expected = "错误：应写数\n --> 规则.toml:2:15\n  |\n2 | quote = \"每年不少于六十天\" # 县级\n  \
                        |                    ^^^^^^\n  |\n  = 办法：例如 60\n\n";
        assert_eq!(render(&diagnostic, source, false), expected);
    }

    proptest! {
        #[test]
        fn no_text_and_no_span_can_make_rendering_fail(source in "(?s).{0,80}", start in 0_usize..200, length in 0_usize..200) {
            let span = start..start + length;
            let diagnostic = Diagnostic {
                file: "规则.toml".into(), line: 1, column: 1, span, message: "错".into(), help: "改".into(),
            };
            prop_assert!(render(&diagnostic, &source, false).contains("错误：错"));
        }
    }
}
