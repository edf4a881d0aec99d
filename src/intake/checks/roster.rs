//! The people of the roster: 身份证号 against 出生日期 and 性别, ages, and one person or number in two places.

use foldhash::{HashMap, HashMapExt};
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::checked::CheckedRow;
use crate::dictionary::{Dictionary, FieldId, StaffFields};
use crate::intake::issues::IssueLog;
use crate::intake::people::identity::{self, IdentityNumber};
use crate::intake::people::{Entity, Registry};
use crate::model::{Cell, CellRef, DateSpan, IssueKind, Value, WordId, elapsed_years, plain};

/// The ages that people in service have, both included.
const AGES: [u8; 2] = [18, 70];
/// 男 and 女 in the list of the dictionary.
const MALE: WordId = WordId(0);

pub(crate) fn check_row(dictionary: &Dictionary, as_of: Date, row: &mut CheckedRow<'_>) {
    let StaffFields { id_number, birth_date, .. } = dictionary.schema.staff;
    let roles = &dictionary.table(dictionary.schema.staff.table).roles;
    let identity = check_identity(id_number, row);
    if let Some(identity) = &identity {
        compare_birth(id_number, identity, birth_date, row);
        compare_sex(id_number, identity, roles.sex, row);
    }
    let own = row.parsed.cell(birth_date).date().map(|born| (birth_date, born));
    let born = own.or(identity.map(|identity| (id_number, DateSpan::day(identity.birth))));
    if let Some((place, born)) = born {
        check_age(place, born, roles.end, as_of, row);
    }
}

/// Checks the number of a row, and puts it into its form of eighteen characters, so that equal ones are equal.
fn check_identity(field: FieldId, row: &mut CheckedRow<'_>) -> Option<IdentityNumber> {
    let written = row.parsed.cell(field).text()?.clone();
    match identity::read(&written) {
        Ok(identity) => {
            if identity.is_old {
                let message = "这是15位的旧身份证号，没有校验码，按补成18位的号码使用；建议改登18位号码";
                row.report(field, IssueKind::OldIdentityNumber, &written, message.to_string());
            }
            row.parsed.cells[field.index()] = Cell::Is(Value::Text(identity.number.as_str().into()));
            Some(identity)
        }
        Err(flaw) => {
            let message = format!(
                "身份证号{flaw}；不影响按工号、姓名核查，但不能用它认定是不是同一个人；请核对（护照等其他证件可不改）"
            );
            row.report(field, IssueKind::WrongIdentityNumber, &identity::covered(&written), message);
            None
        }
    }
}

/// 出生日期 may be known by its month only. The registered date counts, as personnel files have it.
fn compare_birth(place: FieldId, identity: &IdentityNumber, birth: FieldId, row: &mut CheckedRow<'_>) {
    let Some(span) = row.parsed.cell(birth).date() else { return };
    if !(span.first..=span.last).contains(&identity.birth) {
        let message = format!(
            "身份证号中的出生日期与“出生日期”（{}）不一致，核查按“出生日期”；请核对，以档案认定为准",
            span.text()
        );
        row.report(place, IssueKind::DisagreeingIdentity, &identity.number, message);
    }
}

fn compare_sex(place: FieldId, identity: &IdentityNumber, sex: Option<FieldId>, row: &mut CheckedRow<'_>) {
    let written = sex.and_then(|field| row.parsed.cell(field).words()?.first().copied());
    if written.is_some_and(|word| (word == MALE) != identity.is_male) {
        let message = "身份证号第17位表示的性别与“性别”不一致，至少有一个写错，不影响结论；请核对";
        row.report(place, IssueKind::DisagreeingIdentity, &identity.number, message.to_string());
    }
}

/// The age on the as-of day, or on the day of leaving. A month leaves room for the day.
fn check_age(place: FieldId, born: DateSpan, end: Option<FieldId>, as_of: Date, row: &mut CheckedRow<'_>) {
    let left = end.and_then(|field| row.parsed.cell(field).date()).map(|span| span.first);
    let day = left.map_or(as_of, |left| left.min(as_of));
    let [youngest, oldest] = AGES.map(Decimal::from);
    let (least, most) = (elapsed_years(born.last, day), elapsed_years(born.first, day));
    if most < youngest || least > oldest {
        let age = if most < youngest { most } else { least };
        let message = format!("推算到{day}为{}岁，不在{}至{}岁之间，建议核实", plain(age.floor()), AGES[0], AGES[1]);
        row.report(place, IssueKind::UnlikelyDate, &born.text(), message);
    }
}

/// Checks the people against each other.
pub(crate) fn check_people(registry: &Registry<'_>, log: &mut IssueLog) {
    let StaffFields { id_number: number, birth_date: birth, .. } = registry.dictionary.schema.staff;
    let mut by_number: HashMap<&str, &Entity> = HashMap::new();
    let mut by_name: HashMap<(&str, Option<u32>, Date), &Entity> = HashMap::new();
    for person in &registry.staff {
        if let Some(text) = person.cell(number).text().filter(|text| identity::read(text).is_ok()) {
            let first = *by_number.entry(text).or_insert(person);
            report_shared_number(first, person, number, text, log);
        }
        if let Some(born) = person.cell(birth).date().and_then(|span| span.exact()) {
            let first = *by_name.entry((&person.name, person.institution, born)).or_insert(person);
            report_twin(first, person, birth, log);
        }
    }
}

fn report_shared_number(first: &Entity, person: &Entity, field: FieldId, text: &str, log: &mut IssueLog) {
    let Some((at, row)) = row_before(first, person, field, log) else { return };
    let name = &first.name;
    let message = format!("{row}的“{name}”也是这个身份证号，两人姓名不同，至少有一个号码写错；核查按两个人，请核对");
    log.report(at, IssueKind::SharedIdentityNumber, text, message);
}

fn report_twin(first: &Entity, person: &Entity, field: FieldId, log: &mut IssueLog) {
    let Some((at, row)) = row_before(first, person, field, log) else { return };
    let message =
        format!("与{row}同单位、同名、同一天出生，可能是同一个人登记了两次；核查按两个人，是同一个人请只留一个工号");
    log.report(at, IssueKind::RepeatedRosterRow, &person.name, message);
}

/// The place of a field of a person, and the row of the one before who has the same there. `None` for the first one.
fn row_before(first: &Entity, person: &Entity, field: FieldId, log: &IssueLog) -> Option<(CellRef, String)> {
    let (before, at) = (first.rows.first()?, person.place(field)?);
    (!std::ptr::eq(first, person)).then(|| (at, log.sheets().row(*before, before.sheet != at.row.sheet)))
}
