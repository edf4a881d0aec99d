//! Several rows of one person: one after the other where their dates follow each other, else one row that says what all of them do.

use jiff::civil::Date;

use super::entity::{Entity, joined};
use super::tenure::Tenure;
use crate::dictionary::{Blank, FieldId, FieldKind, Table};
use crate::intake::issues::IssueLog;
use crate::intake::people::registry::Registry;
use crate::model::{Cell, DateSpan, IssueKind, Value};

/// With more rows than these, they are no changes of the post.
const MOST: usize = 12;

impl Registry<'_> {
    /// Makes one person of several rows. What holds at different times is kept apart; what is said of the audited time is
    /// unknown where it changes in it, or where rows of one time disagree.
    pub(in crate::intake::people) fn settle_rows(
        &self,
        rows: Vec<Entity>,
        (start, as_of): (Date, Date),
        log: &mut IssueLog,
    ) -> Option<Entity> {
        let table = self.dictionary.table(self.dictionary.schema.staff.table);
        let Some(order) = self.successive(&rows, table) else { return self.at_once(rows, table, log) };
        let whole = rows.iter().skip(1).fold(rows.first()?.clone(), |mut whole, row| {
            whole.merge(row, table);
            whole
        });
        let ordered: Vec<&Entity> = order.iter().filter_map(|place| rows.get(*place)).collect();
        let tenures: Vec<Tenure> = (0..ordered.len()).filter_map(|at| self.tenure(&ordered, at, &whole)).collect();
        let spoken = Entity { tenures: tenures.clone(), ..Entity::default() };
        let begin = tenures.partition_point(|tenure| tenure.last < start);
        let end = begin + spoken.tenures_in(start, as_of).len();
        // Before the first day in post, or behind the last, the nearest row speaks.
        let nearest = begin.min(tenures.len().saturating_sub(1));
        let (begin, end) = if begin < end { (begin, end) } else { (nearest, nearest + 1) };
        for row in rows.iter().skip(1) {
            let message =
                "这个人在花名册中已有一行，两行的起止日期前后相接，按同一个人先后任职处理，核查日以当时在岗的一行为准";
            log.report(row.rows.first()?.cell(0), IssueKind::RepeatedRosterRow, &row.name, message);
        }
        self.changed(ordered.get(begin..end)?, tenures, (begin, end), whole, log)
    }

    /// The person of some tenures in the audited time, with what changes in it unknown.
    fn changed(
        &self,
        rows: &[&Entity],
        tenures: Vec<Tenure>,
        (begin, end): (usize, usize),
        whole: Entity,
        log: &mut IssueLog,
    ) -> Option<Entity> {
        let table = self.dictionary.table(self.dictionary.schema.staff.table);
        let roles = table.roles;
        let last = tenures.get(end.checked_sub(1)?)?;
        let mut own = Entity {
            institution: last.institution,
            cells: last.cells.clone(),
            places: last.places.clone(),
            ..(*rows.last()?).clone()
        };
        let stated = tenures.get(begin..end)?;
        if let (Some(start), Some(end), Some(first)) = (roles.start, roles.end, stated.first())
            && rows.windows(2).all(|pair| adjoins(pair, start, end))
        {
            own.cells[start.index()] = first.cells[start.index()].clone();
        }
        self.compare(&mut own, stated, log);
        own.rows = whole.rows;
        own.rows.sort_by_key(|row| Some(row) != rows.last().and_then(|last| last.rows.first()));
        own.besides = whole.besides;
        own.away = own.away.or(whole.away);
        own.away_in = whole.away_in;
        own.told = whole.told;
        own.institutions = if tenures.iter().all(|tenure| tenure.institution == own.institution) {
            Vec::new()
        } else {
            tenures.iter().filter_map(|tenure| tenure.institution).collect()
        };
        own.tenures = tenures;
        Some(own)
    }

    /// Makes unknown what some tenures disagree in.
    fn compare(&self, own: &mut Entity, tenures: &[Tenure], log: &mut IssueLog) {
        let table = self.dictionary.table(self.dictionary.schema.staff.table);
        let times = [table.roles.start, table.roles.end].map(|field| field.map(FieldId::index));
        let fields = table.fields.iter().enumerate();
        for (place, field) in fields.filter(|(place, _)| !times.contains(&Some(*place))) {
            let mut said = tenures.iter().map(|tenure| &tenure.cells[place]);
            let Some(first) = said.next().filter(|_| field.kind != FieldKind::Institution) else { continue };
            if let Some(cell) = said.try_fold(first.clone(), |one, other| joined(&one, other, false)) {
                own.cells[place] = cell;
                continue;
            }
            own.cells[place] = Cell::Unreadable;
            let message = format!(
                "这个人核查期间换了岗，先后两行的“{}”不一样，跨过换岗日期的周期按“不能确定”处理；应当按其中一行核查的，只留这一行，起始日期写最早的",
                field.header
            );
            for at in tenures.iter().filter_map(|tenure| tenure.places[place]) {
                log.report(at, IssueKind::DisagreeingRosterRows, &own.name, &message);
            }
        }
    }

    /// Rows that hold at one time, as one.
    fn at_once(&self, rows: Vec<Entity>, table: &Table, log: &mut IssueLog) -> Option<Entity> {
        let mut rows = rows.into_iter();
        let mut own = rows.next()?;
        let before = own.rows.first().copied();
        for row in rows {
            let at = row.rows.first().copied()?;
            let disagreeing = own.merge(&row, table);
            let message = "这个人在花名册中已有一行，两行按同一个人合并";
            log.report(at.cell(0), IssueKind::RepeatedRosterRow, &row.name, message);
            for field in disagreeing {
                let header = &table.field(field).header;
                let message = format!("同一个人的两行“{header}”不一致，按“不能确定”处理；请改成一致");
                for row in before.into_iter().chain([at]) {
                    log.report(self.place(row, field), IssueKind::DisagreeingRosterRows, &own.name, &message);
                }
            }
        }
        Some(own)
    }

    /// The order of rows that follow each other without holding at one time. `None` if they do not, or contradict one another.
    fn successive(&self, rows: &[Entity], table: &Table) -> Option<Vec<usize>> {
        let (start, end) = (table.roles.start?, table.roles.end?);
        if rows.len() > MOST || rows.iter().any(|row| row.denied.is_some() || row.doubt.is_some()) {
            return None;
        }
        let mut order: Vec<usize> = (0..rows.len()).collect();
        order.sort_by_key(|place| rows[*place].cell(start).date());
        let follows = |pair: &[usize]| {
            let [one, next] = pair else { return false };
            let (ended, began) = (rows[*one].cell(end).date(), rows[*next].cell(start).date());
            ended.zip(began).is_some_and(|(ended, began)| ended.first <= began.first && ended.last <= began.last)
        };
        let is_start = |row: &Entity| matches!(row.cell(start), Cell::Is(_) | Cell::Blank);
        let is_known = rows.iter().all(is_start) && order.windows(2).all(follows);
        let stays = |(place, field): (usize, &crate::dictionary::Field)| {
            let id = u8::try_from(place).ok().map(FieldId);
            let is_time = id == Some(start) || id == Some(end);
            let is_lasting = field.kind == FieldKind::Date || id == table.roles.id_number || id == table.roles.sex;
            let said = rows.iter().filter_map(|row| match &row.cells[place] {
                Cell::Is(value) => Some(value),
                Cell::Blank | Cell::Absent | Cell::Unreadable => None,
            });
            is_time || !is_lasting || said.clone().zip(said.skip(1)).all(|(one, next)| one == next)
        };
        (is_known && table.fields.iter().enumerate().all(stays)).then_some(order)
    }

    /// What one of the rows says for its time.
    fn tenure(&self, rows: &[&Entity], at: usize, whole: &Entity) -> Option<Tenure> {
        let table = self.dictionary.table(self.dictionary.schema.staff.table);
        let (start, end) = (table.roles.start?, table.roles.end?);
        let row = rows.get(at)?;
        let (mut cells, mut places) = (row.cells.clone(), row.places.clone());
        for (place, field) in table.fields.iter().enumerate() {
            if matches!(cells[place], Cell::Blank | Cell::Absent)
                && field.blank != Blank::Open
                && place != start.index()
            {
                (cells[place], places[place]) = (whole.cells[place].clone(), whole.places[place]);
            }
        }
        let (began, ended) = (row.cell(start).date(), row.cell(end).date());
        let since = self.since(rows.get(..=at)?, start, end);
        let until = rows.get(at..)?.windows(2).take_while(|pair| adjoins(pair, start, end)).count();
        (cells[start.index()], places[start.index()]) = (since, row.places[start.index()]);
        cells[end.index()] = rows.get(at + until)?.cell(end).clone();
        places[end.index()] = rows.get(at + until)?.places[end.index()];
        let first = began.map_or(Date::MIN, |began| began.first);
        let last = ended.map_or(Date::MAX, |ended| ended.last);
        Some(Tenure { first, last, cells, places, institution: row.institution })
    }

    /// Since when somebody is in a post of the last of some rows: from the first row on where nothing lies between and 专兼职 stays
    /// the same, else from a day that is not known.
    fn since(&self, rows: &[&Entity], start: FieldId, end: FieldId) -> Cell {
        let employment = self.dictionary.schema.staff.employment;
        let Some((last, before)) = rows.split_last() else { return Cell::Unreadable };
        let stays = |pair: &[&Entity]| {
            let is_same = |one: &Cell, next: &Cell| {
                one == next || matches!((one, next), (Cell::Is(_), Cell::Blank) | (Cell::Blank, Cell::Is(_)))
            };
            adjoins(pair, start, end)
                && matches!(pair, [one, next] if is_same(one.cell(employment), next.cell(employment)))
        };
        let Some(first) = before.first() else { return last.cell(start).clone() };
        if rows.windows(2).all(stays) {
            return first.cell(start).clone();
        }
        let began = |row: &Entity| row.cell(start).date();
        match began(first).zip(began(last)) {
            Some((first, last)) => Cell::Is(Value::Date(DateSpan::with(&first, last))),
            None => Cell::Unreadable,
        }
    }
}

/// Whether a row begins on the day behind the last one of the row before, or before that.
fn adjoins(pair: &[&Entity], start: FieldId, end: FieldId) -> bool {
    let [one, next] = pair else { return false };
    let (ended, began) = (one.cell(end).date(), next.cell(start).date());
    ended.zip(began).is_some_and(|(ended, began)| began.first <= ended.last.tomorrow().unwrap_or(Date::MAX))
}
