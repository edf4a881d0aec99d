//! The remarks of a sheet: what stands in columns beside those of its table, and whether it denies the row or excuses the person.

use std::sync::Arc;

use rust_decimal::Decimal;
use sheets::{Raw, Row};

use super::column::{Holds, LONGEST, RemarkColumn, Said, text_of};
use super::holding::{columns, on_site};
use super::messages::{denial, excuse, part};
use super::times;
use super::told;
use super::unfilled::Unfilled;
use crate::dictionary::{Dictionary, FieldId, FieldKind, HeldBy, RowsAre, Table, TableId};
use crate::intake::cell::shown;
use crate::intake::issues::IssueLog;
use crate::intake::row::columns::TextNotes;
use crate::intake::row::notes::{LaterRemark, RowNotes};
use crate::intake::row::record::ParsedRow;
use crate::intake::sheet::{Layout, times_since, years_of};
use crate::model::{Cell, DateSpan, IssueKind, Value, WordId};

/// The columns of a sheet that hold remarks.
pub(in crate::intake::row) struct RemarkColumns<'d> {
    dictionary: &'d Dictionary,
    table: &'d Table,
    pub rows: RowsAre,
    is_of_staff: bool,
    /// Each with what its texts were found to say.
    columns: Vec<(RemarkColumn, TextNotes<Said>)>,
    /// Where the rows say what they are, and the words for what takes place in a school.
    on_site: Option<(FieldId, Vec<WordId>)>,
    unfilled: Option<Unfilled<'d>>,
}

