//! The people that a row names by a number: by 工号 as the roster writes it or nearly so, else by 身份证号.

use super::agreement::RowDetails;
use super::named::PeopleSearch;
use super::naming;
use super::whom::NameMatch;
use crate::dictionary::{Called, FieldId};
use crate::model::IssueKind;

impl PeopleSearch<'_> {
    pub(super) fn by_any_id(&mut self, field: FieldId, id: &str) {
        let registry = self.registry;
        match registry.by_id.get(id).map(Vec::as_slice) {
            Some([place]) => self.by_staff_id(*place),
            Some(several) if self.told_apart(several).is_some() => {
                self.told_apart(several).into_iter().for_each(|place| self.by_staff_id(place));
            }
            Some(several) => {
                let message = "花名册中有几个人用这个工号，不能确定是谁，对他们都按“可能”处理；请改正花名册中的工号";
                self.doubt(field, IssueKind::AmbiguousPerson, id, message);
                self.found.may_be(several);
            }
            None => self.by_loose_id(field, id),
        }
    }

    /// Which of those with one 工号 a row means: the only one of its name, or of its institution. Two offices may both begin with 001.
    fn told_apart(&self, several: &[u32]) -> Option<u32> {
        let (staff, written) = (&self.registry.staff, self.written());
        let only = |places: &[u32]| if let [place] = places { Some(*place) } else { None };
        let is_named = |place: &u32| written.iter().any(|name| self.is_called(name, &staff[*place as usize].name));
        let named: Vec<u32> = several.iter().copied().filter(|place| written.is_empty() || is_named(place)).collect();
        // Whose 单位 is not known may be of any.
        let of = |place: &u32| staff[*place as usize].institution;
        let is_known = self.institution.is_some() && named.iter().all(|place| of(place).is_some());
        let within = || named.iter().copied().filter(|place| of(place) == self.institution).collect::<Vec<u32>>();
        only(&named).or_else(|| if is_known { only(&within()) } else { None })
    }

    /// A 工号 that is not written as in the roster: 1 for 001.
    fn by_loose_id(&mut self, field: FieldId, id: &str) {
        let registry = self.registry;
        let like = registry.by_loose_id.get(&naming::loose_code(id)).map_or(&[][..], Vec::as_slice);
        let written = self.written();
        let is_called = |place: &&u32| {
            let person = &registry.staff[**place as usize].name;
            written.iter().any(|name| naming::is_like(name, person))
        };
        let called: Vec<u32> = like.iter().filter(is_called).copied().collect();
        match (called.as_slice(), like) {
            ([place], _) => self.by_staff_id(*place),
            (_, []) => self.by_unknown_id(field, id),
            ([], _) if !written.is_empty() => {
                let message =
                    "花名册中没有这样写的工号，相近的工号是另一个姓名，不能确定是谁，按“可能”处理；请改正工号或姓名";
                self.doubt(field, IssueKind::ConflictingPerson, id, message);
                self.found.may_be(like);
                self.written_may_be();
            }
            (_, _) => {
                let message = "花名册中没有这样写的工号，只有相近的，没有姓名可以核对，按“可能”处理；请改成花名册中的写法，或补填姓名";
                self.doubt(field, IssueKind::ConflictingPerson, id, message);
                self.found.may_be(if called.is_empty() { like } else { &called });
            }
        }
    }

    /// Whose 身份证号 it is, unless a 工号 has told.
    pub(super) fn by_identity(&mut self) {
        let registry = self.registry;
        let Some((field, number)) = &self.details.identity else { return };
        let (field, Some(places)) = (*field, registry.by_identity.get(number)) else { return };
        if self.found.sure.iter().any(|place| places.contains(place)) {
            return;
        }
        let written = self.written();
        let is_called = |place: &u32| {
            let person = &registry.staff[*place as usize].name;
            written.is_empty() || written.iter().any(|name| naming::is_like(name, person))
        };
        match (places.as_slice(), self.found.named_any()) {
            ([place], false) if is_called(place) => self.by_staff_id(*place),
            (places, _) => {
                let message = "身份证号是花名册中另一个人的，与工号或姓名不一致，不能确定是谁，按“可能”处理；请改正";
                self.doubt(field, IssueKind::ConflictingPerson, "", message);
                let sure = std::mem::take(&mut self.found.sure);
                self.found.may_be(&sure);
                self.found.may_be(places);
                self.written_may_be();
                // They are told by two signs that disagree, and asked no further.
                self.details = RowDetails::default();
            }
        }
    }

    fn by_staff_id(&mut self, place: u32) {
        let registry = self.registry;
        let person = &registry.staff[place as usize].name;
        let written = self.written();
        if written.is_empty() {
            self.found.sure.push(place);
        } else if written.iter().any(|name| self.is_called(name, person)) {
            self.found.sure.push(place);
            // Told by 工号 and name, they may have been with another 学段.
            self.details.forget_stages();
            if written.len() > 1 {
                for other in written.iter().filter(|name| !naming::is_like(name, person)) {
                    self.by_name(other);
                }
            }
        } else {
            let message = format!("工号对应花名册中的“{person}”，与这里的姓名不一致，不能确定是谁；请改正其中一个");
            self.doubt(self.names, IssueKind::ConflictingPerson, &written.join("、"), message);
            self.found.may_be(&[place]);
            self.written_may_be();
        }
    }

    /// Whether a name is that of a person, with a title or without: 张三老师.
    fn is_called(&self, name: &str, person: &str) -> bool {
        if naming::is_like(name, person) {
            return true;
        }
        let key = naming::key(name);
        matches!(self.registry.dictionary.people.called(&key), Called::Titled(bare) if naming::is_like(bare, person))
    }

    /// All who may be meant by what is written for the names are possible.
    fn written_may_be(&mut self) {
        for name in self.written() {
            let key = naming::key(name);
            let called = self.registry.dictionary.people.called(&key);
            match self.called(name) {
                NameMatch::Nobody => self.found.may_be_also(self.registry.meant_by(&key, called, self.institution)),
                known @ (NameMatch::One(_) | NameMatch::Near(_) | NameMatch::Several(_)) => {
                    self.found.may_be(&known.places())
                }
            }
        }
    }

    /// A 工号 that is not in the roster, beside a name that is: whoever has another 工号 there is only possible.
    fn by_unknown_id(&mut self, field: FieldId, id: &str) {
        let called: Vec<u32> = self.written().iter().flat_map(|name| self.called(name).places()).collect();
        if called.is_empty() {
            // What is written for the name may still be a group, or somebody with a title.
            match self.written() {
                [] => self.stranger(field, id, "工号"),
                written => written.iter().for_each(|name| self.by_name(name)),
            }
        } else if called.iter().any(|place| self.registry.staff[*place as usize].id.is_some()) {
            let message = "花名册中没有这个工号，有叫这个姓名的人但工号不同，不能确定是谁，按“可能”处理；请改正工号";
            self.doubt(field, IssueKind::ConflictingPerson, id, message);
            self.found.may_be(&called);
        }
    }
}
