//! What an issue of a cell says: what is wrong, what it means for the audit, and what to do.

use std::borrow::Cow;

use sheets::Raw;

use super::dates;
use super::reserves::parted;
use crate::model::IssueKind;

/// The first serial of 1901: an earlier date is a number that got the format of a date.
const SERIAL_OF_1901: f64 = 367.0;

/// What an issue means, and what to do; each follows the header.
const TEXTS: [(IssueKind, &str); 20] = [
    (IssueKind::UnreadableDate, "不是能认的日期，这一行按“可能在任何时段”处理；请写成 2023-09-01"),
    (IssueKind::AmbiguousDate, "可以读成不同的日期，按“都有可能”处理；请写全年月日，例如 2023-09-01"),
    (
        IssueKind::DateWithoutYear,
        "没有写全年份和月份，表名、标题和文件名也说不准，这一行按“可能在任何时段”处理；请写成 2023-09-01",
    ),
    (IssueKind::CoarseDate, "只写到年度或学期，按“其中哪一天都有可能”处理；请写成 2023-09-01"),
    (
        IssueKind::DateRange,
        "写的是一段日期，这一列只登记一个日期，按“其中哪一天都有可能”处理；请写成一个日期，例如 2023-09-01",
    ),
    (IssueKind::SeveralDates, "一格里有几个日期，算几次不能确定；请分行填写，一行一个日期"),
    (IssueKind::ConflictingEnd, "里写的结束日期与结束日期一列不一致，什么时候结束不能确定；请改成一致"),
    (IssueKind::UnreadableNumber, "不是能认的数，多少不能确定；请只写数字"),
    (IssueKind::ApproximateNumber, "不是确切的数，多少不能确定；请写准确的数字"),
    (IssueKind::AmbiguousNumber, "可以读成不同的数（是第几到第几，还是一共多少），多少不能确定；请只写总数"),
    (IssueKind::NumberAsDate, "的单元格设成了日期格式，原来的数不能确定；请改成数字格式后核对"),
    (
        IssueKind::MergedAmount,
        "的一格合并了几行，是几行一共这么多、平均分摊还是每行都有这么多，不能确定，按“都有可能”处理；请取消合并，逐行填写",
    ),
    (
        IssueKind::OtherAnswer,
        "与项目所问的不符（问是否的只能答“是”或“否”，问多少的要填数），按“不能确定”处理；请核对后改正",
    ),
    (IssueKind::UnknownWord, "的写法不在词表里或有两种意思，按“不能确定”处理；请改成标准用词"),
    (IssueKind::UnreadableYear, "不是能认的年度；请写成 2023 或 2023-2024"),
    (
        IssueKind::PendingText,
        "写的是还没有或以后再补，现在有没有不能确定，与它有关的结论只能待核；有了的请填上内容，确实没有的请写“无”",
    ),
    (IssueKind::FormulaWithoutValue, "是公式，但文件里没有算出的结果；请用 WPS 或 Excel 打开后保存一次"),
    (IssueKind::ErrorValue, "显示为错误值，不能读取；请改正"),
    (IssueKind::CellAbove, "写的是“同上”，上一行没有内容，不能确定指什么，按“不能确定”处理；请照实填写"),
    (IssueKind::DamagedIdentityNumber, "存成了数字，末几位已经丢失；请把单元格设为文本后重新填写"),
];

/// What stands in a cell, for an issue.
pub(crate) fn shown(raw: &Raw<'_>) -> String {
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
pub(crate) fn message(kind: IssueKind, header: &str, raw: &Raw<'_>) -> String {
    let text = by_content(kind, raw).unwrap_or_else(|| match TEXTS.iter().find(|(of, _)| *of == kind) {
        Some((_, text)) => (*text).into(),
        None => format!("：{}", kind.label()).into(),
    });
    format!("“{header}”{text}")
}

/// Whether a number ends as one does whose last nought was cut.
fn is_cut(number: f64) -> bool {
    format!("{number}").ends_with(".1")
}

/// What is said of a cell whose content shows how it came about.
fn by_content(kind: IssueKind, raw: &Raw<'_>) -> Option<Cow<'static, str>> {
    // 2023.1, which may have been 2023.10.
    let number = match raw {
        Raw::Number(number) => Some(*number),
        Raw::Text(text) => dates::shortened(text.trim()),
        Raw::Date(_) | Raw::Flag(_) | Raw::Error | Raw::NoValue => None,
    };
    if kind == IssueKind::AmbiguousDate && number.is_some_and(|number| number >= 1000.0 && is_cut(number)) {
        let text =
            "可能是1月也可能是10月（表格软件把 2023.10 存成了 2023.1），按“都有可能”处理；请写全年月，如 2023年10月";
        return Some(text.into());
    }
    if let (IssueKind::ApproximateNumber, Raw::Text(text)) = (kind, raw)
        && parted(text).is_some()
    {
        return Some("括号里的那一部分算不算不能确定，按扣除以后到全部之间处理；请只写算数的那个数".into());
    }
    let (IssueKind::NumberAsDate, Raw::Date(serial)) = (kind, raw) else { return None };
    (*serial >= SERIAL_OF_1901).then(|| {
        let day = dates::from_serial(*serial);
        let written = day.map_or_else(|| "1-2".to_string(), |day| format!("{}-{}", day.month(), day.day()));
        format!("是日期，可能是把“{written}”变成了日期，原来的数不能确定；请改成数字").into()
    })
}
