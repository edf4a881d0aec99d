//! Where the rows stand that counted or might count, and why some only might.

use std::collections::BTreeMap;

use crate::dictionary::{FieldId, Table};
use crate::model::CellRef;

/// How many cells are kept to show what counted; and how many doubtful ones.
const SHOWN: usize = 100;
/// Of a long ledger, the rows of the first few cells are kept for the annotated copy.
const COPIED: usize = 5;

/// Why a row is possible and not sure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Doubt {
    /// It is not sure whom the row names.
    Name,
    /// A field that the rule asks about is blank or unreadable.
    Field(FieldId),
    /// The sheet has no such column.
    Column(FieldId),
    Date,
    Quantity(FieldId),
    /// The row is one of what is counted, or as many as this field says.
    Number(FieldId),
    /// A remark in this column says that the row may not count.
    Denied(u32),
    /// An earlier row is the same, and this one may be its copy.
    Repeated,
    /// It does not say of whom it is, so there may be nobody.
    Nameless,
    /// It may be a second row of somebody of the same name.
    PerhapsTwice,
}

impl Doubt {
    /// What is in doubt about one row of a table.
    pub(crate) fn words(self, table: &Table) -> String {
        match self {
            Doubt::Name => "不能确定是不是这个对象的".to_string(),
            Doubt::Field(field) => format!("“{}”没有填或不能确定", table.field(field).header),
            Doubt::Column(field) => format!("没有“{}”这一列", table.field(field).header),
            Doubt::Date => "日期不能确定是否在周期内".to_string(),
            Doubt::Quantity(field) => format!("“{}”的数不能确定", table.field(field).header),
            Doubt::Number(field) => {
                format!("填了“{}”，是一次还是这么多次不能确定", table.field(field).header)
            }
            Doubt::Denied(_) => "备注一类的栏里写着可能不算的话".to_string(),
            Doubt::Nameless => "没有姓名或名称，不能确定有没有这一个".to_string(),
            Doubt::PerhapsTwice => "与另一行同名，不能确定是一个还是两个".to_string(),
            Doubt::Repeated => "与前面的一行完全相同，可能是重复登记".to_string(),
        }
    }
}

/// Where the rows stand that counted or might count.
#[derive(Clone, Debug, Default)]
pub(crate) struct Citations {
    pub rows: u32,
    pub sure: Vec<CellRef>,
    pub doubtful: Vec<CellRef>,
    doubts: BTreeMap<Doubt, u32>,
}

impl Citations {
    /// Takes up a row; says whether it is among the first few.
    pub(crate) fn add(&mut self, cell: CellRef, doubt: Option<Doubt>) -> bool {
        self.rows += 1;
        let cells = if doubt.is_some() { &mut self.doubtful } else { &mut self.sure };
        if let Some(doubt) = doubt {
            *self.doubts.entry(doubt).or_default() += 1;
        }
        if cells.len() < SHOWN {
            cells.push(cell);
        }
        cells.len() <= COPIED
    }

    pub(crate) fn join(&mut self, other: &Citations) {
        self.rows += other.rows;
        for (own, theirs) in [(&mut self.sure, &other.sure), (&mut self.doubtful, &other.doubtful)] {
            own.extend(theirs);
            own.sort();
            own.dedup();
            own.truncate(SHOWN);
        }
        for (doubt, count) in &other.doubts {
            *self.doubts.entry(*doubt).or_default() += count;
        }
    }

    /// Why rows are possible and not sure: `2行“日期”不能确定`.
    pub(crate) fn doubts(&self, table: &Table) -> Vec<String> {
        let one = |(doubt, count): (&Doubt, &u32)| match doubt {
            Doubt::Name => format!("{}有{count}行不能确定是谁的", table.sheet),
            Doubt::Repeated => format!("{}有{count}行与前面的行完全相同，可能是重复登记", table.sheet),
            Doubt::Date
            | Doubt::Field(_)
            | Doubt::Column(_)
            | Doubt::Quantity(_)
            | Doubt::Number(_)
            | Doubt::Denied(_)
            | Doubt::Nameless
            | Doubt::PerhapsTwice => {
                format!("{}有{count}行{}", table.sheet, doubt.words(table))
            }
        };
        self.doubts.iter().map(one).collect()
    }
}
