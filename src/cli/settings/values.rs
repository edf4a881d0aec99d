//! Single values of the command line.

use std::path::PathBuf;

use jiff::civil::Date;

use crate::cli::UserError;
use crate::cli::typed::WIDE_DASHES;
use crate::dictionary::Dictionary;

/// Errors: it is written in another form, or there is no such day.
pub(crate) fn day(text: &str) -> Result<Date, UserError> {
    let has_form = text.len() == 10
        && text.bytes().enumerate().all(|(at, b)| match at {
            4 | 7 => b == b'-',
            _ => b.is_ascii_digit(),
        });
    let date = if has_form { text.parse().ok() } else { None };
    date.ok_or_else(|| UserError::new(format!("--as-of 的“{text}”不是日期；请写成 2023-12-31 的样子")))
}

/// A level by any of its names.
pub(super) fn level(text: &str, dictionary: &Dictionary) -> Result<String, UserError> {
    let list = dictionary.lists.iter().find(|list| list.id == "level");
    let Some(list) = list else { return Ok(text.to_string()) };
    match list.one(text) {
        Some(word) => Ok(list.word(word).to_string()),
        None => {
            let words: Vec<&str> = list.words.iter().rev().map(String::as_str).collect();
            Err(UserError::new(format!("--level 不能写“{text}”；可以写：{}", words.join("、"))))
        }
    }
}

pub(super) fn institution(text: &str) -> Result<String, UserError> {
    match text.trim() {
        "" => Err(UserError::new("--institution 后面没有写单位名称")),
        name => Ok(name.to_string()),
    }
}

pub(crate) fn refuse_missing(inputs: &[PathBuf]) -> Result<(), UserError> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_in_one_way() {
        assert_eq!(day("2023-12-31"), Ok(jiff::civil::date(2023, 12, 31)));
        for wrong in ["", "2023-02-30", "20231231", "2023/12/31", "+002023-12-31", "2023-12-31T00:00", "２０２３-12-31"]
        {
            assert!(day(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_level_is_taken_by_any_of_its_names() {
        let level = |text| level(text, Dictionary::built_in());
        assert_eq!(level("区级"), Ok("县级".to_string()));
        assert_eq!(level("省级"), Err(UserError::new("--level 不能写“省级”；可以写：市级、县级、镇街")));
    }
}
