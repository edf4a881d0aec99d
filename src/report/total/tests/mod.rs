//! What stands in the 总表 of a small run, cell by cell.

mod edges;

use jiff::civil::{Date, date};

use super::*;
use crate::model::{Counts, Office, Outcome, RuleCounts, Summary};
use crate::pack::Pack;
use crate::report::tests::fixture::{packs, parts, rows};

const AS_OF: Date = date(2023, 12, 31);

/// An office of these areas and packs, its rules counted by their places.
fn office(packs: &[Pack], area: &str, name: &str, counts: impl Fn(usize) -> Counts) -> Office {
    let rules = packs.iter().flat_map(|pack| pack.rules.iter().map(move |rule| (pack, rule)));
    let (mut gaps, mut notes) = (0, 0);
    let rules = (0..).zip(rules).map(|(at, (pack, rule))| {
        let counts = counts(at);
        let unmet = if rule.obligation.binds() { &mut gaps } else { &mut notes };
        *unmet += counts.unmet;
        RuleCounts { pack: pack.id.clone(), rule: rule.id.clone(), counts }
    });
    let rules = rules.collect();
    let summary =
        Summary { people: 60, rows: 6_000, partly: 3, unused: 2, issues: 7, gaps, notes, rules, ..Summary::default() };
    Office { area: area.to_string(), name: name.to_string(), outcome: Outcome::Audited(summary) }
}

fn missed(area: &str, name: &str, why: &str) -> Office {
    let outcome = Outcome::NotAudited(why.to_string());
    Office { area: area.to_string(), name: name.to_string(), outcome }
}

fn run<'t>(offices: &'t [Office], packs: &'t [Pack]) -> Total<'t> {
    Total { offices, packs, period: "2023", as_of: AS_OF, options: &[], notes: &[] }
}

/// The rows of a page, the cells of a row parted by bars, empty ones at the end left out.
fn said(workbook: &[u8], sheet: &str) -> Vec<String> {
    rows(workbook, sheet).iter().map(|row| row.join("|").trim_end_matches('|').to_string()).collect()
}

fn written(offices: &[Office], packs: &[Pack]) -> Vec<u8> {
    total(&run(offices, packs)).unwrap()
}

fn counts(met: u64, unmet: u64, review: u64) -> Counts {
    Counts { met, unmet, review, ..Counts::default() }
}

/// The places of 深入学校开展教学指导天数, 听课评课节数 and (力争) 教研基地数.
const VISITS: usize = 13;
const LESSONS: usize = 14;
const BASES: usize = 16;

/// Two areas: two offices that stand alike, one behind them, one of which nothing is decided, one not audited.
fn five(packs: &[Pack]) -> Vec<Office> {
    let none = Counts::default();
    let alike = |at: usize, bases: Counts| match at {
        VISITS => counts(9, 1, 0),
        LESSONS => counts(5, 0, 5),
        BASES => bases,
        _ => none,
    };
    let behind = |at: usize| match at {
        VISITS => counts(2, 8, 0),
        LESSONS => Counts { not_applicable: 10, ..none },
        _ => none,
    };
    let open = |at: usize| if at == VISITS { counts(0, 0, 10) } else { none };
    vec![
        office(packs, "江门市", "蓬江区", |at| alike(at, counts(0, 1, 0))),
        office(packs, "江门市", "江海区", |at| alike(at, none)),
        missed("江门市", "新会区", "读不了《台账13812341234.xlsx》：文件已损坏"),
        office(packs, "茂名市", "茂南区", behind),
        office(packs, "茂名市", "电白区", open),
    ]
}

