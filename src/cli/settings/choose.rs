//! Asks which document to audit against, where somebody sits at the terminal; else says what to write.

use std::io::{self, BufRead, IsTerminal, Write};

use super::packs::built_in_packs;
use crate::cli::{Typed, UserError, output};
use crate::dictionary::Dictionary;
use crate::pack::Pack;

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
