//! What the clerk is told about a file: what was odd about it, or why it cannot be read, where, and what to do.

use std::fmt::Display;

use sheets::{Fault, ForeignKind, ReadError, Remark, TextEncoding};

const COPY_AGAIN: &str = "请重新拷贝一份再检查";
const SAVE_AGAIN: &str = "请用 WPS 或 Excel 打开后另存为 .xlsx 再检查";

/// The error as one sentence without an end mark, which names the path.
pub fn error_text(error: &ReadError) -> String {
    format!("《{}》：{}", error.path().display(), fault_text(error.fault()))
}

fn fault_text(fault: &Fault) -> String {
    match fault {
        Fault::Missing => "没有这个文件或文件夹，请检查名称和位置".to_owned(),
        Fault::Folder => "这是一个文件夹，请给出其中的文件".to_owned(),
        Fault::Forbidden => "没有读取权限，请检查文件的权限设置".to_owned(),
        Fault::InUse => "正被其他程序占用，请先在 WPS 或 Excel 中关闭该文件".to_owned(),
        Fault::Unreadable => "读取时磁盘或网络出错，请把文件拷贝到本机后再检查".to_owned(),
        Fault::Empty => format!("文件是空的（0 字节），{COPY_AGAIN}"),
        Fault::Damaged => format!("文件已损坏，{COPY_AGAIN}"),
        Fault::DamagedSheet { sheet, after } => {
            let place = after.as_ref().map(|cell| format!("的单元格 {cell} 之后")).unwrap_or_default();
            format!("文件已损坏：工作表“{sheet}”{place}读不出来，{COPY_AGAIN}")
        }
        Fault::Password => "文件有打开密码，请在 WPS 或 Excel 中取消密码后再检查".to_owned(),
        Fault::NotAWorkbook { kind } => format!("实际是{}，{SAVE_AGAIN}", kind_label(*kind)),
        Fault::NotASpreadsheet => "不是电子表格文件，请检查是否给错了文件".to_owned(),
        Fault::RefusedKeyword => "是本程序写出的核查报告，不是台账，请从要核查的文件中去掉".to_owned(),
        Fault::TooLarge => "文件展开后异常庞大，可能是恶意文件，没有读取，请核实来源".to_owned(),
        Fault::ForeignDefinitions => {
            "文件含有电子表格中不应有的外部定义（DOCTYPE 或 ENTITY），可能是恶意文件，没有读取，请核实来源".to_owned()
        }
        Fault::SheetTwice { sheet } => format!("有两个工作表都叫“{sheet}”，请改名后再检查"),
        Fault::SheetMissing { sheet } => format!("工作表“{sheet}”的内容缺失，{SAVE_AGAIN}"),
        Fault::CellOrder { sheet, cell } => at_cell(sheet, cell, "重复出现或次序颠倒", SAVE_AGAIN),
        Fault::CellBeyond { sheet, cell } => at_cell(sheet, cell, "超出表格的最大范围", SAVE_AGAIN),
        Fault::StringMissing { sheet, cell } => at_cell(sheet, cell, "指向不存在的文字，文件已损坏", COPY_AGAIN),
        Fault::Undecodable { line, asked } => undecodable(*line, *asked),
        Fault::OtherMark { asked, marked } => format!(
            "开头的标记说明是 {}，与 --encoding {} 不符，请去掉或改正这个选项再检查",
            encoding_label(*marked),
            asked.name()
        ),
        Fault::Nul { line, asked } => {
            format!("第 {line} 行含有空字符（NUL），{SAVE_AGAIN}{}", perhaps_wide(*asked))
        }
        Fault::OpenQuote { line } => {
            format!("第 {line} 行的引号没有配对（只有开头的英文双引号，没有结尾的），请改正后再检查")
        }
    }
}

fn at_cell(sheet: &str, cell: &impl Display, fault: &str, advice: &str) -> String {
    format!("工作表“{sheet}”的单元格 {cell} {fault}，{advice}")
}

fn undecodable(line: u32, asked: Option<TextEncoding>) -> String {
    match asked {
        Some(asked) => format!(
            "第 {line} 行有不属于 --encoding {} 编码的内容，请改正或去掉这个选项，\
             或用 WPS 或 Excel 打开后另存为 .xlsx 再检查",
            asked.name()
        ),
        None => format!(
            "第 {line} 行有无法识别的文字编码，{SAVE_AGAIN}；\
             知道是哪种编码的，也可以加上 --encoding 写明，如 --encoding gb18030"
        ),
    }
}

/// UTF-16 without a mark looks like text full of NULs.
fn perhaps_wide(asked: Option<TextEncoding>) -> &'static str {
    match asked {
        Some(TextEncoding::Utf16) => "",
        Some(TextEncoding::Utf8 | TextEncoding::Gbk | TextEncoding::Gb18030) | None => {
            "；如果文件是 UTF-16 编码，请加上 --encoding utf-16"
        }
    }
}

