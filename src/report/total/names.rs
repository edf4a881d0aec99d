//! How offices and areas are named.

use super::ranking::Ranking;
use crate::model::Office;
use crate::report::sheet::PageCell;

/// How offices are named on a page of their own: with the column of their areas where there are any.
#[derive(Clone, Copy)]
pub(super) struct OfficeColumns {
    areas: bool,
}

impl OfficeColumns {
    pub(super) fn of(ranking: &Ranking) -> OfficeColumns {
        OfficeColumns { areas: ranking.total.offices.iter().any(|office| !office.area.is_empty()) }
    }

    pub(super) fn heads(self) -> &'static [&'static str] {
        if self.areas { &["地区", "单位"] } else { &["单位"] }
    }

    pub(super) fn widths(self) -> &'static [f64] {
        if self.areas { &[12.0, 24.0] } else { &[30.0] }
    }

    pub(super) fn cells(self, office: &Office) -> Vec<PageCell<'_>> {
        let name = PageCell::text(office.name.as_str());
        if self.areas { vec![PageCell::text(office.area.as_str()), name] } else { vec![name] }
    }

    /// In one text: 江门市 蓬江区.
    pub(super) fn text(self, office: &Office) -> String {
        if office.area.is_empty() { office.name.clone() } else { format!("{} {}", office.area, office.name) }
    }
}

/// The name of an area; offices may stand outside of all.
pub(super) fn area_name(area: &str) -> &str {
    if area.is_empty() { "（不属地区）" } else { area }
}
