//! Findings by the subjects that they speak of.

use std::collections::HashMap;

use crate::model::{Finding, Subject};

/// A subject, and its findings in each column of a table.
pub(crate) struct SubjectRow<'a> {
    pub(crate) subject: &'a Subject,
    pub(crate) findings: Vec<Vec<&'a Finding>>,
}

/// Puts findings, each given with its column, into one row per subject. The subjects of an institution stand together;
/// otherwise rows keep the order in which their subjects first come. Subjects of one name differ by id, else by place.
pub(crate) fn subject_rows<'a>(
    findings: impl Iterator<Item = (&'a Finding, usize)>,
    columns: usize,
) -> Vec<SubjectRow<'a>> {
    let mut rows: Vec<SubjectRow> = Vec::new();
    let mut known: HashMap<[Option<&str>; 4], usize> = HashMap::new();
    let mut order: HashMap<&str, usize> = HashMap::new();
    for (finding, column) in findings {
        let subject = &finding.subject;
        let (table, institution) = (subject.table.as_str(), subject.institution.as_str());
        let next = order.len();
        order.entry(institution).or_insert(next);
        let told_by = subject.id.as_deref().or(subject.place.as_deref());
        let row = *known.entry([Some(table), Some(institution), Some(&subject.name), told_by]).or_insert_with(|| {
            rows.push(SubjectRow { subject, findings: vec![Vec::new(); columns] });
            rows.len() - 1
        });
        rows[row].findings[column].push(finding);
    }
    rows.sort_by_key(|row| order.get(row.subject.institution.as_str()).copied());
    rows
}
