//! What is typed for the commands that make an audit or read workbooks.

use std::path::PathBuf;
use std::thread::available_parallelism;

use clap::{Args, ValueEnum};
use sheets::TextEncoding;
use watched::Limits;

use crate::cli::UserError;

// What an audit is made with, for every command that makes one.
#[derive(Debug, Default, Args)]
pub struct AuditArgs {
    #[arg(long = "pack", value_name = "规则包", help = "用哪份文件核查：内置规则包的编号，或规则包文件；可以写多次")]
    pub packs: Vec<PathBuf>,
    #[arg(long, value_name = "年度", help = "核查年度：2023（自然年）或 2023-2024（学年）；不写则取最近结束的年度")]
    pub period: Option<String>,
    #[arg(
        long = "as-of",
        value_name = "日期",
        help = "核查日，例如 2023-12-31；不写则取年度最后一天与今天中较早的一天"
    )]
    pub as_of: Option<String>,
    #[command(flatten)]
    pub defaults: DefaultArgs,
    #[arg(long, value_name = "校历文件", help = "单位的校历（.toml）：学期、节假日；不写则按默认的学期起止日期")]
    pub calendar: Option<PathBuf>,
    #[command(flatten)]
    pub reading: ReadingArgs,
}

// What holds where the records say nothing.
#[derive(Debug, Default, Args)]
pub struct DefaultArgs {
    #[arg(long, value_name = "层级", help = "台账没有写层级时按哪一级：市级、县级、镇街")]
    pub level: Option<String>,
    #[arg(long, value_name = "单位名称", help = "台账没有写单位时的单位名称")]
    pub institution: Option<String>,
}

// How the records are read.
#[derive(Debug, Default, Args)]
pub struct ReadingArgs {
    #[arg(
        long,
        value_name = "表头对照文件",
        help = "本单位自己的表头和表名（.toml），例如 [columns] 下面写 \"教研员大名\" = \"姓名\""
    )]
    pub columns: Option<PathBuf>,
    #[arg(
        long,
        value_name = "编码",
        help = "csv 文件的文字编码：utf-8、gbk、gb18030、utf-16；不写则自动识别",
        ignore_case = true,
        hide_possible_values = true
    )]
    pub encoding: Option<Encoding>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Encoding {
    #[value(name = "utf-8", alias = "utf8")]
    Utf8,
    #[value(name = "gbk")]
    Gbk,
    #[value(name = "gb18030")]
    Gb18030,
    #[value(name = "utf-16", alias = "utf16")]
    Utf16,
}

impl Encoding {
    /// As the reader of files has it.
    pub fn of_text(self) -> TextEncoding {
        match self {
            Encoding::Utf8 => TextEncoding::Utf8,
            Encoding::Gbk => TextEncoding::Gbk,
            Encoding::Gb18030 => TextEncoding::Gb18030,
            Encoding::Utf16 => TextEncoding::Utf16,
        }
    }
}

// For every command that reads workbooks, as `#[command(flatten)] pub limits: LimitArgs`.
#[derive(Clone, Debug, Default, Args)]
pub struct LimitArgs {
    #[arg(long, help = "不显示进度")]
    pub quiet: bool,
    #[arg(
        long = "time-limit",
        value_name = "秒",
        help = "读一个文件时，多少秒没有进展就停止；不写则 60",
        allow_negative_numbers = true
    )]
    pub time_limit: Option<String>,
    #[arg(
        long = "memory-limit",
        value_name = "MB",
        help = "最多用多少 MB 内存，超过就停止；不写则 2048",
        allow_negative_numbers = true
    )]
    pub memory_limit: Option<String>,
    #[arg(
        long,
        value_name = "个数",
        help = "同时用几个线程读取；不写则与电脑的核数相同。结果与线程数无关",
        allow_negative_numbers = true
    )]
    pub threads: Option<String>,
}

const SECONDS: u32 = 60;
const MEGABYTES: u32 = 2048;

impl LimitArgs {
    /// Errors: a limit, or a number of threads, that is no whole number above 0.
    pub fn limits(&self) -> Result<Limits, UserError> {
        self.threads()?;
        let limit = |option: &str, written: &Option<String>, unit: &str, default: u32| {
            let example = format!("{option} {}，单位是{unit}", default.saturating_mul(2));
            number(option, written.as_deref(), default, &example, &format!("不写时是 {default} {unit}"))
        };
        Ok(Limits {
            seconds: limit("--time-limit", &self.time_limit, "秒", SECONDS)?,
            megabytes: limit("--memory-limit", &self.memory_limit, "MB", MEGABYTES)?,
        })
    }

    /// How many threads the work may take: so many as were asked for, else one for each core.
    pub fn threads(&self) -> Result<usize, UserError> {
        let cores = available_parallelism().map_or(1, |cores| u32::try_from(cores.get()).unwrap_or(1));
        let written = self.threads.as_deref();
        Ok(number("--threads", written, cores, "--threads 2", "不写时与电脑的核数相同")? as usize)
    }
}

fn number(option: &str, written: Option<&str>, default: u32, example: &str, advice: &str) -> Result<u32, UserError> {
    let Some(text) = written else { return Ok(default) };
    let number = text.parse().ok().filter(|number| *number > 0 && !text.starts_with('+'));
    let sentence = || format!("{option} 不能写“{text}”；请写大于 0 的整数，例如 {example}");
    number.ok_or_else(|| UserError::new(sentence()).advise(advice))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits(time: &str, memory: &str) -> Result<Limits, String> {
        let given = |text: &str| Some(text.to_string()).filter(|text| !text.is_empty());
        let args = LimitArgs { time_limit: given(time), memory_limit: given(memory), ..LimitArgs::default() };
        args.limits().map_err(|error| error.to_string())
    }

    #[test]
    fn a_limit_is_a_whole_number_above_0_or_the_usual_one() {
        assert_eq!(limits("", ""), Ok(Limits { seconds: 60, megabytes: 2048 }));
        assert_eq!(limits("1", "4294967295"), Ok(Limits { seconds: 1, megabytes: u32::MAX }));
        let seconds = |written: &str| {
            Err(format!(
                "--time-limit 不能写“{written}”；请写大于 0 的整数，例如 --time-limit 120，单位是秒\n  不写时是 60 秒"
            ))
        };
        for written in ["0", "-1", "+5", "1.5", "１０", "60秒", " 60"] {
            assert_eq!(limits(written, ""), seconds(written));
        }
        let memory = "--memory-limit 不能写“2GB”；请写大于 0 的整数，例如 --memory-limit 4096，单位是MB\n  \
            不写时是 2048 MB";
        assert_eq!(limits("", "2GB"), Err(memory.to_string()));
    }

    #[test]
    fn threads_are_as_many_as_asked_for_or_as_there_are_cores() {
        let threads = |written: Option<&str>| {
            let args = LimitArgs { threads: written.map(str::to_string), ..LimitArgs::default() };
            args.threads().map_err(|error| error.to_string())
        };
        assert_eq!(threads(Some("3")), Ok(3));
        assert_eq!(threads(None), Ok(available_parallelism().map_or(1, usize::from)));
        let refused = "--threads 不能写“0”；请写大于 0 的整数，例如 --threads 2\n  不写时与电脑的核数相同";
        assert_eq!(threads(Some("0")), Err(refused.to_string()));
    }
}
