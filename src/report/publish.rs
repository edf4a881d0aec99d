//! 公示版: the report for the public, with institutions, clauses and counts, and no person.
//!
//! A count of one or two people would name them to everybody who knows the office, so counts of fewer people than
//! [`LEAST`] are not shown, and neither can they be had by taking the shown from the whole.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use rust_xlsxwriter::XlsxError;

use crate::model::{Counts, IssueKind, Period, Subject, Verdict};
use crate::pack::{Pack, Rule};
use crate::report::error::ReportError;
use crate::report::findings::{Entry, Heading, Index};
use crate::report::pages::clauses;
use crate::report::pages::overview::{count_heads, count_row, words};
use crate::report::sheet::{Book, Cell, Look, Page, Paper};
use crate::report::source::Report;

/// The title of the workbook.
const TITLE: &str = "教研工作核查结果（公示版）";
/// Fewer people than this are not counted on their own.
const LEAST: usize = 3;
const HIDDEN: &str = "对象不足3人，不单列";
/// Under what the subjects stand that belong to no office: schools, certificates.
const NO_OFFICE: &str = "（不分单位）";
/// In place of an office that is called as a person is.
const DOUBTFUL: &str = "（单位名称待核实）";
const WIDTHS: [f64; 12] = [14.0, 44.0, 7.0, 8.0, 8.0, 8.0, 8.0, 8.0, 7.0, 8.0, 9.0, 10.0];

/// The report for the public as the bytes of a workbook, the same for the same audit.
///
/// # Errors
/// The workbook cannot be made.
pub fn published(report: &Report) -> Result<Vec<u8>, ReportError> {
    let index = Index::new(report);
    let public = Public::new(&index);
    let mut book = Book::titled(TITLE, &index.period(), index.assessment().as_of)?;
    public.write_cover(&mut book)?;
    public.write_summary(&mut book)?;
    public.write_institutions(&mut book)?;
    clauses::write(&mut book, &index)?;
    public.write_issues(&mut book)?;
    Ok(book.workbook.save_to_buffer()?)
}

/// What is printed of it: the counts in a sentence.
pub fn published_text(report: &Report) -> String {
    let index = Index::new(report);
    format!("{}\n", Public::new(&index).headline())
}

/// A rule of a pack, by their ids.
type RuleId<'a> = (&'a str, &'a str);

/// The people of each institution, by id and name.
type People<'a> = BTreeMap<&'a str, BTreeSet<(&'a str, &'a str)>>;

/// What may be said in public.
struct Public<'i, 'a> {
    index: &'i Index<'a>,
    /// The ids of the tables of people and of institutions, whose subjects are counted under their office.
    judged: [&'a str; 2],
    /// People are judged under these names, so no institution may be shown by them.
    people: HashSet<&'a str>,
    /// Rules that concern too few people.
    rules: HashSet<RuleId<'a>>,
    /// Institutions whose people are too few, or would tell of others that are.
    offices: HashSet<(RuleId<'a>, &'a str)>,
}

impl<'i, 'a> Public<'i, 'a> {
    fn new(index: &'i Index<'a>) -> Public<'i, 'a> {
        let schema = &index.report.dictionary.schema;
        let judged = [schema.staff.table, schema.institutions.table].map(|table| index.table_id(table));
        // What is judged and is no person.
        let bodies = [schema.institutions.table, schema.schools.table, schema.figures.table];
        let bodies = bodies.map(|table| index.table_id(table));
        let is_body = |subject: &Subject| bodies.contains(&subject.table.as_str());
        let persons = || index.entries.iter().filter(|entry| !is_body(&entry.finding.subject));
        let people = persons().map(|entry| entry.finding.subject.name.as_str()).collect();
        let mut public = Public { index, judged, people, rules: HashSet::new(), offices: HashSet::new() };
        let mut counted: HashMap<RuleId, People> = HashMap::new();
        for entry in persons().filter(|entry| entry.finding.verdict != Verdict::NotApplicable) {
            let subject = &entry.finding.subject;
            let person = (subject.id.as_deref().unwrap_or_default(), subject.name.as_str());
            let offices = counted.entry(rule_id(entry)).or_default();
            offices.entry(public.office(subject)).or_default().insert(person);
        }
        for (rule, offices) in counted {
            let sizes: Vec<(&str, usize)> =
                offices.into_iter().map(|(office, people)| (office, people.len())).collect();
            if sizes.iter().map(|(_, size)| size).sum::<usize>() < LEAST {
                public.rules.insert(rule);
            }
            public.offices.extend(too_small(sizes).into_iter().map(|office| (rule, office)));
        }
        public
    }

