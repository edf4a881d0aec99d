//! How long reading may stand still, how much memory it may take, and by how many threads.

use std::thread::available_parallelism;

use clap::Args;
use watched::Limits;

use crate::cli::UserError;

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

/// The limits that hold where none is given.
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
