//! Tells which table a sheet is and which column is which field; where it cannot, what is in the way.

use super::recognised::{Nearly, Recognised};
use crate::dictionary::{Dictionary, FieldId, TableId, Wish, normalise};
use crate::intake::sheet::candidate::{TableCandidate, candidates};
use crate::intake::sheet::header::HeaderBlock;
use crate::intake::sheet::heads::part;
use crate::intake::sheet::layout::{HeaderError, Layout};
use crate::intake::sheet::matching::KnownHeaders;
use crate::intake::sheet::naming::{SaidNames, is_called, own_name};
use crate::intake::sheet::nearness::is_filed;
use crate::intake::sheet::probe::{Probe, ProbeRow};

/// How many of the first rows may be titles.
const TITLES: usize = 4;
/// So many headers of one table in a row are no record.
const HEADERS: usize = 3;

impl Probe {
    /// What the sheet of the probed rows is.
    ///
    /// # Errors
    /// When two columns claim to be the same field.
    pub fn recognise(
        &self,
        (file, sheet): (&str, &str),
        headers: &KnownHeaders<'_>,
    ) -> Result<Recognised, HeaderError> {
        let wanted = match headers.columns.sheet(file, sheet) {
            Some((_, Wish::Leave)) => return Ok(Recognised::Unwanted),
            Some((_, Wish::Take(table))) => Some(table),
            None => None,
        };
        if self.rows.is_empty() {
            return Ok(Recognised::Empty);
        }
        // Rows that correct others are none beside them.
        match wanted {
            None if headers.dictionary.sheet_words.corrects(own_name(file, sheet)).is_some() => {
                Ok(Recognised::Corrections)
            }
            None | Some(_) => self.tell((file, sheet), wanted, headers),
        }
    }

    fn tell(
        &self,
        (file, sheet): (&str, &str),
        wanted: Option<TableId>,
        headers: &KnownHeaders<'_>,
    ) -> Result<Recognised, HeaderError> {
        let mut blocks = self.blocks(&headers.dictionary.cells);
        blocks.iter_mut().for_each(|block| part(block, self, headers));
        let titles = self.titles();
        let mut said = SaidNames::of(headers.dictionary, sheet, self.lone_texts(), file);
        // The office itself says that it is none of what is to come.
        said.planned &= wanted.is_none();
        let candidates = candidates(&blocks, (&said, (file, sheet), &titles), wanted, (headers, self));
        let is_sure = |candidate: &&TableCandidate<'_>| candidate.is_sure(&said);
        let score = |candidate: &&TableCandidate<'_>| candidate.score();
        let Some(most) = candidates.iter().filter(is_sure).map(|c| score(&c)).max() else {
            if self.own_page(sheet).is_some() {
                return Ok(Recognised::OwnPage);
            }
            let names = titles.iter().map(|(_, title)| title.as_str()).chain([own_name(file, sheet)]);
            let header = self.only_header(&candidates);
            return Ok(header.unwrap_or_else(|| self.unread(candidates, &said, names, headers)));
        };
        let best: Vec<&TableCandidate<'_>> = candidates.iter().filter(|c| is_sure(c) && score(c) == most).collect();
        let mut tables: Vec<TableId> = best.iter().map(|candidate| candidate.table).collect();
        tables.dedup();
        match best.as_slice() {
            [first, ..] if tables.len() > 1 => {
                let header = self.only_header(&candidates);
                Ok(header.unwrap_or(Recognised::Tie { top: first.block.top, row: first.block.row, tables }))
            }
            [first, ..] => first.layout(headers, self).map(|layout| {
                let names = titles.iter().map(|(_, title)| title.as_str()).chain([own_name(file, sheet)]);
                Recognised::Table(Box::new(self.with_sums(layout, names, headers.dictionary)))
            }),
            [] => Ok(Recognised::Unknown),
        }
    }

    /// The header of some table, where no row stands below it.
    fn only_header(&self, candidates: &[TableCandidate<'_>]) -> Option<Recognised> {
        let is_header = |candidate: &&TableCandidate<'_>| candidate.matches.len() >= HEADERS;
        let row = candidates.iter().find(is_header)?.block.row;
        let is_last = self.rows.iter().all(|below| below.number <= row);
        is_last.then_some(Recognised::OnlyHeader(row))
    }

    /// What a sheet is that is surely no table.
    fn unread<'n>(
        &self,
        candidates: Vec<TableCandidate<'_>>,
        said: &SaidNames,
        names: impl Iterator<Item = &'n str>,
        headers: &KnownHeaders<'_>,
    ) -> Recognised {
        let candidates: Vec<_> = candidates.into_iter().map(|candidate| candidate.with_near((headers, self))).collect();
        let mut nearly = self.nearly(&candidates, said, headers);
        // Who is on 挂职 or 支教 may be in a school.
        let is_of_schools = nearly.may_be().iter().any(|table| headers.dictionary.table(*table).in_schools);
        let is_other = || said.tables.is_empty() && !is_of_schools;
        let names: Vec<&str> = names.collect();
        let absent = names.iter().find(|name| headers.dictionary.sheet_words.lists_absent(name)).filter(|_| is_other());
        if let Some(name) = absent {
            return Recognised::Absences(self.perhaps_here(name, &candidates, headers.dictionary));
        }
        let sums = || self.sums(&candidates, said, &names, headers.dictionary);
        if nearly == Recognised::Unknown {
            let headless = self.headless(said, headers.dictionary).map(Recognised::Headless);
            let sums = || Some(sums()).filter(|tables| !tables.is_empty()).map(Recognised::Sums);
            return headless.or_else(sums).unwrap_or(nearly);
        }
        if let Recognised::Nearly(nearly) = &mut nearly
            && headers.dictionary.table(nearly.table).dense.is_none()
        {
            // 年度统计 of what each person came to is nearly 年度数据 by its name alone.
            let others: Vec<TableId> = sums().into_iter().filter(|table| !nearly.may_be.contains(table)).collect();
            nearly.may_be.extend(others);
        }
        nearly
    }

