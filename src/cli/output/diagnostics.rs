//! Shows the defects of a pack in its own lines, with what to write instead.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use crate::model::Diagnostic;

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
