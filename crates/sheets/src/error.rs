//! What can be wrong with an input file, each in one plain Chinese sentence.
//!
//! A sentence says what is wrong, where, and what to do. It holds neither cell contents nor a library's error text.

use std::io;
use std::path::{Path, PathBuf};

use super::encoding::TextEncoding;

/// An input that cannot be read wholly, and why. `Display` is the sentence for the user; it names the path once.
#[derive(Debug, thiserror::Error)]
#[error("《{}》：{fault}", path.display())]
pub struct ReadError {
    path: PathBuf,
    fault: Fault,
}

impl ReadError {
    /// Joins a fault with the path as the user gave it.
    pub(super) fn new(path: &Path, fault: Fault) -> ReadError {
        let path = path.to_path_buf();
        ReadError { path, fault }
    }

    /// The path as the user gave it, or a file found in a folder that the user gave.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The kind of fault, without the path.
    pub fn fault(&self) -> &Fault {
        &self.fault
    }
}

/// The kinds of fault that keep a file from being read. Cells are named as in A1, lines count from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("没有这个文件或文件夹，请检查名称和位置")]
    Missing,
    #[error("这是一个文件夹，请给出其中的文件")]
    Folder,
    #[error("没有读取权限，请检查文件的权限设置")]
    Forbidden,
    #[error("正被其他程序占用，请先在 WPS 或 Excel 中关闭该文件")]
    InUse,
    #[error("读取时磁盘或网络出错，请把文件拷贝到本机后再检查")]
    Unreadable,
    #[error("文件夹中没有工作簿（.xlsx、.xls、.et、.ods、.csv 等），请检查位置")]
    NoWorkbooks,
    #[error("文件是空的（0 字节），请重新拷贝一份再检查")]
    Empty,
    #[error("文件已损坏，请重新拷贝一份再检查")]
    Damaged,
    #[error("文件已损坏：工作表“{sheet}”{}，请重新拷贝一份再检查", place(after))]
    DamagedSheet {
        sheet: String,
        /// The last cell that could be read.
        after: Option<String>,
    },
    #[error("文件有打开密码，请在 WPS 或 Excel 中取消密码后再检查")]
    Password,
    #[error("实际是{kind}，请用 WPS 或 Excel 打开后另存为 .xlsx 再检查")]
    NotAWorkbook {
        /// The true kind, in Chinese.
        kind: &'static str,
    },
    #[error("不是电子表格文件，请检查是否给错了文件")]
    NotASpreadsheet,
    #[error("是打开文件时的临时锁文件，不是台账，请给出台账本身")]
    LockFile,
    #[error("是本程序写出的核查报告，不是台账，请从要核查的文件中去掉")]
    OwnReport,
    #[error("文件展开后异常庞大，可能是恶意文件，没有读取，请核实来源")]
    TooLarge,
    #[error("文件含有电子表格中不应有的外部定义（DOCTYPE 或 ENTITY），可能是恶意文件，没有读取，请核实来源")]
    ForeignDefinitions,
    #[error("有两个工作表都叫“{sheet}”，请改名后再检查")]
    SheetTwice { sheet: String },
    #[error("工作表“{sheet}”的内容缺失，请用 WPS 或 Excel 打开后另存为 .xlsx 再检查")]
    SheetMissing { sheet: String },
    #[error("工作表“{sheet}”的单元格 {cell} 重复出现或次序颠倒，请用 WPS 或 Excel 打开后另存为 .xlsx 再检查")]
    CellOrder { sheet: String, cell: String },
    #[error("工作表“{sheet}”的单元格 {cell} 超出表格的最大范围，请用 WPS 或 Excel 打开后另存为 .xlsx 再检查")]
    CellBeyond { sheet: String, cell: String },
    #[error("工作表“{sheet}”的单元格 {cell} 指向不存在的文字，文件已损坏，请重新拷贝一份再检查")]
    StringMissing { sheet: String, cell: String },
    #[error("第 {line} 行{}", undecodable(*asked))]
    Undecodable {
        line: u32,
        /// The encoding that the user asked for.
        asked: Option<TextEncoding>,
    },
    #[error("开头的标记说明是 {marked}，与 --encoding {} 不符，请去掉或改正这个选项再检查", asked.name())]
    OtherMark {
        asked: TextEncoding,
        /// The encoding that the file names itself.
        marked: &'static str,
    },
    #[error("第 {line} 行含有空字符（NUL），请用 WPS 或 Excel 打开后另存为 .xlsx 再检查{}", perhaps_wide(*asked))]
    Nul {
        line: u32,
        /// The encoding that the user asked for.
        asked: Option<TextEncoding>,
    },
    #[error("第 {line} 行的引号没有配对（只有开头的英文双引号，没有结尾的），请改正后再检查")]
    OpenQuote { line: u32 },
}

