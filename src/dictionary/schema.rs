//! The tables, fields and lists that the program itself looks up, found once when a dictionary is loaded.
//!
//! A dictionary without one of them is defective, so nothing has to be looked up by its name, or can be missing, later.

use super::{FieldId, ListId, Table, TableId, WordList};

/// Where the things stand that the program itself looks up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schema {
    pub staff: StaffFields,
    pub institutions: InstitutionFields,
    pub schools: SchoolFields,
    pub contacts: TableId,
    pub figures: FigureFields,
    /// The list of 层级.
    pub levels: ListId,
}

/// 教研员花名册.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StaffFields {
    pub table: TableId,
    pub staff_id: FieldId,
    pub name: FieldId,
    pub institution: FieldId,
    pub level: FieldId,
    pub id_number: FieldId,
    pub birth_date: FieldId,
}

/// 机构情况.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InstitutionFields {
    pub table: TableId,
    pub name: FieldId,
    pub level: FieldId,
}

/// 学校名单.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SchoolFields {
    pub table: TableId,
    pub name: FieldId,
    pub short_name: FieldId,
}

/// 年度数据.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FigureFields {
    pub table: TableId,
    pub year: FieldId,
    pub item: FieldId,
    pub value: FieldId,
    /// The list of items.
    pub items: ListId,
}

impl Schema {
    /// # Errors
    /// The first thing that is not there: `表 staff`, `表 staff 的列 name`, `词表 level`.
    pub(super) fn resolve(tables: &[Table], lists: &[WordList]) -> Result<Schema, String> {
        let list = |id: &str| {
            let place = lists.iter().position(|list| list.id == id).and_then(|at| u8::try_from(at).ok());
            place.map(ListId).ok_or_else(|| format!("词表 {id}"))
        };
        let staff = Found::new(tables, "staff")?;
        let institutions = Found::new(tables, "institutions")?;
        let schools = Found::new(tables, "schools")?;
        let figures = Found::new(tables, "figures")?;
        Ok(Schema {
            staff: StaffFields {
                table: staff.id,
                staff_id: staff.field("staff-id")?,
                name: staff.field("name")?,
                institution: staff.field("institution")?,
                level: staff.field("level")?,
                id_number: staff.field("id-number")?,
                birth_date: staff.field("birth-date")?,
            },
            institutions: InstitutionFields {
                table: institutions.id,
                name: institutions.field("name")?,
                level: institutions.field("level")?,
            },
            schools: SchoolFields {
                table: schools.id,
                name: schools.field("name")?,
                short_name: schools.field("short-name")?,
            },
            contacts: Found::new(tables, "contacts")?.id,
            figures: FigureFields {
                table: figures.id,
                year: figures.field("year")?,
                item: figures.field("item")?,
                value: figures.field("value")?,
                items: list("item")?,
            },
            levels: list("level")?,
        })
    }
}

/// A table that was found, to look for its fields.
struct Found<'t> {
    id: TableId,
    table: &'t Table,
}

impl<'t> Found<'t> {
    fn new(tables: &'t [Table], id: &str) -> Result<Found<'t>, String> {
        let found = (0..).map(TableId).zip(tables).find(|(_, table)| table.id == id);
        found.map(|(id, table)| Found { id, table }).ok_or_else(|| format!("表 {id}"))
    }

    fn field(&self, id: &str) -> Result<FieldId, String> {
        self.table.field_named(id).ok_or_else(|| format!("表 {} 的列 {id}", self.table.id))
    }
}
