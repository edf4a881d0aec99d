//! `share`: of the rows, the part in percent that satisfies another condition too.

use crate::rules::prelude::*;

#[derive(Clone, Debug, PartialEq)]
pub struct Share {
    rows: LinkedRows,
    of_which: Condition,
    /// Whether one row of the part is as good as all of them.
    one_is_enough: bool,
}

/// Rows counted by whether they are of the whole and of the part.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Parts {
    /// Surely of the whole: surely of the part, perhaps, surely not.
    sure: [u32; 3],
    /// Perhaps of the whole: not surely outside of the part, not surely inside.
    perhaps: [u32; 2],
    /// Whether there may be any number of others.
    open: bool,
}

impl Kind for Share {
    type State = Parts;

    fn read(written: &Written<'_, '_, '_>, scope: &Scope<'_>) -> Option<Share> {
        written.table(|form| {
            let of_which = form.form("of-which");
            let one_is_enough = form.flag("one-is-enough").unwrap_or(false);
            let (rows, inner) = LinkedRows::read(form, scope)?;
            if of_which.is_none() {
                form.missing("of-which");
            }
            let written = of_which?;
            let span = written.span();
            let of_which = condition::read(written, &inner);
            if of_which.asks_for_rows() {
                let help = "has 只能问被核查的对象：请写进 when 或 require，或换成这张表自己的列";
                form.source().defect(span, "of-which 里的 has 判断不出结果", help);
            }
            Some(Share { rows, of_which, one_is_enough })
        })
    }

    fn words(&self, phrases: Phrases<'_>) -> String {
        let part = phrases.of(self.rows.table).condition(&self.of_which);
        let enough = if self.one_is_enough { "，有一行即为100%" } else { "" };
        format!("{}，其中{part}的所占百分比{enough}", phrases.rows(&self.rows))
    }

    fn folds(&self) -> Vec<Folds<'_>> {
        vec![Folds { of_which: Some(&self.of_which), ..Folds::of(&self.rows) }]
    }

    fn add(&self, state: &mut Parts, row: &FoldedRow<'_>) {
        let (whole, part) = (row.counts(), row.facts.part);
        state.add(whole, part);
        // One cell with several dates may be as many rows.
        (1..row.facts.events_at_most()).for_each(|_| state.add(whole.and(Truth::Unknown), part));
    }

    fn more(&self, state: &mut Parts, _: TableId, _: &[DateSpan]) {
        state.open = true;
    }

    fn outcome(&self, found: Gathered<'_, Parts>, at: &impl Viewpoint) -> Measured {
        let amount = |parts: Parts| if self.one_is_enough { parts.any() } else { parts.amount() };
        found.measure(at, |parts, _| amount(parts).map_or_else(Measured::nobody, Measured::of))
    }
}

impl Parts {
    fn add(&mut self, whole: Truth, part: Truth) {
        match whole {
            Truth::True => {
                let place = match part {
                    Truth::True => 0,
                    Truth::Unknown => 1,
                    Truth::False => 2,
                };
                self.sure[place] += 1;
            }
            Truth::Unknown => {
                self.perhaps[0] += u32::from(part != Truth::False);
                self.perhaps[1] += u32::from(part != Truth::True);
            }
            Truth::False => {}
        }
    }

    /// 100 if there is a row of the part, else 0. `None` if there is surely nothing to take a share of.
    fn any(&self) -> Option<Amount> {
        self.amount().map(|amount| {
            let all = |is: bool| if is { Decimal::ONE_HUNDRED } else { Decimal::ZERO };
            Amount { low: all(self.sure[0] > 0), high: amount.high.map(|high| all(!high.is_zero())) }
        })
    }

    /// The share in percent. `None` if there is surely nothing to take a share of.
    fn amount(&self) -> Option<Amount> {
        let [inside, unknown, outside] = self.sure;
        let sure: u32 = self.sure.iter().sum();
        if self.open {
            return Some(Amount { low: Decimal::ZERO, high: Some(Decimal::ONE_HUNDRED) });
        }
        if sure + self.perhaps.iter().sum::<u32>() == 0 {
            return None;
        }
        let percent = |part: u32, whole: u32, of_nobody: Decimal| match whole {
            0 => of_nobody,
            _ => Decimal::ONE_HUNDRED * Decimal::from(part) / Decimal::from(whole),
        };
        let low = percent(inside, sure + self.perhaps[1], Decimal::ZERO);
        let high = percent(
            inside + unknown + self.perhaps[0],
            inside + unknown + outside + self.perhaps[0],
            Decimal::ONE_HUNDRED,
        );
        Some(Amount { low, high: Some(high) })
    }
}

impl Join for Parts {
    fn join(&mut self, other: &Parts) {
        (0..3).for_each(|place| self.sure[place] += other.sure[place]);
        (0..2).for_each(|place| self.perhaps[place] += other.perhaps[place]);
        self.open |= other.open;
    }
}
