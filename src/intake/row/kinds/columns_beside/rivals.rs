//! Two columns of one field: 学时 and 认定学时, 离岗日期 and 调出日期. One of them is read; where they differ it is not known which is
//! meant.

use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;
use sheets::{Raw, Row};

use crate::dictionary::{Blank, Dictionary, Field, FieldId, FieldKind, Table, normalise, spelt};
use crate::intake::cell::{CellParser, clean, shown};
use crate::intake::issues::IssueLog;
use crate::intake::row::record::ParsedRow;
use crate::intake::sheet::{ClaimedField, Layout, UnusedColumn, leaf};
use crate::model::{Cell, DateSpan, IssueKind, Value};

/// The columns that are not read beside others of their fields.
pub(in crate::intake::row::kinds) struct Rivals<'d> {
    amounts: Vec<Rival>,
    /// Those of dates: a blank end says that it has not come, another that it is not known.
    dates: Vec<Rival>,
    table: &'d Table,
    dictionary: &'d Dictionary,
}

struct Rival {
    column: u32,
    header: String,
    field: FieldId,
    beside: RivalAmount,
    /// Whether it says what was done or weighed, and other rows fill it in: a blank one may be none.
    expects: bool,
    /// Whether it says what somebody made of the row: what has none counts for nothing else of it.
    weighed: bool,
}

/// What an amount is to that of the field.
#[derive(Clone, Copy, PartialEq, Eq)]
enum RivalAmount {
    /// It may stand for it.
    Instead,
    /// It is what of it was not done, and may have to be taken from it: 剩余学时.
    Lacking,
    /// It may be added to it, and does not stand for it: 评课节数 beside 听课节数.
    Added,
    /// Under the same header it may be added to it or stand for it: 上半年/学时 beside 下半年/学时.
    Alike,
}

impl<'d> Rivals<'d> {
    /// `None` for a sheet without any.
    pub(in crate::intake::row::kinds) fn of(
        layout: &Layout,
        table: &'d Table,
        dictionary: &'d Dictionary,
    ) -> Option<Rivals<'d>> {
        // What was done is read where the office itself says so; it goes before a column that says neither then: 实际节数 beside 节数.
        let is_done = |column: u32| {
            let mut levels = layout.headers.get(&column).into_iter().flatten();
            levels.any(|header| dictionary.cells.without_done(&spelt(header)).is_some())
        };
        let leaf_at =
            |column: u32| layout.headers.get(&column).and_then(|levels| levels.last()).map(|text| normalise(text));
        let rival = |unused: &UnusedColumn| {
            let is_equal = |claimed: &&ClaimedField| !is_done(claimed.column) || is_done(unused.column);
            let claimed = unused.rival.as_ref().filter(is_equal).and_then(|claimed| {
                let columns = (claimed.column, unused.column);
                let is_alike = leaf_at(columns.0) == leaf_at(columns.1) && is_done(columns.0) == is_done(columns.1);
                Some((layout.field(claimed.column)?, if is_alike { RivalAmount::Alike } else { RivalAmount::Instead }))
            });
            let (field, beside) = claimed.or_else(|| named_beside(unused, layout, table, dictionary))?;
            let normal = normalise(leaf(&unused.header));
            let weighed = dictionary.cells.without_weighed(&normal).is_some();
            // Of what was done a few rows may say it, where it was not as written.
            let told = if weighed { &layout.used.filled } else { &layout.used.mostly };
            let is_told = (weighed || is_done(unused.column)) && told.contains(&unused.column);
            let expects = beside == RivalAmount::Instead && is_told;
            Some(Rival { column: unused.column, header: unused.header.clone(), field, beside, expects, weighed })
        };
        let of = |is_of: fn(&Field) -> bool| {
            let found = layout.unused.iter().filter_map(rival);
            found.filter(|rival| is_of(table.field(rival.field))).collect::<Vec<_>>()
        };
        let amounts = of(|field| field.kind == FieldKind::Number);
        let dates = of(|field| field.kind == FieldKind::Date);
        (!amounts.is_empty() || !dates.is_empty()).then_some(Rivals { amounts, dates, table, dictionary })
    }

    /// Leaves open what two columns say differently; false then.
    pub(in crate::intake::row::kinds) fn settle(
        &self,
        row: Row<'_>,
        parsed: &mut ParsedRow,
        log: &mut IssueLog,
    ) -> bool {
        let cell = |rival: &Rival| row.value(rival.column);
        let mut agrees = true;
        for rival in &self.amounts {
            const NONE: &Raw<'_> = &Raw::Number(0.0);
            let told = cell(rival).or(rival.expects.then_some(NONE));
            agrees &= told.is_none_or(|raw| self.settle_amount(rival, raw, parsed, log));
        }
        for rival in &self.dates {
            agrees &= cell(rival).is_none_or(|raw| self.settle_date(rival, raw, parsed, log));
        }
        agrees
    }

    /// Leaves an amount open between the two that a row says; false then.
    fn settle_amount(&self, rival: &Rival, raw: &Raw<'_>, parsed: &mut ParsedRow, log: &mut IssueLog) -> bool {
        let Some(other) = amount(raw) else { return true };
        let (own, most) = match parsed.cell(rival.field) {
            Cell::Is(Value::Number(own)) => (*own, *own),
            Cell::Is(Value::Between { low, high: Some(high) }) => (*low, *high),
            Cell::Blank => (Decimal::ZERO, Decimal::ZERO),
            Cell::Is(_) | Cell::Absent | Cell::Unreadable => return true,
        };
        let (low, high) = match rival.beside {
            RivalAmount::Instead => (own.min(other), most.max(other)),
            RivalAmount::Lacking => (own.saturating_sub(other).max(Decimal::ZERO).min(own), most),
            RivalAmount::Added => (own, most.saturating_add(other)),
            RivalAmount::Alike => (own.min(other), most.saturating_add(other)),
        };
        if (low, high) == (own, most) || other.is_zero() && rival.beside == RivalAmount::Alike {
            return true;
        }
        parsed.cells[rival.field.index()] = Cell::Is(Value::Between { low, high: Some(high) });
        // What was not recognised counts for nothing else of its row.
        if rival.expects && rival.weighed && other.is_zero() {
            parsed.notes.denied.get_or_insert(rival.column);
        }
        let (kind, message) = self.told(rival);
        log.report(parsed.at.cell(rival.column), kind, "", message);
        false
    }

    fn told(&self, rival: &Rival) -> (IssueKind, String) {
        let (header, own) = (&rival.header, &self.table.field(rival.field).header);
        match rival.beside {
            RivalAmount::Instead => (
                IssueKind::DisagreeingColumns,
                format!(
                    "“{header}”与“{own}”的数不同，不能确定按哪一个计，按两个数之间处理；请在 --columns 文件里写明哪一列是“{own}”，另一列不读"
                ),
            ),
            RivalAmount::Lacking => (
                IssueKind::DisagreeingCells,
                format!(
                    "“{header}”不是零，“{own}”是不是都完成了不能确定，按扣除以后到全部之间处理；请把实际完成的写在“{own}”一列"
                ),
            ),
            RivalAmount::Added => (
                IssueKind::DisagreeingCells,
                format!(
                    "“{header}”一列没有读取，算不算在“{own}”里不能确定，按两种算法之间处理；都算的，请把合计写在“{own}”一列，不算的，在 --columns 文件里写明这一列不读"
                ),
            ),
            RivalAmount::Alike => (
                IssueKind::DisagreeingColumns,
                format!(
                    "有几列都是“{own}”，是要合计还是只算一列不能确定，按较小的一个到合计之间处理；请把合计写在一列“{own}”里，其余的改名或删去"
                ),
            ),
        }
    }

    /// Takes an end that only the other column says for one that may not have come, and leaves another date open; false then.
    fn settle_date(&self, rival: &Rival, raw: &Raw<'_>, parsed: &mut ParsedRow, log: &mut IssueLog) -> bool {
        if *parsed.cell(rival.field) != Cell::Blank {
            return true;
        }
        let field = self.table.field(rival.field);
        parsed.cells[rival.field.index()] = match CellParser::new(field, self.table, self.dictionary).parse(raw).cell {
            Cell::Is(Value::Date(told)) if field.blank == Blank::Open => {
                Cell::Is(Value::Date(DateSpan { first: told.first, last: Date::MAX }))
            }
            Cell::Is(_) | Cell::Unreadable => Cell::Unreadable,
            Cell::Blank | Cell::Absent => return true,
        };
        let (header, own) = (&rival.header, &field.header);
        let message =
            format!("“{header}”填了，“{own}”空着，是不是这一天不能确定；请把日期写在“{own}”一列，还没有结束的写“至今”");
        log.report(parsed.at.cell(rival.column), IssueKind::DisagreeingColumns, &shown(raw), message);
        false
    }
}

