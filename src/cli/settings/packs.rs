//! Finds the packs that the command line names, and their cases: built-in ones by id, others as files that clerks write in
//! 记事本. Without one, asks somebody who sits at the terminal.

use std::io::{self, BufRead, IsTerminal, Write};
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use super::side_files::{read_text, show};
use crate::audit::cases::{self, PackCase};
use crate::cli::{Typed, UserError, output};
use crate::dictionary::{Dictionary, nearest};
use crate::pack::{Pack, built_in, built_in_ids, cases_of, parse};

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

/// The id of the pack that the clerk picks. `None` if nobody sits at the terminal.
pub(crate) fn ask_for_pack(dictionary: &Dictionary) -> Result<Option<String>, UserError> {
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return Ok(None);
    }
    ask(&built_in_packs(dictionary), &mut io::stdin().lock(), &mut io::stderr().lock()).map(Some)
}

/// What to write where no pack is given and nobody can be asked.
pub(crate) fn pack_not_given(typed: &Typed, dictionary: &Dictionary) -> UserError {
    let packs = built_in_packs(dictionary);
    let mut error = UserError::new("没有写用哪份文件核查，请加上 --pack").advise("可以用的规则包：");
    for pack in &packs {
        error = error.advise(format!("  {}  {}", pack.id, pack.cited()));
    }
    let first = packs.first().map_or("规则包", |pack| pack.id.as_str());
    error.advise(format!("完整的命令：{}", typed.with(&["--pack", first])))
}

/// How often a number that is on the list is asked for.
const TRIES: usize = 3;

fn ask(packs: &[Pack], input: &mut impl BufRead, output: &mut impl Write) -> Result<String, UserError> {
    let broken = |error: io::Error| output::failed("没有读到选择", &error);
    writeln!(output, "用哪份文件核查？").map_err(broken)?;
    for (at, pack) in packs.iter().enumerate() {
        writeln!(output, "  {}. {}", at + 1, pack.cited()).map_err(broken)?;
    }
    for _ in 0..TRIES {
        write!(output, "请输入序号（1 到 {}），按回车：", packs.len()).map_err(broken)?;
        output.flush().map_err(broken)?;
        let mut line = String::new();
        if input.read_line(&mut line).map_err(broken)? == 0 {
            break;
        }
        let number = line.trim().parse::<usize>().ok();
        if let Some(pack) = number.and_then(|number| packs.get(number.checked_sub(1)?)) {
            return Ok(pack.id.clone());
        }
        writeln!(output, "“{}”不是列出的序号", line.trim()).map_err(broken)?;
    }
    Err(UserError::new("没有选定用哪份文件核查"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(typed: &str) -> (Result<String, UserError>, String) {
        let mut shown = Vec::new();
        let chosen = ask(&built_in_packs(Dictionary::built_in()), &mut typed.as_bytes(), &mut shown);
        (chosen, String::from_utf8(shown).unwrap())
    }

    #[test]
    fn a_number_of_the_list_chooses_its_pack() {
        let (chosen, shown) = answer("1\n");
        assert_eq!(chosen, Ok("jiangmen-2022".to_string()));
        assert!(shown.starts_with("用哪份文件核查？\n  1. 《"), "{shown}");
        assert!(shown.contains("（江教办〔2022〕38号）\n"), "{shown}");
    }

    #[test]
    fn a_number_that_is_not_on_the_list_is_asked_for_again_and_silence_is_an_error() {
        let (chosen, shown) = answer("0\n江门\n1\n");
        assert_eq!(chosen, Ok("jiangmen-2022".to_string()));
        assert!(shown.contains("“0”不是列出的序号\n") && shown.contains("“江门”不是列出的序号\n"), "{shown}");
        let refused = Err(UserError::new("没有选定用哪份文件核查"));
        assert_eq!(answer("").0, refused);
        assert_eq!(answer("99999999999999999999\n7777\n-1\n1\n").0, refused);
    }
}
