//! 先核对这些: what leaves verdicts open, each cause once, those first whose answer frees most.

use rust_xlsxwriter::XlsxError;

use super::list::List;
use crate::model::Question;
use crate::report::findings::Index;
use crate::report::sheet::{BookWriter, PageCell};

const QUESTIONS: List = List {
    sheet: "先核对这些",
    title: "先核对这些",
    widths: &[5.0, 46.0, 26.0, 26.0, 8.0, 8.0, 26.0],
    heads: "序号|要核对的事|先看这些单元格|怎么办|能定下\n的项数|涉及的\n待核项|或写进 --columns 文件的行",
    frozen: 0,
    none: "没有要先核对的事",
    least: 0.0,
    signed: false,
};

pub(crate) fn write(book: &mut BookWriter, index: &Index) -> Result<(), XlsxError> {
    let about = "每一件是待核的一个原因，核对一件，只因它而待核的各项就能定下；能定下得多的在前。更正原表或补交材料后重新核查；右边的行可以一起写在 --columns 文件的最前面。";
    let mut page = QUESTIONS.page(book)?;
    QUESTIONS
        .write(&mut page, about, &index.assessment().questions, |number, question| row(index, number, question))?;
    page.finish()
}

fn row<'a>(index: &Index, number: u64, question: &'a Question) -> [PageCell<'a>; 7] {
    let lines: Vec<&str> = question.lines.iter().map(|line| line.as_str()).collect();
    [
        PageCell::centre(number.to_string()).to(index.link_to(&question.at)),
        PageCell::text(question.ask.as_str()),
        PageCell::text(index.cells_text(&question.at)),
        PageCell::text(question.answer.as_str()),
        PageCell::count(question.frees as u64),
        PageCell::count(question.concerns as u64),
        PageCell::text(lines.join("\n")),
    ]
}
