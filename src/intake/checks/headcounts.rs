//! How many people of a kind an institution has, by its own row and by the roster.

use rust_decimal::Decimal;

use crate::dictionary::FieldId;
use crate::intake::issues::IssueLog;
use crate::intake::people::{Entity, Registry};
use crate::model::{Cell, CellRef, IssueKind, Value, WordId, plain};

/// Finds the institutions that say of themselves that they have more people, or fewer, than the roster has of them.
pub(super) fn miscounted(registry: &Registry<'_>, log: &mut IssueLog) -> Vec<CellRef> {
    let (staff, of) = (registry.dictionary.schema.staff, registry.dictionary.schema.institutions);
    let kinds = [(of.full_time, Some(staff.full_time)), (of.part_time, Some(staff.part_time)), (of.officers, None)];
    let mut miscounted = Vec::new();
    for (place, institution) in (0..).zip(&registry.institutions) {
        for (field, word) in kinds {
            let (Some(said), Some(at)) = (institution.cell(field).number(), institution.place(field)) else {
                continue;
            };
            let (least, most) = headcount(registry, place, word);
            if least <= said && said <= most {
                continue;
            }
            miscounted.push(at);
            let message = format!(
                "花名册里这个单位有{}人，与这里写的不一样，花名册全不全不能确定，按花名册算的人数和比例按“待核”处理；请核对后改成一样",
                plain(most)
            );
            log.report(at, IssueKind::DisagreeingCells, &plain(said), message);
        }
    }
    miscounted
}

/// How many people of an institution surely are of a kind, or of any, and at their post, and how many may be of it.
fn headcount(registry: &Registry<'_>, institution: u32, kind: Option<WordId>) -> (Decimal, Decimal) {
    let employment = registry.dictionary.schema.staff.employment;
    let may_be = |person: &&Entity| {
        let is_own = person.institution.is_none_or(|own| own == institution);
        is_own
            && !matches!(person.cell(employment), Cell::Is(Value::Word(word)) if kind.is_some_and(|kind| kind != *word))
    };
    let surely = |person: &&Entity| {
        person.institution == Some(institution)
            && kind.is_none_or(|kind| *person.cell(employment) == Cell::Is(Value::Word(kind)))
            && person.doubt.is_none()
            && person.denied.is_none()
            && !may_be_away(registry, person)
    };
    let most: Vec<&Entity> = registry.staff.iter().filter(may_be).collect();
    let least = most.iter().copied().filter(|person| surely(person)).count();
    (Decimal::from(least), Decimal::from(most.len()))
}

/// Whether somebody on the roster need not be at their post.
fn may_be_away(registry: &Registry<'_>, person: &Entity) -> bool {
    let table = registry.dictionary.table(registry.dictionary.schema.staff.table);
    let has_ended = table.roles.end.is_some_and(|end| matches!(person.cell(end), Cell::Is(_) | Cell::Unreadable));
    let mut posts = (0..).map(FieldId).zip(&table.fields).filter(|(_, field)| field.excuses);
    let is_off = posts.any(|(id, _)| !matches!(person.cell(id), Cell::Is(Value::Flag(true)) | Cell::Absent));
    person.away.is_some() || has_ended || is_off
}
