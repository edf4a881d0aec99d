//! Tells which table a sheet is and which column is which field; where it cannot, what is in the way.

use super::candidate::{TableCandidate, candidates};
use super::header::HeaderBlock;
use super::layout::HeaderError;
use super::matching::KnownHeaders;
use super::probe::Probe;
use super::recognised::{Nearly, Recognised};
use crate::dictionary::{FieldId, TableId, Wish};

impl Probe {
    /// What the sheet of the probed rows is.
    ///
    /// # Errors
    /// When two columns claim to be the same field.
    pub fn recognise(&self, sheet: &str, headers: &KnownHeaders<'_>) -> Result<Recognised, HeaderError> {
        let wanted = match headers.columns.sheet(sheet) {
            Some((_, Wish::Leave)) => return Ok(Recognised::Unwanted),
            Some((_, Wish::Take(table))) => Some(table),
            None => None,
        };
        if self.rows.is_empty() {
            return Ok(Recognised::Empty);
        }
        let blocks = self.blocks();
        let candidates = candidates(&blocks, sheet, wanted, headers);
        let score = |candidate: &&TableCandidate<'_>| candidate.score();
        let Some(most) = candidates.iter().filter(|candidate| candidate.is_whole).map(|c| score(&c)).max() else {
            if self.own_page(sheet).is_some() {
                return Ok(Recognised::OwnPage);
            }
            let candidates: Vec<_> = candidates.into_iter().map(|candidate| candidate.with_near(headers)).collect();
            return Ok(self.nearly(&candidates));
        };
        let best: Vec<&TableCandidate<'_>> = candidates.iter().filter(|c| c.is_whole && score(c) == most).collect();
        let mut tables: Vec<TableId> = best.iter().map(|candidate| candidate.table).collect();
        tables.dedup();
        match best.as_slice() {
            [first, ..] if tables.len() > 1 => {
                Ok(Recognised::Tie { top: first.block.top, row: first.block.row, tables })
            }
            [first, ..] => first.layout(headers).map(Recognised::Table),
            [] => Ok(Recognised::Unknown),
        }
    }

    fn nearly(&self, candidates: &[TableCandidate<'_>]) -> Recognised {
        let near = |candidate: &TableCandidate<'_>| candidate.is_near().then(|| candidate.nearness());
        let best = candidates.iter().filter_map(near).max();
        let candidate = candidates.iter().find(|candidate| near(candidate).is_some_and(|n| Some(n) == best));
        let Some(candidate) = candidate else { return Recognised::Unknown };
        let HeaderBlock { top, row, cells, .. } = candidate.block;
        let below = self.rows.iter().filter(|below| below.number > *row).flat_map(|below| &below.used);
        let mut headless: Vec<u32> =
            below.filter(|column| !cells.iter().any(|cell| cell.column == **column)).copied().collect();
        headless.sort_unstable();
        headless.dedup();
        let near = |field: &FieldId| {
            let of = candidate.near.iter().filter(|(_, fields)| fields.contains(field));
            (*field, of.map(|(cell, _)| cell.shown()).collect())
        };
        let missing = candidate.missing.iter().map(near).collect();
        Recognised::Nearly(Nearly { table: candidate.table, top: *top, row: *row, missing, headless })
    }
}

#[cfg(test)]
#[path = "recognise_tests.rs"]
mod tests;
