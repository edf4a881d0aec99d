//! How the cells of a column are filled in, in words: by the kind of its field, and by what a blank cell counts as.

use super::Column;
use crate::dictionary::{Blank, Dictionary, FieldKind};
use crate::model::plain;

impl Column<'_> {
    /// The form that is read for sure, in a line.
    pub(super) fn form(&self) -> &'static str {
        match self.field.kind {
            FieldKind::Text => "写文字",
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
            FieldKind::Words(_) => "从下拉列表里选，或者自己写；有几个的用顿号隔开，如 甲、乙",
            FieldKind::School => "写学校名单里的全称或简称",
            FieldKind::Institution => "写单位全称，各表写法一致",
            FieldKind::Figure => "只写数字，不写单位；问有没有、是不是的项目写“是”或“否”",
            FieldKind::Identity => "18位，按文本填写，末位的X照写",
        }
    }

    /// What a blank cell counts as; nothing for a column that must be filled in.
    pub(super) fn blank(&self) -> Option<String> {
        if self.field.required {
            return None;
        }
        Some(match (&self.field.blank, self.field.kind) {
            (Blank::Number(number), _) => format!("空着的按{}计", plain(*number)),
            (Blank::ByWord { field, word, then, otherwise }, _) => {
                let by = self.table.field(*field);
                let word = Dictionary::built_in().words_of(by).map_or("", |list| list.word(*word));
                let (then, otherwise) = (plain(*then), plain(*otherwise));
                format!("空着的，{}是“{word}”的按{then}计，其他的按{otherwise}计", by.header)
            }
            (Blank::Open, _) if self.table.field_named("date").is_some() => "当天结束的空着".to_string(),
            (Blank::Open, _) => "还没有结束的空着".to_string(),
            (Blank::Unknown, FieldKind::Code) => "没有工号的空着，但同名的人一定要写".to_string(),
            (Blank::Unknown, FieldKind::Texts) => "没有的空着".to_string(),
            (Blank::Unknown, FieldKind::People) => {
                "姓名和工号都空着的，不知道是谁的，与它有关的人都只能待核".to_string()
            }
            (Blank::Unknown, FieldKind::Institution) => "写了工号或姓名的，或只有一个单位的，可以空着".to_string(),
            (Blank::Unknown, _) if self.field.id == "start-date" => {
                "空着的当作一直如此，要算年限的只能待核".to_string()
            }
            (Blank::Unknown, _) => "空着的按“没有”或“不能确定”处理".to_string(),
        })
    }
}
