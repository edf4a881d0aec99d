//! Commands that read workbooks run in a watched child of the program, so that no file can take the machine or the
//! program down. The crate `watched` does that; here stand its two ends, and what is said of a child that did not come
//! to its own end.

use std::ffi::OsString;

use watched::{Cause, Limits, OnLine, SetUpError, Stage};

use super::{Status, UserError, output};

/// The environment variable that makes the program the child of another.
const MARK: &str = "JIAOYAN_WATCHED";

/// How a child ended.
pub enum ChildEnd {
    /// It did its work and had this exit status.
    Own(Status),
    /// Something befell it: what it was at, and what to do.
    Cut(UserError),
}

/// Whether this process is a child.
pub fn is_child() -> bool {
    watched::is_child(MARK)
}

/// Does the work of a command in this process, which is a child. What kept the work from being done is printed here.
pub fn work(limits: Limits, work: impl FnOnce() -> anyhow::Result<Status> + Send) -> anyhow::Result<Status> {
    let mut status = Status::NotRun;
    let code = watched::work(limits, || {
        status = work().unwrap_or_else(|error| {
            output::complain(&error);
            Status::NotRun
        });
        status.code()
    });
    match code {
        Ok(_) => Ok(status),
        Err(SetUpError::NoChannel) => {
            Err(UserError::new(format!("环境变量 {MARK} 是程序自己用的，请去掉它再运行")).into())
        }
        Err(SetUpError::Thread(error)) => Err(output::failed("程序没有启动成", &error).into()),
    }
}

/// Runs a command line in a child; gives the child's exit status. The words begin with the program's name, and must be
/// complete: nobody can be asked in the child.
pub fn run(limits: Limits, words: &[OsString]) -> Result<Status, UserError> {
    match attend(limits, words, None)? {
        ChildEnd::Own(status) => Ok(status),
        ChildEnd::Cut(error) => {
            clear_line();
            Err(error)
        }
    }
}

/// Runs a command line in a child, and looks after it until it has ended. What it prints goes where this process
/// prints, unless `on_line` takes it line by line.
pub fn attend(limits: Limits, words: &[OsString], on_line: Option<OnLine<'_>>) -> Result<ChildEnd, UserError> {
    let end = watched::attend(MARK, limits, words, on_line).map_err(|error| {
        output::failed("程序不能再次启动自己来读取台账", &error)
            .advise("请检查程序文件是否还在原处、杀毒软件是否拦截了它")
    })?;
    Ok(match end {
        watched::End::Exited(code) => ChildEnd::Own(Status::of(code).unwrap_or(Status::NotRun)),
        watched::End::Cut(stage, cause) => ChildEnd::Cut(explain(&stage, &cause, limits)),
    })
}

fn clear_line() {
    let terminal = console::Term::stderr();
    if terminal.is_term() {
        let _ = terminal.clear_line();
    }
}

/// What befell a child, in a sentence that names what was being done, and below it what to do. A report gets its name in
/// one step, so it is there whole or not at all.
fn explain(stage: &Stage, cause: &Cause, limits: Limits) -> UserError {
    let (doing, report) = match stage {
        Stage::Starting => ("准备时".to_string(), "，没有写报告"),
        Stage::Reading(files) => (format!("读取{}时", named(files)), "，没有写报告"),
        Stage::Computing => ("汇总结果时".to_string(), "，没有写报告"),
        Stage::Writing => ("写报告时".to_string(), "；报告或者没有写，或者已经完整写成"),
        Stage::Written => ("报告写成以后".to_string(), "；报告是完整的"),
    };
    let happened = match cause {
        Cause::Memory => format!("内存用量超过了上限 {} MB，已停止", limits.megabytes),
        Cause::Time => format!(" {} 秒没有进展，已停止", limits.seconds),
        Cause::Signal => "程序被强行结束".to_string(),
        Cause::Panic(_) | Cause::Crash => "程序意外中止".to_string(),
    };
    let error = UserError::new(format!("{doing}{happened}{report}"));
    advice(stage, cause, limits).into_iter().fold(error, UserError::advise)
}

/// Each file once, in the order in which they were begun.
fn named(files: &[String]) -> String {
    let names = files.iter().enumerate().filter(|(at, file)| !files[..*at].contains(file));
    names.map(|(_, file)| format!("《{file}》")).collect::<Vec<_>>().join("或")
}

