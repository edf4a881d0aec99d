//! What may come of a change: the same verdict, 待核, or another one of those whom the change concerns.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use jiaoyan::audit::Audit;
use jiaoyan::dictionary::Table;
use jiaoyan::model::{Finding, Verdict};

/// Rule, subject and window; of several subjects of one name, the first, the second, …
type Key = (String, String, String, usize);

pub struct Said {
    pub verdict: Verdict,
    reason: String,
    table: String,
    id: String,
}

pub struct Verdicts(pub BTreeMap<Key, Said>);

impl Verdicts {
    pub fn of(audit: &Audit) -> Verdicts {
        let mut found = BTreeMap::new();
        for finding in &audit.assessment.findings {
            // The same name with blanks in it is the same name.
            let name: String = finding.subject.name.split_whitespace().collect();
            let mut key = (finding.rule.clone(), name, finding.window.label.clone(), 0);
            while found.contains_key(&key) {
                key.3 += 1;
            }
            found.insert(key, said(finding));
        }
        Verdicts(found)
    }

    /// Some people whom the verdicts are about.
    pub fn officers(&self) -> Vec<String> {
        let people = self.0.iter().filter(|(_, said)| said.table == "staff").map(|(key, _)| key.1.clone());
        people.collect::<BTreeSet<_>>().into_iter().take(3).collect()
    }
}

fn said(finding: &Finding) -> Said {
    Said {
        verdict: finding.verdict,
        reason: finding.reason.to_string(),
        table: finding.subject.table.clone(),
        id: finding.subject.id.as_ref().map(ToString::to_string).unwrap_or_default(),
    }
}

/// Whose verdicts a change may turn.
pub enum Concerns {
    /// Nobody's: less is known, or the same.
    Nobody,
    /// Of the people, those whom these texts name; of other subjects, all.
    Named(BTreeSet<String>),
    Everyone,
}

pub struct Expectation {
    pub concerns: Concerns,
    /// The subjects of these tables may go, because what names them does.
    pub may_go: BTreeSet<String>,
    /// Rows are not seen at all: what is not over yet claims nothing of them, so it may be 未到期.
    pub rows_unseen: bool,
    /// Nobody new may come: the records are the same.
    pub same_subjects: bool,
}

impl Expectation {
    pub fn weaker() -> Expectation {
        Expectation { concerns: Concerns::Nobody, may_go: BTreeSet::new(), rows_unseen: false, same_subjects: false }
    }

    /// The subjects of a table may go; with those of the roster the institutions that it names.
    pub fn may_go(&mut self, table: &Table) {
        self.may_go.insert(table.id.clone());
        if table.id == "staff" {
            self.may_go.insert("institutions".to_string());
        }
    }

    pub fn same() -> Expectation {
        Expectation { same_subjects: true, ..Expectation::weaker() }
    }

    fn concerns(&self, key: &Key, said: &Said) -> bool {
        match &self.concerns {
            Concerns::Nobody => false,
            Concerns::Everyone => true,
            Concerns::Named(_) if said.table != "staff" => true,
            Concerns::Named(texts) => texts.iter().any(|text| {
                let bare = text.split_whitespace().collect::<String>();
                // A name that is one character off may have been theirs.
                let is_near = key.1.chars().count() > 2 && strsim::levenshtein(&bare, &key.1) == 1;
                bare.contains(&key.1) || is_near || *text == said.id
            }),
        }
    }
}

/// What became of the verdicts of an office.
#[derive(Default)]
pub struct Outcome {
    pub same: usize,
    pub review: usize,
    pub stated: usize,
    /// What must not be, with both verdicts and the reason.
    pub flips: Vec<Flip>,
}

/// A verdict that a change turned and must not.
pub struct Flip {
    pub rule: String,
    /// Subject and window.
    whose: String,
    before: &'static str,
    pub after: &'static str,
    reason: String,
}

pub fn compare(whole: &Verdicts, spoilt: &Verdicts, expected: &Expectation) -> Outcome {
    let mut outcome = Outcome::default();
    for (key, before) in &whole.0 {
        let after = spoilt.0.get(key);
        let is_concerned = expected.concerns(key, before);
        match after {
            Some(after) if after.verdict == before.verdict => outcome.same += 1,
            Some(after) if after.verdict == Verdict::Review => outcome.review += 1,
            Some(after) if expected.rows_unseen && after.verdict == Verdict::Pending => outcome.review += 1,
            Some(_) if is_concerned => outcome.stated += 1,
            None if is_concerned || expected.may_go.contains(&before.table) => outcome.stated += 1,
            Some(after) => outcome.flips.push(flip(key, before.verdict.id(), Some(after))),
            None => outcome.flips.push(flip(key, before.verdict.id(), None)),
        }
    }
    if expected.same_subjects {
        let new = spoilt.0.iter().filter(|(key, _)| !whole.0.contains_key(key));
        outcome.flips.extend(new.map(|(key, after)| flip(key, "none", Some(after))));
    }
    outcome
}

fn flip(key: &Key, before: &'static str, after: Option<&Said>) -> Flip {
    let (after, reason) = after.map_or(("gone", ""), |after| (after.verdict.id(), &after.reason));
    Flip { rule: key.0.clone(), whose: format!("{} {}", key.1, key.2), before, after, reason: reason.to_string() }
}

impl fmt::Display for Flip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {} → {} ({})", self.rule, self.whose, self.before, self.after, self.reason)
    }
}
