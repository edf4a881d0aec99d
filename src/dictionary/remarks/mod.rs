//! Remarks: columns beside those of a table, whose words say that a row may not count, or that a person may be excused.

mod attendance;
mod gapped;
mod givers;
mod moved;
mod off_words;
mod others;
mod part_words;
mod place_words;
mod places;
mod posts;
mod reading;
mod topics;

pub use attendance::Attendance;
pub use part_words::HeldBy;
pub use reading::{Remark, Remarks, RowsAre};