/// What the clerk calls a kind of file.
fn kind_label(kind: ForeignKind) -> &'static str {
    match kind {
        ForeignKind::Pdf => "PDF 文件",
        ForeignKind::Png => "PNG 图片",
        ForeignKind::Jpeg => "JPEG 图片",
        ForeignKind::Gif => "GIF 图片",
        ForeignKind::Gzip => "gzip 压缩文件",
        ForeignKind::Rar => "RAR 压缩文件",
        ForeignKind::SevenZip => "7z 压缩文件",
        ForeignKind::Rtf => "RTF 文档",
        ForeignKind::OldExcel => "很旧的 Excel 4.0 或更早格式",
        ForeignKind::WebArchive => "网页归档（MHT）文件",
        ForeignKind::Html => "网页（HTML）文件",
        ForeignKind::Xml2003 => "XML 表格 2003 文件",
        ForeignKind::Xml => "XML 文件",
        ForeignKind::Text => "纯文本文件",
        ForeignKind::Unknown => "无法识别的文件",
    }
}

/// The remark as a sentence without an end mark, to follow the file's name.
pub fn remark_text(remark: &Remark) -> String {
    match remark {
        Remark::OtherFormat { format } => {
            format!("扩展名与内容不符（实为 {} 格式），已按内容读取", format.name())
        }
        Remark::DecodedAs { encoding } => format!("文件按 {}读取", encoding_label(*encoding)),
        Remark::DecodedAsAsked { encoding } => {
            format!("按 --encoding {} 的要求，以 {}读取", encoding.name(), encoding_label(*encoding))
        }
        Remark::NoCodePage => "文件未注明文字编码，按 GBK 读取".to_owned(),
        Remark::NotAWorksheet { sheet } => format!("工作表“{sheet}”是图表、宏或对话框工作表，未读取"),
        Remark::HiddenSheet { sheet } => format!("工作表“{sheet}”是隐藏的，没有因此略过"),
        Remark::HiddenRows { sheet } => format!("工作表“{sheet}”有隐藏的行或列，没有因此略过"),
    }
}

/// What the clerk calls an encoding.
fn encoding_label(encoding: TextEncoding) -> &'static str {
    match encoding {
        TextEncoding::Utf8 => "UTF-8 编码",
        TextEncoding::Gbk | TextEncoding::Gb18030 => "GB18030（GBK）编码",
        TextEncoding::Utf16 => "UTF-16 编码",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_of_a_damaged_sheet_says_where_the_damage_begins() {
        let fault = |after: Option<&str>| {
            let (sheet, after) = ("台账".to_owned(), after.map(str::to_owned));
            fault_text(&Fault::DamagedSheet { sheet, after })
        };
        let expected = "文件已损坏：工作表“台账”的单元格 B3 之后读不出来，请重新拷贝一份再检查";
        assert_eq!(fault(Some("B3")), expected);
        assert_eq!(fault(None), "文件已损坏：工作表“台账”读不出来，请重新拷贝一份再检查");
    }

    #[test]
    fn text_that_cannot_be_decoded_is_told_with_the_option_that_helps() {
        let (line, asked) = (7, Some(TextEncoding::Utf8));
        assert_eq!(
            fault_text(&Fault::Undecodable { line, asked: None }),
            "第 7 行有无法识别的文字编码，请用 WPS 或 Excel 打开后另存为 .xlsx 再检查；\
             知道是哪种编码的，也可以加上 --encoding 写明，如 --encoding gb18030"
        );
        assert_eq!(
            fault_text(&Fault::Undecodable { line, asked }),
            "第 7 行有不属于 --encoding utf-8 编码的内容，请改正或去掉这个选项，\
             或用 WPS 或 Excel 打开后另存为 .xlsx 再检查"
        );
        assert_eq!(
            fault_text(&Fault::OtherMark { asked: TextEncoding::Gbk, marked: TextEncoding::Utf8 }),
            "开头的标记说明是 UTF-8 编码，与 --encoding gbk 不符，请去掉或改正这个选项再检查"
        );
        assert_eq!(
            fault_text(&Fault::Nul { line, asked: None }),
            "第 7 行含有空字符（NUL），请用 WPS 或 Excel 打开后另存为 .xlsx 再检查；\
             如果文件是 UTF-16 编码，请加上 --encoding utf-16"
        );
    }

    #[test]
    fn an_encoding_is_named_and_whether_it_was_asked_for() {
        let found = Remark::DecodedAs { encoding: TextEncoding::Gb18030 };
        assert_eq!(remark_text(&found), "文件按 GB18030（GBK）编码读取");
        let asked = |encoding| remark_text(&Remark::DecodedAsAsked { encoding });
        assert_eq!(asked(TextEncoding::Utf8), "按 --encoding utf-8 的要求，以 UTF-8 编码读取");
        assert_eq!(asked(TextEncoding::Gbk), "按 --encoding gbk 的要求，以 GB18030（GBK）编码读取");
        assert_eq!(asked(TextEncoding::Utf16), "按 --encoding utf-16 的要求，以 UTF-16 编码读取");
    }
}
