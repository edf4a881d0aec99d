//! The inputs that the command line names.

use std::path::PathBuf;

use crate::cli::UserError;
use crate::cli::typed::WIDE_DASHES;

/// Errors: inputs that are not there.
pub fn refuse_missing(inputs: &[PathBuf]) -> Result<(), UserError> {
    let is_missing = |path: &&PathBuf| matches!(path.try_exists(), Ok(false));
    let missing: Vec<String> = inputs.iter().filter(is_missing).map(|path| path.display().to_string()).collect();
    if let Some(option) = missing.iter().find(|name| name.starts_with(WIDE_DASHES)) {
        let right = option.trim_start_matches(WIDE_DASHES);
        return Err(UserError::new(format!("“{option}”开头的横线不对；选项要用两个半角减号，写成 --{right}")));
    }
    if missing.is_empty() {
        return Ok(());
    }
    let names: String = missing.iter().map(|name| format!("《{name}》")).collect();
    let advice = "请检查名称和所在的文件夹是否写对；名称中有空格时，前后加英文双引号";
    Err(UserError::new(format!("找不到{names}")).advise(advice))
}
