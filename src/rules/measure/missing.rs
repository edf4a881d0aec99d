//! `missing`: the members of a list, or of a column, that no row covers.

use crate::rules::Via;
use crate::rules::prelude::*;

#[derive(Clone, Debug, PartialEq)]
pub struct Missing {
    members: Members,
    rows: LinkedRows,
    by: Vec<Path>,
}

/// For each member, whether any row covers it. Members past the end are not covered.
#[derive(Clone, Debug, Default)]
pub(crate) struct Covered {
    members: Vec<Truth>,
    /// Whether there may be rows, and members, that were not seen.
    more_rows: bool,
    more_members: bool,
}

impl Kind for Missing {
    type State = Covered;

    fn read(written: &Written<'_, '_, '_>, scope: &Scope<'_>) -> Option<Missing> {
        written.table(|form| {
            form.node("by");
            let listed = Members::ask(form);
            let (rows, inner) = LinkedRows::read(form, scope)?;
            let mut by = path::read_all(form, "by", &inner);
            let members = listed.read(form, scope, &inner, &mut by)?;
            if by.is_empty() && !members.are_weekdays() {
                form.missing("by");
                return None;
            }
            Some(Missing { members, rows, by })
        })
    }

    fn words(&self, phrases: Phrases<'_>) -> String {
        let own = phrases.of(self.rows.table);
        let by = if self.members.are_weekdays() { "日期".to_string() } else { own.paths(&self.by) };
        format!("{}中，{}没有覆盖的项数（按{by}）", self.members.words(phrases), phrases.rows(&self.rows))
    }

    fn needs(&self, needs: &mut Needs<'_>) {
        self.by.iter().for_each(|path| needs.path(*path, self.rows.table));
    }

    fn character(&self) -> Character {
        Character { lists: true, ..Character::PLAIN }
    }

    fn folds(&self) -> Vec<Folds<'_>> {
        vec![Folds { members: Some(&self.members), by: &self.by, ..Folds::of(&self.rows) }]
    }

    fn add(&self, state: &mut Covered, row: &FoldedRow<'_>) {
        let members = row.facts.members;
        state.members.resize(members.len(), Truth::False);
        let dates = row.facts.exact_days();
        let value = |path| (row.facts.value)(path).cell;
        let covers = |member: &Member| match row.facts.rows {
            [] => member.is_covered(&self.by, value, dates),
            // Two rows of a person cover what each of them says, and not the stage of one with the subject of the other.
            rows => rows.iter().fold(Truth::False, |truth, cells| {
                let own = |path: Path| if path.via == Via::Own { cells.get(path.field.index()) } else { value(path) };
                truth.or(member.is_covered(&self.by, own, dates))
            }),
        };
        for (own, member) in state.members.iter_mut().zip(members).filter(|(own, _)| **own != Truth::True) {
            *own = own.or(row.counts().and(covers(member)));
        }
    }

    fn more(&self, state: &mut Covered, table: TableId, _: &[DateSpan]) {
        let is_members = self.members.column().is_some_and(|column| column.table == table);
        state.more_members |= is_members;
        state.more_rows |= table == self.rows.table;
    }

    fn outcome(&self, found: Gathered<'_, Covered>, at: &impl Viewpoint) -> Measured {
        found.measure(at, |covered, members| {
            let table = self.members.column().map(|column| column.table);
            if members.is_empty() {
                let of = Uncertain::Table(table.unwrap_or(self.rows.table));
                return Measured {
                    lacks: vec![Cause::new(of, "名单中没有要核对的对象")], ..Measured::default()
                };
            }
            let is_asked = |member: &Member| {
                let whole = member.part_of.is_none() && member.is_asked(at.window(), |date| at.is_teaching_day(date));
                match table {
                    Some(table) => at.asks(table, &member.records),
                    None => Truth::from(whole),
                }
            };
            let asked: Vec<Truth> = members.iter().map(is_asked).collect();
            let is_sure = asked.contains(&Truth::True);
            if !is_sure && !asked.contains(&Truth::Unknown) && !covered.more_members {
                return Measured::nobody();
            }
            // Of what is not covered, some may not be asked for; where nothing surely is, it matters of all.
            let is_open = |place| !is_sure || covered.covered(members, place) != Truth::True;
            let open = members.iter().enumerate().filter(|(place, _)| is_open(*place));
            let open: Vec<&Member> = open.map(|(_, member)| member).collect();
            let lacks = self.members.column().map(|column| at.asks_perhaps(column, &open)).unwrap_or_default();
            // There may be nothing to cover.
            Measured { nobody_maybe: !is_sure, lacks, ..covered.missing(members, &asked) }
        })
    }
}

impl Covered {
    /// Whether a member is covered, or all of its parts are.
    fn covered(&self, members: &[Member], place: usize) -> Truth {
        let of = |place: usize| self.members.get(place).copied().unwrap_or(Truth::False);
        let parts =
            members.iter().enumerate().filter(|(_, part)| part.part_of == Some(place)).map(|(part, _)| of(part));
        of(place).or(parts.reduce(Truth::and).unwrap_or(Truth::False))
    }

    /// How many members no row covers, with the names of those that are surely missing and of those that may be.
    fn missing(&self, members: &[Member], asked: &[Truth]) -> Measured {
        let (mut missing, mut maybe_missing) = (Vec::new(), Vec::new());
        for (place, (member, asked)) in members.iter().zip(asked).enumerate() {
            let is_sure = *asked == Truth::True && !member.name.is_empty();
            match (self.covered(members, place), asked) {
                (Truth::True, _) | (_, Truth::False) => {}
                (Truth::False, _) if is_sure && !self.more_rows => missing.push(member.name.clone()),
                (Truth::False | Truth::Unknown, _) => maybe_missing.push(member.name.clone()),
            }
        }
        let low = Decimal::from(missing.len());
        let high = low + Decimal::from(maybe_missing.len());
        maybe_missing.retain(|name| !name.is_empty());
        let amount = Amount { low, high: (!self.more_members).then_some(high) };
        Measured { covers: true, missing, maybe_missing, ..Measured::of(amount) }
    }
}

impl Join for Covered {
    fn join(&mut self, other: &Covered) {
        self.more_rows |= other.more_rows;
        self.more_members |= other.more_members;
        self.members.resize(self.members.len().max(other.members.len()), Truth::False);
        self.members.iter_mut().zip(&other.members).for_each(|(own, other)| *own = own.or(*other));
    }
}
