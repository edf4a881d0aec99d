//! Prints of rows: rows that are equal but for a running number have the same, whichever sheet or column order they stand in.

use std::hash::{BuildHasher, Hash};
use std::sync::Arc;

use foldhash::fast::FixedState;

use sheets::{Raw, Row};

use super::record::ParsedRow;
use crate::dictionary::{FieldId, FieldKind, Table, normalise};
use crate::intake::sheet::Layout;
use crate::model::{Cell, Value};

/// More people on one row are a list of who was there, and not told again one by one.
const MOST_PEOPLE: usize = 40;

/// A fixed seed, so that the same inputs give the same result.
const STATE: FixedState = FixedState::with_seed(0x006a_6961_6f79_616e);

/// Sums up the cells of rows; equal rows have equal prints.
pub(super) struct Prints {
    start: u64,
    /// The field of the people of a row.
    names: Option<FieldId>,
    /// The column and the field of the school of an event.
    place: Option<(u32, FieldId)>,
    /// By column: what its header says. `None` for a running number, which a copy does not share.
    columns: Vec<Option<u64>>,
    /// The columns of days, and the months to which those belong that say no month: 5日 in a sheet called 1月.
    days: Vec<u32>,
    months: Option<(i8, i8)>,
}

impl Prints {
    pub(super) fn new(layout: &Layout, table: &Table) -> Prints {
        let names = table.field_of_kind(FieldKind::People);
        let school = table.field_of_kind(FieldKind::School).filter(|_| !table.held);
        let place = school.and_then(|school| Some((layout.column(school)?, school)));
        let width = layout.headers.keys().chain(layout.columns.iter().flatten()).max().map_or(0, |last| last + 1);
        let header = |column: u32| {
            let levels = |levels: &Vec<String>| levels.iter().map(|text| normalise(text)).collect::<Vec<_>>();
            let own = || hash(("header", layout.headers.get(&column).map(levels)));
            layout.field(column).map_or_else(own, |field| hash(("field", field.0)))
        };
        let is_number = |column: u32| layout.field(column).is_none() && is_running(layout.headers.get(&column));
        let columns = (0..width).map(|column| (!is_number(column)).then(|| header(column))).collect();
        let days = [table.roles.date, table.roles.end].into_iter().flatten();
        let days = days.filter_map(|field| layout.column(field)).collect();
        let mut prints = Prints { start: 0, names, place, columns, days, months: None };
        prints.own(layout);
        prints
    }

    /// Takes whose rows follow, where no column says so: a copy in a book of several people has the name in its column.
    pub(super) fn own(&mut self, layout: &Layout) {
        let owner = layout.owner.as_ref().zip(self.names);
        let owner = owner.map_or(0, |(owner, names)| hash((hash(("field", names.0)), &*owner.name)));
        self.start = hash(layout.table.0).wrapping_add(owner);
    }

    /// Takes the months of the rows that follow, where the sheet says them and no year.
    pub(super) fn set_months(&mut self, months: Option<(i8, i8)>) {
        self.months = months;
    }

    /// Takes into a row of several people the prints that rows of each of them alone would have, and into one that names a school the
    /// one that it would have without it. `own` is that of the row.
    pub(super) fn tell_each(&self, row: Row<'_>, layout: &Layout, own: u64, parsed: &mut ParsedRow) {
        let school = self.place.and_then(|(column, field)| {
            let cell = row.cell(column)?;
            Some(self.of(column, &cell.value, Some(parsed.cell(field))))
        });
        parsed.notes.placeless = school.map(|school| own.wrapping_sub(school));
        let named = self.names.map(|names| (layout.column(names), parsed.cell(names)));
        let Some((Some(column), Cell::Is(Value::Texts(people)))) = named else { return };
        if !(2..=MOST_PEOPLE).contains(&people.len()) {
            return;
        }
        let added = row.cell(column);
        let rest = own.wrapping_sub(added.map_or(0, |cell| self.of(column, &cell.value, None)));
        let alone = |name: &Arc<str>| rest.wrapping_add(self.of(column, &Raw::Text(name.as_ref().into()), None));
        let alone = people.iter().map(alone).collect();
        parsed.notes.beside.get_or_insert_default().alone = alone;
    }