    /// The roster, where a list of those who were borrowed is one by its columns, and does not say that nobody on it is there.
    fn perhaps_here(&self, name: &str, candidates: &[TableCandidate<'_>], dictionary: &Dictionary) -> Vec<TableId> {
        let (staff, words) = (dictionary.schema.staff.table, &dictionary.remarks.asking);
        if !dictionary.sheet_words.may_list_present(name) {
            return Vec::new();
        }
        let says_gone = |candidate: &&TableCandidate<'_>| {
            let fields = (0..).map(FieldId).zip(&dictionary.table(staff).fields).filter(|(_, field)| field.excuses);
            fields.into_iter().any(|(id, field)| {
                let column = candidate.matches.get(&id).and_then(|claims| claims.first()).map(|(_, column)| *column);
                let is_no = |text: &str| words.is_bare_no(text) || field.no.contains(&normalise(text));
                column.is_some_and(|column| {
                    let below = self.rows.iter().filter(|row| row.number > candidate.block.row);
                    let mut texts = below.flat_map(|row| &row.own).filter(|(at, _)| *at == column).peekable();
                    texts.peek().is_some() && texts.all(|(_, level)| is_no(&level.text))
                })
            })
        };
        let is_roster =
            |candidate: &&TableCandidate<'_>| candidate.table == staff && candidate.is_whole && candidate.tells;
        let roster = candidates.iter().find(is_roster).filter(|candidate| !says_gone(candidate));
        roster.map(|candidate| candidate.table).into_iter().collect()
    }

    /// The title above a header that calls the sheet as its table is called.
    pub fn title_of(&self, layout: &Layout, dictionary: &Dictionary) -> Option<String> {
        let is_called = |title: &String| is_called(dictionary, title, layout.table);
        let above = self.titles().into_iter().filter(|(row, _)| *row < layout.header_top).map(|(_, title)| title);
        above.into_iter().find(is_called)
    }

    /// Texts that stand alone in the first rows.
    fn lone_texts(&self) -> impl Iterator<Item = &str> {
        let alone = |row: &&ProbeRow| row.own.len() == 1 && row.used.len() == 1;
        self.rows.iter().take(TITLES).filter(alone).filter_map(|row| Some(row.own.first()?.1.text.as_str()))
    }

    fn nearly(&self, candidates: &[TableCandidate<'_>], said: &SaidNames, headers: &KnownHeaders<'_>) -> Recognised {
        let near = |candidate: &TableCandidate<'_>| {
            let may_be = candidate.may_be(said, headers);
            (candidate.is_near() || may_be).then(|| (may_be, candidate.nearness(said)))
        };
        let best = candidates.iter().filter_map(near).max();
        let candidate = candidates.iter().find(|candidate| near(candidate).is_some_and(|n| Some(n) == best));
        let Some(candidate) = candidate else { return Recognised::Unknown };
        let mut may_be: Vec<TableId> = said.tables.clone();
        may_be.extend(
            candidates.iter().filter(|candidate| candidate.may_be(said, headers)).map(|candidate| candidate.table),
        );
        may_be.sort_unstable();
        may_be.dedup();
        match may_be.as_slice() {
            [] => return Recognised::Unknown,
            [_, _, ..] if candidate.missing.is_empty() && said.tables.is_empty() => {
                let HeaderBlock { top, row, .. } = candidate.block;
                return Recognised::Tie { top: *top, row: *row, tables: may_be };
            }
            [_, ..] => {}
        }
        let HeaderBlock { top, row, cells, .. } = candidate.block;
        let below = self.rows.iter().filter(|below| below.number > *row).flat_map(|below| &below.used);
        let mut headless: Vec<u32> =
            below.filter(|column| !cells.iter().any(|cell| cell.column == **column)).copied().collect();
        headless.sort_unstable();
        headless.dedup();
        let table = headers.dictionary.table(candidate.table);
        let near = |field: &FieldId| {
            let is_filed = |cell| is_filed(table, *field, (cell, candidate.block), headers.dictionary);
            let of = candidate.near.iter().filter(|(cell, fields)| fields.contains(field) && !is_filed(cell));
            (*field, of.map(|(cell, _)| cell.shown()).collect())
        };
        let missing = candidate.missing.iter().map(near).collect();
        let planned = said.planned;
        Recognised::Nearly(Nearly { table: candidate.table, top: *top, row: *row, missing, headless, may_be, planned })
    }
}

#[cfg(test)]
#[path = "tell_tests.rs"]
mod tests;
