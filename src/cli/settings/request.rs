//! An audit that can be run, from what was typed.

use std::path::PathBuf;

use jiff::civil::Date;

use super::args::{AuditArgs, Encoding};
use super::packs::{load_packs, pack_not_given};
use super::side_files::{Defects, load_calendar, load_columns};
use crate::audit::{Audit, Settings};
use crate::cli::typed::WIDE_DASHES;
use crate::cli::{Typed, UserError};
use crate::dictionary::Dictionary;
use crate::model::{FileStamp, Period};
use crate::pack::Pack;
use crate::report::Report;

pub(crate) struct PreparedAudit<'d> {
    pub settings: Settings,
    pub dictionary: &'d Dictionary,
    /// The packs as the command line names them, in their order.
    pub pack_names: Vec<PathBuf>,
    /// The office's calendar file. `None` if none is given.
    pub calendar: Option<FileStamp>,
    /// The file with the office's own headers. `None` if none is given.
    pub columns: Option<FileStamp>,
    /// What is allowed and yet odd.
    pub remarks: Vec<String>,
}

impl<'d> PreparedAudit<'d> {
    /// Prepares what was typed; `load` loads the packs that are named.
    pub(crate) fn new(
        args: AuditArgs,
        inputs: Vec<PathBuf>,
        load: impl Fn(&[PathBuf]) -> Result<Vec<Pack>, UserError>,
        threads: usize,
        today: Date,
        dictionary: &'d Dictionary,
    ) -> Result<PreparedAudit<'d>, UserError> {
        let period = args.period.as_deref().map(Period::parse).transpose();
        let period = period.map_err(|error| UserError::new(error.to_string()))?;
        let as_of = args.as_of.as_deref().map(day).transpose()?;
        let level = args.defaults.level.as_deref().map(|text| level(text, dictionary)).transpose()?;
        let institution = args.defaults.institution.as_deref().map(institution).transpose()?;
        let packs = load(&args.packs)?;
        if let Some((as_of, period)) = as_of.zip(period) {
            refuse_early(as_of, period)?;
        }
        if period.is_none() && !args.packs.is_empty() {
            refuse_mixed(&packs)?;
        }
        let calendar = args.calendar.map(|path| load_calendar(&path, Defects::Printed)).transpose()?;
        let columns = args.reading.columns.map(|path| load_columns(&path, Defects::Printed, dictionary)).transpose()?;
        let (calendar, columns) = (calendar.unwrap_or_default(), columns.unwrap_or_default());
        let late = as_of.filter(|as_of| *as_of > today);
        let remarks = late.map(|as_of| format!("核查日 {as_of} 还没有到，今天是 {today}")).into_iter().collect();
        let settings = Settings {
            inputs,
            packs,
            period,
            as_of,
            level,
            institution,
            columns: columns.content,
            calendar: calendar.content,
            whole_copies: false,
            confirmed: Default::default(),
            encoding: args.reading.encoding.map(Encoding::of_text),
            threads,
            today,
        };
        let (calendar, columns) = (calendar.stamp, columns.stamp);
        Ok(PreparedAudit { settings, dictionary, pack_names: args.packs, calendar, columns, remarks })
    }

    /// What a report of the audit is made from. The options are those of `options`.
    pub(crate) fn report<'a>(&'a self, audit: &'a Audit, options: &'a [(String, String)]) -> Report<'a> {
        Report { audit, packs: &self.settings.packs, dictionary: self.dictionary, options }
    }
}

pub(crate) fn load_required(named: &[PathBuf], typed: &Typed, dictionary: &Dictionary) -> Result<Vec<Pack>, UserError> {
    if named.is_empty() { Err(pack_not_given(typed, dictionary)) } else { load_packs(named, dictionary) }
}

fn refuse_early(as_of: Date, period: Period) -> Result<(), UserError> {
    if as_of >= period.start() {
        return Ok(());
    }
    let sentence = format!("核查日 {as_of} 早于核查年度（{}）的第一天 {}", period.label(), period.start());
    Err(UserError::new(sentence).advise("请改 --as-of，或用 --period 指定年度"))
}

/// Errors: some of the packs go by calendar years and others by school years, so that no audit year is that of all.
fn refuse_mixed(packs: &[Pack]) -> Result<(), UserError> {
    let of = |school: bool| {
        packs.iter().filter(|pack| pack.school_year == school).map(|pack| pack.id.as_str()).collect::<Vec<_>>()
    };
    let (calendar, school) = (of(false), of(true));
    if calendar.is_empty() || school.is_empty() {
        return Ok(());
    }
    let sentence =
        format!("{}按自然年核查，{}按学年核查，不能都按同一个年度核查", calendar.join("、"), school.join("、"));
    Err(UserError::new(sentence).advise("请分开核查，或用 --period 指定核查年度，各份文件都按这一年核查"))
}

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
fn level(text: &str, dictionary: &Dictionary) -> Result<String, UserError> {
    let list = dictionary.list(dictionary.schema.levels);
    let allowed = || list.words.iter().rev().map(String::as_str).collect::<Vec<_>>().join("、");
    let unknown = || UserError::new(format!("--level 不能写“{text}”；可以写：{}", allowed()));
    list.one(text).map(|word| list.word(word).to_string()).ok_or_else(unknown)
}

fn institution(text: &str) -> Result<String, UserError> {
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
