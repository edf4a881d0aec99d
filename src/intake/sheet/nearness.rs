//! How near a header is to the name of a field: what it was probably meant to be, to be asked about.

use super::header::{HeaderBlock, HeaderCell, HeaderLevel, Parted};
use super::matching::{KnownHeaders, is_excepted};
use super::probe::{Probe, ProbeRow};
use crate::dictionary::{Dictionary, FieldId, FieldKind, PeopleWords, Table, TableId};

/// How near a header is to a name of a field; the least is the nearest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Nearness {
    /// The name itself, which something else speaks against.
    Same,
    OneOff,
    /// The name stands within the header; so many characters are left over.
    Within(usize),
}

/// The fields of a table, among those that have no column yet, that a header nearly is: at most two.
pub(super) fn near(
    headers: &KnownHeaders<'_>,
    id: TableId,
    (cell, row): (&HeaderCell, u32),
    free: &[FieldId],
    probe: &Probe,
) -> Vec<FieldId> {
    let table = headers.dictionary.table(id);
    let normal = cell.leaf().normal.as_str();
    if cell.is_remark() || cell.parted != Parted::No || normal.chars().count() < 2 {
        return Vec::new();
    }
    // What is known for something else is no slip of the pen.
    let is_known = headers.known.contains(normal);
    let is_planned = headers.is_planned(cell);
    // Numbers are nobody's names.
    let is_amount = probe.is_amount(row, cell.column);
    let is_clock = probe.holds_clock(row, cell.column);
    let is_named = |kind: FieldKind| matches!(kind, FieldKind::People | FieldKind::Person);
    // Of two characters one that is another may say something else, which its cells tell: 组别 is no 级别.
    let is_short = |nearness: Nearness| nearness == Nearness::OneOff && normal.chars().nth(2).is_none();
    let says_otherwise =
        |field: FieldId| probe.says_otherwise((row, cell.column), table.field(field), headers.dictionary);
    let rank = |field: &FieldId| {
        let kind = table.field(*field).kind;
        let is_no = (kind == FieldKind::Number && is_planned)
            || (kind == FieldKind::Date && is_clock)
            || (is_amount && is_named(kind));
        if is_no {
            return None;
        }
        if table.field(*field).perhaps.iter().any(|name| name == normal) {
            return Some((Nearness::Same, *field));
        }
        let nearness = headers.names(id, *field).iter().filter_map(|name| nearness(name, normal)).min()?;
        let allowed = nearness == Nearness::Same || !(is_known || is_short(nearness) && says_otherwise(*field));
        (allowed && !is_excepted(table.field(*field), cell)).then_some((nearness, *field))
    };
    let visited = visited(table, free).filter(|_| probe.holds_schools((row, cell.column), &headers.dictionary.people));
    let is_office = |field: FieldId| table.field(field).kind == FieldKind::Institution;
    let meant = |(nearness, field)| (nearness, visited.filter(|_| is_office(field)).unwrap_or(field));
    let ranked: Vec<(Nearness, FieldId)> = free.iter().filter_map(rank).map(meant).collect();
    likeliest(table, &ranked)
}

/// The nearest of some fields, if they are not too many.
fn likeliest(table: &Table, ranked: &[(Nearness, FieldId)]) -> Vec<FieldId> {
    let Some(best) = ranked.iter().map(|(nearness, _)| *nearness).min() else { return Vec::new() };
    let nearest = || ranked.iter().filter(|(nearness, _)| *nearness == best).map(|(_, field)| *field);
    // A column that the sheet cannot do without is likelier than one that it can.
    let required: Vec<FieldId> = nearest().filter(|field| table.field(*field).required).collect();
    let chosen = if required.is_empty() { nearest().collect() } else { required };
    if chosen.len() > 2 { Vec::new() } else { chosen }
}

/// The school of a table, which may stand below a header that is near to one of offices: 到访单位.
fn visited(table: &Table, free: &[FieldId]) -> Option<FieldId> {
    free.iter().copied().find(|field| table.field(*field).kind == FieldKind::School)
}

/// Whether a column tells when a form was filed, and is no date of a table of events: 发起时间.
pub(super) fn is_filed(
    table: &Table,
    field: FieldId,
    (cell, block): (&HeaderCell, &HeaderBlock),
    of: &Dictionary,
) -> bool {
    let is_date = table.roles.date.is_some() && table.field(field).kind == FieldKind::Date;
    let others = block.cells.iter().map(|other| other.leaf().normal.as_str());
    is_date && of.sheet_words.is_filed(&cell.leaf().normal, others)
}

impl Probe {
    /// Whether most texts of a column below a header name schools that are no offices.
    pub(super) fn holds_schools(&self, (header, column): (u32, u32), people: &PeopleWords) -> bool {
        let below = self.rows.iter().filter(|row| row.number > header).filter_map(|row| row.own(column));
        let is_school =
            |part: &&HeaderLevel| people.schools.is_one(&part.text) && !people.offices.is_office(&part.text);
        let (schools, others): (Vec<_>, Vec<_>) = below.partition(is_school);
        schools.len() > others.len()
    }

    /// Whether a column below a header holds times of day and nothing else: 08:30.
    pub(super) fn holds_clock(&self, header: u32, column: u32) -> bool {
        let below = self.rows.iter().filter(|row: &&ProbeRow| row.number > header && !row.is_blank(column));
        let is_time = |row: &ProbeRow| match row.time(column) {
            Some((None, Some(text))) => is_clock(text),
            Some((None, None)) => row.amounts.contains(&(column, true)),
            Some((Some(_), _)) | None => false,
        };
        let (times, others): (Vec<_>, Vec<_>) = below.partition(|row| is_time(row));
        !times.is_empty() && others.is_empty()
    }
}

/// 08:30, 上午8:30-10:00.
fn is_clock(text: &str) -> bool {
    let text = text.trim_start_matches(['上', '中', '下', '晚', '午', ' ']);
    let hours = text.bytes().take_while(u8::is_ascii_digit).count();
    (1..=2).contains(&hours) && text[hours..].starts_with([':', '：'])
}

fn nearness(name: &str, normal: &str) -> Option<Nearness> {
    let (length, own) = (name.chars().count(), normal.chars().count());
    if name == normal {
        Some(Nearness::Same)
    } else if length < 2 {
        None
    } else if length.abs_diff(own) <= 1 && strsim::damerau_levenshtein(name, normal) == 1 {
        Some(Nearness::OneOff)
    } else if normal.contains(name) {
        Some(Nearness::Within(own - length))
    } else {
        None
    }
}
