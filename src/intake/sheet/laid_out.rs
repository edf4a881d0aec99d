//! A candidate that is taken: the layout of its sheet.

use super::apart::{column_of_each, is_perhaps};
use super::candidate::{TableCandidate, free};
use super::given::{contradicts, giver, is_giver};
use super::header::HeaderCell;
use super::layout::{ClaimedField, HeaderError, Layout, OtherNames, UnusedColumn, UsedColumns};
use super::matching::{Claim, KnownHeaders, has_own_unit};
use super::naming::LONGEST_TITLE;
use super::nearness::{is_filed, near};
use super::probe::Probe;
use crate::dictionary::{FieldId, FieldKind, HeldBy, Table, spelt};
use crate::model::WordId;

/// Whether a header of amounts holds the name of another amount of the table: 评课节数 is no 天数.
fn says_another(table: &Table, cell: &HeaderCell, own: &str) -> bool {
    let normal = cell.leaf().normal.as_str();
    let amounts = table.fields.iter().filter(|field| field.kind == FieldKind::Number && field.header != own);
    amounts.into_iter().any(|field| normal.contains(field.header.as_str()))
}

/// The columns of a sheet by what becomes of them.
#[derive(Default)]
struct SortedColumns {
    read: Vec<(u32, String)>,
    unwanted: Vec<(u32, String)>,
    remarks: Vec<(u32, String)>,
    unused: Vec<UnusedColumn>,
    /// The fields that those which are not read may be.
    may_be: Vec<FieldId>,
}

