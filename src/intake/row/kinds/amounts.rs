//! Amounts that a row says elsewhere or of all whom it names: a topic may say how many lessons were seen where their own column is
//! blank (集体视导听评课15节), and 共1学时 beside several names may be shared by them.

use rust_decimal::Decimal;
use sheets::{Raw, Row};

use crate::dictionary::{FieldId, FieldKind, Table};
use crate::intake::cell::clean;
use crate::intake::issues::IssueLog;
use crate::intake::row::record::ParsedRow;
use crate::intake::sheet::Layout;
use crate::model::{Cell, IssueKind, Value};

/// Where the rows of a sheet may say it.
pub(super) struct ToldAmounts<'d> {
    /// The column of topics, and the field of lessons.
    lessons: Option<(u32, FieldId)>,
    /// The columns of amounts, each with whether its header says that they are sums: 总学时.
    amounts: Vec<(u32, FieldId, bool)>,
    names: FieldId,
    table: &'d Table,
}

impl<'d> ToldAmounts<'d> {
    /// `None` for a table whose rows name nobody.
    pub(super) fn of(layout: &Layout, table: &'d Table) -> Option<ToldAmounts<'d>> {
        let names = table.field_of_kind(FieldKind::People)?;
        let topic = table.roles.topic.and_then(|topic| layout.column(topic));
        let lessons = topic.zip(table.roles.lessons.filter(|lessons| layout.column(*lessons).is_some()));
        let numbers = (0..).map(FieldId).zip(&table.fields).filter(|(_, field)| field.kind == FieldKind::Number);
        let is_total = |column: u32| ["总", "合计"].iter().any(|word| layout.header(column).contains(word));
        let column = |(id, _): (FieldId, &_)| layout.column(id).map(|column| (column, id, is_total(column)));
        let amounts = numbers.filter_map(column).collect();
        Some(ToldAmounts { lessons, amounts, names, table })
    }

    /// Leaves open what the row does not say surely; false then.
    pub(super) fn settle(&self, row: Row<'_>, parsed: &mut ParsedRow, log: &mut IssueLog) -> bool {
        let people = if let Cell::Is(Value::Texts(names)) = parsed.cell(self.names) { names.len() } else { 1 };
        let whole = people < 2 || self.settle_shared(row, people, parsed, log);
        self.lessons.is_none_or(|(topic, lessons)| self.settle_lessons(row, (topic, lessons), parsed, log)) && whole
    }

    /// What several people had in all may be each one's, or their share.
    fn settle_shared(&self, row: Row<'_>, people: usize, parsed: &mut ParsedRow, log: &mut IssueLog) -> bool {
        let mut whole = true;
        for (column, field, is_total) in &self.amounts {
            let Cell::Is(Value::Number(amount)) = *parsed.cell(*field) else { continue };
            let text = match row.value(*column) {
                Some(Raw::Text(text)) => clean(text),
                Some(Raw::Number(_) | Raw::Date(_) | Raw::Flag(_) | Raw::Error | Raw::NoValue) | None => "".into(),
            };
            if !is_total && !text.trim_start().starts_with('共') {
                continue;
            }
            whole = false;
            let low = amount.checked_div(Decimal::from(people)).unwrap_or_default();
            parsed.cells[field.index()] = Cell::Is(Value::Between { low, high: Some(amount) });
            let message = format!(
                "“{}”写的是共多少，又有{people}个人，是每人的还是合起来的不能确定；请分行写各人的",
                self.table.field(*field).header
            );
            log.report(parsed.at.cell(*column), IssueKind::DisagreeingCells, text.trim(), message);
        }
        whole
    }

    /// A blank amount is open up to what the topic says.
    fn settle_lessons(
        &self,
        row: Row<'_>,
        (topic, lessons): (u32, FieldId),
        parsed: &mut ParsedRow,
        log: &mut IssueLog,
    ) -> bool {
        if !parsed.cell(lessons).is_blank() {
            return true;
        }
        let Some(Raw::Text(text)) = row.value(topic) else { return true };
        let Some(told) = text.contains('节').then(|| lessons_in(&clean(text))).flatten() else { return true };
        let high = Some(told.max(Decimal::ONE));
        parsed.cells[lessons.index()] = Cell::Is(Value::Between { low: Decimal::ZERO, high });
        let header = &self.table.field(lessons).header;
        let message = format!("“{header}”没有填，主题里写着{told}节，按0到{told}节之间处理；请把节数填到“{header}”");
        log.report(parsed.at.cell(topic), IssueKind::DisagreeingCells, text.trim(), message);
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
