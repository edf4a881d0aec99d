//! People of the roster who are not in that of an earlier part of the audited time, which is not read beside it: they came in between,
//! where nothing says when.

use std::collections::BTreeSet;

use crate::audit::reading::row_path::KeptTables;
use crate::audit::reading::run_sheets::Sheets;
use crate::dictionary::{Dictionary, normalise};
use crate::intake::{IssueLog, OtherYear, ParsedRow, Recognised};
use crate::model::{Cell, DateSpan, IssueKind, Value};

/// A roster of an earlier part of the audited time.
struct EarlierRoster<'s> {
    sheet: u32,
    people: &'s BTreeSet<String>,
    since: DateSpan,
}

/// Dates those who are in no earlier roster, and says so where they stand.
pub(in crate::audit) fn date_newcomers(
    kept: &mut KeptTables,
    sheets: &Sheets,
    dictionary: &Dictionary,
    log: &mut IssueLog,
) {
    let staff = dictionary.schema.staff;
    let Some(beginning) = dictionary.table(staff.table).roles.beginning() else { return };
    let rosters = rosters(sheets, dictionary);
    for row in kept.of(staff.table).filter(|_| !rosters.is_empty()) {
        let Some(name) = name_of(row, dictionary) else { continue };
        // The latest of them says the most.
        let lacking =
            rosters.iter().filter(|roster| !roster.people.contains(&name)).max_by_key(|roster| roster.since.first);
        let Some(roster) = lacking.filter(|_| matches!(row.cell(beginning), Cell::Blank | Cell::Absent)) else {
            continue;
        };
        row.cells[beginning.index()] = Cell::Is(Value::Date(roster.since));
        let called = log.sheets().called(roster.sheet).unwrap_or_default();
        let header = &dictionary.table(staff.table).field(beginning).header;
        let message = format!("{called}里没有这个人，那时在不在岗不能确定；请写明“{header}”");
        let column = sheets.0.get(row.at.sheet as usize).and_then(|sheet| sheet.layout()?.column(staff.name));
        let at = row.at.cell(column.unwrap_or_default());
        log.report(at, IssueKind::CoarseDate, &name, message);
    }
}

fn rosters<'s>(sheets: &'s Sheets, dictionary: &Dictionary) -> Vec<EarlierRoster<'s>> {
    let of = |list: &'s OtherYear| Some((&list.people, list.since?)).filter(|(people, _)| !people.is_empty());
    let found = (0..).zip(&sheets.0).filter_map(|(sheet, read)| {
        let Ok(Recognised::OtherYear(list)) = &read.recognised else { return None };
        let of_roster = Some(list).filter(|list| list.table == dictionary.schema.staff.table)?;
        Some((sheet, of(of_roster)?))
    });
    found.map(|(sheet, (people, since))| EarlierRoster { sheet, people, since }).collect()
}

fn name_of(row: &ParsedRow, dictionary: &Dictionary) -> Option<String> {
    row.cell(dictionary.schema.staff.name).text().map(|text| normalise(text))
}
