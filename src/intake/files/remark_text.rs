//! What the clerk is told about a file that was read.

use sheets::{Remark, TextEncoding};

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
        Remark::HiddenSheet { sheet } => format!("工作表“{sheet}”是隐藏的，也已读取"),
        Remark::HiddenRows { sheet } => format!("工作表“{sheet}”有隐藏的行或列，也已读取"),
    }
}

/// What the clerk calls an encoding.
pub(super) fn encoding_label(encoding: TextEncoding) -> &'static str {
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
    fn an_encoding_is_named_and_whether_it_was_asked_for() {
        let found = Remark::DecodedAs { encoding: TextEncoding::Gb18030 };
        assert_eq!(remark_text(&found), "文件按 GB18030（GBK）编码读取");
        let asked = |encoding| remark_text(&Remark::DecodedAsAsked { encoding });
        assert_eq!(asked(TextEncoding::Utf8), "按 --encoding utf-8 的要求，以 UTF-8 编码读取");
        assert_eq!(asked(TextEncoding::Gbk), "按 --encoding gbk 的要求，以 GB18030（GBK）编码读取");
        assert_eq!(asked(TextEncoding::Utf16), "按 --encoding utf-16 的要求，以 UTF-16 编码读取");
    }
}
