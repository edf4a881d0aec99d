//! `since`: years since the last row of any of some tables, else since a start.

use crate::rules::prelude::*;

#[derive(Clone, Debug, PartialEq)]
pub struct Since {
    rows: Vec<LinkedRows>,
    /// Rows that satisfy it instead of the filter are possible, not sure; for a single table.
    or_where: Option<Condition>,
    /// Tables of which all rows are possible only.
    or_of: Vec<TableId>,
    or_since: Option<Start>,
    /// The day the duty began: time before it is not counted.
    not_before: Option<Date>,
    /// Whether the as-of day counts too, so that a full year is over on its last day: 两年以上 begins with the second anniversary.
    with_today: bool,
}

/// Where time is counted from if there is no row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Start {
    Field(FieldId),
    Day(Date),
}

/// When the last row was: the latest sure one, and the latest that may have been.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Latest {
    sure: Option<Date>,
    possible: Option<Date>,
    /// Whether a row may have been on any day, because its date is not known.
    any_day: bool,
}

/// The rows of one table, or of several: `of = ["activities", "training"]`, with `where` by table.
fn rows_of_several(form: &Form<'_, '_>, scope: &Scope<'_>) -> Option<Vec<LinkedRows>> {
    if form.node("of").is_some_and(|of| of.value.as_str().is_some()) || !form.has("of") {
        return LinkedRows::read(form, scope).map(|(rows, _)| vec![rows]);
    }
    let filters = form.form("where");
    let mut all = Vec::new();
    for of in form.texts("of") {
        let (mut rows, inner) = LinkedRows::of_table(form, of, scope)?;
        let named = &inner.dictionary.table(rows.table).id;
        let filter = filters.as_ref().and_then(|filters| {
            filters.entries().into_iter().find(|(name, _)| name.value == *named)?.1.form(form.source(), "where")
        });
        if let Some(filter) = filter {
            rows.filter = condition::read(filter, &inner);
        }
        all.push(rows);
    }
    if let Some(filters) = filters {
        let is_known = |name: &str| all.iter().any(|rows| scope.dictionary.table(rows.table).id == name);
        for (name, _) in filters.entries().into_iter().filter(|(name, _)| !is_known(&name.value)) {
            form.source().defect(name.span, format!("where 中的 {} 不是 of 里的表", name.value), "写 of 里的表名");
        }
    }
    Some(all)
}

impl Kind for Since {
    type State = Latest;

    fn read(written: &Written<'_, '_, '_>, scope: &Scope<'_>) -> Option<Since> {
        written.table(|form| {
            let or_since = form.node("or-since").and_then(|node| match node.as_date() {
                Some(day) => Some(Start::Day(day)),
                None => {
                    let named = node.text(form.source(), "or-since")?;
                    own_field(form, &named, scope, DATES).map(Start::Field)
                }
            });
            let not_before = form.date("not-before");
            let with_today = form.flag("with-today").unwrap_or(false);
            let (or_where, or_of) = (form.form("or-where"), form.texts("or-of"));
            let rows = rows_of_several(form, scope)?;
            let or_where = or_where
                .zip(rows.first())
                .map(|(filter, rows)| condition::read(filter, &Scope { table: rows.table, ..*scope }));
            let is_read = |id: &TableId| rows.iter().any(|rows| rows.table == *id);
            let table = |named: &At<String>| {
                let found = scope.dictionary.table_named(&named.value).filter(is_read);
                if found.is_none() {
                    form.source().defect(
                        named.span.clone(),
                        format!("or-of 中的 {} 不是 of 里的表", named.value),
                        "写 of 里的表名",
                    );
                }
                found
            };
            let or_of = or_of.iter().filter_map(table).collect();
            Some(Since { rows, or_where, or_of, or_since, not_before, with_today })
        })
    }

    fn words(&self, phrases: Phrases<'_>) -> String {
        let rows: Vec<String> = self.rows.iter().map(|rows| phrases.rows(rows)).collect();
        let start = match self.or_since {
            Some(Start::Field(field)) => format!("；从来没有的，从{}起算", phrases.header(field)),
            Some(Start::Day(day)) => format!("；从来没有的，从{day}起算"),
            None => String::new(),
        };
        let doubtful = match (&self.or_where, self.rows.first()) {
            (Some(or_where), Some(rows)) => {
                format!("；{}的行由人判断算不算", phrases.of(rows.table).condition(or_where))
            }
            (Some(_), None) | (None, _) => String::new(),
        };
        let maybe = self.or_of.iter().map(|table| format!("；“{}”的行由人判断算不算", phrases.of(*table).sheet()));
        format!("{}，距最近一次的年数{start}{doubtful}{}", rows.join("或"), maybe.collect::<String>())
    }

    fn needs(&self, needs: &mut Needs<'_>) {
        if let Some(Start::Field(field)) = self.or_since {
            needs.own(field);
        }
    }

    fn character(&self) -> Character {
        Character::AS_OF_ONLY
    }

