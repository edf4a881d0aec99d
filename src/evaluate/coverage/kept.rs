//! Which rows of a ledger stand together, and what those prove that a sheet has besides the kinds which its names say.

use std::collections::BTreeSet;

use super::months::LedgerMonths;
use super::remits::{Remit, RemitId};
use crate::dictionary::{NamedPart, Table};
use crate::intake::Record;
use crate::model::WordId;

/// The rows of sheets of one remit; of a sheet for some kinds its own, those of each other kind apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct KeptRows {
    pub remit: RemitId,
    /// The sheet, where it is for some kinds: what one holds besides says nothing of the others.
    sheet: Option<u32>,
    /// Another kind.
    besides: Option<WordId>,
}

impl KeptRows {
    pub(super) fn of(record: &Record, id: RemitId, remit: &Remit) -> KeptRows {
        let sheet = remit.kinds.is_some().then_some(record.row.at.sheet);
        KeptRows { remit: id, sheet, besides: remit.other_words(record).first().copied() }
    }
}

/// The words that rows of sheets for some kinds have besides.
#[derive(Clone, Debug, Default)]
pub(super) struct OtherKinds(BTreeSet<(u32, WordId)>);

impl OtherKinds {
    pub(super) fn add(&mut self, held: KeptRows, words: &[WordId]) {
        let Some(sheet) = held.sheet else { return };
        self.0.extend(words.iter().map(|word| (sheet, *word)));
    }

    pub(super) fn join(&mut self, other: OtherKinds) {
        self.0.extend(other.0);
    }

    /// Whether rows of a sheet for some kinds prove that another one is not there. One of a kind that may be told of with its own,
    /// as visits with lessons observed, makes the sheet one of these, too. Of a foreign kind a few rows were noted beside: it is
    /// kept where most months of the sheet have some, and proved by these.
    pub(super) fn prove(
        &self,
        (held, own): (KeptRows, &[WordId]),
        word: WordId,
        table: &Table,
        ledger: &[(KeptRows, LedgerMonths)],
    ) -> bool {
        let is_seen = |word: &WordId| held.sheet.is_some_and(|sheet| self.0.contains(&(sheet, *word)));
        let with = |part: &&NamedPart| part.words.contains(&word);
        let is_kin = |part: &NamedPart| part.words.iter().any(|other| own.contains(other));
        if table.parts.iter().filter(with).any(is_kin) {
            return is_seen(&word) || table.parts.iter().filter(with).any(|part| part.words.iter().any(is_seen));
        }
        let Some(besides) = held.besides else { return false };
        // A summary of each month tells of no plan of the term.
        let is_paper = table.papers.as_ref().is_some_and(|papers| papers.has(word));
        let with = |part: &&NamedPart| with(part) && !part.apart && (!is_paper || is_seen(&word));
        let is_like =
            |other: WordId| other == word || table.parts.iter().filter(with).any(|of| of.words.contains(&other));
        is_like(besides) && is_kept(held, ledger, is_like)
    }
}

/// Whether most months of a sheet have rows of a kind.
fn is_kept(held: KeptRows, ledger: &[(KeptRows, LedgerMonths)], is_like: impl Fn(WordId) -> bool) -> bool {
    let of_sheet = ledger.iter().filter(|(other, _)| other.sheet == held.sheet);
    let all: BTreeSet<i32> = of_sheet.clone().flat_map(|(_, months)| months.rows.keys().copied()).collect();
    let those = of_sheet.filter(|(other, _)| other.besides.is_some_and(&is_like));
    let those: BTreeSet<i32> = those.flat_map(|(_, months)| months.rows.keys().copied()).collect();
    those.len() * 2 > all.len()
}
