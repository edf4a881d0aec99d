//! Amounts against what they are a part of, as the dictionary says: a field against another one or a number, an item of
//! 年度数据 against another one.

use rust_decimal::Decimal;

use super::checked::CheckedRow;
use crate::dictionary::{AtMost, FieldId, FieldKind, Table};
use crate::intake::issues::IssueLog;
use crate::intake::people::Registry;
use crate::intake::row::Record;
use crate::model::{Cell, IssueKind, RowRef, Value, WordId, plain};

/// A part that is so many times smaller was probably written in another unit: 万元 beside 元.
const OTHER_UNIT: i64 = 5000;

/// Checks the amounts of a row against what they can be at most.
pub(crate) fn check(table: &Table, row: &mut CheckedRow<'_>) {
    for (place, field) in (0..).map(FieldId).zip(&table.fields) {
        let (Some(most), Some(number)) = (&field.at_most, row.parsed.cell(place).number()) else { continue };
        let message = match most {
            AtMost::Number(most) if is_more(number, *most) => {
                let unit: String = field.unit.chars().take(1).collect();
                format!("“{}”超过{}{unit}，一行里很少有这么多，建议核实", field.header, plain(*most))
            }
            AtMost::Field(whole) => match row.parsed.cell(*whole).number().filter(|whole| is_more(number, *whole)) {
                Some(whole_number) => format!(
                    "“{}”（{}）大于“{}”（{}），至少有一个写错，有关的结论请在改正后重新核查",
                    field.header,
                    plain(number),
                    table.field(*whole).header,
                    plain(whole_number)
                ),
                None => continue,
            },
            AtMost::Number(_) => continue,
        };
        row.report(place, IssueKind::UnlikelyAmount, &plain(number), message);
    }
}

/// 数量 of a row of several people may be the number of things or of people.
pub(crate) fn check_quantity(table: &Table, row: &mut CheckedRow<'_>) {
    let (Some(place), Some(names)) = (table.roles.quantity, table.field_of_kind(FieldKind::People)) else { return };
    let Cell::Is(Value::Texts(people)) = row.parsed.cell(names) else { return };
    let Some(number) = row.parsed.cell(place).number() else { return };
    let people = people.len();
    if people > 1 && number > Decimal::ONE {
        let header = &table.field(place).header;
        let message = format!(
            "这一行写了{people}个人，“{header}”是几件还是几人不能确定，按“都有可能”处理；请分行填写，一行一个人"
        );
        row.report(place, IssueKind::AmbiguousNumber, &plain(number), message);
        row.parsed.cells[place.index()] = Cell::Is(Value::Between { low: Decimal::ONE, high: Some(number) });
        row.whole = false;
    }
}

/// Whether a number is more than another one. Most have the same number of places, and are compared as whole numbers.
fn is_more(number: Decimal, other: Decimal) -> bool {
    if number.scale() == other.scale() { number.mantissa() > other.mantissa() } else { number > other }
}

/// Checks the figures of one institution and year against each other. Of two amounts of money of which one may be in another unit,
/// neither is known.
pub(crate) fn check_figures(records: &mut [Record], registry: &Registry<'_>, log: &mut IssueLog) {
    let unknown = disproportionate(records, registry, log);
    let value = registry.dictionary.schema.figures.value;
    for record in records.iter_mut().filter(|record| unknown.contains(&record.row.at)) {
        record.row.cells[value.index()] = Cell::Unreadable;
    }
}

