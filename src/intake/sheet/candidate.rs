//! A header of a sheet as that of one table: which columns would be its fields, and how well that fits.

use std::collections::BTreeMap;

use super::given::given;
use super::header::{HeaderBlock, HeaderCell, Parted};
use super::layout::{HeaderError, Layout, UnusedColumn};
use super::matching::{Claim, HeaderMeaning, KnownHeaders, has_own_unit, is_excepted};
use super::probe::Probe;
use crate::dictionary::{FieldId, Table, TableId, normalise};
use crate::model::{WordId, column_letters};

/// How many columns are searched for a header that is nearly a missing one.
const ASKED: usize = 300;

pub(super) fn candidates<'p>(
    blocks: &'p [HeaderBlock],
    (sheet, titles): (&str, &[(u32, String)]),
    wanted: Option<TableId>,
    headers: &KnownHeaders<'_>,
) -> Vec<TableCandidate<'p>> {
    let mut candidates = Vec::new();
    for (place, table) in headers.dictionary.tables.iter().enumerate() {
        let id = TableId::from(place);
        let named = if wanted.is_some() { wanted == Some(id) } else { is_named(table, sheet) };
        if wanted.is_none_or(|wanted| wanted == id) {
            let of = |block| {
                let given = given(table, sheet, titles, block);
                TableCandidate::of(id, table, block, (named, given), headers)
            };
            candidates.extend(blocks.iter().map(of));
        }
    }
    candidates
}

pub(super) struct TableCandidate<'p> {
    pub table: TableId,
    pub block: &'p HeaderBlock,
    named: bool,
    /// The word that all rows have, whatever a column of the field says.
    given: Option<(FieldId, WordId)>,
    /// Nothing is missing, and more than one field is there where the sheet is not called like the table.
    pub is_whole: bool,
    /// The columns of each field, each with how surely it is.
    matches: BTreeMap<FieldId, Vec<(Claim, u32)>>,
    unwanted: Vec<u32>,
    wishes: Vec<usize>,
    pub missing: Vec<FieldId>,
    /// Headers that are nearly a missing field. Looked for only if no table is whole.
    pub near: Vec<(&'p HeaderCell, Vec<FieldId>)>,
}

