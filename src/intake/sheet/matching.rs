//! Which field a header names, and how surely.

use std::collections::{HashMap, HashSet};

use super::header::{HeaderCell, HeaderLevel, Parted};
use crate::dictionary::{
    CellWords, Columns, Dictionary, Field, FieldId, FieldKind, Table, TableId, Wish, normalise, parts_of_unit, spelt,
};

/// What a header under a group is called when it is all of the group: 学时/合计.
const TOTALS: [&str; 5] = ["合计", "小计", "总计", "总数", "计"];

/// The headers that are known: those of the dictionary and the office's own.
#[derive(Debug)]
pub struct KnownHeaders<'d> {
    pub dictionary: &'d Dictionary,
    pub columns: &'d Columns,
    /// By table: each header in its normal form, the field that it names, and whether it is the standard one.
    by_table: Vec<HashMap<String, (FieldId, bool)>>,
    /// By table and field: its names in their normal form, the standard one first.
    names: Vec<Vec<Vec<String>>>,
    /// Headers that are no slip of the pen: those of any table, and those of columns that no rule asks for.
    pub(super) known: HashSet<String>,
    /// Headers of columns that no rule asks for; between the parts of one anything may stand.
    useless: Vec<(String, Option<String>)>,
}

/// How surely a column is a field; of several columns that claim one field the surest is it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Claim {
    /// By a header that says that it was done: 实际节数. It is read where no other says the amount.
    Done,
    /// By another header than the standard one, or by a header that stands under a group which says something else.
    Loose,
    Standard,
    /// By a path that the dictionary names: 最高学历学位/学历.
    Path,
    Wish,
}

/// What a header says of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HeaderMeaning {
    Field(FieldId, Claim),
    Unwanted,
    Nothing,
}

