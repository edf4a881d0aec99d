//! Why a row is possible for a measure and not sure.

use super::row::Folding;
use crate::dictionary::{FieldId, FieldKind};
use crate::evaluate::condition::Seen;
use crate::evaluate::facts::View;
use crate::intake::RecordDoubt;
use crate::model::{Cell, CellRef, Truth};
use crate::rules::fold::{Adds, Doubt, RowFacts};
use crate::rules::window::Timing;
use crate::rules::{Condition, Path, Via};

impl Folding<'_, '_> {
    /// Why the row is possible and not sure. `None` if it is sure.
    pub(in crate::evaluate) fn doubt(&self, link: Truth, filter: Truth, within: Truth) -> Option<Doubt> {
        if link == Truth::Unknown {
            return Some(self.record.row.notes.denied.map_or_else(|| self.standing_doubt(), Doubt::Denied));
        }
        if filter == Truth::Unknown {
            let row = View::record(self.record, None);
            let first = &self.rows.folds.rows.filter;
            if self.rows.folds.or_where.is_some() && self.facts.holds(first, row) == Truth::False {
                let failed = Seen { facts: self.facts, row }.failing_field(first);
                return Some(Doubt::Reading(failed.unwrap_or(self.rows.shown)));
            }
            return Some(self.doubtful_field(first, row));
        }
        (within == Truth::Unknown).then(|| if self.may_go_on() { Doubt::Ended } else { self.time_doubt() })
    }

    /// Why it is not known whether the row lies in a window: its date, or for how many days it went on.
    fn time_doubt(&self) -> Doubt {
        let cells = &self.record.row.cells;
        let is_on_day = self.rows.timing.extent(cells).is_some_and(|(start, _)| start.exact().is_some());
        match self.rows.timing {
            Timing::Event { days: Some(days), .. } if is_on_day && *self.record.row.cell(days) == Cell::Unreadable => {
                Doubt::Quantity(days)
            }
            Timing::Event { .. } | Timing::Lasting { .. } | Timing::Timeless => Doubt::Date,
        }
    }

    fn standing_doubt(&self) -> Doubt {
        match self.record.doubt {
            Some(RecordDoubt::Nameless) => Doubt::Nameless,
            Some(RecordDoubt::PerhapsTwice) => Doubt::PerhapsTwice,
            Some(RecordDoubt::OldList) => Doubt::OldList,
            Some(RecordDoubt::OtherBook) => Doubt::OtherBook,
            None if self.is_of_old_roster() => Doubt::ListedThen(Via::Person),
            None if self.record.row.repeated => Doubt::Repeated,
            None if self.is_anothers_event() => Doubt::SameEvent,
            None if let Some(column) = self.contradicted() => Doubt::Denied(column),
            None if self.record.again.is_some() => Doubt::Again,
            None if self.record.nearly.is_empty() => Doubt::Name,
            None => Doubt::Misspelt,
        }
    }

    /// What is in doubt about the amount of the row.
    pub(in crate::evaluate) fn amount_doubt(&self, row: &RowFacts<'_>) -> Option<Doubt> {
        match self.rows.folds.adds {
            Adds::Field(field) if self.lessons_for(field).is_some() => {
                return self.facts.dictionary().table(self.record.row.table).roles.lessons.map(Doubt::Number);
            }
            Adds::Field(field) if !row.quantity.is_exact() => return Some(self.of_field(field, Doubt::Quantity)),
            Adds::Events if !row.quantity.is_exact() => {
                let several = self.facts.dictionary().table(self.record.row.table).roles.quantity;
                return Some(several.filter(|_| self.record.row.dates == Some(1)).map_or(Doubt::Date, Doubt::Number));
            }
            Adds::Dates if !row.quantity.is_exact() => return Some(Doubt::Date),
            Adds::Field(_) | Adds::Events | Adds::Dates | Adds::Nothing => {}
        }
        let view = View::record(self.record, None);
        if let Some(of_which) = self.rows.folds.of_which.filter(|_| row.part == Truth::Unknown) {
            return Some(self.doubtful_field(of_which, view));
        }
        let guessed = self.record.row.notes.besides().iter().find(|besides| !besides.is_plain);
        if let Some(besides) = guessed.filter(|_| !row.members.is_empty()) {
            return Some(Doubt::Besides(besides.column));
        }
        let (seen, table) =
            (Seen { facts: self.facts, row: view }, self.facts.dictionary().table(self.record.row.table));
        let is_vague = self.record.unlisted.as_ref().is_some_and(|unlisted| unlisted.is_vague());
        let names_some =
            |path: &Path| is_vague && path.via == Via::Own && table.field(path.field).kind == FieldKind::People;
        self.rows.folds.by.iter().find_map(|path| if names_some(path) { Some(Doubt::Name) } else { seen.vague(*path) })
    }

    /// The first field that leaves a condition on the row unknown.
    fn doubtful_field(&self, condition: &Condition, row: View<'_>) -> Doubt {
        let seen = Seen { facts: self.facts, row };
        seen.doubtful_field(condition).unwrap_or(self.of_field(self.rows.shown, Doubt::Field))
    }

    /// A doubt about a field, or about its column where there is none.
    fn of_field(&self, field: FieldId, doubt: fn(FieldId) -> Doubt) -> Doubt {
        if *self.record.row.cell(field) == Cell::Absent { Doubt::Column(field) } else { doubt(field) }
    }

    /// The cell that shows the row: the doubtful one, else the amount where one stands, else the date.
    pub(in crate::evaluate) fn cell_of(&self, doubt: Option<Doubt>) -> CellRef {
        if let Some(doubt) = doubt {
            return self.facts.cell_of(self.record, doubt, self.rows.shown);
        }
        let shown = match self.rows.folds.adds {
            Adds::Field(field) if self.rows.folds.shows_amount && self.record.row.cell(field).value().is_some() => {
                field
            }
            Adds::Field(_) | Adds::Events | Adds::Dates | Adds::Nothing => self.rows.shown,
        };
        self.facts.registry.place_in(&self.record.row, shown)
    }
}
