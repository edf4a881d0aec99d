//! The 总表 of runs at the edges: none audited, nothing decided, one area, many offices, several documents.

use super::*;
use crate::dictionary::Dictionary;
use crate::pack::{built_in, built_in_ids};
use crate::report::tests::fixture::parts;

/// Offices by a run of numbers that is the same each time.
fn many(packs: &[Pack], count: usize, areas: usize) -> Vec<Office> {
    let mut seed = 7_u64;
    let mut next = move |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    let names = (0..count)
        .map(|number| (format!("第{:02}市", number * areas / count + 1), format!("第{number}区教师发展中心")));
    let offices = names.map(|(area, name)| {
        if next(40) == 0 {
            return missed(
                &area,
                &name,
                "读不了《台账.xlsx》：文件已损坏或不是表格文件；请用表格程序打开后另存为 xlsx",
            );
        }
        let skill = next(100);
        let all: Vec<Counts> = packs
            .iter()
            .flat_map(|pack| &pack.rules)
            .map(|_| {
                let due = if next(3) == 0 { 1 } else { 20 + next(40) };
                let review = if next(4) == 0 { next(due) / 3 } else { 0 };
                let met = ((due - review) * (skill + next(60)).min(100)) / 100;
                let counts = Counts { met, unmet: due - review - met, review, ..Counts::default() };
                if next(15) == 0 { Counts { not_applicable: due, ..Counts::default() } } else { counts }
            })
            .collect();
        office(packs, &area, &name, |at| all[at])
    });
    offices.collect()
}

fn all_packs() -> Vec<Pack> {
    built_in_ids().map(|id| built_in(id, Dictionary::built_in()).unwrap()).collect()
}

/// The lines of a page that begin so.
fn lines(workbook: &[u8], sheet: &str, begin: &str) -> Vec<String> {
    said(workbook, sheet).into_iter().filter(|line| line.starts_with(begin)).collect()
}

#[test]
fn where_none_was_audited_no_figure_looks_like_a_result() {
    let packs = packs();
    let offices = [missed("", "甲县", "没有可读的文件"), missed("", "乙县", "没有可读的文件")];
    let written = written(&offices, &packs);
    let lead = "2个单位都未能核查，没有核查结果；原因见“未能核查的单位”。";
    assert_eq!(said(&written, "概况")[1], lead);
    assert_eq!(lines(&written, "概况", "合计"), ["合计|||0|0|0|0|0|0|0|—|—"]);
    assert_eq!(lines(&written, "概况", "没有"), ["没有未达标的要求。", "没有可以排名的单位。"]);
    // No areas: no column for them.
    let missed = said(&written, "未能核查的单位");
    assert_eq!(missed[2..], ["序号|单位|原因|处理情况", "1|甲县|没有可读的文件", "2|乙县|没有可读的文件"]);
    assert!(parts(&written).iter().all(|(name, _)| !name.starts_with("xl/charts/chart")));
    let text = total_text(&run(&offices, &packs), None);
    assert_eq!(
        text,
        format!(
            "核查年度 2023年，截至 2023-12-31\n{lead}\n\n未能核查的单位 2 个：\n  1.  甲县：没有可读的文件\n  \
             2.  乙县：没有可读的文件\n"
        )
    );
}

#[test]
fn a_run_over_no_office_says_so() {
    let packs = packs();
    let written = written(&[], &packs);
    assert_eq!(said(&written, "概况")[1], "没有要核查的单位。");
    assert_eq!(said(&written, "未能核查的单位"), ["未能核查的单位", "没有要核查的单位。"]);
}

#[test]
fn where_nothing_was_decided_nothing_reads_like_a_clean_bill() {
    let packs = packs();
    let open = |at| if at == VISITS { counts(0, 0, 10) } else { Counts::default() };
    let offices = [office(&packs, "", "甲县", open)];
    let written = written(&offices, &packs);
    assert_eq!(
        said(&written, "概况")[1],
        "1个单位全部核查；没有一项作出达标或未达标的判定；待核10项，占应检的100.0%。"
    );
    assert_eq!(said(&written, "单位排名")[3], "—|甲县|60|6000|2|10|0|0|10|—|1|0|7");
    assert_eq!(said(&written, "未能核查的单位")[1], "没有。1个单位全部核查。");
}

