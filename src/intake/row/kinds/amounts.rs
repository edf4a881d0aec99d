//! A topic may say how many lessons were seen where their own column is blank: 集体视导听评课15节.

use rust_decimal::Decimal;
use sheets::{Raw, Row};

use crate::dictionary::{FieldId, Table};
use crate::intake::cell::clean;
use crate::intake::issues::IssueLog;
use crate::intake::row::record::ParsedRow;
use crate::intake::sheet::Layout;
use crate::model::{Cell, IssueKind, Value};

/// Where the rows of a sheet may say it.
pub(super) struct ToldAmounts<'d> {
    lessons: FieldId,
    topic: u32,
    header: &'d str,
}

impl<'d> ToldAmounts<'d> {
    pub(super) fn of(layout: &Layout, table: &'d Table) -> Option<ToldAmounts<'d>> {
        let (lessons, topic) = (table.roles.lessons?, table.roles.topic.and_then(|topic| layout.column(topic))?);
        layout.column(lessons)?;
        Some(ToldAmounts { lessons, topic, header: &table.field(lessons).header })
    }

    /// Leaves a blank amount open up to what the topic says; false then.
    pub(super) fn settle(&self, row: Row<'_>, parsed: &mut ParsedRow, log: &mut IssueLog) -> bool {
        if !parsed.cell(self.lessons).is_blank() {
            return true;
        }
        let cell = row.cells.iter().find(|cell| cell.column == self.topic).map(|cell| &cell.value);
        let Some(Raw::Text(text)) = cell else { return true };
        let Some(told) = text.contains('节').then(|| lessons_in(&clean(text))).flatten() else { return true };
        let high = Some(told.max(Decimal::ONE));
        parsed.cells[self.lessons.index()] = Cell::Is(Value::Between { low: Decimal::ZERO, high });
        let header = self.header;
        let message = format!("“{header}”没有填，主题里写着{told}节，按0到{told}节之间处理；请把节数填到“{header}”");
        log.report(parsed.at.cell(self.topic), IssueKind::DisagreeingCells, text.trim(), message);
        false
    }
}

/// How many lessons a text speaks of; the third lesson (第3节) is one.
fn lessons_in(text: &str) -> Option<Decimal> {
    let fronts = text.match_indices('节').filter_map(|(at, _)| text.get(..at));
    let counts = fronts.filter_map(|front| {
        let digits = front.len() - front.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let (before, number) = front.split_at(front.len() - digits);
        let is_ordinal = before.ends_with(['第', '-', '~', '—', '、', '至']);
        number.parse::<u32>().ok().filter(|_| !is_ordinal)
    });
    let total = counts.fold(0_u32, u32::saturating_add);
    (total > 0).then(|| Decimal::from(total))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lessons_are_counted_and_their_order_is_not() {
        for (text, lessons) in [("听评课15节", 15), ("听课3节，评课2节", 5), ("集体视导 4节", 4)] {
            assert_eq!(lessons_in(text), Some(Decimal::from(lessons)), "{text}");
        }
        for text in ["第3节", "环节优化", "3-4节", "二十四节气", "章节"] {
            assert_eq!(lessons_in(text), None, "{text}");
        }
    }
}
