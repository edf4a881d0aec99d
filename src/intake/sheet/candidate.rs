//! A header of a sheet as that of one table: which columns would be its fields, and how well that fits.

use std::collections::BTreeMap;

use super::apart::tell_apart;
use super::given::NamedRows;
use super::header::{HeaderBlock, HeaderCell};
use super::heads::Signs;
use super::matching::{Claim, HeaderMeaning, KnownHeaders};
use super::naming::{CalledBy, Hint, SaidNames};
use super::nearness::near;
use super::probe::Probe;
use crate::dictionary::{CellWords, Field, FieldId, FieldKind, Table, TableId, Tells};

/// How many columns are searched for a header that is nearly a missing one.
const ASKED: usize = 300;

pub(super) fn candidates<'p>(
    blocks: &'p [HeaderBlock],
    (said, (file, sheet), titles): (&SaidNames, (&str, &str), &[(u32, String)]),
    wanted: Option<TableId>,
    (headers, probe): (&KnownHeaders<'_>, &Probe),
) -> Vec<TableCandidate<'p>> {
    let seen: Vec<_> = blocks.iter().map(|block| (block, ColumnAmounts::of(block, headers, probe))).collect();
    let mut candidates = Vec::new();
    for (place, table) in headers.dictionary.tables.iter().enumerate() {
        let id = TableId::from(place);
        let called = if wanted == Some(id) { CalledBy::Own } else { said.called(id) };
        let is_hinted = called != CalledBy::No || said.hint(id) == Hint::Word;
        if wanted.is_none_or(|wanted| wanted == id) {
            let of = |(block, amounts): &(&'p HeaderBlock, ColumnAmounts)| {
                let rows = NamedRows::of(table, (sheet, said.file(file)), titles, (block, is_hinted));
                TableCandidate::of((id, table), (block, amounts), (called, rows), headers, probe)
            };
            candidates.extend(seen.iter().map(of));
        }
    }
    candidates
}

pub(super) struct TableCandidate<'p> {
    pub table: TableId,
    pub block: &'p HeaderBlock,
    pub called: CalledBy,
    pub(super) named: NamedRows,
    /// Whether the first rows say what the table is of.
    pub(super) told: bool,
    pub(super) signs: Signs,
    /// Whether columns hold amounts that no field takes.
    pub(super) has_amounts: bool,
    /// Whether a column of amounts has a header that says of what they are in such a table: 学分.
    pub(super) says_amounts: bool,
    /// Whether a column is there that only this table has.
    pub(super) tells: bool,
    /// No column is missing that the table cannot do without.
    pub is_whole: bool,
    /// The columns of each field, each with how surely it is.
    pub(super) matches: BTreeMap<FieldId, Vec<(Claim, u32)>>,
    pub(super) unwanted: Vec<u32>,
    pub(super) wishes: Vec<usize>,
    pub missing: Vec<FieldId>,
    /// Headers that are nearly a missing field. Looked for only if no table is whole.
    pub near: Vec<(&'p HeaderCell, Vec<FieldId>)>,
}

/// What the headers of a sheet say they are of a table.
#[derive(Default)]
struct Claims {
    matches: BTreeMap<FieldId, Vec<(Claim, u32)>>,
    unwanted: Vec<u32>,
    wishes: Vec<usize>,
    tells: bool,
}

impl Claims {
    fn of(
        (id, table): (TableId, &Table),
        block: &HeaderBlock,
        (headers, probe): (&KnownHeaders<'_>, &Probe),
    ) -> Claims {
        let mut claims = Claims::default();
        for cell in &block.cells {
            let (found, wish) = headers.named(id, cell);
            claims.wishes.extend(wish);
            let is_clock = |field: FieldId| {
                table.field(field).kind == FieldKind::Date && probe.holds_clock(block.row, cell.column)
            };
            match found {
                // A time of day is no day.
                HeaderMeaning::Field(field, Claim::Loose) if is_clock(field) => {}
                HeaderMeaning::Field(field, claim) => {
                    claims.matches.entry(field).or_default().push((claim, cell.column));
                    claims.tells |= tells(table.field(field), claim, cell, || {
                        probe.fits(block.row, cell.column, table.field(field), headers.dictionary)
                    });
                }
                HeaderMeaning::Unwanted => claims.unwanted.push(cell.column),
                HeaderMeaning::Nothing => {}
            }
        }
        claims.leave_others(table, block);
        tell_apart(table, block, &mut claims.matches, (headers, probe));
        claims.name_companions(table, block, &headers.dictionary.cells);
        claims
    }
}

impl Claims {
    /// Leaves a column that says something of the one to its left: 任职时间 behind 职务.
    fn leave_others(&mut self, table: &Table, block: &HeaderBlock) {
        let header =
            |column: u32| block.cells.iter().find(|cell| cell.column == column).map(|cell| &cell.leaf().normal);
        for (field, claims) in &mut self.matches {
            let of = table.field(*field);
            if of.another_behind.is_empty() {
                continue;
            }
            let is_perhaps = |column: u32| header(column).is_some_and(|own| of.perhaps.contains(own));
            let is_behind = |column: u32| {
                let left = column.checked_sub(1).and_then(header);
                left.is_some_and(|left| of.another_behind.contains(left))
            };
            claims.retain(|(claim, at)| *claim == Claim::Wish || !is_perhaps(*at) || !is_behind(*at));
        }
        self.matches.retain(|_, claims| !claims.is_empty());
    }

