//! Whether a sheet surely is a table, or may be it: by its names, its columns, and what its headers are words of.

use super::candidate::TableCandidate;
use super::header::HeaderCell;
use super::heads::Signs;
use super::matching::KnownHeaders;
use super::naming::{CalledBy, Hint, SaidNames};
use crate::dictionary::{Dictionary, FieldId, FieldKind, Tells};

/// So many columns that fit a table, and none that fits nothing, make it one that a sheet may be.
const FITTING: usize = 3;
/// And so many, where one is missing.
const MOST: usize = 4;
/// And so many headers that are words of the table.
const TURNED: usize = 2;

/// How many columns are looked at for them.
const ASKED: usize = 100;

/// What is counted of a thing under its name: 公开课节数.
const COUNTED: [&str; 9] = ["节次数", "节数", "次数", "场次", "场数", "天数", "个数", "总数", "数"];

impl TableCandidate<'_> {
    /// Whether the sheet surely is the table: a name of its own says so, or a column that tells and no name against it. A file may
    /// hold other sheets, so that its name must have some columns beside it. What is planned is none yet.
    pub(super) fn is_sure(&self, said: &SaidNames) -> bool {
        let by_columns = self.tells || (self.called == CalledBy::File && self.matches.len() >= FITTING);
        let is_called = self.called == CalledBy::Own || (by_columns && !said.says_other(self.table));
        self.is_whole && is_called && !said.planned
    }

    /// Whether the sheet may be the table though that is not sure: its columns or its name say so.
    pub(super) fn may_be(&self, said: &SaidNames, headers: &KnownHeaders<'_>) -> bool {
        let table = headers.dictionary.table(self.table);
        if said.is_outdated_for(table) {
            return false;
        }
        if said.is_outdated() {
            return self.is_whole;
        }
        if self.may_be_despite(said) {
            return true;
        }
        let is_named = self.called == CalledBy::Own || (self.called == CalledBy::File && self.is_near());
        if is_named || (self.is_whole && self.tells) || said.says_other(self.table) {
            return is_named || (self.is_whole && self.tells);
        }
        let is_hinted = self.is_hinted(said, headers.dictionary) || self.is_hinted_by_headers(said, headers.dictionary);
        if is_hinted || self.is_turned(headers.dictionary) || self.is_told(said) || self.is_signed(said) {
            return true;
        }
        let is_known = |cell: &HeaderCell| self.is_used(cell.column) || headers.is_useless(cell);
        let fits = self.is_whole && self.matches.len() >= FITTING && self.block.cells.iter().all(is_known);
        let is_nearly = |field: &FieldId| self.near.iter().any(|(_, fields)| fields.contains(field));
        // A single column that is missing does not make another sheet of so many that are there.
        let is_most = self.missing.len() == 1 && self.matches.len() >= MOST;
        let is_all_nearly = self.matches.len() >= 2 && self.missing.iter().all(is_nearly);
        !said.planned && (fits || is_most || (!self.missing.is_empty() && is_all_nearly))
    }

    /// Whether a name hints that its rows are of the table. A plan of it must say who is to do what, and when.
    fn is_hinted(&self, said: &SaidNames, dictionary: &Dictionary) -> bool {
        let roles = dictionary.table(self.table).roles;
        let has = |field: Option<FieldId>| field.is_some_and(|field| self.matches.contains_key(&field));
        let has_rows = !said.planned || (has(roles.name) && has(roles.beginning()));
        let is_nearly = |field: FieldId| self.near.iter().any(|(_, fields)| fields.contains(&field));
        let is_name = |name: FieldId| self.matches.contains_key(&name) || is_nearly(name);
        let names_people = roles.name.is_some_and(is_name) || self.has_people(dictionary);
        let has_columns = self.missing.is_empty()
            || (self.missing.len() == 1 && self.matches.len() >= FITTING)
            || self.missing.iter().all(|field| is_nearly(*field))
            || (names_people && self.has_amounts);
        has_rows
            && match said.hint(self.table) {
                Hint::No => false,
                Hint::Noun => has_columns,
                Hint::Word => true,
            }
    }

    /// Whether a column names people: 真实姓名, 学员.
    pub(super) fn has_people(&self, dictionary: &Dictionary) -> bool {
        let people = &dictionary.sheet_words.people;
        self.block.cells.iter().take(ASKED).any(|cell| people.contains(&cell.leaf().normal))
    }

    /// Whether headers say of what its amounts are, and others whose they are: 真实姓名 and 获得学分.
    fn is_hinted_by_headers(&self, said: &SaidNames, dictionary: &Dictionary) -> bool {
        !said.planned && self.says_amounts && self.has_people(dictionary)
    }

    /// Whether its rows say what the table is of, or a column that tells the table stands beside whom they are of.
    fn is_told(&self, said: &SaidNames) -> bool {
        let tells = self.tells && self.missing.len() == 1 && self.matches.len() >= 2;
        !said.planned && (self.told || tells)
    }

    /// Whether its headers say whose its rows are, on which days, and that something of the table was done; or, of a plan, its name does.
    fn is_signed(&self, said: &SaidNames) -> bool {
        let Signs { people, offices, days, work } = self.signs;
        let is_said = if said.planned { said.hint(self.table) == Hint::Word } else { work && people || self.told };
        days && (people || offices) && is_said
    }

    /// Whether rows of a sheet tell of the table though its name says that it is none, by a word that leaves that open: 考试安排.
    fn may_be_despite(&self, said: &SaidNames) -> bool {
        said.foreign_by_event && self.told && self.signs.days && self.signs.offices
    }

    /// Whether its headers are words that the table has below one header: a column for each kind of activity or each item.
    fn is_turned(&self, dictionary: &Dictionary) -> bool {
        let table = dictionary.table(self.table);
        self.missing.iter().map(|field| table.field(*field)).any(|field| {
            let (Tells::Words, FieldKind::Word(list)) = (&field.tells, field.kind) else { return false };
            let is_word = |cell: &&HeaderCell| {
                let normal = cell.leaf().normal.as_str();
                let counted = COUNTED.iter().find_map(|end| normal.strip_suffix(end));
                [Some(normal), counted].into_iter().flatten().any(|text| dictionary.list(list).one(text).is_some())
            };
            self.block.cells.iter().take(ASKED).filter(is_word).nth(TURNED - 1).is_some()
        })
    }

    /// Whether it is near enough to a table to be named.
    pub(super) fn is_near(&self) -> bool {
        let (found, nearly) = (self.matches.len(), self.near.len());
        let is_named = self.called != CalledBy::No;
        !self.missing.is_empty() && (found >= 2 || (found + nearly >= 1 && is_named) || (found >= 1 && nearly >= 1))
    }

    /// Of rows that are as near, those are named that part groups.
    pub(super) fn nearness(&self, said: &SaidNames) -> (bool, Hint, i64, bool) {
        let (fields, _) = self.score();
        let is_grouped = self.block.cells.iter().any(|cell| cell.parts.len() > 1);
        let lacking = |field: &&FieldId| !self.near.iter().any(|(_, fields)| fields.contains(field));
        let lacking = i64::try_from(self.missing.iter().filter(lacking).count()).unwrap_or(i64::MAX);
        let is_called = self.called == CalledBy::Own;
        (is_called, said.hint(self.table), i64::from(fields) - lacking.saturating_mul(4), is_grouped)
    }
}
