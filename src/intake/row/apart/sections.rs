//! Headings between the rows that say something of all rows below them: 取消的培训, 离退休人员.

use sheets::{Raw, Row};

use super::blocks::{BlockTitle, BlockYears};
use super::column_sums::ColumnSums;
use super::recorded::Recorded;
use super::subtotals::Subtotals;
use super::titles::only_text;
use crate::dictionary::{Called, Dictionary, FieldKind, Remark, RowsAre};
use crate::intake::cell::clean;
use crate::intake::issues::IssueLog;
use crate::intake::people::name_key;
use crate::intake::row::flags::contradict;
use crate::intake::row::notes::LaterRemark;
use crate::intake::row::record::ParsedRow;
use crate::intake::sheet::Layout;
use crate::model::IssueKind;

/// A longer text above the rows explains something, and is no name.
const LONGEST_NAME: usize = 24;
/// And a longer one that says how its rows came about.
const LONGEST_TITLE: usize = 30;

/// What the heading in force says of its rows.
pub(in crate::intake::row) struct Sections<'d> {
    dictionary: &'d Dictionary,
    rows: RowsAre,
    said: Option<(String, Remark<'d>)>,
    /// What titles say of the time of the rows.
    block: Option<BlockTitle>,
    /// Whether the last heading said the years of those below it.
    begins_years: bool,
    /// What calls the rows of the sheet sums.
    summed: Option<String>,
    /// Whether a name of the sheet says that its rows were seen from afar.
    remote: bool,
    /// Who has a record so far.
    pub(super) recorded: Recorded,
    /// What the columns come to so far.
    pub(super) sums: ColumnSums,
    /// What rows that are sums say of people.
    pub(in crate::intake::row) subtotals: Subtotals,
}

impl<'d> Sections<'d> {
    pub(in crate::intake::row) fn of(rows: RowsAre, dictionary: &'d Dictionary) -> Sections<'d> {
        Sections {
            dictionary,
            rows,
            said: None,
            block: None,
            begins_years: false,
            summed: None,
            remote: false,
            recorded: Recorded::default(),
            sums: ColumnSums::default(),
            subtotals: Subtotals::default(),
        }
    }

    /// Takes a record.
    pub(super) fn record(&mut self, row: Row<'_>, kind: impl Fn(u32) -> Option<FieldKind>) {
        self.recorded.add(row, &kind);
        self.sums.add(row, &kind);
    }

    /// Whether a row is no record but says what those below it are. A text alone may go on with the row above it, unless it
    /// stands where a person or a date does.
    pub(super) fn is_heading(&self, row: Row<'_>, kind: impl Fn(u32) -> Option<FieldKind>) -> bool {
        let Some((column, text)) = only_text(row) else { return false };
        let may_head = match self.rows {
            RowsAre::People => true,
            RowsAre::States | RowsAre::Events => kind(column) == Some(FieldKind::Date),
            RowsAre::Things => false,
        };
        may_head && self.dictionary.remarks.read_remark("", &clean(text), self.rows).is_some()
    }

    /// Whether a row of a roster names a group and nobody: 兼职教研员, 以下为兼职教研员.
    pub(super) fn is_group(&self, row: Row<'_>) -> bool {
        let title = only_text(row).filter(|_| self.rows == RowsAre::People);
        // With how many they are: 兼职教研员（3人）.
        let title = title.map(|(_, text)| name_key(clean(text).split(['(', '（']).next().unwrap_or_default()));
        let is_long = |title: &String| title.chars().nth(3).is_some();
        title
            .filter(is_long)
            .is_some_and(|title| title.starts_with("以下") || self.dictionary.people.called(&title) == Called::Group)
    }

    /// Takes a heading for the rows below it, with what it says of their time.
    pub(super) fn begin(&mut self, row: Row<'_>, block: Option<BlockTitle>) {
        if let Some(block) = block {
            self.begins_years |= block.years.is_some();
            self.block = Some(block.below(self.block.take()));
        }
        let title =
            row.cells.first().and_then(|cell| if let Raw::Text(text) = &cell.value { Some(text) } else { None });
        self.said = title.and_then(|title| {
            let title = clean(title).trim().to_string();
            let remark = self.dictionary.remarks.read_remark("", &title, self.rows)?;
            Some((title, remark))
        });
    }

    /// Takes what the names of the whole sheet say of its rows: a sheet, a title or a file called 取消的活动. `names` are these.
    pub(in crate::intake::row) fn begin_sheet<'n>(&mut self, layout: &Layout, names: impl Iterator<Item = &'n str>) {
        self.summed.clone_from(&layout.summed);
        let is_name = |name: &str, longest: usize| {
            let is_note = ["注", "填", "说明", "备注", "附注"].iter().any(|word| name.starts_with(word));
            // What is planned is read only where the office says that it took place.
            let is_planned = || self.dictionary.sheet_words.planned.iter().any(|word| name.contains(word.as_str()));
            !is_note && name.chars().nth(longest).is_none() && !is_planned() && self.rows.happen()
        };
        let says = |name: &str| {
            let is_void = is_name(name, LONGEST_NAME) && self.dictionary.remarks.voids_book(name);
            is_void.then(|| (name.to_string(), Remark::Denies))
        };
        let mut said = None;
        for name in names {
            said = said.or_else(|| says(name));
            self.remote |= is_name(name, LONGEST_TITLE) && self.dictionary.remarks.is_remote_book(name);
        }
        self.said = self.said.take().or(said);
    }

