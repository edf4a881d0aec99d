//! A header further down a sheet: the same again, or one in an order or with columns of its own, by which the rows below it are read;
//! and a row of units below either.

use std::collections::HashMap;

use sheets::{Raw, RawCell, Row};

use super::units::with_units;
use crate::dictionary::{Dictionary, FieldId, FieldKind, normalise};
use crate::intake::sheet::{Layout, UnusedColumn, units_below};

/// So many headers in a row, and more than half of what stands in it, make it a header.
const HEADERS: usize = 3;

/// A row below the first header that is one, too, or belongs to one.
pub(crate) enum HeaderRow {
    Again,
    /// The rows below it are read so.
    Other(Box<Layout>),
    /// Below a header; the rows below it are read so where it says another unit than the columns had.
    Units(Option<Box<Layout>>),
    /// That of a summary below a ledger: what each person came to, without days.
    Summary,
}

impl HeaderRow {
    pub(crate) fn reason(&self) -> &'static str {
        match self {
            HeaderRow::Again => "重复的表头",
            HeaderRow::Other(_) => "另一段的表头，以下各行按它读取",
            HeaderRow::Units(_) => "单位行，不是记录",
            HeaderRow::Summary => "另一张表（像是每个人的汇总）的表头，以下各行不是这张表的记录",
        }
    }
}

/// What headers are called, in a sheet of a table.
pub(crate) struct HeaderNames {
    /// By the normal form: the field, or `None` for a column that is not read.
    fields: HashMap<String, Option<FieldId>>,
    /// The first characters of them: most rows begin with none of these, and need no normalising.
    begin: Vec<char>,
    /// Whether the row before was a header.
    is_below: bool,
    /// When it took place, in a ledger.
    date: Option<FieldId>,
    /// Those for people.
    people: Vec<FieldId>,
    /// The row of the header of a summary that the rows are below.
    summary: Option<u32>,
}

impl HeaderNames {
    /// Those of the dictionary, and over them the sheet's own, which the office may have named.
    pub(crate) fn new(layout: &Layout, dictionary: &Dictionary) -> HeaderNames {
        let mut fields = HashMap::new();
        for (id, field) in (0..).map(FieldId).zip(&dictionary.table(layout.table).fields) {
            for name in std::iter::once(&field.header).chain(&field.also) {
                fields.entry(normalise(name)).or_insert(Some(id));
            }
        }
        for header in dictionary.other_headers.iter().filter(|header| !header.contains('*')) {
            fields.entry(normalise(header)).or_insert(None);
        }
        for (column, levels) in &layout.headers {
            let Some(name) = levels.last() else { continue };
            fields.insert(normalise(name), layout.field(*column));
        }
        let mut begin: Vec<char> = fields.keys().filter_map(|name| name.chars().next()).collect();
        begin.sort_unstable();
        begin.dedup();
        let table = dictionary.table(layout.table);
        let kinds = (0..).map(FieldId).zip(&table.fields);
        let is_people = |kind: &FieldKind| matches!(kind, FieldKind::People | FieldKind::Person);
        let people = kinds.filter(|(_, field)| is_people(&field.kind)).map(|(id, _)| id).collect();
        HeaderNames { fields, begin, is_below: true, date: table.roles.date, people, summary: None }
    }

    /// Where the header stands of the summary that a row belongs to, in words. A row with a day is one of the ledger again.
    pub(crate) fn summary_above(&mut self, row: Row<'_>, layout: &Layout) -> Option<String> {
        let header = self.summary?;
        let day = self.date.and_then(|date| row.value(layout.column(date)?));
        let is_day = day.is_some_and(|value| match value {
            Raw::Date(_) => true,
            Raw::Text(text) => text.trim().starts_with("20") && text.trim().len() > 5,
            Raw::Number(_) | Raw::Flag(_) | Raw::Error | Raw::NoValue => false,
        });
        if is_day {
            self.summary = None;
            return None;
        }
        Some(format!(
            "第{header}行是另一张表（像是每个人的汇总）的表头，这一行在它下面，不是这张表的记录；如果是，请移到那一行上面"
        ))
    }

    /// What a row below the first header is of a header. `None` for any other.
    pub(crate) fn told(&mut self, row: Row<'_>, layout: &Layout, dictionary: &Dictionary) -> Option<HeaderRow> {
        let is_below = std::mem::replace(&mut self.is_below, true);
        let header = match self.below(row, layout, dictionary) {
            None if repeats_header(row, layout) => Some(HeaderRow::Again),
            Some(HeaderRow::Summary) if is_below => None,
            found => found,
        };
        if header.is_some() {
            self.summary = matches!(header, Some(HeaderRow::Summary)).then_some(row.number);
            return header;
        }
        self.is_below = false;
        if !is_below {
            return None;
        }
        let own = row.cells.iter().filter(|cell| !cell.merged);
        let texts: Vec<(u32, &str)> = own.map(|cell| Some((cell.column, text_of(cell)?))).collect::<Option<_>>()?;
        let units = units_below(texts.into_iter(), &dictionary.cells)?;
        Some(HeaderRow::Units(with_units(layout, &units, dictionary).map(Box::new)))
    }

