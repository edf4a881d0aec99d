//! What a 总表 is made from.

use jiff::civil::Date;

use crate::model::{Office, Period};
use crate::pack::Pack;

/// What a 总表 is made from.
pub struct Total<'t> {
    /// In the order in which they are listed.
    pub offices: &'t [Office],
    pub packs: &'t [Pack],
    /// As the assessment writes it: 2023, 2023-2024.
    pub period: &'t str,
    pub as_of: Date,
    /// What the run was called with: a name in Chinese and its value.
    pub options: &'t [(String, String)],
    /// What the run did that nobody asked for, and files that belong to no office. Plain Chinese.
    pub notes: &'t [String],
}

impl Total<'_> {
    /// 2023年, 2023-2024学年.
    pub(super) fn period(&self) -> String {
        Period::parse(self.period).map_or_else(|_| self.period.to_string(), Period::label)
    }
}
