//! What the folder's page says around the list of faults.

pub const HEAD: &str = "# Workbooks of an invented city, 2023

Made by `cargo run --example make_examples` from a fixed seed: the same program gives the same bytes. Every person, school,
place and number is invented. The 身份证号 have the sequence number 000, which is never given out; the telephone numbers have
the area code 0000. 云港市教师发展中心 is the city's institution, three are of districts, one is of a town.

The records are of the calendar year 2023, for the pack jiangmen-2022:

    jiaoyan check examples/jiangmen-2023 --pack jiangmen-2022 --period 2023 --as-of 2023-12-31

| file | sheets |
|---|---|
| 教研员花名册.xlsx | 教研员花名册 (header in row 4), 机构情况 (a header of two rows) |
| 活动台账2023上半年.xlsx | 活动台账 (header in row 3), 填表说明 (no table) |
| 活动台账2023下半年.xlsx | 下半年 (header in row 2: the same table in another order, under other headers, without 工号) |
| 培训台账.xlsx | 2023年培训, 历年研修 |
| 培训补录.csv | the same table, in GBK |
| 学校与联系点.xlsx | 学校名单, 联系学校 |
| 到校任教经历.xlsx | 到校任教经历 |
| 年度数据.xlsx | 年度数据 |

The roster's 序号, 性别, 联系电话 and 备注 are columns that the audit has no use for. `expected.toml` holds verdicts that were
worked out from the workbooks without the checker.
";

pub const TAIL: &str = "
Some dates of the first ledger are text (2023.3.5, 2023年3月5日, 2023/03/05); each can be read only one way.
";
