//! What an issue of a cell says: what is wrong, what it means for the audit, and what to do.

use sheets::Raw;

use super::dates;
use crate::model::IssueKind;

/// The first serial of 1901: an earlier date is a number that got the format of a date.
const SERIAL_OF_1901: f64 = 367.0;

/// What stands in a cell, for an issue.
pub fn shown(raw: &Raw<'_>) -> String {
    match raw {
        Raw::Text(text) => text.chars().take(60).collect(),
        Raw::Number(number) => format!("{number}"),
        Raw::Date(serial) => dates::from_serial(*serial).map_or_else(|| format!("{serial}"), |day| day.to_string()),
        Raw::Flag(flag) => if *flag { "TRUE" } else { "FALSE" }.to_string(),
        Raw::Error => "错误值".to_string(),
        Raw::NoValue => "公式".to_string(),
    }
}

/// What an issue of a cell under a header means, and what to do.
pub fn message(kind: IssueKind, header: &str, raw: &Raw<'_>) -> String {
    match kind {
        IssueKind::UnreadableDate
        | IssueKind::AmbiguousDate
        | IssueKind::DateWithoutYear
        | IssueKind::CoarseDate
        | IssueKind::DateRange
        | IssueKind::SeveralDates
        | IssueKind::ConflictingEnd => of_date(kind, header, raw),
        IssueKind::UnreadableNumber
        | IssueKind::ApproximateNumber
        | IssueKind::AmbiguousNumber
        | IssueKind::NumberAsDate => of_number(kind, header, raw),
        IssueKind::UnknownWord => format!("“{header}”的写法不在词表里或有两种意思，按“不能确定”处理；请改成标准用词"),
        IssueKind::UnreadableYear => format!("“{header}”不是能认的年度；请写成 2023 或 2023-2024"),
        IssueKind::FormulaWithoutValue => {
            format!("“{header}”是公式，但文件里没有算出的结果；请用 WPS 或 Excel 打开后保存一次")
        }
        IssueKind::ErrorValue => format!("“{header}”显示为错误值，不能读取；请改正"),
        IssueKind::DamagedIdentityNumber => {
            format!("“{header}”存成了数字，末几位已经丢失；请把单元格设为文本后重新填写")
        }
        IssueKind::BlankRequired
        | IssueKind::UnknownPerson
        | IssueKind::AmbiguousPerson
        | IssueKind::ConflictingPerson
        | IssueKind::RepeatedRosterRow
        | IssueKind::DisagreeingRosterRows
        | IssueKind::UnknownSchool
        | IssueKind::UnknownInstitution
        | IssueKind::RepeatedRow
        | IssueKind::WrongIdentityNumber
        | IssueKind::OldIdentityNumber
        | IssueKind::DisagreeingIdentity
        | IssueKind::SharedIdentityNumber
        | IssueKind::UnlikelyDate
        | IssueKind::ReversedDates
        | IssueKind::DateAfterAsOf
        | IssueKind::UnlikelyAmount
        | IssueKind::UnusedColumn
        | IssueKind::UnusedRow
        | IssueKind::UnusedSheet => format!("“{header}”：{}", kind.label()),
    }
}

fn of_date(kind: IssueKind, header: &str, raw: &Raw<'_>) -> String {
    match kind {
        IssueKind::AmbiguousDate if is_lost_zero(raw) => format!(
            "“{header}”可能是1月也可能是10月（表格软件把 2023.10 存成了 2023.1），按“都有可能”处理；请写成 2023-10-01"
        ),
        IssueKind::AmbiguousDate => {
            format!("“{header}”可以读成不同的日期，按“都有可能”处理；请写全年月日，例如 2023-09-01")
        }
        IssueKind::DateWithoutYear => format!(
            "“{header}”没有写全年份和月份，表名、标题和文件名也说不准，这一行按“可能在任何时段”处理；请写成 2023-09-01"
        ),
        IssueKind::CoarseDate => {
            format!("“{header}”只写到年度或学期，按“其中哪一天都有可能”处理；请写成 2023-09-01")
        }
        IssueKind::DateRange => format!(
            "“{header}”写的是一段日期，这一列只登记一个日期，按“其中哪一天都有可能”处理；请写成一个日期，例如 2023-09-01"
        ),
        IssueKind::SeveralDates => format!("“{header}”一格里有几个日期，算几次不能确定；请分行填写，一行一个日期"),
        IssueKind::ConflictingEnd => {
            format!("“{header}”里写的结束日期与结束日期一列不一致，什么时候结束不能确定；请改成一致")
        }
        _ => format!("“{header}”不是能认的日期，这一行按“可能在任何时段”处理；请写成 2023-09-01"),
    }
}

/// 2023.1, which may have been 2023.10.
fn is_lost_zero(raw: &Raw<'_>) -> bool {
    matches!(raw, Raw::Number(number) if *number >= 1000.0 && format!("{number}").ends_with(".1"))
}

fn of_number(kind: IssueKind, header: &str, raw: &Raw<'_>) -> String {
    match (kind, raw) {
        (IssueKind::ApproximateNumber, _) => {
            format!("“{header}”不是确切的数，多少不能确定；请写准确的数字")
        }
        (IssueKind::AmbiguousNumber, _) => {
            format!("“{header}”可以读成不同的数（是第几到第几，还是一共多少），多少不能确定；请只写总数")
        }
        (IssueKind::NumberAsDate, Raw::Date(serial)) if *serial >= SERIAL_OF_1901 => {
            let day = dates::from_serial(*serial);
            let written = day.map_or_else(|| "1-2".to_string(), |day| format!("{}-{}", day.month(), day.day()));
            format!("“{header}”是日期，可能是把“{written}”变成了日期，原来的数不能确定；请改成数字")
        }
        (IssueKind::NumberAsDate, _) => {
            format!("“{header}”的单元格设成了日期格式，原来的数不能确定；请改成数字格式后核对")
        }
        (_, _) => format!("“{header}”不是能认的数，多少不能确定；请只写数字"),
    }
}
