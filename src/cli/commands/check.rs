//! `jiaoyan check`: audits records against packs, prints the result and writes the report.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::audit;
use crate::cli::output::{Destination, ProgressLine, ReportFile, WorkbookKind};
use crate::cli::settings::{self, AuditArgs, LimitArgs, PreparedAudit};
use crate::cli::{Status, Typed, UserError, output};
use crate::dictionary::Dictionary;
use crate::model::Assessment;
use crate::report::{self, OfficeName, Report};

const CHECK_EXAMPLES: &str = "\
例子：
  jiaoyan check 台账文件夹 --pack jiangmen-2022
  jiaoyan check 花名册.xlsx 活动台账.xlsx --pack jiangmen-2022 --period 2023 -o 报告.xlsx
  jiaoyan check --each-folder 全市各单位 --pack jiangmen-2022 --period 2023

退出状态：
  0 没有问题；1 有问题；3 没有问题，但有待核的内容；2 没有核查成，也没有写报告
  用 --each-folder 时，有单位没有核查成也是 2，其他单位的报告和总表照样写出

分单位核查（--each-folder）：
  单位文件夹里直接放有 calendar.toml、columns.toml 的，用它代替 --calendar、--columns；
  没有写 --institution 的，单位名称用文件夹的名称；
  写了几个文件夹的，总表按这些文件夹分地区；
  结果的文件夹（不写 -o 则如 2023年分单位核查）里有上次的结果时，--resume 接着做，--force 全部重做；
  --format 可以写 csv 或 jsonl，每个单位的各项结论写成一个文件，各单位的列都相同";

#[derive(Debug, Args)]
#[command(
    about = "核查台账，写出报告",
    override_usage = "jiaoyan check [选项] <文件或文件夹>…",
    after_help = CHECK_EXAMPLES
)]
pub struct CheckArgs {
    #[arg(value_name = "文件或文件夹", help = "要核查的台账；文件夹代表其中的所有工作簿", required = true)]
    pub inputs: Vec<PathBuf>,
    #[command(flatten)]
    pub audit: AuditArgs,
    #[arg(
        long,
        help = "分单位核查：给出的文件夹里，每个子文件夹是一个单位，各写一份报告，另写一份总表；-o 写的是存放它们的文件夹"
    )]
    pub each_folder: bool,
    #[arg(long, help = "接着做上次没有做完的分单位核查：已经核查、没有改动的单位不再核查")]
    pub resume: bool,
    #[arg(
        short = 'o',
        long,
        value_name = "报告文件",
        help = "报告写到哪里（.xlsx）；不写则写到当前文件夹，如 2023年核查报告.xlsx"
    )]
    pub output: Option<PathBuf>,
    #[arg(long, help = "-o 的文件已经存在时覆盖它")]
    pub force: bool,
    #[arg(long, help = "写公示版：只有单位、条款和数量，没有姓名等个人信息")]
    pub publish: bool,
    #[arg(
        long,
        value_name = "格式",
        help = "屏幕上的格式：text（文字）、json、csv 或 jsonl（各项结论）、md（可贴进通报）；不用 text 时只有写了 -o 才写报告",
        default_value = "text",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub format: Format,
    #[arg(
        long,
        value_name = "范围",
        help = "报告里的原表副本保留哪些行：auto（两千行以上的表只留表头、有问题的行和部分依据行）、all（全部行）；不写则 auto",
        default_value = "auto",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub annotate: Annotate,
    #[command(flatten)]
    pub limits: LimitArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Text,
    Json,
    Csv,
    Jsonl,
    Md,
}

