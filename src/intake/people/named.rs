//! The people that a row names: by 工号, else by 姓名 within 单位, else by 姓名; who cannot be told surely is possible.

use super::registry::Registry;
use super::{naming, nearest};
use crate::dictionary::FieldId;
use crate::intake::issues::IssueLog;
use crate::intake::row::{Maybe, ParsedRow};
use crate::model::{Cell, IssueKind, Value};

#[derive(Default)]
pub(crate) struct NamedPeople {
    pub sure: Vec<u32>,
    pub maybe: Maybe,
    /// Whether the row names someone who is not in the roster.
    pub strangers: bool,
    pub whole: bool,
}

/// Who of the roster is meant by a name.
enum NameMatch {
    Nobody,
    One(u32),
    /// No one is written so, but these are but for the number that tells namesakes apart: 张三 for 张三2.
    Near(Vec<u32>),
    Several(Vec<u32>),
}

/// Finds the people that a row names; who cannot be placed is noted.
pub(crate) fn named_people(
    registry: &Registry<'_>,
    row: &ParsedRow,
    names: FieldId,
    institution: Option<u32>,
    log: &mut IssueLog,
) -> NamedPeople {
    let found = NamedPeople { whole: true, ..NamedPeople::default() };
    let mut search = PeopleSearch { registry, row, names, institution, log, found };
    search.run();
    search.found
}

struct PeopleSearch<'r> {
    registry: &'r Registry<'r>,
    row: &'r ParsedRow,
    names: FieldId,
    institution: Option<u32>,
    log: &'r mut IssueLog,
    found: NamedPeople,
}

impl<'r> PeopleSearch<'r> {
    fn run(&mut self) {
        let registry = self.registry;
        let field = registry.dictionary.table(self.row.table).roles.staff_id;
        // A roster without any 工号 cannot lack one.
        let field = field.filter(|_| !registry.by_id.is_empty());
        if let Some((id, field)) = field.and_then(|field| Some((self.row.cell(field).text()?, field))) {
            match registry.by_id.get(id).map(Vec::as_slice) {
                Some([place]) => self.by_staff_id(*place),
                Some(several) => {
                    let message =
                        "花名册中有几个人用这个工号，不能确定是谁，对他们都按“可能”处理；请改正花名册中的工号";
                    self.doubt(field, IssueKind::AmbiguousPerson, id, message);
                    self.found.may_be(several);
                }
                None => self.by_unknown_id(field, id),
            }
            if self.found.named_any() {
                return;
            }
        }
        if let Cell::Is(Value::Texts(texts)) = self.row.cell(self.names) {
            texts.iter().for_each(|name| self.by_name(name));
        } else if !self.found.strangers {
            self.found.maybe = self.anybody();
        }
    }

