//! What is typed for every command that makes an audit.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use sheets::TextEncoding;

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
