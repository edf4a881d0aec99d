//! What would be read of some files, in plain lines: sheets, columns, what is left over, what is wrong, what to do next.

use std::collections::BTreeMap;

use crate::audit::inspect::{
    ColumnUse, InspectedFile, InspectedSheet, Inspection, ReadColumn, ReadTable, SheetOutcome,
};
use crate::dictionary::{Dictionary, FieldId, Table, TableId};
use crate::intake::{ClaimedField, rows_text};
use crate::model::{Issue, IssueKind, Masked, Sheet, column_letters};
use crate::report::data::format;
use crate::report::findings::{file_name, row_runs};
use crate::report::sheet::width;

const ISSUES: usize = 10;
const CELLS: usize = 3;
/// The widest header that the others are set level with.
const HEADER: usize = 28;
/// The issues that the lines on sheets, columns and rows tell.
const TOLD: [IssueKind; 3] = [IssueKind::UnusedRow, IssueKind::UnusedSheet, IssueKind::UnusedColumn];

pub fn inspection(inspection: &Inspection, dictionary: &Dictionary) -> String {
    let mut lines: Vec<String> = inspection.notes.iter().map(|note| format!("注意：{note}")).collect();
    for file in &inspection.files {
        lines.extend(of_file(file, dictionary));
        lines.push(String::new());
    }
    lines.push(summary(inspection));
    lines.extend(next_steps(inspection, dictionary));
    let finish = |line: &str| line.replace(|c: char| c.is_control(), " ").trim_end().to_string();
    lines.iter().map(|line| finish(line)).collect::<Vec<_>>().join("\n") + "\n"
}

fn of_file(file: &InspectedFile, dictionary: &Dictionary) -> Vec<String> {
    let contents = match &file.contents {
        Ok(contents) => contents,
        Err(sentence) => return vec![format!("读不了{sentence}")],
    };
    let mut lines = vec![format!("《{}》 {} 格式", file.path, format(contents.format))];
    lines.extend(contents.notes.iter().map(|note| format!("  {note}")));
    lines.extend(contents.sheets.iter().flat_map(|sheet| of_sheet(sheet, dictionary)));
    lines
}

fn of_sheet(sheet: &InspectedSheet, dictionary: &Dictionary) -> Vec<String> {
    let hidden = if sheet.hidden { "（隐藏）" } else { "" };
    let name = format!("  工作表“{}”{hidden}：", sheet.name);
    match &sheet.reading {
        SheetOutcome::Empty => vec![format!("{name}空表")],
        SheetOutcome::Unwanted => vec![format!("{name}按 --columns 文件的要求不读取")],
        SheetOutcome::Unread { reason, .. } => vec![format!("{name}没有读取"), format!("    {reason}")],
        SheetOutcome::Doubtful(reason) => vec![format!("{name}不能读取"), format!("    {reason}")],
        SheetOutcome::Table(read) => of_table(&name, dictionary.table(read.table), read, sheet),
    }
}

fn of_table(name: &str, table: &Table, read: &ReadTable, sheet: &InspectedSheet) -> Vec<String> {
    let mut lines = vec![format!("{name}按“{}”读取，表头在{}", table.sheet, rows_text(read.header.0, read.header.1))];
    let widest = read.columns.iter().map(|column| width::of(&column.header)).max().unwrap_or(0).min(HEADER);
    lines.extend(read.columns.iter().map(|column| of_column(column, table, widest)));
    if !read.absent.is_empty() {
        let absent: Vec<&str> = read.absent.iter().map(|field| table.field(*field).header.as_str()).collect();
        lines.push(format!("    表中没有的列：{}", absent.join("、")));
    }
    let rows = &read.rows;
    lines.push(format!(
        "    数据行 {}：采用 {}，部分采用 {}，未采用 {}",
        rows.rows, rows.used, rows.partly, rows.unused
    ));
    lines.extend(left_rows(sheet));
    lines.extend(issues(sheet));
    lines
}

fn of_column(column: &ReadColumn, table: &Table, widest: usize) -> String {
    let taken = match &column.taken {
        ColumnUse::Field(field) => format!("→ {}", table.field(*field).header),
        ColumnUse::Seen(field, word) => {
            format!("→ {}（写课的种类的按“{word}”计，写别的工作的不按“{word}”计）", table.field(*field).header)
        }
        ColumnUse::Remark => "看有没有取消、请假一类的话".to_string(),
        ColumnUse::Unwanted => "不读（--columns 文件）".to_string(),
        ColumnUse::Unused { rival: Some(ClaimedField { header, column, compared }), .. } => {
            let used = if *compared { "与那一列对照" } else { "用不到" };
            format!("{used}（“{header}”已取自{}列）", column_letters(*column))
        }
        ColumnUse::Unused { near, is_useless, .. } if near.is_empty() => if *is_useless {
            "用不到"
        } else {
            "没有认出，不取作数据；看得懂的字、数会与这一行对照"
        }
        .to_string(),
        ColumnUse::Unused { near, .. } => format!("没有读取；是不是“{}”？", near.join("”或“")),
    };
    let letters = width::pad(&column_letters(column.column), 3);
    format!("    {letters}{}  {taken}", width::pad(&column.header, widest))
}

