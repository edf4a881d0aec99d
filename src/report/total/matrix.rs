//! 单位×条款: the rate of each office under each rule.

use std::iter::repeat_n;

use rust_xlsxwriter::XlsxError;

use super::names::OfficeColumns;
use super::ranking::{Ranking, share};
use crate::model::{Counts, Verdict};
use crate::pack::Pack;
use crate::report::findings::words;
use crate::report::sheet::{Band, BookWriter, Look, Page, PageCell, Paper};

const NAME: &str = "单位×条款";
/// The width of a rule's column, and of one where there are few.
const WIDTH: f64 = 8.0;
const WIDEST: f64 = 14.0;
const FEW: usize = 8;
/// Below this part, in thousandths, a rate is low.
const LOW: u64 = 600;

pub(super) fn write(book: &mut BookWriter, ranking: &Ranking) -> Result<(), XlsxError> {
    let mut first = 0;
    for (number, pack) in (1..).zip(ranking.total.packs) {
        let name = if number == 1 { NAME.to_string() } else { format!("{NAME}（{number}）") };
        write_pack(book, ranking, pack, &name, first)?;
        first += pack.rules.len();
    }
    Ok(())
}

/// The rules of a document, of which the first has this place among all.
fn write_pack(
    book: &mut BookWriter,
    ranking: &Ranking,
    pack: &Pack,
    name: &str,
    first: usize,
) -> Result<(), XlsxError> {
    let names = OfficeColumns::of(ranking);
    let frozen = u16::try_from(names.widths().len()).unwrap_or(1);
    let mut page = page(book, name, names, pack.rules.len())?;
    page.title(&format!("{NAME}（{}）", words(std::slice::from_ref(pack))[2]))?;
    page.line(&pack.cited(), Look::Heading)?;
    page.line(&how(ranking, pack), Look::Line)?;
    let head = page.next();
    page.row(&heads(names, pack))?;
    page.keep_in_sight(head, frozen)?;
    for office in &ranking.offices {
        let counts = office.rules.iter().skip(first);
        let mut cells = names.cells(office.office);
        cells.extend(pack.rules.iter().zip(counts).map(|(rule, counts)| cell(*counts, rule.obligation.binds())));
        page.row(&cells)?;
    }
    page.filter(head)?;
    page.finish()
}

/// On A4 where all columns fit it, else on A3 in parts.
fn page<'b>(book: &'b mut BookWriter, name: &str, names: OfficeColumns, columns: usize) -> Result<Page<'b>, XlsxError> {
    let width = if columns <= FEW { WIDEST } else { WIDTH };
    let widths: Vec<f64> = names.widths().iter().copied().chain(repeat_n(width, columns)).collect();
    if columns <= Paper::Landscape.columns_beside(names.widths(), width) {
        return Page::new(book, name, Paper::Landscape, widths);
    }
    let mut page = Page::new(book, name, Paper::Wide, widths)?;
    let each = each(columns, Paper::Wide.columns_beside(names.widths(), width));
    page.part_columns(u16::try_from(names.widths().len()).unwrap_or(1), each)?;
    Ok(page)
}

/// How many columns each printed page takes: about the same number, and no more than fit.
fn each(columns: usize, most: usize) -> u16 {
    let pages = columns.div_ceil(most.max(1)).max(1);
    u16::try_from(columns.div_ceil(pages)).unwrap_or(u16::MAX)
}

fn how(ranking: &Ranking, pack: &Pack) -> String {
    let missed = match ranking.missed.len() {
        0 => String::new(),
        count => format!("未能核查的{count}个单位不在表内。"),
    };
    let [_, _, rate] = words(std::slice::from_ref(pack));
    format!(
        "每格是单位在该条款的{rate}，只就已作判定的计算，尾数舍去；数字后有“？”的另有待核的项。全部达到为绿色，有待核的为黄色；\
         “应”“原则上”的要求不足60%为红色；“力争”“鼓励”的要求未全部达到为灰色。没有作出判定的写“待核”“未到期”等，\
         “—”为没有此项核查。{missed}"
    )
}

fn heads<'a>(names: OfficeColumns, pack: &Pack) -> Vec<PageCell<'a>> {
    let mut cells: Vec<PageCell> = names.heads().iter().map(|head| PageCell::head(*head)).collect();
    cells.extend(pack.rules.iter().map(|rule| PageCell::head(format!("{}\n{}", rule.clause, rule.title))));
    cells
}

fn cell(counts: Counts, binds: bool) -> PageCell<'static> {
    share(counts).map_or_else(|| undecided(counts), |share| PageCell::share(share).look(look(counts, binds)))
}

fn look(counts: Counts, binds: bool) -> Look {
    let Counts { met, unmet, .. } = counts;
    let band = match unmet {
        0 => Band::Full,
        _ if !binds => Band::Aim,
        _ if met * 1000 < LOW * (met + unmet) => Band::Low,
        _ => Band::Part,
    };
    if counts.review > 0 { Look::Open(band) } else { Look::Rate(band) }
}

fn undecided(counts: Counts) -> PageCell<'static> {
    if counts.review > 0 {
        return PageCell::new(Verdict::Review.label(), Look::Review);
    }
    let others = [Verdict::Pending, Verdict::Waived, Verdict::NotApplicable];
    let said = others.into_iter().find(|verdict| counts.of(*verdict) > 0).map_or("—", Verdict::label);
    PageCell::new(said, Look::Quiet)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_coloured_by_what_is_sure_and_marked_where_more_is_in_doubt() {
        let looks = |met, unmet, review| {
            let counts = Counts { met, unmet, review, ..Counts::default() };
            (look(counts, true), look(counts, false))
        };
        assert_eq!(looks(5, 0, 0), (Look::Rate(Band::Full), Look::Rate(Band::Full)));
        assert_eq!(looks(5, 0, 1), (Look::Open(Band::Full), Look::Open(Band::Full)));
        assert_eq!(looks(3, 2, 0), (Look::Rate(Band::Part), Look::Rate(Band::Aim)));
        assert_eq!(looks(599, 401, 9), (Look::Open(Band::Low), Look::Open(Band::Aim)));
        assert_eq!(looks(0, 1, 0), (Look::Rate(Band::Low), Look::Rate(Band::Aim)));
    }

    #[test]
    fn the_columns_are_parted_evenly_and_never_more_than_fit() {
        assert_eq!(
            [each(40, 21), each(42, 21), each(43, 21), each(5, 21), each(0, 21), each(3, 0)],
            [20, 21, 15, 5, 0, 1]
        );
    }
}
