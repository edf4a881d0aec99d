//! 单位×条款: the rate of each office under each rule.

use std::iter::repeat_n;

use rust_xlsxwriter::XlsxError;

use super::Names;
use super::standing::{OfficeStanding, Standing, share};
use crate::model::{Counts, Verdict};
use crate::report::Book;
use crate::report::formats::{Band, Look};
use crate::report::index::short_name;
use crate::report::overview::words;
use crate::report::page::{Cell, Page};
use crate::report::paper::Paper;

const NAME: &str = "单位×条款";
/// The width of a rule's column, and of the widest where there are few.
const WIDTH: f64 = 9.0;
const WIDEST: f64 = 16.0;
/// Below this part, in thousandths, a rate is low.
const LOW: u64 = 600;

pub(super) fn write(book: &mut Book, standing: &Standing) -> Result<(), XlsxError> {
    let names = Names::of(standing);
    let columns = standing.rules.len();
    let fits = columns <= Paper::Landscape.columns_beside(names.widths(), WIDTH);
    let width = if columns <= 7 { WIDEST } else { WIDTH };
    let widths: Vec<f64> = names.widths().iter().copied().chain(repeat_n(width, columns)).collect();
    let paper = if fits { Paper::Landscape } else { Paper::Wide };
    let mut page = Page::new(book, NAME, paper, widths)?;
    let frozen = u16::try_from(names.widths().len()).unwrap_or(1);
    if !fits {
        page.part_columns(frozen, each(columns, Paper::Wide.columns_beside(names.widths(), WIDTH)))?;
    }
    page.title(&format!("{NAME}（达标率）"))?;
    page.line(&how(standing), Look::Line)?;
    let head = page.next();
    page.row(&heads(standing, names))?;
    page.keep_in_sight(head, frozen)?;
    for office in &standing.offices {
        page.row(&row(standing, names, office))?;
    }
    page.filter(head)?;
    page.finish()
}

/// How many columns each printed page takes: about the same number, and no more than fit.
fn each(columns: usize, most: usize) -> u16 {
    let pages = columns.div_ceil(most.max(1)).max(1);
    u16::try_from(columns.div_ceil(pages)).unwrap_or(u16::MAX)
}

fn how(standing: &Standing) -> String {
    let missed = match standing.missed.len() {
        0 => String::new(),
        count => format!("未能核查的{count}个单位不在表内。"),
    };
    let [_, _, rate] = words(standing.total.packs);
    format!(
        "每格是单位在该条款的{rate}，只就已作判定的计算，尾数舍去；数字后有“？”（黄色）的另有待核的项。100%为绿色；“应”“原则上”的要求\
         不足60%为红色；“力争”“鼓励”的要求未全部达到为灰色。没有作出判定的写“待核”“未到期”等，“—”为没有此项核查。{missed}"
    )
}

fn heads(standing: &Standing, names: Names) -> Vec<Cell<'static>> {
    let several = standing.total.packs.len() > 1;
    let mut cells: Vec<Cell> = names.heads().iter().map(|head| Cell::new(*head, Look::Head)).collect();
    cells.extend(standing.rules.iter().map(|own| {
        let document =
            if several { format!("{}\n", short_name(own.pack).replace('〔', "\n〔")) } else { String::new() };
        Cell::new(format!("{document}{}\n{}", own.rule.clause, own.rule.title), Look::Head)
    }));
    cells
}

fn row<'a>(standing: &Standing, names: Names, office: &OfficeStanding<'a>) -> Vec<Cell<'a>> {
    let mut cells = names.cells(office.office);
    let rules = standing.rules.iter().zip(&office.rules);
    cells.extend(rules.map(|(own, counts)| cell(*counts, own.rule.obligation.binds())));
    cells
}

/// The rate, or why there is none.
fn cell(counts: Counts, binds: bool) -> Cell<'static> {
    let Some(share) = share(counts) else { return undecided(counts) };
    let band = match counts {
        Counts { unmet: 0, .. } => Band::Full,
        _ if !binds => Band::Aim,
        Counts { met, unmet, .. } if met * 1000 < LOW * (met + unmet) => Band::Low,
        _ => Band::Part,
    };
    Cell::share(share).look(if counts.review > 0 { Look::Open(band) } else { Look::Rate(band) })
}

fn undecided(counts: Counts) -> Cell<'static> {
    if counts.review > 0 {
        return Cell::new(Verdict::Review.label(), Look::Review);
    }
    let others = [Verdict::Pending, Verdict::Waived, Verdict::NotApplicable];
    let said = others.into_iter().find(|verdict| counts.of(*verdict) > 0).map_or("—", Verdict::label);
    Cell::new(said, Look::Quiet)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_columns_are_parted_evenly_and_never_more_than_fit() {
        assert_eq!(
            [each(40, 21), each(42, 21), each(43, 21), each(5, 21), each(0, 21), each(3, 0)],
            [20, 21, 15, 5, 0, 1]
        );
    }
}
