//! The schools of the school list, by their names and short names.

use super::build::count;
use super::naming::place_key;
use super::registry::Registry;
use crate::intake::issues::IssueLog;
use crate::intake::row::ParsedRow;
use crate::model::{Cell, IssueKind, Value};

impl Registry<'_> {
    pub(super) fn add_schools<'r>(&mut self, rows: impl Iterator<Item = &'r ParsedRow>, log: &mut IssueLog) {
        let fields = self.dictionary.schema.schools;
        for row in rows {
            let entity = self.entity(row, fields.name);
            let place = count(&self.schools);
            if entity.doubt.is_some() {
                self.schools.push(entity);
                continue;
            }
            let others = self.by_school.get(&place_key(&entity.name)).map_or(&[][..], Vec::as_slice);
            if others.iter().any(|place| self.schools[*place as usize].cells == entity.cells) {
                let message = "这所学校在学校名单中已有一行，两行完全相同，按一所计；请删去一行";
                log.report(row.at.cell(0), IssueKind::RepeatedRosterRow, &entity.name, message);
                continue;
            }
            if !others.is_empty() && self.is_same_school(row, others) {
                self.perhaps_twice.insert(row.at);
            }
            let mut names: Vec<String> = vec![place_key(&entity.name)];
            if let Some(Value::Texts(texts)) = row.cell(fields.short_name).value() {
                names.extend(texts.iter().map(|text| place_key(text)));
            }
            for name in names {
                let places = self.by_school.entry(name).or_default();
                if !places.contains(&place) {
                    places.push(place);
                }
            }
            self.schools.push(entity);
        }
    }

    /// Whether another school of the name may be this one: nothing says that they stand in different counties.
    fn is_same_school(&self, row: &ParsedRow, others: &[u32]) -> bool {
        let Some(county) = self.dictionary.table(row.table).field_named("county") else { return true };
        let county_of = |cell: &Cell| cell.text().map(|text| place_key(text));
        let own = county_of(row.cell(county));
        others.iter().any(|place| {
            let other = county_of(self.schools[*place as usize].cell(county));
            own.is_none() || other.is_none() || own == other
        })
    }
}
