//! A finding: rule, subject, window, verdict, and what shows it.

use std::sync::Arc;

use rust_decimal::Decimal;
use serde::{Serialize, Serializer, ser::SerializeStruct};

use super::amount::{number, optional_number};
use super::{Amount, CellRef, Masked, Obligation, Verdict, Window, address::push_column, plain};

/// 对象: who is judged. Without an id of its own (an institution, a school) it goes by its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Subject {
    pub table: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Masked>,
    pub name: Masked,
    pub institution: Masked,
    /// Where the subject stands if another one has the same name: `教研员花名册第5行`. For the reader of a report; in
    /// JSON the cells of the findings tell them apart.
    #[serde(skip)]
    pub place: Option<Masked>,
}

/// Both ends of a bound: they differ when it depends on something unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BoundEnds {
    pub low: Decimal,
    pub high: Decimal,
}

impl BoundEnds {
    pub fn exactly(value: Decimal) -> BoundEnds {
        BoundEnds { low: value, high: value }
    }

    pub fn text(&self) -> String {
        if self.low == self.high { plain(self.low) } else { format!("{}或{}", plain(self.low), plain(self.high)) }
    }
}

impl Serialize for BoundEnds {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.low == self.high {
            return number(&self.low, serializer);
        }
        Amount { low: self.low, high: Some(self.high) }.serialize(serializer)
    }
}

/// 标准: what the amount must reach, by what stands for its figure: in a pack, or for a subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum BoundOf<T> {
    /// A shortfall within the tolerance is for a person to decide; the aim above the floor is only mentioned.
    AtLeast {
        #[serde(rename = "at-least")]
        floor: T,
        #[serde(serialize_with = "optional_number", skip_serializing_if = "Option::is_none")]
        tolerance: Option<Decimal>,
        #[serde(serialize_with = "optional_number", skip_serializing_if = "Option::is_none")]
        aim: Option<Decimal>,
    },
    AtMost {
        #[serde(rename = "at-most")]
        ceiling: T,
        #[serde(serialize_with = "optional_number", skip_serializing_if = "Option::is_none")]
        tolerance: Option<Decimal>,
    },
    #[serde(serialize_with = "equals")]
    Equals(T),
    /// A yes-or-no item that must be so.
    #[serde(serialize_with = "equals")]
    Is(bool),
    /// 左右, in both directions.
    About {
        #[serde(rename = "about", serialize_with = "number")]
        figure: Decimal,
        #[serde(serialize_with = "number")]
        tolerance: Decimal,
    },
}

/// What the amount of a subject must reach.
pub type BoundValue = BoundOf<BoundEnds>;

impl BoundValue {
    /// Whether it depends on something unknown.
    pub fn is_open(&self) -> bool {
        match self {
            BoundOf::AtLeast { floor: ends, .. } | BoundOf::AtMost { ceiling: ends, .. } | BoundOf::Equals(ends) => {
                ends.low != ends.high
            }
            BoundOf::Is(_) | BoundOf::About { .. } => false,
        }
    }
}

impl<T> BoundOf<T> {
    /// The same bound with other figures.
    pub fn map<U>(&self, figure: impl Fn(&T) -> U) -> BoundOf<U> {
        match self {
            BoundOf::AtLeast { floor, tolerance, aim } => {
                BoundOf::AtLeast { floor: figure(floor), tolerance: *tolerance, aim: *aim }
            }
            BoundOf::AtMost { ceiling, tolerance } => {
                BoundOf::AtMost { ceiling: figure(ceiling), tolerance: *tolerance }
            }
            BoundOf::Equals(own) => BoundOf::Equals(figure(own)),
            BoundOf::Is(flag) => BoundOf::Is(*flag),
            BoundOf::About { figure, tolerance } => BoundOf::About { figure: *figure, tolerance: *tolerance },
        }
    }
}

fn equals<T: Serialize, S: Serializer>(figure: &T, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map([("equals", figure)])
}

/// 数据来源: how many rows counted or might count, and the cells to look at, the doubtful ones first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    pub rows: u32,
    pub at: Vec<CellRef>,
    /// So many of them come first and keep the finding from being judged.
    pub doubtful: usize,
    /// What a cell is called before its column and row, by sheet: `活动台账.xlsx!活动台账!`. All findings share it.
    pub sheets: Arc<[Masked]>,
}