#[test]
fn where_all_is_met_it_says_so_and_one_area_is_not_ranked() {
    let packs = packs();
    let all = |at| if at == VISITS { counts(10, 0, 0) } else { Counts::default() };
    let offices = [office(&packs, "江门市", "甲县", all), office(&packs, "江门市", "乙县", all)];
    let written = written(&offices, &packs);
    assert_eq!(said(&written, "概况")[1], "2个单位全部核查；没有发现未达标的问题；没有待核事项。");
    assert!(lines(&written, "概况", "三、").iter().all(|line| line.starts_with("三、按单位：")));
    assert_eq!(
        lines(&written, "概况", "1|"),
        ["1|江门市 甲县|60|10|10|0|0|0|0|0|1|0", "1|江门市 乙县|60|10|10|0|0|0|0|0|1|0"]
    );
    assert_eq!(
        lines(&written, "条款情况", "二(四)14|职责落实|深入"),
        ["二(四)14|职责落实|深入学校开展教学指导天数|应|20|20|0|0|0|0|0|1|0|2|2|0"]
    );
}

#[test]
fn of_many_offices_both_ends_are_drawn_and_those_left_out_of_a_tie_are_counted() {
    let packs = packs();
    let met = |count: u64| move |at| if at == VISITS { counts(count, 30 - count, 0) } else { Counts::default() };
    let offices: Vec<Office> =
        (1..=40).map(|number| office(&packs, "", &format!("第{number}县"), met(number.min(30)))).collect();
    let written = written(&offices, &packs);
    let ends = said(&written, "概况");
    let at = |heading: &str| ends.iter().position(|line| line.starts_with(heading)).unwrap();
    let low = at("三、按单位：达标率最低的单位");
    assert_eq!(ends[low + 2], "40|第1县|60|30|1|29|0|0|0|0|0.033|0");
    assert_eq!(ends[low + 11], "31|第10县|60|30|10|20|0|0|0|0|0.333|0");
    let high = at("三、按单位：达标率最高的单位");
    assert_eq!(ends[high + 2], "1|第30县|60|30|30|0|0|0|0|0|1|0");
    assert_eq!(ends[high + 11], "1|第39县|60|30|30|0|0|0|0|0|1|0");
    assert_eq!(lines(&written, "概况", "与其中"), ["与其中最后一个并列的另有1个单位，没有列出。"]);
    let ranks: Vec<String> = said(&written, "单位排名")[3..]
        .iter()
        .map(|line| line.split('|').take(2).collect::<Vec<_>>().join("|"))
        .collect();
    assert_eq!((ranks[10].as_str(), ranks[11].as_str(), ranks.len()), ("1|第40县", "12|第29县", 40));
}

#[test]
fn each_document_has_a_matrix_of_its_own_and_is_named_beside_its_rules() {
    let all = all_packs();
    let offices = many(&all, 12, 3);
    let written = written(&offices, &all);
    for (number, pack) in (1..).zip(&all) {
        let sheet = if number == 1 { "单位×条款".to_string() } else { format!("单位×条款（{number}）") };
        let rows = rows(&written, &sheet);
        let head = rows.iter().find(|row| row[0] == "地区").unwrap();
        assert_eq!(head.iter().filter(|cell| !cell.is_empty()).count(), 2 + pack.rules.len(), "{sheet}");
        assert!(rows.iter().any(|row| row.contains(&pack.cited())), "{sheet}");
    }
    let rules = said(&written, "条款情况");
    assert!(rules[3].starts_with("依据文件|条款|督导内容|"));
    assert_eq!(rules.len(), 4 + all.iter().map(|pack| pack.rules.len()).sum::<usize>());
}

#[test]
fn a_country_is_one_book_whose_matrix_keeps_its_heads_and_is_parted_between_columns() {
    let packs: Vec<Pack> = all_packs().into_iter().filter(|pack| pack.id == "urumqi-2024").collect();
    let offices = many(&packs, 2_900, 31);
    let written = written(&offices, &packs);
    assert_eq!(written, super::written(&offices, &packs));
    let audited = offices.iter().filter(|office| matches!(office.outcome, Outcome::Audited(_))).count();
    assert!(audited < 2_900);
    assert_eq!(rows(&written, "单位×条款").len(), 4 + audited);
    assert_eq!(rows(&written, "单位排名").len(), 4 + audited);
    assert_eq!(rows(&written, "未能核查的单位").len(), 3 + 2_900 - audited);
    let parts = parts(&written);
    let part = |wanted: &str| &parts.iter().find(|(name, _)| name == wanted).unwrap().1;
    assert!(part("xl/workbook.xml").contains("'单位×条款'!$A:$B,'单位×条款'!$4:$4"));
    let matrix = part("xl/worksheets/sheet4.xml");
    for said in [
        "<pane xSplit=\"2\" ySplit=\"4\" topLeftCell=\"C5\" activePane=\"bottomRight\" state=\"frozen\"/>",
        "<pageSetup paperSize=\"8\" scale=\"78\" orientation=\"landscape\"",
        "<colBreaks count=\"1\" manualBreakCount=\"1\"><brk id=\"22\"",
    ] {
        assert!(matrix.contains(said), "{said} is not in {}", &matrix[matrix.len() - 2000..]);
    }
}
