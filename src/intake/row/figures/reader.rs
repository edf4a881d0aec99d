//! The figures of 年度数据: an item that asks yes or no has no other answer, and an amount of money is in 元, whatever unit its
//! cell, its row, its header or its sheet says. One without any unit stays without.

use std::sync::Arc;

use rust_decimal::Decimal;
use sheets::{Raw, Row};

use super::events;
use super::qualifiers::Qualifiers;
use super::reported::Reported;
use super::years::ToldYears;
use crate::dictionary::{Dictionary, WordList, money_worth, spelt};
use crate::intake::cell::{clean, message, parted, shown};
use crate::intake::issues::IssueLog;
use crate::intake::row::record::ParsedRow;
use crate::intake::sheet::Layout;
use crate::model::{Cell, IssueKind, Value, WordId};

/// How the figures of a sheet are read.
pub(in crate::intake::row) struct FigureReader<'d> {
    dictionary: &'d Dictionary,
    units: &'d WordList,
    /// The worth of the unit that the header and the titles say.
    of_sheet: Vec<Decimal>,
    qualifiers: Option<Qualifiers<'d>>,
    reported: Option<Reported>,
    years: ToldYears<'d>,
}

impl<'d> FigureReader<'d> {
    /// `None` for a sheet of another table.
    pub(in crate::intake::row) fn of(
        layout: &Layout,
        titles: &[String],
        dictionary: &'d Dictionary,
    ) -> Option<FigureReader<'d>> {
        let figures = dictionary.schema.figures;
        if layout.table != figures.table {
            return None;
        }
        let units = dictionary.list(figures.units);
        let header = layout.column(figures.value).and_then(|column| layout.headers.get(&column));
        let by_header = header.into_iter().flatten().filter_map(|text| bracketed(units, text));
        let by_title = titles.iter().filter_map(|title| titled(units, title));
        let of_sheet = by_header.chain(by_title).collect();
        let qualifiers = Qualifiers::of(layout, titles, dictionary.table(layout.table), dictionary);
        let reported = Reported::of(layout, dictionary);
        let years = ToldYears::of(layout, dictionary);
        Some(FigureReader { dictionary, units, of_sheet, qualifiers, reported, years })
    }

    /// Settles what the row's figure is; false when something is wrong with it.
    pub(in crate::intake::row) fn tell(
        &self,
        row: Row<'_>,
        layout: &Layout,
        parsed: &mut ParsedRow,
        log: &mut IssueLog,
    ) -> bool {
        if let Some(qualifiers) = &self.qualifiers {
            qualifiers.settle(row, layout, parsed, log);
        }
        self.reported.iter().for_each(|reported| reported.settle(row, layout, parsed, log));
        self.years.settle(row, layout, parsed, log);
        events::tell(row, layout, parsed, self.dictionary);
        let Some(kind) = self.settle(row, layout, parsed) else { return true };
        let figures = self.dictionary.schema.figures;
        let at = layout.place(parsed.at, figures.value);
        let Some(cell) = row.cell(at.column) else { return true };
        let header = &self.dictionary.table(figures.table).field(figures.value).header;
        log.report(at, kind, &shown(&cell.value), message(kind, header, &cell.value));
        false
    }

    /// Settles what the row's figure is. Says what is wrong with it.
    fn settle(&self, row: Row<'_>, layout: &Layout, parsed: &mut ParsedRow) -> Option<IssueKind> {
        let figures = self.dictionary.schema.figures;
        let items = self.dictionary.list(figures.items);
        let item = if let Cell::Is(Value::Word(item)) = parsed.cell(figures.item) { Some(*item) } else { None };
        let is_of = |words: &[WordId]| item.is_some_and(|item| words.contains(&item));
        self.take_unit(parsed);
        let value = parsed.cell(figures.value).clone();
        if self.is_of_another(parsed, is_of(&items.money)) {
            parsed.cells[figures.value.index()] = Cell::Unreadable;
            return None;
        }
        let raw = |field| {
            let column = layout.column(field)?;
            row.value(column)
        };
        let (settled, unit, issue) = if is_of(&items.money) {
            let told = self.told(raw(figures.item), raw(figures.value), parsed);
            in_base(value, told)
        } else {
            let takes_yes = item.is_none() || is_of(&items.yes_no) || is_of(&items.or_yes_no);
            let says = |raw: Option<&Raw<'_>>| matches!(raw, Some(Raw::Text(text)) if text.contains('万'));
            let header = layout.column(figures.value).map_or("", |column| layout.header(column));
            // 1.056 beside 万人 may be 10560.
            let in_myriads = says(raw(figures.unit)) || says(raw(figures.item)) || header.contains('万');
            let value = if in_myriads && !says(raw(figures.value)) { Cell::Unreadable } else { value };
            (asked(value, is_of(&items.yes_no), takes_yes), false, None)
        };
        let issue = issue.or_else(|| {
            let is_lost = settled == Cell::Unreadable && *parsed.cell(figures.value) != Cell::Unreadable;
            is_lost.then_some(IssueKind::OtherAnswer)
        });
        parsed.cells[figures.value.index()] = settled;
        let base = self.units.one("元").filter(|_| unit);
        parsed.cells[figures.unit.index()] = base.map_or(Cell::Blank, |base| Cell::Is(Value::Word(base)));
        issue
    }

    /// Whether a unit that is no unit of money stands beside money, or one of money beside what is counted.
    fn is_of_another(&self, parsed: &ParsedRow, is_money: bool) -> bool {
        match parsed.cell(self.dictionary.schema.figures.unit) {
            Cell::Is(Value::Word(unit)) => money_worth(self.units.word(*unit)).is_some() != is_money,
            // One of several, as 人次, is not told.
            Cell::Unreadable | Cell::Is(_) => true,
            Cell::Blank | Cell::Absent => false,
        }
    }

    /// 单位 may be the institution's column and hold units.
    fn take_unit(&self, row: &mut ParsedRow) {
        let (figures, table) = (self.dictionary.schema.figures, self.dictionary.table(row.table));
        let Some(place) = table.roles.institution else { return };
        let of = |text: &Arc<str>| match self.units.one(text) {
            Some(unit) => Some(Cell::Is(Value::Word(unit))),
            // 人次 is a unit, of which it is not told what it counts.
            None => self.units.either(text).map(|_| Cell::Unreadable),
        };
        let Some(unit) = row.cell(place).text().and_then(of) else { return };
        row.cells[place.index()] = Cell::Blank;
        if row.cell(figures.unit).value().is_none() {
            row.cells[figures.unit.index()] = unit;
        }
    }

    /// What the units around an amount are worth; that of its own cell is part of the number already.
    fn told(&self, item: Option<&Raw<'_>>, value: Option<&Raw<'_>>, row: &ParsedRow) -> Told {
        let text =
            |raw: Option<&Raw<'_>>| if let Some(Raw::Text(text)) = raw { Some(clean(text).into_owned()) } else { None };
        // 20万元 of 126.5(含结转20万元) is not the unit of the whole.
        let says_unit = |text: String| {
            let own = parted(&text).map_or(text.as_str(), |(front, _)| front);
            own.contains(['元', '万', '亿', '¥', '圆'])
        };
        if text(value).is_some_and(says_unit) {
            return Told::ByItself;
        }
        let own = if let Cell::Is(Value::Word(unit)) = row.cell(self.dictionary.schema.figures.unit) {
            money_worth(self.units.word(*unit))
        } else {
            None
        };
        let by_item = text(item).and_then(|text| bracketed(self.units, &text));
        let nearest: Vec<Decimal> = own.into_iter().chain(by_item).collect();
        let all = if nearest.is_empty() { self.of_sheet.clone() } else { nearest };
        match (all.iter().min(), all.iter().max()) {
            (Some(least), Some(most)) => Told::Beside(*least, *most),
            (None, _) | (_, None) => Told::Nowhere,
        }
    }
}