impl Evidence {
    /// The cells that keep the finding from being judged.
    pub fn doubtful_cells(&self) -> &[CellRef] {
        self.at.get(..self.doubtful).unwrap_or(&self.at)
    }

    /// The cells as they are written: `活动台账.xlsx!活动台账!A5`. Made on demand: a long ledger has many of them.
    pub fn cells(&self) -> impl ExactSizeIterator<Item = String> {
        self.at.iter().map(|cell| {
            let mut written = String::new();
            self.write(*cell, &mut written);
            written
        })
    }

    /// The cells as they are written, a line each.
    pub fn lines(&self) -> String {
        let mut lines = String::new();
        for (place, cell) in self.at.iter().enumerate() {
            if place > 0 {
                lines.push('\n');
            }
            self.write(*cell, &mut lines);
        }
        lines
    }

    fn write(&self, cell: CellRef, into: &mut String) {
        into.push_str(self.sheets.get(cell.row.sheet as usize).map_or("", |sheet| sheet));
        push_column(cell.column, into);
        into.push_str(&cell.row.row.to_string());
    }
}

impl Serialize for Evidence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut evidence = serializer.serialize_struct("Evidence", 2)?;
        evidence.serialize_field("rows", &self.rows)?;
        evidence.serialize_field("cells", &self.cells().collect::<Vec<_>>())?;
        evidence.end()
    }
}

/// What one rule says of one subject in one window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    pub pack: String,
    pub rule: String,
    pub clause: String,
    pub obligation: Obligation,
    pub subject: Subject,
    pub window: Window,
    pub verdict: Verdict,
    /// `None` for a requirement without a measure, `Some(None)` (null in JSON) if nothing could be computed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actual: Option<Option<Amount>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bound: Option<BoundValue>,
    #[serde(serialize_with = "optional_number")]
    pub gap: Option<Decimal>,
    pub unit: String,
    pub reason: Masked,
    pub details: Vec<Masked>,
    pub evidence: Evidence,
}

impl Finding {
    /// An unmet 应 or 原则上: a gap (问题) that makes the exit status 1.
    pub fn is_gap(&self) -> bool {
        self.verdict == Verdict::Unmet && self.obligation.binds()
    }

    /// An unmet 力争 or 鼓励: a note (提示).
    pub fn is_note(&self) -> bool {
        self.verdict == Verdict::Unmet && !self.obligation.binds()
    }

    /// The shortfall relative to its bound, to compare findings of different units; 1 if it is unknown.
    pub fn shortfall(&self) -> Decimal {
        self.relative_gap().unwrap_or(Decimal::ONE)
    }

    /// The gap over the bound; `None` if there is no gap, or no bound above zero.
    pub fn relative_gap(&self) -> Option<Decimal> {
        let bound = match self.bound? {
            BoundValue::AtLeast { floor: ends, .. }
            | BoundValue::AtMost { ceiling: ends, .. }
            | BoundValue::Equals(ends) => ends.high,
            BoundValue::About { figure, .. } => figure,
            BoundValue::Is(_) => return None,
        };
        self.gap.filter(|_| bound > Decimal::ZERO).and_then(|gap| gap.checked_div(bound))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bound_is_written_by_its_kind_and_shows_two_ends_when_it_depends_on_something_unknown() {
        let json = |bound: BoundValue| serde_json::to_string(&bound).unwrap();
        let ends = BoundEnds { low: Decimal::from(60), high: Decimal::from(80) };
        let at_least = BoundValue::AtLeast { floor: ends, tolerance: None, aim: None };
        assert_eq!(json(at_least), r#"{"at-least":{"low":60,"high":80}}"#);
        assert_eq!(json(BoundValue::Is(true)), r#"{"equals":true}"#);
        let aim =
            BoundValue::AtLeast { floor: BoundEnds::exactly(Decimal::ONE), tolerance: None, aim: Some(Decimal::TWO) };
        assert_eq!(json(aim), r#"{"at-least":1,"aim":2}"#);
    }
}