    /// How the rows below a row are to be read, or that they are a summary. `None` if it is no header, or the one that is in force.
    fn below(&self, row: Row<'_>, layout: &Layout, dictionary: &Dictionary) -> Option<HeaderRow> {
        let mut own = row.cells.iter().filter(|cell| !cell.merged);
        let first = text_of(own.next()?)?;
        let seen = first.chars().find(|c| !c.is_whitespace() && !"*＊'".contains(*c))?;
        if self.begin.binary_search(&seen).is_err() {
            return None;
        }
        let cells = row.cells.iter().filter(|cell| !cell.merged);
        let texts: Vec<(u32, &str)> = cells.map(|cell| Some((cell.column, text_of(cell)?))).collect::<Option<_>>()?;
        let named = |(column, text): &(u32, &str)| Some((*column, *self.fields.get(&normalise(text))?));
        let found: Vec<(u32, Option<FieldId>)> = texts.iter().filter_map(named).collect();
        let is_summary = self.heads_summary(&texts, &found, dictionary);
        if !is_summary && (found.len() < HEADERS || 2 * found.len() <= texts.len()) {
            return None;
        }
        // The header that is in force, or one of its rows, stands in its own columns.
        let levels = |column: u32| layout.headers.get(&column).map_or(&[][..], Vec::as_slice);
        let stands = |(column, text): &(u32, &str)| {
            let is_own = self.fields.get(&normalise(text)).is_none_or(|field| *field == layout.field(*column));
            is_own || levels(*column).iter().any(|level| normalise(level) == normalise(text))
        };
        if texts.iter().all(stands) {
            return None;
        }
        if is_summary {
            return Some(HeaderRow::Summary);
        }
        let mut columns = vec![None; layout.columns.len()];
        for (place, column) in (0..).map(FieldId).zip(&mut columns) {
            let mut of = found.iter().filter(|(_, field)| *field == Some(place));
            // Of two columns for one field neither is surely it.
            *column = of.next().filter(|_| of.next().is_none()).map(|(column, _)| *column);
        }
        Some(HeaderRow::Other(Box::new(relaid(layout, columns, &texts, dictionary))))
    }

    /// Whether a row of nothing but headers in a ledger has one of people, one of what is summed up, and none of days: 教研员, 全年节数.
    fn heads_summary(&self, texts: &[(u32, &str)], found: &[(u32, Option<FieldId>)], dictionary: &Dictionary) -> bool {
        let has = |of: &dyn Fn(FieldId) -> bool| found.iter().any(|(_, field)| field.is_some_and(of));
        if !has(&|field| self.people.contains(&field)) || self.date.is_none_or(|date| has(&|field| field == date)) {
            return false;
        }
        let is_known = |text: &str| self.fields.contains_key(&normalise(text));
        let sums = |text: &str| dictionary.cells.sums.heads_amounts(text);
        texts.iter().all(|(_, text)| is_known(text) || sums(text)) && texts.iter().any(|(_, text)| sums(text))
    }
}

/// At least two cells say what their headers say, and no fewer than the others: over a group the header says more.
fn repeats_header(row: Row<'_>, layout: &Layout) -> bool {
    let mut own = row.cells.iter().filter(|cell| !cell.merged);
    let same = |cell: &&RawCell<'_>| {
        let Some(text) = text_of(cell) else { return false };
        let levels = layout.headers.get(&cell.column).map_or(&[][..], Vec::as_slice);
        levels.iter().any(|header| normalise(text) == normalise(header))
    };
    // The first cell decides for most rows, so that the others are not normalised.
    if !own.next().is_some_and(|first| same(&first)) {
        return false;
    }
    let others: Vec<&RawCell<'_>> = own.collect();
    let repeated = 1 + others.iter().filter(|cell| same(cell)).count();
    repeated >= 2 && 2 * repeated > others.len()
}

fn relaid(layout: &Layout, columns: Vec<Option<u32>>, texts: &[(u32, &str)], dictionary: &Dictionary) -> Layout {
    let free = || texts.iter().filter(|(column, _)| !columns.contains(&Some(*column)));
    let shown = |(column, text): &(u32, &str)| (*column, text.trim().to_string());
    let moved = |before: Option<u32>| {
        let name = normalise(layout.headers.get(&before?)?.last()?);
        free().find(|(_, text)| normalise(text) == name).map(|(column, _)| *column)
    };
    let giver = moved(layout.giver);
    let is_remark = |(_, text): &&(u32, &str)| dictionary.remarks.is_header(&normalise(text));
    let unused = |(column, header): (u32, String)| UnusedColumn {
        column,
        is_useless: dictionary.other_headers.iter().any(|other| normalise(other) == normalise(&header)),
        header,
        near: Vec::new(),
        rival: None,
    };
    // A field that had a column is not known to be blank where it has none.
    let fields = || (0..).map(FieldId).take(columns.len());
    let is_lost = |id: &FieldId| layout.column(*id).is_some() || layout.may_be.contains(id);
    Layout {
        may_be: fields().filter(|id| columns[id.index()].is_none() && is_lost(id)).collect(),
        unused: free().filter(|cell| !is_remark(cell)).map(shown).map(unused).collect(),
        remarks: free().filter(is_remark).map(shown).collect(),
        read: texts.iter().filter(|(column, _)| columns.contains(&Some(*column))).map(shown).collect(),
        headers: texts.iter().map(|(column, text)| (*column, vec![(*text).to_string()])).collect(),
        giver,
        one_of: layout.one_of.clone().filter(|(field, _)| columns[field.index()].is_none()),
        columns,
        ..layout.clone()
    }
}

fn text_of<'r>(cell: &'r RawCell<'_>) -> Option<&'r str> {
    if let Raw::Text(text) = &cell.value { Some(text.as_ref()) } else { None }
}
