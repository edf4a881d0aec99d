//! Rows that hold for another time than that of the audit, as a column says that is not read: 聘期, 到期日期, 学年.

use jiff::civil::Date;

use super::checked::CheckedRow;
use crate::dictionary::HeldBy;
use crate::model::IssueKind;

/// Makes possible a row that ended before the day on which the audit looks back, holds from a later one, or is of another year.
/// `from` is the first day of what is audited.
pub(super) fn check((from, as_of): (Date, Date), checked: &mut CheckedRow<'_>) {
    let Some((column, by, span)) = checked.parsed.notes.held.as_deref().copied() else { return };
    let is_over = match by {
        HeldBy::End | HeldBy::Term => span.last < as_of,
        HeldBy::Begin => as_of < span.first,
        HeldBy::Year => span.last < from || as_of < span.first,
    };
    if !is_over {
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
