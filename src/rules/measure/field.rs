//! `field`: a number of the subject's own row.

use crate::rules::prelude::*;

#[derive(Clone, Debug, PartialEq)]
pub struct OwnNumber {
    field: FieldId,
}

impl OwnNumber {
    /// Stands in for a measure that could not be read.
    pub const UNREAD: OwnNumber = OwnNumber { field: FieldId(0) };
}

impl Kind for OwnNumber {
    type State = NoRows;

    fn read(written: &Written<'_, '_, '_>, scope: &Scope<'_>) -> Option<OwnNumber> {
        let named = written.node.text(written.form.source(), written.key)?;
        Some(OwnNumber { field: own_field(written.form, &named, scope, NUMBERS)? })
    }

    fn words(&self, phrases: Phrases<'_>) -> String {
        format!("{}的{}", phrases.sheet(), phrases.header(self.field))
    }

    fn needs(&self, needs: &mut Needs<'_>) {
        needs.own(self.field);
    }

    fn outcome(&self, _: Gathered<'_, NoRows>, at: &impl Viewpoint) -> Measured {
        if let Some(cause) = at.of_another_time(self.field) {
            let mut measured = Measured::of(Amount { low: Decimal::ZERO, high: None });
            measured.lacks.push(cause);
            measured.cite(self.field, true, at);
            return measured;
        }
        let (amount, is_doubtful) = match at.cell(self.field) {
            Cell::Is(Value::Number(number)) => (Amount::exactly(*number), false),
            Cell::Is(Value::Between { low, high }) => (Amount { low: *low, high: *high }, true),
            Cell::Is(_) | Cell::Blank | Cell::Absent | Cell::Unreadable => {
                return Measured::unknown_field(self.field, at);
            }
        };
        let mut measured = Measured::of(amount);
        if is_doubtful {
            measured.doubt(self.field, format!("“{}”的数不能确定", at.header(self.field)), at);
        } else {
            measured.cite(self.field, false, at);
        }
        measured
    }
}
