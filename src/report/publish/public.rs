//! What may be said in public: institutions, clauses and counts, and no person.
//!
//! A count of one or two people would name them to everybody who knows the office, so counts of fewer people than
//! [`LEAST`] are not shown, and neither can they be had by taking the shown from the whole.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::model::{Counts, Subject, Verdict};
use crate::report::findings::{Index, RuledFinding, words};

/// Fewer people than this are not counted on their own.
const LEAST: usize = 3;
/// Under what the subjects stand that belong to no office: schools, certificates.
pub(super) const NO_OFFICE: &str = "（不分单位）";
/// In place of an office that is called as a person is.
const DOUBTFUL: &str = "（单位名称待核实）";

pub(super) type RuleId<'a> = (&'a str, &'a str);

/// The people of each institution, by id and name.
type People<'a> = BTreeMap<&'a str, BTreeSet<(&'a str, &'a str)>>;

pub(super) struct Public<'i, 'a> {
    pub(super) index: &'i Index<'a>,
    /// The ids of the tables of people and of institutions, whose subjects are counted under their office.
    judged: [&'a str; 2],
    /// People are judged under these names, so no institution may be shown by them.
    people: HashSet<&'a str>,
    pub(super) rules: HashSet<RuleId<'a>>,
    /// Institutions whose people are too few, or would tell of others that are.
    pub(super) offices: HashSet<(RuleId<'a>, &'a str)>,
}

impl<'i, 'a> Public<'i, 'a> {
    pub(super) fn new(index: &'i Index<'a>) -> Public<'i, 'a> {
        let schema = &index.report.dictionary.schema;
        let judged = [schema.staff.table, schema.institutions.table].map(|table| index.table_id(table));
        // What is judged and is no person.
        let bodies = [schema.institutions.table, schema.schools.table, schema.figures.table];
        let bodies = bodies.map(|table| index.table_id(table));
        let is_body = |subject: &Subject| bodies.contains(&subject.table.as_str());
        let persons = || index.entries.iter().filter(|entry| !is_body(&entry.finding.subject));
        let people = persons().map(|entry| entry.finding.subject.name.as_str()).collect();
        let mut public = Public { index, judged, people, rules: HashSet::new(), offices: HashSet::new() };
        let mut counted: HashMap<RuleId, People> = HashMap::new();
        for entry in persons().filter(|entry| entry.finding.verdict != Verdict::NotApplicable) {
            let subject = &entry.finding.subject;
            let person = (subject.id.as_deref().unwrap_or_default(), subject.name.as_str());
            let offices = counted.entry(rule_id(entry)).or_default();
            offices.entry(public.office(subject)).or_default().insert(person);
        }
        for (rule, offices) in counted {
            let sizes: Vec<(&str, usize)> =
                offices.into_iter().map(|(office, people)| (office, people.len())).collect();
            if sizes.iter().map(|(_, size)| size).sum::<usize>() < LEAST {
                public.rules.insert(rule);
            }
            public.offices.extend(too_small(sizes).into_iter().map(|office| (rule, office)));
        }
        public
    }

    pub(super) fn office(&self, subject: &'a Subject) -> &'a str {
        let institution = subject.institution.as_str();
        match self.judged.contains(&subject.table.as_str()) {
            true if self.people.contains(institution) => DOUBTFUL,
            true if !institution.is_empty() => institution,
            true | false => NO_OFFICE,
        }
    }

    /// The institutions that are shown, in the order in which they first come.
    pub(super) fn shown_offices(&self) -> Vec<&'a str> {
        let mut seen = HashSet::new();
        let offices = self.index.entries.iter().map(|entry| self.office(&entry.finding.subject));
        offices.filter(|office| seen.insert(*office)).collect()
    }

    /// The counts of some findings, without those of rules that concern too few people.
    pub(super) fn counts(&self, wanted: impl Fn(&RuledFinding<'a>) -> bool) -> Counts {
        self.index.counts(|entry| wanted(entry) && !self.rules.contains(&rule_id(entry)))
    }

    pub(super) fn headline(&self) -> String {
        let counts = self.counts(|_| true);
        let [met, unmet, _] = words(self.index.report.packs);
        let left_out = match self.rules.len() {
            0 => String::new(),
            rules => format!("；另有{rules}项核查内容的对象不足{LEAST}人，不计入"),
        };
        let Counts { met: is_met, unmet: is_unmet, review, pending, waived, .. } = counts;
        let judged = format!("应检{}项，其中{met}{is_met}项，{unmet}{is_unmet}项", counts.due());
        format!("{judged}，待核{review}项，未到期{pending}项，豁免{waived}项{left_out}。")
    }
}

fn rule_id<'a>(entry: &RuledFinding<'a>) -> RuleId<'a> {
    (&entry.finding.pack, &entry.finding.rule)
}

/// The offices with too few people, and as many of the next smaller ones as it takes for all of these to have enough.
fn too_small(mut sizes: Vec<(&str, usize)>) -> Vec<&str> {
    sizes.sort_by_key(|(office, size)| (*size, *office));
    let mut together = 0;
    let hidden = sizes.iter().take_while(|(_, size)| {
        let hide = *size < LEAST || (1..LEAST).contains(&together);
        together += size;
        hide
    });
    hidden.map(|(office, _)| *office).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offices_with_few_people_are_hidden_with_enough_others_that_nobody_can_be_told_by_what_is_left() {
        assert_eq!(too_small(vec![("甲", 5), ("乙", 3)]), Vec::<&str>::new());
        assert_eq!(too_small(vec![("甲", 5), ("乙", 1), ("丙", 4)]), ["乙", "丙"]);
        assert_eq!(too_small(vec![("甲", 5), ("乙", 1), ("丙", 2)]), ["乙", "丙"]);
        assert_eq!(too_small(vec![("甲", 5), ("乙", 1), ("丙", 1), ("丁", 9)]), ["丙", "乙", "甲"]);
        assert_eq!(too_small(vec![("甲", 2)]), ["甲"]);
        assert_eq!(too_small(Vec::new()), Vec::<&str>::new());
    }
}