/// Tells the figures of which at least one must be wrong, and gives the rows of those that are amounts of money.
fn disproportionate(records: &[Record], registry: &Registry<'_>, log: &mut IssueLog) -> Vec<RowRef> {
    let fields = registry.dictionary.schema.figures;
    let list = registry.dictionary.list(fields.items);
    let figure = |record| {
        let record: &Record = record;
        let Cell::Is(Value::Word(item)) = record.row.cell(fields.item) else { return None };
        Some((*item, record, record.row.cell(fields.value).number()?))
    };
    let figures: Vec<(WordId, &Record, Decimal)> = records.iter().filter_map(figure).collect();
    let is_beside = |one: &Record, other: &Record| {
        let same = |field| one.row.cell(field) == other.row.cell(field);
        same(fields.year) && same(fields.unit) && one.institutions == other.institutions
    };
    let mut unknown = Vec::new();
    report_bare(&figures, &list.money, registry, log);
    for (part, whole) in &list.at_most {
        for (_, record, amount) in figures.iter().filter(|(item, ..)| item == part) {
            let other = figures.iter().find(|(item, other, _)| item == whole && is_beside(record, other));
            let Some((_, beside, other)) = other else { continue };
            if let Some(message) = disproportion((list.word(*part), list.word(*whole)), *amount, *other) {
                // Without units it is told elsewhere that they cannot be compared.
                if list.money.contains(part) && record.row.cell(fields.unit).value().is_some() {
                    unknown.extend([record.row.at, beside.row.at]);
                }
                let place = registry.place_in(&record.row, fields.value);
                log.report(place, IssueKind::UnlikelyAmount, &plain(*amount), message);
            }
        }
    }
    unknown
}

/// Reports the amounts of money without a unit beside others of their institution that have one.
fn report_bare(figures: &[(WordId, &Record, Decimal)], money: &[WordId], registry: &Registry<'_>, log: &mut IssueLog) {
    let fields = registry.dictionary.schema.figures;
    let is_told = |record: &Record| record.row.cell(fields.unit).value().is_some();
    let money: Vec<_> = figures.iter().filter(|(item, _, amount)| money.contains(item) && !amount.is_zero()).collect();
    for (_, record, amount) in money.iter().filter(|(_, record, _)| !is_told(record)) {
        if money.iter().any(|(_, other, _)| is_told(other) && other.institutions == record.institutions) {
            let place = registry.place_in(&record.row, fields.value);
            let message = "别的金额写了单位，这一个没有写，不能相比，有关的结论只能待核；请连同单位写，如 1056万元，或填“计量单位”一列";
            log.report(place, IssueKind::WithoutUnit, &plain(*amount), message);
        }
    }
}

/// What is wrong between a part and its whole, if anything is.
fn disproportion((part_name, whole_name): (&str, &str), part: Decimal, whole: Decimal) -> Option<String> {
    let amounts = format!("“{part_name}”（{}）", plain(part));
    if part > whole {
        return Some(format!(
            "{amounts}大于“{whole_name}”（{}），至少有一个写错，或一个按元、一个按万元；请核对，统一单位后重新核查",
            plain(whole)
        ));
    }
    let is_tiny = !part.is_zero() && part.checked_mul(Decimal::from(OTHER_UNIT)).is_some_and(|times| times <= whole);
    is_tiny.then(|| {
        format!("{amounts}不到“{whole_name}”（{}）的五千分之一，可能一个按万元、一个按元；请核对单位", plain(whole))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_compared_whatever_their_places() {
        let more = |number: (i64, u32), other: (i64, u32)| {
            is_more(Decimal::new(number.0, number.1), Decimal::new(other.0, other.1))
        };
        assert!(more((9, 0), (8, 0)) && more((85, 1), (8, 0)) && more((81, 1), (80, 1)) && more((0, 0), (-1, 0)));
        assert!(!more((8, 0), (8, 0)) && !more((80, 1), (8, 0)) && !more((-2, 1), (-1, 1)) && !more((89, 1), (9, 0)));
    }

    #[test]
    fn a_part_may_equal_its_whole_and_is_not_to_be_tiny() {
        let wrong = |part, whole| disproportion(("部分", "总数"), Decimal::from(part), Decimal::from(whole)).is_some();
        assert!(!wrong(100, 100) && wrong(101, 100));
        assert!(!wrong(0, 100) && !wrong(0, 0) && wrong(1, 0));
        assert!(!wrong(1, 4999) && wrong(1, 5000) && wrong(30, 1_200_000));
    }
}
