//! `ratio`: one measure over another.
//!
//! It does not know the other kinds: `M` stands for all of them.

use crate::rules::prelude::*;

#[derive(Clone, Debug, PartialEq)]
pub struct Ratio<M> {
    pub(super) over: Box<M>,
    pub(super) under: Box<M>,
    /// Whether it is in percent.
    percent: bool,
}

impl<M: Kind> Kind for Ratio<M> {
    type State = NoRows;

    fn read(written: &Written<'_, '_, '_>, scope: &Scope<'_>) -> Option<Ratio<M>> {
        written.table(|form| {
            let percent = form.flag("percent").unwrap_or(false);
            let side = |key| match Written::of(form, key) {
                Some(side) => M::read(&side, scope).map(Box::new),
                None => {
                    form.missing(key);
                    None
                }
            };
            let (over, under) = (side("over"), side("under"));
            Some(Ratio { over: over?, under: under?, percent })
        })
    }

    fn words(&self, phrases: Phrases<'_>) -> String {
        format!("“{}”与“{}”之比", self.over.words(phrases), self.under.words(phrases))
    }

    fn needs(&self, needs: &mut Needs<'_>) {
        self.over.needs(needs);
        self.under.needs(needs);
    }

    /// Nothing can be said over nothing.
    fn outcome(&self, found: Gathered<'_, NoRows>, at: &impl Viewpoint) -> Measured {
        let mut measured = Measured::default();
        for part in &found.parts {
            measured.lacks.extend_from_slice(&part.lacks);
            measured.unseen.extend_from_slice(&part.unseen);
        }
        let mut parts = found.parts.into_iter();
        let (Some(over), Some(under)) = (parts.next(), parts.next()) else { return measured };
        let is_part = is_part(&over, &under, at.dictionary());
        let incomparable = incomparable(&over, &under, at.dictionary());
        measured.citations = over.citations;
        measured.citations.join(&under.citations);
        if let Some(why) = incomparable {
            measured.lacks.push(why);
            return measured;
        }
        let (Some(over), Some(under)) = (over.amount, under.amount) else { return measured };
        if under.high == Some(Decimal::ZERO) {
            measured.nobody = true;
            return measured;
        }
        let times = if self.percent { Decimal::ONE_HUNDRED } else { Decimal::ONE };
        let part = |over: Decimal, under: Decimal| over.checked_mul(times).and_then(|over| over.checked_div(under));
        let low = under.high.and_then(|under| part(over.low, under)).unwrap_or_default();
        let high = over.high.and_then(|over| part(over, under.low));
        // A part is no more than its whole, whatever the ends would allow.
        let high = if is_part { Some(high.unwrap_or(times).min(times).max(low)) } else { high };
        measured.amount = Some(Amount { low, high });
        measured
    }
}

/// A part that is so many times smaller than its whole was probably written in another unit: 万元 beside 元.
const OTHER_UNIT: Decimal = Decimal::from_parts(5000, 0, 0, false, 0);

/// Why two figures cannot be compared, if they cannot: a unit is missing, or they would be if each had the same.
fn incomparable(over_all: &Measured, under_all: &Measured, dictionary: &Dictionary) -> Option<Cause> {
    let ((part, part_unit), (whole, whole_unit)) = over_all.figure.zip(under_all.figure)?;
    let unit = part_unit.and(whole_unit);
    let list = dictionary.list(dictionary.schema.figures.items);
    let names = format!("“{}”与“{}”", list.word(part), list.word(whole));
    let cells = || [over_all, under_all].into_iter().flat_map(|side| &side.citations.sure).copied();
    let cause = |why: String| Cause::new(Uncertain::Figure(part), why).at(cells());
    if unit == FigureUnit::Mixed {
        return Some(cause(format!("{names}有的写了单位，有的没有，不能相比")));
    }
    let (over, under) = (over_all.amount?, under_all.amount?);
    let is_more = under.high.is_some_and(|high| over.low > high);
    if is_more && is_part(over_all, under_all, dictionary) {
        let why = format!("前者是后者的一部分，却比后者大，{names}至少有一个写错或单位不同，不能相比");
        return Some(cause(why));
    }
    let is_tiny = over.high.and_then(|high| high.checked_mul(OTHER_UNIT)).is_some_and(|times| times <= under.low);
    let may_differ = unit == FigureUnit::Bare && is_tiny && over.low > Decimal::ZERO;
    may_differ.then(|| cause(format!("{names}都没有写单位，相差太大，可能单位不同，不能相比")))
}

/// Whether the dictionary has one figure as a part of the other.
fn is_part(over: &Measured, under: &Measured, dictionary: &Dictionary) -> bool {
    let list = dictionary.list(dictionary.schema.figures.items);
    over.figure.zip(under.figure).is_some_and(|((part, _), (whole, _))| list.at_most.contains(&(part, whole)))
}
