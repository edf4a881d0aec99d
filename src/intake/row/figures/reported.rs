//! The day on which a figure was reported: before its year was over it was not the whole year's.

use jiff::civil::Date;
use sheets::{Raw, Row};

use crate::dictionary::{Dictionary, FieldId, normalise};
use crate::intake::cell::{from_serial, shown};
use crate::intake::issues::IssueLog;
use crate::intake::row::record::ParsedRow;
use crate::intake::sheet::{Layout, last_day, leaf};
use crate::model::{Cell, IssueKind, Value};

/// The columns of a sheet of figures that say when each was reported.
pub(super) struct Reported {
    columns: Vec<u32>,
    year: FieldId,
    value: FieldId,
}

impl Reported {
    pub(super) fn of(layout: &Layout, dictionary: &Dictionary) -> Option<Reported> {
        let figures = dictionary.schema.figures;
        let words = dictionary.table(figures.table).qualified.as_ref()?;
        let is_of = |header: &str| words.is_reported(&normalise(leaf(header)));
        let unused = layout.unused.iter().filter(|unused| is_of(&unused.header)).map(|unused| unused.column);
        let remarks = layout.remarks.iter().filter(|(_, header)| is_of(header)).map(|(column, _)| *column);
        let columns: Vec<u32> = unused.chain(remarks).collect();
        (!columns.is_empty()).then_some(Reported { columns, year: figures.year, value: figures.value })
    }

    /// Makes an amount possible that was reported before its year was over. What is only said yes to may well have been so by then.
    pub(super) fn settle(&self, row: Row<'_>, layout: &Layout, parsed: &mut ParsedRow, log: &mut IssueLog) {
        let Cell::Is(Value::Year { last, .. }) = *parsed.cell(self.year) else { return };
        if matches!(parsed.cell(self.value), Cell::Is(Value::Flag(_))) || parsed.notes.denied.is_some() {
            return;
        }
        let is_early = |raw: &Raw<'_>| day_of(raw).is_some_and(|day| day < last);
        let early = row.cells.iter().find(|cell| self.columns.contains(&cell.column) && is_early(&cell.value));
        let Some(cell) = early else { return };
        parsed.notes.denied = Some(cell.column);
        let header = layout.header(cell.column);
        let message = format!(
            "“{header}”在这一年结束以前，是不是全年的数不能确定，按“可能算、也可能不算”处理；是全年的实际数的，改正“{header}”，不是的补填全年的数"
        );
        log.report(parsed.at.cell(cell.column), IssueKind::DeniedRow, &shown(&cell.value), message);
    }
}

fn day_of(raw: &Raw<'_>) -> Option<Date> {
    match raw {
        Raw::Date(serial) => from_serial(*serial),
        Raw::Text(text) => last_day(text),
        Raw::Number(month) if (1990.0..2100.0).contains(month) => last_day(&month.to_string()),
        Raw::Number(_) | Raw::Flag(_) | Raw::Error | Raw::NoValue => None,
    }
}