impl<'d> KnownHeaders<'d> {
    pub fn new(dictionary: &'d Dictionary, columns: &'d Columns) -> KnownHeaders<'d> {
        let by_table: Vec<_> = dictionary.tables.iter().map(by_name).collect();
        let own = by_table.iter().flat_map(|names| names.keys().cloned());
        let known = own.chain(dictionary.other_headers.iter().map(|header| normalise(header))).collect();
        let parts = |header: &String| match header.split_once('*') {
            Some((start, end)) => (normalise(start), Some(normalise(end))),
            None => (normalise(header), None),
        };
        let useless = dictionary.other_headers.iter().map(parts).collect();
        let of_field = |field: &Field| names(field).collect();
        let of_table = |table: &Table| table.fields.iter().map(of_field).collect();
        let names = dictionary.tables.iter().map(of_table).collect();
        KnownHeaders { dictionary, columns, by_table, names, known, useless }
    }

    pub(crate) fn names(&self, id: TableId, field: FieldId) -> &[String] {
        self.names.get(usize::from(id.0)).and_then(|fields| fields.get(field.index())).map_or(&[], Vec::as_slice)
    }

    /// Whether a header is that of a column which offices keep and no rule asks for.
    pub(crate) fn is_useless(&self, cell: &HeaderCell) -> bool {
        let normal = cell.leaf().normal.as_str();
        let fits = |(start, end): &(String, Option<String>)| match end {
            Some(end) => normal.strip_prefix(start.as_str()).is_some_and(|rest| rest.ends_with(end.as_str())),
            None => start == normal,
        };
        cell.is_remark() || self.useless.iter().any(fits)
    }

    /// What a header says of a table, and the place in the columns file if that says so.
    pub(crate) fn named(&self, id: TableId, cell: &HeaderCell) -> (HeaderMeaning, Option<usize>) {
        if cell.parted == Parted::Surely {
            return (HeaderMeaning::Nothing, None);
        }
        let table = self.dictionary.table(id);
        let starts = if self.columns.has_no_headers() { 0 } else { cell.parts.len() };
        for path in (0..starts).filter_map(|from| cell.parts.get(from..)) {
            let written = path.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join("/");
            match self.columns.header(id, table, &written) {
                Some((place, Wish::Take(field))) => return (HeaderMeaning::Field(field, Claim::Wish), Some(place)),
                Some((place, Wish::Leave)) => return (HeaderMeaning::Unwanted, Some(place)),
                None => {}
            }
        }
        (self.by_dictionary(id, table, cell), None)
    }

    fn by_dictionary(&self, id: TableId, table: &Table, cell: &HeaderCell) -> HeaderMeaning {
        let found =
            self.by_path(id, cell).or_else(|| self.by_leaf(id, table, cell)).or_else(|| self.by_group(id, cell));
        let done = self.by_done(id, table, cell);
        let Some((field, claim)) = done.or(found) else { return HeaderMeaning::Nothing };
        let of = table.field(field);
        let (words, header) = (&self.dictionary.cells, &cell.leaf().text);
        let is_planned = of.kind == FieldKind::Number && self.is_planned(cell);
        let is_other = is_planned || words.is_bracketed_otherwise(header, of.kind);
        if is_other || has_other_unit(of, header, words) || is_over_headers(of, cell) {
            return HeaderMeaning::Nothing;
        }
        HeaderMeaning::Field(field, claim)
    }

    fn find(&self, id: TableId, normal: &str) -> Option<(FieldId, bool)> {
        self.by_table.get(usize::from(id.0))?.get(normal).copied()
    }

    fn by_path(&self, id: TableId, cell: &HeaderCell) -> Option<(FieldId, Claim)> {
        let groups = cell.parts.len().checked_sub(1)?;
        let path = |from: usize| {
            let parts: Vec<&str> = cell.parts.iter().skip(from).map(|part| part.normal.as_str()).collect();
            self.find(id, &parts.join("/"))
        };
        (0..groups).find_map(path).map(|(field, _)| (field, Claim::Path))
    }

    /// By the header itself. A group above it may say that it means something else, or what it means.
    fn by_leaf(&self, id: TableId, table: &Table, cell: &HeaderCell) -> Option<(FieldId, Claim)> {
        let (field, is_standard) = self.find(id, &cell.leaf().normal)?;
        let mut groups = cell.parts.iter().rev().skip(1);
        if is_excepted(table.field(field), cell) {
            return None;
        }
        let same = |group: &HeaderLevel| self.find(id, &group.normal).is_some_and(|(named, _)| named == field);
        let sure = is_standard && groups.len() == 0 || groups.any(same);
        Some((field, if sure { Claim::Standard } else { Claim::Loose }))
    }

    /// Whether a header of amounts says, in its brackets or groups too, that they are only planned: 节数（计划）.
    pub(super) fn is_planned(&self, cell: &HeaderCell) -> bool {
        cell.parts.iter().any(|part| self.dictionary.cells.is_planned(&spelt(&part.text)))
    }

    /// An amount that was done: 实际节数, 节数（实际）, 实际/节数, 实际听课(节).
    fn by_done(&self, id: TableId, table: &Table, cell: &HeaderCell) -> Option<(FieldId, Claim)> {
        if !cell.parts.iter().any(|part| self.dictionary.cells.may_be_done(&part.text)) {
            return None;
        }
        let leaf = cell.leaf();
        let spelt: String = cell.parts.iter().map(|part| spelt(&part.text)).collect();
        self.dictionary.cells.without_done(&spelt)?;
        let rest = self.dictionary.cells.without_done(&leaf.normal);
        let group = || cell.parts.iter().rev().nth(1).filter(|_| rest.as_deref() == Some(""));
        let named = [rest.as_deref(), Some(leaf.normal.as_str()), group().map(|group| group.normal.as_str())];
        let is_amount = |field: &FieldId| table.field(*field).kind == FieldKind::Number;
        let by_name = named.into_iter().flatten().find_map(|name| self.find(id, name)).map(|(field, _)| field);
        let fields = || (0..).map(FieldId).take(table.fields.len()).filter(is_amount);
        // 听课 of 实际听课(节) stands in 听课节数.
        let rest = rest.as_deref().filter(|rest| !rest.is_empty());
        let holds =
            |field: &FieldId| self.names(id, *field).iter().any(|name| rest.is_some_and(|rest| name.contains(rest)));
        let by_unit = || fields().find(|field| has_own_unit(table.field(*field), &leaf.text) && holds(field));
        by_name.or_else(by_unit).filter(is_amount).map(|field| (field, Claim::Done))
    }

    /// 学时/合计 is 学时, and 培训/日期 is 培训日期.
    fn by_group(&self, id: TableId, cell: &HeaderCell) -> Option<(FieldId, Claim)> {
        let (leaf, group) = (cell.leaf(), cell.parts.iter().rev().nth(1)?);
        let whole = || self.find(id, &format!("{}{}", group.normal, leaf.normal));
        let total = || TOTALS.contains(&leaf.normal.as_str()).then(|| self.find(id, &group.normal)).flatten();
        total().or_else(whole).map(|(field, _)| (field, Claim::Loose))
    }
}