    pub(super) fn start(&self) -> u64 {
        self.start
    }

    /// What a cell adds to the print of its row, wherever its column stands. `parsed` is what was read, if anything was.
    pub(super) fn of(&self, column: u32, raw: &Raw<'_>, parsed: Option<&Cell>) -> u64 {
        let header = match self.columns.get(column as usize) {
            // A number that only counts the rows says nothing.
            Some(None) if is_whole(raw) => return 0,
            Some(None) => hash("number"),
            Some(Some(header)) => *header,
            None if is_whole(raw) => return 0,
            None => hash(("column", column)),
        };
        match (parsed, raw) {
            // A date or a number is the same in any file format; words are compared as they are written.
            (Some(Cell::Is(Value::Date(span))), _) => hash((header, span)),
            // Most are whole: told without taking off zeros, as the hash of a decimal does.
            (Some(Cell::Is(Value::Number(number))), _) if number.scale() == 0 => hash((header, number.mantissa())),
            (Some(Cell::Is(Value::Number(number))), _) => {
                let number = number.normalize();
                if number.scale() == 0 { hash((header, number.mantissa())) } else { hash((header, number)) }
            }
            (Some(Cell::Is(Value::Text(text))), _) => hash((header, text.as_ref())),
            (Some(Cell::Unreadable), Raw::Text(text)) if self.is_day(column, text.trim()) => {
                hash((header, self.months, text.trim()))
            }
            (Some(Cell::Unreadable), Raw::Number(number)) if self.is_day(column, &format!("{number}")) => {
                hash((header, self.months, format!("{number}").as_str()))
            }
            (_, Raw::Text(text)) => hash((header, text.trim())),
            (_, Raw::Number(number)) => hash((header, format!("{number}").as_str())),
            (_, Raw::Date(serial)) => hash((header, serial.to_bits())),
            (_, Raw::Flag(flag)) => hash((header, flag)),
            (_, Raw::Error) => hash((header, 1_u8)),
            (_, Raw::NoValue) => hash((header, 2_u8)),
        }
    }
}

impl Prints {
    /// Whether a cell says a day of the month and nothing else, and its sheet the month.
    fn is_day(&self, column: u32, text: &str) -> bool {
        let bare = text.trim_end_matches(['日', '号']);
        self.months.is_some()
            && self.days.contains(&column)
            && (1..=2).contains(&bare.len())
            && bare.bytes().all(|byte| byte.is_ascii_digit())
    }
}

fn hash(value: impl Hash) -> u64 {
    STATE.hash_one(value)
}

fn is_running(levels: Option<&Vec<String>>) -> bool {
    let normal = levels.and_then(|levels| levels.last()).map(|header| normalise(header)).unwrap_or_default();
    matches!(normal.to_lowercase().as_str(), "序号" | "序" | "编号" | "行号" | "项次" | "顺序号" | "no." | "no" | "#")
}

fn is_whole(raw: &Raw<'_>) -> bool {
    match raw {
        Raw::Number(number) => number.fract() == 0.0,
        Raw::Text(text) => !text.trim().is_empty() && text.trim().bytes().all(|byte| byte.is_ascii_digit()),
        Raw::Date(_) | Raw::Flag(_) | Raw::Error | Raw::NoValue => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_numbers_are_running_numbers() {
        for header in ["序号", "编 号", "No.", "NO", "*序号"] {
            assert!(is_running(Some(&vec![header.to_string()])), "{header}");
        }
        assert!(!is_running(Some(&vec!["证书编号".to_string()])) && !is_running(None));
        assert!(is_whole(&Raw::Number(12.0)) && is_whole(&Raw::Text("12".into())));
        assert!(!is_whole(&Raw::Number(1.5)) && !is_whole(&Raw::Text("JY-12".into())));
    }
}