/// The field that is read beside which a column may count by its header, and how.
fn named_beside(
    unused: &UnusedColumn,
    layout: &Layout,
    table: &Table,
    dictionary: &Dictionary,
) -> Option<(FieldId, RivalAmount)> {
    let header = normalise(leaf(&unused.header));
    let weighed = dictionary.cells.without_weighed(&header);
    let lacking = dictionary.cells.without_lacking(&header);
    let read = (0..).map(FieldId).zip(&table.fields).filter(|(id, _)| layout.column(*id).is_some());
    let is_called = |field: &Field, own: &str| {
        let mut names = std::iter::once(&field.header).chain(&field.also);
        field.kind == FieldKind::Number && names.any(|name| normalise(name) == own)
    };
    // Of what is done in schools the part that was not may not count: 线上节数, and 其中线上 behind 节数.
    let is_remote = table.given.is_some() && dictionary.remarks.is_remote(&header);
    let is_remote_part = |id: FieldId, field: &Field| {
        let is_behind = layout.column(id).is_some_and(|own| own.checked_add(1) == Some(unused.column));
        let says_more = std::iter::once(&field.header).chain(&field.also).any(|name| header.ends_with(name.as_str()));
        is_remote && field.kind == FieldKind::Number && (is_behind || says_more)
    };
    let named = |(id, field): (FieldId, &Field)| {
        let beside = match () {
            () if is_remote_part(id, field) => RivalAmount::Lacking,
            () if field.additions.contains(&header) => RivalAmount::Added,
            // 未认定学时 was not done, though somebody weighed it.
            () if lacking.is_some_and(|own| is_called(field, own)) => RivalAmount::Lacking,
            () if weighed.is_some_and(|own| is_called(field, own)) => RivalAmount::Instead,
            () => return None,
        };
        Some((id, beside))
    };
    read.into_iter().find_map(named)
}

fn amount(raw: &Raw<'_>) -> Option<Decimal> {
    match raw {
        Raw::Number(number) => Decimal::from_f64(*number),
        Raw::Text(text) => {
            let text = clean(text);
            text.trim().trim_end_matches(|c: char| c.is_alphabetic()).parse().ok()
        }
        Raw::Date(_) | Raw::Flag(_) | Raw::Error | Raw::NoValue => None,
    }
}