fn left_rows(sheet: &InspectedSheet) -> Vec<String> {
    let mut reasons: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for issue in sheet.issues.iter().filter(|issue| issue.kind == IssueKind::UnusedRow) {
        reasons.entry(&issue.message).or_default().push(issue.at.row.row);
    }
    let mut reasons: Vec<_> = reasons.into_iter().collect();
    reasons.sort_by_key(|(_, rows)| rows.first().copied());
    reasons.into_iter().map(|(reason, rows)| format!("      {}：{reason}", row_runs(rows.into_iter()))).collect()
}

/// Whether the lines above say it already. An issue of columns without a header has no text, and they do not say it.
fn is_told_above(issue: &Issue) -> bool {
    TOLD.contains(&issue.kind) && !(issue.kind == IssueKind::UnusedColumn && issue.text.is_empty())
}

fn issues(sheet: &InspectedSheet) -> Vec<String> {
    let count = count_of(sheet);
    if count == 0 {
        return Vec::new();
    }
    let mut alike: Vec<Vec<&Issue>> = Vec::new();
    for issue in sheet.issues.iter().filter(|issue| !is_told_above(issue)) {
        let is_alike = |one: &&Issue| (one.kind, &one.text, &one.message) == (issue.kind, &issue.text, &issue.message);
        match alike.iter_mut().find(|group| group.first().is_some_and(is_alike)) {
            Some(group) => group.push(issue),
            None => alike.push(vec![issue]),
        }
    }
    let mut lines = vec![format!("    问题 {count} 处：{}", kinds(sheet))];
    lines.extend(alike.iter().take(ISSUES).map(|issues| of_issues(issues)));
    let shown: usize = alike.iter().take(ISSUES).map(Vec::len).sum();
    if count > shown {
        lines.push(format!("      其余 {} 处，核查后见报告“数据问题”", count - shown));
    }
    lines
}

/// How many issues a sheet has that the lines on its columns and rows do not tell.
fn count_of(sheet: &InspectedSheet) -> usize {
    let headless = sheet.issues.iter().filter(|issue| issue.kind == IssueKind::UnusedColumn && !is_told_above(issue));
    headless.count() + own_kinds(sheet).map(|(_, count)| count as usize).sum::<usize>()
}

fn own_kinds(sheet: &InspectedSheet) -> impl Iterator<Item = (IssueKind, u32)> {
    sheet.counts.iter().copied().filter(|(kind, _)| !TOLD.contains(kind))
}

fn kinds(sheet: &InspectedSheet) -> String {
    let headless = sheet.issues.iter().any(|issue| issue.kind == IssueKind::UnusedColumn && !is_told_above(issue));
    let kinds = own_kinds(sheet).map(|(kind, count)| format!("{} {count}", kind.label()));
    let headless = headless.then(|| format!("{} 1", IssueKind::UnusedColumn.label()));
    kinds.chain(headless).collect::<Vec<_>>().join("，")
}

/// B17“下周”：“日期”不是能认的日期…; of several that are alike the first cells are named: B17、B20、B31等9处.
fn of_issues(issues: &[&Issue]) -> String {
    let place = |issue: &&Issue| format!("{}{}", column_letters(issue.at.column), issue.at.row.row);
    let mut places = issues.iter().take(CELLS).map(place).collect::<Vec<_>>().join("、");
    if issues.len() > CELLS {
        places.push_str(&format!("等{}处", issues.len()));
    }
    let (text, message) = issues.first().map_or(("", ""), |issue| (issue.text.as_str(), issue.message.as_str()));
    let text = if text.is_empty() { String::new() } else { format!("“{text}”") };
    format!("      {places}{text}：{message}")
}

fn summary(inspection: &Inspection) -> String {
    let (mut left, mut read) = (0, Vec::new());
    for sheet in inspection.sheets() {
        match &sheet.reading {
            SheetOutcome::Table(table) => read.push(&table.rows),
            SheetOutcome::Unread { .. } | SheetOutcome::Doubtful(_) => left += 1,
            SheetOutcome::Empty | SheetOutcome::Unwanted => {}
        }
    }
    let sum = |of: fn(&Sheet) -> u32| read.iter().map(|sheet| u64::from(of(sheet))).sum::<u64>();
    let [all, used, partly, unused] = [sum(|s| s.rows), sum(|s| s.used), sum(|s| s.partly), sum(|s| s.unused)];
    let (files, read) = (inspection.files.len(), read.len());
    let issues: usize = inspection.sheets().map(count_of).sum();
    format!(
        "合计：文件 {files} 个；工作表读取 {read} 张，没有读取 {left} 张；数据行 {all}（采用 {used}，部分采用 {partly}，未采用 {unused}）；问题 {issues} 处"
    )
}

