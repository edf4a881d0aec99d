mod clauses;
mod copies;
pub(crate) mod fixture;
mod pages;
mod print;

use calamine::{Reader, Xlsx};

use fixture::{IDENTITY, PHONE, rows};

use super::*;
use crate::pack::Pack;

fn written() -> Vec<u8> {
    let (audit, packs) = (fixture::audit(), fixture::packs());
    let options = [("核查年度".to_string(), "2023".to_string())];
    workbook(&Report { audit: &audit, packs: &packs, dictionary: fixture::dictionary(), options: &options })
        .unwrap()
        .bytes
}

#[test]
fn the_run_is_recorded_with_digests_and_sums() {
    let run: Vec<String> = rows(&written(), "运行记录").into_iter().map(|row| row.join("|")).collect();
    let has = |line: &str| assert!(run.iter().any(|row| row == line), "{line} is not in {run:#?}");
    has("程序版本|jiaoyan 0.1.0||||||");
    has("选项：核查年度|2023||||||");
    has(&format!("台账/活动台账.xlsx||编码为GBK||{}|||", "a1".repeat(32)));
    has("活动台账.xlsx|活动台账|活动台账|第2行|810|1|1|810＋1＋1＝812");
    has("jiangmen-2022|7|1|4|1|0|0|1");
    has("1. 没有指定核查年度，取最近结束的2023年|||||||");
    has(
        "2. 活动台账.xlsx／活动台账 行数较多，本报告的原表副本只保留表头、有问题的行和各项依据的前几行（最多各2000行），行号与原表相同，其余的行不显示|||||||",
    );
}

#[test]
fn a_copy_keeps_addresses_and_values_and_never_makes_a_formula() {
    let written = written();
    let copy = rows(&written, "原表1 活动台账");
    assert_eq!(copy[1][..5], ["日期", "姓名", "身份证号", "电话", "主题"]);
    assert_eq!(copy[4][1..5], ["张三", "11*************02X", "138****1234", "=1+1"]);
    assert_eq!(copy[5][..4], ["1.5", "张三", "11*************000", "true"]);
    assert_eq!(copy[7][..5], ["2023.13", "李四", "（错误值或公式没有结果）", "@说明", "-5"]);
    let parts = fixture::parts(&written);
    let sheets: Vec<_> = parts.iter().filter(|(name, _)| name.starts_with("xl/worksheets/sheet")).collect();
    assert_eq!(sheets.len(), 15);
    assert!(sheets.iter().all(|(_, text)| !text.contains("<f>")));
}

#[test]
fn a_copy_says_at_the_cell_what_is_wrong_there_even_where_the_cell_is_blank() {
    let parts = fixture::parts(&copies::with_whole_copy());
    let (_, notes) = parts.iter().find(|(name, _)| name.starts_with("xl/comments")).unwrap();
    for said in [
        "<comment ref=\"B5\"",
        "【未达标】深入学校开展教学指导天数（二(四)14）\n对象：张三，2023年\n应达标准：不少于60天\n实际：52天",
        "<comment ref=\"B8\"",
        "【待核】听课评课节数",
        "<comment ref=\"C30\"",
        "【必填项为空】姓名为空",
    ] {
        assert!(notes.contains(said), "{said} is not in {notes}");
    }
    assert!(!notes.contains("ref=\"B9999\""));
}

#[test]
fn no_identity_or_phone_number_stands_anywhere_in_the_workbook_or_the_other_outputs() {
    let (mut audit, packs) = (fixture::audit(), fixture::packs());
    audit.assessment.findings[1].subject.id = Some(IDENTITY.into());
    audit.assessment.findings[1].reason = format!("电话{PHONE}").into();
    audit.assessment.inputs[0].sheets[0].name = PHONE.into();
    let report = Report { audit: &audit, packs: &packs, dictionary: fixture::dictionary(), options: &[] };
    let mut outputs = fixture::parts(&workbook(&report).unwrap().bytes);
    outputs.push(("terminal".to_string(), terminal(&report, None)));
    outputs.push(("json".to_string(), json(&audit.assessment).unwrap()));
    for (name, text) in outputs {
        for secret in [IDENTITY, PHONE, "1.1010519491231", "110105194912310"] {
            assert!(!text.contains(secret), "{secret} stands in {name}");
        }
    }
}

#[test]
fn the_same_audit_gives_the_same_bytes() {
    assert_eq!(written(), written());
}

#[test]
fn text_that_a_cell_cannot_hold_is_cut_and_says_so() {
    let (mut audit, packs) = (fixture::audit(), fixture::packs());
    audit.assessment.findings[1].reason = format!("\u{1}{}", "长".repeat(40_000)).into();
    let written = workbook(&Report { audit: &audit, packs: &packs, dictionary: fixture::dictionary(), options: &[] })
        .unwrap()
        .bytes;
    let list = rows(&written, "问题清单");
    let parts: Vec<&Vec<String>> = list.iter().skip(5).take_while(|row| !row[8].is_empty()).collect();
    // A row holds 24 lines, so the text goes on below.
    assert!(parts.iter().skip(1).all(|row| row[0] == "（续）" && row[1].is_empty()));
    assert!(parts.len() > 50, "{}", parts.len());
    let actual: String = parts.iter().map(|row| row[8].as_str()).collect();
    assert_eq!(actual.chars().count(), 32_767);
    assert!(actual.ends_with("…（内容过长，已截断）"));
}

