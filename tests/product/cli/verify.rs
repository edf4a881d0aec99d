//! `jiaoyan verify`: whatever was changed after a report was written is named, and nothing else is.

use std::fs;
use std::path::{Path, PathBuf};

use crate::office::Office;
use assert_cmd::cargo::cargo_bin_cmd;
use serde_json::Value;

const OWN_PACK: &str = "[pack]\nid = \"ben-xian\"\ntitle = \"本县办法\"\nextends = \"jiangmen-2022\"\n\n\
    [[rule]]\nid = \"training-hours\"\nat-least = 80\n";

/// A folder in which a report was written: the small office as csv files in 台账, and an own pack.
struct Desk {
    folder: tempfile::TempDir,
}

/// Exit status, standard output and standard error.
type Ran = (Option<i32>, String, String);

impl Desk {
    fn new() -> Desk {
        let desk = Desk { folder: tempfile::tempdir().unwrap() };
        fs::create_dir(desk.at("台账")).unwrap();
        Office::small().write_csv(&desk.at("台账"));
        fs::write(desk.at("规则.toml"), OWN_PACK).unwrap();
        desk.check(&["台账", "--pack", "规则.toml", "--period", "2023", "-o", "报告.xlsx"]);
        desk
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn check(&self, words: &[&str]) {
        let output =
            cargo_bin_cmd!("jiaoyan").current_dir(self.folder.path()).arg("check").args(words).output().unwrap();
        assert_ne!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
    }

    fn edit(&self, name: &str, old: &str, new: &str) {
        let text = fs::read_to_string(self.at(name)).unwrap();
        assert!(text.contains(old), "{name} does not hold {old}");
        fs::write(self.at(name), text.replacen(old, new, 1)).unwrap();
    }

    fn digest(&self, name: &str) -> String {
        jiaoyan::model::sha256_hex(&fs::read(self.at(name)).unwrap())
    }

    fn verify(&self, words: &[&str]) -> Ran {
        verify_in(self.folder.path(), words)
    }
}

fn verify_in(folder: &Path, words: &[&str]) -> Ran {
    let output = cargo_bin_cmd!("jiaoyan").current_dir(folder).arg("verify").args(words).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

const REPORT: &str = "  √ 报告：《报告.xlsx》没有改动\n";
const PROOF: &str = "  √ 核对文件：《报告.json》没有改动\n";
const INPUTS: &str = "  √ 台账：7个文件都没有改动\n";
const PACKS: &str = "  √ 规则包：1个都没有改动\n";
const AGAIN: &str = "  √ 重新核查：30项结论、0处数据问题与记录全部相同\n";
const WRITTEN: &str = "  √ 重新生成：与当初写成的报告完全相同\n";
const ALL_SAME: &str = "核对结果：一致\n";

fn said(status: i32, lines: &[&str]) -> Ran {
    (Some(status), format!("核对《报告.xlsx》\n{}", lines.concat()), String::new())
}

fn all_same() -> Ran {
    said(0, &[REPORT, PROOF, INPUTS, PACKS, AGAIN, WRITTEN, ALL_SAME])
}

#[test]
fn a_report_that_nobody_touched_is_borne_out() {
    let desk = Desk::new();
    assert_eq!(desk.verify(&["报告.xlsx"]), all_same());
    assert_eq!(desk.verify(&["报告.xlsx", "台账", "规则.toml"]), all_same());
}

#[test]
fn one_byte_of_the_report_is_seen() {
    let desk = Desk::new();
    let recorded = desk.digest("报告.xlsx");
    let mut bytes = fs::read(desk.at("报告.xlsx")).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(desk.at("报告.xlsx"), bytes).unwrap();
    let now = desk.digest("报告.xlsx");
    let report = format!("  × 报告：《报告.xlsx》被改动，SHA-256 记录为 {recorded}，现在为 {now}\n");
    let expected = [&report, PROOF, INPUTS, PACKS, AGAIN, WRITTEN, "核对结果：有1处不一致\n"];
    assert_eq!(desk.verify(&["报告.xlsx"]), said(1, &expected));
}

#[test]
fn one_cell_of_an_input_is_named_with_the_findings_that_it_changes() {
    let desk = Desk::new();
    // 林青 has 60 and 30 hours, and needs 80.
    desk.edit("台账/培训台账.csv", "\"60\"", "\"49\"");
    let expected = [
        REPORT,
        PROOF,
        "  × 台账：《台账/培训台账.csv》被改动\n",
        PACKS,
        "  × 结论：training-hours（二(二)5）林青（Z1，望汐镇教研室）2023年：达标 → 未达标，实际 90学时 → 79学时，差额 无 → 1学时\n",
        "核对结果：有2处不一致\n",
    ];
    assert_eq!(desk.verify(&["报告.xlsx"]), said(1, &expected));
}

#[test]
fn one_threshold_of_a_pack_is_named() {
    let desk = Desk::new();
    desk.edit("规则.toml", "80", "100");
    let expected = [
        REPORT,
        PROOF,
        INPUTS,
        "  × 规则包：《规则.toml》被改动\n",
        "  × 标准：规则包 ben-xian 的 training-hours（年度培训学时）：不少于80学时 → 不少于100学时\n",
        "  × 结论：training-hours（二(二)5）林青（Z1，望汐镇教研室）2023年：达标 → 未达标，差额 无 → 10学时\n",
        "  × 结论：training-hours（二(二)5）何田（Z2，望汐镇教研室）2023年：达标 → 未达标，差额 无 → 10学时\n",
        "核对结果：有4处不一致\n",
    ];
    assert_eq!(desk.verify(&["报告.xlsx"]), said(1, &expected));
}

#[test]
fn one_finding_of_the_proof_is_named_even_if_its_digests_are_made_to_fit() {
    let desk = Desk::new();
    let before = fs::read_to_string(desk.at("报告.json")).unwrap();
    desk.edit("报告.json", "\"verdict\": \"met\"", "\"verdict\": \"unmet\"");
    let (status, stdout, stderr) = desk.verify(&["报告.xlsx"]);
    let changed = "  × 核对文件：《报告.json》被改动，改的是核查结果或它的校验值\n";
    let finding = stdout.lines().find(|line| line.starts_with("  × 结论：")).unwrap().to_string() + "\n";
    assert!(finding.ends_with("：未达标 → 达标\n"), "{finding}");
    let expected = [REPORT, changed, INPUTS, PACKS, &finding, WRITTEN, "核对结果：有2处不一致\n"];
    assert_eq!((status, stdout, stderr), said(1, &expected));

    // Whoever knows the format can make the digests fit; the audit still says otherwise.
    let text = fs::read_to_string(desk.at("报告.json")).unwrap();
    let result = |text: &str| {
        let (_, rest) = text.split_once(",\n  \"assessment\": ").unwrap();
        jiaoyan::model::sha256_hex(format!("{}\n", rest.rsplit_once(",\n  \"seal\"").unwrap().0).as_bytes())
    };
    let text = text.replace(&result(&before), &result(&text));
    let (body, _) = text.rsplit_once(",\n  \"seal\"").unwrap();
    let seal = jiaoyan::model::sha256_hex(body.as_bytes());
    fs::write(desk.at("报告.json"), format!("{body},\n  \"seal\": \"{seal}\"\n}}\n")).unwrap();
    let expected = [REPORT, PROOF, INPUTS, PACKS, &finding, WRITTEN, "核对结果：有1处不一致\n"];
    assert_eq!(desk.verify(&["报告.xlsx"]), said(1, &expected));
}

#[test]
fn an_option_or_a_digest_of_the_proof_that_was_changed_is_seen() {
    let desk = Desk::new();
    let recorded = desk.digest("报告.xlsx");
    let other = "0".repeat(64);
    desk.edit("报告.json", &recorded, &other);
    let expected = [
        "  × 核对文件：记录的报告 SHA-256 不对；《报告.xlsx》与重新生成的报告完全相同\n",
        "  × 核对文件：《报告.json》被改动，改的是选项或其他记录\n",
        INPUTS,
        PACKS,
        AGAIN,
        "核对结果：有2处不一致\n",
    ];
    assert_eq!(desk.verify(&["报告.xlsx"]), said(1, &expected));
}

#[test]
fn an_input_that_is_not_there_is_named_and_can_be_given() {
    let desk = Desk::new();
    fs::create_dir(desk.at("别处")).unwrap();
    fs::rename(desk.at("台账/培训台账.csv"), desk.at("别处/培训（副本）.csv")).unwrap();
    let expected = [
        REPORT,
        PROOF,
        "  ？ 台账：找不到《台账/培训台账.csv》；请把它现在的位置写在报告文件后面\n",
        PACKS,
        "核对结果：没有发现不一致，但有1处核对不了\n",
    ];
    assert_eq!(desk.verify(&["报告.xlsx"]), said(2, &expected));
    assert_eq!(desk.verify(&["报告.xlsx", "别处/培训（副本）.csv"]), all_same());
    fs::write(desk.at("别处/多余.csv"), "日期,姓名,类型\n").unwrap();
    let other = "  × 台账：《别处/多余.csv》不是这份报告所用的文件\n";
    let expected = [REPORT, PROOF, other, PACKS, AGAIN, "核对结果：有1处不一致\n"];
    assert_eq!(desk.verify(&["报告.xlsx", "别处"]), said(1, &expected));
}

#[test]
fn a_folder_that_was_moved_with_its_report_is_borne_out_from_anywhere() {
    let desk = Desk::new();
    let other = tempfile::tempdir().unwrap();
    let moved = other.path().join("2023年检");
    fs::create_dir(&moved).unwrap();
    for name in ["台账", "规则.toml", "报告.xlsx", "报告.json"] {
        fs::rename(desk.at(name), moved.join(name)).unwrap();
    }
    let (status, stdout, stderr) = verify_in(other.path(), &["2023年检/报告.xlsx"]);
    let expected = all_same().1.replace("《报告.", "《2023年检/报告.");
    assert_eq!((status, stdout, stderr), (Some(0), expected, String::new()));
    fs::rename(moved.join("报告.xlsx"), moved.join("存档.xlsx")).unwrap();
    fs::rename(moved.join("报告.json"), moved.join("存档.json")).unwrap();
    let (status, stdout, _) = verify_in(&moved, &["存档.xlsx"]);
    assert_eq!(status, Some(0), "{stdout}");
    assert!(stdout.ends_with("  注意： 报告当初的文件名是《报告.xlsx》\n核对结果：一致\n"), "{stdout}");
}

#[test]
fn what_was_taken_by_default_is_taken_again_whatever_the_day() {
    let desk = Desk::new();
    fs::write(
        desk.at("校历.toml"),
        "[[term]]\nname = \"2023-2024学年第一学期\"\nfirst-day = 2023-09-04\nlast-day = 2024-01-19\n",
    )
    .unwrap();
    fs::write(desk.at("台账/~$培训台账.xlsx"), "lock").unwrap();
    desk.check(&["台账", "--pack", "jiangmen-2022", "--calendar", "校历.toml", "--level", "镇街", "-o", "默认.xlsx"]);
    let proof: Value = serde_json::from_slice(&fs::read(desk.at("默认.json")).unwrap()).unwrap();
    assert_eq!(proof["options"]["period-given"], false);
    assert_eq!(proof["options"]["as-of-given"], false);
    let (status, stdout, stderr) = desk.verify(&["默认.xlsx"]);
    assert_eq!((status, stderr.as_str()), (Some(0), ""), "{stdout}");
    assert!(stdout.contains("  √ 校历：没有改动\n") && stdout.contains(WRITTEN), "{stdout}");
    desk.edit("校历.toml", "2023-09-04", "2023-09-01");
    let (status, stdout, _) = desk.verify(&["默认.xlsx"]);
    assert_eq!(status, Some(1));
    assert!(stdout.contains("  × 校历：《校历.toml》被改动\n"), "{stdout}");
}

#[test]
fn what_is_no_report_with_its_proof_is_refused_with_what_to_do() {
    let desk = Desk::new();
    let refused = |words: &[&str]| {
        let (status, stdout, stderr) = desk.verify(words);
        assert_eq!((status, stdout.as_str()), (Some(2), ""), "{stderr}");
        stderr
    };
    assert_eq!(refused(&["没有.xlsx"]), "错误：读不了报告《没有.xlsx》：没有这个文件或文件夹\n");
    assert_eq!(refused(&["报告.json"]), "错误：《报告.json》是核对文件，请写报告（.xlsx）的文件名\n");
    fs::copy(desk.at("报告.xlsx"), desk.at("副本.xlsx")).unwrap();
    let expected = "错误：读不了核对文件《副本.json》：没有这个文件或文件夹\n  \
        核对文件和报告同名、放在一起；报告改了名或拷走了，核对文件也要一起改名、拷走\n  \
        公示版没有核对文件，请核对完整的报告\n";
    assert_eq!(refused(&["副本.xlsx"]), expected);
    fs::write(desk.at("副本.json"), "{}").unwrap();
    let expected = "错误：读不了核对文件《副本.json》：内容不完整，或不是本程序写的核对文件\n";
    assert_eq!(refused(&["副本.xlsx"]), expected);
    assert_eq!(refused(&["报告.xlsx", "没有.csv"]), "错误：读不了《没有.csv》：没有这个文件或文件夹\n");
}

#[test]
fn a_proof_is_the_assessment_in_the_bytes_of_the_format_json_and_masks_numbers() {
    let desk = Desk::new();
    desk.edit("台账/教研员花名册.csv", "\"Z2\"", "\"13812341234\"");
    let words = ["台账", "--pack", "规则.toml", "--period", "2023", "-o", "报告.xlsx", "--force", "--format", "json"];
    let output = cargo_bin_cmd!("jiaoyan").current_dir(desk.folder.path()).arg("check").args(words).output().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let text = fs::read_to_string(desk.at("报告.json")).unwrap();
    assert!(text.contains(printed.trim_end()) && !text.contains("13812341234") && text.contains("138****1234"));
    let proof: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(proof["assessment"], serde_json::from_str::<Value>(&printed).unwrap());
    assert_eq!(proof["assessment-sha256"], jiaoyan::model::sha256_hex(printed.as_bytes()));
    assert_eq!(proof["report"]["sha256"], desk.digest("报告.xlsx"));
    assert_eq!(desk.verify(&["报告.xlsx"]).0, Some(0));
    fs::remove_file(desk.at("报告.json")).unwrap();
    fs::remove_file(desk.at("报告.xlsx")).unwrap();
    desk.check(&words);
    assert_eq!(fs::read_to_string(desk.at("报告.json")).unwrap(), text);
}

#[test]
fn a_file_that_has_the_name_of_a_proof_is_not_overwritten_unasked() {
    let desk = Desk::new();
    fs::write(desk.at("其他.json"), "foreign").unwrap();
    let words = ["check", "台账", "--pack", "规则.toml", "--period", "2023", "-o", "其他.xlsx"];
    let expected =
        "错误：《其他.json》已经存在，报告的核对文件要用这个名称；要覆盖请加 --force，或用 -o 换一个文件名\n";
    cargo_bin_cmd!("jiaoyan").current_dir(desk.folder.path()).args(words).assert().code(2).stderr(expected);
    assert!(!desk.at("其他.xlsx").exists());
    assert_eq!(fs::read(desk.at("其他.json")).unwrap(), b"foreign");
    fs::write(desk.at("2023年核查报告.json"), "foreign").unwrap();
    desk.check(&["台账", "--pack", "规则.toml", "--period", "2023"]);
    assert!(desk.at("2023年核查报告(2).xlsx").exists() && desk.at("2023年核查报告(2).json").exists());
    assert!(!desk.at("2023年核查报告.xlsx").exists());
    // Never over an input, whatever it is called.
    fs::rename(desk.at("台账/培训台账.csv"), desk.at("台账/培训.json")).unwrap();
    let words = ["check", "台账", "台账/培训.json", "--pack", "规则.toml", "-o", "台账/培训.xlsx", "--force"];
    let expected = "错误：《台账/培训.json》是要核查的台账，报告的核对文件不能用这个名称；请用 -o 换一个文件名\n";
    cargo_bin_cmd!("jiaoyan").current_dir(desk.folder.path()).args(words).assert().code(2).stderr(expected);
}
