//! The people that a row names: by 工号, else by 身份证号, else by 姓名 within 单位, else by 姓名; who cannot be told surely is
//! possible.

use super::agreement::{Agreement, RowDetails};
use super::names::NamedPeople;
use super::registry::Registry;
use super::whom::NameMatch;
use super::{naming, nearest, unlisted};
use crate::dictionary::{Called, FieldId};
use crate::intake::issues::IssueLog;
use crate::intake::row::{Maybe, ParsedRow};
use crate::model::{Cell, IssueKind, Value};

/// Finds the people that a row names; who cannot be placed is noted.
pub(crate) fn named_people(
    registry: &Registry<'_>,
    row: &ParsedRow,
    names: FieldId,
    institution: Option<u32>,
    log: &mut IssueLog,
) -> NamedPeople {
    let found = NamedPeople { whole: true, ..NamedPeople::default() };
    let details = RowDetails::of(registry, row, institution);
    let mut search = PeopleSearch { registry, row, names, institution, details, log, found };
    search.run();
    search.found
}

pub(super) struct PeopleSearch<'r> {
    pub(super) registry: &'r Registry<'r>,
    pub(super) row: &'r ParsedRow,
    pub(super) names: FieldId,
    pub(super) institution: Option<u32>,
    pub(super) details: RowDetails<'r>,
    log: &'r mut IssueLog,
    pub(super) found: NamedPeople,
}

impl<'r> PeopleSearch<'r> {
    fn run(&mut self) {
        let registry = self.registry;
        let field = registry.dictionary.table(self.row.table).roles.staff_id;
        // A roster without any 工号 cannot lack one.
        let field = field.filter(|_| !registry.by_id.is_empty());
        if let Some((id, field)) = field.and_then(|field| Some((self.row.cell(field).text()?, field))) {
            self.by_any_id(field, id);
        }
        self.by_identity();
        if !self.found.named_any() {
            if let Cell::Is(Value::Texts(texts)) = self.row.cell(self.names) {
                texts.iter().for_each(|name| self.by_name(name));
            } else if self.found.strangers == 0 {
                self.found.maybe = self.anybody();
            }
        }
        let before = self.found.sure.len();
        self.keep_who_agrees();
        self.found.others_many(before.saturating_sub(self.found.sure.len()));
        self.count_once();
    }

    /// Whoever surely counts is not one of those who may; and without a roster nobody is a stranger to it.
    fn count_once(&mut self) {
        let found = &mut self.found;
        if found.maybe == Maybe::Anybody && !found.sure.is_empty() {
            let all = (0..).take(self.registry.staff.len());
            found.maybe = Maybe::These(all.filter(|place| !found.sure.contains(place)).collect());
        }
        // By 工号 or 身份证号 only, or anybody.
        if (found.maybe != Maybe::Nobody || found.strangers > 0) && found.unlisted.is_nobody() {
            found.unlisted.more = 1;
            found.unlisted.any = found.maybe == Maybe::Anybody && found.sure.is_empty();
        }
        if self.registry.staff.is_empty() {
            found.strangers = 0;
            found.unlisted.no_roster = true;
        }
    }

    /// Whoever the row says something else of is only possible, or not meant at all.
    fn keep_who_agrees(&mut self) {
        let registry = self.registry;
        let named = self.written().len();
        let agrees = |place: &u32| self.details.agrees_with(&registry.staff[*place as usize], registry);
        if let [only] = self.found.sure.as_slice()
            && agrees(only) == Agreement::Agrees
        {
            // Nearly every row names one person, and says nothing else of them.
            if named < 2 {
                self.drop_others();
            }
            return;
        }
        let sure = std::mem::take(&mut self.found.sure);
        let agreements: Vec<Agreement> = sure.iter().map(agrees).collect();
        // Of several people, 单位, 学段 or 身份证号 may be that of one.
        let settled = named > 1 && agreements.contains(&Agreement::Agrees);
        for (place, agreement) in sure.into_iter().zip(agreements) {
            match agreement {
                Agreement::Agrees => self.found.sure.push(place),
                Agreement::Another(_) | Agreement::Doubtful(_) if settled => self.found.sure.push(place),
                Agreement::Another(field) if named < 2 => self.report_another(field),
                Agreement::Another(field) | Agreement::Doubtful(field) => {
                    self.report_contradiction(field);
                    self.found.may_be(&[place]);
                }
            }
        }
        if named < 2 {
            self.drop_others();
        }
    }

    /// Of the people who may be meant, those with another 身份证号 are not.
    fn drop_others(&mut self) {
        let registry = self.registry;
        let Maybe::These(places) = &mut self.found.maybe else { return };
        let (details, before) = (&self.details, places.len());
        let is_another = |place: &u32| {
            matches!(details.agrees_with(&registry.staff[*place as usize], registry), Agreement::Another(_))
        };
        places.retain(|place| !is_another(place));
        if places.is_empty() && before > 0 {
            self.found.maybe = Maybe::Nobody;
            if let Some((field, _)) = self.details.identity {
                self.report_another(field);
            }
        }
    }

    fn report_another(&mut self, field: FieldId) {
        self.found.strangers += 1;
        let message =
            "身份证号与花名册中这个姓名的人不同，是同名的另一个人，没有计入任何人；如果是同一个人，请改正身份证号";
        self.doubt(field, IssueKind::ContradictedPerson, "", message);
    }

    fn report_contradiction(&mut self, field: FieldId) {
        let header = &self.registry.dictionary.table(self.row.table).field(field).header;
        let message = format!(
            "“{header}”与花名册中这个人的不一致，可能是同名的另一个人，按“可能”处理；请核对，或改成与花名册一致"
        );
        self.doubt(field, IssueKind::ContradictedPerson, "", message);
    }

