//! `jiaoyan inspect`: shows what would be read of some files, and gives no verdict.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::audit::inspect::{self, Inspection};
use crate::cli::output::ProgressLine;
use crate::cli::settings::{self, AuditArgs, DefaultArgs, LimitArgs, PreparedAudit, ReadingArgs};
use crate::cli::{Status, UserError, output};
use crate::dictionary::Dictionary;
use crate::report;

const INSPECT_HELP: &str = "\
拿到新的工作簿先运行这一条，再按提示改表头，或写一个表头对照文件：
  [columns]
  \"教研员大名\" = \"姓名\"        本单位的表头 = 标准表头，用于各表；不想读的列写 \"不读\"
  [\"活动台账\"]
  \"下校日\" = \"日期\"            只用于这一种表
  [sheets]
  \"2023下校\" = \"活动台账\"      这张工作表是哪一种表；不想读的写 \"不读\"
  [words.\"类型\"]
  \"巡课\" = \"听评课\"            这一列里的这个词是词表里的哪个词
  [covers]
  \"活动台账\" = \"2023-01..2023-12\"   这些月份的台账是完整的，没有记录就是没有

退出状态：
  0 全部读取，没有问题；3 有没读取的表、行、列，或有问题；2 有文件读不了，或有两列都是同一项";

#[derive(Debug, Args)]
#[command(
    about = "查看台账会怎样读取：认出哪些表和列、用不到哪些、有什么问题；不作结论",
    override_usage = "jiaoyan inspect [选项] <文件或文件夹>…",
    after_help = INSPECT_HELP
)]
pub struct InspectArgs {
    #[arg(value_name = "文件或文件夹", help = "要查看的台账；文件夹代表其中的所有工作簿", required = true)]
    pub inputs: Vec<PathBuf>,
    #[command(flatten)]
    pub reading: ReadingArgs,
    #[command(flatten)]
    pub defaults: DefaultArgs,
    #[arg(
        long,
        value_name = "格式",
        help = "屏幕上的格式：text（文字）或 json",
        default_value = "text",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub format: InspectFormat,
    #[command(flatten)]
    pub limits: LimitArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum InspectFormat {
    Text,
    Json,
}

pub(crate) fn run(args: InspectArgs, dictionary: &Dictionary) -> anyhow::Result<Status> {
    settings::refuse_missing(&args.inputs)?;
    let today = jiff::Zoned::now().date();
    let audit = AuditArgs { reading: args.reading, defaults: args.defaults, ..AuditArgs::default() };
    let (no_packs, threads) = (|_: &[PathBuf]| Ok(Vec::new()), args.limits.threads()?);
    let mut settings = PreparedAudit::new(audit, args.inputs, no_packs, threads, today, dictionary)?.settings;
    settings.as_of = Some(today);
    let line = ProgressLine::new(args.limits.quiet);
    let inspection = inspect::inspect(&settings, dictionary, &line)?;
    drop(line);
    let text = match args.format {
        InspectFormat::Text => report::inspection(&inspection, dictionary),
        InspectFormat::Json => {
            report::inspection_json(&inspection, dictionary).map_err(|_| UserError::new("结果不能写成 JSON"))?
        }
    };
    output::out(&text)?;
    Ok(status(&inspection))
}

fn status(inspection: &Inspection) -> Status {
    if !inspection.can_run() {
        Status::NotRun
    } else if inspection.has_issue() {
        Status::Review
    } else {
        Status::Fine
    }
}
