//! The formats that all pages share: one for each look of a cell, made once.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// The default row height and column width, in pixels, of 宋体 11 in a Chinese Excel.
pub(super) const LINE_PIXELS: u32 = 18;
pub(super) const COLUMN_PIXELS: u32 = 72;

const GREY: Color = Color::RGB(0xD9D9D9);
const PALE: Color = Color::RGB(0xF2F2F2);
pub(super) const GREEN: Color = Color::RGB(0xE2EFDA);
pub(super) const RED: Color = Color::RGB(0xF8CBAD);
pub(super) const YELLOW: Color = Color::RGB(0xFFF2CC);
pub(super) const ORANGE: Color = Color::RGB(0xF4B183);

/// How a cell looks, and so what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// The title of a page.
    Title,
    /// A sentence over the width of a page.
    Line,
    /// The sentence that the reader must not miss.
    Lead,
    /// A heading between tables.
    Heading,
    /// The sign-off line.
    Sign,
    Head,
    Text,
    Centre,
    Total,
    Met,
    Unmet,
    Review,
    Quiet,
}

/// One format for each look.
pub(super) struct Formats {
    title: Format,
    line: Format,
    lead: Format,
    heading: Format,
    sign: Format,
    head: Format,
    text: Format,
    centre: Format,
    total: Format,
    met: Format,
    unmet: Format,
    review: Format,
    quiet: Format,
}

/// The body of all pages: 宋体 11.
pub(super) fn body() -> Format {
    Format::new().set_font_name("宋体").set_font_size(11)
}

/// The head of a table.
pub(super) fn head() -> Format {
    centre().set_bold().set_background_color(GREY)
}

fn text() -> Format {
    body().set_text_wrap().set_align(FormatAlign::VerticalCenter).set_border(FormatBorder::Thin)
}

fn centre() -> Format {
    text().set_align(FormatAlign::Center)
}

fn line() -> Format {
    body().set_text_wrap().set_align(FormatAlign::VerticalCenter)
}

impl Formats {
    pub(super) fn new() -> Formats {
        let black = || Format::new().set_font_name("黑体").set_align(FormatAlign::VerticalCenter);
        Formats {
            title: black().set_font_size(18).set_align(FormatAlign::Center),
            line: line(),
            lead: line().set_bold().set_font_size(12),
            heading: black().set_font_size(12).set_text_wrap(),
            sign: line(),
            head: head(),
            text: text(),
            centre: centre(),
            total: centre().set_bold().set_background_color(PALE),
            met: centre().set_background_color(GREEN),
            unmet: centre().set_bold().set_background_color(RED),
            review: centre().set_background_color(YELLOW),
            quiet: centre().set_background_color(PALE).set_font_color(Color::RGB(0x595959)),
        }
    }

    pub(super) fn of(&self, look: Look) -> &Format {
        match look {
            Look::Title => &self.title,
            Look::Line => &self.line,
            Look::Lead => &self.lead,
            Look::Heading => &self.heading,
            Look::Sign => &self.sign,
            Look::Head => &self.head,
            Look::Text => &self.text,
            Look::Centre => &self.centre,
            Look::Total => &self.total,
            Look::Met => &self.met,
            Look::Unmet => &self.unmet,
            Look::Review => &self.review,
            Look::Quiet => &self.quiet,
        }
    }
}
