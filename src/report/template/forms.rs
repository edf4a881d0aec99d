//! How the cells of a column are filled in, in words, by the kind of its field; and the note at its header that says so.

use rust_xlsxwriter::Note;

use super::sheets::TemplateColumn;
use crate::dictionary::{Blank, FieldKind};
use crate::model::plain;
use crate::pack::Use;
use crate::report::findings::short_name;
use crate::report::sheet;

/// What a blank cell counts as where the dictionary says nothing of it: rules differ.
const NOTHING: &str = "按“没有”或“不能确定”处理";

/// How many rules a note names; the rest stand on the page of instructions.
const NAMED: usize = 6;
/// The width of a note, the half characters of a line, and the height of one more line below.
const PIXELS: u32 = 330;
const COLUMNS: usize = 48;
const LINE: u32 = 16;

impl TemplateColumn<'_> {
    /// The form that is read for sure, in a line; nothing where any text will do.
    pub(super) fn form(&self) -> Option<&'static str> {
        Some(match self.field.kind {
            FieldKind::Text => return None,
            FieldKind::Texts => "有几个的用顿号隔开，如 一中、县一中",
            FieldKind::Code => "按文本填写，开头的0不会丢；同一个人在各表中要一致",
            FieldKind::Person => "一行只写一个人",
            FieldKind::People => "写花名册里的姓名；几个人的用顿号隔开，如 张三、李四",
            FieldKind::Number if self.field.unit.contains('天') => "只写数字，不写单位；半天写 0.5",
            FieldKind::Number => "只写数字，不写单位",
            FieldKind::Date => "写到日，如 2023-09-01",
            FieldKind::Year => "自然年写 2023，学年写 2023-2024",
            FieldKind::Flag => "写“是”或“否”",
            FieldKind::Word(_) => "从下拉列表里选一个",
            FieldKind::Words(_) => "从下拉列表里选；有几个的自己写，用顿号“、”隔开",
            FieldKind::School => "写学校的全称，或学校名单里的简称",
            FieldKind::Institution => "写单位全称，各表写法一致",
            FieldKind::Figure => "只写数字，不写单位；问有没有、是不是的项目写“是”或“否”",
            FieldKind::Identity => "18位，按文本填写，末位的X照写",
        })
    }

    /// What a blank cell counts as; nothing for a column that must be filled in.
    pub(super) fn blank(&self) -> Option<String> {
        if self.field.required {
            return None;
        }
        Some(match (&self.field.blank, self.field.kind) {
            (Blank::Number(number), _) => format!("按{}计", plain(*number)),
            (Blank::ByWord { field, word, then, otherwise }, _) => {
                let by = self.table.field(*field);
                let word = self.dictionary.words_of(by).map_or("", |list| list.word(*word));
                format!("{}是“{word}”的按{}计，其他的按{}计", by.header, plain(*then), plain(*otherwise))
            }
            (Blank::Open, _) if self.table.roles.date.is_some() => "表示当天结束".to_string(),
            (Blank::Open, _) => "表示还没有结束".to_string(),
            (Blank::Unknown, kind) => self.unknown(kind).to_string(),
        })
    }

    fn begins(&self) -> bool {
        self.table.roles.start.is_some_and(|start| std::ptr::eq(self.table.field(start), self.field))
    }

    fn unknown(&self, kind: FieldKind) -> &'static str {
        match kind {
            FieldKind::Code => "没有工号的可以空着；同名的人一定要写",
            FieldKind::Texts => "表示没有",
            FieldKind::People => "写了工号的可以空着；工号也空着的不知道是谁的，要算到个人的结论只能待核",
            FieldKind::Institution if self.names_people => "写了工号或姓名的，或只有一个单位的，可以空着",
            FieldKind::Institution => "只有一个单位的可以空着",
            FieldKind::Date if self.begins() => "当作一直如此；要算年限的只能待核",
            FieldKind::Text | FieldKind::Person | FieldKind::School | FieldKind::Identity => NOTHING,
            FieldKind::Number | FieldKind::Figure | FieldKind::Date | FieldKind::Year => NOTHING,
            FieldKind::Flag | FieldKind::Word(_) | FieldKind::Words(_) => NOTHING,
        }
    }
}

pub(super) fn example_note() -> Note {
    sheet::note("示例行，不计入，可以删除。从下一行开始填写。", PIXELS, COLUMNS, LINE)
}

pub(super) fn header_note(column: &TemplateColumn) -> Note {
    let must = if column.field.required { "（必填）" } else { "" };
    let mut lines = vec![format!("填什么：{}{must}", column.field.hint)];
    lines.extend(column.form().map(|form| format!("怎么填：{form}")));
    lines.extend(column.words.as_ref().map(|words| format!("可以写：{}", words.join("、"))));
    lines.extend(column.blank().map(|blank| format!("空着时：{blank}")));
    lines.push(format!("用于核查（{}条）：", column.uses.len()));
    lines.extend(column.uses.iter().take(NAMED).map(cited));
    if column.uses.len() > NAMED {
        lines.push("……其余见“填写说明”".to_string());
    }
    sheet::note(&sheet::clean(&lines.join("\n")), PIXELS, COLUMNS, LINE)
}

/// 江教办〔2022〕38号 二(四)14 深入学校开展教学指导天数
pub(super) fn cited(own: &Use) -> String {
    format!("{} {} {}", short_name(own.pack), own.rule.clause, own.rule.title)
}
