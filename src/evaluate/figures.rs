//! What 年度数据 says of an institution.

use jiff::civil::Date;

use super::condition::named;
use super::facts::Facts;
use crate::intake::Record;
use crate::model::{Amount, Cell, Per, Truth, Value, Window, WordId};
use crate::rules::fold::{FigureUnit, ItemFigure};

/// The value of an item for an institution. In a year's window it is that year's; as of a day, the latest one whose
/// year ends by the end of the audit year. Of several figures it may be any, or all of them together.
pub(super) fn figure_of(facts: &Facts<'_>, item: WordId, institution: u32, window: &Window) -> ItemFigure {
    let mut figure = ItemFigure::default();
    let table = facts.dictionary().schema.figures.table;
    let candidates: Vec<(&Record, Truth)> = facts
        .held(table)
        .iter()
        .map(|record| (record, is_figure_of(facts, record, item, institution)))
        .filter(|(_, truth)| *truth != Truth::False)
        .collect();
    let sure = || candidates.iter().filter(|(_, truth)| *truth == Truth::True);
    let years = || sure().filter_map(|(record, _)| figure_year(facts, record));
    let asked = FigureYears {
        window,
        until: facts.when.period.end(),
        latest: years().map(|(_, last)| last).filter(|last| *last <= facts.when.period.end()).max(),
        is_given: years().any(|(first, last)| first == window.start && last == window.end),
    };
    for (record, truth) in &candidates {
        let of_year = asked.is_asked(figure_year(facts, record));
        let fits = truth.and(of_year);
        if fits != Truth::False {
            if of_year == Truth::Unknown {
                figure.years.push(facts.registry.place(record.row.at, facts.dictionary().schema.figures.year));
            }
            figure.denied.extend(record.row.notes.denied.map(|column| record.row.at.cell(column)));
            add_figure(&mut figure, facts, record, fits);
        }
    }
    figure
}

/// The years of which a figure is asked for.
struct FigureYears<'w> {
    window: &'w Window,
    /// The last day of the audit year.
    until: Date,
    /// The last day of the latest year of which a figure is surely there.
    latest: Option<Date>,
    /// Whether a figure is surely there of the very year.
    is_given: bool,
}

impl FigureYears<'_> {
    /// Whether a figure of this year is asked for.
    fn is_asked(&self, year: Option<(Date, Date)>) -> Truth {
        let Some((first, last)) = year else { return Truth::Unknown };
        let window = self.window;
        match window.per {
            Per::AsOf if last > self.until => Truth::False,
            Per::AsOf if Some(last) == self.latest => Truth::True,
            // It may be the institution's, and the latest then.
            Per::AsOf => Truth::of(false, self.latest.is_some_and(|latest| last < latest)),
            Per::Year | Per::FiscalYear | Per::Term | Per::Month | Per::Week | Per::Fixed => {
                let is_same = first == window.start && last == window.end;
                // A year of the other kind, of which part is asked for, may be meant where the very year is not given.
                let is_part = first <= window.end && window.start <= last;
                Truth::of(is_same, self.is_given || !is_part)
            }
        }
    }
}

/// Whether a figure belongs to the item and the institution.
fn is_figure_of(facts: &Facts<'_>, record: &Record, item: WordId, institution: u32) -> Truth {
    let is_item = match record.row.cell(facts.dictionary().schema.figures.item) {
        Cell::Is(Value::Word(word)) => Truth::from(*word == item),
        // An item that no list knows is a clerk's own, and an issue names it.
        Cell::Unreadable | Cell::Is(_) => Truth::False,
        Cell::Blank | Cell::Absent => Truth::Unknown,
    };
    is_item.and(record.stands()).and(named(
        &record.institutions,
        record.maybe_institutions.holds(institution),
        institution,
    ))
}

fn figure_year(facts: &Facts<'_>, record: &Record) -> Option<(Date, Date)> {
    match record.row.cell(facts.dictionary().schema.figures.year) {
        Cell::Is(Value::Year { first, last }) => Some((*first, *last)),
        Cell::Is(_) | Cell::Blank | Cell::Absent | Cell::Unreadable => None,
    }
}

fn add_figure(figure: &mut ItemFigure, facts: &Facts<'_>, record: &Record, truth: Truth) {
    let field = facts.dictionary().schema.figures.value;
    figure.cells.push(facts.registry.place_in(&record.row, field));
    let value = match record.row.cell(field) {
        Cell::Is(Value::Number(number)) => Some(Amount::exactly(*number)),
        Cell::Is(Value::Between { low, high }) => Some(Amount { low: *low, high: *high }),
        Cell::Is(_) | Cell::Blank | Cell::Absent | Cell::Unreadable => None,
    };
    figure.unit = figure.unit.and(unit_of(facts, record));
    let value = value.filter(|_| truth == Truth::True && figure.unit != FigureUnit::Mixed);
    figure.amount = Some(match (figure.amount, value) {
        (None, Some(value)) => value,
        // One of them may be the right one, or each a part of the year's: 上半年 and 下半年.
        (Some(before), Some(value)) => {
            let high = before.high.zip(value.high).and_then(|(one, other)| one.checked_add(other));
            Amount { low: before.low.min(value.low), high }
        }
        (_, None) => Amount { low: rust_decimal::Decimal::ZERO, high: None },
    });
}

/// Whether an amount of money has a unit. Nothing has none to lack.
fn unit_of(facts: &Facts<'_>, record: &Record) -> FigureUnit {
    let figures = facts.dictionary().schema.figures;
    let Cell::Is(Value::Word(item)) = record.row.cell(figures.item) else { return FigureUnit::None };
    if !facts.dictionary().list(figures.items).money.contains(item) {
        return FigureUnit::None;
    }
    match (record.row.cell(figures.unit), record.row.cell(figures.value)) {
        (_, Cell::Blank | Cell::Absent | Cell::Unreadable) => FigureUnit::None,
        (_, Cell::Is(Value::Number(number))) if number.is_zero() => FigureUnit::None,
        (Cell::Is(_), _) => FigureUnit::Told,
        (Cell::Blank | Cell::Absent | Cell::Unreadable, _) => FigureUnit::Bare,
    }
}
