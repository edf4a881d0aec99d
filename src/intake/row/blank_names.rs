//! Rows of a ledger that name nobody below one that does, and rows that name different people in two columns: whoever they are
//! of is asked at their cells.

use std::sync::Arc;

use sheets::{Raw, Row};

use super::record::ParsedRow;
use crate::dictionary::{Attendance, AttendanceWords, Dictionary, FieldId, FieldKind, Table};
use crate::intake::cell::clean;
use crate::intake::issues::IssueLog;
use crate::intake::people::name_key;
use crate::intake::sheet::Layout;
use crate::model::{Cell, CellRef, IssueKind, Value};

/// A longer text is no list of names.
const LONGEST_NAMES: usize = 60;

#[derive(Default)]
pub(super) struct BlankNames {
    /// The field of the names and its column. `None` if the sheet has none.
    names: Option<(FieldId, u32)>,
    /// Fields that tell somebody as well.
    others: Vec<FieldId>,
    /// Whether a row above has a name.
    pub named: bool,
    header: String,
}

impl BlankNames {
    pub(super) fn of(layout: &Layout, table: &Table) -> BlankNames {
        let Some(field) = table.field_of_kind(FieldKind::People) else { return BlankNames::default() };
        let names = layout.column(field).map(|column| (field, column));
        let others = [table.roles.staff_id, table.roles.id_number].into_iter().flatten().collect();
        BlankNames { names, others, named: false, header: table.field(field).header.clone() }
    }

    /// Tells of a row without a name below one that has one.
    pub(super) fn check(&mut self, row: &ParsedRow, log: &mut IssueLog) {
        let Some((field, column)) = self.names else { return };
        if !row.cell(field).is_blank() {
            self.named = true;
        } else if self.named && self.others.iter().all(|other| row.cell(*other).value().is_none()) {
            let at: CellRef = row.at.cell(column);
            let message = || {
                format!(
                    "“{}”没有填，不知道这一行是谁的，对每个人都按“可能”处理；确实是上面那个人的请照填，或写“同上”，不是的照原始材料填写",
                    self.header
                )
            };
            log.report_with(at, IssueKind::BlankRequired, "", message);
        }
    }
}

/// Two columns of names of which nothing says whose activity it is: 听课人 beside 姓名.
pub(super) struct TwoNames<'d> {
    /// Of each its place and header.
    columns: Option<[(u32, String); 2]>,
    /// The columns of those who were there, too, and those that nobody knows, which may name them.
    companions: Vec<u32>,
    /// The columns of who spoke where others learnt, with their headers.
    speakers: Vec<(u32, String)>,
    /// The columns of who was absent or there, with their headers.
    attendance: Vec<(u32, Attendance, String)>,
    words: &'d AttendanceWords,
    /// The field of those who are on the row.
    names: Option<FieldId>,
}

