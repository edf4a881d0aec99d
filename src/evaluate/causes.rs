//! Why a condition on a row is unknown: the cells, the tables and the rows that would settle it.

use super::condition::Seen;
use super::coverage::{headcount_cause, may_hold, partner_causes};
use super::facts::{Facts, View};
use crate::dictionary::{FieldId, FieldKind, TableId};
use crate::intake::{Record, RecordDoubt, SchoolLink};
use crate::model::{Cell, CellRef, Truth, Value, WordId};
use crate::rules::condition::RowView;
use crate::rules::fold::{Cause, Citations, Doubt, Uncertain, Unrecorded};
use crate::rules::{Condition, Path, Single, Via};

/// A row that a condition is asked of.
pub(super) struct AskedRow<'f> {
    pub seen: Seen<'f>,
    /// The place of the rule that asks.
    pub rule: u32,
    /// The place of the row among those of its table.
    pub place: usize,
}

impl AskedRow<'_> {
    /// Why a condition is unknown, each cause once.
    pub(super) fn causes(&self, condition: &Condition) -> Vec<Cause> {
        let mut found: Vec<Cause> = Vec::new();
        for single in condition.unknown(&self.seen) {
            let causes = match single {
                Single::Test { .. } => single.doubtful(&self.seen).into_iter().map(|path| self.of_path(path)).collect(),
                Single::Has { table, filter } => self.seen.causes_of_rows(*table, |record| {
                    (self.seen.has_record(record, filter), self.seen.doubt_of(record, filter))
                }),
                Single::ContactSchool(_) => self.of_contacts(),
            };
            let new: Vec<Cause> = causes.into_iter().filter(|cause| !found.contains(cause)).collect();
            found.extend(new);
        }
        found
    }

    /// Why the field that a path ends at is not known, be it the row's own or that of what the row names.
    fn of_path(&self, path: Path) -> Cause {
        let (seen, dictionary) = (&self.seen, self.seen.facts.dictionary());
        match seen.beyond(path.via) {
            Some(place) => {
                let table = path.via.table(dictionary, seen.row.table);
                if let Some(row) = seen.facts.of_another_time(table, place).filter(|_| path.via == Via::School) {
                    let words =
                        format!("“{}”{}", dictionary.table(table).sheet, Doubt::OldList.words(table, dictionary));
                    return Cause::new(Uncertain::Rows(table, Doubt::OldList), words).at([row.cell(0)]);
                }
                self.of_field(table, path.field, seen.facts.place(table, place, path.field, None), seen.cell(path))
            }
            None => self.of_own(path.first_field(dictionary, seen.row.table).unwrap_or(path.field)),
        }
    }

    fn of_own(&self, field: FieldId) -> Cause {
        let (facts, row) = (self.seen.facts, self.seen.row);
        self.of_field(row.table, field, facts.place(row.table, self.place, field, row.during), Some(row.cell(field)))
    }

    fn of_field(&self, table: TableId, field: FieldId, at: Option<CellRef>, cell: Option<&Cell>) -> Cause {
        let of = self.seen.facts.dictionary().table(table);
        let whose = if table == self.seen.row.table { String::new() } else { format!("“{}”里的", of.sheet) };
        let header = format!("{whose}“{}”", of.field(field).header);
        let words = match cell {
            Some(Cell::Blank) => format!("{header}没有填"),
            Some(Cell::Absent) => format!("没有{header}这一列"),
            Some(Cell::Is(Value::Date(span))) if span.is_month() => format!("{header}只写到月，不知道是哪一天"),
            Some(Cell::Is(Value::Date(span))) if span.exact().is_none() => format!("{header}不能确定是哪一天"),
            Some(Cell::Is(Value::Date(span))) => {
                let words = format!("{header}为“{}”，只在“左右”的范围以内", span.text());
                return Cause::new(Uncertain::Unrecorded(Unrecorded::Exception(self.rule)), words).at(at);
            }
            Some(Cell::Unreadable | Cell::Is(_)) | None => format!("{header}不能确定"),
        };
        Cause::of_field(table, field, words).at(at)
    }

    /// Why it is not known whether the row's school is a contact school of its person.
    fn of_contacts(&self) -> Vec<Cause> {
        let (seen, dictionary) = (&self.seen, self.seen.facts.dictionary());
        let field = dictionary.table(seen.row.table).field_of_kind(FieldKind::School);
        if let (Some(field), SchoolLink::Unknown | SchoolLink::Blank) = (field, seen.row.school) {
            return vec![self.of_own(field)];
        }
        seen.causes_of_rows(dictionary.schema.contacts, |record| (seen.is_contact(record), seen.standing_doubt(record)))
    }
}

