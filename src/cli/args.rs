//! What was typed. Everything that a clerk sees of it is Chinese; `help` adds the rest of clap's texts.

// Comments here are no doc comments: clap would show those.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use sheets::TextEncoding;

use super::folder::FolderArgs;
use super::packs::PacksArgs;

#[derive(Debug, Parser)]
#[command(
    name = "jiaoyan",
    version,
    about = "按政策文件核查教研员的台账，写出核查报告",
    override_usage = "jiaoyan check [选项] <文件或文件夹>…\n      jiaoyan <文件或文件夹>…\n      jiaoyan inspect [选项] <文件或文件夹>…\n      jiaoyan explain [选项] <规则> [文件或文件夹]…\n      jiaoyan verify [选项] <报告文件> [文件或文件夹]…\n      jiaoyan template [选项]\n      jiaoyan packs <命令>"
)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    #[command(
        about = "核查台账，写出报告",
        override_usage = "jiaoyan check [选项] <文件或文件夹>…",
        after_help = CHECK_EXAMPLES
    )]
    Check(CheckArgs),
    #[command(
        about = "查看台账会怎样读取：认出哪些表和列、用不到哪些、有什么问题；不作结论",
        override_usage = "jiaoyan inspect [选项] <文件或文件夹>…",
        after_help = INSPECT_HELP
    )]
    Inspect(InspectArgs),
    #[command(
        about = "说明一条规则，或逐行说明它对一个人的结论",
        override_usage = "jiaoyan explain <规则>\n      jiaoyan explain [选项] <规则> <文件或文件夹>…",
        after_help = EXPLAIN_EXAMPLES
    )]
    Explain(ExplainArgs),
    #[command(
        about = "核对一份报告：报告、台账、规则包有没有改动，重新核查的结论是否相同",
        override_usage = "jiaoyan verify [选项] <报告文件> [文件或文件夹]…",
        after_help = VERIFY_HELP
    )]
    Verify(VerifyArgs),
    #[command(
        about = "写一份台账模板，只有规则包用得到的表和列",
        override_usage = "jiaoyan template [选项]",
        after_help = TEMPLATE_EXAMPLES
    )]
    Template(TemplateArgs),
    #[command(about = "列出、查看、检查、对照规则包", override_usage = "jiaoyan packs <命令>")]
    Packs(PacksArgs),
}

impl Command {
    // The limits of a command that reads workbooks: it runs in a watched child.
    pub fn limits(&self) -> Option<&LimitArgs> {
        match self {
            Command::Check(args) => Some(&args.limits),
            Command::Inspect(args) => Some(&args.limits),
            Command::Verify(args) => Some(&args.limits),
            // A rule alone is explained without any workbook.
            Command::Explain(args) => Some(&args.limits).filter(|_| !args.inputs.is_empty()),
            Command::Template(_) | Command::Packs(_) => None,
        }
    }
}

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

const EXPLAIN_EXAMPLES: &str = "\
例子：
  jiaoyan explain visit-days
  jiaoyan explain visit-days --pack jiangmen-2022 --person 张三 台账文件夹

退出状态：
  0 已经说明；2 没有说明成";

const COLUMNS_HELP: &str = "本单位自己的表头和表名（.toml），例如 [columns] 下面写 \"教研员大名\" = \"姓名\"";

#[derive(Debug, Args)]
pub struct ExplainArgs {
    #[arg(value_name = "规则", help = "规则的编号，见 jiaoyan packs show", required = true)]
    pub rule: String,
    #[arg(value_name = "文件或文件夹", help = "台账；不写则只说明规则")]
    pub inputs: Vec<PathBuf>,
    #[arg(
        long,
        alias = "subject",
        value_name = "姓名或名称",
        help = "说明谁的结论：姓名、工号，或单位、学校的名称（也可写成 --subject）；对象只有一个时可以不写"
    )]
    pub person: Option<String>,
    #[command(flatten)]
    pub audit: AuditArgs,
    #[arg(long, help = "不显示进度")]
    pub quiet: bool,
    #[command(flatten)]
    pub limits: LimitArgs,
}

const VERIFY_HELP: &str = "\
报告旁边要有写报告时一起写的核对文件：报告.xlsx 的是 报告.json。
台账、规则包、校历按原来的路径找，先从当前文件夹找，再从报告所在的文件夹找；
找不到，或要核对另一份，就把它们写在报告后面，先按内容、再按文件名对应。

例子：
  jiaoyan verify 2023年核查报告.xlsx
  jiaoyan verify 报告.xlsx 新位置/台账文件夹 规则.toml

