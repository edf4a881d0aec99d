//! The tables, fields and lists that the program itself looks up, found once when a dictionary is loaded. A dictionary
//! without one of them is defective, so none can be missing later.

use super::{FieldId, ListId, Table, TableId, WordList};
use crate::model::WordId;

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
    pub employment: FieldId,
    /// The word of 专兼职 for those who are no part-timers.
    pub full_time: WordId,
    pub part_time: WordId,
    /// Whether somebody holds a post; its `remarked` words say that they left for good.
    pub on_payroll: FieldId,
    pub id_number: FieldId,
    pub birth_date: FieldId,
}

/// 机构情况.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InstitutionFields {
    pub table: TableId,
    pub name: FieldId,
    pub level: FieldId,
    /// How many people it has, as it says itself.
    pub full_time: FieldId,
    pub part_time: FieldId,
    pub officers: FieldId,
}

/// 学校名单.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SchoolFields {
    pub table: TableId,
    pub name: FieldId,
    pub short_name: FieldId,
    /// What other tables may say of a school, too.
    pub said: [FieldId; 3],
}

/// 年度数据.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FigureFields {
    pub table: TableId,
    pub year: FieldId,
    pub item: FieldId,
    pub value: FieldId,
    pub unit: FieldId,
    pub items: ListId,
    /// The units of amounts; those of money are told by their worth.
    pub units: ListId,
}

impl Schema {
    /// Finds them all, or gives the first that is not there: `表 staff`, `表 staff 的列 name`, `词表 level`.
    pub(super) fn resolve(tables: &[Table], lists: &[WordList]) -> Result<Schema, String> {
        let list = |id: &str| {
            let place = lists.iter().position(|list| list.id == id).and_then(|at| u8::try_from(at).ok());
            place.map(ListId).ok_or_else(|| format!("词表 {id}"))
        };
        let table = |id: &str| {
            let found = (0..).map(TableId).zip(tables).find(|(_, table)| table.id == id);
            found.ok_or_else(|| format!("表 {id}"))
        };
        let (staff_id, staff) = table("staff")?;
        let (institutions_id, institutions) = table("institutions")?;
        let (schools_id, schools) = table("schools")?;
        Ok(Schema {
            staff: StaffFields {
                table: staff_id,
                staff_id: field(staff, "staff-id")?,
                name: field(staff, "name")?,
                institution: field(staff, "institution")?,
                level: field(staff, "level")?,
                employment: field(staff, "employment")?,
                full_time: word(lists, "employment", "专职")?,
                part_time: word(lists, "employment", "兼职")?,
                on_payroll: field(staff, "on-payroll")?,
                id_number: field(staff, "id-number")?,
                birth_date: field(staff, "birth-date")?,
            },
            institutions: InstitutionFields {
                table: institutions_id,
                name: field(institutions, "name")?,
                level: field(institutions, "level")?,
                full_time: field(institutions, "full-time")?,
                part_time: field(institutions, "part-time")?,
                officers: field(institutions, "officers")?,
            },
            schools: SchoolFields {
                table: schools_id,
                name: field(schools, "name")?,
                short_name: field(schools, "short-name")?,
                said: [field(schools, "area")?, field(schools, "weak")?, field(schools, "base")?],
            },
            contacts: table("contacts")?.0,
            figures: FigureFields::of(table("figures")?, (list("item")?, list("unit")?))?,
            levels: list("level")?,
        })
    }
}

impl FigureFields {
    fn of((id, figures): (TableId, &Table), (items, units): (ListId, ListId)) -> Result<FigureFields, String> {
        Ok(FigureFields {
            table: id,
            year: field(figures, "year")?,
            item: field(figures, "item")?,
            value: field(figures, "value")?,
            unit: field(figures, "unit")?,
            items,
            units,
        })
    }
}

fn word(lists: &[WordList], list: &str, word: &str) -> Result<WordId, String> {
    let found = lists.iter().find(|of| of.id == list).and_then(|of| of.spelt(word));
    found.ok_or_else(|| format!("词表 {list} 的词 {word}"))
}

fn field(table: &Table, id: &str) -> Result<FieldId, String> {
    table.field_named(id).ok_or_else(|| format!("表 {} 的列 {id}", table.id))
}
