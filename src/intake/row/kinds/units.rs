//! Columns that say in which unit an amount is beside its own: 学时单位, 计量单位; or a title that does: 单位：分钟. An amount in another unit than its field's is not
//! comparable.

use sheets::{Raw, Row};

use crate::dictionary::{CellWords, Dictionary, Field, FieldId, FieldKind, Says, Table, normalise, spelt};
use crate::intake::cell::clean;
use crate::intake::issues::IssueLog;
use crate::intake::row::record::ParsedRow;
use crate::intake::sheet::Layout;
use crate::model::{Cell, IssueKind};

/// What of a sheet says units.
pub(super) struct AmountUnits<'d> {
    /// Each with the amounts whose unit it may be.
    columns: Vec<(u32, Vec<FieldId>)>,
    /// The amounts of the sheet, each with its column.
    amounts: Vec<(FieldId, u32)>,
    /// The title that says another unit than any of the amounts has, or than one of them.
    titled: Option<(String, Option<FieldId>)>,
    table: &'d Table,
    dictionary: &'d Dictionary,
}

impl<'d> AmountUnits<'d> {
    /// `None` for a sheet without amounts.
    pub(super) fn of(layout: &Layout, table: &'d Table, dictionary: &'d Dictionary) -> Option<AmountUnits<'d>> {
        let is_amount = |id: &FieldId| {
            let field = table.field(*id);
            field.kind == FieldKind::Number && !field.unit.is_empty() && layout.column(*id).is_some()
        };
        let amounts: Vec<FieldId> = (0..).map(FieldId).take(table.fields.len()).filter(is_amount).collect();
        let column = |(column, levels): (&u32, &Vec<String>)| {
            let is_unwanted = layout.unwanted.iter().any(|(at, _)| at == column);
            let header = normalise(levels.last().filter(|_| layout.field(*column).is_none() && !is_unwanted)?);
            let of = header.strip_suffix("单位")?;
            let is_named = |id: &&FieldId| {
                let field = table.field(**id);
                std::iter::once(&field.header).chain(&field.also).any(|name| normalise(name) == of)
            };
            let named: Vec<FieldId> = amounts.iter().filter(is_named).copied().collect();
            let any = || if dictionary.cells.is_of_any_unit(of) { amounts.clone() } else { Vec::new() };
            let fields = if named.is_empty() { any() } else { named };
            (!fields.is_empty()).then_some((*column, fields))
        };
        let mut columns: Vec<(u32, Vec<FieldId>)> = layout.headers.iter().filter_map(column).collect();
        columns.sort_unstable_by_key(|(column, _)| *column);
        let amounts: Vec<_> = amounts.iter().filter_map(|id| Some((*id, layout.column(*id)?))).collect();
        (!amounts.is_empty()).then_some(AmountUnits { columns, amounts, titled: None, table, dictionary })
    }

    /// Takes what the titles of the sheet say of units.
    pub(super) fn take_titles(&mut self, titles: &[String]) {
        let words = &self.dictionary.cells;
        let is_other = |title: &&String| {
            let is_own = |unit: &str| {
                self.amounts.iter().any(|(field, _)| words.is_own_unit(unit, &self.table.field(*field).unit))
            };
            words.timed_unit(title).is_some_and(|unit| !is_own(&unit))
        };
        let of_all = titles.iter().find(is_other).map(|title| (title.clone(), None));
        let of_one = |title: &String| {
            let named =
                self.amounts.iter().find(|(field, _)| is_named_otherwise(title, self.table.field(*field), words));
            named.map(|(field, _)| (title.clone(), Some(*field)))
        };
        self.titled = of_all.or_else(|| titles.iter().find_map(of_one));
    }

    /// Leaves the amounts of a row open that are in another unit; false then.
    pub(super) fn settle(&self, row: Row<'_>, parsed: &mut ParsedRow, log: &mut IssueLog) -> bool {
        let mut whole = self.settle_titled(parsed, log);
        for (column, fields) in &self.columns {
            let cell = row.value(*column);
            let Some(Raw::Text(text)) = cell else { continue };
            let text = clean(text);
            let words = &self.dictionary.cells;
            let is_own = |field: &FieldId| words.is_own_unit(&text, &self.table.field(*field).unit);
            if words.says(&text) == Says::Nothing || fields.iter().any(is_own) {
                continue;
            }
            for field in fields.iter().filter(|field| parsed.cell(**field).value().is_some()).collect::<Vec<_>>() {
                parsed.cells[field.index()] = Cell::Unreadable;
                let own = &self.table.field(*field).header;
                let message = format!(
                    "这里写的单位不是“{own}”的，不知道合多少，“{own}”按“不能确定”处理；请把“{own}”换算好，再改这里的单位"
                );
                log.report(parsed.at.cell(*column), IssueKind::DisagreeingCells, text.trim(), message);
                whole = false;
            }
        }
        whole
    }
    /// Leaves the amounts of a row open where a title says another unit; false then.
    fn settle_titled(&self, parsed: &mut ParsedRow, log: &mut IssueLog) -> bool {
        let Some((title, only)) = &self.titled else { return true };
        let mut whole = true;
        for (field, column) in &self.amounts {
            if parsed.cell(*field).value().is_none() || only.is_some_and(|only| only != *field) {
                continue;
            }
            parsed.cells[field.index()] = Cell::Unreadable;
            let own = &self.table.field(*field).header;
            let message = format!(
                "表名或标题“{title}”写的单位不是“{own}”的，不知道合多少，“{own}”按“不能确定”处理；请把“{own}”换算好，再改标题里的单位"
            );
            log.report(parsed.at.cell(*column), IssueKind::DisagreeingCells, title, message);
            whole = false;
        }
        whole
    }
}

/// Whether a title says that an amount has another unit than its field's: （天数单位：人次）.
fn is_named_otherwise(title: &str, field: &Field, words: &CellWords) -> bool {
    let spelt = spelt(title);
    let Some((_, rest)) = spelt.split_once(&format!("{}单位", field.header)) else { return false };
    let rest = rest.trim_start_matches(|c| ":为是(".contains(c));
    let unit = rest.split([')', ',', '、', ';', '。', ' ']).next().unwrap_or_default();
    words.is_unit(unit) && !words.is_own_unit(unit, &field.unit)
}
