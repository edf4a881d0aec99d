//! How a child came to an end that is not its own, in a sentence for the clerk, with what to do.

use super::limits::Limits;
use crate::cli::Refusal;

/// What the child was at, as far as it said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    Starting,
    /// Opening or reading these files, of which there is at least one.
    Reading(Vec<String>),
    /// Between files, and behind the last of them.
    Judging,
    Writing,
    /// The report is there; what is left is to tell of it.
    Written,
}

/// Why the child did not come to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The memory cap was hit.
    Exhausted,
    /// A file was being read, and nothing went on for as long as the limit allows.
    Stalled,
    /// Somebody ended it, or the system did.
    Killed,
    /// It crashed; the place in the source, where it said one.
    Crashed(Option<String>),
}

/// The sentence that names what was being done, and below it what to do.
pub fn refusal(stage: &Stage, cause: &Cause, limits: Limits) -> Refusal {
    let doing = match stage {
        Stage::Starting => "准备时".to_string(),
        Stage::Reading(files) => format!("读取{}时", named(files)),
        Stage::Judging => "汇总结果时".to_string(),
        Stage::Writing => "写报告时".to_string(),
        Stage::Written => "报告写成以后".to_string(),
    };
    let happened = match cause {
        Cause::Exhausted => format!("内存用量超过了上限 {} MB，已停止", limits.megabytes),
        Cause::Stalled => format!(" {} 秒没有进展，已停止", limits.seconds),
        Cause::Killed => "程序被强行结束".to_string(),
        Cause::Crashed(_) => "程序意外中止".to_string(),
    };
    let refusal = Refusal::new(format!("{doing}{happened}{}", of_report(stage)));
    let refusal = advice(stage, cause, limits).into_iter().fold(refusal, Refusal::advise);
    match cause {
        Cause::Crashed(Some(place)) => refusal.advise(format!("出错的位置：{place}")),
        Cause::Crashed(None) | Cause::Exhausted | Cause::Stalled | Cause::Killed => refusal,
    }
}

/// Each file once, in the order in which they were begun.
fn named(files: &[String]) -> String {
    let names = files.iter().enumerate().filter(|(at, file)| !files[..*at].contains(file));
    names.map(|(_, file)| format!("《{file}》")).collect::<Vec<_>>().join("或")
}

/// What became of the report. A report gets its name in one step, so it is there whole or not at all.
fn of_report(stage: &Stage) -> &'static str {
    match stage {
        Stage::Starting | Stage::Reading(_) | Stage::Judging => "，没有写报告",
        Stage::Writing => "；报告或者没有写，或者已经完整写成",
        Stage::Written => "；报告是完整的",
    }
}

fn advice(stage: &Stage, cause: &Cause, limits: Limits) -> Vec<String> {
    let more_memory = limits.megabytes.saturating_mul(2);
    match (cause, stage) {
        (Cause::Exhausted, Stage::Reading(_)) => vec![
            "请核实这个文件是否完整、来源是否可靠".to_string(),
            format!("如果确实是大文件，请加上 --memory-limit {more_memory} 再运行"),
        ],
        (Cause::Exhausted, Stage::Starting | Stage::Judging | Stage::Writing | Stage::Written) => {
            vec![format!("请加上 --memory-limit {more_memory} 再运行")]
        }
        (Cause::Stalled, _) => vec![
            "请把文件拷贝到本机，用 WPS 或 Excel 打开后另存为 .xlsx 再检查".to_string(),
            format!("如果只是电脑或网络慢，请加上 --time-limit {} 再运行", limits.seconds.saturating_mul(2)),
        ],
        (Cause::Killed, _) => vec!["如果没有人结束它，可能是电脑内存不足，请关闭其他程序后再运行".to_string()],
        (Cause::Crashed(_), Stage::Reading(_)) => {
            vec!["请用 WPS 或 Excel 打开这个文件，另存为 .xlsx 后再运行".to_string()]
        }
        (Cause::Crashed(_), Stage::Starting | Stage::Judging | Stage::Writing | Stage::Written) => {
            vec!["请再运行一次；如果还是这样，请把命令告诉程序的维护人员".to_string()]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(stage: &Stage, cause: &Cause) -> String {
        refusal(stage, cause, Limits { seconds: 60, megabytes: 2048 }).to_string()
    }

    #[test]
    fn the_file_that_was_read_is_named_with_what_to_do() {
        let reading = Stage::Reading(vec!["台账.xls".to_string()]);
        let of = |cause: Cause| said(&reading, &cause);
        let expected = "读取《台账.xls》时内存用量超过了上限 2048 MB，已停止，没有写报告\n  \
            请核实这个文件是否完整、来源是否可靠\n  如果确实是大文件，请加上 --memory-limit 4096 再运行";
        assert_eq!(of(Cause::Exhausted), expected);
        let expected = "读取《台账.xls》时 60 秒没有进展，已停止，没有写报告\n  \
            请把文件拷贝到本机，用 WPS 或 Excel 打开后另存为 .xlsx 再检查\n  \
            如果只是电脑或网络慢，请加上 --time-limit 120 再运行";
        assert_eq!(of(Cause::Stalled), expected);
        let expected = "读取《台账.xls》时程序被强行结束，没有写报告\n  \
            如果没有人结束它，可能是电脑内存不足，请关闭其他程序后再运行";
        assert_eq!(of(Cause::Killed), expected);
        let expected = "读取《台账.xls》时程序意外中止，没有写报告\n  \
            请用 WPS 或 Excel 打开这个文件，另存为 .xlsx 后再运行";
        assert_eq!(of(Cause::Crashed(None)), expected);
        let place = Some("crates/sheets/src/xls/book.rs:7".to_string());
        assert_eq!(of(Cause::Crashed(place)), format!("{expected}\n  出错的位置：crates/sheets/src/xls/book.rs:7"));
    }

    #[test]
    fn of_files_that_are_read_side_by_side_each_is_named_once() {
        let reading = Stage::Reading(["甲.xlsx", "乙.xlsx", "甲.xlsx"].map(str::to_string).into());
        let expected = "读取《甲.xlsx》或《乙.xlsx》时程序被强行结束，没有写报告\n  \
            如果没有人结束它，可能是电脑内存不足，请关闭其他程序后再运行";
        assert_eq!(said(&reading, &Cause::Killed), expected);
    }

    #[test]
    fn where_nothing_was_read_the_work_is_named_instead() {
        let again = "\n  请再运行一次；如果还是这样，请把命令告诉程序的维护人员";
        let crashed = [
            (Stage::Starting, "准备时程序意外中止，没有写报告"),
            (Stage::Judging, "汇总结果时程序意外中止，没有写报告"),
            (Stage::Writing, "写报告时程序意外中止；报告或者没有写，或者已经完整写成"),
            (Stage::Written, "报告写成以后程序意外中止；报告是完整的"),
        ];
        for (stage, sentence) in crashed {
            assert_eq!(said(&stage, &Cause::Crashed(None)), format!("{sentence}{again}"));
        }
        let expected = "汇总结果时内存用量超过了上限 2048 MB，已停止，没有写报告\n  请加上 --memory-limit 4096 再运行";
        assert_eq!(said(&Stage::Judging, &Cause::Exhausted), expected);
    }
}
