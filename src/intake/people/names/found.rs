//! Whom a row was found to name.

use crate::intake::people::registry::Registry;
use crate::intake::row::Maybe;
use crate::model::Unlisted;

/// The people that a row names.
#[derive(Default)]
pub(crate) struct NamedPeople {
    pub sure: Vec<u32>,
    pub maybe: Maybe,
    /// How many it names that are not in the roster.
    pub strangers: u16,
    /// Whom it names or may name beside those whom it surely names.
    pub unlisted: Unlisted,
    /// Who of the roster a stranger may be, misspelt.
    pub nearly: Vec<u32>,
    pub whole: bool,
}

impl NamedPeople {
    /// Beside another list of people it is not known which of the two are meant.
    pub(crate) fn beside(mut self, registry: &Registry<'_>, others: Option<&str>) -> NamedPeople {
        let Some(others) = others else { return self };
        let sure = std::mem::take(&mut self.sure);
        self.may_be(&sure);
        let listed: Vec<u32> = registry.listed(others).collect();
        self.may_be(&listed);
        self.others_many(sure.len() + listed.len());
        self.whole = false;
        self
    }

    pub(crate) fn add(&mut self, place: u32) {
        if !self.sure.contains(&place) {
            self.sure.push(place);
        }
    }

    pub(crate) fn may_be(&mut self, places: &[u32]) {
        match &mut self.maybe {
            Maybe::Nobody => self.maybe = Maybe::These(places.to_vec()),
            Maybe::These(all) => {
                let more: Vec<u32> = places.iter().filter(|place| !all.contains(place)).copied().collect();
                all.extend(more);
            }
            Maybe::Anybody => {}
        }
    }

    pub(crate) fn may_be_also(&mut self, maybe: Maybe) {
        match maybe {
            Maybe::Nobody => {}
            Maybe::These(places) => self.may_be(&places),
            Maybe::Anybody => self.maybe = maybe,
        }
    }

    pub(crate) fn named_any(&self) -> bool {
        !self.sure.is_empty() || self.maybe != Maybe::Nobody
    }

    /// So many others may be meant, too.
    pub(crate) fn others_more(&mut self, more: u16) {
        self.unlisted.more = self.unlisted.more.saturating_add(more);
    }

    pub(crate) fn others_many(&mut self, more: usize) {
        self.others_more(u16::try_from(more).unwrap_or(u16::MAX));
    }
}
