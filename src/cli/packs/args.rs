//! What was typed behind `packs`.

// Comments here are no doc comments: clap would show those.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Args)]
pub struct PacksArgs {
    #[command(subcommand)]
    pub command: PacksCommand,
}

#[derive(Debug, Subcommand)]
pub enum PacksCommand {
    #[command(about = "列出内置的规则包", override_usage = "jiaoyan packs list")]
    List,
    #[command(
        about = "查看规则包：文件、条款，每条规则的标准和所需的表",
        override_usage = "jiaoyan packs show <规则包>"
    )]
    Show(ShowArgs),
    #[command(about = "检查规则包的写法，列出全部问题", override_usage = "jiaoyan packs lint [选项] <规则包>")]
    Lint(LintArgs),
    #[command(
        about = "运行规则包的用例，列出不符的",
        override_usage = "jiaoyan packs test [规则包]…",
        after_help = TEST_HELP
    )]
    Test(TestArgs),
    #[command(about = "把几份文件的同类要求列在一起", override_usage = "jiaoyan packs compare <规则包> <规则包>…")]
    Compare(CompareArgs),
}

const TEST_HELP: &str = "\
用例写在规则包旁边：规则.toml 的用例是 规则.cases.toml

退出状态：
  0 全部符合；2 有不符的用例，或没有运行成";

#[derive(Debug, Args)]
pub struct ShowArgs {
    #[arg(value_name = "规则包", help = "内置规则包的编号，或规则包文件")]
    pub pack: PathBuf,
}

#[derive(Debug, Args)]
pub struct TestArgs {
    #[arg(value_name = "规则包", help = "内置规则包的编号，或规则包文件；不写则运行全部内置规则包的用例")]
    pub packs: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub struct CompareArgs {
    #[arg(value_name = "规则包", help = "内置规则包的编号，或规则包文件；至少写两个", required = true)]
    pub packs: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub struct LintArgs {
    #[arg(value_name = "规则包", help = "规则包文件，或内置规则包的编号")]
    pub pack: PathBuf,
    #[arg(long, value_name = "原文", help = "文件原文（文字文件），用来核对引文")]
    pub source: Option<PathBuf>,
}