    fn folds(&self) -> Vec<Folds<'_>> {
        let or_where = self.or_where.as_ref();
        self.rows.iter().map(|rows| Folds { or_where, ..Folds::of(rows) }).collect()
    }

    fn add(&self, state: &mut Latest, row: &FoldedRow<'_>) {
        state.add(row.counts(), row.facts.extent.map(|(_, end)| end));
    }

    fn more(&self, state: &mut Latest, _: TableId, spans: &[DateSpan]) {
        spans.iter().for_each(|span| state.add(Truth::Unknown, Some(*span)));
    }

    /// The time since the last row of any of the tables. A table that is absent may have had one on any day.
    fn outcome(&self, found: Gathered<'_, Latest>, at: &impl Viewpoint) -> Measured {
        let absent: Vec<TableId> = found.rows.iter().filter_map(|rows| rows.absent).collect();
        if let (true, Some(table)) = (absent.len() == found.rows.len(), absent.first()) {
            return Measured::without(*table, at);
        }
        let mut latest = Latest::default();
        let mut rest = Measured::default();
        for rows in found.rows {
            rest.unseen.extend(rows.unseen);
            rest.lacks.extend(rows.citations.causes(rows.table, at.dictionary(), |cell| at.header_at(cell)));
            rest.citations.join(&rows.citations);
            let own = rows.state.unwrap_or_default();
            latest.join(&if self.or_of.contains(&rows.table) { Latest { sure: None, ..own } } else { own });
        }
        for table in absent {
            latest.add(Truth::Unknown, None);
            rest.lacks.extend(Measured::without(table, at).lacks);
        }
        let mut measured = self.elapsed(latest, at);
        measured.lacks.extend(rest.lacks);
        measured.citations.join(&rest.citations);
        Measured { unseen: rest.unseen, ..measured }
    }
}

impl Since {
    fn elapsed(&self, latest: Latest, at: &impl Viewpoint) -> Measured {
        let start = match self.or_since {
            Some(Start::Day(day)) => Some(DateSpan::day(day)),
            Some(Start::Field(field)) => at.cell(field).date(),
            None => None,
        };
        let mut measured = Measured {
            start_only: latest.sure.is_none() && !latest.is_possible(),
            start_maybe: latest.sure.is_none() && latest.is_possible(),
            ..Measured::default()
        };
        let as_of = if self.with_today { at.as_of().tomorrow().unwrap_or(at.as_of()) } else { at.as_of() };
        let bounds = !matches!(self.or_since, Some(Start::Day(_))) || self.not_before.is_some();
        let mut amount = latest.amount(start, bounds, as_of);
        if let Some(day) = self.not_before {
            let since_day = elapsed_years(day, as_of);
            measured.start_only |= amount.high.is_some_and(|high| high > since_day);
            amount = Amount { low: amount.low.min(since_day), high: amount.high.map(|high| high.min(since_day)) };
        }
        match self.or_since {
            Some(Start::Field(field)) if latest.sure.is_none() => {
                let header = at.header(field);
                match start {
                    None => measured.doubt(field, format!("“{header}”没有填或无法识别"), at),
                    Some(day) if day.exact().is_none() => {
                        measured.doubt(field, format!("“{header}”没有写明是哪一天"), at);
                    }
                    Some(_) => {}
                }
            }
            Some(Start::Field(_) | Start::Day(_)) | None => {}
        }
        Measured { amount: Some(amount), ..measured }
    }
}

impl Latest {
    fn is_possible(&self) -> bool {
        self.possible.is_some() || self.any_day
    }

    /// Adds a row that ended in a span of days. `None` if its date is not known.
    fn add(&mut self, truth: Truth, ended: Option<DateSpan>) {
        match ended {
            Some(span) => {
                if truth == Truth::True {
                    self.sure = self.sure.max(Some(span.first));
                }
                self.possible = self.possible.max(Some(span.last));
            }
            None => self.any_day = true,
        }
    }

    /// Years since the last row, else since the start. The upper end is open if neither is known, and if a row of any day may
    /// lie before the start (`bounds` is whether none can).
    fn amount(&self, start: Option<DateSpan>, bounds: bool, as_of: Date) -> Amount {
        let since = |day: Date| elapsed_years(day.min(as_of), as_of);
        let zero = rust_decimal::Decimal::ZERO;
        let from_start = start.map(|span| (since(span.last), since(span.first)));
        let possible = self.possible.map(since);
        let (low, high) = match (self.sure.map(since), possible, from_start) {
            (Some(sure), possible, _) => (possible.unwrap_or(sure), Some(sure)),
            (None, Some(possible), Some((least, most))) => (possible.min(least), Some(possible.max(most))),
            (None, Some(possible), None) => (possible, None),
            (None, None, Some((least, most))) => (least, Some(most)),
            (None, None, None) => (zero, None),
        };
        let is_open = self.any_day && self.sure.is_none() && !bounds;
        Amount { low: if self.any_day { zero } else { low }, high: high.filter(|_| !is_open) }
    }
}

impl Join for Latest {
    fn join(&mut self, other: &Latest) {
        self.sure = self.sure.max(other.sure);
        self.possible = self.possible.max(other.possible);
        self.any_day |= other.any_day;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use rust_decimal::Decimal;

    #[test]
    fn without_a_row_time_runs_from_the_start() {
        let latest = Latest::default();
        let start = Some(DateSpan::day(date(2020, 12, 31)));
        assert_eq!(latest.amount(start, true, date(2023, 12, 31)), Amount::exactly(Decimal::from(3)));
        assert_eq!(latest.amount(None, true, date(2023, 12, 31)), Amount { low: Decimal::ZERO, high: None });
    }
}
