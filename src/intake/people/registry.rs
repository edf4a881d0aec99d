//! What rows can name: the people of the roster, the institutions, the schools; and the layouts of the sheets.

use std::sync::Arc;

use foldhash::HashMap;

use super::entity::Entity;
use super::{naming, nearest};
use crate::dictionary::{Dictionary, FieldId};
use crate::intake::issues::{IssueLog, SheetNames};
use crate::intake::row::ParsedRow;
use crate::intake::sheet::Layout;
use crate::model::{CellRef, IssueKind, RowRef};

/// What rows can name, and where it stands.
#[derive(Debug)]
pub struct Registry<'d> {
    pub dictionary: &'d Dictionary,
    pub staff: Vec<Entity>,
    pub institutions: Vec<Entity>,
    pub schools: Vec<Entity>,
    /// By sheet, in the order that [`RowRef::sheet`] counts; none for a sheet that is no known table.
    pub layouts: Vec<Option<Layout>>,
    pub sheets: SheetNames,
    pub(crate) by_id: HashMap<Arc<str>, Vec<u32>>,
    /// By the key of a name, and by its stem: 张三 leads to 张三2 too.
    pub(crate) by_name: HashMap<String, Vec<u32>>,
    pub(crate) by_institution: HashMap<String, u32>,
    pub(crate) by_school: HashMap<String, Vec<u32>>,
}

impl<'d> Registry<'d> {
    /// The place of a field of a row.
    pub fn place(&self, at: RowRef, field: FieldId) -> CellRef {
        match self.layouts.get(at.sheet as usize).and_then(Option::as_ref) {
            Some(layout) => layout.place(at, field),
            None => at.cell(0),
        }
    }

    /// The people of a name, with those whose name has a number that tells namesakes apart; none when no one is called
    /// so. Most names are written like their keys, and are found without making them.
    pub(crate) fn called(&self, name: &str) -> Option<&[u32]> {
        self.by_name.get(name).or_else(|| self.by_name.get(&naming::key(name))).map(Vec::as_slice)
    }

    /// The people of a name, as entities.
    pub fn people_called(&self, name: &str) -> impl Iterator<Item = &Entity> {
        let places = self.called(name).unwrap_or_default();
        places.iter().filter_map(|place| self.staff.get(*place as usize))
    }

    pub(crate) fn report_unknown_institution(&self, log: &mut IssueLog, at: CellRef, text: &str) {
        let names = self.institutions.iter().map(|institution| &*institution.name);
        let message = || {
            let near = nearest::places(text, names);
            format!("这个单位不在机构情况表里{near}，不能归到任何单位；请改成机构情况表里的名称，或在机构情况表补上")
        };
        log.report_with(at, IssueKind::UnknownInstitution, text, message);
    }

    /// An entity of a single row, called by one of its fields.
    pub(crate) fn entity(&self, row: &ParsedRow, name: FieldId) -> Entity {
        let fields = (0..).map(FieldId).take(row.cells.len());
        Entity {
            name: row.cell(name).text().cloned().unwrap_or_else(|| Arc::from("")),
            id: None,
            institution: None,
            cells: row.cells.clone(),
            rows: vec![row.at],
            places: fields.map(|field| Some(self.place(row.at, field))).collect(),
        }
    }
}

/// The number of things so far: the place of the next one.
pub(super) fn count<T>(things: &[T]) -> u32 {
    u32::try_from(things.len()).unwrap_or(u32::MAX)
}
