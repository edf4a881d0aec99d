//! 待核事项: what could not be judged, what is missing, at which cells, who can settle it, and room for what was found.

use rust_xlsxwriter::XlsxError;

use super::list::List;
use crate::model::BoundValue;
use crate::pack::Check;
use crate::report::findings::{Index, RuledFinding, phrases};
use crate::report::sheet::{BookWriter, PageCell};

const REVIEWS: List = List {
    sheet: "待核事项",
    title: "待核事项",
    widths: &[4.5, 11.0, 10.0, 18.0, 10.5, 11.5, 22.0, 21.0, 14.0, 14.0, 8.0],
    heads: "序号|单位|对象|条款和核查内容|周期|现有数据\n和标准|缺什么、为什么不能判断|请核对的单元格|由谁核定|核对结果|核对人",
    frozen: 3,
    none: "没有待核事项",
    least: 0.0,
    signed: true,
};

pub(crate) fn write(book: &mut BookWriter, index: &Index) -> Result<(), XlsxError> {
    let reviews = index.reviews();
    let about = "以下各项因数据不足或有疑义未作判定。请核对所列单元格，更正原表后重新核查，或把核对结果写在右侧。";
    let mut page = REVIEWS.page(book)?;
    let places = REVIEWS.write(&mut page, about, &reviews, |number, entry| row(index, number, entry))?;
    page.finish_signed()?;
    book.listing.findings.extend(REVIEWS.listed(&reviews, places, |number| format!("待核{number}")));
    Ok(())
}

fn row<'a>(index: &Index, number: u64, entry: &'a RuledFinding) -> [PageCell<'a>; 11] {
    let finding = entry.finding;
    let mut reason = finding.reason.to_string();
    if !finding.details.iter().all(|detail| reason.contains(detail.as_str())) {
        reason.push_str(&format!("\n具体为：{}", finding.details.join("、")));
    }
    [
        PageCell::centre(number.to_string()).to(index.link_to(&finding.evidence.at)),
        PageCell::text(finding.subject.institution.as_str()),
        PageCell::text(phrases::subject_beside(&finding.subject)),
        PageCell::text(format!("{}\n{}（{}）", entry.cited(), entry.title(), finding.obligation.label())),
        PageCell::centre(phrases::window(&finding.window)),
        PageCell::text(figures(entry)),
        PageCell::text(reason),
        PageCell::text(index.cells_text(finding.evidence.doubtful_cells())),
        PageCell::text([index.asked_of(entry.at), settled_by(entry)].concat()),
        PageCell::blank(),
        PageCell::blank(),
    ]
}

fn figures(entry: &RuledFinding) -> String {
    let (amount, standard) = (phrases::amount(entry.finding), phrases::asked(entry));
    if amount.is_empty() { standard } else { format!("现有：{amount}\n标准：{standard}") }
}

/// 由谁核定: the unit for what its records lack; the inspectors too where the document itself leaves room.
fn settled_by(entry: &RuledFinding) -> String {
    let finding = entry.finding;
    let unit = match (finding.evidence.at.is_empty(), finding.evidence.rows) {
        (false, _) => "填报单位：对照原始材料核实所列单元格",
        (true, 0) => "填报单位：补报所缺的数据",
        (true, _) => "填报单位：补充、核实有关记录",
    };
    let mut lines = vec![unit];
    match entry.rule.map(|rule| &rule.check) {
        Some(Check::Required { relax: Some(_), .. }) => lines.push("需要放宽条件的：单位认定，督导组复核"),
        Some(Check::Measured { or_measure: Some(_), .. }) => lines.push("两种读法结论不同的：督导组明确口径"),
        Some(Check::Required { relax: None, .. } | Check::Measured { or_measure: None, .. }) | None => {}
    }
    let tolerance = match finding.bound {
        Some(BoundValue::AtLeast { tolerance, .. } | BoundValue::AtMost { tolerance, .. }) => tolerance,
        Some(BoundValue::About { tolerance, .. }) => Some(tolerance),
        Some(BoundValue::Equals(_) | BoundValue::Is(_)) | None => None,
    };
    if tolerance.is_some() {
        lines.push("只差“左右”的：督导组认定");
    }
    lines.join("\n")
}
