//! A yes that another cell of its row denies is not sure: 在编不在岗 or 借调县教育局 beside 在岗. A no may excuse the person.

use sheets::{Raw, RawCell, Row};

use super::record::ParsedRow;
use super::remarks::{says_day_only, speaks_of, widen};
use crate::dictionary::{Dictionary, Field, FieldId, FieldKind, Says, Table, normalise};
use crate::intake::cell::{denies, shown};
use crate::intake::issues::IssueLog;
use crate::intake::sheet::Layout;
use crate::model::{Cell, IssueKind, Value};

/// A longer text of a column that is not recognised is no remark on its row.
const LONGEST: usize = 8;

/// The fields of a table that other cells of a row can deny, or that may excuse its person.
pub(super) struct Flags<'d> {
    dictionary: &'d Dictionary,
    table: &'d Table,
    fields: Vec<FieldId>,
    /// Those of which a remark may say more.
    attained: Vec<(FieldId, &'d Field)>,
    /// Of a roster: the columns that are not read and say where somebody works, or is paid, with what another office there comes to.
    at_work: Vec<(u32, &'d str)>,
}

impl<'d> Flags<'d> {
    pub(super) fn of(layout: &Layout, table: &'d Table, dictionary: &'d Dictionary) -> Flags<'d> {
        let fields = (0..).map(FieldId).zip(&table.fields);
        let is_of = |field: &Field| !field.denied_by.is_empty() || !field.remarked.is_empty() || field.excuses;
        let fields = fields.filter(|(_, field)| is_of(field)).map(|(id, _)| id).collect();
        let attained = (0..).map(FieldId).zip(&table.fields).filter(|(_, field)| !field.attained.is_empty()).collect();
        let says_where = |(column, levels): (&u32, &Vec<String>)| {
            let is_free = layout.field(*column).is_none() && layout.table == dictionary.schema.staff.table;
            let said = dictionary.people.offices.said_elsewhere(&normalise(levels.last()?));
            Some((*column, said.filter(|_| is_free)?))
        };
        let mut at_work: Vec<(u32, &str)> = layout.headers.iter().filter_map(says_where).collect();
        at_work.sort_unstable();
        Flags { dictionary, table, fields, attained, at_work }
    }

    /// Leaves open what another cell of the row denies; false if there is such a cell.
    pub(super) fn settle(&self, row: Row<'_>, layout: &Layout, parsed: &mut ParsedRow, log: &mut IssueLog) -> bool {
        let mut whole = true;
        let elsewhere = self.elsewhere(row, layout, parsed, log);
        self.attain(row, layout, parsed, log);
        for id in &self.fields {
            let (field, Some(own)) = (self.table.field(*id), layout.column(*id)) else { continue };
            if *parsed.cell(*id) != Cell::Is(Value::Flag(true)) && !self.is_word(field, parsed.cell(*id)) {
                self.excuse(field, *id, own, row, parsed, log);
                continue;
            }
            let mut others = row.cells.iter().filter(|cell| cell.column != own);
            let is_elsewhere = |cell: &RawCell<'_>| {
                elsewhere.is_some_and(|(at, said)| at == cell.column && self.dictionary.remarks.denies(said, field))
            };
            let Some(cell) = others.find(|cell| is_elsewhere(cell) || self.denies(cell, field, layout)) else {
                continue;
            };
            let message = format!("与“{}”一列不一致，按“不能确定”处理；请核对后改成一致", field.header);
            log.report(parsed.at.cell(cell.column), IssueKind::DisagreeingCells, &shown(&cell.value), message);
            parsed.cells[id.index()] = Cell::Unreadable;
            whole = false;
        }
        whole
    }

    /// Leaves open what somebody may have come to by a remark beside it: 2022年12月评为高级教师.
    fn attain(&self, row: Row<'_>, layout: &Layout, parsed: &mut ParsedRow, log: &mut IssueLog) {
        for (id, field) in &self.attained {
            for cell in row.cells {
                let Raw::Text(text) = &cell.value else { continue };
                let is_remark = layout.field(cell.column).is_none() && self.is_remark(cell.column, text, layout);
                if !is_remark
                    || !speaks_of(field, text)
                    || !widen(&mut parsed.cells[id.index()], text, field, self.dictionary)
                {
                    continue;
                }
                let message = format!(
                    "“{0}”一列没有写这里的，够不够不能确定，按“可能还有”处理；请核对后写进“{0}”，不是本人的请删去",
                    field.header
                );
                log.report(parsed.at.cell(cell.column), IssueKind::DisagreeingCells, &shown(&cell.value), message);
            }
        }
    }

    /// The column that says that somebody works or is paid in another office than their own, and what that comes to. They may be
    /// excused for the first.
    fn elsewhere(
        &self,
        row: Row<'_>,
        layout: &Layout,
        parsed: &mut ParsedRow,
        log: &mut IssueLog,
    ) -> Option<(u32, &'d str)> {
        let own = self.table.roles.institution.and_then(|field| parsed.cell(field).text()).cloned();
        let offices = &self.dictionary.people.offices;
        let is_elsewhere = |cell: &RawCell<'_>| {
            let Raw::Text(text) = &cell.value else { return false };
            let is_none =
                self.dictionary.cells.says(text) == Says::Nothing || self.dictionary.remarks.asking.is_bare_no(text);
            !is_none && offices.is_elsewhere(text, own.as_deref())
        };
        let (cell, said) = row.cells.iter().find_map(|cell| {
            let of = self.at_work.iter().find(|(column, _)| *column == cell.column);
            of.filter(|_| is_elsewhere(cell)).map(|(_, said)| (cell, *said))
        })?;
        let (header, text) = (layout.header(cell.column), shown(&cell.value));
        if offices.excuses(said) {
            parsed.notes.away.get_or_insert_with(|| Box::new((cell.column, format!("{header}：{text}").into())));
            let message = format!(
                "“{header}”写的不是本人的单位，在不在岗不能确定，这个人不足的项目按“待核”处理；请认定是否豁免，就在本单位的请把“{header}”写成同一个单位"
            );
            log.report(parsed.at.cell(cell.column), IssueKind::ExcusedPerson, &text, message);
        }
        Some((cell.column, said))
    }

    /// Whether a cell holds a word that is none of those which a remark may say: 教研, and not 借用.
    fn is_word(&self, field: &Field, cell: &Cell) -> bool {
        let (Cell::Is(Value::Word(word)), Some(list)) = (cell, self.dictionary.words_of(field)) else { return false };
        may_be_denied(list.word(*word), field)
    }

    fn denies(&self, cell: &RawCell<'_>, field: &Field, layout: &Layout) -> bool {
        let Raw::Text(text) = &cell.value else { return false };
        let remarks = &self.dictionary.remarks;
        // 区教育局 below 借调单位 says that somebody is on loan.
        let is_said_by_header = || {
            let header = normalise(layout.header(cell.column));
            let is_none = self.dictionary.cells.says(text) == Says::Nothing || remarks.asking.is_bare_no(text);
            // When somebody will retire says nothing of today.
            let is_day = remarks.parts.says_retirement(&header) && says_day_only(&cell.value);
            remarks.parts.says_away(&header) && !is_none && !is_day && remarks.denies(&header, field)
        };
        denies(text, field)
            || (layout.field(cell.column).is_none() && is_said_by_header())
            || (self.is_remark(cell.column, text, layout) && self.dictionary.remarks.denies(text, field))
    }

    /// Whether a cell remarks on its row: of a column of remarks, of another flag or word, or a short text of a column that
    /// is not recognised.
    fn is_remark(&self, column: u32, text: &str, layout: &Layout) -> bool {
        if let Some(field) = layout.field(column) {
            return matches!(self.table.field(field).kind, FieldKind::Flag | FieldKind::Word(_));
        }
        let is_of = |columns: &[(u32, String)]| columns.iter().any(|(at, _)| *at == column);
        let is_unknown = layout.unused.iter().any(|unused| unused.column == column && !unused.is_useless);
        is_of(&layout.remarks) || (is_unknown && text.chars().nth(LONGEST).is_none())
    }

    /// Notes that who is not in post may be excused by it, as by a remark.
    fn excuse(&self, field: &Field, id: FieldId, own: u32, row: Row<'_>, parsed: &mut ParsedRow, log: &mut IssueLog) {
        let is_no = matches!(parsed.cell(id), Cell::Is(Value::Flag(false)) | Cell::Unreadable);
        let Some(cell) = row.cell(own).filter(|_| field.excuses && is_no) else {
            return;
        };
        // A bare no is what the rule asks about, and no reason.
        if matches!(&cell.value, Raw::Text(text) if self.dictionary.remarks.asking.is_bare_no(text))
            || matches!(cell.value, Raw::Flag(_))
        {
            return;
        }
        let at = parsed.at.cell(own);
        let word = format!("{}：{}", field.header, shown(&cell.value));
        let is_first = parsed.notes.away.is_none();
        parsed.notes.away.get_or_insert(Box::new((own, word.into())));
        if is_first && *parsed.cell(id) != Cell::Unreadable {
            let message = format!(
                "“{}”写着不在岗，这个人不足的项目按“待核”处理；请认定是否豁免，离岗的请填写离岗日期",
                field.header
            );
            log.report(at, IssueKind::ExcusedPerson, &shown(&cell.value), message);
        }
    }
}

/// Whether words of a remark may speak against a word: 教研, and not 借用.
fn may_be_denied(own: &str, field: &Field) -> bool {
    field.remarked_of.as_ref().is_none_or(|only| only == own)
        && !field.remarked.iter().any(|said| own.contains(said.as_str()))
}

/// Leaves open what a text denies of somebody: that they are in post, where it says that they are on loan.
pub(in crate::intake) fn contradict(cells: &mut [Cell], text: &str, dictionary: &Dictionary) {
    for (cell, field) in cells.iter_mut().zip(&dictionary.table(dictionary.schema.staff.table).fields) {
        let is_said = match cell {
            Cell::Is(Value::Flag(yes)) => *yes,
            Cell::Is(Value::Word(word)) => {
                dictionary.words_of(field).is_some_and(|list| may_be_denied(list.word(*word), field))
            }
            Cell::Is(_) | Cell::Blank | Cell::Absent | Cell::Unreadable => false,
        };
        if is_said && dictionary.remarks.denies(text, field) {
            *cell = Cell::Unreadable;
        }
    }
}