impl TableCandidate<'_> {
    /// The layout; `probe` has the first rows, which show what stands in the columns.
    pub(super) fn layout(&self, headers: &KnownHeaders<'_>, probe: &Probe) -> Result<Layout, HeaderError> {
        let table = headers.dictionary.table(self.table);
        let columns = column_of_each(&self.matches, table, self.block, (headers, probe))?;
        let observed = self.is_observed(&columns, table, probe, headers);
        let given = self.named.given.filter(|_| !observed);
        let other_names = self.other_names(table, &columns, headers);
        let giver = self.giver(table, &columns, given);
        let told = giver.into_iter().chain(other_names.columns()).collect();
        let SortedColumns { read, unwanted, remarks, unused, may_be } = self.sorted(&columns, told, (headers, probe));
        let used = self.used(&remarks, &unused, headers, probe);
        Ok(Layout {
            table: self.table,
            header_top: self.block.top,
            header_row: self.block.row,
            unused,
            unwanted,
            given,
            one_of: self.named.one_of.clone().filter(|(field, _)| !may_be.contains(field)),
            may_be,
            giver,
            other_names,
            observed,
            own_kinds: self.has_own_kinds(),
            used,
            titles: self.titles(probe),
            owner: None,
            remarks,
            read,
            words: headers.columns.answers.of_table(table, headers.dictionary),
            untyped: false,
            summed: None,
            adjoining: self.block.adjoining.clone().map(Box::new),
            wishes: self.wishes.clone(),
            headers: self.block.cells.iter().map(|cell| (cell.column, cell.levels())).collect(),
            columns,
        })
    }

    /// `told` are those that are read as remarks on their rows.
    fn sorted(
        &self,
        columns: &[Option<u32>],
        told: Vec<u32>,
        (headers, probe): (&KnownHeaders<'_>, &Probe),
    ) -> SortedColumns {
        let mut sorted = SortedColumns::default();
        for cell in &self.block.cells {
            let is_named = || headers.dictionary.remarks.is_header(&cell.leaf().normal);
            let is_remark = || !cell.is_remark() && is_named() && !self.is_of_amount(cell, headers);
            let shown = (cell.column, cell.shown());
            if columns.contains(&Some(cell.column)) {
                sorted.read.push(shown);
            } else if self.unwanted.contains(&cell.column) {
                sorted.unwanted.push(shown);
            } else if told.contains(&cell.column) || is_remark() || self.is_heard(cell, (headers, probe)) {
                sorted.remarks.push(shown);
            } else {
                let (column, fields) = self.unused(cell, headers, columns, probe);
                sorted.unused.push(column);
                sorted.may_be.extend(fields);
            }
        }
        sorted
    }

    /// Whether a column holds what was or was not done of an amount of the table: 未完成学时, 实际出勤学时.
    fn is_of_amount(&self, cell: &HeaderCell, headers: &KnownHeaders<'_>) -> bool {
        let (cells, header) = (&headers.dictionary.cells, &cell.leaf().normal);
        let Some(rest) = cells.without_lacking(header).or_else(|| cells.without_weighed(header)) else { return false };
        let fields = (0..).map(FieldId).zip(&headers.dictionary.table(self.table).fields);
        let mut amounts = fields.filter(|(_, field)| field.kind == FieldKind::Number);
        amounts.any(|(field, _)| headers.names(self.table, field).iter().any(|name| name == rest))
    }

    fn used(
        &self,
        remarks: &[(u32, String)],
        unused: &[UnusedColumn],
        headers: &KnownHeaders<'_>,
        probe: &Probe,
    ) -> UsedColumns {
        let (asking, header) = (&headers.dictionary.remarks.asking, self.block.row);
        let is_unread = |column: &u32| {
            remarks.iter().any(|(at, _)| at == column) || unused.iter().any(|unused| unused.column == *column)
        };
        let is_ticked = |cell: &&HeaderCell| {
            let normal = &cell.leaf().normal;
            asking.is_ticks(normal) && probe.any_below(header, cell.column, |text| asking.is_tick(normal, text))
        };
        let cells = || self.block.cells.iter();
        let filled = cells().map(|cell| cell.column).filter(|column| !probe.is_empty_below(header, *column)).collect();
        let mostly = cells().map(|cell| cell.column).filter(|column| probe.is_mostly_filled(header, *column)).collect();
        let ticked = cells().filter(|cell| is_unread(&cell.column)).filter(is_ticked).map(|cell| cell.column).collect();
        let parts = &headers.dictionary.remarks.parts;
        let is_batch = |cell: &&HeaderCell| {
            parts.held_by(&cell.leaf().normal) == Some(HeldBy::Year)
                && probe.any_below(header, cell.column, |text| parts.is_first_batch(text))
                && !probe.any_below(header, cell.column, |text| !parts.is_first_batch(text))
        };
        let first_batch = cells().filter(is_batch).map(|cell| cell.column).collect();
        let is_state =
            |cell: &&HeaderCell| asking.says_state(&cell.leaf().normal) && probe.may_hold_numbers(header, cell.column);
        let states = cells().filter(is_state).map(|cell| cell.column).collect();
        UsedColumns { filled, mostly, ticked, first_batch, states, coded: Vec::new() }
    }

    /// Whether a column says who is away, or for which time its rows hold: 借调单位, 聘期, 学年. One that may be the end itself is asked
    /// about: 退出现职日期.
    fn is_heard(&self, cell: &HeaderCell, (headers, probe): (&KnownHeaders<'_>, &Probe)) -> bool {
        let (dictionary, header) = (headers.dictionary, &cell.leaf().normal);
        let (table, parts) = (dictionary.table(self.table), &dictionary.remarks.parts);
        let is_of_staff = self.table == dictionary.schema.staff.table;
        let holds = || match parts.held_by(header) {
            Some(HeldBy::End) => table.roles.end.is_none(),
            Some(HeldBy::Since) => self.is_appointed(cell, headers),
            Some(HeldBy::Begin | HeldBy::Term | HeldBy::Year) => true,
            None => false,
        };
        let is_asked = |field: &FieldId| table.field(*field).kind == FieldKind::Date;
        let may_be_end = || {
            let free = free(table, |field| self.matches.contains_key(&field));
            near(headers, self.table, (cell, self.block.row), &free, probe).iter().any(is_asked)
        };
        (is_of_staff && parts.says_away(header) && !may_be_end()) || table.at_one_time && holds()
    }

    /// Whether a column says when somebody was appointed: not to what stands to its left, and where it is not asked whether it is
    /// since when they are there.
    fn is_appointed(&self, cell: &HeaderCell, headers: &KnownHeaders<'_>) -> bool {
        let dictionary = headers.dictionary;
        let left = cell.column.checked_sub(1);
        let left = self.block.cells.iter().find(|other| Some(other.column) == left);
        let is_of_left = left.is_some_and(|left| dictionary.remarks.parts.is_appointed_to(&left.leaf().normal));
        let has_start = || {
            let start = dictionary.table(self.table).roles.start;
            start.is_none_or(|start| self.matches.contains_key(&start))
        };
        !is_of_left && (headers.is_useless(cell) || has_start())
    }

    /// The column of who gave lessons. `None` where all rows are those of others anyhow.
    fn giver(&self, table: &Table, columns: &[Option<u32>], given: Option<(FieldId, WordId)>) -> Option<u32> {
        giver(table, self.block)
            .filter(|column| given.is_none() && !columns.contains(&Some(*column)) && !self.unwanted.contains(column))
    }

    fn other_names(&self, table: &Table, columns: &[Option<u32>], headers: &KnownHeaders<'_>) -> OtherNames {
        let is_free = |column: &u32| !self.unwanted.contains(column) && !columns.contains(&Some(*column));
        let claims = table.field_of_kind(FieldKind::People).and_then(|names| self.matches.get(&names));
        let rival = claims.into_iter().flatten().map(|(_, column)| *column).find(is_free);
        let is_companions = |cell: &&HeaderCell| table.companions.contains(&cell.leaf().normal);
        let companions =
            self.block.cells.iter().filter(is_companions).map(|cell| cell.column).filter(is_free).collect();
        let says_speaker =
            |cell: &&HeaderCell| table.speakers.iter().any(|word| cell.leaf().normal.contains(word.as_str()));
        let speakers = self.block.cells.iter().filter(says_speaker).map(|cell| cell.column).filter(is_free).collect();
        let words = &headers.dictionary.remarks.attendance;
        let names_people = !table.held && table.field_of_kind(FieldKind::People).is_some();
        let attendance = self.block.cells.iter().filter(|cell| names_people && is_free(&cell.column));
        let attendance =
            attendance.filter_map(|cell| Some((cell.column, words.of_header(&cell.leaf().normal)?))).collect();
        OtherNames { rival, companions, speakers, attendance }
    }

    /// Whether what its column says of its rows contradicts the word that they are said to have.
    fn is_observed(&self, columns: &[Option<u32>], table: &Table, probe: &Probe, headers: &KnownHeaders<'_>) -> bool {
        let own = self.named.given.and_then(|(field, _)| columns[field.index()]);
        own.is_some_and(|column| contradicts(table, (self.block.row, column), probe, headers))
    }

    fn has_own_kinds(&self) -> bool {
        let claims = self.named.given.and_then(|(field, _)| self.matches.get(&field));
        claims.into_iter().flatten().any(|(claim, _)| *claim == Claim::Wish)
    }

    fn titles(&self, probe: &Probe) -> Vec<String> {
        let above = probe.titles().into_iter().filter(|(row, _)| *row < self.block.top);
        above.map(|(_, title)| title).filter(|title| title.chars().count() <= LONGEST_TITLE).collect()
    }

    /// Whether the header of a column says that its amounts were done, in its brackets or groups too: 节数（实际）.
    fn is_done(&self, column: u32, headers: &KnownHeaders<'_>) -> bool {
        let cell = self.block.cells.iter().find(|cell| cell.column == column);
        let mut parts = cell.into_iter().flat_map(|cell| &cell.parts);
        parts.any(|part| headers.dictionary.cells.without_done(&spelt(&part.text)).is_some())
    }

    /// The field that a column might be, were the one that is read not there.
    fn claimed(&self, cell: &HeaderCell, columns: &[Option<u32>], headers: &KnownHeaders<'_>) -> Option<ClaimedField> {
        let field = self.field_of(cell.column)?;
        let column = columns.get(field.index()).copied().flatten()?;
        let table = headers.dictionary.table(self.table);
        let of = table.field(field);
        let claim = |at: u32| self.matches.get(&field)?.iter().find(|(_, of)| *of == at).map(|(claim, _)| *claim);
        let begins = table.roles.date.is_some() && table.roles.beginning() == Some(field);
        let is_elsewhere = self.table == headers.dictionary.schema.staff.table
            && headers.dictionary.people.offices.said_elsewhere(&cell.leaf().normal).is_some();
        let is_of_office = of.kind == FieldKind::Institution;
        // A remark says it of somebody who works elsewhere.
        let compared = match is_perhaps(of, self.block, cell.column) || is_of_office && is_elsewhere {
            // What the office itself calls so goes before another that does not say that it was done: 实际节数 beside 节数.
            _ if of.kind == FieldKind::Number => !self.is_done(column, headers) || self.is_done(cell.column, headers),
            _ if of.kind == FieldKind::People => true,
            true => false,
            false => is_of_office || begins || claim(cell.column) == claim(column),
        };
        Some(ClaimedField { header: of.header.clone(), column, compared })
    }

    /// A column that is not read, and the fields that it may be: those that its header nearly is, else those that its cells
    /// fit.
    fn unused(
        &self,
        cell: &HeaderCell,
        headers: &KnownHeaders<'_>,
        columns: &[Option<u32>],
        probe: &Probe,
    ) -> (UnusedColumn, Vec<FieldId>) {
        let table = headers.dictionary.table(self.table);
        let header = |field: FieldId| table.field(field).header.clone();
        let free = free(table, |field| self.matches.contains_key(&field));
        let is_useless = headers.is_useless(cell);
        let mut may_be = near(headers, self.table, (cell, self.block.row), &free, probe);
        if may_be.is_empty() {
            let has_unit =
                |field: &&FieldId| has_own_unit(table.field(**field), &cell.leaf().text) && !headers.is_planned(cell);
            may_be = free.iter().filter(has_unit).copied().collect();
        }
        // What may be one field is no other: 参加工作时间, beside 从教日期.
        let is_perhaps = || table.fields.iter().any(|field| field.perhaps.contains(&cell.leaf().normal));
        if may_be.is_empty() && !is_useless && self.field_of(cell.column).is_none() && !is_perhaps() {
            let fits = |field: &FieldId| {
                let field = table.field(*field);
                let is_planned = field.kind == FieldKind::Number && headers.is_planned(cell);
                let is_others = field.kind == FieldKind::Number && says_another(table, cell, &field.header);
                let is_else = field.no_cells.iter().any(|part| cell.leaf().normal.contains(part.as_str()));
                !is_planned
                    && !is_others
                    && !is_else
                    && probe.fits(self.block.row, cell.column, field, headers.dictionary)
            };
            may_be = free.into_iter().filter(fits).collect();
        }
        let start = table.roles.beginning().and_then(|start| *columns.get(start.index())?);
        let is_no_end = |start| probe.is_no_end(self.block.row, (start, cell.column), !table.held);
        if start.is_some_and(is_no_end) {
            may_be.retain(|field| table.roles.end != Some(*field));
        }
        may_be.retain(|field| !is_filed(table, *field, (cell, self.block), headers.dictionary));
        if is_giver(table, cell) {
            may_be.retain(|field| table.field(*field).kind != FieldKind::People);
        }
        let near = may_be.iter().map(|field| header(*field)).collect();
        let rival = self.claimed(cell, columns, headers);
        (UnusedColumn { column: cell.column, header: cell.shown(), is_useless, near, rival }, may_be)
    }
}