fn next_steps(inspection: &Inspection, dictionary: &Dictionary) -> Vec<String> {
    let broken = inspection.files.iter().filter(|file| file.contents.is_err());
    let broken: String = broken.map(|file| format!("《{}》", file_name(&file.path))).collect();
    let sheets = |is: fn(&SheetOutcome) -> bool| -> String {
        let names = inspection.sheets().filter(|sheet| is(&sheet.reading)).map(|sheet| format!("“{}”", sheet.name));
        names.collect::<Vec<_>>().join("、")
    };
    let doubtful = sheets(|reading| matches!(reading, SheetOutcome::Doubtful(_)));
    let unread = sheets(|reading| matches!(reading, SheetOutcome::Unread { .. }));
    let has_issues = inspection.sheets().any(|sheet| count_of(sheet) > 0);
    let one = |is: bool, text: String| is.then(|| vec![text]);
    let again = if inspection.can_run() { "" } else { "改好以后再运行本命令，然后" };
    let steps = [
        one(!broken.is_empty(), format!("先处理读不了的文件{broken}，否则不能核查")),
        one(!doubtful.is_empty(), format!("改正工作表{doubtful}里重复的列，否则不能核查")),
        one(!unread.is_empty(), format!("看看没有读取的工作表{unread}是不是该核查的表")),
        columns_file(inspection, dictionary),
        one(has_issues, "按上面的说明改正各处问题；不改的，有关的结论可能只能待核".to_string()),
        one(true, format!("{again}核查：jiaoyan check 文件或文件夹 --pack 规则包（有表头对照文件的，加上 --columns）")),
    ];
    let mut lines = vec!["下一步：".to_string()];
    for (number, step) in (1..).zip(steps.iter().flatten()) {
        let marks = std::iter::once(format!("{number}.")).chain(std::iter::repeat("  ".to_string()));
        lines.extend(step.iter().zip(marks).map(|(line, mark)| format!("  {mark} {line}")));
    }
    lines
}

/// The lines of a columns file that would take up what was asked.
fn columns_file(inspection: &Inspection, dictionary: &Dictionary) -> Option<Vec<String>> {
    let mut asked: BTreeMap<TableId, Vec<(Masked, FieldId, bool)>> = BTreeMap::new();
    for sheet in inspection.sheets() {
        let mut taken = Vec::new();
        for (table, fields, header) in questions(&sheet.reading, dictionary) {
            let of_table = asked.entry(table).or_default();
            // A header that was cut, or needs more than quotes, is for the clerk to write.
            if !header.contains(['…', '"', '\\']) && !of_table.iter().any(|(before, ..)| *before == header) {
                // Of two columns of one sheet only one can be the field, and of two fields the column can only be one.
                let is_open = |field: FieldId| fields.len() > 1 || taken.contains(&(table, field));
                of_table.extend(fields.iter().map(|field| (header.clone(), *field, is_open(*field))));
                taken.extend(fields.iter().filter(|_| fields.len() == 1).map(|field| (table, *field)));
            }
        }
    }
    asked.retain(|_, headers| !headers.is_empty());
    let ask = "核对上面的“是不是”；是的话改表头，或把下面几行写进表头对照文件（.toml），运行时加 --columns：";
    let mut lines = vec![ask.to_string()];
    for (id, headers) in &asked {
        let table = dictionary.table(*id);
        lines.push(format!("[\"{}\"]", table.sheet));
        let line = |(header, field, is_open): &(Masked, FieldId, bool)| {
            let mark = if *is_open { "# " } else { "" };
            format!("{mark}\"{header}\" = \"{}\"", table.field(*field).header)
        };
        lines.extend(headers.iter().map(line));
    }
    (!asked.is_empty()).then_some(lines)
}

/// The columns that are asked about, each with the fields that it may be.
fn questions(reading: &SheetOutcome, dictionary: &Dictionary) -> Vec<(TableId, Vec<FieldId>, Masked)> {
    match reading {
        SheetOutcome::Unread { near, .. } => {
            near.iter().map(|(table, field, header)| (*table, vec![*field], header.clone())).collect()
        }
        SheetOutcome::Table(read) => {
            let table = dictionary.table(read.table);
            let question = |column: &ReadColumn| match &column.taken {
                ColumnUse::Unused { near, .. } => {
                    let fields: Vec<FieldId> = near.iter().filter_map(|name| table.field_called(name)).collect();
                    (!fields.is_empty()).then(|| (read.table, fields, column.header.clone()))
                }
                ColumnUse::Field(_) | ColumnUse::Seen(..) | ColumnUse::Remark | ColumnUse::Unwanted => None,
            };
            read.columns.iter().filter_map(question).collect()
        }
        SheetOutcome::Empty | SheetOutcome::Unwanted | SheetOutcome::Doubtful(_) => Vec::new(),
    }
}
