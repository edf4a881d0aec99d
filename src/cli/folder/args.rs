//! What was typed for a run over many offices.

// Comments here are no doc comments: clap would show those.

use std::path::PathBuf;

use clap::Args;

#[derive(Debug, Default, Args)]
pub struct FolderArgs {
    #[arg(
        long,
        help = "分单位核查：给出的文件夹里，每个子文件夹是一个单位，各写一份报告，另写一份总表；-o 写的是存放它们的文件夹"
    )]
    pub each_folder: bool,
    #[arg(long, help = "接着做上次没有做完的分单位核查：已经核查、没有改动的单位不再核查")]
    pub resume: bool,
    // What the program tells the processes that it starts: the folders of their offices, the day on which the run
    // began, and the digest of what it was asked.
    #[arg(long = "of-run-office", hide = true)]
    pub offices: Vec<PathBuf>,
    #[arg(long = "of-run-day", hide = true)]
    pub day: Option<String>,
    #[arg(long = "of-run-digest", hide = true)]
    pub digest: Option<String>,
}
