//! The pages of the report for the public.

use std::collections::BTreeMap;

use rust_xlsxwriter::XlsxError;

use super::public::{NO_OFFICE, Public};
use crate::model::{Counts, IssueKind};
use crate::pack::{Pack, Rule};
use crate::report::error::ReportError;
use crate::report::findings::Index;
use crate::report::pages::counts::{WIDTHS, by_heading, count_row, rule_cells, rule_heads};
use crate::report::pages::{clauses, cover};
use crate::report::sheet::{BookWriter, Look, Page, PageCell};
use crate::report::source::Report;

const TITLE: &str = "教研工作核查结果（公示版）";
const HIDDEN: &str = "对象不足3人，不单列";

/// The report for the public as the bytes of a workbook, the same for the same audit.
pub fn published(report: &Report) -> Result<Vec<u8>, ReportError> {
    let index = Index::new(report);
    let public = Public::new(&index);
    let mut book = BookWriter::titled(TITLE, &index.period(), index.assessment().as_of)?;
    public.write_cover(&mut book)?;
    public.write_summary(&mut book)?;
    public.write_institutions(&mut book)?;
    clauses::write(&mut book, &index)?;
    public.write_issues(&mut book)?;
    Ok(book.workbook.save_to_buffer()?)
}

pub fn published_text(report: &Report) -> String {
    let index = Index::new(report);
    format!("{}\n", Public::new(&index).headline())
}

impl Public<'_, '_> {
    fn write_cover(&self, book: &mut BookWriter) -> Result<(), XlsxError> {
        let mut page = cover::page(book, "教研工作核查结果", &format!("（公示版，{}）", self.index.period()))?;
        let assessment = self.index.assessment();
        let packs = self.index.report.packs;
        let documents: Vec<String> = packs.iter().map(Pack::cited).collect();
        let offices: Vec<&str> = self.shown_offices().into_iter().filter(|office| *office != NO_OFFICE).collect();
        let digests: Vec<String> = assessment.packs.iter().map(|pack| pack.id.clone()).collect();
        let mut row = |name: &str, value: &str| cover::fact(&mut page, name, value);
        row("被核查单位", &offices.join("、"))?;
        row("核查时段", &cover::period(self.index))?;
        row("数据截至", &assessment.as_of.to_string())?;
        row("依据文件", &documents.join("\n"))?;
        row("核查结果（项）", &self.headline())?;
        row("程序和规则包", &format!("{}；{}", assessment.tool, digests.join("、")))?;
        row("公示单位（公章）", "")?;
        row("公示时间", "")?;
        page.gap(10.0);
        page.line(
            "本文件是公示版，只有单位、条款和数量，不含姓名、工号等个人信息，也不含台账的内容；\
             对象不足3人的数量不单列，能由其他数量推算出来的也不单列。个人的核查结果见完整的核查报告，不公示。",
            Look::Line,
        )?;
        page.finish()
    }

    fn write_summary(&self, book: &mut BookWriter) -> Result<(), XlsxError> {
        let mut page = Page::titled(book, "汇总", "教研工作核查结果汇总（公示版）", WIDTHS)?;
        page.line(&self.headline(), Look::Lead)?;
        let packs = self.index.report.packs;
        let of = |heading| self.counts(|entry| entry.heading() == heading);
        by_heading(&mut page, packs, self.counts(|_| true), false, of)?;
        for pack in packs {
            page.skip();
            page.heading(&format!("依据文件：{}", pack.cited()))?;
            page.row(&rule_heads(pack))?;
            for rule in &pack.rules {
                let id = (pack.id.as_str(), rule.id.as_str());
                let counts = (!self.rules.contains(&id)).then(|| self.index.counts_of(pack, rule));
                page.row(&rule_row(rule, counts))?;
            }
        }
        page.line(
            "说明：应检＝达标＋未达标＋待核＋未到期＋豁免，不适用的不计入应检。达标率＝达标÷（达标＋未达标）。一人（机构、学校）\
             在一个周期内的一项要求计为一项。对象不足3人的核查内容不计入合计。",
            Look::Line,
        )?;
        page.finish()
    }

    fn write_institutions(&self, book: &mut BookWriter) -> Result<(), XlsxError> {
        let mut page = Page::titled(book, "各单位情况", "各单位核查情况（公示版）", WIDTHS)?;
        for pack in self.index.report.packs {
            page.skip();
            page.heading(&format!("依据文件：{}", pack.cited()))?;
            page.row(&rule_heads(pack))?;
            for office in self.shown_offices() {
                self.write_office(&mut page, pack, office)?;
            }
        }
        page.finish()
    }

    fn write_office(&self, page: &mut Page, pack: &Pack, office: &str) -> Result<(), XlsxError> {
        let mut titled = false;
        for rule in &pack.rules {
            let id = (pack.id.as_str(), rule.id.as_str());
            let counts = self.index.counts(|entry| {
                (entry.finding.pack.as_str(), entry.finding.rule.as_str()) == id
                    && self.office(&entry.finding.subject) == office
            });
            if counts == Counts::default() {
                continue;
            }
            if !titled {
                page.group(office)?;
                titled = true;
            }
            let hidden = self.rules.contains(&id) || self.offices.contains(&(id, office));
            page.row(&rule_row(rule, (!hidden).then_some(counts)))?;
        }
        Ok(())
    }

    /// How many defects of each kind the records have, and not where.
    fn write_issues(&self, book: &mut BookWriter) -> Result<(), XlsxError> {
        let mut page = Page::titled(book, "数据问题", "数据问题的数量（公示版）", [50.0, 16.0])?;
        let mut kinds: BTreeMap<IssueKind, u64> = BTreeMap::new();
        for ((_, kind), count) in &self.index.report.audit.issue_counts {
            *kinds.entry(*kind).or_default() += u64::from(*count);
        }
        page.head(["数据问题", "处数"])?;
        for (kind, count) in &kinds {
            page.row(&[PageCell::text(kind.label()), PageCell::count(*count)])?;
        }
        page.row(&[
            PageCell::new("合计", Look::Total),
            PageCell::count(kinds.values().sum::<u64>()).look(Look::Total),
        ])?;
        page.finish()
    }
}

fn rule_row(rule: &Rule, counts: Option<Counts>) -> Vec<PageCell<'_>> {
    let mut cells = rule_cells(rule);
    match counts {
        Some(counts) => count_row(cells, counts, Look::Centre, rule.obligation.binds()),
        None => {
            cells.push(PageCell::new(HIDDEN, Look::Quiet).over(9));
            cells
        }
    }
}