impl Seen<'_> {
    /// The place of what a path leads to from the row, if it leads beyond it.
    fn beyond(&self, via: Via) -> Option<usize> {
        let place = match via {
            Via::Own => None,
            Via::School => match self.row.school {
                SchoolLink::Known(place) => Some(place),
                SchoolLink::Unknown | SchoolLink::Blank => None,
            },
            Via::Person => self.row.person,
            Via::Institution => self.row.institution,
        };
        place.map(|place| place as usize)
    }

    /// The first field that leaves a condition on the row unknown.
    pub(super) fn doubtful_field(&self, condition: &Condition) -> Option<Doubt> {
        condition.unknown(self).into_iter().find_map(|single| match single {
            // Whether it is a contact school is asked of the school that the row names.
            Single::ContactSchool(_) => {
                let school = self.facts.dictionary().table(self.row.table).field_of_kind(FieldKind::School);
                school.map(|field| self.doubt_in(field))
            }
            Single::Test { .. } | Single::Has { .. } => self.doubt_at(single.doubtful(self).first().copied()?),
        })
    }

    /// A doubt about the field that a path leads to, if what stands there is not known.
    pub(super) fn vague(&self, path: Path) -> Option<Doubt> {
        match self.facts.cell(path, self.row) {
            Some(Cell::Is(Value::SomeWords(_) | Value::Between { .. })) | None => self.doubt_at(path),
            Some(Cell::Blank | Cell::Absent | Cell::Unreadable) => self.doubt_at(path),
            Some(Cell::Is(_)) => None,
        }
    }

    fn doubt_at(&self, path: Path) -> Option<Doubt> {
        if let Some(place) = self.beyond(path.via) {
            let table = path.via.table(self.facts.dictionary(), self.row.table);
            let is_then = path.via == Via::School && self.facts.of_another_time(table, place).is_some();
            return Some(if is_then { Doubt::ListedThen(path.via) } else { Doubt::Beyond(path.via, path.field) });
        }
        let field = path.first_field(self.facts.dictionary(), self.row.table)?;
        match (path.via, self.row.cell(field)) {
            (Via::School, Cell::Is(_)) => Some(Doubt::Unlisted(path.via)),
            (Via::School | Via::Own | Via::Person | Via::Institution, _) => Some(self.doubt_in(field)),
        }
    }

    fn doubt_in(&self, field: FieldId) -> Doubt {
        if *self.row.cell(field) == Cell::Absent { Doubt::Column(field) } else { Doubt::Field(field) }
    }

    /// The first field of its own by which the row fails a condition.
    pub(super) fn failing_field(&self, condition: &Condition) -> Option<FieldId> {
        let own = |single: &Single| match single {
            Single::Test { path, .. } => path.first_field(self.facts.dictionary(), self.row.table),
            Single::Has { .. } | Single::ContactSchool(_) => None,
        };
        condition.failed(self).into_iter().find_map(own)
    }

    /// Why it is not known whether a table has a row that is asked for: it has none, a sheet that is not read may hold more
    /// of it, or some rows may or may not be the one.
    fn causes_of_rows(&self, table: TableId, asked: impl Fn(&Record) -> (Truth, Doubt)) -> Vec<Cause> {
        let (facts, dictionary) = (self.facts, self.facts.dictionary());
        let earlier = self.asked_from().map(|day| facts.before.causes_from(table, day, facts.registry));
        let open = [facts.open_causes(table), earlier.unwrap_or_default()].concat();
        if !facts.has_rows(table) {
            return if open.is_empty() { vec![Cause::no_rows(table, dictionary)] } else { open };
        }
        let mut citations = Citations::default();
        let shown = dictionary.table(table).field_of_kind(FieldKind::School).unwrap_or(FieldId(0));
        for record in facts.held(table) {
            if let (Truth::Unknown, doubt) = asked(record) {
                citations.add(facts.cell_of(record, doubt, shown), Some(doubt));
            }
        }
        open.into_iter().chain(citations.causes(table, dictionary, |cell| facts.header_at(cell))).collect()
    }

    /// What is in doubt about a related row.
    pub(super) fn doubt_of(&self, record: &Record, filter: &Condition) -> Doubt {
        let row = Seen { facts: self.facts, row: View::record(record, self.row.person) };
        let is_theirs = self.link(record) == Truth::True && record.doubt.is_none();
        let of_filter = row.doubtful_field(filter).filter(|_| is_theirs && record.stands() == Truth::True);
        of_filter.unwrap_or_else(|| self.standing_doubt(record))
    }

    fn standing_doubt(&self, record: &Record) -> Doubt {
        match (record.row.notes.denied, record.doubt, self.link(record)) {
            (Some(column), _, _) => Doubt::Denied(column),
            (None, Some(RecordDoubt::Nameless), _) => Doubt::Nameless,
            (None, Some(RecordDoubt::PerhapsTwice), _) => Doubt::PerhapsTwice,
            (None, Some(RecordDoubt::OldList), _) => Doubt::OldList,
            (None, Some(RecordDoubt::OtherBook), _) => Doubt::OtherBook,
            (None, None, Truth::True) => Doubt::Date,
            (None, None, Truth::Unknown | Truth::False) => Doubt::Name,
        }
    }
}