/// Where the unit of an amount is told.
enum Told {
    ByItself,
    /// What it is worth, at least and at most.
    Beside(Decimal, Decimal),
    Nowhere,
}

/// An amount of money in 元, whether its unit is known, and what is wrong with it.
fn in_base(value: Cell, told: Told) -> (Cell, bool, Option<IssueKind>) {
    let (low, high) = match value {
        Cell::Is(Value::Number(number)) => (number, Some(number)),
        Cell::Is(Value::Between { low, high }) => (low, high),
        Cell::Is(_) => return (Cell::Unreadable, false, None),
        Cell::Blank | Cell::Absent | Cell::Unreadable => return (value, false, None),
    };
    let times = |number: Decimal, worth: Decimal| number.checked_mul(worth);
    let scaled = match told {
        Told::ByItself => Some((low, high)),
        Told::Beside(least, most) => times(low, least).map(|low| (low, high.and_then(|high| times(high, most)))),
        // Nothing is nothing in any unit.
        Told::Nowhere => return (value, false, None),
    };
    match scaled {
        Some((low, high)) if high == Some(low) => (Cell::Is(Value::Number(low)), true, None),
        Some((low, high)) => {
            let issue = matches!(value, Cell::Is(Value::Number(_))).then_some(IssueKind::AmbiguousNumber);
            (Cell::Is(Value::Between { low, high }), true, issue)
        }
        None => (Cell::Unreadable, false, None),
    }
}

