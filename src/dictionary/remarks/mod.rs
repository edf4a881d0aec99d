//! Remarks: columns beside those of a table, whose words say that a row may not count, or that a person may be excused.

mod asking;
mod attendance;
mod gapped;
mod givers;
mod moved;
mod off_words;
mod organisers;
mod others;
mod part_words;
mod place_words;
mod places;
mod posts;
mod reading;
mod rows_are;
mod topics;

pub use attendance::{Attendance, AttendanceWords};
pub use givers::PartInLesson;
pub use off_words::{LengthWords, LessBy, LessWords};
pub use organisers::{OrganiserColumn, OrganisingUnit};
pub use part_words::{HeldBy, PartWords};
pub use reading::{Remark, Remarks};
pub use rows_are::RowsAre;
