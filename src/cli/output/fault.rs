//! What the operating system says, in Chinese.

use std::io::{self, ErrorKind};

use crate::cli::UserError;

/// What the kinds of errors mean, where the kind says enough.
const REASONS: [(ErrorKind, &str); 11] = [
    (ErrorKind::NotFound, "没有这个文件或文件夹"),
    // Windows says so of a file that another program holds open, too.
    (ErrorKind::PermissionDenied, if cfg!(windows) { "没有权限，或文件正被 WPS、Excel 打开" } else { "没有权限" }),
    (ErrorKind::AlreadyExists, "已经存在"),
    (ErrorKind::IsADirectory, "这是文件夹，不是文件"),
    (ErrorKind::NotADirectory, "路径中有一段不是文件夹"),
    (ErrorKind::ReadOnlyFilesystem, "磁盘是只读的"),
    (ErrorKind::StorageFull, "磁盘已满"),
    (ErrorKind::QuotaExceeded, "磁盘已满"),
    (ErrorKind::FileTooLarge, "文件太大"),
    (ErrorKind::InvalidFilename, "文件名太长，或含有不能用的字符"),
    (ErrorKind::ResourceBusy, "正被其他程序占用"),
];

/// ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION: what Windows says of a file that WPS or Excel holds open.
const HELD_OPEN: [i32; 2] = [32, 33];

/// Why the system refused, as a clause that can stand behind a colon.
pub(crate) fn reason(error: &io::Error) -> String {
    if let Some((_, known)) = REASONS.iter().find(|(kind, _)| *kind == error.kind()) {
        return known.to_string();
    }
    match error.raw_os_error() {
        Some(code) if cfg!(windows) && HELD_OPEN.contains(&code) => "正被 WPS 或 Excel 打开，请先关闭它".to_string(),
        Some(code) => format!("系统错误 {code}"),
        None => "系统错误".to_string(),
    }
}

/// What was not done, and why the system refused it.
pub(crate) fn failed(sentence: impl Into<String>, error: &io::Error) -> UserError {
    UserError::new(format!("{}：{}", sentence.into(), reason(error)))
}
