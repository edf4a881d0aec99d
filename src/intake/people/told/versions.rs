//! Ledgers of which there is a later version beside them: 活动台账 and 活动台账（修订）. The rows of the earlier one may not hold.

use std::collections::BTreeSet;

use crate::dictionary::{TableId, with_hints};
use crate::intake::issues::IssueLog;
use crate::intake::people::registry::Registry;
use crate::intake::sheet::own_name;
use crate::model::{IssueKind, RowRef};

/// What a sheet is called, without the words for its version.
#[derive(Debug, PartialEq, Eq)]
struct LedgerVersion {
    table: TableId,
    sheet: String,
    file: String,
    is_revised: bool,
}

impl Registry<'_> {
    /// Finds the sheets that may not be of the office, or not hold any more.
    pub(in crate::intake::people) fn find_doubted(&mut self, log: &mut IssueLog) {
        self.find_foreign(log);
        self.find_superseded(log);
    }

    /// Finds ledgers of which there is a later version, and reports them.
    fn find_superseded(&mut self, log: &mut IssueLog) {
        let sheets = (0..).zip(&self.layouts);
        let called: Vec<(u32, LedgerVersion)> =
            sheets.filter_map(|(sheet, layout)| Some((sheet, self.version(layout.as_ref()?.table, sheet)?))).collect();
        let is_later = |one: &LedgerVersion, other: &LedgerVersion| {
            let same_file = one.file == other.file || one.file.contains(&other.sheet);
            one.is_revised && !other.is_revised && one.table == other.table && one.sheet == other.sheet && same_file
        };
        let older = called.iter().filter(|(_, other)| called.iter().any(|(_, one)| is_later(one, other)));
        let older: BTreeSet<u32> = older.map(|(sheet, _)| *sheet).collect();
        for sheet in older {
            let Some(Some(layout)) = self.layouts.get(sheet as usize) else { continue };
            let at = RowRef { sheet, row: layout.header_row }.cell(layout.first_column());
            self.doubted.entry(sheet).or_insert(at);
            let message = "另有一张名称写着修订、审定一类字的同名台账，这一张可能不用了，它的各行按“可能算、也可能不算”处理；请只留一张";
            log.report(at, IssueKind::DeniedRow, "", message.to_string());
        }
    }

    fn version(&self, table: TableId, sheet: u32) -> Option<LedgerVersion> {
        self.dictionary.table(table).dense?;
        let name = self.sheets.get(sheet)?;
        let own = with_hints(own_name(name.file(), &name.sheet));
        let revised = &self.dictionary.sheet_words.revised;
        let file = with_hints(name.file());
        let is_revised = revised.iter().any(|word| own.contains(word.as_str()) || file.contains(word.as_str()));
        let bare = |name: String| -> String {
            let rest = revised.iter().fold(name, |name, word| name.replace(word.as_str(), ""));
            // Of another month or half of the year it is another ledger.
            let rest = rest.replace("年度", "年");
            let years = rest.split('年').map(|part| part.trim_end_matches(|c: char| c.is_ascii_digit()));
            years.flat_map(str::chars).filter(|c| !"()[]版稿后的_- ".contains(*c)).collect()
        };
        Some(LedgerVersion { table, sheet: bare(own), file: bare(file), is_revised })
    }
}
