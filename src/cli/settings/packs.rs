//! Finds the packs that the command line names, and their cases: built-in ones by id, others as files that clerks write
//! in 记事本.

use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use super::text_file::{read_text, show};
use crate::audit::cases::{self, PackCase};
use crate::cli::UserError;
use crate::dictionary::{Dictionary, nearest};
use crate::pack::{Pack, built_in, built_in_ids, cases_of, parse};

/// The built-in packs, in their order.
pub(crate) fn built_in_packs(dictionary: &Dictionary) -> Vec<Pack> {
    built_in_ids().filter_map(|id| built_in(id, dictionary)).collect()
}

/// Loads the packs, and shows all the defects of all of them. Errors: a pack that is not there, cannot be read, is
/// given twice, or has defects.
pub(crate) fn load_packs(named: &[PathBuf], dictionary: &Dictionary) -> Result<Vec<Pack>, UserError> {
    let mut packs: Vec<Pack> = Vec::new();
    let mut defects = 0;
    for name in named {
        match load_one(name, dictionary)? {
            Ok(pack) if packs.iter().any(|before| before.id == pack.id) => {
                return Err(UserError::new(format!("规则包 {} 给了两次", pack.id)).advise("每个规则包只写一次 --pack"));
            }
            Ok(pack) => packs.push(pack),
            Err(count) => defects += count,
        }
    }
    if defects > 0 {
        return Err(UserError::new(format!("规则包共有 {defects} 处问题，请改正后再运行")));
    }
    Ok(packs)
}

/// Loads a pack, or shows its defects and gives their number.
fn load_one(name: &Path, dictionary: &Dictionary) -> Result<Result<Pack, usize>, UserError> {
    if let Some(pack) = name.to_str().and_then(|id| built_in(id, dictionary)) {
        return Ok(Ok(pack));
    }
    if !is_file_name(name) {
        return Err(unknown_id(&name.to_string_lossy()));
    }
    let (text, digest) = read_text(name, "规则包").map_err(|error| error.advise(near_id(name)))?;
    Ok(parse(&name.display().to_string(), &text, &digest, dictionary).map_err(|defects| show(&defects, &text)))
}

/// Cases, and how messages call the file that they stand in.
pub(crate) struct CaseFile {
    pub name: String,
    pub cases: Vec<PackCase>,
}

/// The cases of a pack: a built-in one's own, else those in the file beside it. The rules that a clerk's pack leaves as
/// its base has them are held to the base's cases. Errors: a case file that cannot be read, or has defects, all of
/// which are shown.
pub(crate) fn load_cases(name: &Path, pack: &Pack, dictionary: &Dictionary) -> Result<Vec<CaseFile>, UserError> {
    if let Some(id) = built_in_ids().find(|id| Some(*id) == name.to_str()) {
        return Ok(vec![built_in_cases(id, pack)?]);
    }
    let path = name.with_extension("cases.toml");
    let beside = format!("用例要和规则包放在同一个文件夹，文件名为 {}", path.file_name().unwrap_or_default().display());
    let (text, _) = read_text(&path, "用例").map_err(|error| error.advise(beside))?;
    let mut files = vec![read_cases(path.display().to_string(), &text, pack)?];
    let base = pack.base.as_ref().and_then(|base| Some((base, built_in(&base.id, dictionary)?)));
    if let Some((base, of_base)) = base {
        let mut file = built_in_cases(&base.id, &of_base)?;
        file.cases.retain(|case| base.kept.contains(&case.rule));
        files.push(file);
    }
    Ok(files)
}

fn built_in_cases(id: &str, pack: &Pack) -> Result<CaseFile, UserError> {
    read_cases(format!("{id}.cases.toml"), cases_of(id).unwrap_or_default(), pack)
}

fn read_cases(name: String, text: &str, pack: &Pack) -> Result<CaseFile, UserError> {
    match cases::parse(&name, text, pack) {
        Ok(cases) => Ok(CaseFile { name, cases }),
        Err(defects) => {
            let count = show(&defects, text);
            Err(UserError::new(format!("用例共有 {count} 处问题，请改正后再运行")))
        }
    }
}

fn is_file_name(name: &Path) -> bool {
    name.to_string_lossy().contains(['.', '/', MAIN_SEPARATOR]) || name.exists()
}

/// The built-in pack that was probably meant by a file that is not there.
fn near_id(name: &Path) -> String {
    let stem = name.file_stem().unwrap_or_default().to_string_lossy();
    if name.exists() { String::new() } else { nearest(&stem, built_in_ids()) }
}

fn unknown_id(id: &str) -> UserError {
    let near = nearest(id, built_in_ids());
    let sentence = format!("没有编号为“{id}”的规则包{}{near}", if near.is_empty() { "" } else { "；" });
    UserError::new(sentence)
        .advise(format!("内置的规则包：{}", built_in_ids().collect::<Vec<_>>().join("、")))
        .advise("自己写的规则包请写文件名，例如 --pack 规则.toml")
}
