//! The layer over the workbook writer: pages that are written from top to bottom, set up for printing.

mod book;
mod cell;
pub(crate) mod charts;
pub(crate) mod formats;
mod grid;
mod page;
mod paper;
mod text;
pub(crate) mod width;

pub(crate) use book::{BookWriter, LINKS, Listed, Listing, link};
pub(crate) use cell::PageCell;
pub(crate) use charts::Series;
pub(crate) use formats::{Band, Look};
pub(crate) use page::Page;
pub(crate) use paper::{Paper, set_up};
pub(crate) use text::{clean, note};
