//! A header of a sheet as that of one table: which columns would be its fields, and how well that fits.

use std::collections::BTreeMap;

use super::apart::tell_apart;
use super::given::{NamedRows, contradicts, giver, is_giver};
use super::header::{HeaderBlock, HeaderCell};
use super::layout::{HeaderError, Layout, OtherNames, UnusedColumn};
use super::matching::{Claim, HeaderMeaning, KnownHeaders, has_own_unit};
use super::naming::{CalledBy, Hint, LONGEST_TITLE, SaidNames};
use super::nearness::near;
use super::probe::Probe;
use crate::dictionary::{Field, FieldId, FieldKind, Table, TableId, Tells};
use crate::model::{WordId, column_letters};

/// How many columns are searched for a header that is nearly a missing one.
const ASKED: usize = 300;

pub(super) fn candidates<'p>(
    blocks: &'p [HeaderBlock],
    (said, (file, sheet), titles): (&SaidNames, (&str, &str), &[(u32, String)]),
    wanted: Option<TableId>,
    (headers, probe): (&KnownHeaders<'_>, &Probe),
) -> Vec<TableCandidate<'p>> {
    let mut candidates = Vec::new();
    for (place, table) in headers.dictionary.tables.iter().enumerate() {
        let id = TableId::from(place);
        let called = if wanted == Some(id) { CalledBy::Own } else { said.called(id) };
        let is_hinted = called != CalledBy::No || said.hint(id) == Hint::Word;
        if wanted.is_none_or(|wanted| wanted == id) {
            let of = |block| {
                let rows = NamedRows::of(table, (sheet, said.file(file)), titles, (block, is_hinted));
                TableCandidate::of((id, table), block, (called, rows), headers, probe)
            };
            candidates.extend(blocks.iter().map(of));
        }
    }
    candidates
}

pub(super) struct TableCandidate<'p> {
    pub table: TableId,
    pub block: &'p HeaderBlock,
    pub called: CalledBy,
    named: NamedRows,
    /// Whether the first rows say what the table is of.
    pub(super) told: bool,
    /// Whether columns hold amounts that no field takes.
    pub(super) has_amounts: bool,
    /// Whether a column is there that only this table has.
    pub(super) tells: bool,
    /// No column is missing that the table cannot do without.
    pub is_whole: bool,
    /// The columns of each field, each with how surely it is.
    pub(super) matches: BTreeMap<FieldId, Vec<(Claim, u32)>>,
    unwanted: Vec<u32>,
    wishes: Vec<usize>,
    pub missing: Vec<FieldId>,
    /// Headers that are nearly a missing field. Looked for only if no table is whole.
    pub near: Vec<(&'p HeaderCell, Vec<FieldId>)>,
}

impl<'p> TableCandidate<'p> {
    fn of(
        (id, table): (TableId, &Table),
        block: &'p HeaderBlock,
        (called, mut named): (CalledBy, NamedRows),
        headers: &KnownHeaders<'_>,
        probe: &Probe,
    ) -> TableCandidate<'p> {
        let mut matches: BTreeMap<FieldId, Vec<(Claim, u32)>> = BTreeMap::new();
        let (mut unwanted, mut wishes, mut tells) = (Vec::new(), Vec::new(), false);
        for cell in &block.cells {
            let (found, wish) = headers.named(id, cell);
            wishes.extend(wish);
            match found {
                HeaderMeaning::Field(field, claim) => {
                    matches.entry(field).or_default().push((claim, cell.column));
                    tells |= self::tells(table.field(field), claim, cell, || {
                        probe.fits(block.row, cell.column, table.field(field), headers.dictionary)
                    });
                }
                HeaderMeaning::Unwanted => unwanted.push(cell.column),
                HeaderMeaning::Nothing => {}
            }
        }
        tell_apart(table, block, &mut matches, (headers, probe));
        let free = free(table, |field| matches.contains_key(&field));
        named.one_of = named.one_of.filter(|(of, _)| !matches.contains_key(of));
        let is_missing = |field: &FieldId| table.field(*field).required && named.field() != Some(*field);
        let missing: Vec<FieldId> = free.into_iter().filter(is_missing).collect();
        let is_whole = missing.is_empty() && (called == CalledBy::Own || matches.len() >= 2);
        tells |= named.field().is_some();
        let is_free = |cell: &&HeaderCell| {
            !headers.is_useless(cell) && !matches.values().flatten().any(|(_, column)| *column == cell.column)
        };
        let has_amounts =
            block.cells.iter().take(ASKED).filter(is_free).any(|cell| probe.is_amount(block.row, cell.column));
        TableCandidate {
            table: id,
            block,
            called,
            named,
            told: probe.tells_of(block.row, &table.hints.words),
            has_amounts,
            tells,
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
        if self.called != CalledBy::No || !self.matches.is_empty() {
            let free = self.block.cells.iter().take(ASKED).filter(|cell| !self.is_used(cell.column));
            let near = free.map(|cell| (cell, near(headers, self.table, cell, &self.missing)));
            self.near = near.filter(|(_, fields)| !fields.is_empty()).collect();
        }
        self
    }

