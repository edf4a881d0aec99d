//! A finding: rule, subject, window, verdict, and what shows it.

use std::sync::Arc;

use rust_decimal::Decimal;
use serde::{Serialize, Serializer, ser::SerializeMap};

use super::amount::{number, optional_number};
use super::{Amount, CellRef, Masked, Obligation, Verdict, Window, column_letters, plain};

/// 对象: who is judged. Without an id of its own (an institution, a school) it goes by its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Subject {
    pub table: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Masked>,
    pub name: Masked,
    pub institution: Masked,
    /// Where the subject stands, where another one is called the same: `教研员花名册第5行`. It is for the reader of a
    /// report; in JSON the cells of the findings tell them apart.
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoundOf<T> {
    /// A shortfall within the tolerance is for a person to decide; the aim above the floor is only mentioned.
    AtLeast {
        floor: T,
        tolerance: Option<Decimal>,
        aim: Option<Decimal>,
    },
    AtMost {
        ceiling: T,
        tolerance: Option<Decimal>,
    },
    Equals(T),
    /// A yes-or-no item that must be so.
    Is(bool),
    /// 左右, in both directions.
    About {
        figure: Decimal,
        tolerance: Decimal,
    },
}

/// What the amount of a subject must reach.
pub type BoundValue = BoundOf<BoundEnds>;

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

impl Serialize for BoundValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        match self {
            BoundValue::AtLeast { floor, tolerance, aim } => {
                map.serialize_entry("at-least", floor)?;
                serialize_extra(&mut map, "tolerance", *tolerance)?;
                serialize_extra(&mut map, "aim", *aim)?;
            }
            BoundValue::AtMost { ceiling, tolerance } => {
                map.serialize_entry("at-most", ceiling)?;
                serialize_extra(&mut map, "tolerance", *tolerance)?;
            }
            BoundValue::Equals(ends) => map.serialize_entry("equals", ends)?,
            BoundValue::Is(flag) => map.serialize_entry("equals", flag)?,
            BoundValue::About { figure, tolerance } => {
                map.serialize_entry("about", &BoundEnds::exactly(*figure))?;
                map.serialize_entry("tolerance", &BoundEnds::exactly(*tolerance))?;
            }
        }
        map.end()
    }
}

fn serialize_extra<M: SerializeMap>(map: &mut M, key: &str, value: Option<Decimal>) -> Result<(), M::Error> {
    match value {
        Some(value) => map.serialize_entry(key, &BoundEnds::exactly(value)),
        None => Ok(()),
    }
}

/// 数据来源: how many rows counted or might count, and the cells to look at, the doubtful ones first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    pub rows: u32,
    pub at: Vec<CellRef>,
    /// What a cell is called before its column and row, by sheet: `活动台账.xlsx!活动台账!`. All findings share it.
    pub sheets: Arc<[Masked]>,
}

impl Evidence {
    /// The cells as they are written: `活动台账.xlsx!活动台账!A5`. They are made when asked for, since a long ledger has
    /// many of them.
    pub fn cells(&self) -> impl ExactSizeIterator<Item = String> {
        self.at.iter().map(|cell| {
            let sheet = self.sheets.get(cell.row.sheet as usize).map_or("", |sheet| sheet);
            format!("{sheet}{}{}", column_letters(cell.column), cell.row.row)
        })
    }
}

impl Serialize for Evidence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("rows", &self.rows)?;
        map.serialize_entry("cells", &self.cells().collect::<Vec<_>>())?;
        map.end()
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
    /// The outer option is absent for a requirement without a measure; the inner one is null where nothing could
    /// be computed.
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

    /// How large the shortfall is against its bound, to compare findings of different units; 1 where it cannot be said.
    pub fn shortfall(&self) -> Decimal {
        self.relative_gap().unwrap_or(Decimal::ONE)
    }

    /// The gap over the bound; none where there is no gap, or no bound above zero.
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