fn advice(stage: &Stage, cause: &Cause, limits: Limits) -> Vec<String> {
    let is_reading = matches!(stage, Stage::Reading(_));
    match cause {
        Cause::Memory => {
            let more = format!("请加上 --memory-limit {} 再运行", limits.megabytes.saturating_mul(2));
            if !is_reading {
                return vec![more];
            }
            vec!["请核实这个文件是否完整、来源是否可靠".to_string(), format!("如果确实是大文件，{more}")]
        }
        Cause::Time => vec![
            "请把文件拷贝到本机，用 WPS 或 Excel 打开后另存为 .xlsx 再检查".to_string(),
            format!("如果只是电脑或网络慢，请加上 --time-limit {} 再运行", limits.seconds.saturating_mul(2)),
        ],
        Cause::Signal => vec!["如果没有人结束它，可能是电脑内存不足，请关闭其他程序后再运行".to_string()],
        Cause::Panic(_) | Cause::Crash => {
            let advice = match is_reading {
                true => "请用 WPS 或 Excel 打开这个文件，另存为 .xlsx 后再运行",
                false => "请再运行一次；如果还是这样，请把命令告诉程序的维护人员",
            };
            let place = if let Cause::Panic(place) = cause { Some(format!("出错的位置：{place}")) } else { None };
            std::iter::once(advice.to_string()).chain(place).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(stage: &Stage, cause: &Cause) -> String {
        explain(stage, cause, Limits { seconds: 60, megabytes: 2048 }).to_string()
    }

    #[test]
    fn the_file_that_was_read_is_named_with_what_to_do() {
        let reading = Stage::Reading(vec!["台账.xls".to_string()]);
        let of = |cause: Cause| said(&reading, &cause);
        let expected = "读取《台账.xls》时内存用量超过了上限 2048 MB，已停止，没有写报告\n  \
            请核实这个文件是否完整、来源是否可靠\n  如果确实是大文件，请加上 --memory-limit 4096 再运行";
        assert_eq!(of(Cause::Memory), expected);
        let expected = "读取《台账.xls》时 60 秒没有进展，已停止，没有写报告\n  \
            请把文件拷贝到本机，用 WPS 或 Excel 打开后另存为 .xlsx 再检查\n  \
            如果只是电脑或网络慢，请加上 --time-limit 120 再运行";
        assert_eq!(of(Cause::Time), expected);
        let expected = "读取《台账.xls》时程序被强行结束，没有写报告\n  \
            如果没有人结束它，可能是电脑内存不足，请关闭其他程序后再运行";
        assert_eq!(of(Cause::Signal), expected);
        let expected = "读取《台账.xls》时程序意外中止，没有写报告\n  \
            请用 WPS 或 Excel 打开这个文件，另存为 .xlsx 后再运行";
        assert_eq!(of(Cause::Crash), expected);
        let place = "crates/sheets/src/xls.rs:7".to_string();
        assert_eq!(of(Cause::Panic(place)), format!("{expected}\n  出错的位置：crates/sheets/src/xls.rs:7"));
    }

    #[test]
    fn of_files_that_are_read_side_by_side_each_is_named_once() {
        let reading = Stage::Reading(["甲.xlsx", "乙.xlsx", "甲.xlsx"].map(str::to_string).into());
        let expected = "读取《甲.xlsx》或《乙.xlsx》时程序被强行结束，没有写报告\n  \
            如果没有人结束它，可能是电脑内存不足，请关闭其他程序后再运行";
        assert_eq!(said(&reading, &Cause::Signal), expected);
    }

    #[test]
    fn where_nothing_was_read_the_work_is_named_instead() {
        let again = "\n  请再运行一次；如果还是这样，请把命令告诉程序的维护人员";
        let crashed = [
            (Stage::Starting, "准备时程序意外中止，没有写报告"),
            (Stage::Computing, "汇总结果时程序意外中止，没有写报告"),
            (Stage::Writing, "写报告时程序意外中止；报告或者没有写，或者已经完整写成"),
            (Stage::Written, "报告写成以后程序意外中止；报告是完整的"),
        ];
        for (stage, sentence) in crashed {
            assert_eq!(said(&stage, &Cause::Crash), format!("{sentence}{again}"));
        }
        let expected = "汇总结果时内存用量超过了上限 2048 MB，已停止，没有写报告\n  请加上 --memory-limit 4096 再运行";
        assert_eq!(said(&Stage::Computing, &Cause::Memory), expected);
    }
}