#[test]
fn the_front_page_says_what_was_found_and_compares_areas_offices_and_requirements() {
    let packs = packs();
    assert_eq!(
        said(&written(&five(&packs), &packs), "概况"),
        [
            "教研工作核查总表",
            "应核查5个单位，已核查4个，1个未能核查、不计入各项数字；3个单位有问题，共10项（另有提示1项），达标率最低的要求是二(四)14“深入学校开展教学指导天数”（66.6%）；待核20项，占应检的32.8%。",
            "核查年度：2023年\u{3000}\u{3000}数据截至：2023-12-31",
            "核查单位|应核查5个，已核查4个，未能核查1个（名称和原因见“未能核查的单位”）",
            "依据文件|《江门市教育局贯彻落实〈广东省教育厅关于建立健全新时代基础教育教研体系的实施意见〉的行动计划》（江教办〔2022〕38号）",
            "核查数据|教研员240人，数据行24000行，其中部分采用12行、未采用8行，数据问题28处",
            "",
            "一、按督导内容",
            "督导内容|||应检|达标|未达标|待核|未到期|豁免|不适用|达标率|待核占比",
            "机构设置|||0|0|0|0|0|0|0|—|—",
            "队伍建设|||0|0|0|0|0|0|0|—|—",
            "职责落实|||60|30|10|20|0|0|10|75.0%|33.4%",
            "条件保障|||0|0|0|0|0|0|0|—|—",
            "工作实效|||1|0|1|0|0|0|0|0.0%|0.0%",
            "合计|||61|30|11|20|0|0|10|73.1%|32.8%",
            "",
            "",
            "",
            "二、达标率最低的要求（“应”“原则上”的要求）",
            "条款|核查内容|强度|应检|达标|未达标|待核|未到期|豁免|不适用|达标率|待核占比",
            "二(四)14|深入学校开展教学指导天数|应|40|20|10|10|0|0|0|0.666|0.25",
            "各项要求和涉及的单位数见“条款情况”。",
            "",
            "",
            "三、按地区（“应”“原则上”的要求）",
            "名次|地区|单位数|应检|达标|未达标|待核|未到期|豁免|不适用|达标率|待核占比",
            "1|江门市（1个未能核查）|3|40|28|2|10|0|0|0|93.3%|25.0%",
            "2|茂名市|2|20|2|8|10|0|0|10|20.0%|50.0%",
            "名次只按“应”“原则上”的要求，达标率高的在前（按未舍尾数的比例）；达标率相同的，未达标项少的在前；仍相同的，待核占比低的在前；三项都相同的名次并列。没有一项作出判定的不排名次，记“—”。待核占比超过一半的（黄色，数字后有“？”），达标率只反映少数已判定的项，名次仅供参考。",
            "",
            "四、按单位：达标率从高到低的单位（“应”“原则上”的要求）",
            "名次|单位|人数|应检|达标|未达标|待核|未到期|豁免|不适用|达标率|待核占比",
            "1|江门市 蓬江区|60|20|14|1|5|0|0|0|0.933|0.25",
            "1|江门市 江海区|60|20|14|1|5|0|0|0|0.933|0.25",
            "3|茂名市 茂南区|60|10|2|8|0|0|0|10|0.2|0",
            "全部单位和排名办法见“单位排名”。",
            "",
            "",
            "说明：应检＝达标＋未达标＋待核＋未到期＋豁免，不适用的不计入应检。达标率＝达标÷（达标＋未达标），只就已作判定的计算，尾数舍去；待核占比＝待核÷应检，尾数进位。待核的一项可能达标，也可能未达标，两个数要一起看。一人（机构、学校）在一个周期内的一项要求计为一项。“问题”指“应”“原则上”的要求未达标，“力争”“鼓励”的要求未达标列入“提示”。",
            "",
            "填报单位\u{3000}填报人：\u{3000}\u{3000}\u{3000}\u{3000}\u{3000}审核人：\u{3000}\u{3000}\u{3000}\u{3000}\u{3000}单位负责人（签字）：\u{3000}\u{3000}\u{3000}\u{3000}\u{3000}\u{3000}（公章）\u{3000}\u{3000}\u{3000}年\u{3000}\u{3000}月\u{3000}\u{3000}日\n\n督导组\u{3000}\u{3000}检查人：\u{3000}\u{3000}\u{3000}\u{3000}\u{3000}复核人：\u{3000}\u{3000}\u{3000}\u{3000}\u{3000}督导组长（签字）：\u{3000}\u{3000}\u{3000}\u{3000}\u{3000}\u{3000}\u{3000}日期：\u{3000}\u{3000}\u{3000}年\u{3000}\u{3000}月\u{3000}\u{3000}日",
        ]
    );
}

