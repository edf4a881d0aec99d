//! 层级: what a roster, the sheet of the institutions and the command line say of it, together.

use std::collections::HashMap;

use super::build::Defaults;
use super::entities::Entity;
use super::registry::Registry;
use crate::dictionary::FieldId;
use crate::intake::issues::IssueLog;
use crate::model::{Cell, IssueKind, Value, WordId};

impl Registry<'_> {
    /// 层级 comes from the person's row, else the institution, else `--level`; an institution that only the roster
    /// names has the level that all its people share.
    pub(super) fn fill_levels(&mut self, defaults: &Defaults, log: &mut IssueLog) {
        self.compare_levels(log);
        self.compare_colleagues(log);
        let (own, theirs) = (self.dictionary.schema.staff.level, self.dictionary.schema.institutions.level);
        for place in 0..self.institutions.len() {
            let named_only = self.institutions[place].rows.is_empty();
            let shared = if named_only { self.shared_level(place, |_| true) } else { None };
            fill(&mut self.institutions[place], theirs, shared.or(defaults.level));
        }
        for person in &mut self.staff {
            let institution = person.institution.and_then(|place| self.institutions.get(place as usize));
            match institution.map(|institution| institution.cell(theirs)) {
                Some(Cell::Is(Value::Word(word))) => fill(person, own, Some(*word)),
                Some(_) | None => fill(person, own, defaults.level),
            }
        }
        self.fill_tenures(defaults);
        // Of an institution itself it is enough that all who have a level say the same.
        for place in 0..self.institutions.len() {
            let said = self.shared_level(place, |cell| !matches!(cell, Cell::Blank | Cell::Absent));
            let named_only = self.institutions[place].rows.is_empty();
            fill(&mut self.institutions[place], theirs, said.filter(|_| named_only));
        }
    }

    /// As the above for those whose rows hold at different times, each time with its institution.
    fn fill_tenures(&mut self, defaults: &Defaults) {
        let (own, theirs) = (self.dictionary.schema.staff.level, self.dictionary.schema.institutions.level);
        for person in self.staff.iter_mut().filter(|person| !person.tenures.is_empty()) {
            for tenure in &mut person.tenures {
                let institution = tenure.institution.and_then(|place| self.institutions.get(place as usize));
                let said =
                    institution.map(|institution| institution.cell(theirs)).filter(|cell| matches!(cell, Cell::Is(_)));
                let default = || defaults.level.map(|level| Cell::Is(Value::Word(level)));
                let cell = &mut tenure.cells[own.index()];
                *cell = match (&*cell, said) {
                    (Cell::Is(_), Some(said)) if *cell != *said => Cell::Unreadable,
                    (Cell::Blank | Cell::Absent, said) => {
                        said.cloned().or_else(default).unwrap_or_else(|| cell.clone())
                    }
                    (Cell::Is(_) | Cell::Unreadable, _) => cell.clone(),
                };
            }
            if person
                .tenures
                .windows(2)
                .any(|pair| matches!(pair, [one, next] if one.cells[own.index()] != next.cells[own.index()]))
            {
                person.cells[own.index()] = Cell::Unreadable;
            }
        }
    }

    fn shared_level(&self, place: usize, counts: impl Fn(&Cell) -> bool) -> Option<WordId> {
        let level = self.dictionary.schema.staff.level.index();
        let own = self.staff.iter().filter(|person| person.tenures.is_empty());
        let own = own.map(|person| (person.institution, &person.cells));
        let tenures = self.staff.iter().flat_map(|person| &person.tenures);
        let all = own.chain(tenures.map(|tenure| (tenure.institution, &tenure.cells)));
        let of = all.filter(|(institution, _)| institution.is_some_and(|at| at as usize == place));
        let said = of.map(|(_, cells)| &cells[level]).filter(|cell| counts(cell));
        let mut levels = said.map(|cell| cell.words().and_then(|words| words.first().copied()));
        let first = levels.next()??;
        levels.all(|level| level == Some(first)).then_some(first)
    }

    /// Leaves open the 层级 of people that is not that of their institution: a clerk of a city of the county level may write 市级.
    fn compare_levels(&mut self, log: &mut IssueLog) {
        let (own, theirs) = (self.dictionary.schema.staff.level, self.dictionary.schema.institutions.level);
        for person in &mut self.staff {
            let institution = person.institution.and_then(|place| self.institutions.get(place as usize));
            let Some(Cell::Is(said)) = institution.map(|institution| institution.cell(theirs)) else { continue };
            if !matches!(person.cell(own), Cell::Is(level) if level != said) {
                continue;
            }
            if let Some(at) = person.place(own) {
                let message = "“层级”与机构情况里这个单位的“层级”不一致，按“不能确定”处理；请核对后改成一致";
                log.report(at, IssueKind::DisagreeingCells, &person.name, message);
            }
            person.cells[own.index()] = Cell::Unreadable;
        }
    }

    /// Leaves open the 层级 of people of one institution where they are not all the same and nothing else says which it is: that of one
    /// alone, or else of all.
    fn compare_colleagues(&mut self, log: &mut IssueLog) {
        let (own, theirs) = (self.dictionary.schema.staff.level, self.dictionary.schema.institutions.level);
        let mut said: HashMap<u32, Vec<(WordId, usize)>> = HashMap::new();
        for (place, person) in self.staff.iter().enumerate() {
            let Some(at) = person.institution else { continue };
            let is_settled =
                self.institutions.get(at as usize).is_some_and(|one| matches!(one.cell(theirs), Cell::Is(_)));
            if let (Cell::Is(Value::Word(level)), false) = (person.cell(own), is_settled) {
                said.entry(at).or_default().push((*level, place));
            }
        }
        let mut open: Vec<usize> = said.values().flat_map(|said| odd_ones(said)).collect();
        open.sort_unstable();
        let list = self.dictionary.words_of(self.dictionary.table(self.dictionary.schema.staff.table).field(own));
        for place in open {
            let Some(person) = self.staff.get_mut(place) else { continue };
            if let Some(at) = person.place(own) {
                let message = "“层级”与同一单位其他人的“层级”不一致，按“不能确定”处理；请核对后改成一致，或者在机构情况里写明这个单位的“层级”";
                let word = if let Cell::Is(Value::Word(level)) = person.cell(own) {
                    list.map(|list| list.word(*level))
                } else {
                    None
                };
                log.report(at, IssueKind::DisagreeingCells, word.unwrap_or_default(), message);
            }
            person.cells[own.index()] = Cell::Unreadable;
        }
    }
}

/// Of people of one institution, whose 层级 may be wrong: one who alone says another, else all where they differ.
fn odd_ones(said: &[(WordId, usize)]) -> Vec<usize> {
    let Some((first, _)) = said.first() else { return Vec::new() };
    let (alike, other): (Vec<(WordId, usize)>, Vec<_>) = said.iter().copied().partition(|(level, _)| level == first);
    let is_one_level = other.windows(2).all(|pair| matches!(pair, [one, next] if one.0 == next.0));
    let odd = match (alike.len(), other.len()) {
        (_, 0) => Vec::new(),
        (2.., 1) => other,
        (1, 2..) if is_one_level => alike,
        _ => said.to_vec(),
    };
    odd.into_iter().map(|(_, place)| place).collect()
}

fn fill(entity: &mut Entity, field: FieldId, word: Option<WordId>) {
    if let (Cell::Blank | Cell::Absent, Some(word)) = (entity.cell(field), word) {
        entity.cells[field.index()] = Cell::Is(Value::Word(word));
    }
}
