//! How a verdict came about, for a person who contests it: each row that counted, might have, or did not, and why.

use comfy_table::{ContentArrangement, LineStyle, Table, presets};

use crate::evaluate::{OwnValue, Trace, TracedRow, TracedTable};
use crate::model::{Amount, CellRef, Per, Truth, Verdict, cell_text};
use crate::pack::{Check, Rule};
use crate::report::findings::{Index, RuledFinding, phrases};
use crate::report::source::Report;

/// The traces of an audit of one rule as text; tables are fitted to `width` columns where it is given.
pub fn explanation(report: &Report, width: Option<u16>) -> String {
    let index = Index::new(report);
    let rule = report.packs.iter().find_map(|pack| pack.rules.first());
    let shown = report.audit.traces.iter().map(|trace| Shown { index: &index, rule, trace, width }.text());
    shown.collect::<Vec<_>>().join("\n")
}

struct Shown<'a> {
    index: &'a Index<'a>,
    rule: Option<&'a Rule>,
    trace: &'a Trace,
    width: Option<u16>,
}

impl Shown<'_> {
    fn text(&self) -> String {
        let subject = &self.trace.subject;
        let beside = if subject.institution.is_empty() || subject.institution == subject.name {
            String::new()
        } else {
            format!("，{}", subject.institution)
        };
        let mut lines = vec![format!("对象：{}{beside}", phrases::subject(subject))];
        lines.push(format!("核查年度：{}，核查日 {}", self.index.period(), self.index.assessment().as_of));
        lines.extend(self.trace.own.iter().map(|own| self.own(own)));
        let entries: Vec<&RuledFinding> =
            self.index.entries.iter().filter(|entry| entry.finding.subject == *subject).collect();
        lines.extend(self.verdicts(&entries));
        if self.trace.tables.is_empty() {
            lines.extend(self.sources(&entries));
        }
        for table in &self.trace.tables {
            lines.push(String::new());
            lines.extend(self.table(table));
        }
        lines.join("\n") + "\n"
    }

    /// 层级：县级（标准按它定；花名册.xlsx!教研员花名册!D5）
    fn own(&self, own: &OwnValue) -> String {
        let place = own.at.map_or_else(|| "本表没有写，取自单位或选项".to_string(), |at| self.cell(at));
        let bound = if self.trace.bound_by.as_ref() == Some(&own.header) { "标准按它定；" } else { "" };
        format!("  {}：{}（{bound}{place}）", own.header, own.value)
    }

    fn verdicts(&self, entries: &[&RuledFinding]) -> Vec<String> {
        if entries.is_empty() {
            return vec!["结论：周期内没有这个对象的核查项（不在岗，或不属于本条的对象）".to_string()];
        }
        let one = |entry: &&RuledFinding| {
            let finding = entry.finding;
            let window = phrases::window(&finding.window).replace('\n', "");
            let is_silent = finding.verdict == Verdict::NotApplicable && finding.reason.is_empty();
            let reason =
                if is_silent { String::new() } else { format!("。{}", phrases::actual(finding).replace('\n', "；")) };
            format!("结论（{window}）：{}{reason}", phrases::conclusion(finding, entry.claims()))
        };
        entries.iter().map(one).collect()
    }

    /// The cells that a verdict without rows rests on, beside the subject's own.
    fn sources(&self, entries: &[&RuledFinding]) -> Vec<String> {
        let own: Vec<CellRef> = self.trace.own.iter().filter_map(|own| own.at).collect();
        let all = entries.iter().flat_map(|entry| &entry.finding.evidence.at);
        let mut cells: Vec<CellRef> = all.filter(|at| !own.contains(at)).copied().collect();
        cells.sort();
        cells.dedup();
        cells.into_iter().map(|at| format!("  数据来源：{}", self.cell(at))).collect()
    }

    fn table(&self, table: &TracedTable) -> Vec<String> {
        let sheet = &self.index.report.dictionary.table(table.table).sheet;
        let asked = if table.asked.is_empty() { String::new() } else { format!("，要求{}", table.asked) };
        let mut lines = vec![format!("{sheet}的记录{asked}：")];
        let mut sheets: Vec<u32> = table.rows.iter().map(|traced| traced.at.sheet).collect();
        sheets.dedup();
        for sheet in sheets {
            lines.push(format!("  {}", self.index.place(sheet)));
            let own = table.rows.iter().filter(|traced| traced.at.sheet == sheet);
            lines.extend(self.drawn(own));
        }
        lines.push(totals(table));
        lines.extend(self.sum(table));
        lines
    }

    /// The rows of one sheet: those that count first, then those that may, then the others.
    fn drawn<'b>(&self, rows: impl Iterator<Item = &'b TracedRow>) -> Vec<String> {
        let mut rows: Vec<&TracedRow> = rows.collect();
        rows.sort_by_key(|traced| (std::cmp::Reverse(traced.counts()), traced.at));
        let Some(first) = rows.first() else { return Vec::new() };
        let mut heads: Vec<String> = vec!["行".to_string()];
        heads.extend(first.said.iter().map(|(header, _)| header.clone()));
        heads.extend(["结果", "本行", "原因"].map(str::to_string));
        let mut table = Table::new();
        table.load_style(presets::ASCII_HORIZONTAL_ONLY.row_separator(LineStyle::none()));
        table.set_header(heads);
        match self.width {
            Some(width) => table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width.max(60)),
            None => table.set_content_arrangement(ContentArrangement::Disabled),
        };
        for traced in rows {
            table.add_row(self.row(traced));
        }
        table.lines().map(|line| line.trim_end().to_string()).collect()
    }

    fn row(&self, traced: &TracedRow) -> Vec<String> {
        let mut cells = vec![traced.at.row.to_string()];
        cells.extend(traced.said.iter().map(|(_, text)| text.replace(char::is_control, " ")));
        cells.push(result(traced, &self.trace.windows));
        cells.push(traced.adds.map(|adds| self.amount(adds)).unwrap_or_default());
        cells.push(traced.why.to_string());
        cells
    }

    fn amount(&self, amount: Amount) -> String {
        let unit = self.rule.map_or("", |rule| rule.unit.as_str());
        if amount.high.is_none() && amount.low.is_zero() {
            return "不能确定".to_string();
        }
        format!("{}{unit}", amount.text())
    }

    fn sum(&self, table: &TracedTable) -> Option<String> {
        let rule = self.rule?;
        let sure = table.rows.iter().filter(|traced| traced.counts() == Truth::True);
        let adds: Vec<Amount> = sure.filter_map(|traced| traced.adds).collect();
        if adds.is_empty() {
            return None;
        }
        let low = adds.iter().fold(rust_decimal::Decimal::ZERO, |sum, amount| sum.saturating_add(amount.low));
        let sum = self.amount(Amount::exactly(low));
        let Check::Measured { measure, .. } = &rule.check else { return None };
        let by_window = match rule.per {
            Per::Term | Per::Month | Per::Week => "；结论按各周期分别相加",
            Per::Year | Per::FiscalYear | Per::AsOf | Per::Fixed => "",
        };
        let note = measure.sum_note().unwrap_or(by_window);
        Some(format!("  计入的行相加：{sum}{note}"))
    }

    fn cell(&self, at: CellRef) -> String {
        match self.index.sheets.get(at.row.sheet as usize) {
            Some((input, sheet)) => cell_text(&input.path, &sheet.name, at),
            None => String::new(),
        }
    }
}

/// 计入, 可能计入 or 不计入, with the windows where there are several.
fn result(traced: &TracedRow, windows: &[String]) -> String {
    let label = match traced.counts() {
        Truth::True => "计入",
        Truth::Unknown => "可能计入",
        Truth::False => return "不计入".to_string(),
    };
    if traced.windows.len() < 2 {
        return label.to_string();
    }
    let holds = traced.windows.iter().zip(windows).filter(|(truth, _)| **truth != Truth::False);
    let names: Vec<&str> = holds.map(|(_, name)| name.as_str()).collect();
    // A row that may be of any window is not worth naming them all.
    if names.is_empty() || names.len() > 2 { label.to_string() } else { format!("{label}（{}）", names.join("、")) }
}

fn totals(table: &TracedTable) -> String {
    let count = |truth: Truth| table.rows.iter().filter(|traced| traced.counts() == truth).count();
    format!(
        "  计入{}行，可能计入{}行，不计入{}行；另有{}行与这个对象无关",
        count(Truth::True),
        count(Truth::Unknown),
        count(Truth::False),
        table.others
    )
}
