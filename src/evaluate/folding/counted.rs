//! As what a row counts for the rows of a plan that take it up.

use crate::evaluate::facts::Facts;
use crate::evaluate::plan::MeasuredRows;
use crate::intake::Record;
use crate::model::Per;

/// The record as it counts for some rows: for an office, or as things stand on the as-of day, it may say something else.
pub(in crate::evaluate) fn as_counted<'r>(
    facts: &'r Facts<'_>,
    rows: &MeasuredRows<'_>,
    (record, for_office): (&'r Record, Option<&'r Record>),
) -> &'r Record {
    let is_of_day = || rows.windows.iter().all(|window| window.per == Per::AsOf && window.end == facts.when.as_of);
    if let [person] = record.people.as_slice()
        && record.row.table == facts.staff
        && let Some(now) = facts.now.get(person)
        && is_of_day()
    {
        return now;
    }
    for_office.filter(|_| rows.folds.rows.may_be_of_others()).unwrap_or(record)
}