#[test]
fn a_second_document_gets_a_matrix_of_its_own_under_its_own_head() {
    let mut packs = fixture::packs();
    packs.extend(fixture::packs());
    packs[1].id = "other".to_string();
    let mut other = fixture::amount("training-hours", ("T001", "张三"), 80, 90);
    other.pack = "other".to_string();
    let findings = vec![fixture::amount("visit-days", ("T001", "张三"), 52, 60), other];
    let audit = fixture::assemble(findings, Vec::new(), Default::default());
    let written = workbook(&Report { audit: &audit, packs: &packs, dictionary: fixture::dictionary(), options: &[] })
        .unwrap()
        .bytes;
    let stated = |sheet: &str| -> Vec<String> {
        let row = rows(&written, sheet).into_iter().find(|row| row[1].starts_with("张三")).unwrap();
        row.into_iter().filter(|cell| cell.contains('/')).collect()
    };
    assert_eq!(stated("人员达标矩阵"), ["52/60\n×未达标"]);
    assert_eq!(stated("人员达标矩阵（2）"), ["80/90\n×未达标"]);
}

/// Two documents that ask for the same: the built-in one, and an office's own over it.
fn two_documents() -> Vec<Pack> {
    let own = "[pack]\nid = \"other\"\ntitle = \"某县办法\"\nnumber = \"某教〔2023〕1号\"\nextends = \"jiangmen-2022\"\n\
        [[rule]]\nid = \"visit-days\"\nat-least = { by = \"level\", \"市级\" = 50 }\n\
        [[rule]]\nid = \"training-hours\"\noff = \"另行核查\"\n";
    let mut packs = fixture::packs();
    packs.push(crate::pack::parse("other.toml", own, "c3", crate::dictionary::Dictionary::built_in()).unwrap());
    packs
}

fn over_two_documents() -> Vec<u8> {
    let packs = two_documents();
    let mut other = fixture::amount("visit-days", ("T001", "张三"), 52, 50);
    other.pack = "other".to_string();
    let findings = vec![
        fixture::amount("visit-days", ("T001", "张三"), 52, 60),
        fixture::amount("visit-days", ("T002", "李四"), 20, 60),
        fixture::amount("training-hours", ("T001", "张三"), 80, 90),
        other,
    ];
    let mut audit = fixture::assemble(findings, Vec::new(), Default::default());
    audit.assessment.packs.push(crate::model::PackStamp { id: "other".to_string(), sha256: "c3".to_string() });
    workbook(&Report { audit: &audit, packs: &packs, dictionary: fixture::dictionary(), options: &[] }).unwrap().bytes
}

#[test]
fn several_documents_stand_side_by_side_standards_first_then_each_subject() {
    let written = over_two_documents();
    let names = Xlsx::new(std::io::Cursor::new(&written)).map(|w: Xlsx<_>| w.sheet_names().to_vec()).unwrap();
    let place = |name: &str| names.iter().position(|sheet| sheet == name);
    assert_eq!(place("各文件对照"), place("机构指标").map(|at| at + 1));
    let page: Vec<Vec<String>> =
        rows(&written, "各文件对照").into_iter().map(|row| row.into_iter().take(4).collect()).collect();
    let visits = [
        "市级不少于60天，\n县级不少于80天，\n镇街不少于80天\n每年，应",
        "市级不少于50天，\n县级不少于80天，\n镇街不少于80天\n每年，应",
    ];
    assert!(
        page.contains(&["要求", "", "江教办〔2022〕38号", "某教〔2023〕1号"].map(str::to_string).to_vec()),
        "{page:?}"
    );
    assert!(page.contains(&["到校天数", "", visits[0], visits[1]].map(str::to_string).to_vec()), "{page:?}");
    assert!(page.contains(&["培训学时", "", "不少于90学时\n每年，应", "—"].map(str::to_string).to_vec()), "{page:?}");
    let at = page.iter().position(|row| row[0] == "单位" && row[2].contains("60天")).unwrap();
    assert_eq!(page[at - 1][0], "到校天数");
    assert_eq!(
        page[at][2..],
        [format!("江教办〔2022〕38号\n{}", visits[0]), format!("某教〔2023〕1号\n{}", visits[1])]
    );
    assert_eq!(page[at + 1], ["江门市教育研究院", "张三（T001）", "52/60\n×未达标", "52/50\n√达标"]);
    assert_eq!(page[at + 2], ["江门市教育研究院", "李四（T002）", "20/60\n×未达标", "—"]);
    assert!(!page.iter().any(|row| row[2].contains("80/90")), "one document alone is no comparison: {page:?}");
}

#[test]
fn what_an_office_changes_of_a_document_stands_on_the_first_page_and_in_the_record() {
    let written = over_two_documents();
    let changed = "规则 visit-days 深入学校开展教学指导天数：市级不少于60天 改为 市级不少于50天";
    let off = "规则 training-hours 年度培训学时 停用：另行核查";
    let said = format!("本规则包在内置规则包 jiangmen-2022 的基础上改动2处\n1. {changed}\n2. {off}");
    let overview = rows(&written, "汇总");
    let at = overview.iter().position(|row| row[0] == said).unwrap();
    assert_eq!(overview[at - 1][0], "依据文件：《某县办法》（某教〔2023〕1号）");
    let run: Vec<String> = rows(&written, "运行记录").into_iter().map(|row| row.join("|")).collect();
    let has = |line: &str| assert!(run.iter().any(|row| row == line), "{line} is not in {run:#?}");
    has("other|某县办法||某教〔2023〕1号|c3|||");
    has(&format!("other的基础|内置规则包 jiangmen-2022|||{}|||", fixture::packs()[0].sha256));
    has(&format!("other的改动|{changed}||||||"));
    has(&format!("other的改动|{off}||||||"));
}