    fn written(&self) -> &'r [std::sync::Arc<str>] {
        if let Cell::Is(Value::Texts(texts)) = self.row.cell(self.names) { texts } else { &[] }
    }

    /// A row that names no one may be anybody's, or anybody's of its institution.
    fn anybody(&self) -> Maybe {
        let Some(institution) = self.institution else { return Maybe::Anybody };
        // Whose 单位 is not known may be of it too.
        let is_of = |place: &u32| self.registry.staff[*place as usize].institution.is_none_or(|of| of == institution);
        let all = (0..).take(self.registry.staff.len());
        Maybe::These(all.filter(is_of).collect())
    }

    fn by_staff_id(&mut self, place: u32) {
        let registry = self.registry;
        let person = &registry.staff[place as usize].name;
        let written = self.written();
        if written.is_empty() {
            self.found.sure.push(place);
        } else if written.iter().any(|name| naming::is_like(name, person)) {
            self.found.sure.push(place);
            for other in written.iter().filter(|name| !naming::is_like(name, person)) {
                self.by_name(other);
            }
        } else {
            let message = format!("工号对应花名册中的“{person}”，与这里的姓名不一致，不能确定是谁；请改正其中一个");
            self.doubt(self.names, IssueKind::ConflictingPerson, &written.join("、"), message);
            self.found.may_be(&[place]);
            for name in written {
                self.found.may_be(&self.called(name).places());
            }
        }
    }

    /// A 工号 that is not in the roster, beside a name that is: whoever has another 工号 there is only possible.
    fn by_unknown_id(&mut self, field: FieldId, id: &str) {
        let called: Vec<u32> = self.written().iter().flat_map(|name| self.called(name).places()).collect();
        if called.is_empty() {
            self.stranger(field, id, "工号");
        } else if called.iter().any(|place| self.registry.staff[*place as usize].id.is_some()) {
            let message = "花名册中没有这个工号，有叫这个姓名的人但工号不同，不能确定是谁，按“可能”处理；请改正工号";
            self.doubt(field, IssueKind::ConflictingPerson, id, message);
            self.found.may_be(&called);
        }
    }

    fn by_name(&mut self, name: &str) {
        match self.called(name) {
            NameMatch::One(place) => self.found.add(place),
            NameMatch::Several(several) => {
                let names = self.names_of(&several);
                let message =
                    format!("花名册中有几个人叫这个名字（{names}），不能确定是谁，对他们都按“可能”处理；请补填工号");
                self.doubt(self.names, IssueKind::AmbiguousPerson, name, message);
                self.found.may_be(&several);
            }
            NameMatch::Near(near) => {
                let names = self.names_of(&near);
                let message = format!(
                    "花名册中没有这样写的姓名，只有“{names}”，不能确定是不是同一个人，按“可能”处理；请改成花名册中的写法，或补填工号"
                );
                self.doubt(self.names, IssueKind::UnknownPerson, name, message);
                self.found.may_be(&near);
            }
            NameMatch::Nobody => self.by_parts(name),
        }
    }

    /// A text that is no one's name: several names without a mark between them, a word for everybody, or a stranger.
    fn by_parts(&mut self, text: &str) {
        let parts = naming::parts(text);
        let is_one = |part: &&str| matches!(self.called(part), NameMatch::One(_));
        // A part of one character is no name: 李和平 is not 李 and 平.
        let are_names = parts.len() > 1 && parts.iter().all(|part| part.chars().count() > 1);
        if are_names && parts.iter().any(is_one) {
            return parts.into_iter().for_each(|part| self.by_name(part));
        }
        let maybe = self.inside(text);
        if maybe == Maybe::Nobody {
            return self.stranger(self.names, text, "姓名");
        }
        let message = "这里不是单独一个姓名，不能确定有哪些人，对可能的人都按“可能”处理；请逐个写全，用、隔开";
        self.doubt(self.names, IssueKind::AmbiguousPerson, text, message);
        match maybe {
            Maybe::These(places) => self.found.may_be(&places),
            Maybe::Nobody | Maybe::Anybody => self.found.maybe = maybe,
        }
    }

    /// Whom a text that is no name may mean: 张三等, 张三(组长), 张三李四, 全体.
    fn inside(&self, text: &str) -> Maybe {
        if naming::means_everybody(text) {
            return self.anybody();
        }
        let bare = naming::key(text);
        let is_inside = |place: &u32| {
            let name = naming::key(&self.registry.staff[*place as usize].name);
            // A name of one character stands in too many texts.
            name.chars().count() > 1 && bare.contains(naming::stem(&name))
        };
        let places: Vec<u32> = (0..).take(self.registry.staff.len()).filter(is_inside).collect();
        if places.is_empty() { Maybe::Nobody } else { Maybe::These(places) }
    }

    /// Who is called so: those of the institution when there are any, else all.
    fn called(&self, name: &str) -> NameMatch {
        let registry = self.registry;
        let Some(all) = registry.called(name) else {
            let key = naming::key(name);
            let stem = naming::stem(&key);
            let near = registry.by_name.get(stem).filter(|_| stem != key);
            return near.map_or(NameMatch::Nobody, |near| NameMatch::Near(self.within(near)));
        };
        if let [place] = all {
            let is_same = naming::is_same(name, &registry.staff[*place as usize].name);
            return if is_same { NameMatch::One(*place) } else { NameMatch::Near(vec![*place]) };
        }
        match self.within(all).as_slice() {
            [place] => NameMatch::One(*place),
            several => NameMatch::Several(several.to_vec()),
        }
    }

    fn within(&self, all: &[u32]) -> Vec<u32> {
        let is_within = |place: &&u32| self.registry.staff[**place as usize].institution == self.institution;
        let within: Vec<u32> = all.iter().filter(is_within).copied().collect();
        if self.institution.is_none() || within.is_empty() { all.to_vec() } else { within }
    }

    /// The names of some people, each once: `张三、张三2`.
    fn names_of(&self, places: &[u32]) -> String {
        let mut names: Vec<&str> = places.iter().map(|place| &*self.registry.staff[*place as usize].name).collect();
        names.dedup();
        names.join("、")
    }

    /// Reports that it cannot be told who is meant.
    fn doubt(&mut self, field: FieldId, kind: IssueKind, text: &str, message: impl Into<String>) {
        self.log.report(self.registry.place(self.row.at, field), kind, text, message);
        self.found.whole = false;
    }

    fn stranger(&mut self, field: FieldId, written: &str, what: &str) {
        let registry = self.registry;
        let near = || match what {
            "姓名" => nearest::names(written, registry.staff.iter().map(|person| &*person.name)),
            _ => nearest::codes(written, registry.by_id.keys().map(AsRef::as_ref)),
        };
        let message = || format!("花名册中没有这个{what}{}，没有计入任何人；请核对{what}，或在花名册补上", near());
        self.log.report_with(registry.place(self.row.at, field), IssueKind::UnknownPerson, written, message);
        self.found.whole = false;
        self.found.strangers = true;
    }
}

impl NameMatch {
    fn places(self) -> Vec<u32> {
        match self {
            NameMatch::Nobody => Vec::new(),
            NameMatch::One(place) => vec![place],
            NameMatch::Near(places) | NameMatch::Several(places) => places,
        }
    }
}

impl NamedPeople {
    fn add(&mut self, place: u32) {
        if !self.sure.contains(&place) {
            self.sure.push(place);
        }
    }

    fn may_be(&mut self, places: &[u32]) {
        match &mut self.maybe {
            Maybe::Nobody => self.maybe = Maybe::These(places.to_vec()),
            Maybe::These(all) => {
                let more: Vec<u32> = places.iter().filter(|place| !all.contains(place)).copied().collect();
                all.extend(more);
            }
            Maybe::Anybody => {}
        }
    }

    fn named_any(&self) -> bool {
        !self.sure.is_empty() || self.maybe != Maybe::Nobody
    }
}
