//! Tells the rows of a sheet that are no records: totals, signatures, sections, examples, remarks, repeated headers.
//!
//! What may be a record is one: a row is only told by words that no person, no date and no school is called by.

use sheets::{Raw, RawCell, Row};

use super::marks::{EXAMPLE, TOTAL, TOTALS, by_first_word, is_beginning, is_example, is_section_title, is_short};
use crate::dictionary::{FieldKind, normalise};
use crate::intake::cell::{clean, without_space};
use crate::intake::sheet::Layout;

/// The reason why a row is no record, if there is one. `kind` tells what a column is read as; none for one that is not.
pub(crate) fn reason(row: Row<'_>, layout: &Layout, kind: impl Fn(u32) -> Option<FieldKind>) -> Option<&'static str> {
    let sheet = SheetRow { row, kind };
    sheet
        .by_first_text()
        .or_else(|| sheet.by_other_texts())
        .or_else(|| sheet.is_section().then_some("分节标题行，不是记录"))
        .or_else(|| repeats_header(row, layout).then_some("重复的表头"))
}

/// A row with what its columns are read as.
struct SheetRow<'r, K> {
    row: Row<'r>,
    kind: K,
}

impl<'r, K: Fn(u32) -> Option<FieldKind>> SheetRow<'r, K> {
    fn own(&self) -> impl Iterator<Item = &'r RawCell<'r>> {
        self.row.cells.iter().filter(|cell| !cell.merged)
    }

    /// A row says what it is in its first text.
    fn by_first_text(&self) -> Option<&'static str> {
        let (column, first) = self.own().find_map(|cell| Some((cell.column, text_of(cell)?)))?;
        let begins = first.trim_start().chars().next()?;
        if !is_beginning(begins) && !first.trim_end().ends_with(['计', '数', '）', ')']) {
            return None;
        }
        let normal = without_space(&clean(first));
        let told = by_first_word(&normal)?;
        // An example is filled in like a record, but its mark stands before it.
        let is_marked = told == EXAMPLE && (self.kind)(column) != Some(FieldKind::Text);
        (is_marked || !self.is_free(column) || !self.names_and_dates()).then_some(told)
    }

    /// 合计 may stand in any column, 例 before a person's name.
    fn by_other_texts(&self) -> Option<&'static str> {
        self.own().find_map(|cell| {
            let text = text_of(cell)?;
            let begins = text.trim_start().chars().next()?;
            let kind = (self.kind)(cell.column);
            let is_total = matches!(begins, '合' | '小' | '总' | '共' | '累' | '本')
                && is_short(text)
                && TOTALS.contains(&without_space(&clean(text)).as_str());
            if is_total && (!self.is_free(cell.column) || !self.names_and_dates()) {
                return Some(TOTAL);
            }
            let is_name = matches!(kind, Some(FieldKind::Person | FieldKind::People));
            let may_be_example = is_name && (matches!(begins, '例' | '示' | '样' | '举') || text.contains('例'));
            (may_be_example && is_example(&without_space(&clean(text)))).then_some(EXAMPLE)
        })
    }

    /// A column in which anything may be written, or that is not read.
    fn is_free(&self, column: u32) -> bool {
        matches!((self.kind)(column), None | Some(FieldKind::Text))
    }

    /// Whether a row has a date and someone's name or number: the marks of a record.
    fn names_and_dates(&self) -> bool {
        let has = |wanted: &dyn Fn(FieldKind) -> bool| {
            self.row.cells.iter().any(|cell| (self.kind)(cell.column).is_some_and(wanted))
        };
        has(&|kind| kind == FieldKind::Date)
            && has(&|kind| matches!(kind, FieldKind::Person | FieldKind::People | FieldKind::Code))
    }

    /// One text over the whole row, or alone in it: 北京市(92所), 一、小学组.
    fn is_section(&self) -> bool {
        let mut own = self.own();
        let (Some(only), None) = (own.next(), own.next()) else { return false };
        let Some(text) = text_of(only) else { return false };
        match self.row.cells {
            [_] => is_section_title(&without_space(&clean(text))),
            [first, _, _, ..] => {
                let is_next = |two: &[RawCell]| two[0].column + 1 == two[1].column && two[0].value == two[1].value;
                !first.merged && self.row.cells.windows(2).all(is_next)
            }
            [_, _] | [] => false,
        }
    }
}

fn text_of<'r>(cell: &'r RawCell<'_>) -> Option<&'r str> {
    match &cell.value {
        Raw::Text(text) => Some(text.as_ref()),
        Raw::Number(_) | Raw::Date(_) | Raw::Flag(_) | Raw::Error | Raw::NoValue => None,
    }
}

/// At least two cells say what their headers say, and no fewer than the others: over a group the header says more.
fn repeats_header(row: Row<'_>, layout: &Layout) -> bool {
    let mut own = row.cells.iter().filter(|cell| !cell.merged);
    let same = |cell: &&RawCell<'_>| match (&cell.value, layout.headers.get(&cell.column)) {
        (Raw::Text(text), Some(levels)) => levels.iter().any(|header| normalise(text) == normalise(header)),
        (_, _) => false,
    };
    // The first cell decides for most rows, so that the others are not normalised.
    if !own.next().is_some_and(|first| same(&first)) {
        return false;
    }
    let others: Vec<&RawCell<'_>> = own.collect();
    let repeated = 1 + others.iter().filter(|cell| same(cell)).count();
    repeated >= 2 && 2 * repeated > others.len()
}