#[test]
fn offices_that_stand_alike_share_a_rank_and_nothing_decided_has_none() {
    let packs = packs();
    assert_eq!(
        said(&written(&five(&packs), &packs), "单位排名"),
        [
            "单位排名",
            "“应检”到“待核占比”各栏只计“应”“原则上”的要求，应检还含未到期和豁免的项。名次只按“应”“原则上”的要求，达标率高的在前（按未舍尾数的比例）；达标率相同的，未达标项少的在前；仍相同的，待核占比低的在前；三项都相同的名次并列。没有一项作出判定的不排名次，记“—”。待核占比超过一半的（黄色，数字后有“？”），达标率只反映少数已判定的项，名次仅供参考。",
            "另有1个单位未能核查，见“未能核查的单位”。",
            "名次|地区|单位|人数|数据行|未采用行|应检|达标|未达标|待核|达标率|待核占比|提示|数据问题",
            "1|江门市|蓬江区|60|6000|2|20|14|1|5|0.933|0.25|1|7",
            "1|江门市|江海区|60|6000|2|20|14|1|5|0.933|0.25|0|7",
            "3|茂名市|茂南区|60|6000|2|10|2|8|0|0.2|0|0|7",
            "—|茂名市|电白区|60|6000|2|10|0|0|10|—|1|0|7",
        ]
    );
}

#[test]
fn the_least_met_rule_comes_first_and_what_does_not_bind_after_all_that_does() {
    let packs = packs();
    assert_eq!(
        said(&written(&five(&packs), &packs), "条款情况"),
        [
            "条款情况",
            "依据文件：《江门市教育局贯彻落实〈广东省教育厅关于建立健全新时代基础教育教研体系的实施意见〉的行动计划》（江教办〔2022〕38号）",
            "达标率低的在前，没有作出判定的在后；“力争”“鼓励”的要求未达标不是问题，列在“应”“原则上”的要求之后。涉及单位＝有应检项的单位；全部达标＝应检项除豁免外都达标的单位；有未达标＝至少一项未达标的单位；涉及而不在后两栏的单位没有未达标的项，但有待核或未到期的项。",
            "条款|督导内容|核查内容|强度|应检|达标|未达标|待核|未到期|豁免|不适用|达标率|待核占比|涉及单位|全部达标|有未达标",
            "二(四)14|职责落实|深入学校开展教学指导天数|应|40|20|10|10|0|0|0|0.666|0.25|4|0|3",
            "二(四)14|职责落实|听课评课节数|应|20|10|0|10|0|0|10|1|0.5|2|0|0",
            "二(二)3|队伍建设|专职教研员编制数|应|0|0|0|0|0|0|0|—|—|0|0|0",
            "二(二)3|队伍建设|总编制数|应|0|0|0|0|0|0|0|—|—|0|0|0",
            "二(二)3|队伍建设|按学段配齐各学科专职教研员|应|0|0|0|0|0|0|0|—|—|0|0|0",
            "二(二)3|队伍建设|在编教研员在岗|应|0|0|0|0|0|0|0|—|—|0|0|0",
            "二(二)4|队伍建设|专职教研员准入条件|原则上|0|0|0|0|0|0|0|—|—|0|0|0",
            "二(二)5|队伍建设|年度培训学时|应|0|0|0|0|0|0|0|—|—|0|0|0",
            "二(二)5|队伍建设|三年一周期教研能力提升研修|应|0|0|0|0|0|0|0|—|—|0|0|0",
            "二(二)5|队伍建设|设立重点研究项目或课题|应|0|0|0|0|0|0|0|—|—|0|0|0",
            "二(二)6|队伍建设|在岗满5年到中小学任教1年以上|原则上|0|0|0|0|0|0|0|—|—|0|0|0",
            "二(四)11|工作实效|年度创建先进教研组|应|0|0|0|0|0|0|0|—|—|0|0|0",
            "二(四)12|职责落实|乡村学校、薄弱学校联系点|应|0|0|0|0|0|0|0|—|—|0|0|0",
            "二(四)14|职责落实|每学期到各县（市、区）高中集体教学视导|应|0|0|0|0|0|0|0|—|—|0|0|0",
            "二(四)14|职责落实|县级以上公开课、示范课或专题讲座|应|0|0|0|0|0|0|0|—|—|0|0|0",
            "三(二)22|条件保障|教研经费纳入财政预算|应|0|0|0|0|0|0|0|—|—|0|0|0",
            "三(三)23|条件保障|两年一次突出贡献奖评选表彰|应|0|0|0|0|0|0|0|—|—|0|0|0",
            "二(五)17|工作实效|教研基地数|力争|1|0|1|0|0|0|0|0|0|1|0|1",
            "二(二)3|队伍建设|聘请兼职教研员|鼓励|0|0|0|0|0|0|0|—|—|0|0|0",
        ]
    );
}

