//! Tells the rows of a sheet that are no records: totals, signatures, sections, examples, remarks, repeated headers.
//!
//! What may be a record is one: a row is only told by words that no person, no date and no school is called by.

use sheets::{Raw, RawCell, Row};

use super::titles::{is_period, is_section_title};
use crate::dictionary::{FieldKind, Table, is_format};
use crate::intake::cell::{clean, without_space};
use crate::intake::issues::IssueLog;
use crate::intake::row::record::ParsedRow;
use crate::intake::sheet::Layout;
use crate::model::IssueKind;

/// What a total is called, where nothing else stands in the cell.
pub(super) const TOTALS: [&str; 8] = ["合计", "小计", "总计", "共计", "累计", "本页合计", "本页小计", "总人数"];

/// What begins a count of the people above it, in the column of their names or before it: 其中：专职2人.
const COUNTS: [&str; 4] = ["统计", "其中", "人员统计", "人数统计"];

const COUNTED: [&str; 8] = ["人数", "天数", "节数", "学时", "次数", "场次", "数", "数量"];

const SIGNATURES: &str = "填表人 填报人 制表人 制表 审核人 复核人 核查人 检查人 经办人 审批人 校对人 单位负责人 统计负责人 \
    签名 本人签名 领导签名 负责人签名 主要负责人 分管领导签字 负责人 负责人签字 负责人签章 分管领导 主管领导 领导签字 校长签字 督导组长 签字 签章 盖章 公章 单位盖章 单位公章 \
    填报单位 填表单位 报送单位 上报单位 填表日期 填报日期 报出日期 联系人 联系电话 填表时间 填报时间 制表日期 制表时间 报送日期 \
    导出日期 导出时间 导出于 打印日期 打印时间";

const EXAMPLES: [&str; 7] = ["例", "例如", "示例", "示例行", "样例", "举例", "填写示例"];

const REMARKS: [&str; 5] = ["注", "说明", "备注", "填表说明", "附注"];

/// The first characters of these words: most rows begin with none of them, and need no normalising.
const BEGINNINGS: &str = "合小总共累本其人填制审单统报例示样举注说备附负第年公盖经校复主分签领联核检督上导打(（[【〔";

pub(super) const TOTAL: &str = "合计行，不是记录";
pub(super) const SECTION: &str = "分节标题行，不是记录";
const EXAMPLE: &str = "示例行，不是记录";
const SIGNATURE: &str = "落款行，不是记录";

/// The reason why a row is no record, if there is one. `kind` tells what a column is read as. `None` if it is not read.
pub(super) fn reason(row: Row<'_>, kind: impl Fn(u32) -> Option<FieldKind>) -> Option<&'static str> {
    let sheet = SheetRow { row, kind };
    sheet.by_first_text().or_else(|| sheet.by_other_texts()).or_else(|| sheet.is_section().then_some(SECTION))
}

struct SheetRow<'r, K> {
    row: Row<'r>,
    kind: K,
}

impl<'r, K: Fn(u32) -> Option<FieldKind>> SheetRow<'r, K> {
    fn own(&self) -> impl Iterator<Item = &'r RawCell<'r>> {
        self.row.cells.iter().filter(|cell| !cell.merged)
    }

