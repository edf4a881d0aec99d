//! Sums without a name: a row with nothing but figures, each of which is what the records above it come to.

use sheets::{Raw, RawCell, Row};

use crate::dictionary::{Dictionary, FieldKind, NamesSum};

/// Columns beyond this are not added up.
const WIDEST: u32 = 300;
/// Of fewer figures than this a row is no sum: it may go on with the row above it.
const LEAST: u32 = 2;
/// So near are equal sums of decimals.
const NEAR: f64 = 1e-6;

/// What the columns of a sheet come to so far.
#[derive(Default)]
pub(super) struct ColumnSums(Vec<ColumnSum>);

#[derive(Clone, Copy, Default)]
struct ColumnSum {
    all: FiguresSum,
    /// Since the last sum among the rows.
    part: FiguresSum,
}

#[derive(Clone, Copy, Default)]
struct FiguresSum {
    figures: u32,
    sum: f64,
}

impl FiguresSum {
    fn add(&mut self, figure: f64) {
        self.figures = self.figures.saturating_add(1);
        self.sum += figure;
    }

    fn is(self, figure: f64) -> bool {
        self.figures >= LEAST && (self.sum - figure).abs() < NEAR
    }
}

impl ColumnSums {
    /// Takes the figures of a record.
    pub(super) fn add(&mut self, row: Row<'_>, kind: impl Fn(u32) -> Option<FieldKind>) {
        for cell in row.cells.iter().filter(|cell| !cell.merged && cell.column < WIDEST) {
            if !is_amount(kind(cell.column)) {
                continue;
            }
            let Some(figure) = figure(cell) else { continue };
            let place = cell.column as usize;
            if self.0.len() <= place {
                self.0.resize_with(place + 1, ColumnSum::default);
            }
            self.0[place].all.add(figure);
            self.0[place].part.add(figure);
        }
    }

    /// Takes a sum: the next one may be of the rows below it.
    pub(super) fn restart(&mut self) {
        self.0.iter_mut().for_each(|column| column.part = FiguresSum::default());
    }

    /// Whether a row says nobody, no time and no thing, and its figures are what those above come to, or its only text says that it
    /// is a sum: 共12次.
    pub(super) fn is_sum(&self, row: Row<'_>, words: &Dictionary, kind: impl Fn(u32) -> Option<FieldKind>) -> bool {
        let (mut figures, mut named) = (false, false);
        let mut are_sums = true;
        if !may_be_sum(row, &kind) {
            return false;
        }
        for cell in row.cells {
            match (figure(cell).filter(|_| is_amount(kind(cell.column))), &cell.value) {
                (Some(figure), _) => {
                    figures = true;
                    let column = self.0.get(cell.column as usize).copied().unwrap_or_default();
                    are_sums &= column.all.is(figure) || column.part.is(figure);
                }
                (None, Raw::Text(text)) if names_sum(text, words) => named = true,
                (None, _) => return false,
            }
        }
        named || figures && are_sums
    }
}

/// Whether a row says nobody, no time and no thing, so that it may be a sum without a name.
pub(super) fn may_be_sum(row: Row<'_>, kind: impl Fn(u32) -> Option<FieldKind>) -> bool {
    let may_be = |of| is_amount(of) || of == Some(FieldKind::Text);
    row.cells.iter().all(|cell| !cell.merged && may_be(kind(cell.column)))
}

/// Whether a column holds amounts, or nothing reads it.
fn is_amount(kind: Option<FieldKind>) -> bool {
    matches!(kind, None | Some(FieldKind::Number))
}

fn figure(cell: &RawCell<'_>) -> Option<f64> {
    match &cell.value {
        Raw::Number(number) => Some(*number),
        Raw::Text(text) => text.trim().parse().ok().filter(|number: &f64| number.is_finite()),
        Raw::Date(_) | Raw::Flag(_) | Raw::Error | Raw::NoValue => None,
    }
}

fn names_sum(text: &str, words: &Dictionary) -> bool {
    let sums = &words.cells.sums;
    words.cells.counts_all(text)
        || sums.may_name(text)
            && sums.named(text, &[]).is_some_and(|named| match named {
                NamesSum::Wholly | NamesSum::Bare | NamesSum::AtItsEnd => true,
                NamesSum::Perhaps => false,
            })
}