impl<'d> TwoNames<'d> {
    pub(super) fn of(layout: &Layout, table: &Table, dictionary: &'d Dictionary) -> TwoNames<'d> {
        let own = table.field_of_kind(FieldKind::People).and_then(|names| layout.column(names));
        let named = |column: u32| Some((column, layout.headers.get(&column)?.last()?.clone()));
        let columns = own.zip(layout.other_names.rival).and_then(|(own, other)| Some([named(own)?, named(other)?]));
        let unknown = layout.unused.iter().filter(|unused| !unused.is_useless).map(|unused| unused.column);
        let shown = |column: &u32| layout.header(*column).to_string();
        let speakers = layout.other_names.speakers.iter().map(|column| (*column, shown(column)));
        let attendance = layout.other_names.attendance.iter().map(|(column, was)| (*column, *was, shown(column)));
        TwoNames {
            columns,
            companions: layout.other_names.companions.iter().copied().chain(unknown).collect(),
            speakers: speakers.collect(),
            attendance: attendance.collect(),
            words: &dictionary.remarks.attendance,
            names: table.field_of_kind(FieldKind::People),
        }
    }

    /// Takes up what the second one says, where it is not the same; false then.
    pub(super) fn settle(&self, row: Row<'_>, parsed: &mut ParsedRow, log: &mut IssueLog) -> bool {
        let text_at = |column: u32| match row.value(column) {
            Some(Raw::Text(text)) => clean(text).trim().to_string(),
            Some(Raw::Number(_) | Raw::Date(_) | Raw::Flag(_) | Raw::Error | Raw::NoValue) | None => String::new(),
        };
        let is_names = |text: &String| !text.is_empty() && text.chars().nth(LONGEST_NAMES).is_none();
        let companions = self.companions.iter().map(|column| text_at(*column)).filter(is_names);
        for names in companions {
            parsed.notes.beside.get_or_insert_default().givers.push(names.into());
        }
        let mut whole = true;
        for (column, header) in &self.speakers {
            whole &= self.settle_speakers(&text_at(*column), (*column, header), parsed, log);
        }
        for (column, was, header) in &self.attendance {
            whole &= self.settle_attendance(&text_at(*column), (*column, *was, header), parsed, log);
        }
        let Some([(own, own_header), (other, other_header)]) = &self.columns else { return whole };
        let written = text_at(*other);
        if written.is_empty() || written == text_at(*own) {
            return whole;
        }
        let message = format!(
            "“{own_header}”和“{other_header}”写的不是同样的人，不能确定是谁的活动，对这些人都按“可能”处理；请把写别人的一列改名，或在 --columns 文件里写明不读哪一列"
        );
        log.report(parsed.at.cell(*other), IssueKind::DisagreeingColumns, &written, message);
        parsed.notes.beside.get_or_insert_default().others = Some(written.into());
        false
    }

    /// Takes up who of the row was absent, or is not among those who were there; false where somebody may not have been.
    fn settle_attendance(
        &self,
        written: &str,
        (column, was, header): (u32, Attendance, &str),
        parsed: &mut ParsedRow,
        log: &mut IssueLog,
    ) -> bool {
        let names = self.names.map(|names| parsed.cell(names));
        let (Some(Cell::Is(Value::Texts(names))), false) = (names, written.is_empty()) else { return true };
        let said = name_key(written);
        let names_any = self.words.names_people(written);
        let is_absent = |name: &&Arc<str>| match was {
            Attendance::Absent => said.contains(&name_key(name)),
            Attendance::Present => names_any && !said.contains(&name_key(name)),
            Attendance::Replaced => names_any,
        };
        let absent: Vec<&str> = names.iter().filter(is_absent).map(AsRef::as_ref).collect();
        if absent.is_empty() {
            return true;
        }
        let absent = absent.join("、");
        let message = format!(
            "按“{header}”，这一行的人里{absent}可能没有到场，对他们按“可能”处理；没有到场的请从参加的人里删去，到了的请改写“{header}”"
        );
        parsed.notes.beside.get_or_insert_default().absent.push(absent.into());
        log.report(parsed.at.cell(column), IssueKind::DisagreeingCells, written, message);
        false
    }

    /// Takes up who spoke; false where somebody on the row did.
    fn settle_speakers(
        &self,
        written: &str,
        (column, header): (u32, &str),
        parsed: &mut ParsedRow,
        log: &mut IssueLog,
    ) -> bool {
        let names = self.names.map(|names| parsed.cell(names));
        let Some(Cell::Is(Value::Texts(names))) = names else { return true };
        let said = name_key(written);
        let is_own = |name: &Arc<str>| name.chars().nth(1).is_some() && said.contains(&name_key(name));
        if !names.iter().any(is_own) {
            return true;
        }
        parsed.notes.beside.get_or_insert_default().speakers = Some(written.into());
        let message = format!(
            "“{header}”里有参加的人，这一行的学时是学的还是讲的不能确定，对这些人按“可能”处理；讲的请从参加的人里删去"
        );
        log.report(parsed.at.cell(column), IssueKind::DisagreeingCells, written, message);
        false
    }
}
