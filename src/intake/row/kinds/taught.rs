//! What a roster says of its dates besides: how many years it was since one, as a column beside it says that is not read (教龄, 教学第一线年限
//! beside 从教日期) or a remark; another year that a remark says (档案出生1969年); and since when somebody has a title (职称取得时间).

use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;
use sheets::{Raw, Row};

use crate::dictionary::{Dictionary, Field, FieldId, Table, normalise};
use crate::intake::cell::{clean, from_serial, shown, to_digits};
use crate::intake::issues::IssueLog;
use crate::intake::row::notes::DatedState;
use crate::intake::row::record::ParsedRow;
use crate::intake::sheet::{Layout, last_day, leaf};
use crate::model::{Cell, IssueKind, Value, elapsed_years};

/// The columns of a roster that say how many years people did what they began on a date.
pub(super) struct Taught<'d> {
    columns: Vec<(u32, FieldId)>,
    /// The columns that say since when a field is so.
    since: Vec<(u32, FieldId)>,
    remarks: Vec<u32>,
    start: FieldId,
    table: &'d Table,
    dictionary: &'d Dictionary,
}

impl<'d> Taught<'d> {
    /// `None` for a sheet without any.
    pub(super) fn of(layout: &Layout, table: &'d Table, dictionary: &'d Dictionary) -> Option<Taught<'d>> {
        let start = table.roles.start?;
        let counted = |header: &str| {
            let normal = normalise(header);
            let of = |(_, field): &(FieldId, &Field)| is_counted(field, &normal);
            (0..).map(FieldId).zip(&table.fields).find(of).map(|(id, _)| id)
        };
        let columns = layout.unused.iter().filter_map(|unused| Some((unused.column, counted(&unused.header)?)));
        let columns: Vec<_> = columns.collect();
        let won = |header: &str| {
            let normal = normalise(leaf(header));
            let of = |(_, field): &(FieldId, &Field)| field.since.iter().any(|part| normal.contains(part.as_str()));
            (0..).map(FieldId).zip(&table.fields).find(of).map(|(id, _)| id)
        };
        let since = layout.unused.iter().filter_map(|unused| Some((unused.column, won(&unused.header)?))).collect();
        let remarks = layout.remark_columns().map(|(column, _)| *column).collect();
        Some(Taught { columns, since, remarks, start, table, dictionary })
    }

    /// Leaves a date open of which another cell says otherwise; false then.
    pub(super) fn settle(&self, row: Row<'_>, parsed: &mut ParsedRow, log: &mut IssueLog) -> bool {
        self.settle_since(row, parsed);
        self.settle_counted(row, parsed, log) & self.settle_remarked(row, parsed, log)
    }

    /// Notes since when somebody has what a field says, as a column of its own tells.
    fn settle_since(&self, row: Row<'_>, parsed: &mut ParsedRow) {
        let own = self.since.iter().filter_map(|(column, field)| {
            let cell = row.cell(*column)?;
            let day = match &cell.value {
                Raw::Date(serial) => from_serial(*serial),
                Raw::Text(_) | Raw::Number(_) => last_day(&shown(&cell.value)),
                Raw::Flag(_) | Raw::Error | Raw::NoValue => None,
            };
            Some((*field, *column, day?, shown(&cell.value)))
        });
        let remarked = self.remarks.iter().flat_map(|column| self.since_in(row, *column, parsed));
        for (field, column, day, text) in own.chain(remarked).collect::<Vec<_>>() {
            if let Cell::Is(_) = parsed.cell(field) {
                let state = DatedState { field, column, time: (day, Date::MAX), text: text.into() };
                parsed.notes.beside.get_or_insert_default().dated.push(state);
            }
        }
    }

    /// Since when somebody has the title that a remark names, which is their own: 2024年评上高级教师.
    fn since_in(&self, row: Row<'_>, column: u32, parsed: &ParsedRow) -> Vec<(FieldId, u32, Date, String)> {
        let Some(Raw::Text(text)) = row.value(column) else { return Vec::new() };
        let Some(day) = last_day(text) else { return Vec::new() };
        let is_named = |(id, field): &(FieldId, &Field)| {
            let Cell::Is(Value::Word(own)) = parsed.cell(*id) else { return false };
            !field.since.is_empty()
                && self.dictionary.words_of(field).is_some_and(|list| list.said_in(text).contains(own))
        };
        let fields = (0..).map(FieldId).zip(&self.table.fields).filter(is_named);
        fields.map(|(id, _)| (id, column, day, text.to_string())).collect()
    }

    /// Leaves a date open of which a remark says another year, or fewer years than it was since; false then.
    fn settle_remarked(&self, row: Row<'_>, parsed: &mut ParsedRow, log: &mut IssueLog) -> bool {
        let start = parsed.cell(self.start).date();
        let texts = self.remarks.iter().filter_map(|column| match row.value(*column) {
            Some(Raw::Text(text)) => Some((*column, text)),
            Some(Raw::Number(_) | Raw::Date(_) | Raw::Flag(_) | Raw::Error | Raw::NoValue) | None => None,
        });
        let mut whole = true;
        for ((column, text), (id, field)) in
            texts.flat_map(|text| (0..).map(FieldId).zip(&self.table.fields).map(move |of| (text, of)))
        {
            let Some(own) = parsed.cell(id).date() else { continue };
            let normal = to_digits(&self.dictionary.remarks.without_harmless(text));
            if !field.told_years.iter().any(|word| normal.contains(word.as_str())) {
                continue;
            }
            let elapsed = start.map(|start| elapsed_years(own.last, start.first));
            let is_other = years_said(&normal).any(|year| !(own.first.year()..=own.last.year()).contains(&year));
            let is_less =
                years_lasted(&normal).zip(elapsed).is_some_and(|(years, elapsed)| years + Decimal::ONE < elapsed);
            if !is_other && !is_less {
                continue;
            }
            let header = &field.header;
            let message = format!("这里写的与“{header}”不一致，“{header}”按“不能确定”处理；请核对后改成一致");
            log.report(parsed.at.cell(column), IssueKind::DisagreeingCells, text.trim(), message);
            parsed.cells[id.index()] = Cell::Unreadable;
            whole = false;
        }
        whole
    }

    /// Leaves a date open since which it was longer, until the person came, than a column says; false then.
    fn settle_counted(&self, row: Row<'_>, parsed: &mut ParsedRow, log: &mut IssueLog) -> bool {
        let mut whole = true;
        for (column, field) in &self.columns {
            let Some(cell) = row.cell(*column) else { continue };
            let (Some(since), Some(start)) = (parsed.cell(*field).date(), parsed.cell(self.start).date()) else {
                continue;
            };
            let Some(years) = years(&cell.value) else { continue };
            if years.saturating_add(Decimal::ONE) >= elapsed_years(since.last, start.first) {
                continue;
            }
            let header = &self.table.field(*field).header;
            let message = format!("这一格写的年数比从“{header}”算起的短，“{header}”按“不能确定”处理；请核对后改成一致");
            log.report(parsed.at.cell(*column), IssueKind::DisagreeingCells, &shown(&cell.value), message);
            parsed.cells[field.index()] = Cell::Unreadable;
            whole = false;
        }
        whole
    }
}

fn is_counted(field: &Field, normal: &str) -> bool {
    field.counted.iter().any(|part| normal.contains(part.as_str()))
}

/// The years of the calendar that a text names.
fn years_said(normal: &str) -> impl Iterator<Item = i16> {
    let numbers = normal.split(|c: char| !c.is_ascii_digit()).filter(|number| number.len() == 4);
    numbers.filter_map(|number| number.parse().ok()).filter(|year| (1900..2100).contains(year))
}

/// For how many years a text says that something lasted: 教龄3年, 从教5年.
fn years_lasted(normal: &str) -> Option<Decimal> {
    let front = &normal[..normal.find('年')?];
    let digits = &front[front.trim_end_matches(|c: char| c.is_ascii_digit()).len()..];
    digits.parse().ok().filter(|_| digits.len() < 3)
}

/// The years that a cell says: 3, 4年. `None` if it says none.
fn years(raw: &Raw<'_>) -> Option<Decimal> {
    match raw {
        Raw::Number(number) => Decimal::from_f64(*number),
        Raw::Text(text) => clean(text).trim().trim_end_matches(['年', '余', '多', '个', '学']).parse().ok(),
        Raw::Date(_) | Raw::Flag(_) | Raw::Error | Raw::NoValue => None,
    }
}
