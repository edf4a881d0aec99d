//! What the operating system says, in Chinese.

use std::io::{self, ErrorKind};

/// Why the system refused, as a clause that can stand behind a colon.
pub fn reason(error: &io::Error) -> String {
    let known = match error.kind() {
        ErrorKind::NotFound => "没有这个文件或文件夹",
        // Windows says so of a file that another program holds open, too.
        ErrorKind::PermissionDenied if cfg!(windows) => "没有权限，或文件正被 WPS、Excel 打开",
        ErrorKind::PermissionDenied => "没有权限",
        ErrorKind::AlreadyExists => "已经存在",
        ErrorKind::IsADirectory => "这是文件夹，不是文件",
        ErrorKind::NotADirectory => "路径中有一段不是文件夹",
        ErrorKind::ReadOnlyFilesystem => "磁盘是只读的",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "磁盘已满",
        ErrorKind::FileTooLarge => "文件太大",
        ErrorKind::InvalidFilename => "文件名太长，或含有不能用的字符",
        ErrorKind::ResourceBusy => "正被其他程序占用",
        // The kinds are the system's to extend.
        _ => return other(error.raw_os_error()),
    };
    known.to_string()
}

/// ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION: what Windows says of a file that WPS or Excel holds open.
const HELD_OPEN: [i32; 2] = [32, 33];

fn other(code: Option<i32>) -> String {
    match code {
        Some(code) if cfg!(windows) && HELD_OPEN.contains(&code) => "正被 WPS 或 Excel 打开，请先关闭它".to_string(),
        Some(code) => format!("系统错误 {code}"),
        None => "系统错误".to_string(),
    }
}
