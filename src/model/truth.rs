//! Three-valued logic (Kleene): what the records say, do not say, or leave open.

use std::ops::Not;

/// The truth of a condition on a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Truth {
    False,
    Unknown,
    True,
}

impl Truth {
    /// Unknown if neither is sure.
    pub fn of(sure: bool, surely_not: bool) -> Truth {
        match (sure, surely_not) {
            (true, _) => Truth::True,
            (false, true) => Truth::False,
            (false, false) => Truth::Unknown,
        }
    }

    /// True only when both are; false as soon as one is.
    pub fn and(self, other: Truth) -> Truth {
        self.min(other)
    }

    /// False only when both are; true as soon as one is.
    pub fn or(self, other: Truth) -> Truth {
        self.max(other)
    }
}

impl Not for Truth {
    type Output = Truth;

    fn not(self) -> Truth {
        match self {
            Truth::False => Truth::True,
            Truth::Unknown => Truth::Unknown,
            Truth::True => Truth::False,
        }
    }
}

impl From<bool> for Truth {
    fn from(known: bool) -> Truth {
        if known { Truth::True } else { Truth::False }
    }
}

#[cfg(test)]
mod tests {
    use super::Truth::{self, False, True, Unknown};

    #[test]
    fn the_tables_are_kleenes() {
        let all = [False, Unknown, True];
        let and: Vec<Truth> = all.iter().flat_map(|a| all.map(|b| a.and(b))).collect();
        let or: Vec<Truth> = all.iter().flat_map(|a| all.map(|b| a.or(b))).collect();
        assert_eq!(and, [False, False, False, False, Unknown, Unknown, False, Unknown, True]);
        assert_eq!(or, [False, Unknown, True, Unknown, Unknown, True, True, True, True]);
        assert_eq!(all.map(|a| !a), [True, Unknown, False]);
    }
}
