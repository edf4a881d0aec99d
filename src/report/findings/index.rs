//! The findings of an audit beside the packs and rules that they come from, in the order of the report.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use super::heading::Heading;
use crate::audit::Audit;
use crate::dictionary::{Dictionary, TableId};
use crate::model::{
    Assessment, CellRef, Copy, Counts, Finding, Input, Period, Question, RowRef, Sheet, Subject, Verdict,
};
use crate::pack::{Pack, Rule};
use crate::report::sheet::{clean, link};
use crate::report::source::Report;

const NAME: usize = 31;

/// A finding with its pack and rule; `None` when the report was not given the pack.
#[derive(Clone, Copy)]
pub(crate) struct RuledFinding<'a> {
    pub(crate) finding: &'a Finding,
    pub(crate) pack: Option<&'a Pack>,
    pub(crate) rule: Option<&'a Rule>,
    pub(crate) dictionary: &'a Dictionary,
    /// The place of the finding in the assessment.
    pub(crate) at: usize,
    /// The places of pack and rule; at the end when unknown.
    place: (usize, usize),
}

pub(crate) struct Index<'a> {
    pub(crate) report: &'a Report<'a>,
    pub(crate) entries: Vec<RuledFinding<'a>>,
    /// In the order that a row's sheet counts.
    pub(crate) sheets: Vec<(&'a Input, &'a Sheet)>,
    /// What the copy of each sheet is called, where there is one.
    pub(crate) copy_names: Vec<Option<String>>,
}

impl<'a> Index<'a> {
    pub(crate) fn new(report: &'a Report<'a>) -> Index<'a> {
        let mut places = HashMap::new();
        for (pack_at, pack) in report.packs.iter().enumerate() {
            for (rule_at, rule) in pack.rules.iter().enumerate() {
                places.insert((pack.id.as_str(), rule.id.as_str()), (pack_at, rule_at));
            }
        }
        let entry = |(at, finding): (usize, &'a Finding)| {
            let place = places.get(&(finding.pack.as_str(), finding.rule.as_str())).copied();
            let place = place.unwrap_or((usize::MAX, usize::MAX));
            let pack = report.packs.get(place.0);
            let rule = pack.and_then(|pack| pack.rules.get(place.1));
            RuledFinding { finding, pack, rule, dictionary: report.dictionary, at, place }
        };
        let mut entries: Vec<RuledFinding> = report.audit.assessment.findings.iter().enumerate().map(entry).collect();
        entries.sort_by_key(|entry| entry.place);
        let sheets: Vec<(&Input, &Sheet)> = report.audit.assessment.sheets().collect();
        let copy_names = copy_names(report.audit, sheets.iter().map(|(_, sheet)| *sheet));
        Index { report, entries, sheets, copy_names }
    }

    pub(crate) fn assessment(&self) -> &'a Assessment {
        &self.report.audit.assessment
    }

    /// The unmet 应 and 原则上, the largest shortfall of a rule first.
    pub(crate) fn gaps(&self) -> Vec<RuledFinding<'a>> {
        self.by_shortfall(Finding::is_gap)
    }

    pub(crate) fn notes(&self) -> Vec<RuledFinding<'a>> {
        self.by_shortfall(Finding::is_note)
    }

    pub(crate) fn reviews(&self) -> Vec<RuledFinding<'a>> {
        self.entries.iter().filter(|entry| entry.finding.verdict == Verdict::Review).copied().collect()
    }

    pub(crate) fn counts_of(&self, pack: &Pack, rule: &Rule) -> Counts {
        self.counts(|entry| entry.finding.pack == pack.id && entry.rule.is_some_and(|own| own.id == rule.id))
    }

    pub(crate) fn counts(&self, wanted: impl Fn(&RuledFinding<'a>) -> bool) -> Counts {
        let chosen = self.entries.iter().filter(|entry| wanted(entry));
        chosen.fold(Counts::default(), |counts, entry| counts.with(entry.finding.verdict))
    }

    /// 问题编号: the audit year and the gap's place in the list, from 1: 2023-001.
    pub(crate) fn gap_code(&self, number: u64) -> String {
        format!("{}-{number:03}", self.assessment().period)
    }

    /// 被核查单位: what people and institutions were judged under, by first appearance. A school is no audited office.
    pub(crate) fn institutions(&self) -> Vec<&'a str> {
        let schema = &self.report.dictionary.schema;
        let judged = [schema.staff.table, schema.institutions.table].map(|table| self.table_id(table));
        let mut seen = HashSet::new();
        let subjects = self.entries.iter().map(|entry| &entry.finding.subject);
        let offices = subjects.filter(|subject| judged.contains(&subject.table.as_str()));
        let names = offices.map(|subject| subject.institution.as_str());
        names.filter(|name| !name.is_empty() && seen.insert(*name)).collect()
    }

    pub(crate) fn table_id(&self, table: TableId) -> &'a str {
        &self.report.dictionary.table(table).id
    }

    /// 2023年, 2023-2024学年.
    pub(crate) fn period(&self) -> String {
        let written = &self.assessment().period;
        Period::parse(written).map_or_else(|_| written.clone(), Period::label)
    }

    /// 见“先核对这些”第1、3项: the questions that a finding, by its place in the assessment, waits for.
    pub(crate) fn asked_of(&self, finding: usize) -> String {
        let questions = (1..).zip(&self.assessment().questions);
        let asked = |question: &Question| {
            u32::try_from(finding).is_ok_and(|finding| question.findings.binary_search(&finding).is_ok())
        };
        let numbers: Vec<String> =
            questions.filter(|(_, question)| asked(question)).map(|(number, _)| number.to_string()).collect();
        if numbers.is_empty() {
            String::new()
        } else {
            format!("见“先核对这些”第{}项\n", numbers.join("、"))
        }
    }

    /// The copy of a sheet and its name in the report. `None` when no row of it is kept.
    pub(crate) fn copy_of(&self, sheet: u32) -> Option<(&str, &Copy)> {
        let name = self.copy_names.get(sheet as usize)?.as_deref()?;
        Some((name, self.report.audit.copies.get(sheet as usize)?))
    }

    /// Whether a finding is told at a row that it names: a shortened copy does not show the many that it may name.
    pub(crate) fn says_at(&self, row: RowRef) -> bool {
        let copy = self.report.audit.copies.get(row.sheet as usize);
        copy.is_none_or(|copy| !copy.shortened || copy.has_row(row.row))
    }

    /// A link to the first of these cells whose row stands in a copy.
    pub(crate) fn link_to(&self, cells: &[CellRef]) -> Option<String> {
        cells.iter().find_map(|at| {
            let (name, copy) = self.copy_of(at.row.sheet)?;
            copy.has_row(at.row.row).then(|| link(name, at.row.row, at.column))
        })
    }

    fn by_shortfall(&self, wanted: fn(&Finding) -> bool) -> Vec<RuledFinding<'a>> {
        let mut chosen: Vec<RuledFinding> =
            self.entries.iter().filter(|entry| wanted(entry.finding)).copied().collect();
        chosen.sort_by_cached_key(|entry| (entry.place, Reverse(entry.finding.shortfall())));
        chosen
    }
}