/// An answer to an item that asks yes or no, or a count: 是 is no number, and 100 is neither yes nor no.
fn asked(value: Cell, is_yes_no: bool, takes_yes: bool) -> Cell {
    let answer = |yes: bool| Cell::Is(Value::Number(u8::from(yes).into()));
    match value {
        Cell::Is(Value::Flag(yes)) if takes_yes => answer(yes),
        Cell::Is(Value::Flag(_)) => Cell::Unreadable,
        Cell::Is(Value::Number(number)) if is_yes_no && !number.is_zero() && number != Decimal::ONE => Cell::Unreadable,
        Cell::Is(Value::Between { .. }) if is_yes_no => Cell::Unreadable,
        Cell::Is(_) | Cell::Blank | Cell::Absent | Cell::Unreadable => value,
    }
}

fn named(units: &WordList, text: &str) -> Option<Decimal> {
    let text = text.trim_matches(|c: char| "单位计量金额:：()（）/、,，".contains(c));
    money_worth(units.word(units.one(text)?))
}

/// The unit in the brackets or behind the slash of a header or an item: 金额（万元）, 金额/万元.
fn bracketed(units: &WordList, text: &str) -> Option<Decimal> {
    let text = spelt(text);
    let hints = text.split(['(', '【', '[', '〔']).skip(1).filter_map(|rest| rest.split([')', '】', ']', '〕']).next());
    let behind = text.rsplit(['/', '-', ',', '、', '_']).next().filter(|part| *part != text);
    let ends = ["亿元", "千万元", "百万元", "万元", "千元", "百元"]
        .into_iter()
        .filter(|unit| text.ends_with(unit))
        .max_by_key(|unit| unit.len());
    hints.chain(behind).chain(ends).find_map(|hint| named(units, hint))
}

/// The unit that a title says: 单位：万元, （金额单位:元）.
fn titled(units: &WordList, title: &str) -> Option<Decimal> {
    let title = spelt(title);
    let rest = title.split("单位").skip(1).find_map(|rest| {
        let unit = rest.trim_start_matches([':', '为', '是', '(']);
        let end = unit.find([')', ',', '、', ';', '。', '/', ' ']).unwrap_or(unit.len());
        named(units, &unit[..end])
    });
    rest.or_else(|| bracketed(units, &title))
}
