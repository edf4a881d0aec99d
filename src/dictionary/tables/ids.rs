//! The places of tables and their fields.

/// The place of a table in the dictionary.
#[cfg_attr(test, derive(Default))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TableId(pub u8);

impl From<usize> for TableId {
    fn from(place: usize) -> TableId {
        TableId(u8::try_from(place).unwrap_or(u8::MAX))
    }
}

/// The place of a field in its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldId(pub u8);

impl FieldId {
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}