impl RuledFinding<'_> {
    pub(crate) fn title(&self) -> &str {
        self.rule.map_or(self.finding.rule.as_str(), |rule| rule.title.as_str())
    }

    pub(crate) fn quote(&self) -> &str {
        self.rule.map_or("", |rule| rule.quote.as_str())
    }

    /// 江教办〔2022〕38号 二(四)14, in lines for a narrow column.
    pub(crate) fn cited(&self) -> String {
        let document = self.pack.map_or_else(|| self.finding.pack.clone(), short_name).replace('〔', "\n〔");
        format!("{document}\n{}", self.finding.clause)
    }

    pub(crate) fn heading(&self) -> Heading {
        self.pack.map_or(Heading::OTHER, |pack| Heading::of_clause(pack, &self.finding.clause))
    }

    /// Whether the rule is a published figure, which is borne out or not.
    pub(crate) fn claims(&self) -> bool {
        self.pack.is_some_and(|pack| pack.claims)
    }
}

/// A document's 文号, or its title where it has none.
pub(crate) fn short_name(pack: &Pack) -> String {
    pack.number.clone().unwrap_or_else(|| format!("《{}》", pack.title))
}

pub(crate) fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// What the copy of each sheet is called; nothing where no row is kept, because an empty page says nothing.
fn copy_names<'a>(audit: &Audit, sheets: impl Iterator<Item = &'a Sheet>) -> Vec<Option<String>> {
    let mut number = 0;
    let name = |(at, sheet): (usize, &Sheet)| {
        let copy = audit.copies.get(at)?;
        (!copy.rows.is_empty()).then(|| {
            number += 1;
            sheet_name(number, &sheet.name)
        })
    };
    sheets.enumerate().map(name).collect()
}

/// 原表1 活动台账: valid and unique whatever the input calls its sheet.
fn sheet_name(number: usize, name: &str) -> String {
    let name = clean(name).replace(['[', ']', ':', '*', '?', '/', '\\', '\n'], "_");
    let mut units = 0;
    let kept: String = format!("原表{number} {}", name.trim())
        .chars()
        .take_while(|character| {
            units += character.len_utf16();
            units <= NAME
        })
        .collect();
    kept.trim_end_matches(['\'', ' ']).to_string()
}

pub(crate) struct SubjectRow<'a> {
    pub(crate) subject: &'a Subject,
    pub(crate) findings: Vec<Vec<&'a Finding>>,
}

/// Puts findings, each with its column, into one row per subject, by first appearance; those of an institution stand together.
/// Subjects of one name differ by id, else by place.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheet_names_are_valid_whatever_the_input_calls_its_sheet() {
        assert_eq!(sheet_name(1, "活动台账"), "原表1 活动台账");
        assert_eq!(sheet_name(2, "a[b]:*?/\\c'"), "原表2 a_b______c");
        assert_eq!(sheet_name(3, "\u{0}'  "), "原表3");
        assert_eq!(sheet_name(10, "13812341234"), "原表10 138____1234");
        let long = sheet_name(4, &"😀".repeat(40));
        assert_eq!(long.encode_utf16().count(), 30);
    }
}