    /// A row says what it is in its first text.
    fn by_first_text(&self) -> Option<&'static str> {
        let (column, first) = self.own().find_map(|cell| Some((cell.column, text_of(cell)?)))?;
        let begins = first_seen(first)?;
        if !may_begin(begins) && !first.trim_end().ends_with(['计', '数', '）', ')']) {
            return None;
        }
        let normal = without_space(&clean(first));
        let is_name = |kind| matches!(kind, FieldKind::Person | FieldKind::People);
        // Before the name a number or a code may stand, and no word.
        let may_count = (self.kind)(column).is_none_or(|kind| is_name(kind) || kind == FieldKind::Code);
        let counts = may_count && self.has(is_name) && COUNTS.iter().any(|word| is_headed(&normal, word));
        let told = if counts { Some(TOTAL) } else { by_first_word(&normal) }?;
        // An example is filled in like a record, but its mark stands before it.
        let is_marked = told == EXAMPLE && (self.kind)(column) != Some(FieldKind::Text);
        (is_marked || !self.is_free(column) || !self.names_and_dates()).then_some(told)
    }

    /// Whether it is labels only, to be filled in by hand: 本人签名： 审核人：.
    fn is_labels(&self) -> bool {
        let is_label =
            |cell: &RawCell<'_>| text_of(cell).is_some_and(|text| text.trim_end().ends_with([':', '：', '_']));
        self.own().nth(1).is_some() && self.own().all(is_label)
    }

    /// 合计 may stand in any column, 例 before a person's name.
    fn by_other_texts(&self) -> Option<&'static str> {
        if self.is_labels() {
            return Some(SIGNATURE);
        }
        self.own().find_map(|cell| {
            let text = text_of(cell)?;
            let begins = first_seen(text)?;
            let kind = (self.kind)(cell.column);
            let is_total = matches!(begins, '合' | '小' | '总' | '共' | '累' | '本')
                && is_short(text)
                && TOTALS.contains(&without_space(&clean(text)).as_str());
            // Beside an item of a table of figures 累计 says what the figure is.
            let is_beside = kind.is_none() && self.has_figure();
            if is_total && !is_beside && (!self.is_free(cell.column) || !self.names_and_dates()) {
                return Some(TOTAL);
            }
            let is_name = matches!(kind, Some(FieldKind::Person | FieldKind::People));
            let may_be_example = is_name && (matches!(begins, '例' | '示' | '样' | '举') || text.contains('例'));
            (may_be_example && is_example(&without_space(&clean(text)))).then_some(EXAMPLE)
        })
    }

    /// A column in which anything may be written, or that is not read.
    fn is_free(&self, column: u32) -> bool {
        matches!((self.kind)(column), None | Some(FieldKind::Text))
    }

    /// Whether a row has an item and its figure.
    fn has_figure(&self) -> bool {
        self.has(|kind| kind == FieldKind::Figure) && self.has(|kind| matches!(kind, FieldKind::Word(_)))
    }

    fn has(&self, wanted: fn(FieldKind) -> bool) -> bool {
        self.row.cells.iter().any(|cell| (self.kind)(cell.column).is_some_and(wanted))
    }

    /// Whether a row has a date and someone's name or number: the marks of a record.
    fn names_and_dates(&self) -> bool {
        self.has(|kind| kind == FieldKind::Date)
            && self.has(|kind| matches!(kind, FieldKind::Person | FieldKind::People | FieldKind::Code))
    }

    /// One text over the whole row, or alone in it: 北京市(92所), 一、小学组.
    fn is_section(&self) -> bool {
        let mut own = self.own();
        let (Some(only), None) = (own.next(), own.next()) else { return false };
        let Some(text) = text_of(only) else { return false };
        match self.row.cells {
            [_] => {
                let title = without_space(&clean(text));
                is_section_title(&title) || is_period(&title) || self.heads_group(only.column, text)
            }
            [first, _, _, ..] => {
                let is_next = |two: &[RawCell]| two[0].column + 1 == two[1].column && two[0].value == two[1].value;
                !first.merged && self.row.cells.windows(2).all(is_next)
            }
            [_, _] | [] => false,
        }
    }

    /// A name alone under a date: 张三 above the rows of his visits. Whatever may be a date or the cell above is none.
    fn heads_group(&self, column: u32, text: &str) -> bool {
        let may_be_date = |c: char| c.is_numeric() || "年月日号周期初末底旬上下同〃\"”“″".contains(c);
        let is_word = |c: char| c.is_alphabetic() || c.is_whitespace() || "·:：()（）-".contains(c);
        (self.kind)(column) == Some(FieldKind::Date) && text.chars().all(|c| is_word(c) && !may_be_date(c))
    }
}

fn text_of<'r>(cell: &'r RawCell<'_>) -> Option<&'r str> {
    if let Raw::Text(text) = &cell.value { Some(text.as_ref()) } else { None }
}

/// Whether a row of people, schools or the like says of whom it is. Errors: it does not and is left out, for this reason.
pub(in crate::intake::row) fn is_named(
    row: Row<'_>,
    layout: &Layout,
    table: &Table,
    parsed: &ParsedRow,
    is_read: impl Fn(u32) -> bool,
    log: &mut IssueLog,
) -> Result<bool, String> {
    let place = table.subject_name().filter(|place| parsed.cell(*place).value().is_none());
    let Some(place) = place else { return Ok(true) };
    let reason = format!("没有“{}”，不知道说的是谁", table.field(place).header);
    // There may be somebody; but a merged area may reach down into an empty row.
    if !row.cells.iter().any(|cell| !cell.merged && is_read(cell.column)) {
        return Err(reason);
    }
    let message = format!("{reason}，人数、比例和名单里按“可能有”处理；请补填，多余的行请删去");
    log.report(parsed.at.cell(layout.first_column()), IssueKind::Nameless, "", message);
    Ok(false)
}

/// Whether a text may say what its row is, by its first character.
pub(super) fn may_begin(first: char) -> bool {
    !first.is_ascii_alphanumeric() && BEGINNINGS.contains(first)
}

/// The first character of a text that can be seen.
pub(super) fn first_seen(text: &str) -> Option<char> {
    // Nearly every text begins with one that can.
    let first = text.chars().next().filter(|c| c.is_ascii_alphanumeric() || ('\u{4E00}'..='\u{9FFF}').contains(c));
    first.or_else(|| text.chars().find(|c| !c.is_whitespace() && !is_format(*c)))
}

