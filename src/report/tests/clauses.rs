//! The pages of the clauses: those that people answer, and all of them with their readings.

use super::pages::{SIGNED, said};
use super::*;

#[test]
fn the_clauses_that_people_answer_are_a_form_with_boxes_to_tick() {
    let form = said(&written(), "人工核查");
    let head = [
        "人工核查事项",
        "以下条款不能由台账判定，请核查人查阅材料、实地了解后勾选并填写。",
        "序号|文件和条款|督导内容|依据原文|核查内容|核查结果|核查情况和说明|核查人",
        "1|江教办〔2022〕38号\n二(一)1|机构设置|健全地市、县(市、区)、校三级教研工作体系|\
         市、县、校三级教研体系是否健全；整合建设教师发展中心时教研机构是否保持完整和独立|□ 符合\n□ 不符合\n□ 不适用",
    ];
    assert_eq!(form[..4], head);
    let pack = fixture::packs().remove(0);
    let asked: Vec<&str> = pack.clauses.iter().filter_map(|clause| clause.ask.as_deref()).collect();
    let listed: Vec<&str> = form[3..24].iter().map(|row| row.split('|').nth(4).unwrap()).collect();
    assert_eq!(listed, asked);
    assert!(form[3..24].iter().all(|row| row.ends_with("|□ 符合\n□ 不符合\n□ 不适用")));
    assert_eq!(form[24..], ["", SIGNED]);
}

#[test]
fn every_clause_is_listed_with_its_words_its_state_and_its_readings() {
    let clauses = said(&written(), "条款与口径");
    let head = [
        "条款与口径",
        "文件的每一条如何核查，原文有歧义处按什么口径理解。\n台账口径：没有“离岗日期”一列的，按都还在教研员岗位处理。",
        "条款|督导内容|核查方式|依据原文|核查内容|应达标准|强度|周期|口径说明",
        "《江门市教育局贯彻落实〈广东省教育厅关于建立健全新时代基础教育教研体系的实施意见〉的行动计划》（江教办〔2022〕38号）\
         \u{3000}共25条",
        "一|机构设置|不在核查范围|打造高素质教研队伍",
        "二(一)1|机构设置|人工核查|健全地市、县(市、区)、校三级教研工作体系|\
         人工核查：市、县、校三级教研体系是否健全；整合建设教师发展中心时教研机构是否保持完整和独立",
    ];
    assert_eq!(clauses[..6], head);
    let row = |title: &str| clauses.iter().find(|row| row.split('|').nth(4) == Some(title)).unwrap().as_str();
    assert_eq!(
        row("深入学校开展教学指导天数"),
        "二(四)14|职责落实|部分由规则核查|市、县教研机构(教师发展机构)教研员每年深入学校开展教学指导分别不少于60、80天|\
         深入学校开展教学指导天数|市级不少于60天，县级不少于80天，镇街不少于80天|应|每年|\
         镇街教研员参照县级；同一天到多所学校计一天"
    );
    // A requirement without a figure states its condition.
    assert_eq!(row("专职教研员准入条件").split('|').nth(5).unwrap(), ENTRY);
    let pack = fixture::packs().remove(0);
    let listed: Vec<&str> = clauses[4..].iter().map(|row| row.split('|').next().unwrap()).collect();
    assert!(pack.clauses.iter().all(|clause| listed.contains(&clause.id.as_str())));
    let rows = pack.clauses.iter().map(|clause| {
        let rules = pack.rules.iter().filter(|rule| rule.clause == clause.id).count();
        rules + usize::from(clause.ask.is_some() || rules == 0)
    });
    assert_eq!(clauses.len() - 4, rows.sum::<usize>());
}

const ENTRY: &str = "从教日期到任教研员日期满6年，（职称不低于高级教师，或学历不低于研究生）；也可读作：（从教日期到任教研员日期满6年，职称不低于高级教师，或学历不低于研究生）";
