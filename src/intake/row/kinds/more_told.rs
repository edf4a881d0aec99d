//! A topic or a remark may say that a row was more than its amount: 听课3节 beside 1, 另有2节未登.

use rust_decimal::Decimal;
use sheets::{Raw, Row};

use crate::dictionary::{Dictionary, Field, FieldId, FieldKind, Table};
use crate::intake::cell::clean;
use crate::intake::issues::IssueLog;
use crate::intake::row::record::ParsedRow;
use crate::intake::sheet::Layout;
use crate::model::{Cell, IssueKind, Value};

/// A longer text tells of more than the row.
const LONGEST: usize = 40;

/// Where the rows of a sheet may say it.
pub(super) struct MoreTold<'d> {
    /// The columns of topics and remarks.
    columns: Vec<u32>,
    /// The amounts of which a text may tell by their units.
    amounts: Vec<(FieldId, &'d Field)>,
    dictionary: &'d Dictionary,
}

impl<'d> MoreTold<'d> {
    /// `None` for a sheet whose rows have no amount, or nowhere to say more.
    pub(super) fn of(layout: &Layout, table: &'d Table, dictionary: &'d Dictionary) -> Option<MoreTold<'d>> {
        let is_told = |(id, field): &(FieldId, &Field)| {
            field.kind == FieldKind::Number && !field.told_units.is_empty() && layout.column(*id).is_some()
        };
        let amounts: Vec<_> = (0..).map(FieldId).zip(&table.fields).filter(is_told).collect();
        let topic = table.roles.topic.and_then(|topic| layout.column(topic));
        let columns: Vec<u32> = topic.into_iter().chain(layout.remark_columns().map(|(column, _)| *column)).collect();
        (!columns.is_empty() && !amounts.is_empty()).then_some(MoreTold { columns, amounts, dictionary })
    }

    /// Leaves an amount open up to what the row says besides; false then.
    pub(super) fn settle(&self, row: Row<'_>, parsed: &mut ParsedRow, log: &mut IssueLog) -> bool {
        let mut whole = true;
        for column in &self.columns {
            let Some(Raw::Text(text)) = row.value(*column) else { continue };
            for (id, field) in &self.amounts {
                let Cell::Is(Value::Number(own)) = *parsed.cell(*id) else { continue };
                let Some(most) = self.most(text, field, own).filter(|most| *most > own) else { continue };
                parsed.cells[id.index()] = Cell::Is(Value::Between { low: own, high: Some(most) });
                let message = format!(
                    "“{0}”填的是{own}，这里写的像是{most}，多出来的算不算不能确定，按{own}到{most}之间处理；请把“{0}”改成实际的数，漏登的请补登",
                    field.header
                );
                log.report(parsed.at.cell(*column), IssueKind::DisagreeingCells, text.trim(), message);
                whole = false;
            }
        }
        whole
    }

    /// The most of an amount that a text tells of.
    fn most(&self, text: &str, field: &Field, own: Decimal) -> Option<Decimal> {
        if !field.told_units.iter().any(|unit| text.contains(unit.as_str())) || text.chars().nth(LONGEST).is_some() {
            return None;
        }
        let text = clean(text);
        let parts = &self.dictionary.remarks.parts;
        if parts.is_no_more(&text) {
            return None;
        }
        let fronts = field.told_units.iter().flat_map(|unit| text.match_indices(unit.as_str()));
        let told = fronts.filter_map(|(at, _)| number_before(&text[..at])).max()?;
        Some(if parts.is_missed(&text) { own.saturating_add(told) } else { told })
    }
}

/// The number at the end of a text, or how many numbers a range there has: 第1-3 is three.
pub(super) fn number_before(text: &str) -> Option<Decimal> {
    let (front, last) = split_number(text);
    let last: u32 = number(last)?;
    let number = match front.strip_suffix(['-', '~', '—', '–', '至', '到']).map(split_number) {
        Some((_, first)) => last.checked_sub(number(first)?)?.checked_add(1)?,
        // The third lesson is one.
        None if front.ends_with(['第', '.', '、']) => return None,
        None => last,
    };
    Some(Decimal::from(number))
}

/// One to ten, as they are written.
const NUMBERS: &str = "一二三四五六七八九十";

fn split_number(text: &str) -> (&str, &str) {
    text.split_at(text.trim_end_matches(|c: char| c.is_ascii_digit() || c == '两' || NUMBERS.contains(c)).len())
}

/// The number that a text is.
pub(super) fn number(text: &str) -> Option<u32> {
    let place = NUMBERS.chars().chain(['两']).position(|c| text.chars().eq([c]));
    let spelt =
        place.and_then(|place| u32::try_from(place + 1).ok()).map(|number| if number > 10 { 2 } else { number });
    text.parse().ok().or(spelt)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_before_its_unit_and_a_range_is_counted() {
        for (text, number) in [
            ("听课3", Some(3)),
            ("第1-3", Some(3)),
            ("3至4", Some(2)),
            ("听三", Some(3)),
            ("听了两", Some(2)),
            ("第二", None),
            ("第3", None),
            ("听课", None),
        ] {
            assert_eq!(number_before(text), number.map(Decimal::from), "{text}");
        }
    }
}
