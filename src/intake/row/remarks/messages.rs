//! What is said of a cell that remarks on its row.

use crate::dictionary::RowsAre;

pub(in crate::intake::row) fn denial(header: &str, rows: RowsAre) -> String {
    let what = match rows {
        RowsAre::People => "这个人是不是该核查的对象",
        RowsAre::Things | RowsAre::States | RowsAre::Events => "这一行算不算数",
    };
    format!("“{header}”里的话使{what}不能确定，按“可能算、也可能不算”处理；不算的请删去这一行，算的请改写“{header}”")
}

pub(super) fn part(header: &str) -> String {
    format!(
        "“{header}”一列没有读取，这一行可能只是其中一部分，按“可能算、也可能不算”处理；是全部的请删去“{header}”里的话"
    )
}

pub(super) fn excuse(header: &str) -> String {
    format!("“{header}”写着可能不在岗的事由，这个人不足的项目按“待核”处理；请认定是否豁免，不豁免的请改写“{header}”")
}
