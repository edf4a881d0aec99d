//! What a report is made from.

use crate::audit::Audit;
use crate::dictionary::Dictionary;
use crate::model::Masked;
use crate::pack::Pack;

pub struct Report<'a> {
    pub audit: &'a Audit,
    pub packs: &'a [Pack],
    pub dictionary: &'a Dictionary,
    /// What the run was called with: a name in Chinese and its value (核查年度, 2023).
    pub options: &'a [(String, String)],
}

/// Which office of a run over many a result is of; blank in a run over one.
#[derive(Clone, Debug, Default)]
pub struct OfficeName {
    /// 地区: the folder that the office's own stands in.
    pub area: Masked,
    /// 报送单位: the office's folder.
    pub office: Masked,
}