#[test]
fn the_matrix_gives_each_office_its_rate_or_why_there_is_none() {
    let packs = packs();
    assert_eq!(
        said(&written(&five(&packs), &packs), "单位×条款"),
        [
            "||单位×条款（达标率）",
            "||《江门市教育局贯彻落实〈广东省教育厅关于建立健全新时代基础教育教研体系的实施意见〉的行动计划》（江教办〔2022〕38号）",
            "||每格是单位在该条款的达标率，只就已作判定的计算，尾数舍去；数字后有“？”的另有待核的项。全部达到为绿色，有待核的为黄色；“应”“原则上”的要求不足60%为红色；“力争”“鼓励”的要求未全部达到为灰色。没有作出判定的写“待核”“未到期”等，“—”为没有此项核查。未能核查的1个单位不在表内。",
            "地区|单位|二(二)3\n专职教研员编制数|二(二)3\n总编制数|二(二)3\n按学段配齐各学科专职教研员|二(二)3\n在编教研员在岗|二(二)3\n聘请兼职教研员|二(二)4\n专职教研员准入条件|二(二)5\n年度培训学时|二(二)5\n三年一周期教研能力提升研修|二(二)5\n设立重点研究项目或课题|二(二)6\n在岗满5年到中小学任教1年以上|二(四)11\n年度创建先进教研组|二(四)12\n乡村学校、薄弱学校联系点|二(四)14\n每学期到各县（市、区）高中集体教学视导|二(四)14\n深入学校开展教学指导天数|二(四)14\n听课评课节数|二(四)14\n县级以上公开课、示范课或专题讲座|二(五)17\n教研基地数|三(二)22\n教研经费纳入财政预算|三(三)23\n两年一次突出贡献奖评选表彰",
            "江门市|蓬江区|—|—|—|—|—|—|—|—|—|—|—|—|—|0.9|1|—|0|—|—",
            "江门市|江海区|—|—|—|—|—|—|—|—|—|—|—|—|—|0.9|1|—|—|—|—",
            "茂名市|茂南区|—|—|—|—|—|—|—|—|—|—|—|—|—|0.2|不适用|—|—|—|—",
            "茂名市|电白区|—|—|—|—|—|—|—|—|—|—|—|—|—|待核|—|—|—|—|—",
        ]
    );
}

#[test]
fn an_office_that_could_not_be_audited_is_named_with_its_reason() {
    let packs = packs();
    assert_eq!(
        said(&written(&five(&packs), &packs), "未能核查的单位"),
        [
            "未能核查的单位",
            "这些单位的数据没有核查，不计入其他各页的数字，也不等于没有问题。请有关单位按“原因”改好文件，再用同样的命令加 --resume 运行，已核查的单位不再重做。“处理情况”由经办人填写。",
            "序号|地区|单位|原因|处理情况",
            "1|江门市|新会区|读不了《台账138****1234.xlsx》：文件已损坏",
        ]
    );
}

