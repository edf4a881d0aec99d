//! How long reading may stand still, how much memory it may take, and by how many threads.

use std::thread::available_parallelism;

use clap::Args;
use watched::Limits;

use crate::cli::UserError;

// For every command that reads workbooks, as `#[command(flatten)] pub limits: LimitArgs`.
#[derive(Clone, Debug, Default, Args)]
pub struct LimitArgs {
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
        let seconds = number(self.time_limit.as_deref(), SECONDS)
            .ok_or_else(|| not_a_number("--time-limit", &self.time_limit, "秒", SECONDS))?;
        let megabytes = number(self.memory_limit.as_deref(), MEGABYTES)
            .ok_or_else(|| not_a_number("--memory-limit", &self.memory_limit, "MB", MEGABYTES))?;
        Ok(Limits { seconds, megabytes })
    }

    /// How many threads the work may take: so many as were asked for, else one for each core. Errors: a number that is
    /// no whole number above 0.
    pub fn threads(&self) -> Result<usize, UserError> {
        let cores = available_parallelism().map_or(1, |cores| u32::try_from(cores.get()).unwrap_or(1));
        let threads = number(self.threads.as_deref(), cores).ok_or_else(|| {
            let written = self.threads.as_deref().unwrap_or_default();
            UserError::new(format!("--threads 不能写“{written}”；请写大于 0 的整数，例如 --threads 2"))
                .advise("不写时与电脑的核数相同")
        })?;
        Ok(threads as usize)
    }
}

fn number(written: Option<&str>, default: u32) -> Option<u32> {
    match written {
        None => Some(default),
        Some(text) => text.parse().ok().filter(|number| *number > 0 && !text.starts_with('+')),
    }
}

fn not_a_number(option: &str, written: &Option<String>, unit: &str, default: u32) -> UserError {
    let written = written.as_deref().unwrap_or_default();
    let example = default.saturating_mul(2);
    UserError::new(format!("{option} 不能写“{written}”；请写大于 0 的整数，例如 {option} {example}，单位是{unit}"))
        .advise(format!("不写时是 {default} {unit}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits(time: &str, memory: &str) -> Result<Limits, String> {
        let given = |text: &str| Some(text.to_string()).filter(|text| !text.is_empty());
        let args = LimitArgs { time_limit: given(time), memory_limit: given(memory), threads: None };
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
