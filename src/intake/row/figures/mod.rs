//! 年度数据: what its amounts are, in which unit, and whose.

mod events;
mod qualifiers;
mod reader;
mod reported;
mod years;

pub(super) use reader::FigureReader;
pub(super) use years::take_year;
