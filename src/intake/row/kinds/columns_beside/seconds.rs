//! Two columns of one field other than amounts and names: 培训时间 and 开始时间, 工作单位 and 所在单位. One of them is read; where the
//! other says something else, the field of the row is not known.

use std::sync::Arc;

use sheets::{Raw, Row};

use crate::dictionary::{Dictionary, Field, FieldId, FieldKind, Table, normalise};
use crate::intake::cell::{DateContext, shown};
use crate::intake::issues::IssueLog;
use crate::intake::row::columns::ColumnReader;
use crate::intake::row::prints::Prints;
use crate::intake::row::record::ParsedRow;
use crate::intake::sheet::{Layout, leaf};
use crate::model::{Cell, IssueKind, RowLength, Value};

/// The columns that are compared with those of their fields.
pub(in crate::intake::row::kinds) struct SecondColumns<'d> {
    columns: Vec<SecondColumn<'d>>,
    prints: Prints,
    table: &'d Table,
    dictionary: &'d Dictionary,
}

struct SecondColumn<'d> {
    column: u32,
    /// The column that is read, and both headers.
    own: u32,
    headers: (String, String),
    field: FieldId,
    reader: ColumnReader<'d>,
}

/// What two cells of one field come to.
enum CellPair {
    Same,
    /// It is one of the two, or anything between them.
    Between(Value),
    Unknown,
}

impl<'d> SecondColumns<'d> {
    /// `None` for a sheet without any.
    pub(in crate::intake::row::kinds) fn of(
        layout: &Layout,
        table: &'d Table,
        dictionary: &'d Dictionary,
    ) -> Option<SecondColumns<'d>> {
        let columns = layout.unused.iter().filter_map(|unused| {
            let own = unused.rival.as_ref().filter(|rival| rival.compared)?.column;
            let field = layout.field(own)?;
            // Amounts and names are settled elsewhere.
            if matches!(table.field(field).kind, FieldKind::Number | FieldKind::People) {
                return None;
            }
            let mut reader = ColumnReader::new(unused.column, field, layout, dictionary);
            reader.parser.set_untyped(layout.untyped);
            let headers = (layout.header(own).to_string(), unused.header.clone());
            Some(SecondColumn { column: unused.column, own, headers, field, reader })
        });
        let columns: Vec<SecondColumn<'_>> = columns.collect();
        let prints = Prints::new(layout, table);
        (!columns.is_empty()).then_some(SecondColumns { columns, prints, table, dictionary })
    }

    /// Takes the year of the rows, as the names of sheet and file and the titles say it.
    pub(in crate::intake::row::kinds) fn set_context(&mut self, context: &DateContext) {
        let prints = &self.prints;
        self.columns.iter_mut().for_each(|second| second.reader.set_context(context, prints));
    }

    /// Leaves open what two columns say differently; false then.
    pub(in crate::intake::row::kinds) fn settle(
        &mut self,
        row: Row<'_>,
        parsed: &mut ParsedRow,
        log: &mut IssueLog,
    ) -> bool {
        let mut agrees = true;
        for second in &mut self.columns {
            let cell = |column: u32| row.value(column);
            let Some(raw) = cell(second.column) else { continue };
            if let (Raw::Text(told), Some(Raw::Text(own))) = (raw, cell(second.own))
                && told == own
            {
                continue;
            }
            let reading = second.reader.read((raw, None), &self.prints, parsed.at.row).reading;
            if reading.calls_off {
                parsed.notes.denied.get_or_insert(second.column);
            }
            let field = self.table.field(second.field);
            let found = compared((parsed.cell(second.field), &reading.parsed.cell), field, self.dictionary);
            if let CellPair::Same = found {
                continue;
            }
            if field.kind == FieldKind::Date {
                self.table.roles.end.into_iter().for_each(|end| leave_length(end, parsed));
                // Under one header there may be two events.
                let is_alike = normalise(leaf(&second.headers.0)) == normalise(leaf(&second.headers.1));
                parsed.dates = parsed.dates.filter(|_| !is_alike);
            }
            parsed.cells[second.field.index()] = match found {
                CellPair::Between(value) => Cell::Is(value),
                CellPair::Same | CellPair::Unknown => Cell::Unreadable,
            };
            let (own, other) = &second.headers;
            let advice =
                if own == other { "给其中一列改名" } else { "在 --columns 文件里写明哪一列不读" };
            let message =
                || format!("“{own}”和“{other}”都是“{}”，这一行写的不一样，按“不能确定”处理；请{advice}", field.header);
            log.report_with(parsed.at.cell(second.column), IssueKind::DisagreeingColumns, &shown(raw), message);
            agrees = false;
        }
        agrees
    }
}

/// Where the other date may be the end, or that of another event, the row may have lasted for any time.
fn leave_length(end: FieldId, parsed: &mut ParsedRow) {
    if parsed.cell(end).date().is_none() {
        parsed.length = Some(RowLength::Any);
    }
}

fn compared((own, told): (&Cell, &Cell), field: &Field, dictionary: &Dictionary) -> CellPair {
    let (own, told) = match (own, told) {
        (_, Cell::Blank | Cell::Absent) | (Cell::Unreadable, _) => return CellPair::Same,
        // A blank date is settled by what its absence means, and 8:30 is none.
        (Cell::Blank | Cell::Absent, _) | (_, Cell::Unreadable) if field.kind == FieldKind::Date => {
            return CellPair::Same;
        }
        (Cell::Blank | Cell::Absent, _) | (_, Cell::Unreadable) => return CellPair::Unknown,
        (Cell::Is(own), Cell::Is(told)) => (own, told),
    };
    match (own, told) {
        (own, told) if own == told => CellPair::Same,
        (Value::Date(own), Value::Date(told)) if own.holds(*told) || told.holds(*own) => CellPair::Same,
        (Value::Date(own), Value::Date(told)) => CellPair::Between(Value::Date(own.with(*told))),
        (Value::Word(own), Value::Word(told)) => {
            CellPair::Between(Value::Words([*own.min(told), *own.max(told)].into()))
        }
        (Value::Text(own), Value::Text(told)) if may_be_one(own, told, field, dictionary) => CellPair::Same,
        (_, _) => CellPair::Unknown,
    }
}

/// Whether two texts may mean one thing: an office and a part of it, a school and a room in it.
fn may_be_one(own: &Arc<str>, told: &Arc<str>, field: &Field, dictionary: &Dictionary) -> bool {
    let people = &dictionary.people;
    match field.kind {
        FieldKind::Institution => !people.offices.is_elsewhere(told, Some(own)),
        FieldKind::School => people.schools.may_share(own, told),
        FieldKind::Text
        | FieldKind::Texts
        | FieldKind::Code
        | FieldKind::Person
        | FieldKind::People
        | FieldKind::Number
        | FieldKind::Date
        | FieldKind::Year
        | FieldKind::Flag
        | FieldKind::Word(_)
        | FieldKind::Words(_)
        | FieldKind::Figure
        | FieldKind::Identity => normalise(own) == normalise(told),
    }
}