    pub(super) fn is_used(&self, column: u32) -> bool {
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
        let name = match self.called {
            CalledBy::No => 0,
            CalledBy::File => 3,
            CalledBy::Own => 7,
        };
        (fields + name, self.block.proven)
    }

    /// The layout; `probe` has the first rows, which show what stands in the columns.
    pub(super) fn layout(&self, headers: &KnownHeaders<'_>, probe: &Probe) -> Result<Layout, HeaderError> {
        let table = headers.dictionary.table(self.table);
        let mut columns = self.columns(table)?;
        let observed = self.is_observed(&columns, table, probe, headers);
        let given = self.named.given.filter(|_| !observed);
        let other = given.and_then(|(field, _)| columns[field.index()].take());
        let (giver, other_names) = (self.giver(table, &columns, given), self.other_names(table, &columns));
        let (mut read, mut unwanted, mut unused, mut remarks, mut may_be) = (vec![], vec![], vec![], vec![], vec![]);
        for cell in &self.block.cells {
            let is_remark = || !cell.is_remark() && headers.dictionary.remarks.is_header(&cell.leaf().normal);
            if columns.contains(&Some(cell.column)) {
                read.push((cell.column, cell.shown()));
            } else if self.unwanted.contains(&cell.column) {
                unwanted.push((cell.column, cell.shown()));
            } else if [other, giver, other_names.companions].contains(&Some(cell.column)) || is_remark() {
                remarks.push((cell.column, cell.shown()));
            } else {
                let (column, fields) = self.unused(cell, headers, &columns, probe);
                unused.push(column);
                may_be.extend(fields);
            }
        }
        Ok(Layout {
            table: self.table,
            header_top: self.block.top,
            header_row: self.block.row,
            unused,
            unwanted,
            given,
            one_of: self.named.one_of.clone().filter(|(field, _)| !may_be.contains(field)),
            may_be,
            overruled: other,
            giver,
            other_names,
            observed,
            titles: self.titles(probe),
            owner: None,
            remarks,
            read,
            words: headers.columns.answers.of_table(table, headers.dictionary),
            untyped: false,
            wishes: self.wishes.clone(),
            headers: self.block.cells.iter().map(|cell| (cell.column, cell.levels())).collect(),
            columns,
        })
    }

    /// The column of who gave lessons. `None` where all rows are those of others anyhow.
    fn giver(&self, table: &Table, columns: &[Option<u32>], given: Option<(FieldId, WordId)>) -> Option<u32> {
        giver(table, self.block).filter(|column| given.is_none() && !columns.contains(&Some(*column)))
    }

    fn other_names(&self, table: &Table, columns: &[Option<u32>]) -> OtherNames {
        let is_free = |column: &u32| !self.unwanted.contains(column) && !columns.contains(&Some(*column));
        let claims = table.field_of_kind(FieldKind::People).and_then(|names| self.matches.get(&names));
        let rival = claims.into_iter().flatten().map(|(_, column)| *column).find(is_free);
        let is_companions = |cell: &&HeaderCell| table.companions.contains(&cell.leaf().normal);
        let companions = self.block.cells.iter().filter(is_companions).map(|cell| cell.column).find(is_free);
        OtherNames { rival, companions }
    }

    /// Whether what its column says of its rows contradicts the word that they are said to have.
    fn is_observed(&self, columns: &[Option<u32>], table: &Table, probe: &Probe, headers: &KnownHeaders<'_>) -> bool {
        let own = self.named.given.and_then(|(field, _)| columns[field.index()]);
        own.is_some_and(|column| contradicts(table, (self.block.row, column), probe, headers))
    }

    fn titles(&self, probe: &Probe) -> Vec<String> {
        let above = probe.titles().into_iter().filter(|(row, _)| *row < self.block.top);
        above.map(|(_, title)| title).filter(|title| title.chars().count() <= LONGEST_TITLE).collect()
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
            let has_unit =
                |field: &&FieldId| has_own_unit(table.field(**field), &cell.leaf().text) && !headers.is_planned(cell);
            may_be = free.iter().filter(has_unit).copied().collect();
        }
        if may_be.is_empty() && !is_useless && self.field_of(cell.column).is_none() {
            let fits = |field: &FieldId| {
                let field = table.field(*field);
                let is_planned = field.kind == FieldKind::Number && headers.is_planned(cell);
                !is_planned && probe.fits(self.block.row, cell.column, field, headers.dictionary)
            };
            may_be = free.into_iter().filter(fits).collect();
        }
        if is_giver(table, cell) {
            may_be.retain(|field| table.field(*field).kind != FieldKind::People);
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

/// Whether a column tells its table: it stands in no other list. What the office itself calls so tells too.
fn tells(field: &Field, claim: Claim, cell: &HeaderCell, fits: impl FnOnce() -> bool) -> bool {
    match &field.tells {
        Tells::Nothing => false,
        Tells::Column => true,
        Tells::Headers(headers) => claim == Claim::Wish || headers.contains(&cell.leaf().normal),
        Tells::Words => fits(),
    }
}

fn free(table: &Table, is_taken: impl Fn(FieldId) -> bool) -> Vec<FieldId> {
    (0..).map(FieldId).take(table.fields.len()).filter(|field| !is_taken(*field)).collect()
}
