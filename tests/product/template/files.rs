//! Templates as files: what programs take, the same bytes, and that nothing is overwritten unasked.

use std::fs::{self, File};
use std::io::{Cursor, Read};
use std::path::Path;

use assert_cmd::cargo::cargo_bin_cmd;

use super::{all_packs, pack_of_everything, template};

/// The parts of a workbook by name, as text.
fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Vec::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        parts.push((part.name().unwrap().into_owned(), text));
    }
    parts
}

/// What stands between two marks, each time, with the entities of XML read.
fn between<'t>(text: &'t str, first: &'t str, last: &'t str) -> Vec<String> {
    let ends = text.split(first).skip(1).filter_map(|rest| rest.split(last).next());
    let read =
        |text: &str| text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    ends.map(read).collect()
}

#[test]
fn nothing_exceeds_what_spreadsheet_programs_take() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("全部.toml"), pack_of_everything()).unwrap();
    for packs in [all_packs(), vec!["全部.toml"]] {
        let bytes = fs::read(template(folder.path(), &packs)).unwrap();
        let length = |text: &String| text.encode_utf16().count();
        let (mut lists, mut notes, mut prompts) = (0, 0, 0);
        for (name, text) in parts(&bytes) {
            for list in between(&text, "<formula1>", "</formula1>") {
                assert!(length(&list) <= 255 + 2, "{name}: {list}");
                lists += 1;
            }
            for (attribute, most) in
                [(" prompt=\"", 255), (" error=\"", 255), (" promptTitle=\"", 32), (" errorTitle=\"", 32)]
            {
                let found = between(&text, attribute, "\"");
                prompts += found.len();
                found.iter().for_each(|text| assert!(length(text) <= most, "{name}: {text}"));
            }
            if name.starts_with("xl/comments") {
                let found = between(&text, "<comment ", "</comment>");
                notes += found.len();
                found.iter().for_each(|note| assert!(length(note) <= 32_767, "{name}: {note}"));
            }
            if name == "xl/workbook.xml" {
                let names = between(&text, "<sheet name=\"", "\"");
                assert!(names.len() > 10 && names.iter().all(|name| length(name) <= 31), "{names:?}");
            }
            if name.starts_with("xl/worksheets/sheet") && !name.ends_with("sheet1.xml") {
                assert_eq!(text.matches("<row ").count(), 2, "{name}: a header and an example, no blank rows");
                assert!(text.contains("orientation=\"landscape\"") && text.contains("paperSize=\"9\""), "{name}");
                assert!(text.contains("state=\"frozen\""), "{name}");
            }
        }
        assert!(lists > 40 && notes > 70 && prompts > 150, "{lists} {notes} {prompts}");
        assert!(bytes.len() < 150_000, "{}", bytes.len());
    }
}

#[test]
fn the_same_packs_give_the_same_bytes_at_any_time_and_place() {
    let folder = tempfile::tempdir().unwrap();
    let first = fs::read(template(folder.path(), &["jiangmen-2022", "urumqi-2024"])).unwrap();
    for zone in ["Pacific/Kiritimati", "Asia/Shanghai"] {
        let mut command = cargo_bin_cmd!("jiaoyan");
        command.current_dir(folder.path()).env("TZ", zone).env("LC_ALL", "C");
        command.args(["template", "--pack", "jiangmen-2022", "--pack", "urumqi-2024", "-o", "又一份.xlsx", "--force"]);
        command.assert().code(0);
        assert!(fs::read(folder.path().join("又一份.xlsx")).unwrap() == first, "{zone}");
    }
    let properties = parts(&first).into_iter().find(|(name, _)| name == "docProps/core.xml").unwrap().1;
    assert_eq!(between(&properties, "<dc:creator>", "<"), [""]);
}

/// What the program says when it does not write a template; that the exit status is 2 is asserted.
fn refusal(folder: &Path, words: &[&str]) -> String {
    let mut command = cargo_bin_cmd!("jiaoyan");
    let output =
        command.current_dir(folder).arg("template").args(words).assert().code(2).stdout("").get_output().clone();
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn without_a_pack_the_packs_and_the_whole_command_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let said = refusal(folder.path(), &["-o", "模板.xlsx"]);
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines[..2], ["错误：没有写用哪份文件核查，请加上 --pack", "  可以用的规则包："]);
    let listed = lines[2..lines.len() - 1].iter().map(|line| line.trim_start().split("  ").next().unwrap());
    assert_eq!(listed.collect::<Vec<_>>(), all_packs());
    assert_eq!(lines.last(), Some(&"  完整的命令：jiaoyan template --pack jiangmen-2022 -o 模板.xlsx"));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn an_older_file_and_the_packs_themselves_are_never_lost() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("旧.xlsx"), "old").unwrap();
    fs::write(at("规则.xlsx"), pack_of_everything()).unwrap();
    let pack = ["--pack", "jiangmen-2022"];
    let expected = "错误：《旧.xlsx》已经存在；要覆盖请加 --force，或用 -o 换一个文件名\n";
    assert_eq!(refusal(folder.path(), &[&pack[..], &["-o", "旧.xlsx"]].concat()), expected);
    let expected = "错误：--force 要和 -o 一起用\n  不写 -o 时模板总是写成新文件，不会覆盖\n";
    assert_eq!(refusal(folder.path(), &[&pack[..], &["--force"]].concat()), expected);
    let expected = "错误：模板文件《模板.xls》的名称要以 .xlsx 结尾\n";
    assert_eq!(refusal(folder.path(), &[&pack[..], &["-o", "模板.xls"]].concat()), expected);
    let expected = "错误：《规则.xlsx》是规则包，不能用模板覆盖它；请用 -o 换一个文件名\n";
    assert_eq!(
        refusal(folder.path(), &["--pack", "规则.xlsx", "-o", "./规则.xlsx", "--force"][..]).replace("./", ""),
        expected
    );
    assert_eq!(fs::read(at("旧.xlsx")).unwrap(), b"old");
    assert_eq!(fs::read_to_string(at("规则.xlsx")).unwrap(), pack_of_everything());
}

#[test]
fn without_a_name_a_template_takes_the_next_free_one() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["台账模板.xlsx", "台账模板(2).xlsx"] {
        let mut command = cargo_bin_cmd!("jiaoyan");
        command.current_dir(folder.path()).args(["template", "--pack", "dongxing-2020"]);
        let expected = format!("模板已写入 {name}\n怎么填、填好后怎么核查，见其中的“填写说明”\n");
        command.assert().code(0).stderr("").stdout(expected);
        assert!(File::open(folder.path().join(name)).is_ok());
    }
    let first = fs::read(folder.path().join("台账模板.xlsx")).unwrap();
    assert!(first == fs::read(folder.path().join("台账模板(2).xlsx")).unwrap());
}

#[test]
fn a_pack_with_defects_gives_no_template() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("坏.toml"), "[pack]\nid = 1\n").unwrap();
    let said = refusal(folder.path(), &["--pack", "坏.toml"]);
    assert!(said.contains("请改正后再运行"), "{said}");
    let said = refusal(folder.path(), &["--pack", "jiangmen2022"]);
    assert!(said.starts_with("错误：没有编号为“jiangmen2022”的规则包；是不是想写 jiangmen-2022？"), "{said}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}
