//! 督导内容: the five heads that a supervision report is ordered by, and which of them a clause belongs to.

use crate::pack::Pack;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Heading(&'static str);

impl Heading {
    /// What fits none of the five.
    pub(crate) const OTHER: Heading = Heading("其他");
    pub(crate) const ALL: [Heading; 6] = [
        Heading("机构设置"),
        Heading("队伍建设"),
        Heading("职责落实"),
        Heading("条件保障"),
        Heading("工作实效"),
        Heading::OTHER,
    ];

    pub(crate) fn label(self) -> &'static str {
        self.0
    }

    /// The head that a pack's words for a clause name, as 教研职责落实 names 职责落实.
    pub(crate) fn of(written: &str) -> Heading {
        Heading::ALL.into_iter().find(|heading| written.contains(heading.0)).unwrap_or(Heading::OTHER)
    }

    pub(crate) fn of_clause(pack: &Pack, clause: &str) -> Heading {
        pack.clause(clause).map_or(Heading::OTHER, |clause| Heading::of(&clause.heading))
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
        let expected = ["机构设置", "队伍建设", "职责落实", "条件保障", "工作实效", "其他", "其他"].map(Heading);
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
                assert_ne!(heading, Heading::OTHER, "{id} {clause}");
                if !found.contains(&heading) {
                    found.push(heading);
                }
            }
        }
        assert_eq!(found.len(), 5);
    }
}