/// Whether a text is short enough for a total, which has four characters at most. Spares most topics (小学语文) the cleaning.
fn is_short(text: &str) -> bool {
    let counts = |c: &char| !c.is_whitespace() && !c.is_control() && *c != '\'' && !is_format(*c);
    text.chars().filter(counts).nth(4).is_none()
}

/// What a text says of its row, by its first word or its last. The text is NFKC and has no white space.
pub(super) fn by_first_word(text: &str) -> Option<&'static str> {
    // 合计, 合计：12, 合计人数, 填表人：张三, but not 总计划研讨 or 负责人培训班, which a topic may be.
    let begins = |word: &str| is_headed(text, word);
    // 1-3月合计: short, so that a topic that ends so is none.
    let ends = text.chars().count() <= 12 && TOTALS.iter().any(|word| text.ends_with(word));
    let stamped = ["公章)", "盖章)", "签字)", "签章)"].iter().any(|stamp| text.contains(stamp));
    if TOTALS.into_iter().any(begins) || ends {
        Some(TOTAL)
    } else if SIGNATURES.split(' ').any(begins) || stamped || text == "年月日" {
        Some("落款行，不是记录")
    } else if is_example(text) {
        Some(EXAMPLE)
    } else if REMARKS.into_iter().any(begins) {
        Some("备注行，不是记录")
    } else {
        is_page_number(text).then_some("页码行，不是记录")
    }
}

/// Whether a text is a word, or one behind which something else follows: 合计：12, 合计人数.
fn is_headed(text: &str, word: &str) -> bool {
    let Some(rest) = text.strip_prefix(word) else { return false };
    let next = rest.chars().next();
    next.is_none_or(|next| !next.is_alphanumeric() || next.is_ascii_digit()) || COUNTED.contains(&rest)
}

/// 例, 例：张三, (示例)张三, 张三(例).
pub(super) fn is_example(text: &str) -> bool {
    let bracketed = EXAMPLES.iter().any(|word| {
        let marks = [format!("({word})"), format!("[{word}]"), format!("【{word}】"), format!("〔{word}〕")];
        marks.iter().any(|mark| text.starts_with(mark) || text.ends_with(mark))
    });
    let ends_there =
        |rest: &str| rest.chars().next().is_none_or(|next| !next.is_alphanumeric() || next.is_ascii_digit());
    bracketed || EXAMPLES.iter().any(|word| text.strip_prefix(word).is_some_and(ends_there))
}

/// 第1页, 第1页共3页.
fn is_page_number(text: &str) -> bool {
    let number =
        |text: &str| text.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c)).len();
    let after = |text: &str, word: char| -> Option<String> {
        let rest = text.strip_prefix(word)?;
        rest[rest.len() - number(rest)..].strip_prefix('页').map(ToString::to_string)
    };
    let Some(rest) = after(text, '第').or_else(|| after(text, '共')) else { return false };
    let rest = rest.trim_start_matches([',', '，', '/', '、']);
    rest.is_empty() || after(rest, '共').is_some_and(|rest| rest.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_told_by_its_first_word() {
        let cases = [
            (TOTAL, "合计|合计:12|小计|总计|共计人数|1-3月合计|本页小计|累计"),
            ("落款行，不是记录", "填表人:张三|制表|单位(公章):|负责人签字:|年月日|联系电话:1|填报日期:2023年"),
            (EXAMPLE, "例|例:张三|(例)张三|(示例)|【示例】张三|示例1|张三(例)|填写示例"),
            ("备注行，不是记录", "注:略|说明:略|备注|填表说明"),
            ("页码行，不是记录", "第1页|第1页共3页|第一页|第2页,共3页|共3页|第1页/共2页"),
        ];
        for (reason, texts) in cases {
            for text in texts.split('|') {
                assert_eq!(by_first_word(text), Some(reason), "{text}");
            }
        }
        let records = "总计划研讨|负责人培训班|示例课研讨|审核人员培训|例如何教作文|合长青|单文|总结会|第1页教材解读|注意力研究|共同体建设|联系人民群众";
        for text in records.split('|') {
            assert_eq!(by_first_word(text), None, "{text}");
        }
    }

    #[test]
    fn what_a_word_begins_with_is_looked_at() {
        let words = [&TOTALS[..], &COUNTS, &SIGNATURES.split(' ').collect::<Vec<_>>(), &EXAMPLES, &REMARKS].concat();
        let missing: Vec<&&str> = words.iter().filter(|word| !word.starts_with(|c| BEGINNINGS.contains(c))).collect();
        assert_eq!(missing, Vec::<&&str>::new());
    }

    #[test]
    fn every_total_is_short_however_it_is_written() {
        for total in TOTALS {
            assert!(is_short(total), "{total}");
            let spaced: String = total.chars().flat_map(|c| [c, ' ', '\u{3000}']).collect();
            assert!(is_short(&format!("'{spaced}''\u{feff}\n")), "{total}");
        }
        assert!(!is_short("小学语文单元整体教学"));
    }
}
