//! Rows that hold for another time than that of the audit, as a column says that is not read: 聘期, 到期日期, 学年.

use jiff::civil::Date;

use super::checked::CheckedRow;
use crate::dictionary::{Dictionary, HeldBy, normalise};
use crate::model::IssueKind;

/// Makes possible a row that ended before the day on which the audit looks back, holds from a later one, or is of another year.
/// `from` is the first day of what is audited.
pub(super) fn check((from, as_of): (Date, Date), checked: &mut CheckedRow<'_>, dictionary: &Dictionary) {
    let Some((column, by, span)) = checked.parsed.notes.held.as_deref().copied() else { return };
    let is_over = match by {
        HeldBy::End | HeldBy::Term => span.last < as_of,
        HeldBy::Begin => as_of < span.first,
        HeldBy::Year => span.last < from || as_of < span.first,
    };
    if !is_over || by == HeldBy::Begin && is_signed_later(column, checked, dictionary) {
        return;
    }
    checked.parsed.notes.denied.get_or_insert(column);
    checked.whole = false;
    let header = checked.layout.header(column);
    let message = format!(
        "“{header}”写的时间不在核查的时间里，这一行算不算数不能确定，按“可能算、也可能不算”处理；还有效的请改正“{header}”，不算的请删去这一行"
    );
    let said = match by {
        HeldBy::End | HeldBy::Term => span.last.to_string(),
        HeldBy::Begin => span.first.to_string(),
        HeldBy::Year if span.first.year() == span.last.year() => span.first.year().to_string(),
        HeldBy::Year => format!("{}-{}", span.first.year(), span.last.year()),
    };
    checked.log.report(checked.parsed.at.cell(column), IssueKind::DeniedRow, &said, message);
}

/// Whether a column says when something was signed of which the row says since when it holds.
fn is_signed_later(column: u32, checked: &CheckedRow<'_>, dictionary: &Dictionary) -> bool {
    let beginning = dictionary.table(checked.parsed.table).roles.beginning();
    let is_dated = beginning.is_some_and(|field| checked.parsed.cell(field).date().is_some());
    is_dated && dictionary.remarks.parts.says_signing(&normalise(checked.layout.header(column)))
}