    pub(super) fn written(&self) -> &'r [std::sync::Arc<str>] {
        if let Cell::Is(Value::Texts(texts)) = self.row.cell(self.names) { texts } else { &[] }
    }

    /// A row that names no one may be anybody's, or anybody's of its institution.
    fn anybody(&self) -> Maybe {
        self.registry.all_of(self.institution)
    }

    pub(super) fn called(&self, name: &str) -> NameMatch {
        self.registry.match_name(name, self.institution)
    }

    pub(super) fn by_name(&mut self, name: &str) {
        match self.called(name) {
            NameMatch::One(place) => self.one(place, name),
            NameMatch::Several(several) => self.several(&several, name),
            NameMatch::Near(near) if near.len() > 1 => self.several(&near, name),
            NameMatch::Near(near) => {
                let names = self.names_of(&near);
                let message = format!(
                    "花名册中没有这样写的姓名，只有“{names}”，不能确定是不是同一个人，按“可能”处理；请改成花名册中的写法，或补填工号"
                );
                self.doubt(self.names, IssueKind::UnknownPerson, name, message);
                self.found.may_be(&near);
                // What stands in brackets behind a name may name somebody else: 张三（李四陪同）.
                let key = naming::key(name);
                // 李四(共3人) is more than one.
                let words = &self.registry.dictionary.people;
                let is_group = words.called(&key) == Called::Group;
                self.found.unlisted.any |= is_group;
                self.found.others_more(unlisted::at_most(name, words));
                let called = if is_group { Called::Group } else { Called::Name };
                let within = self.registry.meant_by(&key, called, self.institution);
                self.found.may_be_also(within);
            }
            NameMatch::Nobody => self.by_parts(name),
        }
    }

    /// Whoever of the roster has a name that cannot be read may be called so, too.
    fn one(&mut self, place: u32, name: &str) {
        let unread = self.registry.unread_of(self.institution);
        if unread.is_empty() {
            return self.found.add(place);
        }
        let message = format!(
            "花名册里{}的姓名读不出来，可能也叫这个名字，不能确定是谁，按“可能”处理；请先改正花名册里的姓名，或补填工号",
            self.names_of(&unread)
        );
        self.doubt(self.names, IssueKind::AmbiguousPerson, name, message);
        self.found.may_be(&[place]);
        self.found.may_be(&unread);
        self.found.others_more(1);
    }

    fn several(&mut self, several: &[u32], name: &str) {
        let names = self.names_of(several);
        let message = format!("花名册中有几个人叫这个名字（{names}），不能确定是谁，对他们都按“可能”处理；请补填工号");
        self.doubt(self.names, IssueKind::AmbiguousPerson, name, message);
        self.found.may_be(several);
        self.found.others_more(1);
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
        let key = naming::key(text);
        let called = self.registry.dictionary.people.called(&key);
        if let Called::Titled(name) = called
            && !matches!(self.called(name), NameMatch::Nobody)
        {
            return self.by_name(name);
        }
        let maybe = match () {
            // 待定 is no name, and a 工号 may stand in the column of the names.
            () if self.registry.dictionary.people.is_vacant(&key) => {
                self.found.unlisted.any = true;
                self.anybody()
            }
            () => match self.registry.by_id.get(text) {
                Some(places) => Maybe::These(places.clone()),
                None => self.registry.meant_by(&key, called, self.institution),
            },
        };
        let words = &self.registry.dictionary.people;
        if maybe == Maybe::Nobody {
            unlisted::add_strangers(&mut self.found.unlisted, text, words);
            return self.stranger(self.names, text, "姓名");
        }
        match called {
            Called::Group => self.found.unlisted.any = true,
            Called::Titled(_) | Called::Surname(_) => self.found.others_more(1),
            Called::Name => self.found.others_more(unlisted::at_most(text, words)),
        }
        let message = "这里不是单独一个姓名，不能确定有哪些人，对可能的人都按“可能”处理；请逐个写全，用、隔开";
        self.doubt(self.names, IssueKind::GroupOfPeople, text, message);
        self.found.may_be_also(maybe);
    }

    /// The names of some people, each once: `张三、张三2`.
    fn names_of(&self, places: &[u32]) -> String {
        let mut names: Vec<&str> = places.iter().map(|place| &*self.registry.staff[*place as usize].name).collect();
        names.dedup();
        names.join("、")
    }

    /// Reports that it cannot be told who is meant.
    pub(super) fn doubt(&mut self, field: FieldId, kind: IssueKind, text: &str, message: impl Into<String>) {
        self.log.report(self.registry.place_in(self.row, field), kind, text, message);
        self.found.whole = false;
    }

    /// Counts somebody who is not in the roster; a name that is nearly one of it is offered.
    pub(super) fn stranger(&mut self, field: FieldId, written: &str, what: &str) {
        let registry = self.registry;
        let near = || match what {
            "姓名" => nearest::names(written, registry.staff.iter().map(|person| &*person.name)),
            _ => nearest::codes(written, registry.by_id.keys().map(AsRef::as_ref)),
        };
        self.log.stranger(registry.place_in(self.row, field), near);
        if what == "姓名" {
            let may_be = |place: &u32| {
                let agreement = self.details.agrees_with(&registry.staff[*place as usize], registry);
                agreement == Agreement::Agrees && !self.found.sure.contains(place)
            };
            let near: Vec<u32> = registry.near_names.of_name(written).into_iter().filter(may_be).collect();
            self.found.nearly.extend(near);
        }
        self.found.strangers = self.found.strangers.saturating_add(1);
    }
}
