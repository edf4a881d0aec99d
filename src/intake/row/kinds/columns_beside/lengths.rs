//! How long something really lasted, as a column beside its first and last day says that is not read: 到岗天数, 实际结束日期.

use jiff::civil::Date;
use sheets::{Raw, Row};

use crate::dictionary::{Dictionary, FieldId, Table, normalise};
use crate::intake::cell::{clean, from_serial, shown};
use crate::intake::issues::IssueLog;
use crate::intake::row::record::ParsedRow;
use crate::intake::sheet::{Layout, last_day, leaf};
use crate::model::IssueKind;

/// A month, a term and a year in days, none longer than it may be taken to be.
const UNITS: [(&str, f64); 4] = [("学期", 130.0), ("月", 28.0), ("年", 360.0), ("天", 1.0)];
/// Of the days between two dates five in seven are worked, and holidays lie among them; terms and months are rounded.
const WORKED: f64 = 0.5;
const ROUNDED: f64 = 0.85;

/// The columns of a table of what lasted which say how long it really did.
pub(in crate::intake::row::kinds) struct Lengths {
    columns: Vec<(u32, String)>,
    start: FieldId,
    end: FieldId,
}

impl Lengths {
    /// `None` for a sheet without any, or of what takes place.
    pub(in crate::intake::row::kinds) fn of(
        layout: &Layout,
        table: &Table,
        dictionary: &Dictionary,
    ) -> Option<Lengths> {
        let (start, end) = (table.roles.start?, table.roles.end.filter(|_| !table.at_one_time && table.held)?);
        let columns = layout.unused.iter().filter_map(|unused| {
            let header = leaf(&unused.header);
            dictionary.cells.is_length(&normalise(header)).then(|| (unused.column, header.to_string()))
        });
        let columns: Vec<_> = columns.collect();
        (!columns.is_empty()).then_some(Lengths { columns, start, end })
    }

    /// Leaves open whether a row counts that lasted less long than its dates say; false then.
    pub(in crate::intake::row::kinds) fn settle(
        &self,
        row: Row<'_>,
        parsed: &mut ParsedRow,
        log: &mut IssueLog,
    ) -> bool {
        let (Some(start), Some(end)) = (parsed.cell(self.start).date(), parsed.cell(self.end).date()) else {
            return true;
        };
        let span = f64::from(start.first.until(end.last).map_or(0, |span| span.get_days()));
        let differs = |(column, header): &&(u32, String)| {
            let cell = row.cell(*column);
            cell.is_some_and(|cell| is_less(&cell.value, header, span, end.first))
        };
        let Some((column, header)) = self.columns.iter().find(differs) else { return true };
        let text = row.cell(*column).map(|cell| shown(&cell.value));
        let message = format!(
            "“{header}”比起止日期短，实际多长不能确定，按“可能算、也可能不算”处理；请按实际的起止日期填写，或把这一列写成“不读”"
        );
        parsed.notes.denied.get_or_insert(*column);
        log.report(parsed.at.cell(*column), IssueKind::DeniedRow, &text.unwrap_or_default(), message);
        false
    }
}

/// Whether a cell says that something was over sooner than its dates say.
fn is_less(raw: &Raw<'_>, header: &str, span: f64, end: Date) -> bool {
    match raw {
        Raw::Date(serial) => from_serial(*serial).is_some_and(|day| day < end),
        Raw::Number(number) => is_short(*number, header, span),
        Raw::Text(text) => {
            let text = clean(text);
            let digits: String = text.trim().chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
            match digits.parse::<f64>() {
                Ok(number) if number < 1000.0 && !text.contains(['-', '/']) => {
                    is_short(number, &format!("{header}{text}"), span)
                }
                Ok(_) | Err(_) => last_day(&text).is_some_and(|day| day < end),
            }
        }
        Raw::Flag(_) | Raw::Error | Raw::NoValue => false,
    }
}

/// Whether an amount of the unit that its header names, days where it names none, is less than a span has working days.
fn is_short(number: f64, header: &str, span: f64) -> bool {
    let (unit, days) = UNITS.into_iter().find(|(unit, _)| header.contains(unit)).unwrap_or(("天", 1.0));
    let worked = if unit == "天" { WORKED } else { ROUNDED };
    number * days < span * worked
}
