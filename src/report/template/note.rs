//! The note at a header: what to fill in, in which form, and why.

use rust_xlsxwriter::Note;

use super::sheets::TemplateColumn;
use crate::pack::Use;
use crate::report::findings::short_name;
use crate::report::sheet;

/// How many rules a note names; the rest stand on the page of instructions.
const NAMED: usize = 6;
/// The width of a note, the half characters of a line, and the height of one more line below.
const PIXELS: u32 = 330;
const COLUMNS: usize = 48;
const LINE: u32 = 16;

/// The note at the header of a column.
pub(super) fn at_header(column: &TemplateColumn) -> Note {
    sheet::note(&text(column), PIXELS, COLUMNS, LINE)
}

pub(super) fn at_example() -> Note {
    sheet::note("示例行，不计入，可以删除。从下一行开始填写。", PIXELS, COLUMNS, LINE)
}

fn text(column: &TemplateColumn) -> String {
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
    sheet::clean(&lines.join("\n")).into_owned()
}

/// 江教办〔2022〕38号 二(四)14 深入学校开展教学指导天数
pub(super) fn cited(own: &Use) -> String {
    format!("{} {} {}", short_name(own.pack), own.rule.clause, own.rule.title)
}
