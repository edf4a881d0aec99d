//! 数据来源: the file, sheet and rows that a finding rests on, and the cells to look at.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::index::{Index, file_name};
use crate::model::{CellRef, Evidence, column_letters, sheet_prefix};

/// Runs of rows that are listed for a sheet; a longer list would fill the page.
const RUNS: usize = 15;
const CELLS: usize = 20;

impl Index<'_> {
    /// 活动台账.xlsx／活动台账 第5–16、18行（共52行）
    pub(crate) fn rows_of(&self, evidence: &Evidence) -> String {
        let mut sheets: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
        for cell in &evidence.at {
            sheets.entry(cell.row.sheet).or_default().insert(cell.row.row);
        }
        if sheets.is_empty() && evidence.rows == 0 {
            return "没有相关的行".to_string();
        }
        let mut lines: Vec<String> = sheets
            .iter()
            .map(|(sheet, rows)| format!("{} {}", self.place(*sheet), row_runs(rows.iter().copied())))
            .collect();
        if evidence.rows > 0 {
            lines.push(format!("（共{}行）", evidence.rows));
        }
        lines.join("\n")
    }

    /// The cells to look at: 活动台账.xlsx!活动台账!B8、B9
    pub(crate) fn cells_text(&self, cells: &[CellRef]) -> String {
        if cells.is_empty() {
            return "（没有可指的单元格）".to_string();
        }
        let (mut text, mut before) = (String::new(), None);
        for at in cells.iter().take(CELLS) {
            let address = format!("{}{}", column_letters(at.column), at.row.row);
            let between = match before.replace(at.row.sheet) {
                Some(sheet) if sheet == at.row.sheet => "、".to_string(),
                before => {
                    let sheet = self.sheets.get(at.row.sheet as usize);
                    let sheet = sheet.map(|(input, sheet)| sheet_prefix(&input.path, &sheet.name)).unwrap_or_default();
                    format!("{}{sheet}", if before.is_some() { "\n" } else { "" })
                }
            };
            let _ = write!(text, "{between}{address}");
        }
        if cells.len() > CELLS {
            let _ = write!(text, "\n等{}个单元格", cells.len());
        }
        text
    }

    pub(crate) fn place(&self, sheet: u32) -> String {
        match self.sheets.get(sheet as usize) {
            Some((input, sheet)) => format!("{}／{}", file_name(&input.path), sheet.name),
            None => "（工作表不详）".to_string(),
        }
    }
}

/// 第5–16、18行, from rows in ascending order.
pub(crate) fn row_runs(rows: impl Iterator<Item = u32>) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for row in rows {
        match runs.last_mut() {
            Some((_, end)) if end.checked_add(1) == Some(row) => *end = row,
            Some(_) | None => runs.push((row, row)),
        }
    }
    let run = |(start, end): &(u32, u32)| match start == end {
        true => start.to_string(),
        false => format!("{start}–{end}"),
    };
    let listed: Vec<String> = runs.iter().take(RUNS).map(run).collect();
    let rest = if runs.len() > RUNS { "等" } else { "" };
    format!("第{}{rest}行", listed.join("、"))
}

#[cfg(test)]
mod tests {
    use super::row_runs;

    #[test]
    fn rows_that_follow_each_other_are_one_run() {
        assert_eq!(row_runs([5, 6, 7, 8, 18].into_iter()), "第5–8、18行");
        assert_eq!(row_runs([3].into_iter()), "第3行");
        assert_eq!(row_runs((1..40).step_by(2)), "第1、3、5、7、9、11、13、15、17、19、21、23、25、27、29等行");
    }
}
