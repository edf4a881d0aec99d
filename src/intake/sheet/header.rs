//! What may be the header of a sheet, column by column.

use crate::dictionary::{TableId, normalise, spelt};
use crate::intake::cell::clean;
/// Characters of a header that are shown.
const SHOWN: usize = 24;
/// Characters of a cell that are looked at; what is longer is no header.
const LONGEST: usize = 200;

#[derive(Debug)]
pub(crate) struct HeaderBlock {
    /// The first and the last row.
    pub top: u32,
    pub row: u32,
    /// Merged areas reach over its rows, or the lower ones say nothing but hints: they surely belong together.
    pub proven: bool,
    pub cells: Vec<HeaderCell>,
    /// The table to the right of its own.
    pub adjoining: Option<Adjoining>,
}

/// A table to the right of the one that is read, on the same sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adjoining {
    /// Its first column, from 0, and the header of that.
    pub column: u32,
    pub header: String,
    /// The tables that it may be; none if it fits no table.
    pub tables: Vec<TableId>,
}

#[derive(Debug)]
pub(crate) struct HeaderCell {
    pub column: u32,
    /// From the outermost group to the header itself; never empty.
    pub parts: Vec<HeaderLevel>,
    pub parted: Parted,
}

#[derive(Clone, Debug)]
pub(crate) struct HeaderLevel {
    pub text: String,
    pub normal: String,
    /// Whether it is only a hint: (必填), 【节】.
    pub is_hint: bool,
}

/// Whether a header stands over several columns of values, so that none of them is surely its own.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Parted {
    No,
    Surely,
    /// The cells to its right are blank, and this stands below it: the merges may have been lost, as in a csv file.
    Maybe(String),
}

impl HeaderLevel {
    pub(crate) fn new(text: &str) -> HeaderLevel {
        let text: String = text.chars().take(LONGEST).collect();
        let (normal, whole) = (normalise(&text), spelt(&text));
        let opens = whole.starts_with(['(', '【', '[', '〔']);
        // What is left of a text that is all brackets is the text itself.
        let is_hint =
            opens && whole.ends_with([')', '】', ']', '〕']) && normal.chars().count() == whole.chars().count();
        HeaderLevel { text, normal, is_hint }
    }

    /// Takes a unit that stands below it as if it stood in brackets behind it: 学时(分钟).
    pub(super) fn take_unit(&mut self, unit: &str) {
        self.text = with_unit(&self.text, unit);
    }
}

/// A header with the unit that stands below it.
pub(crate) fn with_unit(header: &str, unit: &str) -> String {
    let bracketed = format!("({unit})");
    if spelt(header).contains(&bracketed) { header.to_string() } else { format!("{}{bracketed}", header.trim_end()) }
}

impl HeaderCell {
    /// The header itself, without its groups.
    pub(crate) fn leaf(&self) -> &HeaderLevel {
        // There is always one; an empty name is no field's.
        const NONE: &HeaderLevel = &HeaderLevel { text: String::new(), normal: String::new(), is_hint: false };
        self.parts.last().unwrap_or(NONE)
    }

    /// The header with its groups, the widest first.
    pub(super) fn levels(&self) -> Vec<String> {
        self.parts.iter().map(|part| part.text.clone()).collect()
    }

    /// The header as it is shown, in one line: 最高学历学位/学历.
    pub(crate) fn shown(&self) -> String {
        let part = |part: &HeaderLevel| clean(&part.text).split_whitespace().collect::<Vec<_>>().join(" ");
        let text = self.parts.iter().map(part).collect::<Vec<_>>().join("/");
        let mut shown: String = text.chars().take(SHOWN).collect();
        if shown.len() < text.len() {
            shown.push('…');
        }
        shown
    }

    /// Whether it is a remark that happens to stand beside the headers: 注:只可导入同一所学校老师.
    pub(crate) fn is_remark(&self) -> bool {
        let text = spelt(&self.leaf().text);
        let colon = self.leaf().text.contains([':', '：']);
        colon && text.chars().count() > 4 && ["注", "说明", "备注", "提示"].iter().any(|word| text.starts_with(word))
    }
}
