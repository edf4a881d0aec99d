//! What the rows of a table are, by which their remarks are read.

/// What the rows of a table are, for their remarks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowsAre {
    /// The people who are judged.
    People,
    /// Things of a name: schools, experts.
    Things,
    /// What lasts or is so: postings, certificates.
    States,
    /// What took place.
    Events,
}

impl RowsAre {
    /// Whether each took place, or lasts, and is not somebody or something of a name.
    pub fn happen(self) -> bool {
        match self {
            RowsAre::States | RowsAre::Events => true,
            RowsAre::People | RowsAre::Things => false,
        }
    }
}
