//! How the cells of a copy look: plain or a date, in the colour of what is said of them; and the added column.

use rust_xlsxwriter::{Color, Format, FormatAlign};

use super::formats::{ORANGE, RED, YELLOW, body, head, linked};
use super::marks::Tint;

/// The formats of copied cells: plain or a date, with each tint or none, wrapped.
pub(super) struct CopyFormats {
    pub(super) head: Format,
    plain: [Format; 4],
    date: [Format; 4],
    pub(super) wrapped: Format,
    /// What is said of a row, with a link to the list and without one.
    pub(super) opinion_link: Format,
    pub(super) opinion: Format,
}

impl CopyFormats {
    pub(super) fn new() -> CopyFormats {
        let colours = [None, Some(ORANGE), Some(YELLOW), Some(RED)];
        let tinted = |format: Format, colour: Option<Color>| match colour {
            Some(colour) => format.set_background_color(colour).set_text_wrap(),
            None => format,
        };
        let middle = || body().set_align(FormatAlign::VerticalCenter);
        CopyFormats {
            head: head(),
            plain: colours.map(|colour| tinted(middle(), colour)),
            date: colours.map(|colour| tinted(middle().set_num_format("yyyy-mm-dd"), colour)),
            wrapped: middle().set_text_wrap(),
            opinion_link: linked(middle().set_text_wrap()),
            opinion: middle().set_text_wrap(),
        }
    }

    pub(super) fn plain(&self, tint: Option<Tint>) -> &Format {
        &self.plain[place(tint)]
    }

    pub(super) fn date(&self, tint: Option<Tint>) -> &Format {
        &self.date[place(tint)]
    }
}

/// The place of a tint among the formats.
fn place(tint: Option<Tint>) -> usize {
    match tint {
        None | Some(Tint::Plain) => 0,
        Some(Tint::Issue) => 1,
        Some(Tint::Review) => 2,
        Some(Tint::Unmet) => 3,
    }
}