#[test]
fn the_run_is_recorded_with_its_options_its_notes_and_the_digests_of_its_packs() {
    let packs = packs();
    let options = [("核查年度".to_string(), "2023".to_string())];
    let notes = ["《说明.docx》不在任何单位的文件夹里，没有核查".to_string()];
    let offices = five(&packs);
    let total = Total { options: &options, notes: &notes, ..run(&offices, &packs) };
    let pack = format!("jiangmen-2022|{}||江教办〔2022〕38号|{}", packs[0].title, packs[0].sha256);
    assert_eq!(
        said(&super::total(&total).unwrap(), "运行记录"),
        [
            "运行记录",
            "",
            "程序与选项",
            "名称|内容",
            concat!("程序版本|jiaoyan ", env!("CARGO_PKG_VERSION")),
            "核查年度|2023年",
            "数据截至|2023-12-31",
            "选项：核查年度|2023",
            "数量|已核查的单位4个，未能核查的单位1个，输入文件0个",
            "",
            "规则包",
            "规则包|文件||文号|SHA-256",
            &pack,
            "",
            "运行说明",
            "1. 《说明.docx》不在任何单位的文件夹里，没有核查",
        ]
    );
}

#[test]
fn the_terminal_shows_the_ends_and_who_was_not_audited() {
    let packs = packs();
    let text = total_text(&run(&five(&packs), &packs), Some(100));
    assert!(text.lines().all(|line| line == line.trim_end()));
    insta::assert_snapshot!(text, @r#"
    核查年度 2023年，截至 2023-12-31
    应核查5个单位，已核查4个，1个未能核查、不计入各项数字；3个单位有问题，共10项（另有提示1项），达标率最低的要求是二(四)14“深入学校开展教学指导天数”（66.6%）；待核20项，占应检的32.8%。

    达标率最低的地区（“应”“原则上”的要求）：
    ------------------------------------------------------------------------------------
     名次   地区                        应检   达标   未达标   待核   达标率   待核占比
    ====================================================================================
     2      茂名市                        20      2        8     10    20.0%      50.0%
     1      江门市（1个单位未能核查）     40     28        2     10    93.3%      25.0%
    ------------------------------------------------------------------------------------

    达标率最低的要求（“应”“原则上”的要求）：
    ---------------------------------------------------------------------------------------
     条款       核查内容                   应检   达标   未达标   待核   达标率   待核占比
    =======================================================================================
     二(四)14   深入学校开展教学指导天数     40     20       10     10    66.6%      25.0%
    ---------------------------------------------------------------------------------------

    未能核查的单位 1 个：
      1.  江门市 新会区：读不了《台账138****1234.xlsx》：文件已损坏
    "#);
}

#[test]
fn the_charts_draw_the_rates_that_stand_in_the_tables_above_them() {
    let packs = packs();
    let written = written(&five(&packs), &packs);
    let parts = parts(&written);
    let charts: Vec<&str> =
        parts.iter().filter(|(name, _)| name.starts_with("xl/charts/chart")).map(|(_, text)| text.as_str()).collect();
    let [verdicts, rules, offices] = charts[..] else { panic!("{} charts", charts.len()) };
    let front = said(&written, "概况");
    let row = |begin: &str| front.iter().position(|line| line.starts_with(begin)).unwrap() + 1;
    let drawn = |column: &str, first: usize, last: usize| match first == last {
        true => format!("<c:f>概况!${column}${first}</c:f>"),
        false => format!("<c:f>概况!${column}${first}:${column}${last}</c:f>"),
    };
    let (bodies, results) = (row("机构设置"), row("工作实效"));
    let (visits, first, last) = (row("二(四)14|深入"), row("1|江门市 蓬江区"), row("3|茂名市 茂南区"));
    for (chart, said) in [
        (verdicts, drawn("A", bodies, results)),
        (verdicts, drawn("E", bodies, results)),
        (rules, "达标率最低的要求".to_string()),
        (rules, drawn("B", visits, visits)),
        (rules, drawn("K", visits, visits)),
        (offices, "达标率从高到低的单位".to_string()),
        (offices, drawn("B", first, last)),
        (offices, drawn("K", first, last)),
    ] {
        assert!(chart.contains(&said), "{said} is not in {chart}");
    }
    let (_, styles) = parts.iter().find(|(name, _)| name == "xl/styles.xml").unwrap();
    assert!(styles.contains("formatCode=\"0.0%&quot;？&quot;\""), "{styles}");
}
