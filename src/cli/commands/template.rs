//! `jiaoyan template`: writes a workbook to fill in, with what some packs need.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::output::{Destination, FinishedWorkbook, WorkbookKind};
use crate::cli::{Status, Typed, UserError, output, settings};
use crate::dictionary::Dictionary;
use crate::report::{self, Template};

const TEMPLATE_EXAMPLES: &str = "\
例子：
  jiaoyan template --pack jiangmen-2022
  jiaoyan template --pack jiangmen-2022 --pack 规则.toml -o 模板.xlsx

退出状态：
  0 已经写好；2 没有写成";

#[derive(Debug, Args)]
#[command(
    about = "写一份台账模板，只有规则包用得到的表和列",
    override_usage = "jiaoyan template [选项]",
    after_help = TEMPLATE_EXAMPLES
)]
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

/// What a template is called where no name is given.
const STEM: &str = "台账模板";

pub(crate) fn run(args: TemplateArgs, typed: &Typed, dictionary: &Dictionary) -> anyhow::Result<Status> {
    let destination = destination(&args)?;
    let named = if args.packs.is_empty() { vec![picked(typed, dictionary)?] } else { args.packs };
    let packs = settings::load_packs(&named, dictionary)?;
    let named: Vec<String> = named.iter().map(|name| shown(name)).collect();
    let bytes = report::template(&Template { packs: &packs, named: &named, dictionary })
        .map_err(|error| UserError::new(error.to_string()))?;
    let workbook = FinishedWorkbook { kind: WorkbookKind::Template, bytes: &bytes, proof: None };
    if let Some(path) = output::write(&destination, STEM, &workbook)? {
        output::show(&format!("模板已写入 {}\n怎么填、填好后怎么核查，见其中的“填写说明”\n", path.display()));
    }
    Ok(Status::Fine)
}

/// The pack that somebody at the terminal picks.
fn picked(typed: &Typed, dictionary: &Dictionary) -> Result<PathBuf, UserError> {
    let picked = settings::ask_for_pack(dictionary)?;
    picked.map(PathBuf::from).ok_or_else(|| settings::pack_not_given(typed, dictionary))
}

fn destination(args: &TemplateArgs) -> Result<Destination, UserError> {
    let is_file = |name: &&PathBuf| name.is_file();
    let files: Vec<PathBuf> = args.packs.iter().filter(is_file).cloned().collect();
    match &args.output {
        Some(path) => output::named(path, WorkbookKind::Template, &files, args.force),
        None if args.force => {
            Err(UserError::new("--force 要和 -o 一起用").advise("不写 -o 时模板总是写成新文件，不会覆盖"))
        }
        None => Ok(Destination::FreeName),
    }
}

/// A pack as the command line names it; of a file its name only, since folders may name people.
fn shown(name: &Path) -> String {
    name.file_name().unwrap_or(name.as_os_str()).to_string_lossy().into_owned()
}
