//! What a row says of a person beside name and 工号, against what the roster says of them: 单位, 身份证号, 学段.

use super::entities::Entity;
use super::identity;
use super::naming::may_be_short;
use super::registry::Registry;
use crate::dictionary::{FieldId, FieldKind};
use crate::intake::row::ParsedRow;
use crate::model::{Cell, Value, WordId};

/// What a row says of the person whom it names.
#[derive(Debug, Default)]
pub(crate) struct RowDetails<'r> {
    /// Its institution, or what it calls one that is not known.
    institution: Option<u32>,
    unknown_institution: Option<(FieldId, &'r str)>,
    at_institution: Option<FieldId>,
    /// Whether something stands where its institution belongs that cannot be read.
    is_unread: bool,
    /// A 身份证号 that can be one, in its form of eighteen characters.
    pub identity: Option<(FieldId, String)>,
    stages: Option<(FieldId, &'r [WordId])>,
}

/// Whether a row may speak of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Agreement {
    Agrees,
    /// It says something else in this field: it may be somebody else.
    Doubtful(FieldId),
    /// It is somebody else, as this field shows.
    Another(FieldId),
}

impl<'r> RowDetails<'r> {
    pub(crate) fn of(registry: &Registry<'_>, row: &'r ParsedRow, institution: Option<u32>) -> RowDetails<'r> {
        let table = registry.dictionary.table(row.table);
        let at_institution = table.field_of_kind(FieldKind::Institution);
        let text = |field: Option<FieldId>| field.and_then(|field| Some((field, &**row.cell(field).text()?)));
        let identity = text(table.roles.id_number)
            .and_then(|(field, written)| Some((field, identity::read(written).ok()?.number)));
        let stages = table.roles.stage.and_then(|field| Some((field, all_words(row.cell(field))?)));
        RowDetails {
            institution,
            unknown_institution: text(at_institution).filter(|_| institution.is_none()),
            at_institution,
            is_unread: at_institution.is_some_and(|field| *row.cell(field) == Cell::Unreadable),
            identity,
            stages,
        }
    }

    pub(crate) fn forget_stages(&mut self) {
        self.stages = None;
    }

    pub(crate) fn agrees_with(&self, person: &Entity, registry: &Registry<'_>) -> Agreement {
        let staff = registry.dictionary.schema.staff;
        let own = || identity::read(person.cell(staff.id_number).text()?).ok();
        if let Some((field, number)) = &self.identity
            && own().is_some_and(|own| own.number != *number)
        {
            return Agreement::Another(*field);
        }
        if let Some(field) = self.at_institution.filter(|_| self.is_elsewhere(person, registry)) {
            return Agreement::Doubtful(field);
        }
        let Some((field, stages)) = self.stages else { return Agreement::Agrees };
        let of_person = registry.dictionary.table(staff.table).roles.stage;
        match of_person.and_then(|field| all_words(person.cell(field))) {
            Some(own) if !stages.iter().any(|stage| own.contains(stage)) => Agreement::Doubtful(field),
            Some(_) | None => Agreement::Agrees,
        }
    }

    /// Whether the row is of another institution than the person.
    fn is_elsewhere(&self, person: &Entity, registry: &Registry<'_>) -> bool {
        let Some(own) = person.institution else { return false };
        match (self.institution, self.unknown_institution) {
            (Some(institution), _) => institution != own && !person.institutions.contains(&institution),
            // 教研室 is 松岭县教研室 for short.
            (None, Some((_, text))) if !registry.institution_is_assumed => {
                let name = registry.institutions.get(own as usize).map_or("", |own| &*own.name);
                !may_be_short(text, name)
            }
            // It may say another one.
            (None, None) => self.is_unread && !registry.institution_is_assumed,
            (None, Some(_)) => false,
        }
    }
}

/// The words of a cell, if these are all.
fn all_words(cell: &Cell) -> Option<&[WordId]> {
    if let Cell::Is(Value::Words(words)) = cell { Some(words) } else { None }
}
