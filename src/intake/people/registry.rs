//! What rows can name: the people of the roster, the institutions, the schools; and the layouts of the sheets.

use std::sync::Arc;

use foldhash::{HashMap, HashSet};

use super::entities::Entity;
use super::naming::by_key;
use super::typos::NearNames;
use super::{naming, nearest};
use crate::dictionary::{Dictionary, FieldId};
use crate::intake::issues::IssueLog;
use crate::intake::row::{ParsedRow, RecordDoubt};
use crate::intake::sheet::Layout;
use crate::intake::sheet_names::SheetNames;
use crate::model::{CellRef, IssueKind, RowRef};

/// What rows can name, and where it stands.
#[derive(Debug)]
pub struct Registry<'d> {
    pub dictionary: &'d Dictionary,
    pub staff: Vec<Entity>,
    pub institutions: Vec<Entity>,
    pub schools: Vec<Entity>,
    /// By sheet, in the order that [`RowRef::sheet`] counts; `None` for a sheet that is no known table.
    pub layouts: Vec<Option<Layout>>,
    pub sheets: SheetNames,
    pub(crate) by_id: HashMap<Arc<str>, Vec<u32>>,
    /// By 工号 as [`naming::loose_code`] has it, and by 身份证号.
    pub(crate) by_loose_id: HashMap<String, Vec<u32>>,
    pub(crate) by_identity: HashMap<String, Vec<u32>>,
    /// Rows of schools that have the name of another one, and nothing tells them apart.
    pub(crate) perhaps_twice: HashSet<RowRef>,
    /// By person, those who may be the same one, here or after a move to another institution.
    pub(crate) perhaps_one: HashMap<u32, Vec<u32>>,
    /// Whether the only institution has no name that the records say.
    pub(crate) institution_is_assumed: bool,
    /// By the key of a name, and by its stem: 张三 leads to 张三2 too.
    pub(crate) by_name: HashMap<String, Vec<u32>>,
    /// Those whose names cannot be read: #N/A.
    pub(super) unread: Vec<u32>,
    /// Sheets of another office, or of which there is a later version, by their names, with where they say so.
    pub(in crate::intake::people) doubted: HashMap<u32, CellRef>,
    /// Where institutions say another number of people than the roster has.
    pub miscounted: Vec<CellRef>,
    pub(crate) near_names: NearNames,
    pub(crate) by_institution: HashMap<String, u32>,
    /// Names of which only a roster says that they are of institutions, and those of which they may be.
    pub(crate) perhaps_of: HashMap<String, Vec<u32>>,
    pub(crate) by_school: HashMap<String, Vec<u32>>,
}

impl<'d> Registry<'d> {
    pub fn place(&self, at: RowRef, field: FieldId) -> CellRef {
        match self.layouts.get(at.sheet as usize).and_then(Option::as_ref) {
            Some(layout) => layout.place(at, field),
            None => at.cell(0),
        }
    }

    /// Where a field of a row stands: below a second header in the column that it has there.
    pub fn place_in(&self, row: &ParsedRow, field: FieldId) -> CellRef {
        let below = row.notes.columns.as_ref().and_then(|columns| columns.get(field.index()).copied().flatten());
        below.map_or_else(|| self.place(row.at, field), |column| row.at.cell(column))
    }

    /// The people of a name, with those whose name has a number that tells namesakes apart. `None` if nobody is called
    /// so. Most names are written like their keys, and are found without making them.
    pub(crate) fn called(&self, name: &str) -> Option<&[u32]> {
        self.by_name.get(name).or_else(|| self.by_name.get(&naming::key(name))).map(Vec::as_slice)
    }

    pub fn people_called(&self, name: &str) -> impl Iterator<Item = &Entity> {
        let places = self.called(name).unwrap_or_default();
        places.iter().filter_map(|place| self.staff.get(*place as usize))
    }

    pub(crate) fn report_unknown_institution(&self, log: &mut IssueLog, at: CellRef, text: &str) {
        let names = self.institutions.iter().map(|institution| &*institution.name);
        if let Some(places) = by_key(text, &self.perhaps_of) {
            let of = places.iter().filter_map(|place| self.institutions.get(*place as usize));
            let of: Vec<String> = of.map(|institution| format!("“{}”", institution.name)).collect();
            let message = format!(
                "这个名称可能就是{}，或者是它的一个部门、下属的学校，按“可能是”处理；请统一写单位的全称，确是另一个单位的，请交来机构情况表",
                of.join("或")
            );
            log.report(at, IssueKind::UnknownInstitution, text, message);
            return;
        }
        let message = || {
            let near = nearest::places(text, names);
            format!("这个单位不在机构情况表里{near}，不能归到任何单位；请改成机构情况表里的名称，或在机构情况表补上")
        };
        log.report_with(at, IssueKind::UnknownInstitution, text, message);
    }

    /// Whether a row says by this field whom it is about: 空缺 names nobody.
    pub(crate) fn has_name(&self, row: &ParsedRow, name: FieldId) -> bool {
        row.cell(name).text().is_some_and(|text| !self.dictionary.people.is_vacant(&naming::key(text)))
    }

    /// An entity of a single row, called by one of its fields; by its place where that says nothing.
    pub(crate) fn entity(&self, row: &ParsedRow, name: FieldId) -> Entity {
        let fields = (0..).map(FieldId).take(row.cells.len());
        let own = row.cell(name).text().filter(|_| self.has_name(row, name)).cloned();
        let told = row.notes.beside.as_deref().map(|beside| beside.told.clone()).unwrap_or_default().into_iter();
        Entity {
            doubt: own.is_none().then_some(RecordDoubt::Nameless),
            name: own.unwrap_or_else(|| self.sheets.row(row.at, false).into()),
            cells: row.cells.clone(),
            rows: vec![row.at],
            denied: row.notes.denied.map(|column| row.at.cell(column)),
            away: row.notes.away.as_deref().map(|(column, word)| (row.at.cell(*column), word.clone())),
            away_in: row.notes.beside.as_deref().map(|beside| beside.away_in.clone()).unwrap_or_default(),
            told: told.map(|told| (row.at.cell(told.column), told)).collect(),
            places: fields.map(|field| Some(self.place_in(row, field))).collect(),
            row_cells: row.rows_besides(),
            besides: row.notes.besides().to_vec(),
            ..Entity::default()
        }
    }
}
