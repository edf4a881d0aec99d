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
    fn outcome(&self, found: Gathered<'_, NoRows>, _: &impl Viewpoint) -> Measured {
        let mut measured = Measured::default();
        for part in &found.parts {
            measured.lacks.extend_from_slice(&part.lacks);
        }
        let mut parts = found.parts.into_iter();
        let (Some(over), Some(under)) = (parts.next(), parts.next()) else { return measured };
        measured.citations = over.citations;
        measured.citations.join(&under.citations);
        let (Some(over), Some(under)) = (over.amount, under.amount) else { return measured };
        if under.high == Some(Decimal::ZERO) {
            measured.nobody = true;
            return measured;
        }
        let times = if self.percent { Decimal::ONE_HUNDRED } else { Decimal::ONE };
        let part = |over: Decimal, under: Decimal| over.checked_mul(times).and_then(|over| over.checked_div(under));
        let low = under.high.and_then(|under| part(over.low, under)).unwrap_or_default();
        let high = over.high.and_then(|over| part(over, under.low));
        measured.amount = Some(Amount { low, high });
        measured
    }
}
