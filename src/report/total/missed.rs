//! 未能核查的单位: which offices could not be audited, why, and what to do about it.

use rust_xlsxwriter::XlsxError;

use super::names::OfficeColumns;
use super::ranking::Ranking;
use crate::report::sheet::{BookWriter, Look, Page, PageCell, Paper};

pub(super) fn write(book: &mut BookWriter, ranking: &Ranking) -> Result<(), XlsxError> {
    let names = OfficeColumns::of(ranking);
    let widths: Vec<f64> = [&[6.0], names.widths(), &[70.0, 24.0]].concat();
    let mut page = Page::new(book, "未能核查的单位", Paper::Landscape, widths)?;
    page.title("未能核查的单位")?;
    if ranking.missed.is_empty() {
        let none = match ranking.offices.len() {
            0 => "没有要核查的单位。".to_string(),
            audited => format!("没有。{audited}个单位全部核查。"),
        };
        page.line(&none, Look::Lead)?;
        return page.finish();
    }
    page.line(HOW, Look::Line)?;
    let heads: Vec<&str> = [&["序号"], names.heads(), &["原因", "处理情况"]].concat();
    page.list_head(heads, 1)?;
    for (number, missed) in (1_u64..).zip(&ranking.missed) {
        let mut cells = vec![PageCell::count(number)];
        cells.extend(names.cells(missed.office));
        cells.extend([PageCell::text(missed.why), PageCell::blank()]);
        page.row(&cells)?;
    }
    page.finish()
}

const HOW: &str = "这些单位的数据没有核查，不计入其他各页的数字，也不等于没有问题。请有关单位按“原因”改好文件，再用同样的命令加 \
    --resume 运行，已核查的单位不再重做。“处理情况”由经办人填写。";
