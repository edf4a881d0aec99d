//! 督导内容: the five heads that a supervision report is ordered by, and which of them a clause belongs to.

use crate::pack::Pack;

/// A head of the supervision report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Heading {
    Bodies,
    Staff,
    Duties,
    Means,
    Results,
    /// What fits none of the five.
    Other,
}

impl Heading {
    /// In the order of the report.
    pub(crate) const ALL: [Heading; 6] =
        [Heading::Bodies, Heading::Staff, Heading::Duties, Heading::Means, Heading::Results, Heading::Other];

    pub(crate) fn label(self) -> &'static str {
        match self {
            Heading::Bodies => "机构设置",
            Heading::Staff => "队伍建设",
            Heading::Duties => "职责落实",
            Heading::Means => "条件保障",
            Heading::Results => "工作实效",
            Heading::Other => "其他",
        }
    }

    /// The head that a pack's words for a clause name, as 教研职责落实 names 职责落实.
    pub(crate) fn of(written: &str) -> Heading {
        let named = |heading: &Heading| *heading != Heading::Other && written.contains(heading.label());
        Heading::ALL.into_iter().find(named).unwrap_or(Heading::Other)
    }

    /// The head of a clause of a pack.
    pub(crate) fn of_clause(pack: &Pack, clause: &str) -> Heading {
        pack.clause(clause).map_or(Heading::Other, |clause| Heading::of(&clause.heading))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Dictionary;
    use crate::pack::{built_in, built_in_ids};

    #[test]
    fn a_head_is_known_by_its_words_and_what_fits_none_is_other() {
        let heads = ["教研机构设置", "队伍建设", "教研职责落实情况", "教研条件保障", "工作实效", "师德师风", ""];
        let expected = [
            Heading::Bodies,
            Heading::Staff,
            Heading::Duties,
            Heading::Means,
            Heading::Results,
            Heading::Other,
            Heading::Other,
        ];
        assert_eq!(heads.map(Heading::of), expected);
    }

    #[test]
    fn every_clause_of_the_built_in_packs_has_one_of_the_five_heads() {
        let mut found = Vec::new();
        for id in built_in_ids() {
            let pack = built_in(id, Dictionary::built_in()).unwrap();
            let clauses = pack.clauses.iter().map(|clause| &clause.id).chain(pack.rules.iter().map(|r| &r.clause));
            for clause in clauses {
                let heading = Heading::of_clause(&pack, clause);
                assert_ne!(heading, Heading::Other, "{id} {clause}");
                if !found.contains(&heading) {
                    found.push(heading);
                }
            }
        }
        assert_eq!(found.len(), 5);
    }
}
