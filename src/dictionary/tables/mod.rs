//! What a table of the dictionary says beside its fields.

mod anything;
mod besides;
mod blank;
mod fields;
mod given;
mod ids;
mod numbers;
mod partners;
mod parts;
mod qualified;
mod sheet_words;
mod signs;
mod sums;
mod topics;

pub(super) use anything::anything;
pub(super) use besides::besides;
pub(super) use fields::field;
pub(super) use given::given;
pub use ids::{FieldId, TableId};
pub use numbers::{NumberWords, SeveralNumbers, letters, may_be_one};
pub(super) use partners::partners;
pub(super) use parts::{papers, part};
pub(super) use qualified::Qualified;
pub use qualified::Qualifies;
pub use sheet_words::{Corrects, GapWords, Hints, OfficerWords, SheetWords};
pub use signs::SignWords;
pub(super) use signs::signs;
pub use sums::{NamesSum, SumWords};
pub(super) use topics::topic;