fn undecodable(asked: Option<TextEncoding>) -> String {
    match asked {
        Some(asked) => format!(
            "有不属于 --encoding {} 编码的内容，请改正或去掉这个选项，或用 WPS 或 Excel 打开后另存为 .xlsx 再检查",
            asked.name()
        ),
        None => "有无法识别的文字编码，请用 WPS 或 Excel 打开后另存为 .xlsx 再检查；\
                 知道是哪种编码的，也可以加上 --encoding 写明，如 --encoding gb18030"
            .to_owned(),
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

fn place(after: &Option<String>) -> String {
    match after {
        Some(cell) => format!("的单元格 {cell} 之后读不出来"),
        None => "读不出来".to_owned(),
    }
}

impl Fault {
    /// The fault behind an error of the operating system.
    pub(super) fn of_io(error: &io::Error) -> Fault {
        // 32 and 33 are the sharing and lock violations of Windows; elsewhere the numbers mean other things.
        if cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33)) {
            return Fault::InUse;
        }
        match error.kind() {
            io::ErrorKind::NotFound => Fault::Missing,
            io::ErrorKind::IsADirectory => Fault::Folder,
            io::ErrorKind::PermissionDenied => Fault::Forbidden,
            io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidData => Fault::Damaged,
            _ => Fault::Unreadable,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_names_the_path_once_and_says_what_to_do() {
        let sheet = "台账".to_owned();
        let after = Some("B3".to_owned());
        let error = ReadError::new(Path::new("a/b.xls"), Fault::DamagedSheet { sheet, after });
        assert_eq!(
            error.to_string(),
            "《a/b.xls》：文件已损坏：工作表“台账”的单元格 B3 之后读不出来，请重新拷贝一份再检查"
        );
    }

    #[test]
    fn text_that_cannot_be_decoded_is_told_with_the_option_that_helps() {
        let (line, asked) = (7, Some(TextEncoding::Utf8));
        assert_eq!(
            Fault::Undecodable { line, asked: None }.to_string(),
            "第 7 行有无法识别的文字编码，请用 WPS 或 Excel 打开后另存为 .xlsx 再检查；\
             知道是哪种编码的，也可以加上 --encoding 写明，如 --encoding gb18030"
        );
        assert_eq!(
            Fault::Undecodable { line, asked }.to_string(),
            "第 7 行有不属于 --encoding utf-8 编码的内容，请改正或去掉这个选项，\
             或用 WPS 或 Excel 打开后另存为 .xlsx 再检查"
        );
        assert_eq!(
            Fault::OtherMark { asked: TextEncoding::Gbk, marked: "UTF-8 编码" }.to_string(),
            "开头的标记说明是 UTF-8 编码，与 --encoding gbk 不符，请去掉或改正这个选项再检查"
        );
        assert_eq!(
            Fault::Nul { line, asked: None }.to_string(),
            "第 7 行含有空字符（NUL），请用 WPS 或 Excel 打开后另存为 .xlsx 再检查；\
             如果文件是 UTF-16 编码，请加上 --encoding utf-16"
        );
    }

    #[test]
    fn the_system_s_own_errors_get_their_own_sentences() {
        let fault = |kind: io::ErrorKind| Fault::of_io(&kind.into());
        assert_eq!(fault(io::ErrorKind::NotFound), Fault::Missing);
        assert_eq!(fault(io::ErrorKind::PermissionDenied), Fault::Forbidden);
        assert_eq!(fault(io::ErrorKind::UnexpectedEof), Fault::Damaged);
        assert_eq!(fault(io::ErrorKind::TimedOut), Fault::Unreadable);
    }
}
