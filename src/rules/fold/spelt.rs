//! Different values that name schools: a school by two spellings is one or two.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::row::Key;
use super::total::DifferentValues;
use crate::dictionary::SchoolForm;
use crate::model::Amount;

/// Values, and the place among their keys at which each names a school.
pub(crate) struct SpeltValues<'v> {
    values: Vec<SpeltValue<'v>>,
    school: usize,
    /// How many values there are that may or may not equal one of these.
    others: usize,
}

/// A value with the form in which the name of its school is compared.
struct SpeltValue<'v> {
    keys: &'v [Key],
    is_sure: bool,
    form: Option<SchoolForm>,
}

impl<'v> SpeltValues<'v> {
    pub(crate) fn new(
        values: &'v DifferentValues,
        school: usize,
        form: impl Fn(&Key) -> Option<SchoolForm>,
    ) -> SpeltValues<'v> {
        let spelt = |(keys, is_sure): (&'v Vec<Key>, bool)| SpeltValue {
            keys,
            is_sure,
            form: keys.get(school).and_then(&form),
        };
        SpeltValues { values: values.all().map(spelt).collect(), school, others: values.others as usize }
    }

    /// How many values there are, given how many there would be if each spelling were a school of its own.
    pub(crate) fn amount(&self, apart: Amount) -> Amount {
        let sure = self.values.iter().filter(|value| value.is_sure);
        Amount { low: Decimal::from(self.different(sure, true).len()), ..apart }
    }

    /// How many first keys stand with so many different others, given how many would if each spelling were a school of its own.
    pub(crate) fn amount_of(&self, times: usize, apart: Amount) -> Amount {
        let sure = by_first(self.values.iter().filter(|value| value.is_sure));
        if self.school > 0 {
            let is_often = |of: &&Vec<&SpeltValue<'_>>| self.different(of.iter().copied(), true).len() >= times;
            return Amount { low: Decimal::from(sure.values().filter(is_often).count()), ..apart };
        }
        let often = sure.values().filter(|of| of.len() >= times).filter_map(|of| of.first().copied());
        let low = Decimal::from(self.different(often, false).len());
        Amount { low, high: apart.high.map(|high| high + Decimal::from(self.joined(times))) }
    }

    /// Values of which no two may be the same, so that they are surely different; told by all of their keys, or by the school
    /// alone.
    fn different<'s>(&self, values: impl Iterator<Item = &'s SpeltValue<'v>>, wholly: bool) -> Vec<&'s SpeltValue<'v>>
    where
        'v: 's,
    {
        let mut different: Vec<&SpeltValue<'v>> = Vec::new();
        for value in values {
            let is_same = |other: &&SpeltValue<'v>| {
                self.may_be(value, other) && (!wholly || self.beside(value).eq(self.beside(other)))
            };
            if !different.iter().any(is_same) {
                different.push(value);
            }
        }
        different
    }

    /// The keys beside the school.
    fn beside<'s>(&self, value: &'s SpeltValue<'v>) -> impl Iterator<Item = &'s Key> {
        let school = self.school;
        value.keys.iter().enumerate().filter(move |(place, _)| *place != school).map(|(_, key)| key)
    }

    /// Whether both may be of one school. Two that are on the list of schools are two.
    fn may_be(&self, one: &SpeltValue<'_>, other: &SpeltValue<'_>) -> bool {
        let listed = [one, other].iter().all(|value| matches!(value.keys.get(self.school), Some(Key::School(_))));
        !listed && one.form.as_ref().zip(other.form.as_ref()).is_some_and(|(own, theirs)| own.may_be(theirs))
    }

    /// How many more schools may stand with so many others because two spellings of them are one.
    fn joined(&self, times: usize) -> usize {
        let seldom = by_first(self.values.iter()).into_values().filter(|of| of.len() + self.others < times);
        let mut groups: Vec<Vec<Vec<&SpeltValue<'_>>>> = Vec::new();
        for school in seldom {
            let is_near = |group: &Vec<Vec<&SpeltValue<'_>>>| {
                group
                    .iter()
                    .any(|other| school.first().zip(other.first()).is_some_and(|(one, of)| self.may_be(one, of)))
            };
            let (near, rest): (Vec<_>, Vec<_>) = groups.into_iter().partition(is_near);
            groups = rest;
            groups.push(near.into_iter().flatten().chain([school]).collect());
        }
        let more = |group: &Vec<Vec<&SpeltValue<'_>>>| {
            let beside: BTreeSet<Vec<&Key>> =
                group.iter().flatten().map(|value| self.beside(value).collect()).collect();
            let values: usize = group.iter().map(Vec::len).sum();
            // Each school that comes of joining has two spellings or more, and so many values or more.
            let most = (group.len() / 2).min((values + self.others) / times);
            if group.len() > 1 && beside.len() + self.others >= times { most } else { 0 }
        };
        groups.iter().map(more).sum()
    }
}

/// By the first key.
fn by_first<'s, 'v: 's>(
    values: impl Iterator<Item = &'s SpeltValue<'v>>,
) -> BTreeMap<&'s Key, Vec<&'s SpeltValue<'v>>> {
    let mut by_first: BTreeMap<&Key, Vec<&SpeltValue<'v>>> = BTreeMap::new();
    for value in values {
        if let Some(first) = value.keys.first() {
            by_first.entry(first).or_default().push(value);
        }
    }
    by_first
}
