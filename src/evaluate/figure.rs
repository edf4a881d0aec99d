//! 年度数据: what an office only knows as a total.

use jiff::civil::Date;

use super::condition::named;
use super::facts::Facts;
use crate::intake::Record;
use crate::model::{Amount, Cell, Per, Truth, Value, Window, WordId};
use crate::rules::fold::ItemFigure;

/// The value of an item for an institution. In a year's window it is that year's; as of a day, the latest one whose
/// year ends by the end of the audit year. Figures that differ, or that may be meant, leave the amount open between them.
pub(super) fn of(facts: &Facts<'_>, item: WordId, institution: u32, window: &Window) -> ItemFigure {
    let mut figure = ItemFigure::default();
    let table = facts.dictionary().schema.figures.table;
    let candidates: Vec<(&Record, Truth)> = facts
        .held(table)
        .iter()
        .map(|record| (record, names(facts, record, item, institution)))
        .filter(|(_, truth)| *truth != Truth::False)
        .collect();
    let latest = candidates.iter().filter(|(_, truth)| *truth == Truth::True).filter_map(|(record, _)| {
        year(facts, record).map(|(_, last)| last).filter(|last| *last <= facts.when.period.end())
    });
    let latest = latest.max();
    for (record, truth) in candidates {
        let fits = truth.and(fits(facts, record, window, latest));
        if fits != Truth::False {
            add(&mut figure, facts, record, fits);
        }
    }
    figure
}

/// Whether a figure belongs to the item and the institution.
fn names(facts: &Facts<'_>, record: &Record, item: WordId, institution: u32) -> Truth {
    let is_item = match record.row.cell(facts.dictionary().schema.figures.item) {
        Cell::Is(Value::Word(word)) => Truth::from(*word == item),
        // An item that no list knows is a clerk's own, and an issue names it.
        Cell::Unreadable | Cell::Is(_) => Truth::False,
        Cell::Blank => Truth::Unknown,
    };
    is_item.and(named(&record.institutions, record.maybe_institutions.holds(institution), institution))
}

fn year(facts: &Facts<'_>, record: &Record) -> Option<(Date, Date)> {
    match record.row.cell(facts.dictionary().schema.figures.year) {
        Cell::Is(Value::Year { first, last }) => Some((*first, *last)),
        Cell::Is(_) | Cell::Blank | Cell::Unreadable => None,
    }
}

/// Whether a figure's year is the one that is asked for.
fn fits(facts: &Facts<'_>, record: &Record, window: &Window, latest: Option<Date>) -> Truth {
    match (year(facts, record), window.per) {
        (None, _) => Truth::Unknown,
        (Some((_, last)), Per::AsOf) => Truth::from(Some(last) == latest),
        (Some((first, last)), _) => Truth::from(first == window.start && last == window.end),
    }
}

fn add(figure: &mut ItemFigure, facts: &Facts<'_>, record: &Record, truth: Truth) {
    let field = facts.dictionary().schema.figures.value;
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