    /// What a row says of the time of those below it. `None` if it is no title of a ledger.
    pub(super) fn title(
        &self,
        row: Row<'_>,
        layout: &Layout,
        kind: impl Fn(u32) -> Option<FieldKind>,
    ) -> Option<BlockTitle> {
        let of = || BlockTitle::of(row, (layout.table, layout.first_column()), kind, self.dictionary);
        if self.rows == RowsAre::Events { of() } else { None }
    }

    /// The years that a title between the rows says of those below it.
    pub(in crate::intake::row) fn years(&self) -> Option<&BlockYears> {
        self.block.as_ref()?.years.as_ref()
    }

    /// Whether such a title was met since this was asked last.
    pub(in crate::intake::row) fn begins_years(&mut self) -> bool {
        std::mem::take(&mut self.begins_years)
    }

    /// Takes what the heading says of a row.
    pub(in crate::intake::row) fn mark(&self, layout: &Layout, parsed: &mut ParsedRow, log: &mut IssueLog) {
        self.block.iter().for_each(|block| block.mark(layout, parsed, log));
        let column = layout.first_column();
        let at = parsed.at.cell(column);
        if self.remote {
            parsed.notes.later.push((column, LaterRemark::Remote));
        }
        if let Some(title) = &self.summed {
            parsed.notes.denied.get_or_insert(column);
            let message = format!(
                "“{title}”像是每个人的合计，合计的可能是别的表里已有的记录，这一行按“可能算、也可能不算”处理；只是合计的，在 --columns 文件的 [sheets] 里写成“不读”，是另外的记录的请改掉“{title}”，逐条登记"
            );
            log.report(at, IssueKind::DeniedRow, title, message);
        }
        let Some((title, remark)) = &self.said else { return };
        match remark {
            Remark::Denies => {
                parsed.notes.denied.get_or_insert(column);
                let message = format!(
                    "小标题、表名或文件名写着“{title}”，这一行可能不算，按“可能”处理；照常算的请挪出去，或改掉那句话"
                );
                log.report(at, IssueKind::DeniedRow, title, message);
            }
            Remark::Excuses(word) => {
                parsed.notes.away.get_or_insert(Box::new((column, (*word).into())));
                contradict(&mut parsed.cells, title, self.dictionary);
                let message = format!("上面的小标题写着“{title}”，可能可以豁免，未达标的不作判定；不是的请挪出这一段");
                log.report(at, IssueKind::ExcusedPerson, title, message);
            }
            // Since when each is in post is said in their own rows.
            Remark::Arrives(_) => {}
        }
    }
}
