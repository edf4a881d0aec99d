//! Texts by which a row took a part of a day only: 上午, 9月4日14:30-16:00, 听课半天.

use crate::dictionary::Dictionary;
use crate::intake::cell::clean;
use crate::intake::row::notes::LaterRemark;

/// In minutes.
const HALF_DAY: u32 = 270;

/// What a topic says of whether somebody went there, and for how much of the day. `None` if it says neither.
pub(super) fn said_of_topic(text: &str, dictionary: &Dictionary) -> Option<LaterRemark> {
    match () {
        () if dictionary.remarks.is_remote_topic(text) => Some(LaterRemark::Remote),
        () if dictionary.remarks.is_half_day(text) => Some(LaterRemark::HalfDay),
        () => dictionary.cells.day_part(text).is_some().then_some(LaterRemark::PartOfDay),
    }
}

/// Whether a day is written with the part of it that was taken: 9月4日上午, 9月4日14:30-16:00.
pub(super) fn is_part_of_day(text: &str, dictionary: &Dictionary) -> bool {
    dictionary.cells.day_part(text).is_some() || is_short_time(text)
}

/// Whether a text has two times of the day that are less than half a working day apart.
fn is_short_time(text: &str) -> bool {
    let text = text.replace('：', ":");
    let minutes = text.match_indices(':').filter_map(|(at, _)| {
        let hour = text[..at].rsplit(|c: char| !c.is_ascii_digit()).next()?.parse::<u32>().ok()?;
        let minute = text[at + 1..].get(..2)?.parse::<u32>().ok()?;
        Some(hour * 60 + minute)
    });
    match minutes.collect::<Vec<_>>()[..] {
        [from, to] => from < to && to - from <= HALF_DAY,
        _ => false,
    }
}

/// Whether a text is a part of a day and nothing else.
pub(super) fn is_only_part_of_day(text: &str, dictionary: &Dictionary) -> bool {
    dictionary.cells.day_part(text).is_some() && clean(text).trim().chars().count() == 2
}
