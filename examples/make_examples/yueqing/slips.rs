//! What is wrong on purpose in the institute's workbooks.

use crate::sheet::Slip;

const fn slip(
    sheet: &'static str,
    line: &'static str,
    column: &'static str,
    wrong: &'static str,
    reading: &'static str,
) -> Slip {
    Slip { sheet, line, column, wrong, reading }
}

pub const SLIPS: &[Slip] = &[
    slip(
        "蹲点记录",
        "|江心学校|",
        "学校",
        "江心学校 is the name or short name of no school",
        "江蓠 may have been at the base school: 19 to 20 base days and 0 to 1 days in that week: 待核",
    ),
    slip(
        "蹲点记录",
        "2023年11月31日",
        "日期",
        "there is no such day",
        "possible, not sure: 林下 待核 for the week from 2023-11-20",
    ),
    slip(
        "蹲点记录",
        "2023-12-28|沙鸥",
        "工作目标",
        "no 工作目标",
        "one visit without: 沙鸥 未达标 under visit-preparation",
    ),
    slip("蹲点记录", "2023-12-29|林下", "反馈", "无 for 反馈", "one visit without: 林下 未达标 under visit-feedback"),
    slip(
        "研训活动",
        "2023-12-07|江蓠",
        "范围",
        "no level for an 经验交流会",
        "whether it was for the 片区 is unknown: 江蓠 待核 under exchange-meeting",
    ),
    slip(
        "研训活动",
        "2023-11-14|竹语",
        "学科",
        "no 学科",
        "may be of another subject, and 备课 may be of one alone: possible: 竹语 待核 under joint-preparation",
    ),
    slip(
        "研训活动",
        "2023-10-12|江蓠、汀兰",
        "参加人员",
        "two names in one cell",
        "is a row of both; without 学科 it is possible: 江蓠 has two or three: 待核 under joint-preparation",
    ),
    slip(
        "研训活动",
        "2023.1|",
        "时间",
        "the number 2023.1: January, or October typed as 2023.10",
        "江蓠 待核 for October under monthly-summary",
    ),
    slip("学校名单", "望江市竹溪学校", "名优教师数", "no number of 名优教师", "待核 under named-teachers"),
    slip(
        "学校名单",
        "望江市江心初级中学",
        "先进教研组数",
        "no number of 先进教研组",
        "4 to 5 of 5 base schools: 待核 under advanced-subjects",
    ),
    slip(
        "学校名单",
        "望江市海门小学",
        "特色品牌项目",
        "无 written for a project",
        "none: 4 of 5 base schools have one, exactly the 80 % asked for; but by 2022-06-30, which is past, so 待核",
    ),
    slip("联系学校", "习明窗", "角色", "no 角色", "主 or 协同: 江心初级中学 待核 under lead-researcher and team"),
    slip("联系学校", "林下|", "开始日期", "no 开始日期", "待核 under base-rotation"),
    slip(
        "基地学校教师",
        "荀令香",
        "是否参加优质课评比",
        "neither 参加 nor 获奖 filled in",
        "竹溪学校 待核 under young-teachers and young-awards",
    ),
    slip(
        "基地学校教师",
        "幸月圆",
        "出生年月",
        "1989年5月: no day",
        "35 on 2024-05-31 only if born on the last of the month: 海门小学 待核 under young-teachers",
    ),
];
