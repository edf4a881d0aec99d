//! 数据问题: something wrong with the data, at a cell.

use serde::Serialize;

use super::{CellRef, Masked};

/// Makes the kinds of issues, each with the heading that the report groups issues by.
macro_rules! issues {
    ($($Kind:ident: $label:literal,)+) => {
        /// What is wrong with a cell, a row, a column or a sheet.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum IssueKind {
            $($Kind,)+
        }

        impl IssueKind {
            /// The heading that the report groups issues by.
            pub fn label(self) -> &'static str {
                match self {
                    $(IssueKind::$Kind => $label,)+
                }
            }
        }
    };
}

issues! {
    UnreadableDate: "日期无法识别",
    AmbiguousDate: "日期有歧义",
    DateWithoutYear: "日期缺少年份",
    CoarseDate: "日期不够具体",
    DateRange: "一格里是一段日期",
    SeveralDates: "一格里有几个日期",
    ConflictingEnd: "起止日期不一致",
    UnreadableNumber: "数值无法识别",
    ApproximateNumber: "数值不确切",
    AmbiguousNumber: "数值有歧义",
    NumberAsDate: "数字变成了日期",
    MergedAmount: "几行合并的数",
    DisagreeingCells: "一行里说法不一",
    DisagreeingColumns: "同一项的两列不一样",
    WithoutUnit: "金额没有单位",
    OtherAnswer: "答的不是所问",
    UnknownWord: "用词无法识别",
    UnreadableYear: "年度无法识别",
    PendingText: "内容还没有填",
    FormulaWithoutValue: "公式没有结果",
    ErrorValue: "单元格显示错误值",
    CellAbove: "同上",
    DamagedIdentityNumber: "身份证号已失真",
    BlankRequired: "必填项为空",
    UnknownPerson: "姓名不在花名册",
    AmbiguousPerson: "重名无法区分",
    GroupOfPeople: "没有写明是哪些人",
    ConflictingPerson: "工号与姓名不一致",
    ContradictedPerson: "与花名册所记不符",
    Nameless: "没有姓名或名称",
    RepeatedRosterRow: "花名册重复登记",
    DisagreeingRosterRows: "花名册各行不一致",
    UnknownSchool: "学校不在名单",
    UnknownInstitution: "单位不在名单",
    RepeatedRow: "疑似重复登记",
    RepeatedText: "编号重复",
    DeniedRow: "备注表明可能不算",
    ExcusedPerson: "备注表明可能不在岗",
    WrongIdentityNumber: "身份证号有误",
    OldIdentityNumber: "身份证号为15位",
    DisagreeingIdentity: "身份证号与登记不符",
    SharedIdentityNumber: "身份证号重复",
    UnlikelyDate: "日期不合常理",
    ReversedDates: "结束早于开始",
    DateAfterAsOf: "日期在截止日之后",
    UnlikelyAmount: "数量不合常理",
    UnusedColumn: "未使用的列",
    UnusedRow: "未使用的行",
    UnusedSheet: "未使用的工作表",
    IncompleteSheet: "表中说记录不全",
    NamedBySheet: "姓名按表名认定",
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