impl<'p> TableCandidate<'p> {
    fn of(
        id: TableId,
        table: &Table,
        block: &'p HeaderBlock,
        (named, given): (bool, Option<(FieldId, WordId)>),
        headers: &KnownHeaders<'_>,
    ) -> TableCandidate<'p> {
        let mut matches: BTreeMap<FieldId, Vec<(Claim, u32)>> = BTreeMap::new();
        let (mut unwanted, mut wishes) = (Vec::new(), Vec::new());
        for cell in &block.cells {
            let (found, wish) = headers.named(id, cell);
            wishes.extend(wish);
            match found {
                HeaderMeaning::Field(field, claim) => matches.entry(field).or_default().push((claim, cell.column)),
                HeaderMeaning::Unwanted => unwanted.push(cell.column),
                HeaderMeaning::Nothing => {}
            }
        }
        let free = free(table, |field| matches.contains_key(&field));
        let is_missing = |field: &FieldId| table.field(*field).required && given.is_none_or(|(of, _)| of != *field);
        let missing: Vec<FieldId> = free.into_iter().filter(is_missing).collect();
        let is_whole = missing.is_empty() && (named || matches.len() >= 2);
        TableCandidate {
            table: id,
            block,
            named,
            given,
            is_whole,
            matches,
            unwanted,
            wishes,
            missing,
            near: Vec::new(),
        }
    }

    /// Adds the headers that no field takes and that are nearly a missing one.
    pub(super) fn with_near(mut self, headers: &KnownHeaders<'_>) -> TableCandidate<'p> {
        if self.named || !self.matches.is_empty() {
            let free = self.block.cells.iter().take(ASKED).filter(|cell| !self.is_used(cell.column));
            let near = free.map(|cell| (cell, near(headers, self.table, cell, &self.missing)));
            self.near = near.filter(|(_, fields)| !fields.is_empty()).collect();
        }
        self
    }

    fn is_used(&self, column: u32) -> bool {
        self.unwanted.contains(&column) || self.field_of(column).is_some()
    }

    fn field_of(&self, column: u32) -> Option<FieldId> {
        let of = |(_, claims): &(&FieldId, &Vec<(Claim, u32)>)| claims.iter().any(|(_, at)| *at == column);
        self.matches.iter().find(of).map(|(field, _)| *field)
    }

    /// Standard headers weigh more than others, and the sheet's own name more than one header. Proven blocks win a tie.
    pub(super) fn score(&self) -> (u32, bool) {
        let weight = |columns: &Vec<(Claim, u32)>| match columns.iter().map(|(claim, _)| *claim).max() {
            Some(Claim::Standard | Claim::Path | Claim::Wish) => 5,
            Some(Claim::Loose) | None => 4,
        };
        let fields: u32 = self.matches.values().map(weight).sum();
        (fields + if self.named { 7 } else { 0 }, self.block.proven)
    }

    /// Whether it is near enough to a table to be named.
    pub(super) fn is_near(&self) -> bool {
        let (found, nearly) = (self.matches.len(), self.near.len());
        !self.missing.is_empty() && (found >= 2 || (found + nearly >= 1 && self.named) || (found >= 1 && nearly >= 1))
    }

    /// Of rows that are as near, those are named that part groups.
    pub(super) fn nearness(&self) -> (bool, i64, bool) {
        let (fields, _) = self.score();
        let is_grouped = self.block.cells.iter().any(|cell| cell.parts.len() > 1);
        let lacking = |field: &&FieldId| !self.near.iter().any(|(_, fields)| fields.contains(field));
        let lacking = i64::try_from(self.missing.iter().filter(lacking).count()).unwrap_or(i64::MAX);
        (self.named, i64::from(fields) - lacking.saturating_mul(4), is_grouped)
    }

    /// The layout; `probe` has the first rows, which show what stands in the columns.
    pub(super) fn layout(&self, headers: &KnownHeaders<'_>, probe: &Probe) -> Result<Layout, HeaderError> {
        let table = headers.dictionary.table(self.table);
        let mut columns = self.columns(table)?;
        // What its own column says is of something else: the kind of the lesson that was observed.
        let other = self.given.and_then(|(field, _)| columns[field.index()].take());
        let (mut read, mut unwanted, mut unused, mut remarks) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut may_be: Vec<FieldId> = Vec::new();
        for cell in &self.block.cells {
            if columns.contains(&Some(cell.column)) {
                read.push((cell.column, cell.shown()));
            } else if self.unwanted.contains(&cell.column) {
                unwanted.push((cell.column, cell.shown()));
            } else if other == Some(cell.column)
                || !cell.is_remark() && headers.dictionary.remarks.is_header(&cell.leaf().normal)
            {
                remarks.push((cell.column, cell.shown()));
            } else {
                let (column, fields) = self.unused(cell, headers, &columns, probe);
                unused.push(column);
                may_be.extend(fields);
            }
        }
        let levels = |cell: &HeaderCell| cell.parts.iter().map(|part| part.text.clone()).collect();
        Ok(Layout {
            table: self.table,
            header_top: self.block.top,
            header_row: self.block.row,
            columns,
            unused,
            may_be,
            unwanted,
            given: self.given,
            overruled: other,
            remarks,
            read,
            wishes: self.wishes.clone(),
            headers: self.block.cells.iter().map(|cell| (cell.column, levels(cell))).collect(),
        })
    }

    /// The column of each field: of those that claim it the surest.
    fn columns(&self, table: &Table) -> Result<Vec<Option<u32>>, HeaderError> {
        let mut columns = vec![None; table.fields.len()];
        for (field, claims) in &self.matches {
            let surest = claims.iter().map(|(claim, _)| *claim).max();
            let named: Vec<u32> =
                claims.iter().filter(|(claim, _)| Some(*claim) == surest).map(|(_, column)| *column).collect();
            if let [first, second, ..] = named.as_slice() {
                return Err(self.twice(*first, *second, &table.field(*field).header));
            }
            columns[field.index()] = named.first().copied();
        }
        Ok(columns)
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
        let mut may_be = near(headers, self.table, cell, &free);
        if may_be.is_empty() {
            let has_unit = |field: &&FieldId| has_own_unit(table.field(**field), &cell.leaf().text);
            may_be = free.iter().filter(has_unit).copied().collect();
        }
        if may_be.is_empty() && !is_useless && self.field_of(cell.column).is_none() {
            let fits =
                |field: &FieldId| probe.fits(self.block.row, cell.column, table.field(*field), headers.dictionary);
            may_be = free.into_iter().filter(fits).collect();
        }
        let near = may_be.iter().map(|field| header(*field)).collect();
        let taken = |field: FieldId| Some((header(field), columns.get(field.index()).copied().flatten()?));
        let rival = self.field_of(cell.column).and_then(taken);
        (UnusedColumn { column: cell.column, header: cell.shown(), is_useless, near, rival }, may_be)
    }

    fn twice(&self, first: u32, second: u32, field: &str) -> HeaderError {
        let named = |column: u32| {
            let header = self.block.cells.iter().find(|cell| cell.column == column).map(HeaderCell::shown);
            format!("{}列“{}”", column_letters(column), header.unwrap_or_default()).into()
        };
        HeaderError { row: self.block.row, first: named(first), second: named(second), field: field.to_string() }
    }
}

