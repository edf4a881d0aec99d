//! The looks of a cell that all pages share, and their formats. 宋体 for the body, 黑体 for heads. Colour is never the only
//! sign: what is coloured says its state in words too, and the colours differ as greys.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline};

/// The default row height and column width, in pixels, of 宋体 11 in a Chinese Excel.
pub(crate) const LINE_PIXELS: u32 = 18;
pub(crate) const COLUMN_PIXELS: u32 = 72;
/// The fonts that every Chinese Windows has.
pub(crate) const BODY_FONT: &str = "宋体";
pub(crate) const HEAD_FONT: &str = "黑体";

const GREY: Color = Color::RGB(0xD9D9D9);
/// Of type that asks for nothing.
const QUIET: Color = Color::RGB(0x595959);
const PALE: Color = Color::RGB(0xF2F2F2);
pub(crate) const GREEN: Color = Color::RGB(0xE2EFDA);
pub(crate) const RED: Color = Color::RGB(0xF8CBAD);
pub(crate) const YELLOW: Color = Color::RGB(0xFFF2CC);
pub(crate) const ORANGE: Color = Color::RGB(0xF4B183);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    Cover,
    /// What stands below it.
    Subtitle,
    Title,
    Line,
    /// The sentence that the reader must not miss.
    Lead,
    Heading,
    Sign,
    Group,
    Head,
    Text,
    Centre,
    /// A part of 1, shown as a percentage.
    Share,
    Rate(Band),
    /// A rate beside which something is in doubt: it has a ？ at its end.
    Open(Band),
    Total,
    Met,
    Unmet,
    Review,
    Quiet,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Band {
    Full,
    Part,
    Low,
    /// Less than all of what the document does not insist on.
    Aim,
}

/// 宋体 11, which the widths of columns are counted in.
pub(crate) fn body() -> Format {
    Format::new().set_font_name(BODY_FONT).set_font_size(11)
}

pub(crate) fn head() -> Format {
    centre().set_font_name(HEAD_FONT).set_background_color(GREY)
}

fn line() -> Format {
    body().set_font_size(10.5).set_text_wrap().set_align(FormatAlign::VerticalCenter)
}

fn text() -> Format {
    line().set_border(FormatBorder::Thin)
}

fn centre() -> Format {
    text().set_align(FormatAlign::Center)
}

/// A link prints as what it stands on, with a thin line below.
pub(crate) fn linked(format: Format) -> Format {
    format.set_underline(FormatUnderline::Single)
}

/// The format of a rate; the colour is that of all of it. Less than all is coloured where it is in doubt.
fn rate(band: Band, full: Color, number: &str) -> Format {
    let share = centre().set_num_format(number);
    match band {
        Band::Full => share.set_background_color(full),
        Band::Part if full == GREEN => share,
        Band::Part => share.set_background_color(full),
        Band::Low => share.set_bold().set_background_color(RED),
        Band::Aim => share.set_background_color(PALE).set_font_color(QUIET),
    }
}

impl Look {
    pub(crate) fn format(self) -> Format {
        let black = |size: f64| line().set_font_name(HEAD_FONT).set_font_size(size);
        match self {
            Look::Cover => black(22.0).set_align(FormatAlign::Center),
            Look::Subtitle => black(16.0).set_align(FormatAlign::Center),
            Look::Title => black(18.0).set_align(FormatAlign::Center),
            Look::Line | Look::Sign => line(),
            Look::Lead => line().set_bold().set_font_size(12),
            Look::Heading => black(12.0),
            Look::Group => text().set_font_name(HEAD_FONT).set_background_color(PALE),
            Look::Head => head(),
            Look::Text => text(),
            Look::Centre => centre(),
            Look::Share => centre().set_num_format("0.0%"),
            Look::Rate(band) => rate(band, GREEN, "0.0%"),
            Look::Open(band) => rate(band, YELLOW, "0.0%\"？\""),
            Look::Total => centre().set_bold().set_background_color(PALE),
            Look::Met => centre().set_background_color(GREEN),
            Look::Unmet => centre().set_bold().set_background_color(RED),
            Look::Review => centre().set_background_color(YELLOW),
            Look::Quiet => centre().set_background_color(PALE).set_font_color(QUIET),
        }
    }

    pub(crate) fn linked_format(self) -> Format {
        linked(if self == Look::Centre { centre() } else { text() })
    }

    /// The height of a line in points, with room for fonts that stand in for 宋体 and 黑体.
    pub(crate) fn line_height(self) -> f64 {
        self.measures().0
    }

    /// The half characters that fit into columns of this width.
    pub(crate) fn room(self, width: f64) -> usize {
        let (_, part, edges) = self.measures();
        (width * part - edges).max(2.0) as usize
    }

    /// The height of a line, the part of a width that its type leaves, and what is lost at the edges of a cell.
    fn measures(self) -> (f64, f64, f64) {
        match self {
            Look::Cover => (40.0, 0.5, 1.0),
            Look::Title => (30.0, 0.5, 1.0),
            Look::Subtitle => (28.0, 0.65, 1.0),
            Look::Lead | Look::Heading => (18.0, 0.85, 1.0),
            Look::Head | Look::Group | Look::Total | Look::Unmet => (16.0, 1.0, 0.5),
            // 宋体 10.5 takes 7 pixels where a column counts 8; the fonts that stand in for it take more.
            Look::Line | Look::Sign | Look::Text | Look::Centre | Look::Share => (16.0, 1.04, 0.5),
            Look::Met | Look::Review | Look::Quiet | Look::Rate(_) | Look::Open(_) => (16.0, 1.04, 0.5),
        }
    }
}