退出状态：
  0 全部一致；1 有不一致的地方；2 没有发现不一致，但有核对不了的";

#[derive(Debug, Args)]
pub struct VerifyArgs {
    #[arg(value_name = "报告文件", help = "要核对的报告（.xlsx）", required = true)]
    pub report: PathBuf,
    #[arg(value_name = "文件或文件夹", help = "报告所用的台账等文件现在的位置；不写则按原来的路径找")]
    pub inputs: Vec<PathBuf>,
    #[arg(long, help = "不显示进度")]
    pub quiet: bool,
    #[command(flatten)]
    pub limits: LimitArgs,
}

const TEMPLATE_EXAMPLES: &str = "\
例子：
  jiaoyan template --pack jiangmen-2022
  jiaoyan template --pack jiangmen-2022 --pack 规则.toml -o 模板.xlsx

退出状态：
  0 已经写好；2 没有写成";

#[derive(Debug, Args)]
pub struct TemplateArgs {
    #[arg(long = "pack", value_name = "规则包", help = "为哪份文件准备：内置规则包的编号，或规则包文件；可以写多次")]
    pub packs: Vec<PathBuf>,
    #[arg(
        short = 'o',
        long,
        value_name = "模板文件",
        help = "模板写到哪里（.xlsx）；不写则写到当前文件夹，如 台账模板.xlsx"
    )]
    pub output: Option<PathBuf>,
    #[arg(long, help = "-o 的文件已经存在时覆盖它")]
    pub force: bool,
}

// What an audit is made with, for every command that makes one.
#[derive(Debug, Args)]
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
    #[arg(long, value_name = "层级", help = "台账没有写层级时按哪一级：市级、县级、镇街")]
    pub level: Option<String>,
    #[arg(long, value_name = "单位名称", help = "台账没有写单位时的单位名称")]
    pub institution: Option<String>,
    #[arg(long, value_name = "校历文件", help = "单位的校历（.toml）：学期、节假日；不写则按默认的学期起止日期")]
    pub calendar: Option<PathBuf>,
    #[arg(long, value_name = "表头对照文件", help = COLUMNS_HELP)]
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

#[derive(Debug, Args)]
pub struct CheckArgs {
    #[arg(value_name = "文件或文件夹", help = "要核查的台账；文件夹代表其中的所有工作簿", required = true)]
    pub inputs: Vec<PathBuf>,
    #[command(flatten)]
    pub audit: AuditArgs,
    #[command(flatten)]
    pub folder: FolderArgs,
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
    #[arg(long, help = "不显示进度")]
    pub quiet: bool,
    #[command(flatten)]
    pub limits: LimitArgs,
}

const INSPECT_HELP: &str = "\
拿到新的工作簿先运行这一条，再按提示改表头，或写一个表头对照文件：
  [columns]
  \"教研员大名\" = \"姓名\"        本单位的表头 = 标准表头，用于各表；不想读的列写 \"不读\"
  [\"活动台账\"]
  \"下校日\" = \"日期\"            只用于这一种表
  [sheets]
  \"2023下校\" = \"活动台账\"      这张工作表是哪一种表；不想读的写 \"不读\"

退出状态：
  0 全部读取，没有问题；3 有没读取的表、行、列，或有问题；2 有文件读不了，或有两列都是同一项";

#[derive(Debug, Args)]
pub struct InspectArgs {
    #[arg(value_name = "文件或文件夹", help = "要查看的台账；文件夹代表其中的所有工作簿", required = true)]
    pub inputs: Vec<PathBuf>,
    #[arg(long, value_name = "表头对照文件", help = COLUMNS_HELP)]
    pub columns: Option<PathBuf>,
    #[arg(
        long,
        value_name = "编码",
        help = "csv 文件的文字编码：utf-8、gbk、gb18030、utf-16；不写则自动识别",
        ignore_case = true,
        hide_possible_values = true
    )]
    pub encoding: Option<Encoding>,
    #[arg(long, value_name = "层级", help = "台账没有写层级时按哪一级：市级、县级、镇街")]
    pub level: Option<String>,
    #[arg(long, value_name = "单位名称", help = "台账没有写单位时的单位名称")]
    pub institution: Option<String>,
    #[arg(
        long,
        value_name = "格式",
        help = "屏幕上的格式：text（文字）或 json",
        default_value = "text",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub format: InspectFormat,
    #[arg(long, help = "不显示进度")]
    pub quiet: bool,
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

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Annotate {
    Auto,
    All,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum InspectFormat {
    Text,
    Json,
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