impl Format {
    pub fn id(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Json => "json",
            Format::Csv => "csv",
            Format::Jsonl => "jsonl",
            Format::Md => "md",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Annotate {
    Auto,
    All,
}

struct CheckRequest<'d> {
    audit: PreparedAudit<'d>,
    destination: Destination,
    kind: WorkbookKind,
    format: Format,
    quiet: bool,
}

impl<'d> CheckRequest<'d> {
    /// Errors: anything that speaks against running the check, the packs' defects last.
    fn new(args: CheckArgs, typed: &Typed, dictionary: &'d Dictionary) -> Result<CheckRequest<'d>, UserError> {
        settings::refuse_missing(&args.inputs)?;
        if args.resume {
            let sentence = "--resume 要和 --each-folder 一起用";
            return Err(UserError::new(sentence).advise("只核查一个单位时，请去掉 --resume 再运行"));
        }
        let kind = kind(&args)?;
        let destination = destination(&args, kind)?;
        let (threads, today) = (args.limits.threads()?, jiff::Zoned::now().date());
        let packs = |named: &[PathBuf]| settings::load_required(named, typed, dictionary);
        let mut audit = PreparedAudit::new(args.audit, args.inputs, packs, threads, today, dictionary)?;
        audit.settings.whole_copies = args.annotate == Annotate::All;
        Ok(CheckRequest { audit, destination, kind, format: args.format, quiet: args.limits.quiet })
    }

    fn write(&self, file: &ReportFile<'_>, report: &Report<'_>) -> Result<Option<PathBuf>, UserError> {
        let stem = self.kind.report_stem(&self.audit.settings.period().label());
        file.write(report, &settings::recorded(&self.audit), &self.destination, &stem)
    }
}

fn kind(args: &CheckArgs) -> Result<WorkbookKind, UserError> {
    if !args.publish {
        return Ok(WorkbookKind::Report);
    }
    if args.format == Format::Text {
        return Ok(WorkbookKind::Published);
    }
    let format = args.format.id();
    let sentence = format!("--publish 不能和 --format {format} 一起用：公示版只写成工作簿，{format} 里有姓名");
    Err(UserError::new(sentence).advise("请去掉其中一个"))
}

fn destination(args: &CheckArgs, kind: WorkbookKind) -> Result<Destination, UserError> {
    match &args.output {
        Some(path) => output::named(path, kind, &args.inputs, args.force),
        None if args.force => {
            Err(UserError::new("--force 要和 -o 一起用").advise("不写 -o 时报告总是写成新文件，不会覆盖"))
        }
        None if args.format == Format::Text => Ok(Destination::FreeName),
        None => Ok(Destination::Nowhere),
    }
}

/// The whole command line. Where it names no pack, it and the arguments get the one that somebody at the terminal picks.
pub(crate) fn complete(
    args: &mut CheckArgs,
    typed: &Typed,
    dictionary: &Dictionary,
) -> Result<Vec<OsString>, UserError> {
    if args.audit.packs.is_empty() {
        settings::refuse_missing(&args.inputs)?;
        if let Some(id) = settings::ask_for_pack(dictionary)? {
            args.audit.packs.push(PathBuf::from(&id));
            return Ok(typed.completed(&["--pack", &id]));
        }
    }
    Ok(typed.completed(&[]))
}

pub(crate) fn run(args: CheckArgs, typed: &Typed, dictionary: &Dictionary) -> anyhow::Result<Status> {
    let request = CheckRequest::new(args, typed, dictionary)?;
    request.audit.remarks.iter().for_each(output::remark);
    let line = ProgressLine::new(request.quiet);
    let audit = audit::run(&request.audit.settings, dictionary, &line)?;
    drop(line);
    let options = settings::options(&request.audit);
    let report = request.audit.report(&audit, &options);
    let file = ReportFile::make(&report, &request.destination, request.kind)?;
    let data = match request.format {
        Format::Text => None,
        Format::Json => Some(report::json(&audit.assessment)),
        Format::Csv => Some(report::csv(&report, OfficeName::default())),
        Format::Jsonl => Some(report::jsonl(&report, OfficeName::default())),
        Format::Md => Some(Ok(report::markdown(&report))),
    };
    match data {
        // What is printed is the result itself, so it must be whole before a report is written.
        Some(data) => {
            output::out(&data.map_err(|error| UserError::new(error.to_string()))?)?;
            request.write(&file, &report)?;
        }
        None => show_text(&report, &file, &request)?,
    }
    Ok(status(&audit.assessment))
}

fn status(assessment: &Assessment) -> Status {
    if assessment.has_gap() {
        Status::Gap
    } else if assessment.has_review() {
        Status::Review
    } else {
        Status::Fine
    }
}

/// The report is what the clerk needs: it is written even when the screen takes no more.
fn show_text(report: &Report<'_>, file: &ReportFile<'_>, request: &CheckRequest<'_>) -> Result<(), UserError> {
    let printed = match request.kind {
        WorkbookKind::Published => output::out(&report::published_text(report)),
        WorkbookKind::Report | WorkbookKind::Template => output::out(&report::terminal(report, output::width())),
    };
    let told = match request.write(file, report)? {
        Some(path) => output::out(&written(request.kind, &path)),
        None => Ok(()),
    };
    if let Err(error) = printed.and(told) {
        output::remark(error);
    }
    Ok(())
}

/// Where the report is, and its proof beside it.
fn written(kind: WorkbookKind, path: &Path) -> String {
    let proof = output::proof_of(path);
    match kind {
        WorkbookKind::Report => format!("报告已写入 {}，核对文件已写入 {}\n", path.display(), proof.display()),
        WorkbookKind::Published | WorkbookKind::Template => {
            format!("{}已写入 {}\n", kind.noun(), path.display())
        }
    }
}
