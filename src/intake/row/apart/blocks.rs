//! Titles between the rows of a ledger that say of which time those below them are, or that they are still to come:
//! 2022年培训台账, 下半年工作计划.

use sheets::Row;

use super::titles::only_text;
use crate::dictionary::{Dictionary, FieldKind, TableId};
use crate::intake::cell::clean;
use crate::intake::issues::IssueLog;
use crate::intake::row::record::ParsedRow;
use crate::intake::sheet::{Layout, is_called, is_headed_as_plan, years_of};
use crate::model::{DateSpan, IssueKind, column_letters};

/// A longer text between the rows explains something.
const LONGEST: usize = 40;

/// What titles between the rows say of those below them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::intake::row) struct BlockTitle {
    pub years: Option<BlockYears>,
    /// The title by which they are still to come, as it is shown.
    plan: Option<String>,
}

/// The years that a title between the rows says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::intake::row) struct BlockYears {
    /// What it says of dates without a year. `None` of one for a month, behind which the next may stand without its year.
    pub title: Option<String>,
    /// With its cell: 2022年培训台账（A5）.
    pub shown: String,
    pub span: DateSpan,
}

impl BlockTitle {
    /// The title in a row of a table whose first column is `first`. `None` if the row holds another text, or says neither years nor
    /// that it heads a plan.
    pub(super) fn of(
        row: Row<'_>,
        (table, first): (TableId, u32),
        kind: impl Fn(u32) -> Option<FieldKind>,
        dictionary: &Dictionary,
    ) -> Option<BlockTitle> {
        let (column, text) = only_text(row).filter(|(_, text)| text.chars().nth(LONGEST).is_none())?;
        let title = clean(text).into_owned();
        let (span, is_plan) = (years_in(&title), is_headed_as_plan(dictionary, &title));
        if span.is_none() && !is_plan {
            return None;
        }
        // A topic may go on from the row above, and names no ledger then.
        let is_apart = match kind(column) {
            Some(FieldKind::Date | FieldKind::Person | FieldKind::People | FieldKind::Code) => true,
            Some(_) => false,
            None => column <= first,
        };
        if !is_apart && !is_called(dictionary, &title, table) {
            return None;
        }
        let shown = format!("{title}（{}{}）", column_letters(column), row.number);
        let plan = is_plan.then(|| shown.clone());
        let title = Some(title).filter(|title| !title.contains('月'));
        Some(BlockTitle { years: span.map(|span| BlockYears { title, shown, span }), plan })
    }

    /// The same below another one, whose years hold on where this one says none.
    pub(super) fn below(self, before: Option<BlockTitle>) -> BlockTitle {
        BlockTitle { years: self.years.or(before.and_then(|before| before.years)), plan: self.plan }
    }

    /// Takes of a row that it is to come.
    pub(super) fn mark(&self, layout: &Layout, parsed: &mut ParsedRow, log: &mut IssueLog) {
        let Some(title) = self.plan.as_ref().filter(|_| parsed.notes.denied.is_none()) else { return };
        let column = layout.first_column();
        parsed.notes.denied = Some(column);
        let message = format!(
            "上面的小标题写着“{title}”，这一行可能只是计划，按“可能算、也可能不算”处理；已经开展的请挪出这一段，没有开展的请删去"
        );
        log.report(parsed.at.cell(column), IssueKind::DeniedRow, title, message);
    }
}

/// The years of a text that is more than a date. A day, the number of a paper and the edition of a book say none of a block.
fn years_in(text: &str) -> Option<DateSpan> {
    let is_of_date =
        |c: char| !c.is_alphabetic() || "年月日号周期初末底旬上下至到起止午第一二三四五六七八九十〇○零".contains(c);
    let says_more = !text.chars().all(is_of_date) || text.ends_with(['年', '度']);
    // 附:2022年学时, but not 填报时间:2024年.
    let is_labelled = text.split_once(':').is_some_and(|(label, _)| label.chars().nth(2).is_some());
    let is_apart = text.contains(['日', '〔', '[']) || text.contains("年版") || is_labelled;
    let (first, last) = years_of(text).filter(|_| says_more && !is_apart)?;
    Some(DateSpan { first, last })
}
