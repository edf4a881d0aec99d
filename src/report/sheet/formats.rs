//! The formats that all pages share: one for each look of a cell, made once. 宋体 for the body, 黑体 for heads. Colour is
//! never the only sign: what is coloured says its state in words too, and the colours differ as greys.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline};

/// The default row height and column width, in pixels, of 宋体 11 in a Chinese Excel.
pub(crate) const LINE_PIXELS: u32 = 18;
pub(crate) const COLUMN_PIXELS: u32 = 72;
/// The fonts that every Chinese Windows has.
pub(crate) const BODY_FONT: &str = "宋体";
pub(crate) const HEAD_FONT: &str = "黑体";

/// A part of 1, and the same beside something in doubt.
const PERCENT: &str = "0.0%";
const DOUBTED: &str = "0.0%\"？\"";

const GREY: Color = Color::RGB(0xD9D9D9);
/// Of type that asks for nothing.
const QUIET: Color = Color::RGB(0x595959);
const PALE: Color = Color::RGB(0xF2F2F2);
pub(crate) const GREEN: Color = Color::RGB(0xE2EFDA);
pub(crate) const RED: Color = Color::RGB(0xF8CBAD);
pub(crate) const YELLOW: Color = Color::RGB(0xFFF2CC);
pub(crate) const ORANGE: Color = Color::RGB(0xF4B183);

/// How a cell looks, and so what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    /// The title of the cover.
    Cover,
    /// What stands below it.
    Subtitle,
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
    /// A heading within a table, over its whole width.
    Group,
    Head,
    Text,
    Centre,
    /// A part of 1, shown as a percentage.
    Share,
    /// A rate as it stands.
    Rate(Band),
    /// A rate beside which something is in doubt: it has a ？ at its end.
    Open(Band),
    Total,
    Met,
    Unmet,
    Review,
    Quiet,
}

/// How a rate stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Band {
    /// All of it.
    Full,
    Part,
    Low,
    /// Less than all of what the document does not insist on.
    Aim,
}

/// One format for each band.
struct Bands {
    full: Format,
    part: Format,
    low: Format,
    aim: Format,
}

/// One format for each look.
pub(crate) struct Formats {
    cover: Format,
    subtitle: Format,
    title: Format,
    line: Format,
    lead: Format,
    heading: Format,
    sign: Format,
    group: Format,
    head: Format,
    text: Format,
    centre: Format,
    share: Format,
    rates: Bands,
    open: Bands,
    total: Format,
    met: Format,
    unmet: Format,
    review: Format,
    quiet: Format,
    link: Format,
    centre_link: Format,
}

/// 宋体 11, which the widths of columns are counted in.
pub(crate) fn body() -> Format {
    Format::new().set_font_name(BODY_FONT).set_font_size(11)
}

/// The head of a table.
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

/// The formats of rates; the colour is that of all of it. Less than all is coloured where it is in doubt.
fn bands(full: Color, number: &str) -> Bands {
    let share = || centre().set_num_format(number);
    let part = if full == GREEN { share() } else { share().set_background_color(full) };
    Bands {
        full: share().set_background_color(full),
        part,
        low: share().set_bold().set_background_color(RED),
        aim: share().set_background_color(PALE).set_font_color(QUIET),
    }
}

impl Bands {
    fn of(&self, band: Band) -> &Format {
        match band {
            Band::Full => &self.full,
            Band::Part => &self.part,
            Band::Low => &self.low,
            Band::Aim => &self.aim,
        }
    }
}

impl Formats {
    pub(crate) fn new() -> Formats {
        let black = |size: f64| line().set_font_name(HEAD_FONT).set_font_size(size);
        Formats {
            cover: black(22.0).set_align(FormatAlign::Center),
            subtitle: black(16.0).set_align(FormatAlign::Center),
            title: black(18.0).set_align(FormatAlign::Center),
            line: line(),
            lead: line().set_bold().set_font_size(12),
            heading: black(12.0),
            sign: line(),
            group: text().set_font_name(HEAD_FONT).set_background_color(PALE),
            head: head(),
            text: text(),
            centre: centre(),
            share: centre().set_num_format(PERCENT),
            rates: bands(GREEN, PERCENT),
            open: bands(YELLOW, DOUBTED),
            total: centre().set_bold().set_background_color(PALE),
            met: centre().set_background_color(GREEN),
            unmet: centre().set_bold().set_background_color(RED),
            review: centre().set_background_color(YELLOW),
            link: linked(text()),
            centre_link: linked(centre()),
            quiet: centre().set_background_color(PALE).set_font_color(QUIET),
        }
    }

    pub(crate) fn of(&self, look: Look) -> &Format {
        match look {
            Look::Cover => &self.cover,
            Look::Subtitle => &self.subtitle,
            Look::Title => &self.title,
            Look::Line => &self.line,
            Look::Lead => &self.lead,
            Look::Heading => &self.heading,
            Look::Sign => &self.sign,
            Look::Group => &self.group,
            Look::Head => &self.head,
            Look::Text => &self.text,
            Look::Centre => &self.centre,
            Look::Share => &self.share,
            Look::Rate(band) => self.rates.of(band),
            Look::Open(band) => self.open.of(band),
            Look::Total => &self.total,
            Look::Met => &self.met,
            Look::Unmet => &self.unmet,
            Look::Review => &self.review,
            Look::Quiet => &self.quiet,
        }
    }
}

impl Formats {
    /// The format of a cell that links to another.
    pub(crate) fn of_link(&self, look: Look) -> &Format {
        if look == Look::Centre { &self.centre_link } else { &self.link }
    }
}

impl Look {
    /// The height of a line in points, with room for fonts that stand in for 宋体 and 黑体.
    pub(crate) fn line_height(self) -> f64 {
        match self {
            Look::Cover => 40.0,
            Look::Subtitle => 28.0,
            Look::Title => 30.0,
            Look::Lead | Look::Heading => 18.0,
            Look::Line | Look::Sign | Look::Group | Look::Head | Look::Text | Look::Centre | Look::Share => 16.0,
            Look::Rate(_) | Look::Open(_) | Look::Total | Look::Met | Look::Unmet | Look::Review | Look::Quiet => 16.0,
        }
    }

    /// The half characters that fit into columns of this width. A little is lost at the edges of a cell, and more
    /// where the type is bold or larger.
    pub(crate) fn room(self, width: f64) -> usize {
        let room = match self {
            Look::Cover | Look::Title => width * 0.5 - 1.0,
            Look::Subtitle => width * 0.65 - 1.0,
            Look::Lead | Look::Heading => width * 0.85 - 1.0,
            Look::Head | Look::Group | Look::Total | Look::Unmet => width - 0.5,
            // 宋体 10.5 takes 7 pixels where a column counts 8; the fonts that stand in for it take more.
            Look::Line | Look::Sign | Look::Text | Look::Centre | Look::Share => width * 1.04 - 0.5,
            Look::Met | Look::Review | Look::Quiet | Look::Rate(_) | Look::Open(_) => width * 1.04 - 0.5,
        };
        room.max(2.0) as usize
    }
}
