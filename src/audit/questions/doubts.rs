//! Questions about rows of a table that are possible and not sure.

use std::collections::BTreeSet;

use super::asked::{Asking, count};
use super::lines;
use super::topic::{Open, Wording};
use crate::dictionary::{NOT_READ, TableId, normalise};
use crate::intake::UnusedColumn;
use crate::rules::fold::Doubt;

impl Asking<'_> {
    /// What to do where it is not sure whom rows name.
    fn whom(&self, open: &Open) -> &'static str {
        let blank = open.cells.iter().filter(|cell| self.known.blank.contains(cell)).count();
        match blank {
            0 => {
                "补填工号；单位、学段、身份证号与花名册不一致的，核对后改成一致；一格写几个人的，用“、”隔开，同一个人各处写成一样"
            }
            all if all == open.cells.len() => {
                "姓名这一格空着：整段各行都是上面那个人的，才往下照填（或写“同上”）；不是的，照原始材料逐行补填"
            }
            _ => {
                "姓名空着的，整段都是上面那个人的才往下照填，不是的逐行补填；其余的补填工号，单位、学段、身份证号与花名册核对后改成一致"
            }
        }
    }

    /// What is asked of rows that are in doubt in one way.
    pub(super) fn rows(&self, table: TableId, doubt: Doubt, open: &Open) -> Wording {
        let dictionary = self.known.scope.dictionary;
        if let Doubt::Denied(column) = doubt
            && let Some(wording) = self.denied(table, column, open)
        {
            return wording;
        }
        let sheet = &self.table(table).sheet;
        let ask = if let Doubt::Unlisted(_) = doubt {
            format!("有{}写的名称和“{sheet}”对不上{}", count(open, "格"), self.written_there(open))
        } else if doubt == Doubt::OldList {
            format!("“{sheet}”{}{}，现在还是不是这样？", doubt.words(table, dictionary), self.sheets_of(open))
        } else {
            let is_quoted = matches!(doubt, Doubt::Denied(_) | Doubt::Date);
            let written = if is_quoted { self.written_there(open) } else { String::new() };
            format!("“{sheet}”有{}{}{written}", count(open, "行"), doubt.words(table, dictionary))
        };
        (ask, self.answer(doubt, open).to_string(), Vec::new())
    }

    /// What is asked of rows beside which a column says that they may not count, or says nothing where others do. `None` where it is one
    /// of the table's own.
    fn denied(&self, table: TableId, column: u32, open: &Open) -> Option<Wording> {
        let schema = &self.known.scope.dictionary.schema;
        let first = open.cells.first()?;
        let layout = self.known.registry.layouts.get(first.row.sheet as usize)?.as_ref()?;
        // A row that is struck out is shown by its first column, which may be a running number.
        let may_say = |unused: &&UnusedColumn| !unused.is_useless || table == schema.figures.table;
        let unread = layout.unused.iter().find(|unused| unused.column == column).filter(may_say);
        let heard =
            |columns: &[(u32, String)]| columns.iter().find(|(at, _)| *at == column).map(|(_, header)| header.clone());
        let beside = unread.map(|unused| unused.header.clone()).or_else(|| heard(&layout.remarks));
        let own = || heard(&layout.read).filter(|_| table == schema.staff.table);
        let is_own = beside.is_none();
        let header = &beside.or_else(own)?;
        let (sheet, written) = (&self.table(table).sheet, self.written_there(open));
        let (unit, asks, answer) = if table == schema.staff.table {
            ("人", "是不是该核查的教研员？", "不是的从花名册删去这一行；是的，改写那一格，空着的补填")
        } else if table == schema.figures.table {
            (
                "行",
                "是不是本单位这一年全部的实际数？",
                "是的，把那一格删去；是别的单位的、计划的、只是一部分的，删去这一行，另补全部的实际数",
            )
        } else {
            ("行", "这些行算不算数？", "没有开展的、不算的删去这一行；算的改写那一格，空着的补填")
        };
        let ask = format!("“{sheet}”有{}的“{header}”一栏{written}，{asks}", count(open, unit));
        // Of what nobody knows to be a remark it may be that it has nothing to do with it.
        let is_code = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
        let mut texts = open.cells.iter().map(|cell| self.known.texts.get(cell).copied().unwrap_or_default());
        let is_remark = is_own || self.known.scope.dictionary.remarks.is_header(&normalise(header));
        // What its codes mean, the office may know.
        let is_remark = is_remark && !texts.all(is_code);
        let line = (!is_remark).then(|| lines::column(sheet, header, NOT_READ, false));
        let or_else = if is_remark { "" } else { "；与算不算无关的，写明这一列不读" };
        Some((ask, format!("{answer}{or_else}"), line.into_iter().collect()))
    }

    /// What is asked of rows in which two columns of one field say different things.
    pub(super) fn two_columns(&self, table: TableId, (own, other): (&str, &str), open: &Open) -> Wording {
        let (sheet, rows) = (&self.table(table).sheet, count(open, "行"));
        if normalise(own) == normalise(other) {
            let ask = format!("“{sheet}”有两列的表头都是“{own}”，{rows}写的不一样或者要合计，按哪一列？");
            return (ask, "只留该用的一列，或者给另一列改名；要合计的合成一列".to_string(), Vec::new());
        }
        let ask = format!("“{sheet}”有{rows}的“{own}”和“{other}”写的不一样，按哪一列？");
        let answer = "写明用不到的那一列不读；写错的改成一致";
        let lines = [other, own].map(|header| lines::column(sheet, header, NOT_READ, false));
        (ask, answer.to_string(), lines.to_vec())
    }

    /// The sheets in which the cells of a question stand.
    fn sheets_of(&self, open: &Open) -> String {
        let sheets: BTreeSet<u32> = open.cells.iter().map(|cell| cell.row.sheet).collect();
        let called = sheets.into_iter().filter_map(|at| self.known.registry.sheets.called(at)).take(3);
        let called = called.collect::<Vec<_>>().join("、");
        if called.is_empty() { called } else { format!("（{called}）") }
    }

    fn answer(&self, doubt: Doubt, open: &Open) -> &'static str {
        match doubt {
            Doubt::Name => self.whom(open),
            Doubt::Date => "写全年月日；跨周期的分成两行，各写各的天数",
            Doubt::Day(_) => "写全年月日，例如 2022-07-10",
            Doubt::OtherYear(_) => "改成数所属的年度；金额按自然年核查，别的按核查年度，没有这一年的数的另补一行",
            Doubt::Ended => {
                "下学年接着联系的，改正结束日期或留空；不再联系的，由督导组认定，或用 --as-of 把核查日定在放假以前"
            }
            Doubt::TwoTerms => "其实任教更久的，改正起止日期；确是这样的，由单位认定，督导组复核",
            Doubt::TwoSchools => "同一所学校的，把校名写全、写成一致；确是两所学校的，由单位认定，督导组复核",
            Doubt::Number(_) => "写明是一次还是这么多次：几次就写几行",
            Doubt::Denied(_) => {
                "没有开展的、是合计的、作废的删去这一行；照常开展的，把那句话去掉，空着的补填，划了删除线的取消删除线"
            }
            Doubt::OtherBook => {
                "是本单位的，在那张表加上“单位”一列写明，不是的把那张表移走；有修订过的，只留要用的一张"
            }
            Doubt::Repeated => "是同一次的删去一行；不是的，补上能区分的内容",
            Doubt::SameEvent => "是同一件事的合为一行，把人写在一起；不是的，补上能区分的内容",
            Doubt::Again => "是同一次的删去一处；是两次的登在同一张表里，各写一行",
            Doubt::PerhapsTwice => "是同一个的合为一行；不是的，补上能区分的内容",
            Doubt::OldList | Doubt::ListedThen(_) => {
                "有这一年的、已经定下来的表的，一起交来；一直沿用这张表的，去掉表名、标题、文件名里的年份和“拟”、“推荐”一类的字"
            }
            Doubt::Misspelt => "是同一个人的，改成与花名册一致；确实是别人的，补填工号、单位，或在花名册补上",
            Doubt::OutOfPost => {
                "花名册的任教研员日期、离岗日期没有填、填错的，备注、另表所写离开的时间有误的，或这些行的日期、姓名填错的，请补填、改正；都没有错的，不计这几行，请删去（联系学校的写上结束日期）"
            }
            Doubt::Reading(_) => "算的改成条款所说的那个词（见口径说明）；不算的由督导组认定",
            Doubt::Unlisted(_) => {
                "名单里没有的，补进名单，写明各列；只是写法不同的，改成名单里的全称；旁边一列说的情况与名单不同的，改成一样"
            }
            Doubt::Besides(_) => "兼的，把学段、学科写进“学段”“学科”两栏（可以给这个人另起一行）；不兼的，改写那一格",
            Doubt::Nameless => "补填姓名或名称；多余的行请删去",
            Doubt::Field(_) | Doubt::Column(_) | Doubt::Beyond(..) | Doubt::Quantity(_) => "补填或更正所列单元格",
        }
    }
}
