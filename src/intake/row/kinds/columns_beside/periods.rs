//! Columns that say of which term or month a row of a ledger is, beside its date: where the two contradict each other, it may be of
//! either.

use sheets::{Raw, Row};

use crate::dictionary::{Dictionary, FieldId, Table, normalise};
use crate::intake::cell::{DateContext, from_serial, shown};
use crate::intake::issues::IssueLog;
use crate::intake::row::columns::TextNotes;
use crate::intake::row::record::ParsedRow;
use crate::intake::sheet::{Layout, leaf};
use crate::model::{Cell, DateSpan, IssueKind, Value};

/// The columns of a sheet that say of which time its rows are.
pub(in crate::intake::row::kinds) struct ToldPeriods<'d> {
    date: FieldId,
    /// The column of the date, with its header.
    own: (u32, &'d str),
    columns: Vec<PeriodColumn>,
}

struct PeriodColumn {
    column: u32,
    header: String,
    /// Whether a bare year in it is one of school: 2022-2023.
    is_of_school: bool,
    texts: TextNotes<DateContext>,
}

impl<'d> ToldPeriods<'d> {
    /// `None` for a sheet without any, or without dates.
    pub(in crate::intake::row::kinds) fn of(
        layout: &Layout,
        table: &'d Table,
        dictionary: &Dictionary,
    ) -> Option<ToldPeriods<'d>> {
        let date = table.roles.date.filter(|_| table.dense.is_some())?;
        let own = (layout.column(date)?, table.field(date).header.as_str());
        let columns = layout.unused.iter().filter(|unused| unused.rival.is_none()).filter_map(|unused| {
            let header = normalise(leaf(&unused.header));
            let says = dictionary.remarks.parts.says_period(&header);
            let texts = TextNotes::new();
            let is_of_school = header.contains("学年");
            says.then(|| PeriodColumn { column: unused.column, header: unused.header.clone(), is_of_school, texts })
        });
        let columns: Vec<PeriodColumn> = columns.collect();
        (!columns.is_empty()).then_some(ToldPeriods { date, own, columns })
    }

    /// Leaves open the date of a row that a column says is of another time; false then.
    pub(in crate::intake::row::kinds) fn settle(
        &mut self,
        row: Row<'_>,
        parsed: &mut ParsedRow,
        log: &mut IssueLog,
    ) -> bool {
        let Some(own) = parsed.cell(self.date).date() else { return true };
        let found = self.columns.iter_mut().find_map(|column| {
            let raw = row.value(column.column)?;
            let told = column.told(raw, own)?;
            let is_apart = told.last < own.first || own.last < told.first;
            is_apart.then(|| (told, shown(raw), &column.header))
        });
        let Some((told, text, other)) = found else { return true };
        parsed.cells[self.date.index()] = Cell::Is(Value::Date(own.with(told)));
        // Nothing is asked where the row is open by that column already.
        if parsed.notes.denied.is_none() {
            let header = self.own.1;
            let message = format!(
                "“{header}”不在“{other}”所写的“{text}”里，算哪一段时间的不能确定，按都可能处理；请核对后改成一致"
            );
            log.report(parsed.at.cell(self.own.0), IssueKind::DisagreeingCells, &text, message);
        }
        false
    }
}

impl PeriodColumn {
    /// The time that a cell says; of a month without its year the one that is nearest to the date. `None` if it says none.
    fn told(&mut self, raw: &Raw<'_>, own: DateSpan) -> Option<DateSpan> {
        match raw {
            Raw::Text(text) => {
                let is_bare = self.is_of_school && text.chars().all(|c| !c.is_alphabetic());
                let read = || {
                    let school_year = if is_bare { format!("{text}学年") } else { text.to_string() };
                    DateContext::new([school_year.as_str()], [])
                };
                self.texts.of(text, None, read).near(own)
            }
            Raw::Date(serial) => from_serial(*serial).map(DateSpan::month),
            Raw::Number(month) if (1.0..=12.0).contains(month) && month.fract() == 0.0 && !self.is_of_school => {
                DateContext::new([format!("{month}月").as_str()], []).near(own)
            }
            Raw::Number(_) | Raw::Flag(_) | Raw::Error | Raw::NoValue => None,
        }
    }
}
