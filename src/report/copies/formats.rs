//! How the cells of a copy look: plain or a date, in the colour of what is said of them; and the added column.

use rust_xlsxwriter::{Color, Format, FormatAlign};

use super::marks::Tint;
use crate::report::sheet::formats::{ORANGE, RED, YELLOW, body, head, linked};

/// The formats of copied cells: plain or a date, with each tint or none, wrapped.
pub(crate) struct CopyFormats {
    pub(crate) head: Format,
    /// By tint; a remark is as plain as no tint.
    plain: [Format; 4],
    date: [Format; 4],
    pub(crate) wrapped: Format,
    /// What is said of a row, with a link to the list and without one.
    pub(crate) opinion_link: Format,
}

impl CopyFormats {
    pub(crate) fn new() -> CopyFormats {
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
        }
    }

    pub(crate) fn plain(&self, tint: Option<Tint>) -> &Format {
        &self.plain[tint.map_or(0, |tint| tint as usize)]
    }

    pub(crate) fn date(&self, tint: Option<Tint>) -> &Format {
        &self.date[tint.map_or(0, |tint| tint as usize)]
    }
}