    /// The institution that a subject is counted under.
    fn office(&self, subject: &'a Subject) -> &'a str {
        let institution = subject.institution.as_str();
        if !self.judged.contains(&subject.table.as_str()) {
            NO_OFFICE
        } else if self.people.contains(institution) {
            DOUBTFUL
        } else if institution.is_empty() {
            NO_OFFICE
        } else {
            institution
        }
    }

    /// The institutions that are shown, in the order in which they first come.
    fn shown_offices(&self) -> Vec<&'a str> {
        let mut seen = HashSet::new();
        let offices = self.index.entries.iter().map(|entry| self.office(&entry.finding.subject));
        offices.filter(|office| seen.insert(*office)).collect()
    }

    /// The counts of some findings, without those of rules that concern too few people.
    fn counts(&self, wanted: impl Fn(&Entry<'a>) -> bool) -> Counts {
        self.index.counts(|entry| wanted(entry) && !self.rules.contains(&rule_id(entry)))
    }

    fn headline(&self) -> String {
        let counts = self.counts(|_| true);
        let [met, unmet, _] = words(self.index.report.packs);
        format!(
            "应检{}项，其中{met}{}项，{unmet}{}项，待核{}项，未到期{}项，豁免{}项{}。",
            counts.due(),
            counts.met,
            counts.unmet,
            counts.review,
            counts.pending,
            counts.waived,
            self.left_out()
        )
    }

    fn left_out(&self) -> String {
        match self.rules.len() {
            0 => String::new(),
            rules => format!("；另有{rules}项核查内容的对象不足{LEAST}人，不计入"),
        }
    }

    fn write_cover(&self, book: &mut Book) -> Result<(), XlsxError> {
        let mut page = Page::new(book, "封面", Paper::Portrait, [8.5; 8])?;
        page.gap(12.0);
        page.line("教研工作核查结果", Look::Cover)?;
        page.line(&format!("（公示版，{}）", self.index.period()), Look::Subtitle)?;
        page.gap(12.0);
        let assessment = self.index.assessment();
        let packs = self.index.report.packs;
        let documents: Vec<String> = packs.iter().map(Pack::cited).collect();
        let offices: Vec<&str> = self.shown_offices().into_iter().filter(|office| *office != NO_OFFICE).collect();
        let period = Period::parse(&assessment.period);
        let dates = period.map(|period| format!("（{}至{}）", period.start(), period.end())).unwrap_or_default();
        let digests: Vec<String> = assessment.packs.iter().map(|pack| pack.id.clone()).collect();
        let mut row = |name: &str, value: &str| {
            page.tall_row(&[Cell::new(name, Look::Head).over(2), Cell::text(value).over(6)], 24.0)
        };
        row("被核查单位", &offices.join("、"))?;
        row("核查时段", &format!("{}{dates}", self.index.period()))?;
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

    fn write_summary(&self, book: &mut Book) -> Result<(), XlsxError> {
        let mut page = Page::new(book, "汇总", Paper::Landscape, WIDTHS)?;
        page.title("教研工作核查结果汇总（公示版）")?;
        page.line(&self.headline(), Look::Lead)?;
        page.heading("一、按督导内容")?;
        let packs = self.index.report.packs;
        page.row(&count_heads(vec![Cell::new("督导内容", Look::Head).over(3)], packs))?;
        for heading in Heading::ALL {
            let counts = self.counts(|entry| entry.heading() == heading);
            if heading != Heading::Other || counts != Counts::default() {
                page.row(&count_row(vec![Cell::centre(heading.label()).over(3)], counts, Look::Centre, true))?;
            }
        }
        let total = vec![Cell::new("合计", Look::Total).over(3)];
        page.row(&count_row(total, self.counts(|_| true), Look::Total, true))?;
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

    fn write_institutions(&self, book: &mut Book) -> Result<(), XlsxError> {
        let mut page = Page::new(book, "各单位情况", Paper::Landscape, WIDTHS)?;
        page.title("各单位核查情况（公示版）")?;
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

    /// The rules that concern an institution, each with its counts.
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
    fn write_issues(&self, book: &mut Book) -> Result<(), XlsxError> {
        let mut page = Page::new(book, "数据问题", Paper::Landscape, [50.0, 16.0])?;
        page.title("数据问题的数量（公示版）")?;
        let mut kinds: BTreeMap<IssueKind, u64> = BTreeMap::new();
        for ((_, kind), count) in &self.index.report.audit.issue_counts {
            *kinds.entry(*kind).or_default() += u64::from(*count);
        }
        page.head(&["数据问题", "处数"])?;
        for (kind, count) in &kinds {
            page.row(&[Cell::text(kind.label()), Cell::count(*count)])?;
        }
        page.row(&[Cell::new("合计", Look::Total), Cell::count(kinds.values().sum::<u64>()).look(Look::Total)])?;
        page.finish()
    }
}

fn rule_id<'a>(entry: &Entry<'a>) -> RuleId<'a> {
    (&entry.finding.pack, &entry.finding.rule)
}

/// The offices with too few people, and as many of the next smaller ones as it takes for all of these together to have
/// enough: what is hidden is the whole less what is shown.
fn too_small(mut sizes: Vec<(&str, usize)>) -> Vec<&str> {
    sizes.sort_by_key(|(office, size)| (*size, *office));
    let mut together = 0;
    let hidden = sizes.iter().take_while(|(_, size)| {
        let hide = *size < LEAST || (1..LEAST).contains(&together);
        together += size;
        hide
    });
    hidden.map(|(office, _)| *office).collect()
}

fn rule_heads(pack: &Pack) -> Vec<Cell<'static>> {
    let first = ["条款", "核查内容", "强度"].map(|head| Cell::new(head, Look::Head));
    count_heads(first.into(), std::slice::from_ref(pack))
}

fn rule_row(rule: &Rule, counts: Option<Counts>) -> Vec<Cell<'_>> {
    let mut cells = vec![
        Cell::centre(rule.clause.as_str()),
        Cell::text(rule.title.as_str()),
        Cell::centre(rule.obligation.label()),
    ];
    match counts {
        Some(counts) => count_row(cells, counts, Look::Centre, rule.obligation.binds()),
        None => {
            cells.push(Cell::new(HIDDEN, Look::Quiet).over(9));
            cells
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offices_with_few_people_are_hidden_with_enough_others_that_nobody_can_be_told_by_what_is_left() {
        assert_eq!(too_small(vec![("甲", 5), ("乙", 3)]), Vec::<&str>::new());
        assert_eq!(too_small(vec![("甲", 5), ("乙", 1), ("丙", 4)]), ["乙", "丙"]);
        assert_eq!(too_small(vec![("甲", 5), ("乙", 1), ("丙", 2)]), ["乙", "丙"]);
        assert_eq!(too_small(vec![("甲", 5), ("乙", 1), ("丙", 1), ("丁", 9)]), ["丙", "乙", "甲"]);
        assert_eq!(too_small(vec![("甲", 2)]), ["甲"]);
        assert_eq!(too_small(Vec::new()), Vec::<&str>::new());
    }
}
