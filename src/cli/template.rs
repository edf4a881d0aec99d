//! `jiaoyan template`: writes a workbook to fill in, with what some packs need.

use std::path::{Path, PathBuf};

use super::args::TemplateArgs;
use super::destination::{self, Destination, Product};
use super::{Refusal, Status, Typed, choose, output, pack_source, streams};
use crate::report::{self, Template};

/// What a template is called where no name is given.
const STEM: &str = "台账模板";

/// # Errors
/// No pack is given or one cannot be loaded, or the template cannot be written.
pub fn run(args: TemplateArgs, typed: &Typed) -> anyhow::Result<Status> {
    let destination = destination(&args)?;
    let named = if args.packs.is_empty() { vec![picked(typed)?] } else { args.packs };
    let packs = pack_source::load(&named)?;
    let named: Vec<String> = named.iter().map(|name| shown(name)).collect();
    let bytes = report::template(&Template { packs: &packs, named: &named })
        .map_err(|error| Refusal::new(error.to_string()))?;
    if let Some(path) = output::write(&destination, Product::Template, STEM, &bytes)? {
        let told = format!("模板已写入 {}\n怎么填、填好后怎么核查，见其中的“填写说明”\n", path.display());
        // The template is there, whether or not the screen takes the line.
        if let Err(refusal) = streams::out(&told) {
            streams::err(&format!("注意：{refusal}\n"));
        }
    }
    Ok(Status::Fine)
}

/// The pack that somebody at the terminal picks.
fn picked(typed: &Typed) -> Result<PathBuf, Refusal> {
    choose::asked()?.map(PathBuf::from).ok_or_else(|| choose::not_given(typed))
}

fn destination(args: &TemplateArgs) -> Result<Destination, Refusal> {
    let is_file = |name: &&PathBuf| name.is_file();
    let files: Vec<PathBuf> = args.packs.iter().filter(is_file).cloned().collect();
    match &args.output {
        Some(path) => destination::named(path, Product::Template, &files, args.force),
        None if args.force => {
            Err(Refusal::new("--force 要和 -o 一起用").advise("不写 -o 时模板总是写成新文件，不会覆盖"))
        }
        None => Ok(Destination::FreeName),
    }
}

/// A pack as the command line names it; of a file its name only, since folders may name people.
fn shown(name: &Path) -> String {
    name.file_name().unwrap_or(name.as_os_str()).to_string_lossy().into_owned()
}
