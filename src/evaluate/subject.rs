//! Who a finding is about, and whether they were in post for the whole window.

use super::facts::Facts;
use super::instance::Instance;
use super::plan::Plan;
use crate::dictionary::{FieldKind, Table, TableId};
use crate::intake::{Entity, Record, RecordDoubt};
use crate::model::{Cell, DateSpan, Per, Subject, Value, Window};

/// 在岗不足整期: the documents know no pro rata, so the finding only mentions it.
pub(super) fn partial_service(instance: &Instance<'_>, window: &Window) -> Option<String> {
    if instance.rule.rule.each != instance.facts.staff || window.per == Per::AsOf {
        return None;
    }
    let view = instance.view()?;
    let table = instance.facts.dictionary().table(instance.facts.staff);
    let start = table.roles.start.and_then(|field| view.cell(field).date());
    let entity = instance.facts.entity(instance.facts.staff, instance.subject);
    let tenure = entity.and_then(|entity| entity.tenure_in(window, instance.facts.when.as_of));
    // Who came back after a time elsewhere is in post from then on.
    let back = tenure.map(|tenure| DateSpan::day(tenure.first).max(DateSpan::day(window.start)));
    let start = start.map(|start| back.filter(|back| start.holds(*back) && start.exact().is_none()).unwrap_or(start));
    let began = start.filter(|start| start.last > window.start);
    let ended = instance.leaving(window);
    let parts: Vec<String> =
        [began.map(|span| format!("{}起", span.text())), ended.map(|span| format!("{}止", span.text()))]
            .into_iter()
            .flatten()
            .collect();
    (!parts.is_empty()).then(|| format!("（在岗不足整期：{}）", parts.join("，")))
}

/// What a row is called: by its name, if its table is one of named things, else by the first texts that tell it apart
/// (the person and the school of a contact, the number and the title of a certificate).
fn row_name(table: &Table, record: &Record) -> String {
    let text = |cell: &Cell| match cell {
        Cell::Is(Value::Text(text)) => Some(text.to_string()),
        Cell::Is(Value::Texts(texts)) => Some(texts.join("、")),
        Cell::Is(_) | Cell::Blank | Cell::Absent | Cell::Unreadable => None,
    };
    let own = table.roles.name.filter(|name| table.field(*name).required);
    if let Some(name) = own.and_then(|name| text(record.row.cell(name))) {
        return name;
    }
    // 单位 stands beside the name of each finding.
    let tells = |kind: FieldKind| !matches!(kind, FieldKind::Code | FieldKind::Institution);
    let told = table.fields.iter().zip(&record.row.cells).filter(|(field, _)| tells(field.kind));
    told.filter_map(|(_, cell)| text(cell)).take(2).collect::<Vec<_>>().join(" ")
}

/// Where a person stands in the roster, if the institution has another one of that name and no 工号 tells them apart.
/// The file is named if the roster has several.
fn place_of(facts: &Facts<'_>, place: usize) -> Option<String> {
    let registry = facts.registry;
    let person = registry.staff.get(place).filter(|person| person.id.is_none())?;
    let is_namesake = |other: &&Entity| other.name == person.name && other.institution == person.institution;
    if registry.people_called(&person.name).filter(is_namesake).count() < 2 {
        return None;
    }
    let row = person.rows.first()?;
    let sheets = registry.layouts.iter().flatten().filter(|layout| layout.table == facts.staff).count();
    Some(registry.sheets.row(*row, sheets > 1))
}

/// Who is judged.
pub(super) fn of(facts: &Facts<'_>, each: TableId, place: usize) -> Subject {
    let table = facts.dictionary().table(each);
    let institution = |place: Option<u32>| {
        place.and_then(|at| facts.registry.institutions.get(at as usize)).map(|at| at.name.to_string())
    };
    let (id, name, institution) = match facts.entity(each, place) {
        Some(entity) if each == facts.staff => {
            let written = table.roles.institution.and_then(|field| entity.cell(field).text());
            let named = institution(entity.institution).or_else(|| written.map(ToString::to_string));
            (entity.id.as_ref().map(ToString::to_string), entity.name.to_string(), named.unwrap_or_default())
        }
        Some(entity) => (None, entity.name.to_string(), entity.name.to_string()),
        None => {
            let record = &facts.held(each)[place];
            let institution = institution(record.institutions.first().copied()).unwrap_or_default();
            let name = || facts.registry.sheets.row(record.row.at, false);
            let is_nameless = record.doubt == Some(RecordDoubt::Nameless);
            (None, if is_nameless { name() } else { row_name(table, record) }, institution)
        }
    };
    let place = if each == facts.staff { place_of(facts, place) } else { None };
    let (name, institution) = (name.into(), institution.into());
    Subject { table: table.id.clone(), id: id.map(Into::into), name, institution, place: place.map(Into::into) }
}

/// How many names an error lists.
const NAMED: usize = 20;

/// The subjects of a plan's first rule that go by a name or 工号. Without one, the only subject there is.
///
/// # Errors
/// The names of the first few subjects, if none goes by that name or none was named and there are several.
pub fn subjects_called(plan: &Plan<'_>, facts: &Facts<'_>, wanted: Option<&str>) -> Result<Vec<usize>, Vec<String>> {
    let Some(rule) = plan.rules.first() else { return Err(Vec::new()) };
    let all: Vec<Subject> = (0..facts.subjects(rule.rule.each)).map(|place| of(facts, rule.rule.each, place)).collect();
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let called = |subject: &Subject, wanted: &str| {
        bare(&subject.name) == bare(wanted) || subject.id.as_deref().is_some_and(|id| id == wanted.trim())
    };
    let found: Vec<usize> = match wanted {
        Some(wanted) => (0..all.len()).filter(|place| called(&all[*place], wanted)).collect(),
        None if all.len() == 1 => vec![0],
        None => Vec::new(),
    };
    if found.is_empty() {
        return Err(all.into_iter().take(NAMED).map(|subject| subject.name.to_string()).collect());
    }
    Ok(found)
}