impl<'d> RemarkColumns<'d> {
    pub(in crate::intake::row) fn new(layout: &Layout, id: TableId, dictionary: &'d Dictionary) -> RemarkColumns<'d> {
        let table = dictionary.table(id);
        let is_named = table.roles.name.is_some_and(|name| table.field(name).required);
        let rows = match is_named {
            _ if id == dictionary.schema.staff.table => RowsAre::People,
            true => RowsAre::Things,
            false if table.held => RowsAre::States,
            false => RowsAre::Events,
        };
        let on_site = on_site(table, dictionary);
        let columns = columns(layout, (id, table), (rows, on_site.is_some()), dictionary);
        let columns = columns.into_iter().map(|column| (column, TextNotes::new())).collect();
        let unfilled = Unfilled::of(layout, table, &dictionary.cells).filter(|_| rows == RowsAre::Events);
        let is_of_staff = id == dictionary.schema.staff.table;
        RemarkColumns { dictionary, table, rows, is_of_staff, columns, on_site, unfilled }
    }

    /// Reads a cell of one of the columns into the notes of its row; `known` is the place of its text among those of its column.
    /// Says what is to be told of it.
    pub(in crate::intake::row) fn read(
        &mut self,
        (place, raw, known): (u32, &Raw<'_>, Option<usize>),
        notes: &mut RowNotes,
    ) -> Option<(IssueKind, String)> {
        let (column, seen) = self.columns.iter_mut().find(|(column, _)| column.place == place)?;
        if self.is_of_staff {
            told::hear(column, raw, self.dictionary, notes);
        }
        if let Holds::Time(by) = column.holds {
            return read_time((place, by, &column.shown), raw, self.rows, notes);
        }
        let is_known = column.holds == Holds::Remarks;
        if times::read_day((place, column.begins), (&column.shown, self.rows), raw, self.dictionary, notes) {
            return None;
        }
        // It may hide that somebody is no officer.
        if column.holds == Holds::Post && matches!(raw, Raw::Error | Raw::NoValue) {
            notes.denied.get_or_insert(place);
            return Some((IssueKind::DeniedRow, denial(&column.shown, self.rows)));
        }
        let text = text_of(raw, column, self.rows)?;
        if is_known && self.rows == RowsAre::People {
            times::read_term(place, text, self.dictionary, notes);
        }
        if column.holds == Holds::Unknown && text.chars().nth(LONGEST).is_some() {
            return None;
        }
        let said = seen.of(text, known, || column.say(text, (self.rows, self.table), self.dictionary));
        let is_amiss = matches!(said, Said::Denial | Said::Excuse(_)) && !self.dictionary.remarks.parts.says_come(text);
        if is_known && self.table.at_one_time && !is_amiss {
            times::read_since(place, text, self.dictionary, notes);
            if self.dictionary.table(self.dictionary.schema.institutions.table).id == self.table.id {
                times::read_figures(place, text, self.dictionary, notes);
            }
        }
        if matches!(said, Said::Excuse(_)) && self.rows == RowsAre::People {
            let times = times_since(text, self.dictionary.remarks.parts.is_short_leave(text));
            if !times.is_empty() {
                notes.beside.get_or_insert_default().away_in = times;
            }
        }
        noted(said, (place, column), self.rows, notes)
    }

    /// Settles what depends on the other cells of the row.
    pub(in crate::intake::row) fn settle(&self, row: Row<'_>, parsed: &mut ParsedRow, log: &mut IssueLog) {
        if let Some(unfilled) = &self.unfilled {
            // A plan or a report may be told by its date and its kind alone.
            let prepared = || unfilled.prepared(row).filter(|_| self.is_on_site(parsed, false) == Some(true));
            if let Some((place, message)) = unfilled.unticked(row).or_else(prepared) {
                deny((place, ""), message, parsed, log);
            }
        }
        for (place, remark) in std::mem::take(&mut parsed.notes.later) {
            match remark {
                LaterRemark::Remote => self.settle_remote(place, parsed, log),
                // Whatever was of schools was there; else it may have been anywhere.
                LaterRemark::AnySchools if self.is_on_site(parsed, false) == Some(false) => {
                    parsed.notes.beside.get_or_insert_default().afar = Some(place);
                }
                LaterRemark::AnySchools => {}
                LaterRemark::Partners => parsed.notes.beside.get_or_insert_default().partners = Some(place),
                LaterRemark::HalfDay => self.settle_half_day(place, "半天", parsed, log),
                LaterRemark::PartOfDay => self.settle_part_of_day(place, parsed, log),
                LaterRemark::OfYears(first, last) => {
                    let said = row.value(place).map(shown).unwrap_or_default();
                    self.settle_years((place, &said), (first, last), parsed, log);
                }
                LaterRemark::Arrived(text) => self.settle_arrival(place, &text, parsed, log),
            }
        }
    }

    /// Whether a row tells of what takes place in a school, and `otherwise` where it does not say one kind. `None` for a table that
    /// says nothing of that.
    fn is_on_site(&self, parsed: &ParsedRow, otherwise: bool) -> Option<bool> {
        let (kind, words) = self.on_site.as_ref()?;
        Some(match parsed.cell(*kind) {
            Cell::Is(Value::Word(word)) => words.contains(word),
            Cell::Is(_) | Cell::Blank | Cell::Absent | Cell::Unreadable => otherwise,
        })
    }

    /// A row of what takes place in a school may not count where a cell says that nobody went there.
    fn settle_remote(&self, place: u32, parsed: &mut ParsedRow, log: &mut IssueLog) {
        let Some(is_on_site) = self.is_on_site(parsed, true) else { return };
        if !is_on_site {
            // It may be asked of lessons that they were given in a school.
            parsed.notes.beside.get_or_insert_default().afar = Some(place);
            return;
        }
        let header = self.header(place);
        let message = format!(
            "“{header}”写的是线上、不是学校的地方，或者是去学习、自己上课，算不算到校不能确定，按“可能算、也可能不算”处理；到了学校的请写明学校，没有到校的请删去这一行"
        );
        deny((place, ""), message, parsed, log);
    }

    /// A day that a remark says was half of one is between the two.
    fn settle_half_day(&self, place: u32, said: &str, parsed: &mut ParsedRow, log: &mut IssueLog) {
        let Some(field) = self.table.roles.days else { return };
        let days = match parsed.cell(field) {
            Cell::Is(Value::Number(days)) => *days,
            Cell::Blank => Decimal::ONE,
            Cell::Is(_) | Cell::Absent | Cell::Unreadable => return,
        };
        let half = Decimal::new(5, 1);
        if days <= half {
            return;
        }
        parsed.cells[field.index()] = Cell::Is(Value::Between { low: half, high: Some(days) });
        let (header, own) = (self.header(place), &self.table.field(field).header);
        let message = format!("“{header}”写着{said}，与“{own}”不一致，按半天到{days}天之间处理；请核对后改成一致");
        log.report(parsed.at.cell(place), IssueKind::DisagreeingCells, "", message);
    }

    /// Where the days are not filled in, a morning may be half of one.
    fn settle_part_of_day(&self, place: u32, parsed: &mut ParsedRow, log: &mut IssueLog) {
        if self.table.roles.days.is_some_and(|days| parsed.cell(days).is_blank()) {
            self.settle_half_day(place, "上午或者下午", parsed, log);
        }
    }

    /// A row of another year than a remark says it is of may not count.
    fn settle_years(
        &self,
        (place, said): (u32, &str),
        (first, last): (i16, i16),
        parsed: &mut ParsedRow,
        log: &mut IssueLog,
    ) {
        let Some((from, to)) = self.years_of(parsed) else { return };
        if first <= to && from <= last {
            return;
        }
        let header = self.header(place);
        let message = format!(
            "“{header}”写的年份与日期不是同一年，算在哪一年不能确定，按“可能算、也可能不算”处理；请核对后改成一致"
        );
        deny((place, said), message, parsed, log);
    }

    /// The first and the last year of a row: of its dates, or that of its figure.
    fn years_of(&self, parsed: &ParsedRow) -> Option<(i16, i16)> {
        let roles = &self.table.roles;
        if let Some(from) = roles.beginning().and_then(|field| parsed.cell(field).date()) {
            let to = roles.end.and_then(|field| parsed.cell(field).date()).unwrap_or(from);
            return Some((from.first.year(), from.last.year().max(to.last.year())));
        }
        match self.table.field_of_kind(FieldKind::Year).map(|year| parsed.cell(year)) {
            Some(Cell::Is(Value::Year { first, last })) => Some((first.year(), last.year())),
            Some(_) | None => None,
        }
    }

    /// Somebody who came, it is not known when, or in another year than they are in post, may be excused for the time before.
    fn settle_arrival(&self, place: u32, text: &Arc<str>, parsed: &mut ParsedRow, log: &mut IssueLog) {
        let start = self.table.roles.start.and_then(|field| parsed.cell(field).date());
        let is_of =
            |start: DateSpan| years_of(text).is_none_or(|(first, last)| start.first <= last && first <= start.last);
        if start.is_some_and(is_of) {
            return;
        }
        parsed.notes.away.get_or_insert(Box::new((place, text.clone())));
        let header = self.header(place);
        let message = format!(
            "“{header}”写着什么时候来的，与任职的日期不是同一年，或者没有填任职的日期，这个人不足的项目按“待核”处理；请填写、改正任职的日期，或改写“{header}”"
        );
        log.report(parsed.at.cell(place), IssueKind::ExcusedPerson, text, message);
    }

    fn header(&self, place: u32) -> &str {
        let mut columns = self.columns.iter().map(|(column, _)| column);
        columns.find(|column| column.place == place).map_or("表名或标题", |column| column.shown.as_str())
    }
}

/// Takes what a text said into the notes of its row. Says what is to be told of it.
fn noted(
    said: &Said,
    (place, column): (u32, &RemarkColumn),
    rows: RowsAre,
    notes: &mut RowNotes,
) -> Option<(IssueKind, String)> {
    match said {
        Said::Nothing => None,
        Said::Later(remark) => {
            notes.later.push((place, remark.clone()));
            None
        }
        Said::Denial => {
            notes.denied.get_or_insert(place);
            let is_part = column.holds == Holds::Part && rows == RowsAre::States;
            let message = if is_part { part(&column.shown) } else { denial(&column.shown, rows) };
            Some((IssueKind::DeniedRow, message))
        }
        Said::Excuse(word) => {
            notes.away.get_or_insert(Box::new((place, word.clone())));
            Some((IssueKind::ExcusedPerson, excuse(&column.shown)))
        }
    }
}

/// Takes for which time a row holds, or in which year it counts, into its notes.
fn read_time(
    (place, by, shown): (u32, HeldBy, &str),
    raw: &Raw<'_>,
    rows: RowsAre,
    notes: &mut RowNotes,
) -> Option<(IssueKind, String)> {
    if rows == RowsAre::Events {
        let year = times::year_of(raw, shown);
        notes.later.extend(year.map(|(first, last)| (place, LaterRemark::OfYears(first, last))));
        return None;
    }
    let is_told = times::read((place, by, shown), raw, notes);
    (!is_told).then(|| (IssueKind::DeniedRow, part(shown)))
}

/// Makes a row possible by what a column says, unless something else has.
fn deny((place, said): (u32, &str), message: String, parsed: &mut ParsedRow, log: &mut IssueLog) {
    if parsed.notes.denied.is_none() {
        parsed.notes.denied = Some(place);
        log.report(parsed.at.cell(place), IssueKind::DeniedRow, said, message);
    }
}
