//! A question in words: what is asked, and what to do.

use std::collections::BTreeSet;

use super::books;
use super::known::Known;
use super::lines;
use super::topic::{Open, Topic, Wording};
use super::unread;
use crate::dictionary::{FieldId, FieldKind, Table, TableId, WordList};
use crate::model::{CellRef, WordId};
use crate::pack::Rule;
use crate::rules::fold::Unrecorded;

/// How many sheets, institutions or words a question names.
const NAMED: usize = 6;
/// How many texts of cells it shows.
const TEXTS: usize = 3;

pub(super) struct Asking<'a> {
    pub known: &'a Known<'a>,
}

impl Asking<'_> {
    pub(super) fn asked(&self, topic: &Topic, open: &Open) -> Wording {
        match topic {
            Topic::Sheet(sheet) => unread::of_sheet(self.known, *sheet, open),
            Topic::Gaps(table) => {
                let said = self.written(open);
                let ask = format!("“{}”里写着记录不全：{said}。缺的记录在哪里？", self.table(*table).sheet);
                let answer = "登在别处、没有录入的补进来再核查，已经补全的删去这句话；确实找不到的，由督导组认定";
                (ask, answer.to_string(), Vec::new())
            }
            Topic::Beside(table) => {
                let ask = format!("{}，是不是“{}”的记录？", open.words, self.table(*table).sheet);
                let answer = "把右边的表移到左边的下面接着排，或另放一个工作表，再核查；无关的请移出这张工作表";
                (ask, answer.to_string(), Vec::new())
            }
            Topic::Time(table) => books::of_time(self.known, *table, open),
            Topic::People(table) => books::of_people(self.known, *table, open),
            Topic::Kinds(table) => books::of_kinds(self.known, *table, open),
            Topic::Extract(_) => books::of_extracts(open),
            Topic::Elsewhere(table) => books::of_elsewhere(&self.table(*table).sheet, open),
            Topic::Totals(table) => books::of_totals(&self.table(*table).sheet, open),
            Topic::Table(table) => {
                let ask = format!("没有“{}”，或其中没有记录，单位有没有这张表？", self.table(*table).sheet);
                (ask, "有的一起交来核查；确实没有的，由督导组认定".to_string(), Vec::new())
            }
            Topic::Column(table, field) => self.column(*table, *field),
            Topic::Word(table, field, text) => self.word(*table, *field, text, open),
            Topic::Cells(table, field) => self.cells(*table, *field, open),
            Topic::Columns(table, own, other) => self.two_columns(*table, (own, other), open),
            Topic::Name(name) => {
                let ask = format!("“{name}”是花名册里的哪一位？有{}只写了姓名", count(open, "处"));
                let answer = "在花名册和台账里补填工号；在不同单位的，也可以在台账里写明单位";
                (ask, answer.to_string(), Vec::new())
            }
            Topic::Rows(table, doubt) => self.rows(*table, *doubt, open),
            Topic::Figure(item) => self.figure(*item),
            Topic::Unrecorded(what, _) => self.unrecorded(*what, open),
        }
    }

    fn figure(&self, item: WordId) -> Wording {
        let figures = self.known.scope.dictionary.schema.figures;
        let list = self.known.scope.dictionary.list(figures.items);
        let (what, answer) = if list.money.contains(&item) {
            ("没有数，或者数和单位不能确定", "补填这个单位、这个年度的数，写明是元还是万元")
        } else if list.yes_no.contains(&item) {
            ("没有填，或者填的不能确定", "补填这个单位、这个年度的“是”或“否”")
        } else if list.or_yes_no.contains(&item) {
            ("没有填，或者填的不能确定", "补填这个单位、这个年度的数，或者“是”、“否”")
        } else {
            ("没有数，或者数不能确定", "补填这个单位、这个年度的数")
        };
        let ask = format!("“{}”里“{}”{what}", self.table(figures.table).sheet, list.word(item));
        (ask, answer.to_string(), Vec::new())
    }

    /// What no record says, but a person decides.
    fn unrecorded(&self, what: Unrecorded, open: &Open) -> Wording {
        let (ask, answer) = match what {
            Unrecorded::Excuse => (
                format!(
                    "花名册有{}的{}写着可能不在岗的事由{}，未达标的是否豁免？",
                    count(open, "人"),
                    self.columns_of(open),
                    self.written_there(open)
                ),
                "单位提出依据，督导组认定",
            ),
            Unrecorded::Holidays => (
                "没有校历，或校历缺学期、没有写放假的日子（holidays），不知道哪些周、哪些月上课".to_string(),
                "用 --calendar 给出校历（写法见说明），或由督导组认定",
            ),
            Unrecorded::People => (
                "机构情况里有的单位，花名册里没有它的人，是没有交来，还是确实没有？".to_string(),
                "有花名册和台账的，一起交来；不核查这个单位的，从机构情况里删去它的一行；确实没有人的，由督导组认定",
            ),
            Unrecorded::Rows(table) => (
                format!("“{}”里没有{}的行，是没有交来，还是确实没有？", self.table(table).sheet, count(open, "所学校")),
                "有的一起登记、交来；确实没有的，由督导组认定",
            ),
            Unrecorded::Reading(rule) => {
                (format!("{}的原文有两种读法，结论不同，按哪一种？", self.rule(rule)), "由督导组明确口径")
            }
            // The words of one are not those of several.
            Unrecorded::Exception(rule) if open.findings.len() > 1 => (
                format!("{}有{}项只在“左右”的范围以内，是否认可？", self.rule(rule), open.findings.len()),
                "单位认定，督导组复核",
            ),
            Unrecorded::Exception(rule) | Unrecorded::Relaxed(rule) => {
                (format!("{}{}，是否认可？", self.rule(rule), open.words), "单位认定，督导组复核")
            }
        };
        (ask, answer.to_string(), Vec::new())
    }

    pub(super) fn table(&self, id: TableId) -> &Table {
        self.known.scope.dictionary.table(id)
    }

    /// “约半天”、“三日”: what stands in the first cells that say anything.
    pub(super) fn written(&self, open: &Open) -> String {
        let texts = &self.known.texts;
        let said: BTreeSet<&str> = open.cells.iter().filter_map(|cell| texts.get(cell)).copied().collect();
        let mut found: Vec<String> = said.into_iter().map(|text| format!("“{text}”")).collect();
        let rest = if found.len() > TEXTS { "等" } else { "" };
        found.truncate(TEXTS);
        format!("{}{rest}", found.join("、"))
    }

    pub(super) fn written_there(&self, open: &Open) -> String {
        let written = self.written(open);
        if written.is_empty() { String::new() } else { format!("（写着{written}）") }
    }

    /// “备注”、“现工作单位”: the headers of the columns of the cells.
    fn columns_of(&self, open: &Open) -> String {
        let layout = |cell: &CellRef| self.known.registry.layouts.get(cell.row.sheet as usize)?.as_ref();
        let headers = open.cells.iter().filter_map(|cell| Some(layout(cell)?.header(cell.column)));
        let headers: BTreeSet<&str> = headers.filter(|header| !header.is_empty()).collect();
        let named: Vec<String> = headers.into_iter().take(TEXTS).map(|header| format!("“{header}”")).collect();
        if named.is_empty() { "备注".to_string() } else { named.join("、") }
    }

    /// “听课评课节数”（二(四)14）
    fn rule(&self, place: u32) -> String {
        let rules = self.known.scope.packs.iter().flat_map(|pack| &pack.rules);
        let rule = rules.into_iter().nth(place as usize);
        rule.map(|Rule { title, clause, .. }| format!("“{title}”（{clause}）")).unwrap_or_default()
    }

    fn column(&self, id: TableId, field: FieldId) -> Wording {
        let registry = self.known.registry;
        let header = &self.table(id).field(field).header;
        let layouts = (0..).zip(&registry.layouts).filter_map(|(at, layout)| Some((at, layout.as_ref()?)));
        let lacking: Vec<_> =
            layouts.filter(|(_, layout)| layout.table == id && layout.column(field).is_none()).collect();
        let names: Vec<String> = lacking.iter().filter_map(|(at, _)| registry.sheets.called(*at)).take(NAMED).collect();
        let rest = if lacking.len() > NAMED { format!("等{}张表", lacking.len()) } else { String::new() };
        let unused = || lacking.iter().flat_map(|(_, layout)| &layout.unused);
        let may_be = unused().filter(|unused| unused.near.contains(header));
        let mut near: Vec<&str> = may_be.map(|unused| unused.header.as_str()).collect();
        near.dedup();
        // One that may as well be another field is for the clerk to say.
        let is_either = |own: &str| unused().any(|unused| unused.header == own && unused.near.len() > 1);
        let asked =
            if near.is_empty() { String::new() } else { format!("，“{}”是不是？", near.join("”“")) };
        let ask = format!("{}{rest}没有“{header}”这一列{asked}", names.join("、"));
        let answer = format!(
            "在原表补上“{header}”；已有这一列而表头不同的，改成标准表头，或写明是哪一列{}",
            self.option(id, field)
        );
        let sheet = &self.table(id).sheet;
        let dictionary = self.known.scope.dictionary;
        let is_likely = |own: &str| near.len() == 1 && !is_either(own) && lines::is_likely(own, header, dictionary);
        let lines = near.iter().map(|own| lines::column(sheet, own, header, is_likely(own))).collect();
        (ask, answer, lines)
    }

    /// What else can give a field for all rows.
    fn option(&self, table: TableId, field: FieldId) -> &'static str {
        let levels = self.known.scope.dictionary.schema.levels;
        let is_level = self.table(table).field(field).kind == FieldKind::Word(levels);
        if is_level { "；全单位同一层级的，可用 --level 给出" } else { "" }
    }

    fn cells(&self, table: TableId, field: FieldId, open: &Open) -> Wording {
        let (sheet, header) = (&self.table(table).sheet, &self.table(table).field(field).header);
        let written = self.written_there(open);
        let cells = if open.cells.is_empty() { String::new() } else { format!("有{}", count(open, "格")) };
        let differs = |cell: &CellRef| self.known.disagreeing.contains(cell);
        let is_of_two = !open.cells.is_empty() && open.cells.iter().all(differs);
        let ask = if is_of_two {
            format!("“{sheet}”的“{header}”{cells}与同一个人的另一行不一致")
        } else {
            format!("“{sheet}”的“{header}”{cells}没有填，或者不能确定{written}")
        };
        let is_school = self.table(table).field(field).kind == FieldKind::School;
        let listed = if is_school {
            "；名称里看不出学段的学校，在“学校名单”写明它的学段"
        } else {
            ""
        };
        let of_two = if is_of_two {
            "；先后任职的，两行都写明起止日期；核查期间换了岗的，由督导组明确按哪一行核查，只留那一行"
        } else {
            ""
        };
        (ask, format!("对照原始材料补填或更正所列单元格{}{listed}{of_two}", self.option(table, field)), Vec::new())
    }

    fn word(&self, table: TableId, field: FieldId, text: &str, open: &Open) -> Wording {
        let dictionary = self.known.scope.dictionary;
        let described = self.table(table).field(field);
        let list = dictionary.words_of(described);
        let anything = self.table(table).anything.as_ref().filter(|anything| anything.field == field);
        let candidates = list.map(|list| match (anything, list.one(text)) {
            // A word for anything: what it may be, and itself.
            (Some(anything), Some(own)) if anything.words.contains(&own) => {
                anything.may_be.iter().chain([&own]).map(|word| list.word(*word)).collect()
            }
            (Some(_) | None, _) => candidates(list, text),
        });
        let candidates = candidates.unwrap_or_default();
        let which = match (list, candidates.as_slice()) {
            (None, _) => "是“是”还是“否”？".to_string(),
            (Some(_), []) => "是什么？".to_string(),
            (Some(_), names) => format!("是不是“{}”？", names.join("”或“")),
        };
        let ask = format!(
            "“{}”的“{}”写着“{text}”（{}），{which}",
            self.table(table).sheet,
            described.header,
            count(open, "格")
        );
        let Some(_) = list else { return (ask, "改成“是”或“否”".to_string(), Vec::new()) };
        let likely = candidates.first().copied().filter(|_| candidates.len() == 1);
        let line = lines::word(&described.header, text, likely);
        (ask, "改成标准用词（见模板的下拉选项），或写明它是哪一个词".to_string(), vec![line])
    }
}

/// `3格`, `100多格`
pub(super) fn count(open: &Open, unit: &str) -> String {
    let more = if open.cut { "多" } else { "" };
    format!("{}{more}{unit}", open.cells.len())
}

/// The words that a text may be: those that the list says, else those that hold it or are held by it.
fn candidates<'l>(list: &'l WordList, text: &str) -> Vec<&'l str> {
    if list.refusal(text).is_some() {
        return Vec::new();
    }
    if let Some(words) = list.either(text) {
        return words.iter().map(|word| list.word(*word)).collect();
    }
    let is_near = |word: &&String| text.contains(word.as_str()) || word.contains(text);
    list.words.iter().filter(is_near).map(String::as_str).take(NAMED).collect()
}