fn names(field: &Field) -> impl Iterator<Item = String> {
    std::iter::once(&field.header).chain(&field.also).map(|name| normalise(name))
}

fn by_name(table: &Table) -> HashMap<String, (FieldId, bool)> {
    let mut by_name = HashMap::new();
    for (id, field) in (0..).map(FieldId).zip(&table.fields) {
        by_name.insert(normalise(&field.header), (id, true));
    }
    for (id, field) in (0..).map(FieldId).zip(&table.fields) {
        for name in names(field) {
            by_name.entry(name).or_insert((id, false));
        }
    }
    by_name
}

/// Whether a group above a header says that it is not the field of its name: 第一学历/学历.
pub(crate) fn is_excepted(field: &Field, cell: &HeaderCell) -> bool {
    let groups = cell.parts.iter().rev().skip(1);
    let says = |group: &str| field.except.iter().any(|word| group.contains(word.as_str()));
    groups.map(|group| group.normal.as_str()).any(says)
}

/// Whether a header says a unit in brackets that is the field's: 听课(节).
pub(crate) fn has_own_unit(field: &Field, header: &str) -> bool {
    let is_own = |hint: String| !hint.is_empty() && hint.chars().all(|c| field.unit.contains(c));
    field.kind == FieldKind::Number && units(header).any(is_own)
}

/// 学时(小时), 节数(节/周): a number in which one of another unit than the field's stands.
pub(crate) fn has_other_unit(field: &Field, header: &str, words: &CellWords) -> bool {
    if field.kind != FieldKind::Number || field.unit.is_empty() {
        return false;
    }
    let is_own = |unit: &str| field.unit.contains(unit) || words.is_own_unit(unit, &field.unit);
    units(header).any(|hint| words.is_unit(&hint) && !parts_of_unit(&hint).all(is_own))
}

/// What stands in the brackets of a header, as a unit: 日 is 天.
fn units(header: &str) -> impl Iterator<Item = String> {
    let header = spelt(header);
    let hints =
        header.split(['(', '【', '[', '〔']).skip(1).filter_map(|rest| rest.split([')', '】', ']', '〕']).next());
    let unit = |hint: &str| {
        let unit = hint.strip_prefix("单位").unwrap_or(hint);
        if unit == "日" { "天" } else { unit }.to_string()
    };
    hints.map(unit).collect::<Vec<_>>().into_iter()
}

/// Whether a header of numbers or dates may be a group whose merge was lost: what stands below it is no value.
fn is_over_headers(field: &Field, cell: &HeaderCell) -> bool {
    let Parted::Maybe(below) = &cell.parted else { return false };
    let of_values = matches!(field.kind, FieldKind::Number | FieldKind::Figure | FieldKind::Date);
    of_values && !below.chars().any(char::is_numeric)
}
