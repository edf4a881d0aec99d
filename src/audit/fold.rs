//! Folds the rows of a run: into the tally, and into the traces of the subjects that somebody asks about.

use super::AuditError;
use super::settings::TraceFilter;
use crate::dictionary::TableId;
use crate::evaluate::{Facts, Plan, Tally, Trace, Tracer, subjects_called};
use crate::intake::Record;

pub(super) struct Fold<'f> {
    plan: &'f Plan<'f>,
    facts: &'f Facts<'f>,
    tally: Tally,
    tracer: Option<Tracer>,
}

impl<'f> Fold<'f> {
    /// Errors: no subject is called as wanted, or no name is given and there are several.
    pub(super) fn new(
        plan: &'f Plan<'f>,
        facts: &'f Facts<'f>,
        trace: TraceFilter<'_>,
    ) -> Result<Fold<'f>, AuditError> {
        let tracer = match trace {
            TraceFilter::Nobody => None,
            TraceFilter::Subject(name) => {
                let unknown = |names| AuditError::Subject { wanted: name.map(str::to_string), names };
                Some(Tracer::new(plan, facts, &subjects_called(plan, facts, name).map_err(unknown)?))
            }
        };
        Ok(Fold { plan, facts, tally: Tally::new(plan), tracer })
    }

    pub(super) fn facts(&self) -> &'f Facts<'f> {
        self.facts
    }

    /// Folds a row; says whether it is among the first few that are shown for a subject.
    pub(super) fn row(&mut self, record: &Record, own: Option<usize>) -> bool {
        if let Some(tracer) = &mut self.tracer {
            tracer.take(self.plan, self.facts, record, own);
        }
        self.tally.fold(self.plan, self.facts, record, own)
    }

    /// An empty one for the rows of a table, to be joined with this one.
    pub(super) fn fork(&self, table: TableId) -> Fold<'f> {
        let tally = Tally::of_table(self.plan, table);
        Fold { plan: self.plan, facts: self.facts, tally, tracer: self.tracer.as_ref().map(Tracer::fork) }
    }

    /// Takes up the rows that another one has folded, which come behind its own.
    pub(super) fn join(&mut self, other: Fold<'f>) {
        self.tally.join(other.tally);
        if let (Some(own), Some(other)) = (&mut self.tracer, other.tracer) {
            own.join(other);
        }
    }

    pub(super) fn kept(&mut self) {
        // By table, so that the result does not depend on the order of a hash map.
        let mut tables: Vec<_> = self.facts.held.keys().copied().collect();
        tables.sort();
        for table in tables {
            for (own, record) in self.facts.held(table).iter().enumerate() {
                self.row(record, Some(own));
            }
        }
    }

    pub(super) fn done(self) -> (Tally, Vec<Trace>) {
        (self.tally, self.tracer.map(Tracer::done).unwrap_or_default())
    }
}