    /// Those who were there are those whom the rows name where no other column does: 参加教研员. Whom 陪同人员 went with may be who
    /// filled in the row.
    fn name_companions(&mut self, table: &Table, block: &HeaderBlock, words: &CellWords) {
        let Some(people) = table.field_of_kind(FieldKind::People) else { return };
        let is_free = |column: u32| !self.unwanted.contains(&column);
        // Who led others to a training need not have learnt.
        let is_perhaps = |header: &String| table.field(people).perhaps.contains(header);
        let companions = block.cells.iter().find(|cell| {
            let header = &cell.leaf().normal;
            table.companions.contains(header) && is_free(cell.column) && !is_perhaps(header)
        });
        let may_be_another = |cell: &HeaderCell| {
            let enters = |other: &HeaderCell| is_free(other.column) && words.names_who_entered(&other.leaf().normal);
            words.names_with_another(&cell.leaf().normal) && block.cells.iter().any(enters)
        };
        let companions = companions.filter(|cell| !may_be_another(cell));
        if let (Some(cell), false) = (companions, self.matches.contains_key(&people)) {
            self.matches.insert(people, vec![(Claim::Loose, cell.column)]);
        }
    }
}

impl<'p> TableCandidate<'p> {
    fn of(
        (id, table): (TableId, &Table),
        (block, amounts): (&'p HeaderBlock, &ColumnAmounts),
        (called, mut named): (CalledBy, NamedRows),
        headers: &KnownHeaders<'_>,
        probe: &Probe,
    ) -> TableCandidate<'p> {
        let Claims { matches, unwanted, wishes, mut tells } = Claims::of((id, table), block, (headers, probe));
        let free = free(table, |field| matches.contains_key(&field));
        named.one_of = named.one_of.filter(|(of, _)| !matches.contains_key(of));
        let is_missing = |field: &FieldId| table.field(*field).required && named.field() != Some(*field);
        let missing: Vec<FieldId> = free.into_iter().filter(is_missing).collect();
        let is_whole = missing.is_empty() && (called == CalledBy::Own || matches.len() >= 2);
        tells |= named.field().is_some();
        let has_amounts = amounts.unknown.iter().any(|at| !matches.values().flatten().any(|(_, taken)| taken == at));
        let says_amounts = amounts.says(&table.hints.headers);
        TableCandidate {
            table: id,
            block,
            called,
            named,
            told: probe.tells_of(block.row, &table.hints.words),
            signs: Signs::of(table, block, (headers.dictionary, probe)),
            has_amounts,
            says_amounts,
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
    pub(super) fn with_near(mut self, (headers, probe): (&KnownHeaders<'_>, &Probe)) -> TableCandidate<'p> {
        if self.called != CalledBy::No || !self.matches.is_empty() {
            let free = self.block.cells.iter().take(ASKED).filter(|cell| !self.is_used(cell.column));
            let near = free.map(|cell| (cell, near(headers, self.table, (cell, self.block.row), &self.missing, probe)));
            self.near = near.filter(|(_, fields)| !fields.is_empty()).collect();
        }
        self
    }

    pub(super) fn is_used(&self, column: u32) -> bool {
        self.unwanted.contains(&column) || self.field_of(column).is_some()
    }

    pub(super) fn field_of(&self, column: u32) -> Option<FieldId> {
        let of = |(_, claims): &(&FieldId, &Vec<(Claim, u32)>)| claims.iter().any(|(_, at)| *at == column);
        self.matches.iter().find(of).map(|(field, _)| *field)
    }

    /// Standard headers weigh more than others, and the sheet's own name more than one header. Proven blocks win a tie.
    pub(super) fn score(&self) -> (u32, bool) {
        let weight = |columns: &Vec<(Claim, u32)>| match columns.iter().map(|(claim, _)| *claim).max() {
            Some(Claim::Done | Claim::Standard | Claim::Path | Claim::Wish) => 5,
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

/// The columns of a block that hold amounts, whatever the table.
struct ColumnAmounts {
    headers: Vec<String>,
    /// Those that some table may ask for.
    unknown: Vec<u32>,
}

impl ColumnAmounts {
    fn of(block: &HeaderBlock, headers: &KnownHeaders<'_>, probe: &Probe) -> ColumnAmounts {
        let cells = block.cells.iter().take(ASKED).filter(|cell| probe.is_amount(block.row, cell.column));
        let cells: Vec<&HeaderCell> = cells.collect();
        let unknown = cells.iter().filter(|cell| !headers.is_useless(cell)).map(|cell| cell.column).collect();
        ColumnAmounts { headers: cells.iter().map(|cell| cell.leaf().normal.clone()).collect(), unknown }
    }

    /// Whether a header holds one of some words.
    fn says(&self, words: &[String]) -> bool {
        self.headers.iter().any(|header| words.iter().any(|word| header.contains(word.as_str())))
    }
}

pub(super) fn free(table: &Table, is_taken: impl Fn(FieldId) -> bool) -> Vec<FieldId> {
    (0..).map(FieldId).take(table.fields.len()).filter(|field| !is_taken(*field)).collect()
}
