//! `examples/yueqing-2023/`: the research and training institute of an invented city, under the pack yueqing-2020.

mod ledger;
mod registers;
mod slips;

use std::fs;
use std::path::Path;

use anyhow::Result;

use crate::book::Faults;
use crate::rng::Rng;
use crate::sheet::{Sheet, workbook_of};

pub const FOLDER: &str = "yueqing-2023";

const SEED: u64 = 20_201_020;

const CALENDAR: &str =
    "# 校历 of the invented city: with it, a term has these dates, and a week without a teaching day is left out.

[[term]]
name = \"2023-2024学年第一学期\"
first-day = 2023-09-04
last-day = 2024-01-19
holidays = [
  { from = 2023-09-29, to = 2023-10-06, name = \"中秋国庆\" },
  { from = 2023-11-06, to = 2023-11-10, name = \"秋假\" },
  { from = 2024-01-01, to = 2024-01-01, name = \"元旦\" },
]
make-up-days = [2023-10-07]

[[term]]
name = \"2023-2024学年第二学期\"
first-day = 2024-02-26
last-day = 2024-06-28
holidays = [
  { from = 2024-04-04, to = 2024-04-06, name = \"清明节\" },
  { from = 2024-05-01, to = 2024-05-05, name = \"劳动节\" },
  { from = 2024-06-08, to = 2024-06-10, name = \"端午节\" },
]
make-up-days = [2024-04-07, 2024-04-28, 2024-05-11]
";

const HEAD: &str = "# Workbooks of an invented city with base schools, school year 2023-2024

Made by `cargo run --example make_examples` from a fixed seed: the same program gives the same bytes. Every person, school,
place and number is invented. 望江市教育研究培训院 has six officers and five base schools. The records end on 31 May 2024, so
that what is short in the second term or the year is 未到期; the deadlines of June 2022 have passed.

    jiaoyan check examples/yueqing-2023 --pack yueqing-2020 --period 2023-2024 --as-of 2024-05-31 --calendar examples/yueqing-2023/calendar.toml

| file | what is in it |
|---|---|
| 研训员名册.xlsx | 研训员花名册 |
| 蹲点活动台账.xlsx | 蹲点记录 (visits), 研训活动 (everything else, under other headers) |
| 学校.xlsx | 学校名单, 联系学校, 基地学校教师 |
| calendar.toml | 校历: the autumn holiday leaves out the tenth week of the first term |

`expected.toml` holds verdicts that were worked out from the workbooks without the checker.
";

const TAIL: &str = "
Not slips, but edges: the fifth week of the first term has one teaching day, the Saturday 2023-10-07, on which only 竹语 was
out (待核 for the others); 江蓠's assignment to 江心初级中学 is two years old to the day; a teacher of 第一小学 is 35 to the day, another a day older: 待核 under young-teachers.
";

pub fn make(folder: &Path) -> Result<()> {
    let mut rng = Rng::new(SEED);
    let mut faults = Faults::default();
    let mut book = |file: &str, sheets: &[Sheet]| workbook_of(folder, file, sheets, slips::SLIPS, &mut faults);
    book("研训员名册.xlsx", &[registers::roster()])?;
    book("蹲点活动台账.xlsx", &[ledger::visits(&mut rng), ledger::others()])?;
    book("学校.xlsx", &[registers::schools(), registers::contacts(), registers::teachers()])?;
    fs::write(folder.join("calendar.toml"), CALENDAR)?;
    crate::readme::write(folder, HEAD, &faults, TAIL)
}