fn is_named(table: &Table, sheet: &str) -> bool {
    let sheet = normalise(sheet);
    std::iter::once(&table.sheet).chain(&table.also).any(|name| sheet.contains(&normalise(name)))
}

/// How near a header is to a name of a field; the least is the nearest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Nearness {
    /// The name itself, which something else speaks against.
    Same,
    OneOff,
    /// The name stands within the header; so many characters are left over.
    Within(usize),
}

/// The fields of a table, among those that have no column yet, that a header nearly is: at most two.
fn near(headers: &KnownHeaders<'_>, id: TableId, cell: &HeaderCell, free: &[FieldId]) -> Vec<FieldId> {
    let table = headers.dictionary.table(id);
    let normal = cell.leaf().normal.as_str();
    if cell.is_remark() || cell.parted != Parted::No || normal.chars().count() < 2 {
        return Vec::new();
    }
    // What is known for something else is no slip of the pen.
    let is_known = headers.known.contains(normal);
    let rank = |field: &FieldId| {
        let is_perhaps = table.field(*field).perhaps.iter().any(|name| normalise(name) == normal);
        if is_perhaps {
            return Some((Nearness::Same, *field));
        }
        let nearness = headers.names(id, *field).iter().filter_map(|name| nearness(name, normal)).min()?;
        let allowed = nearness == Nearness::Same || !is_known;
        (allowed && !is_excepted(table.field(*field), cell)).then_some((nearness, *field))
    };
    let ranked: Vec<(Nearness, FieldId)> = free.iter().filter_map(rank).collect();
    let Some(best) = ranked.iter().map(|(nearness, _)| *nearness).min() else { return Vec::new() };
    let nearest = || ranked.iter().filter(|(nearness, _)| *nearness == best).map(|(_, field)| *field);
    // A column that the sheet cannot do without is likelier than one that it can.
    let required: Vec<FieldId> = nearest().filter(|field| table.field(*field).required).collect();
    let chosen = if required.is_empty() { nearest().collect() } else { required };
    if chosen.len() > 2 { Vec::new() } else { chosen }
}

fn free(table: &Table, is_taken: impl Fn(FieldId) -> bool) -> Vec<FieldId> {
    (0..).map(FieldId).take(table.fields.len()).filter(|field| !is_taken(*field)).collect()
}

fn nearness(name: &str, normal: &str) -> Option<Nearness> {
    let (length, own) = (name.chars().count(), normal.chars().count());
    if name == normal {
        Some(Nearness::Same)
    } else if length < 2 {
        None
    } else if length.abs_diff(own) <= 1 && strsim::damerau_levenshtein(name, normal) == 1 {
        Some(Nearness::OneOff)
    } else if normal.contains(name) {
        Some(Nearness::Within(own - length))
    } else {
        None
    }
}
