//! What was read and what was not, and what the ledgers hold, in words.

use crate::dictionary::Dictionary;
use crate::model::{Assessment, LedgerCoverage};

/// `14张工作表读了1张，13张（139行）没有读取`; sheets without any content are passed over.
pub(crate) fn sheets_read(assessment: &Assessment) -> String {
    let sheets = || assessment.sheets().map(|(_, sheet)| sheet).filter(|sheet| sheet.rows > 0 || sheet.table.is_some());
    let unread = || sheets().filter(|sheet| sheet.table.is_none());
    let (all, left) = (sheets().count(), unread().count());
    if left == 0 {
        return format!("{all}张工作表全部读取");
    }
    let rows: u64 = unread().map(|sheet| u64::from(sheet.rows)).sum();
    format!("{all}张工作表读了{}张，{left}张（{rows}行）没有读取", all - left)
}

/// The standard name of a ledger.
pub(crate) fn ledger_name<'a>(ledger: &'a LedgerCoverage, dictionary: &'a Dictionary) -> &'a str {
    let table = dictionary.table_named(&ledger.table);
    table.map_or(ledger.table.as_str(), |table| dictionary.table(table).sheet.as_str())
}

/// `活动台账812行，2023-01-03至2023-12-29`, for each ledger; with the institutions that have months without rows.
pub(crate) fn ledgers(assessment: &Assessment, dictionary: &Dictionary) -> Vec<String> {
    let of_all = |all: &LedgerCoverage| {
        let LedgerCoverage { rows, first, last, .. } = all;
        let own = assessment.coverage.iter().filter(|own| own.table == all.table && own.institution.is_some());
        let mut months: Vec<String> = own.filter_map(lacking).collect();
        if months.is_empty() {
            months.extend(lacking(all));
        }
        let months = if months.is_empty() {
            String::new()
        } else {
            format!("；没有记录的月份：{}", months.join("；"))
        };
        format!("{}{rows}行，{first}至{last}{months}", ledger_name(all, dictionary))
    };
    assessment.coverage.iter().filter(|ledger| ledger.institution.is_none()).map(of_all).collect()
}

/// The months of a ledger without rows, after its institution.
fn lacking(ledger: &LedgerCoverage) -> Option<String> {
    let months = ledger.months_without_rows.join("、");
    let institution = ledger.institution.as_ref().map(|name| format!("{name} ")).unwrap_or_default();
    (!months.is_empty()).then(|| format!("{institution}{months}"))
}