impl Facts<'_> {
    /// Why a table may have rows that were not seen: sheets that are not read and may hold some, those that say so, and lists of a
    /// part of it.
    pub(super) fn open_causes(&self, table: TableId) -> Vec<Cause> {
        self.open_causes_of(table, &[None])
    }

    /// As [`Facts::open_causes`], for rows that have one of these words.
    pub(super) fn open_causes_of(&self, table: TableId, asked: &[Option<(FieldId, WordId)>]) -> Vec<Cause> {
        let (of, sheets) = (self.dictionary().table(table), &self.registry.sheets);
        let may_hold = |at: &&u32| sheets.get(**at).is_none_or(|name| may_hold(of, name, asked));
        let sheet = &of.sheet;
        let cause = |at: &u32| {
            let called = self.registry.sheets.called(*at).unwrap_or_default();
            Cause::new(Uncertain::Sheet(table, *at), format!("{called}没有读取，可能也是“{sheet}”"))
        };
        let extract = self.extracts.get(&table).map(|sheets| {
            let called: Vec<String> = sheets.iter().filter_map(|at| self.registry.sheets.called(*at)).take(3).collect();
            let rest = if sheets.len() > called.len() { format!("等{}张表", sheets.len()) } else { String::new() };
            // Where they are of another time, so are the rows: one question.
            let is_then = sheets.iter().all(|at| self.lists.has(*at));
            let of = if is_then { Uncertain::Rows(table, Doubt::OldList) } else { Uncertain::Extract(table) };
            let words = format!(
                "“{sheet}”只有{}{rest}，名称只说其中一部分，或者是别的年份、以后才开始的，此外还有没有不能断定",
                called.join("、")
            );
            Cause::new(of, words)
        });
        let layout = |cell: &CellRef| self.registry.layouts.get(cell.row.sheet as usize)?.as_ref();
        let adjoins = |cell: &CellRef| layout(cell).is_some_and(|layout| layout.adjoins(*cell).is_some());
        let (beside, said): (Vec<CellRef>, Vec<CellRef>) =
            self.gaps.get(&table).into_iter().flatten().partition(|cell| adjoins(cell));
        let gap = |of: Uncertain, cells: Vec<CellRef>, words: &str| {
            let called = self.registry.sheets.called(cells.first()?.row.sheet).unwrap_or_default();
            Some(Cause::new(of, format!("{called}{words}")).at(cells))
        };
        let gap = gap(Uncertain::Gaps(table), said, "里写着记录不全").into_iter().chain(gap(
            Uncertain::Beside(table),
            beside,
            "右边还有一张表没有读取",
        ));
        let open = self.open.get(&table).into_iter().flatten().filter(may_hold).map(cause);
        let others = partner_causes(self, table, asked).into_iter().chain(headcount_cause(self, table));
        open.chain(extract).chain(gap).chain(others).collect()
    }

    /// Where what a row names stands in a list that is named for another time.
    fn listed_then(&self, record: &Record, via: Via) -> Option<CellRef> {
        let place = Seen { facts: self, row: View::record(record, None) }.beyond(via)?;
        Some(self.of_another_time(via.table(self.dictionary(), record.row.table), place)?.cell(0))
    }

    /// The cell that shows what is in doubt about a row; where no cell of its own does, that of a field.
    pub(super) fn cell_of(&self, record: &Record, doubt: Doubt, shown: FieldId) -> CellRef {
        let field = match doubt {
            Doubt::Denied(column) | Doubt::Besides(column) => return record.row.at.cell(column),
            Doubt::Beyond(via, field) => {
                let place = Seen { facts: self, row: View::record(record, None) }.beyond(via);
                let table = via.table(self.dictionary(), record.row.table);
                match place.and_then(|place| self.place(table, place, field, None)) {
                    Some(cell) => return cell,
                    None => shown,
                }
            }
            Doubt::ListedThen(via) => match self.listed_then(record, via) {
                Some(cell) => return cell,
                None => shown,
            },
            Doubt::Unlisted(_) => {
                self.dictionary().table(record.row.table).field_of_kind(FieldKind::School).unwrap_or(shown)
            }
            Doubt::Name | Doubt::Misspelt => {
                self.dictionary().table(record.row.table).field_of_kind(FieldKind::People).unwrap_or(shown)
            }
            Doubt::Field(field)
            | Doubt::Reading(field)
            | Doubt::Column(field)
            | Doubt::Quantity(field)
            | Doubt::Number(field)
            | Doubt::Day(field)
            | Doubt::OtherYear(field) => field,
            Doubt::Date
            | Doubt::OutOfPost
            | Doubt::Repeated
            | Doubt::Again
            | Doubt::SameEvent
            | Doubt::Nameless
            | Doubt::PerhapsTwice
            | Doubt::OldList
            | Doubt::OtherBook
            | Doubt::TwoTerms
            | Doubt::Ended
            | Doubt::TwoSchools => shown,
        };
        self.registry.place_in(&record.row, field)
    }
}
