//! 年度数据: what an office only knows as a total.

use jiff::civil::Date;

use super::condition::named;
use super::facts::Facts;
use crate::dictionary::TableId;
use crate::intake::Record;
use crate::model::{Amount, Cell, CellRef, Per, Truth, Value, Window, WordId};

/// What the figures say of an item: the amount where one is named, and the cells that it stands in.
pub(super) struct Figure {
    pub amount: Option<Amount>,
    pub cells: Vec<CellRef>,
}

/// The value of an item for an institution. In a year's window it is that year's; as of a day, the latest one whose
/// year ends by the end of the audit year. Figures that differ, or that may be meant, leave the amount open between them.
pub(super) fn of(facts: &Facts<'_>, item: WordId, institution: u32, window: &Window) -> Figure {
    let mut figure = Figure { amount: None, cells: Vec::new() };
    let Some(table) = facts.dictionary().table_named("figures") else { return figure };
    let candidates: Vec<(&Record, Truth)> = facts
        .held(table)
        .iter()
        .map(|record| (record, names(facts, table, record, item, institution)))
        .filter(|(_, truth)| *truth != Truth::False)
        .collect();
    let latest = candidates.iter().filter(|(_, truth)| *truth == Truth::True).filter_map(|(record, _)| {
        year(facts, table, record).map(|(_, last)| last).filter(|last| *last <= facts.when.period.end())
    });
    let latest = latest.max();
    for (record, truth) in candidates {
        let fits = truth.and(fits(facts, table, record, window, latest));
        if fits != Truth::False {
            add(&mut figure, facts, table, record, fits);
        }
    }
    figure
}

/// Whether a figure is of the item and the institution.
fn names(facts: &Facts<'_>, table: TableId, record: &Record, item: WordId, institution: u32) -> Truth {
    let field = facts.dictionary().table(table).field_named("item");
    let is_item = match field.map(|field| record.row.cell(field)) {
        Some(Cell::Is(Value::Word(word))) => Truth::from(*word == item),
        // An item that no list knows is not this one: these items are a clerk's own, and the issue lists it.
        Some(Cell::Unreadable | Cell::Is(_)) => Truth::False,
        Some(Cell::Blank) | None => Truth::Unknown,
    };
    is_item.and(named(&record.institutions, record.maybe_institutions.holds(institution), institution))
}

fn year(facts: &Facts<'_>, table: TableId, record: &Record) -> Option<(Date, Date)> {
    let field = facts.dictionary().table(table).field_named("year")?;
    match record.row.cell(field) {
        Cell::Is(Value::Year { first, last }) => Some((*first, *last)),
        Cell::Is(_) | Cell::Blank | Cell::Unreadable => None,
    }
}

/// Whether a figure's year is the one that is asked for.
fn fits(facts: &Facts<'_>, table: TableId, record: &Record, window: &Window, latest: Option<Date>) -> Truth {
    match (year(facts, table, record), window.per) {
        (None, _) => Truth::Unknown,
        (Some((_, last)), Per::AsOf) => Truth::from(Some(last) == latest),
        (Some((first, last)), _) => Truth::from(first == window.start && last == window.end),
    }
}

fn add(figure: &mut Figure, facts: &Facts<'_>, table: TableId, record: &Record, truth: Truth) {
    let Some(field) = facts.dictionary().table(table).field_named("value") else { return };
    figure.cells.push(facts.registry.place(record.row.at, field));
    let value = record.row.cell(field).number().filter(|_| truth == Truth::True);
    figure.amount = Some(match (figure.amount, value) {
        (None, Some(value)) => Amount::exactly(value),
        (Some(before), Some(value)) => {
            Amount { low: before.low.min(value), high: before.high.map(|high| high.max(value)) }
        }
        (_, None) => Amount { low: rust_decimal::Decimal::ZERO, high: None },
    });
}
