//! 数据问题: something wrong with the data, at a cell.

use serde::Serialize;

use super::{CellRef, Masked};

/// What is wrong with a cell, a row, a column or a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum IssueKind {
    UnreadableDate,
    AmbiguousDate,
    DateWithoutYear,
    CoarseDate,
    DateRange,
    SeveralDates,
    ConflictingEnd,
    UnreadableNumber,
    ApproximateNumber,
    AmbiguousNumber,
    NumberAsDate,
    UnknownWord,
    UnreadableYear,
    FormulaWithoutValue,
    ErrorValue,
    CellAbove,
    DamagedIdentityNumber,
    BlankRequired,
    UnknownPerson,
    AmbiguousPerson,
    ConflictingPerson,
    ContradictedPerson,
    Nameless,
    RepeatedRosterRow,
    DisagreeingRosterRows,
    UnknownSchool,
    UnknownInstitution,
    RepeatedRow,
    WrongIdentityNumber,
    OldIdentityNumber,
    DisagreeingIdentity,
    SharedIdentityNumber,
    UnlikelyDate,
    ReversedDates,
    DateAfterAsOf,
    UnlikelyAmount,
    UnusedColumn,
    UnusedRow,
    UnusedSheet,
}

impl IssueKind {
    /// The heading that the report groups issues by.
    pub fn label(self) -> &'static str {
        match self {
            IssueKind::UnreadableDate => "日期无法识别",
            IssueKind::AmbiguousDate => "日期有歧义",
            IssueKind::DateWithoutYear => "日期缺少年份",
            IssueKind::CoarseDate => "日期不够具体",
            IssueKind::DateRange => "一格里是一段日期",
            IssueKind::SeveralDates => "一格里有几个日期",
            IssueKind::ConflictingEnd => "起止日期不一致",
            IssueKind::UnreadableNumber => "数值无法识别",
            IssueKind::ApproximateNumber => "数值不确切",
            IssueKind::AmbiguousNumber => "数值有歧义",
            IssueKind::NumberAsDate => "数字变成了日期",
            IssueKind::UnknownWord => "用词无法识别",
            IssueKind::UnreadableYear => "年度无法识别",
            IssueKind::FormulaWithoutValue => "公式没有结果",
            IssueKind::ErrorValue => "单元格显示错误值",
            IssueKind::CellAbove => "同上",
            IssueKind::DamagedIdentityNumber => "身份证号已失真",
            IssueKind::BlankRequired => "必填项为空",
            IssueKind::UnknownPerson => "姓名不在花名册",
            IssueKind::AmbiguousPerson => "重名无法区分",
            IssueKind::ConflictingPerson => "工号与姓名不一致",
            IssueKind::ContradictedPerson => "与花名册所记不符",
            IssueKind::Nameless => "没有姓名或名称",
            IssueKind::RepeatedRosterRow => "花名册重复登记",
            IssueKind::DisagreeingRosterRows => "花名册各行不一致",
            IssueKind::UnknownSchool => "学校不在名单",
            IssueKind::UnknownInstitution => "单位不在名单",
            IssueKind::RepeatedRow => "疑似重复登记",
            IssueKind::WrongIdentityNumber => "身份证号有误",
            IssueKind::OldIdentityNumber => "身份证号为15位",
            IssueKind::DisagreeingIdentity => "身份证号与登记不符",
            IssueKind::SharedIdentityNumber => "身份证号重复",
            IssueKind::UnlikelyDate => "日期不合常理",
            IssueKind::ReversedDates => "结束早于开始",
            IssueKind::DateAfterAsOf => "日期在截止日之后",
            IssueKind::UnlikelyAmount => "数量不合常理",
            IssueKind::UnusedColumn => "未使用的列",
            IssueKind::UnusedRow => "未使用的行",
            IssueKind::UnusedSheet => "未使用的工作表",
        }
    }
}

/// Something wrong with the data. `text` is what stands in the cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Issue {
    #[serde(skip)]
    pub at: CellRef,
    pub cell: Masked,
    pub kind: IssueKind,
    pub text: Masked,
    /// What is wrong, what it means for the audit, and what to do.
    pub message: Masked,
}
