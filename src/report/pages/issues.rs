//! 数据问题: what is wrong with the data, at which cell, and what to do.

use rust_xlsxwriter::XlsxError;

use super::list::List;
use crate::model::{Issue, column_letters};
use crate::report::findings::{Index, file_name};
use crate::report::sheet::{BookWriter, Listed, PageCell};

const ISSUES: List = List {
    sheet: "数据问题",
    title: "数据问题",
    widths: &[6.0, 14.0, 20.0, 14.0, 8.0, 22.0, 52.0],
    heads: "序号|类别|文件|工作表|单元格|原内容|说明",
    frozen: 0,
    none: "没有数据问题",
    least: 0.0,
    signed: false,
};

pub(crate) fn write(book: &mut BookWriter, index: &Index) -> Result<(), XlsxError> {
    let about = "原表中没有采用或有疑义的内容。证件号码、手机号码已隐去部分数字。";
    let mut page = ISSUES.page(book)?;
    let places =
        ISSUES.write(&mut page, about, &index.assessment().issues, |number, issue| row(index, number, issue))?;
    page.finish()?;
    let listed =
        |(at, row): (usize, Option<u32>)| Some((at, Listed::new(ISSUES.sheet, row?, format!("数据问题{}", at + 1))));
    book.listing.issues.extend(places.into_iter().enumerate().filter_map(listed));
    Ok(())
}

fn row<'a>(index: &Index<'a>, number: u64, issue: &'a Issue) -> [PageCell<'a>; 7] {
    let place = index.sheets.get(issue.at.row.sheet as usize);
    let (file, sheet) =
        place.map_or((issue.cell.as_str(), ""), |(input, sheet)| (file_name(&input.path), sheet.name.as_str()));
    [
        PageCell::count(number),
        PageCell::text(issue.kind.label()),
        PageCell::text(file),
        PageCell::text(sheet),
        PageCell::centre(format!("{}{}", column_letters(issue.at.column), issue.at.row.row))
            .to(index.link_to(&[issue.at])),
        PageCell::text(issue.text.as_str()),
        PageCell::text(issue.message.as_str()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tests::fixture;

    #[test]
    fn a_list_that_the_sheet_cannot_hold_says_how_many_rows_are_left_out() {
        let audit = fixture::audit();
        let packs = fixture::packs();
        let report =
            crate::report::Report { audit: &audit, packs: &packs, dictionary: fixture::dictionary(), options: &[] };
        let written = fixture::page_rows("数据问题", |book| {
            let index = Index::new(&report);
            let mut page = ISSUES.page(book).unwrap().limited(4);
            let issues = &index.assessment().issues;
            ISSUES.write(&mut page, "", issues, |number, issue| row(&index, number, issue)).unwrap();
            page.finish().unwrap();
        });
        assert_eq!(written.len(), 5);
        assert_eq!(written[3][1], "日期无法识别");
        assert_eq!(written[4][0], "另有2行因超过工作表的行数上限未列出");
    }
}
