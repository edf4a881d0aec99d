//! The kinds of measure: the only place that lists them, and that chooses between them.

use crate::rules::fold::GatheredRows;
use crate::rules::prelude::*;

/// Makes the enums and the dispatch of all kinds from their names in a pack. A kind that is made of other measures says
/// so (`of`), and holds them as `over` and `under`.
macro_rules! measures {
    ($($name:literal => $file:ident::$Kind:ident $(of $Part:ident)?,)+) => {
        $(use super::$file::$Kind;)+

        /// The number computed for a subject and a window.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Measure {
            $($Kind($Kind $(<$Part>)?),)+
        }

        /// What the rows of a subject in a window came to so far, by the kind of measure.
        #[derive(Clone, Debug)]
        pub(in crate) enum State {
            $($Kind(<$Kind $(<$Part>)? as Kind>::State),)+
        }

        /// The names of the kinds in a pack.
        pub const MEASURES: &[&str] = &[$($name),+];

        impl Measure {
            fn read_kind(written: &Written<'_, '_, '_>, scope: &Scope<'_>) -> Option<Measure> {
                $(if written.key == $name {
                    return Kind::read(written, scope).map(Measure::$Kind);
                })+
                None
            }

            /// The measures that it is made of.
            fn parts(&self) -> Vec<&Measure> {
                match self {
                    $(Measure::$Kind(_kind) => vec![$(&*_kind.over as &$Part, &*_kind.under)?],)+
                }
            }

            /// The state without a row.
            pub(in crate) fn start(&self) -> State {
                match self {
                    $(Measure::$Kind(_) => State::$Kind(Default::default()),)+
                }
            }
        }

        impl Kind for Measure {
            type State = State;

            fn read(written: &Written<'_, '_, '_>, scope: &Scope<'_>) -> Option<Measure> {
                Measure::read_one(written, scope)
            }

            fn words(&self, phrases: Phrases<'_>) -> String {
                match self {
                    $(Measure::$Kind(kind) => kind.words(phrases),)+
                }
            }

            fn needs(&self, needs: &mut Needs<'_>) {
                self.folds().iter().for_each(|folds| folds.needs(needs));
                match self {
                    $(Measure::$Kind(kind) => kind.needs(needs),)+
                }
            }

            fn character(&self) -> Character {
                match self {
                    $(Measure::$Kind(kind) => kind.character(),)+
                }
            }

            fn folds(&self) -> Vec<Folds<'_>> {
                match self {
                    $(Measure::$Kind(kind) => kind.folds(),)+
                }
            }

            fn add(&self, state: &mut State, row: &FoldedRow<'_>) {
                match self {
                    $(Measure::$Kind(kind) => if let State::$Kind(state) = state {
                        kind.add(state, row);
                    },)+
                }
            }

            fn more(&self, state: &mut State, table: TableId, spans: &[DateSpan]) {
                match self {
                    $(Measure::$Kind(kind) => if let State::$Kind(state) = state {
                        kind.more(state, table, spans);
                    },)+
                }
            }

            fn outcome(&self, found: Gathered<'_, State>, at: &impl Viewpoint) -> Measured {
                match self {
                    $(Measure::$Kind(kind) => {
                        let own = |state| if let State::$Kind(state) = state { Some(state) } else { None };
                        kind.outcome(found.with_state(own), at)
                    })+
                }
            }
        }

        impl Join for State {
            fn join(&mut self, other: &State) {
                match self {
                    $(State::$Kind(own) => if let State::$Kind(other) = other {
                        own.join(other);
                    },)+
                }
            }
        }
    };
}

measures! {
    "days" => days::Days,
    "count" => count::Count,
    "sum" => sum::Sum,
    "distinct" => distinct::Distinct,
    "field" => field::OwnNumber,
    "figure" => figure::YearFigure,
    "share" => share::Share,
    "ratio" => ratio::Ratio of Measure,
    "missing" => missing::Missing,
    "names" => names::Names,
    "since" => since::Since,
    "service" => service::Service,
    "span" => span::Span,
}

impl Measure {
    /// Stands in for a measure that could not be read. A pack with one is refused.
    pub const UNREAD: Measure = Measure::OwnNumber(OwnNumber::UNREAD);

    /// What it comes to, from the rows that were found for it. Those of its parts come first.
    pub(crate) fn result<'f>(
        &self,
        found: &mut impl Iterator<Item = GatheredRows<'f, State>>,
        at: &impl Viewpoint,
    ) -> Measured {
        let parts = self.parts().into_iter().map(|part| part.result(&mut *found, at)).collect();
        let rows = found.take(self.folds().len()).collect();
        self.outcome(Gathered { rows, parts }, at)
    }

    /// Reads the one measure of a table `measure.NAME = …`.
    fn read_one(written: &Written<'_, '_, '_>, scope: &Scope<'_>) -> Option<Measure> {
        let form = written.node.form(written.form.source(), written.key)?;
        let entries = form.entries();
        let [(name, node)] = entries.as_slice() else {
            form.defect("measure 要写一个指标，并且只写一个", format!("可以写：{}", MEASURES.join("、")));
            return None;
        };
        if !MEASURES.contains(&name.value.as_str()) {
            let help = format!("{}可以写：{}", nearest(&name.value, MEASURES.iter().copied()), MEASURES.join("、"));
            form.source().defect(name.span.clone(), format!("不认识的指标 {}", name.value), help);
            return None;
        }
        Measure::read_kind(&Written { key: &name.value, node: *node, form: &form }, scope)
    }

    pub fn sum_note(&self) -> Option<&'static str> {
        self.character().sum_note
    }

    /// The measures that fold rows: itself, or those that it is made of.
    pub(crate) fn simple(&self) -> Vec<&Measure> {
        let parts = self.parts();
        if parts.is_empty() { vec![self] } else { parts.into_iter().flat_map(Measure::simple).collect() }
    }

    /// The rows that the measure is taken of, those of its parts included.
    pub fn rows(&self) -> Vec<&LinkedRows> {
        self.simple().into_iter().flat_map(Measure::folds).map(|folds| folds.rows).collect()
    }
}
